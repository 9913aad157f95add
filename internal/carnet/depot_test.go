package carnet

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The word that a file was deposited moves what was only prepared, once; the portal's answer moves it on, and
// totals count each state.
func TestDeposer(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	preparer(t, c, dossier, 3)
	preparer(t, c, dossier, 1)
	if _, err := c.Enregistrer(t.Context(), Retour{Nom: "r.json", SHA256: "1", Lignes: []Ligne{{Numero: "A0001", Etat: Acceptee}}}); err != nil {
		t.Fatal(err)
	}
	fichier := NomFichier(unNumeroAns, unJour, 1)
	for _, want := range []int{2, 0} {
		if n, err := c.Deposer(t.Context(), fichier); n != want || err != nil {
			t.Errorf("deposited %d, %v; want %d", n, err, want)
		}
	}
	if _, err := c.Enregistrer(t.Context(), Retour{Nom: "r2.json", SHA256: "2", Lignes: []Ligne{{Numero: "A0003", Etat: SansReponse}}}); err != nil {
		t.Fatal(err)
	}
	got, err := c.Totaux(t.Context(), Filtre{})
	want := []Total{{Preparee, 1, 292000}, {Deposee, 1, 292000}, {SansReponse, 1, 292000}, {Acceptee, 1, 292000}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	histoire, err := c.Histoire(t.Context(), "A0002")
	if err != nil || len(histoire) != 2 || histoire[1].Genre != GenreDepot || histoire[1].Fichier != fichier {
		t.Errorf("history %v, %v", histoire, err)
	}
	var inconnu *ErreurInconnu
	if _, err := c.Deposer(t.Context(), "JSON-autre.json"); !errors.As(err, &inconnu) {
		t.Errorf("a file that the ledger does not have: %v", err)
	}
}
