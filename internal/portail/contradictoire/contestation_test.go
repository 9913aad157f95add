package contradictoire_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/journal"
	journalessai "guichet/internal/portail/journal/essai"
	"guichet/internal/portail/web"
)

// contient looks for words, whatever the blanks.
func contient(texte, mots string) bool {
	return strings.Contains(strings.ReplaceAll(texte, "\u00a0", " "), mots)
}

// contester opens a contestation of two demandes.
func (m *monde) contester(t testing.TB, a, b etat.Cle) int64 {
	t.Helper()
	id, err := m.Contester(t.Context(), m.ines, contradictoire.Ouverture{Cle: a, Autres: []etat.Cle{b}, Texte: "Joignez le bon de commande signé."})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// attribuerA is what is proposed when one demande is awarded and the other refused.
func attribuerA(a, b etat.Cle) []contradictoire.Choix {
	return []contradictoire.Choix{
		{Cle: a, Issue: contradictoire.Issue(decision.Attribution), Montant: montant},
		{Cle: b, Issue: contradictoire.Issue(decision.Rejet), Motifs: []string{"DEJA"}, Texte: "La commande est celle de l'autre éditeur."},
	}
}

// Two suppliers of one ESMS are both written to, have ten working days, and get one decision: proposed by one person, decided by another, in
// one transaction, each with its number and its letter. Until then neither demande is decided otherwise. Both databases.
func TestContestation(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		fa, a := m.deposer(t, "00000000100008")
		fb, c := m.deposer(t, "00000000200006")
		id := m.contester(t, a, c)
		p := m.procedure(t, id)
		if got := p.Limite.In(web.Paris()).Format(time.DateOnly); got != "2026-12-08" || len(p.Parties) != 2 || p.Parties[0].ESMS[0] != finess || m.etatDe(t, a) != etat.Instruction || m.etatDe(t, c) != etat.Instruction {
			t.Fatalf("%s, %+v", got, p)
		}
		m.verifierCourriels(t, 2)
		m.verifierRetenue(t, a)
		refuse(t, "propose before the end", m.Proposer(t.Context(), m.ines, m.lu(t, id), attribuerA(a, c)), "avant la fin du 08/12/2026")
		if err := m.repondre(t.Context(), id, fa, true); err != nil {
			t.Fatal(err)
		}
		refuse(t, "propose with one answer", m.Proposer(t.Context(), m.ines, m.lu(t, id), attribuerA(a, c)), "chacun a répondu")
		if err := m.repondre(t.Context(), id, fb, false); err != nil {
			t.Fatal(err)
		}
		refuse(t, "propose with half an answer", m.Proposer(t.Context(), m.ines, m.lu(t, id), attribuerA(a, c)), "chacun a répondu")
		if err := m.repondre(t.Context(), id, fb, true); err != nil {
			t.Fatal(err)
		}
		refuse(t, "answer again", m.dire(t.Context(), id, fb, true, "Encore un mot."), "déjà complète")
		deux := attribuerA(a, c)
		deux[1] = contradictoire.Choix{Cle: c, Issue: contradictoire.Issue(decision.Attribution), Montant: montant}
		refuse(t, "fund twice", m.Proposer(t.Context(), m.ines, m.lu(t, id), deux), "financé deux fois")
		refuse(t, "half a proposal", m.Proposer(t.Context(), m.ines, m.lu(t, id), deux[:1]), "chaque demande")
		refuse(t, "a decider proposes", m.Proposer(t.Context(), m.victor, m.lu(t, id), attribuerA(a, c)), "")
		if err := m.Proposer(t.Context(), m.iris, m.lu(t, id), attribuerA(a, c)); err != nil && !contient(err.Error(), "held by") {
			t.Fatal(err)
		}
		if err := m.Proposer(t.Context(), m.ines, m.lu(t, id), attribuerA(a, c)); err != nil {
			t.Fatal(err)
		}
		m.decider(t, id, a, c)
		m.notifier(t)
		if p = m.procedure(t, id); p.Etat != contradictoire.Close || m.etatDe(t, a) != etat.Validee || m.etatDe(t, c) != etat.Refusee {
			t.Errorf("%+v: %s, %s", p, m.etatDe(t, a), m.etatDe(t, c))
		}
		for _, f := range []int64{fa, fb} {
			if _, err := journalessai.Verifier(t.Context(), b, f); err != nil {
				t.Error(err)
			}
		}
		m.verifierJournal(t, fb, "contradictoire.ouverte", "contradictoire.repondue", "contradictoire.repondue", "contradictoire.proposee", "contradictoire.decidee", "contradictoire.reprise", "contradictoire.decidee")
	})
}

// decider has what is proposed of two demandes decided: not by who proposed it, not one alone, and not as it was read before.
func (m *monde) decider(t *testing.T, id int64, a, c etat.Cle) {
	t.Helper()
	lu := m.lu(t, id)
	refuse(t, "who has no role decides", m.Decider(t.Context(), m.ines, lu), "rôle")
	if err := m.Decider(t.Context(), m.victor, contradictoire.Lu{ID: id, Version: lu.Version - 1}); !errors.Is(err, contradictoire.ErrChangee) {
		t.Errorf("what was read before: %v", err)
	}
	refuse(t, "one alone", m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		toutes, err := m.decisions.De(ctx, tx, a)
		if err != nil {
			return err
		}
		_, err = m.decisions.Decider(ctx, tx, decision.Lu{Cle: a, Decision: toutes[len(toutes)-1].ID, Compte: m.victor.Compte, Roles: m.victor.Roles})
		return err
	}), "procédure contradictoire PC-000001")
	if err := m.Decider(t.Context(), m.victor, lu); err != nil {
		t.Fatal(err)
	}
	refuse(t, "take one back", m.Reprendre(t.Context(), m.ines, m.lu(t, id), "relire"), "rôle")
	if err := m.Reprendre(t.Context(), m.victor, m.lu(t, id), "Relire les observations."); err != nil {
		t.Fatal(err)
	}
	if err := m.Decider(t.Context(), m.iris, m.lu(t, id)); err != nil {
		t.Fatal(err)
	}
	for _, x := range []etat.Cle{a, c} {
		toutes, err := m.decisions.De(t.Context(), m.base.Lire(), x)
		if err != nil || len(toutes) != 2 || toutes[0].Etat != decision.Reprise || toutes[1].Etat != decision.Decidee || toutes[1].DecidePar != m.iris.Compte || toutes[1].Numero < 3 {
			t.Errorf("%+v, %v", toutes, err)
		}
	}
}

// verifierRetenue wants a demande on which suppliers are heard to be decided nowhere else.
func (m *monde) verifierRetenue(t *testing.T, c etat.Cle) {
	t.Helper()
	for nom, faire := range map[string]func(ctx context.Context, tx *sql.Tx) error{
		"award": func(ctx context.Context, tx *sql.Tx) error {
			return m.decisions.Proposer(ctx, tx, decision.Proposition{Fournisseur: 1, Cle: c, Sens: decision.Attribution, Montant: 1, Demande: 1, Compte: m.ines.Compte, Roles: m.ines.Roles})
		},
		"ask for a change": func(ctx context.Context, tx *sql.Tx) error {
			return m.suivis.Changer(ctx, tx, etat.Changement{Fournisseur: 1, Depot: c.Depot, Rangs: []int{c.Rang}, A: etat.AModifier, Par: etat.Agence, Compte: m.ines.Compte, Motif: "x"})
		},
	} {
		refuse(t, nom, m.base.Ecrire(t.Context(), faire), "procédure contradictoire PC-000001")
	}
	d, err := m.examens.Dossier(t.Context(), m.base.Lire(), c)
	if err != nil || d.Procedure == 0 || !d.Attend(m.horloge) || !contient(d.AttenteMotif, "PC-000001") {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := m.Contester(t.Context(), m.ines, contradictoire.Ouverture{Cle: c, Autres: m.reclames}); err == nil {
		t.Error("contested twice")
	}
}

// verifierCourriels wants each of two suppliers to be written to on its own demande, word for word, with nothing of the other one.
func (m *monde) verifierCourriels(t *testing.T, n int) {
	t.Helper()
	want := "Un autre fournisseur demande aussi le financement d'ESMS de la demande ASP-1-1 : 990000001.\nAvant qu'elle décide, vous pouvez présenter vos observations, avec des documents, au plus tard le 08/12/2026.\n\nLire sa lettre et répondre : http://guichet.exemple.invalid/contradictoires/1\n" + jointe
	vus := 0
	for _, c := range m.courriels {
		if !strings.HasPrefix(c.Sujet, "Vos observations") {
			continue
		}
		vus++
		if c.A == "camille@1.exemple.invalid" && (c.Texte != want || !contient(c.Sujet, "Vos observations sont demandées : demande ASP-1-1")) {
			t.Errorf("%s\n%q\nwant\n%q", c.Sujet, c.Texte, want)
		}
		if c.A == "camille@2.exemple.invalid" && (contient(c.Texte, "ASP-1-1") || contient(c.Texte, "00000000100008")) {
			t.Errorf("of the other one: %s", c.Texte)
		}
	}
	if vus != n {
		t.Errorf("%d mails, want %d", vus, n)
	}
}

// jointe ends the mail that carries the first letter.
const jointe = "\nLa lettre est jointe (PDF). Elle se lit aussi au guichet : http://guichet.exemple.invalid/courriers/1\nLa date de la première lecture au guichet est gardée.\n\nVotre entreprise n'a pas accepté la notification électronique : cette lettre part aussi par la poste.\n"

// verifierJournal wants these acts of procedures in the journal of a supplier, in that order.
func (m *monde) verifierJournal(t *testing.T, f int64, want ...string) {
	t.Helper()
	lignes, err := journal.Partie(t.Context(), m.base.Lire(), f, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range lignes {
		if strings.HasPrefix(l.Action, "contradictoire.") {
			got = append(got, l.Action)
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("journal: %v\nwant %v", got, want)
	}
}

// Observations that are sent twice, one after the other or at once, are one, and nobody is told that they came too late. The same words
// said to be the whole answer afterwards are heard. Both databases.
func TestObservationsSentTwice(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		fa, a := m.deposer(t, "00000000100008")
		_, c := m.deposer(t, "00000000200006")
		id := m.contester(t, a, c)
		version := m.lu(t, id).Version
		for range 2 {
			if err := m.repondre(t.Context(), id, fa, false); err != nil {
				t.Error(err)
			}
		}
		if p := m.procedure(t, id); !p.Sienne(fa).Repondu.IsZero() || p.Version != version+1 {
			t.Errorf("%+v", p)
		}
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if err := m.repondre(t.Context(), id, fa, true); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		p := m.procedure(t, id)
		if p.Sienne(fa).Repondu.IsZero() || p.Version != version+2 {
			t.Errorf("%+v", p)
		}
		m.verifierJournal(t, fa, "contradictoire.ouverte", "contradictoire.repondue", "contradictoire.repondue")
		tout, err := m.observations(t.Context(), compte.Identite{Compte: 1000 + fa, Fournisseur: fa, Role: compte.Deposant}, p.Sienne(fa).Fil)
		if err != nil || len(tout) != 1 {
			t.Errorf("%+v, %v", tout, err)
		}
		refuse(t, "other words", m.dire(t.Context(), id, fa, true, "Encore un mot."), "déjà complète")
	})
}

// A silence allows to decide once the last of the ten working days is over in Paris, not before; reminders go to who has not answered, once
// each. A suspended supplier, which may not answer, keeps the time from ending.
func TestSilence(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	fa, a := m.deposer(t, "00000000100008")
	fb, c := m.deposer(t, "00000000200006")
	id := m.contester(t, a, c)
	if err := m.repondre(t.Context(), id, fa, true); err != nil {
		t.Fatal(err)
	}
	m.courriels = nil
	for _, h := range []string{"2026-11-28T06:59:00Z", "2026-11-28T07:00:00Z", "2026-11-28T09:00:00Z", "2026-12-05T07:00:00Z", "2026-12-08T22:59:59Z"} {
		m.le(t, h)
		if _, err := m.Relancer(t.Context()); err != nil {
			t.Fatal(err)
		}
		refuse(t, h, m.Proposer(t.Context(), m.ines, m.lu(t, id), attribuerA(a, c)), "avant la fin du 08/12/2026")
	}
	if len(m.courriels) != 2 || m.courriels[0].A != "camille@2.exemple.invalid" || !contient(m.courriels[0].Sujet, "Rappel : vos observations sont demandées, demande ASP-2-1") || !contient(m.courriels[0].Texte, "au plus tard le 08/12/2026") {
		t.Errorf("%+v", m.courriels)
	}
	m.le(t, "2026-12-08T23:00:00Z")
	if _, err := m.Relancer(t.Context()); err != nil || len(m.courriels) != 2 {
		t.Errorf("%v, %d mails", err, len(m.courriels))
	}
	m.executer(t, `UPDATE fournisseur SET etat = 'suspendu' WHERE id = $1`, fb)
	if err := m.Proposer(t.Context(), m.ines, m.lu(t, id), attribuerA(a, c)); err != nil {
		t.Fatal(err)
	}
}

func (m *monde) le(t testing.TB, instant string) {
	t.Helper()
	h, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		t.Fatal(err)
	}
	m.horloge = h
}

func (m *monde) executer(t testing.TB, texte string, args ...any) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error { _, err := tx.ExecContext(ctx, texte, args...); return err })
}

// An award that another supplier contests is taken back, or kept, by the same decision: the other demande is refused, or awarded.
func TestContestedAward(t *testing.T) {
	t.Parallel()
	for nom, x := range map[string]struct {
		choix func(a, c etat.Cle) []contradictoire.Choix
		etats [2]etat.Etat
		mails []string
	}{
		"kept": {func(a, c etat.Cle) []contradictoire.Choix {
			choix := attribuerA(a, c)
			choix[0] = contradictoire.Choix{Cle: a, Issue: contradictoire.Maintien}
			return choix
		}, [2]etat.Etat{etat.Validee, etat.Refusee}, []string{"Contestation close\u00a0: demande ASP-1-1", "Lettre 2026-000002"}},
		"taken back": {func(a, c etat.Cle) []contradictoire.Choix {
			return []contradictoire.Choix{
				{Cle: a, Issue: contradictoire.Issue(decision.Retrait), Motifs: []string{"CONDITIONS"}, Texte: "L'ESMS n'a pas commandé."},
				{Cle: c, Issue: contradictoire.Issue(decision.Attribution), Montant: montant},
			}
		}, [2]etat.Etat{etat.AttributionRetiree, etat.Validee}, []string{"Lettre 2026-000002", "Lettre 2026-000003"}},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			m := nouveau(t, dbessai.SQLite(t))
			f, a := m.deposer(t, "00000000100008")
			_, c := m.deposer(t, "00000000200006")
			m.attribuer(t, a)
			montree := func(quand string) { // its supplier learns what was notified, not what is proposed or decided
				t.Helper()
				d, err := m.suivis.Demande(t.Context(), f, a)
				if err != nil || d.Etat != etat.Validee {
					t.Errorf("%s, its supplier sees %+v, %v", quand, d, err)
				}
				histoire, err := m.suivis.Historique(t.Context(), d)
				if err != nil || histoire[len(histoire)-1].A != etat.Validee {
					t.Errorf("%s, its supplier reads %+v, %v", quand, histoire, err)
				}
			}
			id := m.contester(t, c, a)
			m.le(t, "2026-12-09T10:00:00Z")
			if err := m.Proposer(t.Context(), m.ines, m.lu(t, id), x.choix(a, c)); err != nil {
				t.Fatal(err)
			}
			if err := m.Renvoyer(t.Context(), m.iris, m.lu(t, id), "Relire."); err != nil {
				t.Fatal(err)
			}
			if m.etatDe(t, a) != etat.Validee || m.etatDe(t, c) != etat.Instruction || m.procedure(t, id).Etat != contradictoire.Ouverte {
				t.Errorf("sent back: %s, %s", m.etatDe(t, a), m.etatDe(t, c))
			}
			if err := m.Proposer(t.Context(), m.ines, m.lu(t, id), x.choix(a, c)); err != nil {
				t.Fatal(err)
			}
			montree("proposed")
			m.courriels = nil
			if err := m.Decider(t.Context(), m.victor, m.lu(t, id)); err != nil {
				t.Fatal(err)
			}
			montree("decided")
			if len(m.courriels) > 0 {
				t.Errorf("told before the time to take it back has passed: %+v", m.courriels)
			}
			m.notifier(t)
			if got := [2]etat.Etat{m.etatDe(t, a), m.etatDe(t, c)}; got != x.etats || m.procedure(t, id).Etat != contradictoire.Close {
				t.Errorf("%v, want %v", got, x.etats)
			}
			var sujets []string
			for _, y := range m.courriels {
				sujets = append(sujets, y.Sujet)
			}
			if strings.Join(sujets, "|") != strings.Join(x.mails, "|") {
				t.Errorf("mails %q, want %q", sujets, x.mails)
			}
		})
	}
}

// A supplier that gives its demande up ends the contestation, and the other demande goes on; the agency may end it, too.
func TestContestationEnds(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	fa, a := m.deposer(t, "00000000100008")
	_, c := m.deposer(t, "00000000200006")
	id := m.contester(t, a, c)
	m.courriels = nil
	refuse(t, "no reason", m.Clore(t.Context(), m.ines, m.lu(t, id), " "), "pourquoi")
	if err := m.Clore(t.Context(), m.ines, m.lu(t, id), "Ce n'est pas le même ESMS."); err != nil {
		t.Fatal(err)
	}
	if len(m.courriels) != 2 || !contient(m.courriels[0].Texte, "Ce n'est pas le même ESMS.") || m.procedure(t, id).Etat != contradictoire.Close {
		t.Errorf("%+v", m.courriels)
	}
	id = m.contester(t, a, c)
	m.courriels = nil
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return m.suivis.Changer(ctx, tx, etat.Changement{Fournisseur: fa, Depot: a.Depot, Rangs: []int{0}, A: etat.Retiree, Par: etat.Fournisseur, Compte: 1000 + fa, Motif: "x"})
	})
	d, err := m.examens.Dossier(t.Context(), m.base.Lire(), c)
	if p := m.procedure(t, id); err != nil || p.Etat != contradictoire.Close || d.Procedure != 0 || d.Attend(m.horloge) || d.Etat != etat.Instruction {
		t.Errorf("%+v, %+v, %v", p, d, err)
	}
	if len(m.courriels) != 1 || m.courriels[0].A != "camille@2.exemple.invalid" || !contient(m.courriels[0].Texte, "celle-ci reprend son cours") {
		t.Errorf("%+v", m.courriels)
	}
}

// What cannot be contested is refused, with the reason.
func TestContestationRefused(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	_, a := m.deposer(t, "00000000100008")
	_, c := m.deposer(t, "00000000200006")
	ouvrir := func(o contradictoire.Ouverture) error { _, err := m.Contester(t.Context(), m.ines, o); return err }
	refuse(t, "nobody else", ouvrir(contradictoire.Ouverture{Cle: a}), "au moins une autre")
	refuse(t, "another ESMS", ouvrir(contradictoire.Ouverture{Cle: a, Autres: []etat.Cle{{Depot: 99}}}), "ne demande plus")
	refuse(t, "too long", ouvrir(contradictoire.Ouverture{Cle: a, Autres: []etat.Cle{c}, Texte: strings.Repeat("é", contradictoire.MaxTexte+1)}), "2 000")
	_, err := m.Contester(t.Context(), m.victor, contradictoire.Ouverture{Cle: a, Autres: []etat.Cle{c}})
	refuse(t, "a decider", err, "rôle")
	if err := m.examens.Prendre(t.Context(), m.ivan, c); err != nil {
		t.Fatal(err)
	}
	refuse(t, "held by another", ouvrir(contradictoire.Ouverture{Cle: a, Autres: []etat.Cle{c}}), "tenue par Ivan")
	m.executer(t, `UPDATE dossier SET etat = 'a_modifier', bail = 0 WHERE depot_id = $1`, c.Depot)
	refuse(t, "with its supplier", ouvrir(contradictoire.Ouverture{Cle: a, Autres: []etat.Cle{c}}), "À modifier")
	if m.etatDe(t, a) != etat.Complete {
		t.Errorf("what was refused has changed something: %s", m.etatDe(t, a))
	}
	m.executer(t, `UPDATE dossier SET etat = 'instruction', fournisseur_id = 1 WHERE depot_id = $1`, c.Depot)
	m.executer(t, `UPDATE demande SET fournisseur_id = 1 WHERE depot_id = $1`, c.Depot)
	m.executer(t, `UPDATE depot SET fournisseur_id = 1 WHERE id = $1`, c.Depot)
	refuse(t, "one supplier", ouvrir(contradictoire.Ouverture{Cle: a, Autres: []etat.Cle{c}}), "d'un seul fournisseur")
}
