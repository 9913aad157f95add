package suivi_test

import (
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
)

// The home page tells the nearest deadline of each kind: of the supplier's own demandes, of those that still wait, and by what
// was asked last.
func TestNearestDeadlines(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		le := func(jour int) { m.horloge = time.Date(2026, 11, jour, 10, 0, 0, 0, time.UTC) }
		f, autre := m.fournisseur(t, "00000000100008"), m.fournisseur(t, "00000000200006")
		instruire := func(f, d int64, rangs ...int) {
			m.changer(t, f, d, etat.Complete, etat.Programme, "", rangs...)
			m.changer(t, f, d, etat.Instruction, etat.Agence, "", rangs...)
		}
		le(3) // another supplier's wait for everything before
		x := m.deposer(t, autre, "x.json", 0, 4)
		m.changer(t, autre, x, etat.Complete, etat.Programme, "", 1)
		instruire(autre, x, 2, 3)
		m.changer(t, autre, x, etat.AModifier, etat.Agence, "Motif", 3)
		le(4) // all is decided of the first one
		d := m.deposer(t, f, "a.json", 0, 1)
		instruire(f, d, 0)
		m.changer(t, f, d, etat.AModifier, etat.Agence, "Motif", 0)
		m.changer(t, f, d, etat.Instruction, etat.Fournisseur, "Voici", 0)
		m.trancher(t, f, d, etat.Refusee, "Motif", 0)
		le(5)
		d = m.deposer(t, f, "b.json", 10, 2)
		instruire(f, d, 1)
		le(6)
		c := m.deposer(t, f, "c.json", 20, 4)
		m.changer(t, f, c, etat.Complete, etat.Programme, "", 0)
		instruire(f, c, 1, 2)
		m.changer(t, f, c, etat.AModifier, etat.Agence, "Motif", 1)
		m.changer(t, f, c, etat.Instruction, etat.Fournisseur, "Voici", 1)
		le(8)
		m.changer(t, f, c, etat.AModifier, etat.Agence, "Motif", 2)
		le(9) // what was asked on the 6th was answered, and is asked again
		m.changer(t, f, c, etat.AModifier, etat.Agence, "Motif", 1)
		moi := navigateurDe(t, m.site(t, f), "moi")
		attendre(t, moi.lire("/accueil"), 200, "", "Pièces au plus tard le 05/12/2026", "Réponse au plus tard le 08/12/2026", "Décision au plus tard le 05/01/2027")
		m.trancher(t, f, d, etat.Refusee, "Motif", 1)
		m.changer(t, f, d, etat.Retiree, etat.Fournisseur, "Motif", 0)
		m.changer(t, f, c, etat.Instruction, etat.Fournisseur, "Voici", 2)
		attendre(t, moi.lire("/accueil"), 200, "", "Pièces au plus tard le 06/12/2026", "Réponse au plus tard le 09/12/2026", "Décision au plus tard le 06/01/2027")
	})
}
