package ajustement_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"guichet/export"
	"guichet/modele"
	"guichet/modele/ajustement"
	"guichet/modele/ms1dui"
)

// A file keeps its values from one table to another and back, and each table knows its own files.
func TestTraduire(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	tous := ajustables(m)
	rapid.Check(t, func(t *rapid.T) {
		n := ajuste(t, m, tous)
		if n == nil {
			return
		}
		for _, octets := range [][]byte{export.Exemple(m), export.Template(m)} {
			la, err := ajustement.Traduire(octets, m, n)
			if err != nil {
				t.Fatal(err)
			}
			retour, err := ajustement.Traduire(la, n, m)
			if err != nil || !memes(octets, retour) {
				t.Fatalf("there and back: %v\n%s", err, retour)
			}
			for _, c := range []struct {
				octets []byte
				table  *modele.Modele
			}{{octets, m}, {la, n}} {
				if got := ajustement.Table(n, m, c.octets); !memes(export.Template(got), export.Template(c.table)) {
					t.Fatalf("the table of another file:\n%s", c.octets)
				}
			}
		}
		la, _ := ajustement.Traduire(export.Exemple(m), m, n)
		if got := ajustement.Table(m, m, la); !memes(export.Template(got), export.Template(n)) {
			t.Fatalf("not found again without the adjustments:\n%s", la)
		}
	})
}

// ajuste draws another table, nil where two tags would have one name.
func ajuste(t *rapid.T, m *modele.Modele, tous []string) *modele.Modele {
	var a ajustement.Ajustements
	for _, b := range rapid.SliceOfNDistinct(rapid.SampledFrom(tous), 0, 5, rapid.ID[string]).Draw(t, "tags") {
		a.Balises = append(a.Balises, ajustement.Balise{Balise: b, Nom: rapid.SampledFrom([]string{b + "s", "x" + b}).Draw(t, "name")})
	}
	if rapid.Bool().Draw(t, "moved") {
		a.Balises = append(a.Balises, ajustement.Balise{Balise: "contractualisationOG", Dans: "certificatServeur"})
	}
	n, err := a.Appliquer(m)
	if err != nil {
		return nil
	}
	return n
}

// memes tells whether two files say the same, whatever the order of tags.
func memes(a, b []byte) bool {
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	u, _ := json.Marshal(x)
	v, _ := json.Marshal(y)
	return bytes.Equal(u, v)
}

// What is no file of demandes is of the current table, and what is cut short is known by what is left.
func TestTable(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	a := ajustement.Ajustements{Balises: []ajustement.Balise{{Balise: "IsStockageId", Nom: "stockage"}}}
	n, err := a.Appliquer(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, texte := range []string{"", "[]", "{", "<html>", `{"lignesImport": []}`, `{"x": 1}`} {
		if ajustement.Table(n, m, []byte(texte)) != n {
			t.Errorf("%q is of another table", texte)
		}
	}
	if exemple := export.Exemple(m); ajustement.Table(n, m, exemple[:len(exemple)-20]) != m {
		t.Error("a file that is cut short")
	}
	if _, err := ajustement.Traduire([]byte(`{"lignesImport": [1, null, {"commande": null}]}`), m, n); err != nil {
		t.Error(err)
	}
}
