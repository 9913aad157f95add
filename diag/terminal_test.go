package diag_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"guichet/diag"
	"guichet/diag/internal/essai"
	"guichet/modele"
)

func text(t *testing.T, r *diag.Rapport, o diag.Options) string {
	t.Helper()
	var b strings.Builder
	if err := diag.WriteText(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestSnippet draws one anomaly on many kinds of lines.
func TestSnippet(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		d       diag.Diagnostic
		snippet string
	}{
		{
			"spaces", diag.Diagnostic{Ligne: 7, Colonne: 8, Longueur: 3, Extrait: diag.Extrait{Texte: `  "x": "C",`, Debut: 1}}, `
 --> a.json:7:8
  |
7 |   "x": "C",
  |        ^^^
  |
`,
		},
		{
			"tabs become four spaces", diag.Diagnostic{Ligne: 7, Colonne: 8, Longueur: 3, Extrait: diag.Extrait{Texte: "\t\t\"x\": \"C\",\r", Debut: 1}}, `
 --> a.json:7:8
  |
7 |         "x": "C",
  |              ^^^
  |
`,
		},
		{
			"wide characters take two cells", diag.Diagnostic{Ligne: 7, Colonne: 6, Longueur: 4, Extrait: diag.Extrait{Texte: `"東":"京都"`, Debut: 1}}, `
 --> a.json:7:6
  |
7 | "東":"京都"
  |       ^^^^^
  |
`,
		},
		{
			"combining characters take none", diag.Diagnostic{Ligne: 7, Colonne: 6, Longueur: 4, Extrait: diag.Extrait{Texte: "\"e\u0301\":\"e\u0301\"", Debut: 1}}, "\n --> a.json:7:6\n  |\n7 | \"e\u0301\":\"e\u0301\"\n  |     ^^^\n  |\n",
		},
		{
			"control characters keep the caret in place", diag.Diagnostic{Ligne: 7, Colonne: 6, Longueur: 3, Extrait: diag.Extrait{Texte: "\x1b[2J\u202ex\u202ey", Debut: 1}}, `
 --> a.json:7:6
  |
7 | ␛[2J<U+202E>x<U+202E>y
  |             ^^^^^^^^^^
  |
`,
		},
		{
			"a window of a long line", diag.Diagnostic{Ligne: 1, Colonne: 1004, Longueur: 2, Extrait: diag.Extrait{Texte: `"x":12,"y":1`, Debut: 1000, Suite: true}}, `
 --> a.json:1:1004
  |
1 | …"x":12,"y":1…
  |      ^^
  |
`,
		},
		{
			"a value longer than its window", diag.Diagnostic{Ligne: 1, Colonne: 3, Longueur: 900, Extrait: diag.Extrait{Texte: `: "abc`, Debut: 1, Suite: true}}, `
 --> a.json:1:3
  |
1 | : "abc…
  |   ^^^^
  |
`,
		},
		{
			"the end of the line", diag.Diagnostic{Ligne: 1, Colonne: 9, Longueur: 1, Extrait: diag.Extrait{Texte: `{"x":1`, Debut: 1}}, `
 --> a.json:1:9
  |
1 | {"x":1
  |       ^
  |
`,
		},
		{
			"the first one", diag.Diagnostic{Ligne: 1, Colonne: 2, Longueur: 1, Premiere: true, Source: "§1.2", Extrait: diag.Extrait{Texte: `[1]`, Debut: 1}}, `
 --> a.json:1:2  (§1.2)
  |
1 | [1]
  |  ^ ← what the portal will report
  |
`,
		},
		{
			"the first one, not in the bytes", diag.Diagnostic{Premiere: true, Source: "§2.1"}, `
 --> a.json  (§2.1)  ← what the portal will report
`,
		},
		{
			"a second place", diag.Diagnostic{
				Ligne: 12, Colonne: 1, Longueur: 3, Extrait: diag.Extrait{Texte: `"x": 2`, Debut: 1},
				Autre: &diag.Lieu{Ligne: 9, Colonne: 2, Longueur: 3, Extrait: diag.Extrait{Texte: `{"x": 1,`, Debut: 1}, Note: "first time"},
			}, `
  --> a.json:12:1
   |
12 | "x": 2
   | ^^^
  ::: 9:2
   |
 9 | {"x": 1,
   |  --- first time
   |
`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.d.Code, test.d.Gravite, test.d.Message = "F001", modele.Erreur, "m"
			r := &diag.Rapport{Fichiers: []diag.Fichier{{Fichier: "a.json", Structure: []diag.Diagnostic{test.d}}}}
			got := text(t, r, diag.Options{Langue: modele.Anglais})
			if want := "error[F001]: m" + test.snippet + "\n"; !strings.Contains(got, want) {
				t.Errorf("got\n%s\nwant in it\n%s", got, want)
			}
		})
	}
}

// TestSummaryAgrees counts what is printed against what the summary says.
func TestSummaryAgrees(t *testing.T) {
	t.Parallel()
	r := essai.Rapport()
	got := text(t, r, diag.Options{})
	for label, n := range map[string]int{"\nrejet[": 3, "\nerreur[": 4, "\nalerte[": 2, "\ninfo[": 1} {
		if k := strings.Count(got, label); k != n {
			t.Errorf("%d × %q, want %d", k, label, n)
		}
	}
	// 2 alertes are printed and 1200 were not kept, as its file says.
	for _, line := range []string{
		"\n4 fichiers : 1 illisible, 1 rejeté, 1 accepté en partie, 1 accepté\n",
		"\n7 demandes : 3 acceptées, 2 refusées, 2 non examinées\n",
		"\n3 rejets, 4 erreurs, 1\u00a0202 alertes, 1 info\n",
		"En plus, sans détail : 1\u00a0200 alertes.\n",
		"\n3 anomalies masquées par --select/--ignore\n",
	} {
		if !strings.Contains(got, line) {
			t.Errorf("%q is not in\n%s", line, got)
		}
	}
	if n := strings.Count(got, "FINESS : registre non chargé"); n != 1 {
		t.Errorf("what was not checked is told %d times", n)
	}
	if n := strings.Count(got, "ESMS éligibles du 01/09/2023"); n != 1 {
		t.Errorf("the register is told %d times", n)
	}
	if strings.Contains(got, "Demande 1, numeroEditeur 00001") {
		t.Error("a demande without anomalies has a heading")
	}
}

func TestMax(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		options diag.Options
		labels  int
		rest    string
	}{
		{diag.Options{Max: 2}, 2, "sans détail : 8 anomalies (--max 0 montre tout, --group regroupe)\n"},
		{diag.Options{Max: 9}, 9, "sans détail : 1 anomalie (--max 0 montre tout, --group regroupe)\n"},
		{diag.Options{Max: 10}, 10, ""},
		{diag.Options{}, 10, ""},
		{diag.Options{Max: 3, Grouper: true}, 3, "sans détail : 5 groupes (--max 0 montre tout)\n"},
		{diag.Options{Grouper: true}, 8, ""},
	} {
		t.Run(fmt.Sprintf("%d-%t", test.options.Max, test.options.Grouper), func(t *testing.T) {
			t.Parallel()
			got := text(t, essai.Rapport(), test.options)
			if n := len(regexp.MustCompile(`(?m)^(rejet|erreur|alerte|info)\[`).FindAllString(got, -1)); n != test.labels {
				t.Errorf("%d anomalies in full, want %d", n, test.labels)
			}
			if !strings.Contains(got, test.rest) || test.rest == "" && strings.Contains(got, "--max") {
				t.Errorf("want %q in\n%s", test.rest, got)
			}
			if n := strings.Count(got, ".json : "); n < 4 {
				t.Errorf("%d verdicts, want that of each file", n)
			}
		})
	}
}

func TestGrouped(t *testing.T) {
	t.Parallel()
	got := text(t, repeated(47), diag.Options{Grouper: true, Regles: essai.Regles()})
	for _, line := range []string{
		"erreur[F012] : 47 demandes : telephoneResponsableOG, téléphone sans indicatif international\n",
		"   = aussi : 20:5, 30:5, 40:5, 50:5, et 42 de plus\n",
		"   = note : le portail en signalera 47\n",
	} {
		if !strings.Contains(got, line) {
			t.Errorf("%q is not in\n%s", line, got)
		}
	}
}

// TestTerminalIsNotDriven takes our own colours away and looks for any other control character.
func TestTerminalIsNotDriven(t *testing.T) {
	t.Parallel()
	for _, o := range []diag.Options{{}, {Couleur: true}, {Grouper: true}, {Couleur: true, Grouper: true}} {
		got := text(t, essai.Rapport(), o)
		if o.Couleur != strings.Contains(got, "\x1b[") {
			t.Errorf("colour %t, but:\n%q", o.Couleur, got)
		}
		got = regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(got, "")
		if got != text(t, essai.Rapport(), diag.Options{Grouper: o.Grouper}) {
			t.Error("colour changes the text")
		}
		if lines := strings.ReplaceAll(got, "\n", ""); lines != diag.Neutralize(lines) {
			t.Errorf("control characters in\n%q", lines)
		}
	}
}
