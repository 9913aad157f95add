package appariement_test

import (
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"guichet/appariement"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
)

// Documents follow their demande under its new number: known by the name that the file gave them, by what the
// norm reads, or by the file that they were made from. Those of others stay out.
func TestRenommer(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	octets := string(corpus.Fichier(corpus.Forme{Demandes: 3, OGs: 1, ESMS: 1}))
	nouvelles, err := appariement.Lire(m, []byte(strings.NewReplacer(`"00003"`, `"N0001"`, "-00003.", "-N0001.").Replace(octets)), jsondoc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	document := func(nom string) appariement.Document {
		return appariement.Document{Chemin: "bons/" + nom, Relatif: nom, Ouvrir: func() (io.ReadCloser, error) { return nil, io.EOF }}
	}
	scan := document("scan-7.pdf")
	bon := appariement.Piece{Numero: "00003", Nom: "bon Durandal.pdf", Type: "BON_COMMANDE"}
	preuve := appariement.Piece{Numero: "00003", Nom: "MS1-DUI-Va1-HT-00003.pdf", Type: "PREUVE_HT"}
	numeros := map[string]string{"00003": "N0001"}
	for _, c := range []struct {
		nom       string
		documents []string
		anciennes []appariement.Ancienne
		want      map[string]string
	}{
		{"by the norm", []string{"a/ms1-dui-val-bdc-00003.PDF", "MS1-DUI-Va1-BDC-00001.pdf"}, nil,
			map[string]string{"MS1-DUI-Va1-BDC-N0001.pdf": "bons/a/ms1-dui-val-bdc-00003.PDF"}},
		{"by the file's own name", []string{"bon Durandal.pdf"}, []appariement.Ancienne{{Piece: bon}},
			map[string]string{"MS1-DUI-Va1-BDC-N0001.pdf": "bons/bon Durandal.pdf"}},
		{"by where it came from", nil, []appariement.Ancienne{{Piece: preuve, Document: &scan}},
			map[string]string{"MS1-DUI-Va1-HT-N0001.pdf": "bons/scan-7.pdf"}},
		{"the folder wins over where it came from", []string{"MS1-DUI-Va1-HT-00003.pdf"}, []appariement.Ancienne{{Piece: preuve, Document: &scan}},
			map[string]string{"MS1-DUI-Va1-HT-N0001.pdf": "bons/MS1-DUI-Va1-HT-00003.pdf"}},
		{"of nobody", []string{"note.pdf", "MS1-DUI-Va1-BDC-00002.pdf"}, nil, map[string]string{}},
	} {
		l := &appariement.Lot{}
		for _, nom := range c.documents {
			l.Documents = append(l.Documents, document(nom))
		}
		l.Renommer(m.Pieces, c.anciennes, nouvelles, numeros)
		got := map[string]string{}
		for _, d := range l.Documents {
			got[d.Relatif] = d.Chemin
		}
		if !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.nom, slices.Collect(maps.Keys(got)), c.want)
		}
	}
}
