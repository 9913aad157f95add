package lot_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/lot"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// How many demandes a lot prepares, proposes and decides in a second, on both databases.
func BenchmarkLots(b *testing.B) {
	for nom, base := range map[string]func(testing.TB) *db.Base{"sqlite": dbessai.SQLite, "postgres": dbessai.Postgres} {
		b.Run(nom, func(b *testing.B) {
			m := nouveau(b, base(b))
			m.ecrireLettres(b)
			n := 0
			for b.Loop() {
				for range 50 {
					n++
					m.deposer(b, fmt.Sprintf("%014d", n), 200)
				}
				m.mesurer(b, m.ines, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true})
				m.mesurer(b, m.victor, lot.Commande{Genre: lot.Decider, Requete: "file=valider"})
			}
		})
	}
}

// ecrireLettres has each decision have its letter, as the counter does.
func (m *monde) ecrireLettres(b *testing.B) {
	b.Helper()
	l := lettre.Nouveau(lettre.Config{
		Base: m.base, Maintenant: m.Maintenant, Agence: web.Agence{Nom: "Agence d'essai", Service: "Financements", Adresse: "1 rue de l'Exemple"}, Recours: 2,
		NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP,
	})
	dits := map[string]modele.Texte{}
	for _, r := range lettre.Reglages {
		dits[r.Nom] = modele.Texte{Fr: "Valeur de " + r.Nom}
	}
	err := errors.Join(l.Livrer(b.Context()), l.Regler(b.Context(), m.ines.Compte, dits), l.Qualifier(b.Context(), m.ines.Compte, m.victor.Compte, modele.Texte{Fr: "responsable"}))
	if err != nil {
		b.Fatal(err)
	}
	m.decisions.Lettres = decision.Lettres{Figer: l.Figer, Preparer: l.Preparer, Envoyer: l.Envoyer, Dire: l.Dire}
}

func (m *monde) mesurer(b *testing.B, a instruction.Agent, c lot.Commande) {
	debut := time.Now()
	l := m.preparer(b, a, c)
	prepare := time.Since(debut)
	if err := m.Confirmer(b.Context(), a, l.ID); err != nil {
		b.Fatal(err)
	}
	debut = time.Now()
	m.avancer(b)
	if l = m.lot(b, l.ID); l.Faites != lot.Max {
		b.Fatalf("%+v", l)
	}
	b.ReportMetric(lot.Max/prepare.Seconds(), string(c.Genre)+"-preparees/s")
	b.ReportMetric(lot.Max/time.Since(debut).Seconds(), string(c.Genre)+"/s")
}
