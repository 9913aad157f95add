package classeur_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"guichet/internal/classeur"
	"guichet/preparation"
)

// Columns that are hidden or of no width are known once the sheet is read, and not twice.
func TestColonnesMasquees(t *testing.T) {
	t.Parallel()
	chemin := filepath.Join(t.TempDir(), "c.xlsx")
	feuille := `<worksheet><cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/><col min="7" max="7" hidden="0"/></cols><sheetData><row r="1"><c t="str"><v>x</v></c></row></sheetData></worksheet>`
	if err := os.WriteFile(chemin, paquet(t, feuille), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := classeur.Ouvrir(chemin, classeur.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range 2 {
		if err := c.Feuilles[0].Rangees(func(int, []preparation.Cellule) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if got := c.Feuilles[0].ColonnesMasquees(); !slices.Equal(got, []int{1, 2, 4}) {
			t.Errorf("hidden: %v", got)
		}
	}
}
