package diag_test

import (
	"strings"
	"testing"

	"guichet/diag"
	"guichet/diag/internal/essai"
	"guichet/modele"
)

func github(t *testing.T, r *diag.Rapport, l modele.Langue) string {
	t.Helper()
	var b strings.Builder
	if err := diag.WriteGitHub(&b, r, diag.Options{Langue: l}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGitHub(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		file string
		d    diag.Diagnostic
		want string
	}{
		{
			"error", "dir/a.json", diag.Diagnostic{Code: "F012", Gravite: modele.Erreur, Balise: "x", Ligne: 3, Colonne: 5, Longueur: 4, Message: "m", Aide: "do"},
			"::error file=dir/a.json,line=3,col=5,endColumn=9,title=F012 x::m%0Ahelp: do\n",
		},
		{
			"rejet is an error", "a", diag.Diagnostic{Code: "S1", Gravite: modele.Rejet, Message: "m"},
			"::error file=a,title=S1::m\n",
		},
		{
			"warning without a line", "a", diag.Diagnostic{Code: "A1", Gravite: modele.Alerte, Message: "m"},
			"::warning file=a,title=A1::m\n",
		},
		{
			"notice", "a", diag.Diagnostic{Code: "I1", Gravite: modele.Info, Ligne: 1, Colonne: 1, Longueur: 1, Message: "m"},
			"::notice file=a,line=1,col=1,endColumn=2,title=I1::m\n",
		},
		{
			"escaping", "a:b,c%.json", diag.Diagnostic{Code: "I1", Balise: "x:y,z%\nw", Message: "10 %: a,\r\n::error::b"},
			"::notice file=a%3Ab%2Cc%25.json,title=I1 x%3Ay%2Cz%25␊w::10 %25: a,␍%0A::error::b\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := &diag.Rapport{Fichiers: []diag.Fichier{{Fichier: test.file, Structure: []diag.Diagnostic{test.d}}}}
			if got := github(t, r, modele.Anglais); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// TestGitHubOneCommandEach finds a value that starts a command of its own.
func TestGitHubOneCommandEach(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSuffix(github(t, essai.Rapport(), modele.Francais), "\n"), "\n")
	if len(lines) != 10 {
		t.Errorf("%d lines, want one for each of 10 anomalies", len(lines))
	}
	for _, line := range lines {
		if !strings.HasPrefix(line, "::") || line != diag.Neutralize(line) {
			t.Errorf("line %q", line)
		}
	}
}
