package pieces_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/pieces"
)

// bon is a PDF with a text.
func bon(t *testing.T, texte string) []byte {
	t.Helper()
	f := fpdf.New("P", "mm", "A4", "")
	f.AddPage()
	f.SetFont("Helvetica", "", 10)
	f.MultiCell(0, 5, texte, "", "L", false)
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What the text of a document says is looked for by what its demande says now: again once a value is corrected, and in what comes after that.
func TestTextsAreReadBesideWhatWasCorrected(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		corrigees := map[int][]byte{}
		m.Corrigees = func(context.Context, int64) (map[int][]byte, error) { return corrigees, nil }
		const nom = "MS1-DUI-Va1-BDC-A0001.pdf"
		m.envoyer(t, nom, bon(t, "Commande A0001 du 15/09/2023, 5 000,00 EUR, 995000007 et 995000031"))
		veut := func(quoi string, montant, date, finess int) {
			t.Helper()
			lus, err := m.Lus(t.Context(), m.fournisseur, m.depot, 0)
			lu := lus["BON_COMMANDE"]
			trouves := 0
			for _, f := range lu.FINESS {
				if f.Page > 0 {
					trouves++
				}
			}
			if err != nil || lu.Montant != montant || lu.Date != date || trouves != finess {
				t.Errorf("%s: %+v, %v", quoi, lu, err)
			}
		}
		veut("as deposited", 0, 1, 1)
		octets, err := os.ReadFile(exemple)
		if err != nil {
			t.Fatal(err)
		}
		_, demande, _ := bytes.Cut(octets, []byte(`"lignesImport": [`))
		demande, _, _ = bytes.Cut(demande, []byte(`"numeroEditeur": "A0002"`))
		demande = demande[:bytes.LastIndexByte(demande, '}')+1]
		for avant, apres := range map[string]string{"4866.67": "5000", "15/09/2023": "16/09/2023", "995000015": "995000031"} {
			demande = bytes.ReplaceAll(demande, []byte(avant), []byte(apres))
		}
		corrigees[0] = demande
		if err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return m.Perimer(ctx, tx, m.depot, 0) }); err != nil {
			t.Fatal(err)
		}
		if lus, err := m.Lus(t.Context(), m.fournisseur, m.depot, 0); err != nil || len(lus) != 0 {
			t.Errorf("until it is read again: %+v, %v", lus, err)
		}
		for range 2 {
			if err := m.Relire(t.Context(), pieces.Relecture{Fournisseur: m.fournisseur, Depot: m.depot, Rang: 0}); err != nil {
				t.Fatal(err)
			}
			veut("corrected", 1, 0, 2)
		}
		m.envoyer(t, nom, bon(t, "Commande A0001 du 16/09/2023, 4 866,67 EUR"))
		veut("another document", 0, 1, 0)
	})
}
