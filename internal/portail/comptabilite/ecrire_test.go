package comptabilite_test

import (
	"slices"
	"strings"
	"testing"

	comptabiliteessai "guichet/internal/portail/comptabilite/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
)

// lues are the lines of the entries of a deposit after the first one, each entry as one text.
func (m *monde) lues(t testing.TB, depot int64) (entrees []string) {
	t.Helper()
	var derniere int64
	_, err := db.Lignes(t.Context(), m.base.Lire(), func(l db.Ligne, _ *struct{}) error {
		var id int64
		var acte, poste, parts string
		if err := l.Scan(&id, &acte, &poste, &parts); err != nil {
			return err
		}
		if id != derniere {
			entrees, derniere = append(entrees, acte+":"), id
		}
		entrees[len(entrees)-1] += " " + poste + " " + parts
		return nil
	}, `SELECT e.id, e.acte, l.poste, l.parts FROM ecriture e JOIN ecriture_ligne l ON l.ecriture_id = e.id WHERE e.depot_id = $1 ORDER BY e.id, l.poste`, depot)
	if err != nil {
		t.Fatal(err)
	}
	return entrees
}

var instruite = []etat.Etat{etat.Complete, etat.Instruction}

// decidee leads to what is notified.
func decidee(a etat.Etat) []etat.Etat { return []etat.Etat{etat.AValider, etat.Decidee, a} }

// Lives, with what each writes, by hand.
func TestEntriesOfLives(t *testing.T) {
	t.Parallel()
	const depose = "depot.accepte: demandes -100001 -7 en_instance 100001 7"
	const attribuee = "demande.validee: accorde 50005 avance_due 15002 en_instance -100001 non_accorde 49996 octroi -50005 solde_du 35003"
	for nom, c := range map[string]struct {
		etats   []etat.Etat
		attendu []string
	}{
		"deposit":          {instruite, []string{depose}},
		"decided, untold":  {append(slices.Clone(instruite), etat.AValider, etat.Decidee), []string{depose}},
		"award":            {slices.Concat(instruite, decidee(etat.Validee)), []string{depose, attribuee}},
		"refusal":          {slices.Concat(instruite, decidee(etat.Refusee)), []string{depose, "demande.refusee: en_instance -100001 refuse 100001"}},
		"refusal reopened": {slices.Concat(instruite, decidee(etat.Refusee), []etat.Etat{etat.Instruction}), []string{depose, "demande.refusee: en_instance -100001 refuse 100001", "demande.instruction: en_instance 100001 refuse -100001"}},
		"withdrawn":        {[]etat.Etat{etat.Retiree}, []string{depose, "demande.retiree: en_instance -100001 retire 100001"}},
		"award given up": {slices.Concat(instruite, decidee(etat.Validee), []etat.Etat{etat.Retiree}), []string{
			depose, attribuee,
			"demande.retiree: accorde -50005 avance_due -15002 non_accorde -49996 octroi 50005 retire 100001 solde_du -35003",
		}},
		"paid": {slices.Concat(instruite, decidee(etat.Validee), []etat.Etat{etat.Payee}), []string{depose, attribuee, "demande.payee: avance_due -15002 paye 15002"}},
		"taken back, decided anew": {slices.Concat(instruite, decidee(etat.Validee), []etat.Etat{etat.RetraitEnvisage, etat.RetraitDecide, etat.AttributionRetiree, etat.Instruction}, decidee(etat.Validee)), []string{
			depose, attribuee,
			"demande.attribution_retiree: accorde -50005 attribution_retiree 100001 avance_due -15002 non_accorde -49996 octroi 50005 solde_du -35003",
			"demande.instruction: attribution_retiree -100001 en_instance 100001", attribuee,
		}},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			dbessai.Bases(t, func(t *testing.T, b *db.Base) {
				m := nouveau(t, b)
				f := m.fournisseur(t, "00000000100008")
				d := m.deposer(t, f, 100001, 7)
				m.mener(t, f, d, 50005, c.etats...)
				if got := m.lues(t, d); !slices.Equal(got, c.attendu) {
					t.Errorf("%s\nwant %s", strings.Join(got, "\n"), strings.Join(c.attendu, "\n"))
				}
				comptabiliteessai.Verifier(t, b)
			})
		})
	}
}

// Parts are told by rank where they do not follow each other.
func TestRanksOfParts(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		d := m.deposer(t, f, 5, 0, 7, 8)
		if got := m.lues(t, d); len(got) != 1 || got[0] != "depot.accepte: demandes -5 2:-7 -8 en_instance 5 2:7 8" {
			t.Errorf("%q", got)
		}
		comptabiliteessai.Verifier(t, b)
	})
}

// Entries and lines are never changed, nor deleted: the database refuses it.
func TestNothingIsRewritten(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.deposer(t, m.fournisseur(t, "00000000100008"), 5)
		for _, texte := range []string{`UPDATE ecriture SET acte = 'x'`, `DELETE FROM ecriture`, `UPDATE ecriture_ligne SET montant = 0`, `DELETE FROM ecriture_ligne`} {
			if _, err := b.Pool().ExecContext(t.Context(), texte); err == nil || !strings.Contains(err.Error(), "the accounts") {
				t.Errorf("%s: %v", texte, err)
			}
		}
		comptabiliteessai.Verifier(t, b)
	})
}
