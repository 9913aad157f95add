package comparaison_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"guichet/comparaison"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
)

func fichier() string {
	return string(corpus.Fichier(corpus.Forme{Demandes: 3, OGs: 1, ESMS: 2, Indente: true}))
}

func comparer(t *testing.T, a, b string) string {
	t.Helper()
	ecarts, err := comparaison.Comparer(ms1dui.Courante(), []byte(a), []byte(b), jsondoc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var lignes []string
	for _, e := range ecarts {
		lignes = append(lignes, fmt.Sprintf("%s %s %s:%d %s:%d", e.Demande, e.Balise, e.Avant.Litteral, e.Avant.Ligne, e.Apres.Litteral, e.Apres.Ligne))
	}
	return strings.Join(lignes, "\n")
}

func TestComparer(t *testing.T) {
	t.Parallel()
	a := fichier()
	for _, c := range []struct{ nom, de, vers, attendu string }{
		{"rien", "DURANDAL", "DURANDAL", ""},
		{"graphie", `"DURANDAL"`, `"\u0044URANDAL"`, ""},
		{"mise en page", "\n", "\n ", ""},
		{"entête", `"ANS0000001"`, `"ANS0000002"`, ` numeroAns "ANS0000001":3 "ANS0000002":3`},
		{"valeur", `"numLigne": 2`, `"numLigne": 7`, "00002 numLigne 2:76 7:76"},
		{"balise absente", `"numLigne": 2,`, "", "00002 numLigne 2:76 :0"},
		{"balise en plus, vide", `"numLigne": 2,`, `"numLigne": 2, "note": [],`, "00002 note :0 []:76"},
		{"balise en plus, objet vide", `"numLigne": 2,`, `"numLigne": 2, "note": {},`, "00002 note :0 {}:76"},
		{"balise en plus", `"numLigne": 2,`, `"numLigne": 2, "note": [1],`, "00002 note[1] :0 1:76"},
	} {
		got := comparer(t, a, strings.Replace(a, c.de, c.vers, -1))
		if got != c.attendu {
			t.Errorf("%s:\n got %s\nwant %s", c.nom, got, c.attendu)
		}
	}
}

// An ESMS that changes its number is another one: each tag of its scenario is told.
func TestIdentite(t *testing.T) {
	t.Parallel()
	a := fichier()
	ecarts := strings.Split(comparer(t, a, strings.ReplaceAll(a, corpus.Finess(500_001), "990000010")), "\n")
	if len(ecarts) != 16 || ecarts[0] != `00001 beneficiaires.etablissementsClients[990000010].FINESSGeos[995000015] "995000015":40 :0` {
		t.Errorf("%d differences, the first one %s", len(ecarts), ecarts[0])
	}
}

// Demandes are told apart by their number: their order makes no difference, one that is missing is told once.
func TestDemandes(t *testing.T) {
	t.Parallel()
	a := `{"lignesImport":[{"numeroEditeur":"A"},{"numeroEditeur":"B"},{"numeroEditeur":"B","x":1}]}`
	b := `{"lignesImport":[{"numeroEditeur":"C"},{"numeroEditeur":"B","x":2},{"numeroEditeur":"A"}]}`
	want := "B x :0 2:1\nB#2  {…}:1 :0\nC  :0 {…}:1"
	if got := comparer(t, a, b); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPasDuJSON(t *testing.T) {
	t.Parallel()
	for _, paire := range [][2]string{{"", "{}"}, {"{}", "{"}} {
		_, err := comparaison.Comparer(ms1dui.Courante(), []byte(paire[0]), []byte(paire[1]), jsondoc.Limits{})
		var faute *jsondoc.Error
		if !errors.As(err, &faute) {
			t.Errorf("%q: %v", paire, err)
		}
	}
	if got := comparer(t, "1", "[2]"); got == "" {
		t.Error("two roots that are no object do not differ")
	}
}

func FuzzComparer(f *testing.F) {
	f.Add(`{"lignesImport":[{"numeroEditeur":"A"},1,[{}]]}`, `{"a":{"b":[1,{"c":null}]}}`)
	f.Fuzz(func(t *testing.T, a, b string) {
		m, l := ms1dui.Courante(), jsondoc.Limits{}
		if ecarts, err := comparaison.Comparer(m, []byte(a), []byte(a), l); err == nil && len(ecarts) > 0 {
			t.Fatalf("a file differs from itself: %+v", ecarts)
		}
		ab, err := comparaison.Comparer(m, []byte(a), []byte(b), l)
		if ba, autre := comparaison.Comparer(m, []byte(b), []byte(a), l); err == nil && autre == nil && len(ab) != len(ba) {
			t.Fatalf("%d differences one way, %d the other", len(ab), len(ba))
		}
	})
}
