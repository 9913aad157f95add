package diag_test

import (
	"fmt"
	"testing"

	"guichet/diag"
	"guichet/diag/internal/essai"
	"guichet/modele"
)

func TestGroup(t *testing.T) {
	t.Parallel()
	groups := essai.Rapport().Group(diag.Options{Regles: essai.Regles()})
	var got []string
	for _, g := range groups {
		got = append(got, fmt.Sprintf("%s %s %d/%d/%d/%d", g.Code, g.Balise, g.Nombre, g.Demandes, g.Fichiers, g.Premieres))
	}
	want := []string{ // heaviest first, then most frequent, then by code
		"S003 typeAction 1/0/1/1", "S004 " + essai.Formule + " 1/0/1/0", "S090  1/0/1/1",
		"F012 telephoneResponsableOG 3/2/2/1", "F020 montantSegurHT 1/1/1/1",
		"A001  1/0/1/0", "A001 nomResponsableOG 1/1/1/0", "I001 IsStockageId 1/1/1/0",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("groups\n%q, want\n%q", got, want)
	}
}

// repeated is a report of n demandes with the same fault.
func repeated(n int) *diag.Rapport {
	f := diag.Fichier{Fichier: "a.json", Verdict: diag.Refuse}
	refuse := "F012"
	for i := range n {
		f.Demandes = append(f.Demandes, diag.Demande{NumLigne: i + 1, CodeTraitement: &refuse, Anomalies: []diag.Diagnostic{{
			Code: "F012", Gravite: modele.Erreur, Balise: "telephoneResponsableOG", Message: "telephoneResponsableOG sans indicatif",
			Ligne: 10 * (i + 1), Colonne: 5, Longueur: 1, Premiere: true,
		}}})
	}
	r := &diag.Rapport{Fichiers: []diag.Fichier{f}}
	r.Summarize()
	return r
}

func TestGroupKeepsFewPlaces(t *testing.T) {
	t.Parallel()
	groups := repeated(47).Group(diag.Options{})
	if len(groups) != 1 || groups[0].Nombre != 47 || groups[0].Demandes != 47 || len(groups[0].Places) != 5 {
		t.Fatalf("groups = %+v", groups)
	}
	for i, line := range []int{10, 20, 30, 40, 50} {
		if got := groups[0].Places[i].Ligne; got != line {
			t.Errorf("place %d on line %d, want %d", i, got, line)
		}
	}
	if got := groups[0].Resume(); got != "telephoneResponsableOG sans indicatif" {
		t.Errorf("without a rule book the summary is %q", got)
	}
}
