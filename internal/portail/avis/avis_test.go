package avis_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/avis"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	journalessai "guichet/internal/portail/journal/essai"
)

// Two opinions are asked for, of a colleague and outside: the demande stays where it is, put aside, and says "avis 0/2"; as answers come
// it says so, and comes back with the last one. Who has read it before reads it again.
func TestOpinions(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b, nil)
		f, cles := m.deposer(t, "00000000100008", 1)
		c := cles[0]
		avant := m.dossier(t, c).Version
		demandes := m.demander(t, m.question(c, []string{"Expert@Ailleurs.exemple.invalid"}, m.ivan))
		d := m.dossier(t, c)
		if len(demandes) != 2 || d.Etat != etat.Instruction || d.Agent != m.ines.Compte || d.Avis.Mot().Fr != "avis 0/2" || d.Version <= avant || !d.Attente.Equal(paris(2026, 12, 5)) {
			t.Fatalf("%+v, %+v", demandes, d)
		}
		m.horloge = m.horloge.Add(avis.Fenetre)
		secret := ""
		for _, x := range m.dire(t) {
			if x.A == "expert@ailleurs.exemple.invalid" {
				secret = lien(t, x)
			}
		}
		avant = d.Version
		if err := m.Rendre(t.Context(), m.ivan, demandes[0].ID, avis.Reponse{Sens: avis.Favorable}); err != nil {
			t.Fatal(err)
		}
		if d = m.dossier(t, c); d.Avis != (instruction.Avis{Demandes: 2, Rendus: 1}) || d.Version <= avant || d.Attente.IsZero() {
			t.Errorf("after one: %+v", d)
		}
		if err := m.RendreDehors(t.Context(), secret, avis.Reponse{Sens: avis.Defavorable, Texte: "Deux ESMS sont fermés."}); err != nil {
			t.Fatal(err)
		}
		if d = m.dossier(t, c); d.Avis != (instruction.Avis{Demandes: 2, Rendus: 2, Contre: 1}) || !d.Attente.Before(m.horloge) {
			t.Errorf("after both: %+v", d)
		}
		refuse(t, m.Rendre(t.Context(), m.ivan, demandes[0].ID, avis.Reponse{Sens: avis.Favorable}), "n'est plus attendu (favorable)")
		if err := m.RendreDehors(t.Context(), secret, avis.Reponse{Sens: avis.Favorable}); !errors.Is(err, avis.ErrInconnu) {
			t.Errorf("the link once more: %v", err)
		}
		opinions, err := m.Opinions(t.Context(), c)
		if err != nil || len(opinions) != 2 || opinions[0].Qui != "Ivan" || opinions[1].Texte != "Deux ESMS sont fermés." || opinions[1].Mot.Fr != "Défavorable" || opinions[0].Manque {
			t.Errorf("%+v, %v", opinions, err)
		}
		m.journal(t, f, "avis.demande", "avis.rendu", "avis.rendu")
	})
}

// journal wants the rows on opinions in the journal of a supplier.
func (m *monde) journal(t *testing.T, f int64, actes ...string) {
	t.Helper()
	lus, err := db.Lignes(t.Context(), m.base.Lire(), func(l db.Ligne, a *string) error { return l.Scan(a) }, `SELECT action FROM journal WHERE chaine = $1 AND action LIKE 'avis.%' ORDER BY entree`, f)
	if err != nil || strings.Join(lus, " ") != strings.Join(actes, " ") {
		t.Errorf("journal %q, %v, want %q", lus, err, actes)
	}
	if _, err := journalessai.Verifier(t.Context(), m.base, f); err != nil {
		t.Error(err)
	}
	var texte string
	if err := m.base.Lire().QueryRow(`SELECT COALESCE(MAX(details), '') FROM journal WHERE details LIKE '%exemple.invalid%' OR details LIKE '%plausible%' OR details LIKE '%ESMS%'`).Scan(&texte); err != nil || texte != "" {
		t.Errorf("the journal holds what somebody wrote, or an address: %q, %v", texte, err)
	}
}

// What is asked is refused where it is not to be: by who does not hold the demande, of oneself, of nobody, of who is asked already, of who
// has an account, too many, without a question, for a day that is over, and once a decision is proposed. Nothing is kept then.
func TestNotAskedFor(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b, nil)
		f, cles := m.deposer(t, "00000000100008", 2)
		c := cles[0]
		m.demander(t, m.question(c, []string{"a@ailleurs.exemple.invalid"}, m.ivan))
		avec := func(q avis.Consultation, changer func(q *avis.Consultation)) avis.Consultation {
			changer(&q)
			return q
		}
		adresses := func(n int) (tous []string) {
			for i := range n {
				tous = append(tous, fmt.Sprintf("x%d@ailleurs.exemple.invalid", i))
			}
			return tous
		}
		for mots, q := range map[string]avis.Consultation{
			"Choisissez une personne de l'agence":     m.question(c, nil),
			"ne peut pas donner d'avis":               m.question(c, nil, m.ines),
			"déjà attendu de Ivan":                    m.question(c, nil, m.ivan, m.iris),
			"déjà attendu de a@ailleurs":              m.question(c, []string{"A@ailleurs.exemple.invalid"}),
			"a un compte au guichet":                  m.question(c, []string{"chef@editeur.exemple.invalid"}),
			"n'a pas la forme d'une adresse":          m.question(c, []string{"pas une adresse"}),
			"au plus à la fois : 2 sont déjà":         m.question(c, adresses(4)),
			"Écrivez la question":                     avec(m.question(c, nil, m.iris), func(q *avis.Consultation) { q.Question = " " }),
			"plus de 2 000 caractères":                avec(m.question(c, nil, m.iris), func(q *avis.Consultation) { q.Question = strings.Repeat("é", 2001) }),
			"jour à venir":                            avec(m.question(c, nil, m.iris), func(q *avis.Consultation) { q.Limite = paris(2026, 11, 23) }),
			"jour à venir, dans les 60":               avec(m.question(c, nil, m.iris), func(q *avis.Consultation) { q.Limite = paris(2027, 3, 1) }),
			"cette demande : choisissez-en une autre": avec(m.question(c, nil, m.iris), func(q *avis.Consultation) { q.Collegues = []int64{99999} }),
		} {
			refuse(t, m.Demander(t.Context(), m.ines, q), mots)
		}
		refuse(t, m.Demander(t.Context(), m.ivan, m.question(c, nil, m.iris)), "maintenant tenue par Inès")
		refuse(t, m.Demander(t.Context(), m.victor, m.question(c, nil, m.iris)), "maintenant tenue par Inès")
		m.proposer(t, f, c)
		refuse(t, m.Demander(t.Context(), m.ines, m.question(c, nil, m.iris)), "ne se demande que pendant l'instruction")
		if n := len(m.de(t, c)); n != 2 {
			t.Errorf("%d opinions are asked for", n)
		}
		for range 4 { // all that a demande may have had
			for _, x := range m.demander(t, m.question(cles[1], adresses(5))) {
				if err := m.Retirer(t.Context(), m.ines, false, x.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		refuse(t, m.Demander(t.Context(), m.ines, m.question(cles[1], nil, m.ivan)), "déjà eu 20 demandes d'avis")
		if d := m.dossier(t, cles[1]); d.Avis != (instruction.Avis{}) {
			t.Errorf("all was taken back: %+v", d.Avis)
		}
	})
}

// An opinion is that of who was asked, and says something; who cannot says so, and who asked is told. Who has come to hold the demande
// gives none on it. Who asked, who holds it, or an administrator takes it back.
func TestAnswers(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b, nil)
		f, cles := m.deposer(t, "00000000100008", 3)
		c := cles[0]
		a := m.demander(t, m.question(c, nil, m.ivan, m.iris, m.victor))
		for _, qui := range []instruction.Agent{m.ines, m.iris, {}} {
			if err := m.Rendre(t.Context(), qui, a[0].ID, avis.Reponse{Sens: avis.Favorable}); !errors.Is(err, avis.ErrInconnu) {
				t.Errorf("%s answers for Ivan: %v", qui.Nom, err)
			}
		}
		refuse(t, m.Rendre(t.Context(), m.ivan, a[0].ID, avis.Reponse{}), "Choisissez ce que vous pensez")
		refuse(t, m.Rendre(t.Context(), m.ivan, a[0].ID, avis.Reponse{Sens: "peut-être"}), "Choisissez ce que vous pensez")
		refuse(t, m.Rendre(t.Context(), m.ivan, a[0].ID, avis.Reponse{Sens: avis.Defavorable}), "Dites pourquoi")
		refuse(t, m.Rendre(t.Context(), m.ivan, a[0].ID, avis.Reponse{Sens: avis.Favorable, Texte: strings.Repeat("x", 4001)}), "plus de 4 000 caractères")
		if err := m.Rendre(t.Context(), m.ivan, a[0].ID, avis.Reponse{Decline: true, Texte: "Je connais le client."}); err != nil {
			t.Fatal(err)
		}
		if d := m.dossier(t, c); d.Avis.Mot().Fr != "avis 0/2" {
			t.Errorf("one has given it back: %+v", d.Avis)
		}
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE dossier SET agent_id = $1 WHERE depot_id = $2 AND rang = $3`, m.iris.Compte, c.Depot, c.Rang)
			return err
		})
		refuse(t, m.Rendre(t.Context(), m.iris, a[1].ID, avis.Reponse{Sens: avis.Favorable}), "Vous tenez maintenant cette demande")
		refuse(t, m.Retirer(t.Context(), m.victor, false, a[1].ID), "Seule la personne qui a demandé l'avis")
		for i, par := range []struct {
			qui  instruction.Agent
			chef bool
		}{{m.iris, false}, {m.victor, true}} {
			if err := m.Retirer(t.Context(), par.qui, par.chef, a[1+i].ID); err != nil {
				t.Error(err)
			}
		}
		refuse(t, m.Retirer(t.Context(), m.ines, false, a[1].ID), "n'est plus attendu (demande reprise)")
		if err := m.Retirer(t.Context(), m.ines, false, 99999); !errors.Is(err, avis.ErrInconnu) {
			t.Errorf("%v", err)
		}
		autre := m.demander(t, m.question(cles[1], nil, m.ivan)) // who asked takes it back, whoever holds it
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE dossier SET agent_id = $1 WHERE depot_id = $2 AND rang = $3`, m.iris.Compte, c.Depot, 1)
			return err
		})
		if err := m.Retirer(t.Context(), m.ines, false, autre[0].ID); err != nil {
			t.Error(err)
		}
		m.journal(t, f, "avis.demande", "avis.decline", "avis.retire", "avis.retire", "avis.demande", "avis.retire")
	})
}

// A decision is proposed and taken while an opinion is missing; then it is waited for no longer, its link is dead, and that it never came
// still shows. While a decision is only proposed it may come, and who has read the demande reads it again.
func TestEndsWithTheDecision(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b, nil)
		f, cles := m.deposer(t, "00000000100008", 2)
		c := cles[0]
		a := m.demander(t, m.question(c, []string{"a@ailleurs.exemple.invalid"}, m.ivan, m.iris))
		m.horloge = m.horloge.Add(avis.Fenetre)
		secret := ""
		for _, x := range m.dire(t) {
			if strings.HasPrefix(x.A, "a@") {
				secret = lien(t, x)
			}
		}
		m.proposer(t, f, c)
		avant := m.dossier(t, c).Version
		if err := m.Rendre(t.Context(), m.ivan, a[0].ID, avis.Reponse{Sens: avis.Favorable}); err != nil {
			t.Fatal(err)
		}
		if d := m.dossier(t, c); d.Version == avant || d.Etat != etat.AValider {
			t.Errorf("%+v", d)
		}
		m.trancher(t, c)
		if d := m.dossier(t, c); d.Avis.Mot().Fr != "avis 1/3" || d.Etat != etat.Decidee {
			t.Errorf("%+v", d)
		}
		refuse(t, m.Rendre(t.Context(), m.iris, a[1].ID, avis.Reponse{Sens: avis.Favorable}), "pas rendu avant la décision")
		refuse(t, m.Retirer(t.Context(), m.ines, false, a[1].ID), "pas rendu avant la décision")
		if err := m.RendreDehors(t.Context(), secret, avis.Reponse{Sens: avis.Favorable}); !errors.Is(err, avis.ErrInconnu) {
			t.Errorf("%v", err)
		}
		m.demander(t, m.question(cles[1], nil, m.ivan)) // withdrawn by its supplier
		m.changer(t, etat.Changement{Fournisseur: f, Depot: c.Depot, Rangs: []int{1}, A: etat.Retiree, Par: etat.Fournisseur, Motif: "x"})
		if x := m.de(t, cles[1])[0]; x.Etat != avis.Clos {
			t.Errorf("%+v", x)
		}
	})
}

// Somebody is reminded once, at eight in Paris two days before the last one; after the last day, in Paris, the opinion is waited for no
// longer, who asked is told, and the demande is back. A counter that was stopped does it once, and two at once do it once.
func TestReminders(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b, nil)
		f, cles := m.deposer(t, "00000000100008", 2)
		c := cles[0]
		m.demander(t, m.question(c, []string{"a@ailleurs.exemple.invalid"}, m.ivan))
		m.horloge = m.horloge.Add(avis.Fenetre)
		premier := lien(t, m.dire(t)[1])
		relancer := func(quand time.Time, veut int) {
			t.Helper()
			m.horloge = quand
			for _, veut := range []int{veut, 0} {
				if n, err := m.Relancer(t.Context()); err != nil || n != veut {
					t.Errorf("%s: %d done, %v, want %d", quand, n, err, veut)
				}
			}
		}
		relancer(paris(2026, 12, 2).Add(7*time.Hour+59*time.Minute), 0)
		relancer(paris(2026, 12, 2).Add(8*time.Hour), 2)
		m.horloge = m.horloge.Add(avis.Fenetre)
		dits := m.dire(t)
		if len(dits) != 2 || dits[0].A != "ivan@agence.exemple.invalid" || !strings.Contains(dits[0].Sujet, "1 avis est encore attendu de vous") || dits[1].A != "a@ailleurs.exemple.invalid" || !strings.HasPrefix(dits[1].Sujet, "Rappel : ") {
			t.Errorf("reminders: %+v", dits)
		}
		if second := lien(t, dits[1]); second == premier {
			t.Error("a secret was kept")
		}
		if err := m.RendreDehors(t.Context(), premier, avis.Reponse{Sens: avis.Sans}); err != nil {
			t.Errorf("the link of the first mail still does: %v", err)
		}
		relancer(paris(2026, 12, 4).Add(23*time.Hour+59*time.Minute), 0)
		relancer(paris(2026, 12, 5), 1)
		if x, d := m.de(t, c)[0], m.dossier(t, c); x.Etat != avis.Echu || d.Attend(m.horloge) || d.Avis.Mot().Fr != "avis 1/2" {
			t.Errorf("%+v, %+v", x, d)
		}
		m.horloge = m.horloge.Add(avis.Fenetre)
		if dits = m.dire(t); len(dits) != 1 || dits[0].A != "inès@agence.exemple.invalid" || !strings.Contains(dits[0].Sujet, "1 avis n'est pas venu à temps") || !strings.Contains(dits[0].Sujet, "1 réponse") {
			t.Errorf("the end: %+v", dits)
		}
		refuse(t, m.Rendre(t.Context(), m.ivan, m.de(t, c)[0].ID, avis.Reponse{Sens: avis.Favorable}), "pas rendu à temps")
		m.journal(t, f, "avis.demande", "avis.rappel", "avis.rappel", "avis.rendu", "avis.echu")

		q := m.question(cles[1], nil, m.ivan) // the last day is near: no reminder
		q.Limite = paris(2026, 12, 7)
		m.demander(t, q)
		relancer(paris(2026, 12, 7).Add(23*time.Hour), 0)
		refuse(t, m.Rendre(t.Context(), m.iris, m.de(t, cles[1])[0].ID, avis.Reponse{}), "Choisissez")
		m.horloge = paris(2026, 12, 8) // over, and nobody has looked yet
		refuse(t, m.Rendre(t.Context(), m.ivan, m.de(t, cles[1])[0].ID, avis.Reponse{Sens: avis.Favorable}), "pas rendu à temps")
	})
}
