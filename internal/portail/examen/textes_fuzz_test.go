package examen

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"guichet/export"
	"guichet/modele/ms1dui"
)

// Whatever a document is made of, its examination comes to an answer within its time, and what the process says of the text is within
// bounds, or nothing: a text at which it dies, or that has no end, is a document without a hint.
func FuzzTexts(f *testing.F) {
	entier := pages(f, "Commande 00001 du 20/09/2023", "Montant pris en charge par l'Etat au titre du Ségur de la santé : 2 433,33 EUR")
	f.Add(entier)
	f.Add(entier[:len(entier)/2])
	f.Fuzz(func(t *testing.T, octets []byte) {
		nom := filepath.Join(t.TempDir(), "piece")
		if err := os.WriteFile(nom, octets, 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := os.Open(nom)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		debut, lues := time.Now(), 0
		err = Demander(t.Context(), Programme{os.Args[0], Commande}, Question{
			Edition: ms1dui.Courante().Edition, Demandes: export.Exemple(ms1dui.Courante()), Nom: "bon.pdf", Taille: int64(len(octets)), Pour: &Place{},
		}, d, 1, func(r Reponse, _ io.Reader) error {
			if r.Genre == Lue {
				lues++
				return r.Lu.verifier()
			}
			return nil
		})
		if err != nil || lues > 1 {
			t.Errorf("%d hints, %v", lues, err)
		}
		if duree := time.Since(debut); duree > lecture+time.Minute {
			t.Errorf("%s", duree)
		}
	})
}
