package pieces_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"html"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/pieces"
)

// brut is an entry whose heads are written as given, truthful or not.
type brut struct {
	nom      string
	methode  uint16
	octets   []byte
	reel     int
	crc      uint32
	drapeaux uint16
}

func (e *brut) tete() []byte {
	b := binary.LittleEndian.AppendUint32(nil, 0x04034b50)
	for _, v := range []uint16{20, e.drapeaux, e.methode, 0, 33} {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	for _, v := range []uint32{e.crc, uint32(len(e.octets)), uint32(e.reel)} {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(e.nom))), e.nom...)
}

func (e *brut) fiche(lieu int) []byte {
	b := binary.LittleEndian.AppendUint32(nil, 0x02014b50)
	b = binary.LittleEndian.AppendUint16(b, 20)
	b = append(b, e.tete()[4:30]...)
	b = append(b, make([]byte, 12)...) // no extra field, no comment, first volume, no attributes …
	b = b[:42]
	return append(binary.LittleEndian.AppendUint32(b, uint32(lieu)), e.nom...)
}

// finirZip adds the directory to heads and bytes.
func finirZip(b []byte, entrees []brut, lieux []int) []byte {
	debut := len(b)
	for i := range entrees {
		b = append(b, entrees[i].fiche(lieux[i])...)
	}
	longueur := len(b) - debut
	b = binary.LittleEndian.AppendUint32(b, 0x06054b50)
	for _, v := range []uint16{0, 0, uint16(len(entrees)), uint16(len(entrees))} {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(longueur))
	b = binary.LittleEndian.AppendUint32(b, uint32(debut))
	return append(b, 0, 0)
}

func forger(entrees ...brut) []byte {
	var b []byte
	var lieux []int
	for i := range entrees {
		lieux = append(lieux, len(b))
		b = append(append(b, entrees[i].tete()...), entrees[i].octets...)
	}
	return finirZip(b, entrees, lieux)
}

func degonfler(t testing.TB, octets []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = w.Write(octets)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// recouvrante is a bomb without nesting: n entries share one kernel of zeros; each quotes the heads of those after it
// in stored blocks of Deflate, so that every common reader unpacks them all, with right checksums.
func recouvrante(t testing.TB, n, zeros int) []byte {
	t.Helper()
	contenu := make([]byte, zeros)
	suite := degonfler(t, contenu)
	entrees, lieux := make([]brut, n), make([]int, n)
	for i := n - 1; i >= 0; i-- {
		entrees[i] = brut{nom: fmt.Sprintf("%03d.pdf", i), methode: 8, octets: suite, reel: len(contenu), crc: crc32.ChecksumIEEE(contenu)}
		tete := entrees[i].tete()
		suite = append(append(bloc(tete), tete...), suite...)
		contenu = append(tete, contenu...)
	}
	b := append(entrees[0].tete(), entrees[0].octets...)
	for i := 1; i < n; i++ {
		lieux[i] = lieux[i-1] + len(entrees[i-1].tete()) + 5
	}
	return finirZip(b, entrees, lieux)
}

// bloc is the head of a stored block of Deflate.
func bloc(octets []byte) []byte {
	n := uint16(len(octets))
	return binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16([]byte{0}, n), ^n)
}

// The bomb is real: archive/zip unpacks each of its entries.
func TestBombIsReal(t *testing.T) {
	t.Parallel()
	b := recouvrante(t, 10, 1_000_000)
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(z.File) != 10 {
		t.Fatalf("%v", err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, r); err != nil || n < 1_000_000 {
			t.Errorf("%s: %d bytes, %v", f.Name, n, err)
		}
	}
}

func avecEntete(t testing.TB, h zip.FileHeader, octets []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&h)
	if err == nil {
		_, err = w.Write(octets)
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func lien(t testing.TB) []byte {
	t.Helper()
	h := zip.FileHeader{Name: "MS1-DUI-Va1-BDC-A0001.pdf", CompressedSize64: 11, UncompressedSize64: 11, CRC32: crc32.ChecksumIEEE([]byte("/etc/passwd"))}
	h.SetMode(fs.ModeSymlink | 0o777)
	return avecEntete(t, h, []byte("/etc/passwd"))
}

// Hostile archives come in as suppliers send them and are examined by the real process. Each gets a sentence that
// says what was found and what to do; the next good archive is examined as if nothing had been.
func TestHostileArchives(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	entiere := zipper(t, completes(t)...)
	soixanteMille := make([]entree, 60_000)
	for i := range soixanteMille {
		soixanteMille[i].nom = fmt.Sprintf("%05d.pdf", i)
	}
	const nom = "MS1-DUI-Va1-BDC-A0001.pdf"
	for fichier, c := range map[string]struct {
		octets []byte
		code   string
		dit    string
		aide   string
	}{
		"recouvrante.zip":  {recouvrante(t, 30, 10_000_000), "P909", "", "guichet pack"},
		"enorme.zip":       {recouvrante(t, 100, 20_000_000), "P910", "", ""},
		"double.zip":       {forger(brut{nom: nom, octets: []byte("x"), reel: 1}, brut{nom: nom, octets: []byte("y"), reel: 1}), "P907", nom, ""},
		"soixante.zip":     {zipper(t, soixanteMille...), "P903", "entrées", "les pièces"},
		"montante.zip":     {zipper(t, entree{"../../" + nom, pdf("x")}), "P905", "../../", ""},
		"lien.zip":         {lien(t), "P906", nom, ""},
		"zip64.zip":        {avecEntete(t, zip.FileHeader{Name: nom, CompressedSize64: 1, UncompressedSize64: 5 << 30}, []byte("x")), "P908", "taille que l'archive déclare", "guichet pack"},
		"chiffree.zip":     {forger(brut{nom: nom, octets: []byte("x"), reel: 1, drapeaux: 1}), "P904", "mot de passe", "sans mot de passe"},
		"tronquee.zip":     {entiere[:len(entiere)-30], "P902", "coupé", "guichet pack"},
		"repertoire.zip":   {append(append([]byte{}, entiere[:len(entiere)-60]...), entiere[len(entiere)-22:]...), "P902", "coupé", "guichet pack"},
		"taillefausse.zip": {forger(brut{nom: nom, octets: []byte("xyz"), reel: 1}), "P908", nom, ""},
	} {
		if etat, page, _ := demander(t, "PUT", site+m.chemin()+"/"+fichier, "", bytes.NewReader(c.octets)); etat != http.StatusCreated {
			t.Fatalf("%s: %d %s", fichier, etat, page)
		}
		m.examiner(t)
		section := m.section(t, site, fichier)
		for _, texte := range []string{"Refusé", "(" + c.code + ")", c.dit, c.aide} {
			if !strings.Contains(section, texte) {
				t.Errorf("%s: no %q in %s", fichier, texte, section)
			}
		}
	}
	if e := m.etats(t); e != toutManque {
		t.Error(e)
	}
	m.envoyer(t, "bonne.zip", entiere)
	if e := m.etats(t); e != toutEstLa {
		t.Error(e)
	}
}

// section is what the page of the documents says of one file that was sent.
func (m *monde) section(t testing.TB, site, fichier string) string {
	t.Helper()
	_, page, _ := demander(t, "GET", site+m.chemin(), "", nil)
	_, section, ok := strings.Cut(page, "<h3>"+fichier+"</h3>")
	if !ok {
		t.Fatalf("%s is not on the page", fichier)
	}
	section, _, _ = strings.Cut(section, "</section>")
	return html.UnescapeString(section)
}

// Archives in archives are documents that nobody expects: they are never unpacked.
func TestNestedArchives(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	dedans := zipper(t, entree{"zeros", make([]byte, 1<<20)})
	for range 5 {
		var seize []entree
		for i := range 16 {
			seize = append(seize, entree{fmt.Sprintf("lot%d.zip", i), dedans})
		}
		dedans = zipper(t, seize...)
		dedans = zipper(t, entree{"lot.zip", dedans})
	}
	a := m.envoyer(t, "42.zip", dedans)
	if a.Etat != pieces.Examinee || a.Bonnes != 0 || a.Ecartees != 1 || a.Ecarts[0].Code != "P802" {
		t.Errorf("%+v", a)
	}
	for _, nom := range []string{"MS1-DUI-Va1-BDC-A0001.pdf"} {
		if a := m.envoyer(t, nom+".zip", zipper(t, entree{nom, dedans})); a.Mauvaises != 1 {
			t.Errorf("an archive that calls itself a document: %+v", a)
		}
	}
}

// Documents that are not what they say are refused, each with its reason.
// ASVS 5.2.2, 1.3.4.
func TestLyingDocuments(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	const nom = "MS1-DUI-Va1-BDC-A0001.pdf"
	bon := pdf("x")
	for quoi, c := range map[string]struct {
		octets []byte
		code   string
	}{
		"a picture":              {pngDe(t), "P813"},
		"a web page":             {[]byte("<!doctype html><script>alert(1)</script>"), "P812"},
		"SVG":                    {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "P812"},
		"a program":              {append([]byte("MZ\x90\x00"), make([]byte, 500)...), "P812"},
		"cut short":              {bon[:len(bon)-20], "P814"},
		"nothing":                {nil, "P814"},
		"protected":              {bytes.Replace(bon, []byte("/Root 1 0 R"), []byte("/Encrypt 3 0 R /Root 1 0 R"), 1), "P816"},
		"no structure":           {[]byte("%PDF-1.7\nrien du tout\nstartxref\n9\n%%EOF\n"), "P815"},
		"too large":              {append(append([]byte{}, bon...), make([]byte, 4<<20)...), "P811"},
		"a picture of no format": {[]byte("GIF89a" + strings.Repeat("x", 100)), "P812"},
	} {
		a := m.envoyer(t, quoi+".zip", zipper(t, entree{nom, c.octets}))
		if e := m.etats(t); a.Mauvaises != 1 || !strings.HasPrefix(e, "BDC-A0001 refusee"+c.code+",") {
			t.Errorf("%s: %+v\n%s, want %s", quoi, a, e, c.code)
		}
	}
}

// What is a PDF and something else too is given back as a PDF and nothing else, whatever the browser would have
// guessed; it runs nothing and asks for nothing. What is no document is not given back at all.
// ASVS 3.2.1.
func TestNeverAPage(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	const nom = "MS1-DUI-Va1-BDC-A0001.pdf"
	bon, adresse := pdf("x"), site+m.chemin()+"/0/BON_COMMANDE/fichier"
	for quoi, octets := range map[string][]byte{
		"a web page before it": append([]byte("<!doctype html><script>alert(1)</script>\n"), bon...),
		"an archive after it":  append(append([]byte{}, bon...), zipper(t, entree{"a.exe", make([]byte, 300)})...),
		"script in it":         pdfAvec("x", "/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
	} {
		if a := m.envoyer(t, quoi+".zip", zipper(t, entree{nom, octets})); a.Bonnes != 1 {
			t.Fatalf("%s: %+v", quoi, a)
		}
		for _, suite := range []string{"", "?garder=1"} {
			etat, corps, h := demander(t, "GET", adresse+suite, "", nil)
			if etat != http.StatusOK || corps != string(octets) {
				t.Errorf("%s: %d, or other bytes are given back", quoi, etat)
			}
			if csp := h.Get("Content-Security-Policy"); h.Get("Content-Type") != "application/pdf" || h.Get("X-Content-Type-Options") != "nosniff" ||
				!strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "script") && suite == "" {
				t.Errorf("%s%s: %d %v", quoi, suite, etat, h)
			}
			if d := h.Get("Content-Disposition"); suite != "" && !strings.HasPrefix(d, "attachment") {
				t.Errorf("%s: %s", quoi, d)
			}
		}
	}
	for n, octets := range []string{"<!doctype html><script>alert(1)</script>", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`} {
		autre := fmt.Sprintf("MS1-DUI-Va1-BDC-A000%d.pdf", 2+2*n)
		m.envoyer(t, autre+".zip", zipper(t, entree{autre, []byte(octets)}))
		if etat, _, _ := demander(t, "GET", fmt.Sprintf("%s%s/%d/BON_COMMANDE/fichier", site, m.chemin(), 1+2*n), "", nil); etat != http.StatusNotFound {
			t.Errorf("%s: %d", octets, etat)
		}
	}
}

// A process that the archive has taken over is killed by its limits; the page says so, and the counter goes on.
func TestTakenOver(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	for nom, script := range map[string]string{
		"tourne.zip":   "ulimit -t 1; while :; do :; done",
		"devore.zip":   "ulimit -v 100000; x=x; while :; do x=$x$x; done",
		"bavarde.zip":  "while :; do echo '{\"genre\":\"ecartee\",\"piece\":-1}'; done",
		"promet.zip":   `echo '{"genre":"bonne","piece":0,"nom":"a","format":"PDF","taille":1000}'; echo court`,
		"silence.zip":  "exec true",
		"se plaint.zi": "head -c 9000000 /dev/zero >&2; exit 1",
	} {
		m.Programme = []string{"/bin/sh", "-c", script}
		m.envoyer(t, nom, zipper(t, entree{nom, pdf(nom)}))
		section := m.section(t, site, nom)
		for _, texte := range []string{"Refusé", "n'a pas pu être examinée", "guichet pack", "(P991)"} {
			if !strings.Contains(section, texte) {
				t.Errorf("%s: no %q in %s", nom, texte, section)
			}
		}
	}
	m.Programme = nil
	m.envoyer(t, "bonne.zip", zipper(t, completes(t)...))
	if e := m.etats(t); e != toutEstLa {
		t.Error(e)
	}
}
