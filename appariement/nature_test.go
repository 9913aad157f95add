package appariement_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"guichet/internal/corpus"
)

// What stands in an archive in place of a document is named as what it is, with what to do, whether it has the name of one or not.
func TestNamedInsideAnArchive(t *testing.T) {
	t.Parallel()
	docx := archiver(t, fstest.MapFS{"[Content_Types].xml": {Data: []byte("<x/>")}})
	for octets, dit := range map[string][2]string{
		"Rar!\x1a\x07\x01\x00 suite":            {"une archive RAR, pas un .zip", "décompressez-la"},
		"7z\xbc\xaf\x27\x1c suite":              {"une archive 7z, pas un .zip", "décompressez-la"},
		"\x00\x00\x00\x18ftypheic suite":        {"une image HEIC ou AVIF", "enregistrez-la au format PDF"},
		string(docx):                            {"un document bureautique", "enregistrez-le au format PDF"},
		"<!DOCTYPE html><html><title>x</title>": {"une page HTML", "envoyez le document lui-même"},
		string(archiver(t, bon())):              {"une archive .zip dans une autre", "mettez les documents eux-mêmes dans l'archive"},
		string(corpus.PDF(600)[:9]) + "tronqué": {"vide ou coupé", "copiez à nouveau"},
		"II*\x00" + string(corpus.PDF(600)):     {"une image TIFF", "enregistrez-la"},
	} {
		for _, nom := range []string{noms[0], "ailleurs/photo 1.bin"} {
			folder := bon()
			folder[nom] = &fstest.MapFile{Data: []byte(octets)}
			_, f := comparer(t, lot(t, nil, archiver(t, folder)), "")
			all := anomalies(f)
			if len(all) != 1 {
				t.Fatalf("%q, %s: %v", dit, nom, codes(f))
			}
			if nom != noms[0] && dit[0] == "vide ou coupé" {
				continue // a PDF that nobody asks for
			}
			if !strings.Contains(all[0].Message, dit[0]) || !strings.Contains(all[0].Aide, dit[1]) || !strings.Contains(all[0].Message, nom) {
				t.Errorf("%s: %s (%s), want %q", nom, all[0].Message, all[0].Aide, dit)
			}
		}
	}
}
