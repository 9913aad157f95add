package controle_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"guichet/jsondoc"
)

var update = flag.Bool("update", false, "write testdata/chaque.txt anew")

// What is said of each value of a file when something else stands in its place: a value of another kind, or its own damaged
// in the ways that people and spreadsheets damage it. The file is to be read by eyes when it changes.
func TestChaqueValeur(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, v := range valeursDe(t, valide) {
		fmt.Fprintf(&b, "%s %s\n", v.chemin, abregee(v.litteral))
		for _, autre := range v.autres() {
			f := controler(valide[:v.debut]+autre+valide[v.debut+len(v.litteral):], options())
			dites := toutes(f)
			if len(dites) == 0 {
				fmt.Fprintf(&b, "    %s : rien\n", abregee(autre))
			}
			for i, d := range dites {
				if i == 3 {
					fmt.Fprintf(&b, "        et %d autres\n", len(dites)-i)
					break
				}
				fmt.Fprintf(&b, "    %s : %s %d:%d %s | %s", abregee(autre), d.Code, d.Ligne, d.Colonne, d.Message, d.Aide)
				if c := d.Correction; c != nil {
					fmt.Fprintf(&b, " | %s, %s, sûre %t", c.Description, abregee(c.Apres), c.Sure)
				}
				b.WriteByte('\n')
			}
		}
	}
	const dore = "testdata/chaque.txt"
	if *update {
		if err := os.WriteFile(dore, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(dore)
	if err != nil {
		t.Fatal(err)
	}
	lignes, attendues := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(lignes), len(attendues)) {
		if i >= len(lignes) || i >= len(attendues) || lignes[i] != attendues[i] {
			t.Fatalf("line %d of %s is not what is said now; read it, and run with -update if it is right:\n%s", i+1, dore, lignes[min(i, len(lignes)-1)])
		}
	}
}

type valeurDuFichier struct {
	chemin, litteral string
	debut            int
	nature           jsondoc.Kind
}

// valeursDe lists the values of the header and of the first demande.
func valeursDe(t *testing.T, texte string) (valeurs []valeurDuFichier) {
	t.Helper()
	doc, err := jsondoc.NewParser(jsondoc.NewVocabulary(nil), jsondoc.Limits{}).Parse([]byte(texte))
	if err != nil {
		t.Fatal(err)
	}
	var voir func(n uint32, chemin string)
	voir = func(n uint32, chemin string) {
		noeud := doc.Nodes[n]
		if n > 0 {
			valeurs = append(valeurs, valeurDuFichier{chemin, string(doc.Raw(n)), int(noeud.Start), noeud.Kind})
		}
		if !noeud.Kind.Container() {
			return
		}
		rang := 0
		for e := n + 1; e < noeud.Next; e = doc.Nodes[e].Next {
			if noeud.Kind == jsondoc.Object {
				voir(e, strings.TrimPrefix(chemin+"."+doc.Name(e), "."))
			} else if rang++; rang == 1 {
				voir(e, chemin+"[0]")
			}
		}
	}
	voir(0, "")
	return valeurs
}

// autres are what stands in place of a value.
func (v valeurDuFichier) autres() (autres []string) {
	for _, autre := range []string{"null", "true", "12", "-1.5", `"x"`, `""`, "[]", "{}", `["x"]`} {
		if autre != v.litteral {
			autres = append(autres, autre)
		}
	}
	switch v.nature {
	case jsondoc.String:
		nu := strings.Trim(v.litteral, `"`)
		autres = append(autres, `" `+nu+`"`, `"`+nu+nu+`"`, `"`+nu[:len(nu)-1]+`"`, `"`+strings.ToLower(nu)+`."`)
	case jsondoc.Number, jsondoc.True, jsondoc.False:
		autres = append(autres, `"`+v.litteral+`"`, `"`+strings.ReplaceAll(v.litteral, ".", ",")+` €"`)
	}
	return autres
}

func abregee(litteral string) string {
	plat := strings.Join(strings.Fields(litteral), " ")
	if r := []rune(plat); len(r) > 50 {
		return string(r[:50]) + "…"
	}
	return plat
}
