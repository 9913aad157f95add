package preparation_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"guichet/internal/corpus"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// nombreuses makes a sheet of n orders without numbers.
func nombreuses(n int) preparation.Feuille {
	rangees := [][]string{titres()}
	for i := range n {
		rangees = append(rangees, juste("referenceCommande", fmt.Sprint("CMD-", i), "numeroEditeur", "", "FINESSGeo", corpus.Finess(500_000+i)))
	}
	return feuille("a.csv", "", rangees...)
}

func lire(t *testing.T, n int) *preparation.Lot {
	t.Helper()
	lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{nombreuses(n)}, preparation.Options{})
	if err != nil || len(lot.Fautes) > 0 {
		t.Fatal(err, phrases(lot.Fautes))
	}
	return lot
}

// Files have 200 demandes at most, are named by the norm, and the last one is never empty.
func TestDecoupe(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "[1]", 199: "[199]", 200: "[200]", 201: "[200 1]", 400: "[200 200]"} {
		e, tailles, noms := envoi(), []int{}, []string{}
		e.Rang = 9
		for f, err := range lire(t, n).Fichiers(context.Background(), e) {
			if err != nil || len(f.Fautes) > 0 {
				t.Fatal(err, phrases(f.Fautes))
			}
			tailles, noms = append(tailles, len(f.Demandes)), append(noms, f.Nom)
		}
		if fmt.Sprint(tailles) != want || noms[0] != "JSON-ANS0000001-20231002-009.json" || len(noms) > 1 && noms[1] != "JSON-ANS0000001-20231002-010.json" {
			t.Errorf("%d orders: %v %v, want %s", n, tailles, noms, want)
		}
	}
}

// The caller's cost splits earlier; what is not wanted has no number.
func TestCoutEtChoix(t *testing.T) {
	t.Parallel()
	e, tailles, numeros := envoi(), []int{}, 0
	e.Cout, e.MaxCout = func(d preparation.Demande) int64 { return 30 + int64(d.Indice)%2 }, 100
	e.Garder = func(d preparation.Demande) bool { return d.Indice != 3 }
	numero := e.Numero
	e.Numero = func(d preparation.Demande) (string, error) { numeros++; return numero(d) }
	for f, err := range lire(t, 8).Fichiers(context.Background(), e) {
		if err != nil {
			t.Fatal(err)
		}
		tailles = append(tailles, len(f.Demandes))
		if d := f.Demandes[0]; d.NumeroEditeur == "" || d.Documents()[0].Nom != "MS1-DUI-Va1-BDC-"+d.NumeroEditeur+".pdf" {
			t.Errorf("demande %+v", d)
		}
	}
	if fmt.Sprint(tailles) != "[3 3 1]" || numeros != 7 {
		t.Errorf("files of %v, %d numbers", tailles, numeros)
	}
}

// No file is made past rank 999, and an error of the numbers ends it.
func TestFichiersImpossibles(t *testing.T) {
	t.Parallel()
	e := envoi()
	e.Rang = 1000
	for f, err := range lire(t, 1).Fichiers(context.Background(), e) {
		if err == nil {
			t.Errorf("file %s", f.Nom)
		}
	}
	panne := errors.New("no numbers left")
	e = envoi()
	e.Numero = func(preparation.Demande) (string, error) { return "", panne }
	for _, err := range lire(t, 1).Fichiers(context.Background(), e) {
		if !errors.Is(err, panne) {
			t.Errorf("error %v", err)
		}
	}
}

// A fault of the header is told once for each file, without a cell.
func TestEnTeteFautif(t *testing.T) {
	t.Parallel()
	e := envoi()
	e.EnTete = map[string]string{"numeroAns": "ANS0000001"}
	for f, err := range lire(t, 1).Fichiers(context.Background(), e) {
		if err != nil || len(f.Fautes) != 1 || f.Fautes[0].Lieu.Balise != "SIRET" || f.Fautes[0].Lieu.Ligne != 0 {
			t.Errorf("%v\n%s", err, phrases(f.Fautes))
		}
	}
}
