package appariement_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"guichet/appariement"
	"guichet/archive"
	"guichet/controle"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// zipper writes an archive of entries made by hand.
func zipper(t *testing.T, entrees ...*zip.FileHeader) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, h := range entrees {
		w, err := z.CreateRaw(h)
		if err == nil {
			_, err = w.Write(make([]byte, h.CompressedSize64))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func entree(nom string) *zip.FileHeader { return &zip.FileHeader{Name: nom} }

// superpose makes the directory of an archive say that its second entry is where the first one is.
func superpose(b []byte) []byte {
	second := bytes.LastIndex(b, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(b[second+42:], 0)
	return b
}

// TestReglesArchives has one archive for each rule on archives.
func TestReglesArchives(t *testing.T) {
	t.Parallel()
	lien := entree("lien.pdf")
	lien.SetMode(fs.ModeSymlink | 0o777)
	menteur := entree("a.pdf")
	menteur.UncompressedSize64, menteur.CompressedSize64 = 500, 100
	many := make([]*zip.FileHeader, 11)
	for i := range many {
		many[i] = entree(strings.Repeat("a", i+1))
	}
	gros := &zip.FileHeader{Name: "a", CompressedSize64: 600, UncompressedSize64: 600}
	gros2 := &zip.FileHeader{Name: "b", CompressedSize64: 600, UncompressedSize64: 600}
	for _, c := range []struct {
		code, dit string
		octets    []byte
	}{
		{"P901", "1.zip pèse 6\u00a0ko, 5\u00a0ko au plus", make([]byte, 6000)},
		{"P902", "1.zip ne se lit pas comme un .zip", []byte("%PDF-1.4")},
		{"P903", "1.zip a 11 entrées, 10 au plus", zipper(t, many...)},
		{"P904", "1.zip/a.pdf est protégé", zipper(t, &zip.FileHeader{Name: "a.pdf", Flags: 1})},
		{"P905", "1.zip/../a.pdf : ce chemin sort", zipper(t, entree("../a.pdf"))},
		{"P906", "1.zip/lien.pdf est un lien", zipper(t, lien)},
		{"P907", "1.zip/A.PDF figure deux fois", zipper(t, entree("a.pdf"), entree("A.PDF"))},
		{"P908", "1.zip/a.pdf n'a pas la taille", zipper(t, menteur)},
		{"P909", "partage ses octets", superpose(zipper(t, entree("a.pdf"), entree("a.pdg")))},
		{"P910", "1.zip donne 1,2\u00a0ko une fois ouverte, 1\u00a0ko au plus", zipper(t, gros, gros2)},
	} {
		t.Run(c.code, func(t *testing.T) {
			t.Parallel()
			l := &appariement.Lot{Limites: appariement.Produire}
			l.Limites.Archives = archive.Limites{MaxOctets: 5000, MaxEntrees: 10, MaxTotal: 1000}
			if err := l.AjouterArchive("1.zip", bytes.NewReader(c.octets), int64(len(c.octets))); err != nil {
				t.Fatal(err)
			}
			_, f := comparer(t, l, "")
			all := anomalies(f)
			// What the archive holds is not known: nothing is reported as missing.
			if len(all) != 1 || all[0].Code != c.code {
				t.Fatalf("found %v", codes(f))
			}
			if !strings.Contains(all[0].Message, c.dit) || strings.ContainsAny(all[0].Message+all[0].Aide, "{}") {
				t.Errorf("%q, %q do not say %q", all[0].Message, all[0].Aide, c.dit)
			}
			if !slices.ContainsFunc(f.NonVerifie, func(s string) bool { return strings.Contains(s, "1.zip n'a pas été ouverte") }) {
				t.Errorf("not verified: %q", f.NonVerifie)
			}
		})
	}
}

// Faults that only unpacking shows belong to the demande whose document it is.
func TestAlteredEntry(t *testing.T) {
	t.Parallel()
	var stored bytes.Buffer
	z := zip.NewWriter(&stored)
	for nom, f := range bon() {
		w, err := z.CreateHeader(&zip.FileHeader{Name: nom, Method: zip.Store})
		if err == nil {
			_, err = w.Write(f.Data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	b := bytes.Replace(stored.Bytes(), []byte("/MediaBox"), []byte("/MediaBix"), 1)
	_, f := comparer(t, lot(t, nil, b), "")
	if got := codes(f); len(got) != 1 || got[0] != "P911" {
		t.Errorf("found %v", got)
	}
}

// Each rule is complete in both languages, and its code is its own.
func TestRegleBook(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range append(controle.Regles(), appariement.Regles()...) {
		if seen[r.Code] {
			t.Errorf("%s stands twice", r.Code)
		}
		seen[r.Code] = true
	}
	for _, r := range appariement.Regles() {
		for _, s := range []string{r.Code, r.Source, r.Faux, r.Juste, r.Titre.Fr, r.Titre.En, r.Message.Fr, r.Message.En, r.Aide.Fr, r.Aide.En} {
			if s == "" {
				t.Errorf("%s is not complete: %+v", r.Code, r)
			}
		}
		if r.Gravite != modele.Erreur && r.Code != "P806" || !strings.HasPrefix(r.Code, "P") {
			t.Errorf("%s has another weight or letter", r.Code)
		}
	}
	if n := len(appariement.Regles()); n != 25 {
		t.Errorf("%d rules: give each new one its test", n)
	}
}

func TestCorrespondance(t *testing.T) {
	t.Parallel()
	folder := fstest.MapFS{}
	for i, nom := range []string{"bons/Été 1.pdf", "2.pdf", "ht.pdf", noms[2]} {
		folder[nom] = &fstest.MapFile{Data: corpus.PDF(600 + i)}
	}
	typed := attendues(fichier).Pieces
	csv := "fichier;numeroEditeur;typeFichier\r\n" +
		`bons\Été 1.pdf;` + typed[0].Numero + ";BON_COMMANDE\r\n" +
		"2.pdf;" + typed[1].Numero + ";bdc\r\n" + "ht.pdf ; " + typed[3].Numero + " ;PREUVE_HT\r\n"
	latin := strings.NewReplacer("É", "\xC9", "é", "\xE9").Replace(csv)
	for nom, text := range map[string]string{"UTF-8": csv, "with a mark": "\uFEFF" + csv, "Windows-1252": latin} {
		r, f := comparer(t, lot(t, folder), text)
		if !r.Valide() || len(r.Paires) != 4 || r.Paires[0].Document.Relatif != "bons/Été 1.pdf" {
			t.Errorf("%s: %v", nom, codes(f))
		}
	}
}

func TestCorrespondanceIsRefused(t *testing.T) {
	t.Parallel()
	for nom, csv := range map[string]string{
		"nothing": "", "another first line": "a;b;c\n", "commas": "fichier,numeroEditeur,typeFichier\n",
		"a column too few": "fichier;numeroEditeur;typeFichier\na.pdf;00001\n", "too large": strings.Repeat("x", 17<<20),
	} {
		if _, err := appariement.LireCorrespondance(strings.NewReader(csv)); err == nil {
			t.Errorf("%s is read", nom)
		}
	}
}

// What lives beside documents is no document.
func TestPassedOver(t *testing.T) {
	t.Parallel()
	folder := bon()
	for _, nom := range []string{".DS_Store", ".git/x.pdf", "Thumbs.db", "a.json", "b.csv", "c.zip"} {
		folder[nom] = &fstest.MapFile{Data: []byte("x")}
	}
	if r, f := comparer(t, lot(t, folder), ""); !r.Valide() {
		t.Errorf("found %v", codes(f))
	}
}

// A document that the system does not give is an error, not an anomaly.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	l := lot(t, bon())
	l.Documents[1].Ouvrir = func() (io.ReadCloser, error) { return nil, fs.ErrPermission }
	_, err := appariement.Comparer(t.Context(), attendues(fichier), l, appariement.Options{})
	var unread *appariement.ErreurLecture
	if !errors.As(err, &unread) || !errors.Is(err, fs.ErrPermission) || unread.Chemin != l.Documents[1].Chemin {
		t.Errorf("Comparer = %v", err)
	}
}

// What the system refuses to list is named.
func TestBrokenLink(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.Symlink("nowhere", filepath.Join(folder, "a.pdf")); err != nil {
		t.Skip("no links here")
	}
	l := &appariement.Lot{Limites: appariement.Produire}
	err := l.AjouterDossier(t.Context(), "bons", os.DirFS(folder))
	var unread *appariement.ErreurLecture
	if !errors.As(err, &unread) || unread.Chemin != "bons/a.pdf" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("AjouterDossier = %v", err)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	folder := fstest.MapFS{}
	for i := range 10_001 {
		folder[strconv.Itoa(i)] = &fstest.MapFile{}
	}
	l := &appariement.Lot{Limites: appariement.Produire}
	if err := l.AjouterDossier(t.Context(), "bons", folder); !errors.Is(err, appariement.ErrTropDeFichiers) {
		t.Errorf("AjouterDossier = %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.AjouterDossier(ctx, "bons", folder); !errors.Is(err, context.Canceled) {
		t.Errorf("AjouterDossier, stopped = %v", err)
	}
	if _, err := appariement.Comparer(ctx, attendues(fichier), l, appariement.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Comparer, stopped = %v", err)
	}
}

// A file with nothing in its places names no documents, and stops nothing.
func TestLireStrange(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		`[]`, `1`, `{}`, `{"lignesImport":{}}`, `{"lignesImport":[1,null,{"piecesJustificatives":7},{"piecesJustificatives":[3,{"nomFichier":4}]}]}`,
	} {
		if a, err := appariement.Lire(ms1dui.Courante(), []byte(s), jsondoc.Limits{}); err != nil || len(a.Pieces) > 0 {
			t.Errorf("%s: %+v, %v", s, a, err)
		}
	}
	if _, err := appariement.Lire(ms1dui.Courante(), []byte(`{`), jsondoc.Limits{}); err == nil {
		t.Error("half a file is read")
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	folder := bon()
	delete(folder, noms[1])
	_, f := comparer(t, lot(t, folder), "")
	d := anomalies(f)[0]
	line := strings.Split(string(fichier), "\n")[d.Ligne-1]
	if got := string([]rune(line)[d.Colonne-1 : d.Colonne-1+d.Longueur]); got != `"`+noms[1]+`"` || *d.Valeur != got {
		t.Errorf("line %d column %d has %s", d.Ligne, d.Colonne, got)
	}
	if d.Pointeur != "/lignesImport/1/piecesJustificatives/0/nomFichier" || !d.Placed() || d.Extrait.Texte == "" {
		t.Errorf("%+v", d)
	}
	if n := len(f.Demandes[1].Anomalies); n != 1 {
		t.Errorf("%d anomalies of the second demande", n)
	}
}
