package diag_test

import (
	"slices"
	"testing"

	"guichet/diag"
	"guichet/diag/internal/essai"
	"guichet/modele"
)

func codes(r *diag.Rapport) []string {
	var out []string
	for o := range r.All() {
		out = append(out, o.Code)
	}
	return out
}

func TestSelect(t *testing.T) {
	t.Parallel()
	all := []string{"S003", "S004", "F012", "A001", "F012", "F012", "I001", "F020", "A001", "S090"}
	for _, test := range []struct {
		name              string
		selected, ignored []string
		want              []string
	}{
		{"all", nil, nil, all},
		{"a family", []string{"F"}, nil, []string{"F012", "F012", "F012", "F020"}},
		{"two codes", []string{"F020", "I001"}, nil, []string{"I001", "F020"}},
		{"ignored family", nil, []string{"F", "S"}, []string{"A001", "I001", "A001"}},
		{"ignored wins", []string{"F"}, []string{"F01"}, []string{"F020"}},
		{"unknown", []string{"Z"}, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := essai.Rapport()
			r.Masquees = 0
			r.Select(test.selected, test.ignored)
			if got := codes(r); !slices.Equal(got, test.want) {
				t.Errorf("kept %v, want %v", got, test.want)
			}
			if want := len(all) - len(test.want); r.Masquees != want {
				t.Errorf("%d hidden, want %d", r.Masquees, want)
			}
		})
	}
}

func TestSummarize(t *testing.T) {
	t.Parallel()
	r := essai.Rapport()
	want := diag.Total{
		Fichiers: 4, Rejetes: 2, Demandes: 7, DemandesAcceptees: 3, DemandesRejetees: 2,
		Erreurs: 4, Alertes: 1202, Infos: 1,
	}
	if r.Total != want {
		t.Errorf("Total = %+v, want %+v", r.Total, want)
	}
	if r.Version != "1.2" {
		t.Errorf("Version = %q", r.Version)
	}
}

func TestValid(t *testing.T) {
	t.Parallel()
	with := func(g modele.Gravite) []diag.Diagnostic { return []diag.Diagnostic{{Gravite: g}} }
	for _, test := range []struct {
		name string
		file diag.Fichier
		want bool
	}{
		{"nothing", diag.Fichier{Verdict: diag.Accepte}, true},
		{"info", diag.Fichier{Structure: with(modele.Info)}, true},
		{"alerte", diag.Fichier{Demandes: []diag.Demande{{Anomalies: with(modele.Alerte)}}}, true},
		{"erreur", diag.Fichier{Demandes: []diag.Demande{{Anomalies: with(modele.Erreur)}}}, false},
		{"rejet", diag.Fichier{Structure: with(modele.Rejet)}, false},
		{"erreur that was not kept", diag.Fichier{Omises: [4]int{modele.Erreur: 1}}, false},
		{"alerte that was not kept", diag.Fichier{Omises: [4]int{modele.Alerte: 1}}, true},
		{"unreadable, its anomaly hidden", diag.Fichier{Verdict: diag.Illisible}, false},
		{"refused, its anomalies hidden", diag.Fichier{Verdict: diag.Refuse}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := &diag.Rapport{Fichiers: []diag.Fichier{test.file}}
			r.Summarize()
			if r.Valid != test.want {
				t.Errorf("Valid = %t", r.Valid)
			}
		})
	}
}
