package pieces_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/pieces"
)

// What no room here opens is named as what it is, whatever it is called, with what to do; nothing of it is kept, and the others
// of the form are.
func TestNamedAsWhatItIs(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	docx := zipper(t, entree{"[Content_Types].xml", []byte("<x/>")}, entree{"word/document.xml", []byte("<x/>")})
	odt := zipper(t, entree{"mimetype", nil})
	copy(odt[30:], "mimetypeapplication/vnd.oasis.opendocument.text")
	lourd := append(pdf("lourd"), make([]byte, 3_400_000)...)
	for nom, c := range map[string]struct {
		octets []byte
		dits   []string
	}{
		"lot.rar":                   {[]byte("Rar!\x1a\x07\x01\x00 suite"), []string{"c'est une archive RAR, pas un .zip : décompressez-la"}},
		"renommée.zip":              {[]byte("Rar!\x1a\x07\x01\x00 suite"), []string{"c'est une archive RAR, pas un .zip : décompressez-la"}},
		"lot.7z":                    {[]byte("7z\xbc\xaf\x27\x1c suite"), []string{"c'est une archive 7z, pas un .zip"}},
		"lot.tar.gz":                {[]byte("\x1f\x8b\x08 suite"), []string{"c'est une archive gzip (.tar.gz, .gz), pas un .zip"}},
		"lot.tar":                   {append(make([]byte, 257), "ustar\x0000"...), []string{"c'est une archive tar, pas un .zip"}},
		"bon.docx":                  {docx, []string{"c'est un document bureautique", "enregistrez-le au format PDF"}},
		"bon.zip":                   {docx, []string{"c'est un document bureautique"}},
		"bon.odt":                   {odt, []string{"c'est un document bureautique"}},
		"bon.doc":                   {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 suite"), []string{"c'est un document d'un ancien Office"}},
		"photo.heic":                {[]byte("\x00\x00\x00\x18ftypheic suite"), []string{"c'est une image HEIC ou AVIF : enregistrez-la au format PDF, PNG ou JPG"}},
		"photo.pdf":                 {[]byte("RIFF\x00\x00\x00\x00WEBPVP8 "), []string{"c'est une image WebP"}},
		"page.pdf":                  {[]byte("<!DOCTYPE html><html><title>Connexion</title>"), []string{"c'est une page HTML"}},
		"pdf.zip":                   {pdf("x"), []string{"c'est un PDF, pas une archive .zip : donnez-lui un nom en .pdf"}},
		"rien.pdf":                  {nil, []string{"ce fichier est vide"}},
		"MS1-DUI-Va1-BDC-A0001.pdf": {lourd, []string{"ce document pèse 3,4 Mo, 3 Mo au plus", "Réduisez-le"}},
		"lourd.pdf":                 {append(pdf("x"), make([]byte, 3<<20)...), []string{"ce document pèse 3,1 Mo, 3 Mo au plus"}},
	} {
		etat, page := m.ensemble(t, site, entree{nom, c.octets}, completes(t)[1])
		if etat != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", nom, etat)
		}
		contient(t, page, `id="archives-faute">`+nom+" : "+c.dits[0])
		contient(t, page, c.dits...)
	}
	if a, err := m.Archives(t.Context(), m.fournisseur, m.depot); err != nil || len(a) != 1 || a[0].Nom != completes(t)[1].nom {
		t.Errorf("%+v, %v", a, err)
	}
}

// At its very bound a document is taken.
func TestLargestDocument(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	if a := m.envoyer(t, "x.pdf", append(pdf("x"), make([]byte, 3<<20-len(pdf("x")))...)); a.Taille != 3<<20 {
		t.Errorf("%+v", a)
	}
}

// An archive without a document is no thing done: it says that nothing was found in it, and what to do.
func TestNothingFound(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		for nom, octets := range map[string][]byte{
			"vide.zip":     zipper(t),
			"dossiers.zip": zipper(t, entree{"pieces/", nil}),
			"mac.zip":      zipper(t, entree{"__MACOSX/._MS1-DUI-Va1-BDC-A0001.pdf", []byte("x")}, entree{".DS_Store", []byte("x")}, entree{"pieces/Thumbs.db", []byte("x")}),
		} {
			a := m.envoyer(t, nom, octets)
			if ton, _ := a.Mot(); ton != "erreur" || a.Code != "P996" || a.Etat != pieces.Refusee {
				t.Errorf("%s: %+v", nom, a)
			}
			contient(t, a.Motif.Fr, nom+" ne contient aucun document", "mettez-y les fichiers PDF, PNG ou JPG")
			if texte := m.courriels[len(m.courriels)-1].Fr; !strings.Contains(texte, "ne contient aucun document") {
				t.Errorf("mail: %s", texte)
			}
		}
		a := m.envoyer(t, "plein.zip", zipper(t, entree{"__MACOSX/._MS1-DUI-Va1-BDC-A0001.pdf", []byte("x")}, completes(t)[0]))
		if a.Bonnes != 1 || a.Ecartees != 0 {
			t.Errorf("what the system left beside it: %+v", a)
		}
	})
}

// What an archive has in it does not tell what it is: bytes of a PDF stand near its beginning where nothing is packed.
func TestStoredDocuments(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "MS1-DUI-Va1-BDC-A0001.pdf", Method: zip.Store})
	if err == nil {
		_, err = w.Write(pdf("stored"))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	for _, nom := range []string{"lot.zip", "sans extension"} {
		if a := m.envoyer(t, nom, append(b.Bytes(), 0)[:b.Len()]); a.Bonnes != 1 {
			t.Errorf("%s: %+v", nom, a)
		}
		m.sql(t, `DELETE FROM piece`)
		m.sql(t, `DELETE FROM archive`)
	}
	if _, page := m.ensemble(t, site, entree{"lot.zip", b.Bytes()}); strings.Contains(page, "Il y a un problème") {
		t.Error("an archive of stored documents is taken for one of them")
	}
	_, page := m.ensemble(t, site, entree{"lot.rar", append([]byte("Rar!\x1a\x07\x00 bon.pdf "), pdf("x")...)}, entree{"lot.tar", append(append(append(make([]byte, 257), "ustar\x00"...), make([]byte, 249)...), pdf("x")...)})
	contient(t, page, "lot.rar : c'est une archive RAR", "lot.tar : c'est une archive tar")
	m.examiner(t)
	if a := m.envoyer(t, "MS1-DUI-Va1-BDC-A0004.pdf", append([]byte("en-tête du scanner\n"), pdf("x")...)); a.Etat != pieces.Examinee {
		t.Errorf("bytes before a PDF: %+v", a)
	}
	genre, corps := lignes(t, surLigne{"document-1-BON_COMMANDE", entree{"lot.zip", b.Bytes()}})
	_, page, _ = demander(t, "POST", site+m.chemin(), genre, corps)
	contient(t, page, "lot.zip est une archive, et cette ligne attend un seul document")
}
