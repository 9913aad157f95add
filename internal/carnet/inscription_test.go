package carnet

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
)

// The number that is told is the one that was used, wherever it stands in a file and whoever used it first.
func TestWhichNumberWasUsed(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	preparer(t, c, dossier, 1) // A0001
	if _, err := c.Importer(t.Context(), slices.Values([]string{"M0001"}), "l'ancien tableur"); err != nil {
		t.Fatal(err)
	}
	for _, cas := range []struct {
		place  int
		numero string
	}{{0, "A0001"}, {49, "a0001"}, {130, "A0001"}, {199, "A0001"}, {130, "m0001"}, {130, "B0000"}, {199, "b0060"}} {
		l, err := c.Commencer(t.Context(), intention(dossier, 0, 1))
		if err != nil {
			t.Fatal(err)
		}
		numeros := make([]string, 200)
		for i := range numeros {
			numeros[i] = fmt.Sprintf("B%04d", i)
		}
		numeros[cas.place] = cas.numero
		f, err := ecrire(l, l.Rangs[0], numeros)
		if err != nil {
			t.Fatal(err)
		}
		var pris *ErreurNumero
		if err := errors.Join(l.Ajouter(t.Context(), f), l.Decider(t.Context())); !errors.As(err, &pris) || pris.Numero != cas.numero {
			t.Errorf("%s in place %d: %v", cas.numero, cas.place, err)
		}
		if err := l.Abandonner(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
