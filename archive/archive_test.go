package archive

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// brute is an entry written byte by byte, so that it can lie.
type brute struct {
	nom, autreNom     string // autreNom in the head, when it is another one
	octets            string
	methode, drapeaux uint16
	createur          byte
	attributs         uint32
	reel              uint32 // declared in both places, 0 for the truth
	comprime          uint32
	reelTete          uint32 // declared in the head alone
	crc               uint32 // added to the true one
	tete              uint32 // where the directory says that it is, 0 for the truth
}

func le16(b *bytes.Buffer, values ...uint16) {
	for _, v := range values {
		_ = binary.Write(b, binary.LittleEndian, v)
	}
}

func le32(b *bytes.Buffer, values ...uint32) {
	for _, v := range values {
		_ = binary.Write(b, binary.LittleEndian, v)
	}
}

func or(v, otherwise uint32) uint32 {
	if v != 0 {
		return v
	}
	return otherwise
}

func (e brute) sizes() (crc, comprime, reel uint32) {
	n := uint32(len(e.octets))
	return crc32.ChecksumIEEE([]byte(e.octets)) + e.crc, or(e.comprime, n), or(e.reel, n)
}

// forger writes an archive of such entries.
func forger(entrees ...brute) []byte {
	var b, dir bytes.Buffer
	for _, e := range entrees {
		crc, comprime, reel := e.sizes()
		tete, nom := or(e.tete, uint32(b.Len())), e.nom
		if e.autreNom != "" {
			nom = e.autreNom
		}
		le32(&b, signatureTete)
		le16(&b, 20, e.drapeaux, e.methode, 0, premierJanvier1980)
		le32(&b, crc, comprime, or(e.reelTete, reel))
		le16(&b, uint16(len(nom)), 0)
		b.WriteString(nom + e.octets)

		le32(&dir, signatureFiche)
		le16(&dir, 20|uint16(e.createur)<<8, 20, e.drapeaux, e.methode, 0, premierJanvier1980)
		le32(&dir, crc, comprime, reel)
		le16(&dir, uint16(len(e.nom)), 0, 0, 0, 0)
		le32(&dir, e.attributs, tete)
		dir.WriteString(e.nom)
	}
	debut := uint32(b.Len())
	b.Write(dir.Bytes())
	le32(&b, signatureFin)
	le16(&b, 0, 0, uint16(len(entrees)), uint16(len(entrees)))
	le32(&b, uint32(dir.Len()), debut)
	le16(&b, 0)
	return b.Bytes()
}

func deflated(t testing.TB, content []byte) string {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = w.Write(content)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bombe overlaps entries as the zip bombs without nesting do: each one's bytes hold the heads of those after
// it, and all end in the same bytes.
func bombe(n int) []byte {
	var entrees []brute
	for i := range n {
		entrees = append(entrees, brute{nom: fmt.Sprintf("%04d.pdf", i), octets: "x"})
	}
	plain := forger(entrees...)
	size := longTete + len("0000.pdf") + 1
	for i := range entrees {
		entrees[i].comprime = uint32((n-i)*size - longTete - len("0000.pdf"))
		entrees[i].reel = entrees[i].comprime
	}
	b := forger(entrees...)
	if len(b) != len(plain) {
		panic("the bomb has another shape")
	}
	return b
}

var petite = Limites{MaxOctets: 10_000, MaxEntrees: 100, MaxTotal: 50_000}

// ASVS 5.2.3, 5.3.2: sizes and entries are bounded, and no name leads out.
func TestHostile(t *testing.T) {
	t.Parallel()
	a := brute{nom: "a.pdf", octets: "content"}
	good := forger(a)
	var many []brute
	for i := range 101 {
		many = append(many, brute{nom: fmt.Sprint(i)})
	}
	counted := forger(many...) // more entries than the count of 16 bits could say is told by a smaller one
	counted = append([]byte{}, counted...)
	binary.LittleEndian.PutUint16(counted[len(counted)-longFin+8:], 3)
	binary.LittleEndian.PutUint16(counted[len(counted)-longFin+10:], 3)
	huge := string(make([]byte, 30_000))
	for _, c := range []struct {
		nom    string
		octets []byte
		defaut Defaut
	}{
		{"too many bytes", forger(brute{nom: "a", octets: huge}), TropLourde},
		{"no archive", []byte("%PDF-1.4 this is no archive"), Illisible},
		{"nothing", nil, Illisible},
		{"cut at its end", good[:len(good)-1], Illisible},
		{"cut in the middle", good[:len(good)/2], Illisible},
		{"bytes after the end", append(append([]byte{}, good...), "more"...), Illisible},
		{"bytes between directory and end", append(append(append([]byte{}, good[:len(good)-longFin]...), "x"...), good[len(good)-longFin:]...), Illisible},
		{"unknown compression", forger(brute{nom: "a", octets: "x", methode: 99}), Illisible},
		{"two names", forger(brute{nom: "a.pdf", autreNom: "b.pdf", octets: "x"}), Illisible},
		{"an entry past the end", forger(a, brute{nom: "b", octets: "x", tete: 9000}), Illisible},
		{"a head inside bytes", forger(brute{nom: "a", octets: "content"}, brute{nom: "b", octets: "x", tete: 35}), Recouvrement},
		{"zip64 sizes", forger(brute{nom: "a", octets: "x", comprime: 1<<32 - 1, reel: 1<<32 - 1}), Illisible},
		{"one entry too many", forger(many...), TropEntrees},
		{"more entries than it says", counted, TropEntrees},
		{"encrypted", forger(brute{nom: "a", octets: "x", drapeaux: 1}), Chiffree},
		{"up and out", forger(brute{nom: "../../a.pdf", octets: "x"}), CheminDangereux},
		{"up and out later", forger(brute{nom: "a/../../b.pdf", octets: "x"}), CheminDangereux},
		{"from the root", forger(brute{nom: "/etc/passwd", octets: "x"}), CheminDangereux},
		{"from a drive", forger(brute{nom: "C:/a.pdf", octets: "x"}), CheminDangereux},
		{"backslashes", forger(brute{nom: `..\a.pdf`, octets: "x"}), CheminDangereux},
		{"line break", forger(brute{nom: "a\nb.pdf", octets: "x"}), CheminDangereux},
		{"no name", forger(brute{nom: "", octets: "x"}), CheminDangereux},
		{"long name", forger(brute{nom: strings.Repeat("a", 256), octets: "x"}), CheminDangereux},
		{"link", forger(brute{nom: "a.pdf", octets: "/etc/passwd", createur: 3, attributs: 0o120777 << 16}), Speciale},
		{"device", forger(brute{nom: "a.pdf", createur: 3, attributs: 0o060777 << 16}), Speciale},
		{"folder with content", forger(brute{nom: "a/", octets: "x"}), Speciale},
		{"same name", forger(a, a), Doublon},
		{"same name but for case", forger(a, brute{nom: "A.PDF", octets: "x"}), Doublon},
		{"file and folder of one name", forger(a, brute{nom: "a.pdf/"}), Doublon},
		{"stored, two sizes", forger(brute{nom: "a", octets: "x", reel: 100}), TailleFausse},
		{"more than can be gained", forger(brute{nom: "a", octets: "xxxx", methode: degonfle, reel: 40_000}), TailleFausse},
		{"head and directory disagree", forger(brute{nom: "a", octets: "xxxx", reelTete: 3}), TailleFausse},
		{"bomb of overlapping entries", bombe(20), Recouvrement},
		{"two entries in one place", forger(brute{nom: "a.pdf", octets: "x"}, brute{nom: "b.pdf", octets: "x", tete: 1 << 31}), Illisible},
		{"bytes that go on into the directory", forger(brute{nom: "a", octets: "x", comprime: 40, reel: 40}), Recouvrement},
		{"too large once unpacked", forger(
			brute{nom: "a", octets: deflated(t, []byte(huge)), methode: degonfle, reel: 30_000},
			brute{nom: "b", octets: deflated(t, []byte(huge)), methode: degonfle, reel: 30_000}), TropGrande},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			_, err := Ouvrir(bytes.NewReader(c.octets), int64(len(c.octets)), petite)
			var f *Faute
			if !errors.As(err, &f) || f.Defaut != c.defaut {
				t.Errorf("Ouvrir = %v, want %q", err, mots[c.defaut])
			}
		})
	}
}

// archive/zip itself opens the bomb: the check before it is what stops it.
func TestBombWouldOpen(t *testing.T) {
	t.Parallel()
	b := bombe(20)
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(z.File) != 20 {
		t.Fatalf("archive/zip does not open it: %v", err)
	}
}

// 60,000 entries are refused before any of them is looked at.
// ASVS 5.2.3.
func TestManyEntries(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 60_000 {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r := &compteur{ReaderAt: bytes.NewReader(b.Bytes())}
	_, err := Ouvrir(r, int64(b.Len()), Accepter)
	var f *Faute
	if !errors.As(err, &f) || f.Defaut != TropEntrees || f.Nombre != 60_000 {
		t.Errorf("Ouvrir = %v", err)
	}
	if r.lus > 1<<17 {
		t.Errorf("%d bytes read for a refusal", r.lus)
	}
}

// compteur counts the bytes that are asked for.
type compteur struct {
	io.ReaderAt
	lus int
}

func (c *compteur) ReadAt(p []byte, off int64) (int, error) {
	c.lus += len(p)
	return c.ReaderAt.ReadAt(p, off)
}

func ouvrir(t *testing.T, b []byte) *Archive {
	t.Helper()
	a, err := Ouvrir(bytes.NewReader(b), int64(len(b)), Accepter)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func lire(e *Entree) ([]byte, error) {
	r, err := e.Ouvrir()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// What ordinary programs write is read: folders, data descriptors, extra fields, a comment.
func TestOrdinary(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, nom := range []string{"dossier/", "dossier/é.pdf", "b.pdf"} {
		w, err := z.Create(nom)
		if err == nil && !strings.HasSuffix(nom, "/") {
			_, err = io.WriteString(w, strings.Repeat(nom, 500))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.SetComment("made by hand"), z.Close()); err != nil {
		t.Fatal(err)
	}
	a := ouvrir(t, b.Bytes())
	if len(a.Entrees) != 2 || a.Entrees[0].Nom != "dossier/é.pdf" {
		t.Fatalf("entries: %+v", a.Entrees)
	}
	for i := range a.Entrees {
		e := &a.Entrees[i]
		if got, err := lire(e); err != nil || string(got) != strings.Repeat(e.Nom, 500) || int64(len(got)) != e.Taille {
			t.Errorf("%s: %d bytes, %v", e.Nom, len(got), err)
		}
	}
}

// A declared size that only unpacking can prove wrong is found there, and no byte more is unpacked.
func TestReadingHoldsToTheDeclaredSize(t *testing.T) {
	t.Parallel()
	content := make([]byte, 20_000)
	packed := deflated(t, content)
	sum := crc32.ChecksumIEEE(content) - crc32.ChecksumIEEE([]byte(packed))
	for _, c := range []struct {
		nom    string
		entree brute
		defaut Defaut
	}{
		{"more bytes than declared", brute{nom: "a", octets: packed, methode: degonfle, reel: 1000, crc: sum}, TailleFausse},
		{"fewer bytes than declared", brute{nom: "a", octets: packed, methode: degonfle, reel: 25_000, crc: sum}, TailleFausse},
		{"another checksum", brute{nom: "a", octets: packed, methode: degonfle, reel: 20_000, crc: sum + 1}, Alteree},
		{"no Deflate", brute{nom: "a", octets: strings.Repeat("\xFF", 100), methode: degonfle, reel: 1000}, Alteree},
	} {
		a := ouvrir(t, forger(c.entree))
		got, err := lire(&a.Entrees[0])
		var f *Faute
		if !errors.As(err, &f) || f.Defaut != c.defaut {
			t.Errorf("%s: %v, want %q", c.nom, err, mots[c.defaut])
		}
		if int64(len(got)) > a.Entrees[0].Taille {
			t.Errorf("%s: %d bytes given", c.nom, len(got))
		}
	}
}

// No bytes hang or break the check, and what passes keeps its word when it is read.
func FuzzOuvrir(f *testing.F) {
	a := brute{nom: "a.pdf", octets: "content"}
	for _, seed := range [][]byte{
		forger(a), forger(), bombe(5), forger(a, brute{nom: "b/", createur: 3, attributs: 0o040755 << 16}),
		forger(brute{nom: "d", octets: deflated(f, make([]byte, 900)), methode: degonfle, reel: 900}),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		archive, err := Ouvrir(bytes.NewReader(b), int64(len(b)), petite)
		if err != nil {
			return
		}
		total := int64(0)
		for i := range archive.Entrees {
			got, err := lire(&archive.Entrees[i])
			if total += int64(len(got)); err == nil && int64(len(got)) != archive.Entrees[i].Taille {
				t.Errorf("%d bytes, %d declared", len(got), archive.Entrees[i].Taille)
			}
		}
		if total > petite.MaxTotal {
			t.Errorf("%d bytes unpacked", total)
		}
	})
}
