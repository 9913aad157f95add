package lot_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/journal"
	journalessai "guichet/internal/portail/journal/essai"
	"guichet/internal/portail/lot"
)

// All demandes of a list are proposed by one person and decided by another, each with its own steps.
func TestAwards(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		cles := m.deposer(t, "00000000100008", 60)
		l := m.preparer(t, m.ines, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true})
		if l.Etat != lot.AConfirmer || l.Total != 60 || l.Ecartees != 0 || l.Montant != 60*montant || m.etatDe(t, cles[0]) != etat.Complete {
			t.Fatalf("prepared: %+v", l)
		}
		if err := m.Confirmer(t.Context(), m.ines, l.ID); err != nil {
			t.Fatal(err)
		}
		m.avancer(t)
		if l = m.lot(t, l.ID); l.Etat != lot.Fini || l.Faites != 60 || l.Laissees != 0 || l.Restent() != 0 {
			t.Fatalf("done: %+v", l)
		}
		for _, c := range cles {
			points, err := m.examens.Fiche(t.Context(), b.Lire(), c, []string{"BON_COMMANDE"})
			if err != nil || m.etatDe(t, c) != etat.AValider {
				t.Fatalf("%v: %s, %v", c, m.etatDe(t, c), err)
			}
			for _, p := range points {
				if p.Reponse != instruction.Oui {
					t.Fatalf("%v: point %s has the answer %q", c, p.Code, p.Reponse)
				}
			}
		}
		d := m.mener(t, m.victor, lot.Commande{Genre: lot.Decider, Requete: "file=valider"})
		if d.Etat != lot.Fini || d.Faites != 60 || d.Montant != 60*montant {
			t.Fatalf("decided: %+v", d)
		}
		m.verifierDecisions(t, 60)
		if n, err := journalessai.Verifier(t.Context(), b, journal.Agence); err != nil || n != 4 {
			t.Errorf("%d rows in the journal, %v", n, err)
		}
	})
}

// A demande that is left out once much of it is done leaves nothing: its number is the next one's, the journal and the counters do not have it.
// The first one of a transaction is one of them.
func TestUndoneOnes(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		cles := m.deposer(t, "00000000100008", 30)
		m.mener(t, m.ines, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true})
		var vues []int
		m.decisions.Lettres.Figer = func(_ context.Context, _ *sql.Tx, d *decision.Decision, _ string) error {
			vues = append(vues, d.Numero)
			if d.Rang%10 == 0 || d.Rang == 7 {
				return decision.Refuser("La lettre ne peut pas partir.", "The letter cannot go out.")
			}
			return nil
		}
		l := m.mener(t, m.victor, lot.Commande{Genre: lot.Decider, Requete: "file=valider"})
		if l.Faites != 26 || l.Laissees != 4 || len(vues) != 30 || vues[0] != 1 || vues[1] != 1 || slices.Max(vues) != 26 {
			t.Errorf("%+v, numbers %v", l, vues)
		}
		m.verifierDecisions(t, 26)
		for n, want := range map[string]int64{
			`SELECT COUNT(*) FROM journal WHERE action = 'demande.decidee'`:                 26,
			`SELECT dernier FROM decision_annee`:                                            26,
			`SELECT nombre FROM demande_etat WHERE etat = 'instruction'`:                    30, // what is decided is not told yet
			`SELECT COALESCE(SUM(nombre), 0) FROM demande_etat WHERE etat <> 'instruction'`: 0,
		} {
			var lu int64
			if err := b.Lire().QueryRow(n).Scan(&lu); err != nil || lu != want {
				t.Errorf("%s: %d, %v, want %d", n, lu, err, want)
			}
		}
		if m.etatDe(t, cles[7]) != etat.AValider || m.etatDe(t, cles[8]) != etat.Decidee {
			t.Errorf("left out: %s, decided: %s", m.etatDe(t, cles[7]), m.etatDe(t, cles[8]))
		}
		for _, chaine := range []int64{journal.Agence, 1} {
			if _, err := journalessai.Verifier(t.Context(), b, chaine); err != nil {
				t.Error(err)
			}
		}
	})
}

// A lot that decides is confirmed with the letters that were read, or not.
func TestLettersChangedMeanwhile(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.deposer(t, "00000000100008", 1)
		version := "1.1"
		m.decisions.Lettres.Version = func(context.Context, db.Lecteur) (string, error) { return version, nil }
		m.mener(t, m.ines, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true})
		l := m.preparer(t, m.victor, lot.Commande{Genre: lot.Decider, Requete: "file=valider"})
		version = "2.1"
		refuse(t, m.Confirmer(t.Context(), m.victor, l.ID), "ont changé depuis que ce lot est préparé")
		if l = m.lot(t, l.ID); l.Etat != lot.AConfirmer {
			t.Errorf("%+v", l)
		}
		if l = m.mener(t, m.victor, lot.Commande{Genre: lot.Decider, Requete: "file=valider"}); l.Faites != 1 {
			t.Errorf("prepared again: %+v", l)
		}
	})
}

// A demande on which an opinion is missing, or against, is not awarded in a lot; nor is one decided while an opinion is missing: somebody
// reads there.
func TestOpinionsAreRead(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		cles := m.deposer(t, "00000000100008", 4)
		poser := func(c etat.Cle, a instruction.Avis) {
			t.Helper()
			m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error { return m.examens.Consulter(ctx, tx, c, a, time.Time{}) })
		}
		poser(cles[0], instruction.Avis{Demandes: 2, Rendus: 1})
		poser(cles[1], instruction.Avis{Demandes: 1, Rendus: 1, Contre: 1})
		poser(cles[2], instruction.Avis{Demandes: 1, Rendus: 1})
		l := m.preparer(t, m.ines, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true})
		lignes := m.lignes(t, l.ID)
		ligne := func(i int) string { return lignes[etatessai.NumeroASP(cles[i].Depot, cles[i].Rang)].Cause.Fr }
		if l.Total != 4 || l.Ecartees != 2 || !strings.Contains(ligne(0), "(avis 1/2)") || !strings.Contains(ligne(1), "défavorable") || ligne(2) != "" {
			t.Errorf("%+v, %+v", l, lignes)
		}
		m.mener(t, m.ines, lot.Commande{Genre: lot.Refuser, Motifs: []string{"DEJA"}, Requete: "file=prendre"})
		l = m.preparer(t, m.victor, lot.Commande{Genre: lot.Decider, Requete: "file=valider"})
		if lignes = m.lignes(t, l.ID); l.Total != 4 || l.Ecartees != 1 || !strings.Contains(ligne(0), "(avis 1/2)") {
			t.Errorf("%+v, %+v", l, lignes)
		}
	})
}

// verifierDecisions wants n decisions, all numbered without gap.
func (m *monde) verifierDecisions(t *testing.T, n int64) {
	t.Helper()
	var nombre, dernier int64
	err := m.base.Lire().QueryRow(`SELECT COUNT(*), COALESCE(MAX(numero), 0) FROM decision WHERE etat = 'decidee'`).Scan(&nombre, &dernier)
	if err != nil || nombre != n || dernier != n {
		t.Errorf("%d decisions, the last is number %d, %v; want %d", nombre, dernier, err, n)
	}
}

// What speaks against an award that nobody looks at by itself sets a demande aside, with the reason.
func TestSetAside(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	c := m.deposer(t, "00000000100008", 9)
	m.vues[c[0]] = &instruction.Vue{Plafond: montant - 1, Depasse: true}
	m.vues[c[1]] = &instruction.Vue{Illisible: true}
	if err := errors.Join(m.examens.Prendre(t.Context(), m.ivan, c[2]), m.examens.Prendre(t.Context(), m.ines, c[3]), m.examens.Prendre(t.Context(), m.ines, c[4]),
		m.examens.Attendre(t.Context(), m.ines, c[4], m.horloge.AddDate(0, 0, 3), "le SIRET")); err != nil {
		t.Fatal(err)
	}
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return m.examens.Remplir(ctx, tx, m.ines, c[3], []instruction.Repondu{{Point: instruction.Points[0], Reponse: instruction.Non}})
	})
	m.vues[c[6]] = &instruction.Vue{} // announces nothing
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return m.examens.Remplir(ctx, tx, m.ines, c[7], []instruction.Repondu{{Point: instruction.Points[0], Reponse: instruction.SansObjet}})
	})
	if err := m.examens.Prendre(t.Context(), m.ines, c[5]); err != nil {
		t.Fatal(err)
	}
	m.proposer(t, m.ines, c[5])
	l := m.preparer(t, m.ines, lot.Commande{Genre: lot.Attribuer, Choisies: append(c, c[8], etat.Cle{Depot: 99}), Reste: true})
	if l.Total != 9 || l.Ecartees != 8 || l.Montant != montant {
		t.Errorf("%+v", l)
	}
	lignes := m.lignes(t, l.ID)
	for i, mots := range []string{"plafond de 2 919,99 €", "n'a pas pu être lu", "tenue par Ivan", "dit non", "attend jusqu'au 27/11/2026", "« À valider »", "aucun point à vérifier", "et pas « sans objet »", ""} {
		x := lignes[etatessai.NumeroASP(c[i].Depot, i)]
		if propre := strings.ReplaceAll(strings.ReplaceAll(x.Cause.Fr, "\u202f", " "), "\u00a0", " "); !strings.Contains(propre, mots) || (mots == "") != (x.Issue == lot.Attend) {
			t.Errorf("%s: %q (%s), want %q", x.NumeroASP, propre, x.Issue, mots)
		}
	}
	sans := m.lignes(t, m.preparer(t, m.ines, lot.Commande{Genre: lot.Attribuer, Choisies: c[8:]}).ID)[etatessai.NumeroASP(c[8].Depot, 8)]
	if !strings.Contains(sans.Cause.Fr, "7 points sans réponse") || sans.Issue != lot.Ecartee {
		t.Errorf("without a sheet: %+v", sans)
	}
}

// A lot of which nothing is left to be done ends by itself, and says so: there is nothing to be confirmed.
func TestNothingToBeConfirmed(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	c := m.deposer(t, "00000000100008", 2)
	for _, commande := range []lot.Commande{{Genre: lot.Decider, Choisies: c}, {Genre: lot.Attribuer, Requete: "file=toutes&etat=payee"}} {
		a := m.ines
		if commande.Genre == lot.Decider {
			a = m.victor
		}
		l := m.preparer(t, a, commande)
		if l.Etat != lot.Arrete || !strings.Contains(l.Cause.Fr, "rien à confirmer") {
			t.Errorf("%s: %s, %q", commande.Genre, l.Etat, l.Cause.Fr)
		}
	}
}

// A demande with an alert, or whose alerts were not looked for, is for somebody to look at; so is one whose alert came after the lot was prepared.
func TestAlertsAreLookedAt(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	c := m.deposer(t, "00000000100008", 4)
	marquer := func(rang int, alertes, revu string) {
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE dossier SET alertes = $1, revu = $2 WHERE rang = $3`, alertes, revu, rang)
			return err
		})
	}
	marquer(0, "A511:2 A512:1", "aucun")
	marquer(1, "", "")
	l := m.preparer(t, m.ines, lot.Commande{Genre: lot.Attribuer, Choisies: c, Reste: true})
	lignes := m.lignes(t, l.ID)
	for rang, mots := range []string{"A511, A512", "pas encore vérifiées"} {
		if x := lignes[etatessai.NumeroASP(c[rang].Depot, rang)]; x.Issue != lot.Ecartee || !strings.Contains(x.Cause.Fr, mots) {
			t.Errorf("%+v, want %q", x, mots)
		}
	}
	marquer(2, "A511:1", "aucun")
	if err := m.Confirmer(t.Context(), m.ines, l.ID); err != nil {
		t.Fatal(err)
	}
	m.avancer(t)
	if l = m.lot(t, l.ID); l.Faites != 1 || l.Laissees != 1 || m.etatDe(t, c[2]) != etat.Complete {
		t.Errorf("%+v, %s", l, m.etatDe(t, c[2]))
	}
	if l := m.preparer(t, m.ines, lot.Commande{Genre: lot.Refuser, Motifs: []string{"DEJA"}, Choisies: c[:1]}); l.Ecartees != 0 {
		t.Errorf("a refusal looks at alerts: %+v", l)
	}
}

// proposer has an agent who holds a demande propose its award.
func (m *monde) proposer(t *testing.T, a instruction.Agent, c etat.Cle) {
	t.Helper()
	d, err := m.examens.Dossier(t.Context(), m.base.Lire(), c)
	if err != nil {
		t.Fatal(err)
	}
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return m.decisions.Proposer(ctx, tx, decision.Proposition{Fournisseur: d.Fournisseur, Cle: c, Sens: decision.Attribution, Montant: montant, Demande: montant, Compte: a.Compte, Roles: a.Roles})
	})
}

// Refusals in a lot have the same reasons; a person who decides what was proposed in a lot is another one.
func TestRefusals(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	c := m.deposer(t, "00000000100008", 3)
	l := m.mener(t, m.iris, lot.Commande{Genre: lot.Refuser, Choisies: c[:2], Motifs: []string{"MENTION"}, Texte: "Ligne 3 du bon de commande."})
	if l.Faites != 2 || m.etatDe(t, c[2]) != etat.Complete {
		t.Fatalf("%+v", l)
	}
	toutes, err := m.decisions.De(t.Context(), m.base.Lire(), c[1])
	if err != nil || len(toutes) != 1 || toutes[0].Sens != decision.Rejet || toutes[0].Motifs[0] != "MENTION" || toutes[0].Texte != "Ligne 3 du bon de commande." || toutes[0].Montant != 0 {
		t.Errorf("%+v, %v", toutes, err)
	}
	d := m.preparer(t, m.iris, lot.Commande{Genre: lot.Decider, Requete: "file=valider"})
	if x := m.lignes(t, d.ID)[etatessai.NumeroASP(c[0].Depot, 0)]; d.Ecartees != 2 || !strings.Contains(x.Cause.Fr, "vous-même proposée") {
		t.Errorf("%+v, %+v", d, x)
	}
	refuse(t, m.Confirmer(t.Context(), m.iris, d.ID), "n'attend pas")
	d = m.preparer(t, m.victor, lot.Commande{Genre: lot.Decider, Choisies: c})
	if r, f, err := m.Sommes(t.Context(), d); r != (lot.Somme{Refus: 2}) || f != (lot.Somme{}) || err != nil {
		t.Errorf("kept %+v, done %+v, %v", r, f, err)
	}
	if x := m.lignes(t, d.ID)[etatessai.NumeroASP(c[0].Depot, 0)]; x.Sens != decision.Rejet || len(x.Motifs) != 1 || x.Motifs[0] != "MENTION" {
		t.Errorf("what is decided is not told: %+v", x)
	}
	if d = m.mener(t, m.victor, lot.Commande{Genre: lot.Decider, Choisies: c}); d.Faites != 2 || d.Ecartees != 1 {
		t.Errorf("%+v", d)
	}
	if r, f, err := m.Sommes(t.Context(), d); r != f || f != (lot.Somme{Refus: 2}) || err != nil {
		t.Errorf("kept %+v, done %+v, %v", r, f, err)
	}
}

func refuse(t *testing.T, err error, mots string) {
	t.Helper()
	var r *lot.Refus
	if !errors.As(err, &r) || !strings.Contains(strings.ToLower(r.Texte.Fr), strings.ToLower(mots)) {
		t.Errorf("got %v, want a refusal with %q", err, mots)
	}
}

// What changes between the confirmation and its turn is left as it is, and told; the others are done all the same.
func TestChangedMeanwhile(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		c := m.deposer(t, "00000000100008", 4)
		l := m.preparer(t, m.ines, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true})
		if err := errors.Join(m.examens.Prendre(t.Context(), m.ivan, c[1]), m.examens.Noter(t.Context(), m.ivan, c[2], "à revoir"), m.Confirmer(t.Context(), m.ines, l.ID)); err != nil {
			t.Fatal(err)
		}
		m.avancer(t)
		l = m.lot(t, l.ID)
		if l.Etat != lot.Fini || l.Faites != 2 || l.Laissees != 2 || m.etatDe(t, c[1]) != etat.Instruction || m.etatDe(t, c[2]) != etat.Complete {
			t.Errorf("%+v, %s, %s", l, m.etatDe(t, c[1]), m.etatDe(t, c[2]))
		}
		if x := m.lignes(t, l.ID)[etatessai.NumeroASP(c[2].Depot, 2)]; x.Issue != lot.Laissee || !strings.Contains(x.Cause.Fr, "plus comme elle a été lue") {
			t.Errorf("%+v", x)
		}
	})
}

// A lot can be stopped between two parts; what is done stays done. One that nobody confirms is forgotten, and does nothing.
func TestStopped(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	m.deposer(t, "00000000100008", 150)
	l := m.preparer(t, m.ines, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true})
	refuse(t, m.Confirmer(t.Context(), m.ivan, l.ID), "Seule la personne")
	refuse(t, m.Arreter(t.Context(), m.victor, l.ID), "Seule la personne")
	if err := m.Confirmer(t.Context(), m.ines, l.ID); err != nil {
		t.Fatal(err)
	}
	if encore, err := m.Avancer(t.Context()); !encore || err != nil {
		t.Fatal(encore, err)
	}
	if err := m.Arreter(t.Context(), m.ines, l.ID); err != nil {
		t.Fatal(err)
	}
	m.avancer(t)
	if l = m.lot(t, l.ID); l.Etat != lot.Arrete || l.Faites < 10 || l.Faites > 100 || l.Restent() != 150-l.Faites || int64(m.nombre(t, `SELECT COUNT(*) FROM decision`)) != l.Faites {
		t.Errorf("%+v", l)
	}
	refuse(t, m.Confirmer(t.Context(), m.ines, l.ID), "n'attend pas")
	refuse(t, m.Arreter(t.Context(), m.ines, l.ID), "déjà terminé")
	oublie := m.preparer(t, m.ines, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true})
	m.horloge = m.horloge.Add(lot.Oubli)
	if err := m.Oublier(t.Context()); err != nil {
		t.Fatal(err)
	}
	if l = m.lot(t, oublie.ID); l.Etat != lot.Arrete || !strings.Contains(l.Cause.Fr, "en un jour") || l.Faites != 0 {
		t.Errorf("%+v", l)
	}
}

// A role that is taken away, or an account that is closed, ends what was prepared and what is under way.
func TestRoleTakenAway(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	m.deposer(t, "00000000100008", 30)
	cours := m.preparer(t, m.ines, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true})
	id, err := m.Preparer(t.Context(), m.ines, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre"})
	if err := errors.Join(err, m.Confirmer(t.Context(), m.ines, cours.ID)); err != nil {
		t.Fatal(err)
	}
	m.closes = []int64{m.ines.Compte}
	m.avancer(t)
	for _, id := range []int64{cours.ID, id} {
		if l := m.lot(t, id); l.Etat != lot.Arrete || l.Faites != 0 || !strings.Contains(l.Cause.Fr, "n'a plus le rôle") {
			t.Errorf("%+v", l)
		}
	}
}

// What cannot be asked for makes no lot.
func TestImpossibleLots(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	c := m.deposer(t, "00000000100008", 1)
	for _, x := range []struct {
		qui  instruction.Agent
		c    lot.Commande
		mots string
	}{
		{m.victor, lot.Commande{Genre: lot.Attribuer, Choisies: c}, "rôle"},
		{m.ines, lot.Commande{Genre: lot.Decider, Choisies: c}, "rôle"},
		{m.ines, lot.Commande{Genre: "autre", Choisies: c}, "rôle"},
		{m.ines, lot.Commande{Genre: lot.Refuser, Choisies: c}, "motif"},
		{m.ines, lot.Commande{Genre: lot.Refuser, Choisies: c, Motifs: []string{"DEJA"}, Texte: strings.Repeat("é", decision.MaxTexte+1)}, "2 000 caractères"},
		{m.ines, lot.Commande{Genre: lot.Attribuer, Choisies: make([]etat.Cle, 201)}, "200 demandes"},
	} {
		_, err := m.Preparer(t.Context(), x.qui, x.c)
		refuse(t, err, x.mots)
	}
	for range 5 {
		m.preparer(t, m.ines, lot.Commande{Genre: lot.Refuser, Choisies: c, Motifs: []string{"DEJA"}})
	}
	_, err := m.Preparer(t.Context(), m.ines, lot.Commande{Genre: lot.Attribuer, Choisies: c})
	refuse(t, err, "cinq lots")
	if lots, err := m.Lots(t.Context(), 0, 10); len(lots) != 5 || err != nil || lots[0].ID < lots[4].ID {
		t.Errorf("%d lots, %v", len(lots), err)
	}
}

// Two counters on one database, and two lots of the same list at once: no demande is done twice, none is forgotten.
func TestTwoCounters(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.deposer(t, "00000000100008", 80)
		m.deposer(t, "00000000200006", 20)
		autre := lot.Nouveau(m.Config)
		ids := make([]int64, 2)
		agents := []instruction.Agent{m.ines, m.ivan}
		for i, a := range agents {
			ids[i] = m.preparer(t, a, lot.Commande{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true}).ID
		}
		for i, a := range agents {
			if err := m.Confirmer(t.Context(), a, ids[i]); err != nil {
				t.Fatal(err)
			}
		}
		ctx, fin := context.WithTimeout(t.Context(), time.Minute)
		defer fin()
		rendu := make(chan error, 2)
		for _, s := range []*lot.Service{m.Service, autre} {
			go func() {
				for encore := true; encore && ctx.Err() == nil; {
					var err error
					if encore, err = s.Avancer(ctx); err != nil {
						rendu <- err
						return
					}
				}
				rendu <- nil
			}()
		}
		if err := errors.Join(<-rendu, <-rendu); err != nil {
			t.Fatal(err)
		}
		m.avancer(t)
		faites := int64(0)
		for _, id := range ids {
			l := m.lot(t, id)
			if l.Etat != lot.Fini || l.Faites+l.Laissees != 100 {
				t.Errorf("%+v", l)
			}
			faites += l.Faites
		}
		var proposees int64
		if err := b.Lire().QueryRow(`SELECT COUNT(*) FROM decision`).Scan(&proposees); faites != 100 || proposees != 100 || err != nil {
			t.Errorf("%d done, %d proposals, %v", faites, proposees, err)
		}
	})
}
