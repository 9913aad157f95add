package preparation_test

import (
	"context"
	"fmt"
	"testing"

	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// The digest that is made of a file is that of the order alone: it knows neither rank nor number.
func TestDigestsOfFiles(t *testing.T) {
	t.Parallel()
	lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{commandes(450)}, preparation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	vues := map[string]bool{}
	for f, err := range lot.Fichiers(context.Background(), envoi()) {
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range f.Empreintes() {
			d := f.Demandes[i]
			if e != d.Empreinte() {
				t.Errorf("%s, demande %d: digest %s of the file, %s of the order", f.Nom, i+1, e, d.Empreinte())
			}
			vues[e] = true
		}
	}
	if len(vues) != 450 {
		t.Errorf("%d digests of 450 orders", len(vues))
	}
}

// Numbers of any kind leave the digest as it is, also those that are escaped or too long.
func TestDigestsWhateverTheNumber(t *testing.T) {
	t.Parallel()
	vues := map[string]bool{}
	for _, numero := range []string{"00001", "ZZZZZ", `a"\b`, "", "0000000001", "é"} {
		lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{sansNumero(commandes(3))}, preparation.Options{})
		if err != nil {
			t.Fatal(err)
		}
		e := envoi()
		e.Numero = func(preparation.Demande) (string, error) { return numero, nil }
		for f, err := range lot.Fichiers(context.Background(), e) {
			if err != nil {
				t.Fatal(err)
			}
			vues[fmt.Sprint(f.Empreintes())] = true
		}
	}
	if len(vues) != 1 {
		t.Errorf("%d digests of the same orders", len(vues))
	}
}

// sansNumero empties the column of numbers.
func sansNumero(f preparation.Feuille) preparation.Feuille {
	rangees, colonne := f.Rangees, -1
	f.Rangees = func(une func(int, []preparation.Cellule) error) error {
		return rangees(func(ligne int, cellules []preparation.Cellule) error {
			for i := range cellules {
				switch {
				case ligne == 1 && cellules[i].Texte == "numeroEditeur":
					colonne = i
				case ligne > 1 && i == colonne:
					cellules[i].Texte = ""
				}
			}
			return une(ligne, cellules)
		})
	}
	return f
}
