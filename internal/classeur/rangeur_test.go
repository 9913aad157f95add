package classeur

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzRangeur: whatever the text, rows are those that encoding/csv alone reads, and so are their lines.
func FuzzRangeur(f *testing.F) {
	for _, t := range []string{
		"a;b\n1;2\n", "a;b\r\n\r\n\"1\n2\";3\n\n4;5", "\"a\";b\nc;\"d\r\ne\"\n;;\n\"", "5\" x;\"y\"\n\r\r\nz\r", strings.Repeat("x;", 40_000) + "\n\"a\n\";b\nc;d\n",
	} {
		f.Add(t)
	}
	f.Fuzz(func(t *testing.T, texte string) {
		if strings.ContainsAny(texte, "\ufeff") {
			t.Skip("a mark is taken away before")
		}
		got, gotErr := parRangeur(t, texte)
		want, wantErr := parCSV(texte)
		if got != want || (gotErr == nil) != (wantErr == nil) {
			t.Errorf("%q\n%s%v\nwant\n%s%v", texte, got, gotErr, want, wantErr)
		}
	})
}

func parRangeur(t *testing.T, contenu string) (lignes string, err error) {
	chemin := filepath.Join(t.TempDir(), "f.csv")
	if err := os.WriteFile(chemin, []byte(contenu), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(chemin)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	l := (&texte{fichier: f, taille: int64(len(contenu)), separateur: ';'}).rangeur()
	var b strings.Builder
	for {
		champs, err := l.champsSuivants()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		fmt.Fprintf(&b, "%d %q\n", l.ligne, champs)
	}
}

func parCSV(texte string) (lignes string, err error) {
	r := csv.NewReader(strings.NewReader(texte))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = ';', true, -1
	var b strings.Builder
	dedans := 0
	for {
		champs, err := r.Read()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		ligne, _ := r.FieldPos(0)
		fmt.Fprintf(&b, "%d %q\n", ligne-dedans, champs)
		dedans += strings.Count(strings.Join(champs, ""), "\n")
	}
}
