package piece

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"guichet/internal/corpus"
)

// grand is a PNG that announces 20,000 × 20,000 pixels.
func grand() []byte {
	b := slices.Clone(corpus.PNG(4, 4))
	binary.BigEndian.PutUint32(b[16:], 20_000)
	binary.BigEndian.PutUint32(b[20:], 20_000)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func remplacer(b []byte, old, new string) []byte {
	if !bytes.Contains(b, []byte(old)) {
		panic("nothing to replace: " + old)
	}
	return bytes.Replace(b, []byte(old), []byte(new), 1)
}

// flux is a PDF whose cross-reference section is a stream, as PDF 1.5 allows.
func flux(dictionnaire string) []byte {
	head := "%PDF-1.5\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
	return []byte(head + "2 0 obj\n" + dictionnaire + "\nstream\nxxxx\nendstream\nendobj\nstartxref\n" +
		itoa(len(head)) + "\n%%EOF")
}

func itoa(n int) string {
	s := ""
	for ; n > 0; n /= 10 {
		s = string(rune('0'+n%10)) + s
	}
	return s
}

// revision adds a second cross-reference section, as saving again does.
func revision(b []byte, dictionnaire string) []byte {
	at := len(b)
	first := bytes.LastIndex(b, []byte("xref\n0 "))
	return append(slices.Clone(b), "xref\n0 0\ntrailer\n<< /Prev "+itoa(first)+" "+dictionnaire+" >>\nstartxref\n"+itoa(at)+"\n%%EOF\n"...)
}

const aucun = Defaut(255)

// ASVS 5.2.2.
func TestExaminer(t *testing.T) {
	t.Parallel()
	pdf, png, jpg := corpus.PDF(2000), corpus.PNG(30, 20), corpus.JPG(30, 20)
	for _, c := range []struct {
		nom    string
		octets []byte
		genre  Genre
		defaut Defaut
	}{
		{"pdf", pdf, PDF, aucun},
		{"pdf with bytes before its header", append([]byte("junk\n"), pdf...), PDF, aucun},
		{"pdf with blanks after its end", append(slices.Clone(pdf), "\r\n\r\n\x00"...), PDF, aucun},
		{"pdf saved again", revision(pdf, "/Root 1 0 R"), PDF, aucun},
		{"pdf with a cross-reference stream", flux("<< /Type /XRef /Root 1 0 R /W [1 2 1] /ID [<00> (a\\)b)] >>"), PDF, aucun},
		{"pdf that says Encrypt in a string", flux("<< /Type /XRef /Root 1 0 R /Note (/Encrypt 3 0 R) /D << /Encrypt 1 >> >>"), PDF, aucun},
		{"pdf with a previous section at 0", remplacer(pdf, "/Root 1 0 R", "/Root 1 0 R /Prev 0"), PDF, aucun},
		{"pdf without its end", pdf[:len(pdf)-300], PDF, Tronque},
		{"pdf with the first half only", pdf[:len(pdf)/2], PDF, Tronque},
		{"pdf without startxref", remplacer(pdf, "startxref", "startxxxx"), PDF, Tronque},
		{"pdf with a hole", append(slices.Clone(pdf[:700]), pdf[900:]...), PDF, Abime},
		{"pdf without root", remplacer(pdf, "/Root", "/Riit"), PDF, Abime},
		{"pdf that refers to a section past its end", remplacer(pdf, "/Root 1 0 R", "/Root 1 0 R /Prev 99999"), PDF, Abime},
		{"pdf with a loop of sections", revision(pdf, "/Root 1 0 R /XRefStm "+itoa(len(pdf))), PDF, aucun},
		{"pdf whose stream is no section", flux("<< /Type /ObjStm /Root 1 0 R >>"), PDF, Abime},
		{"pdf encrypted", remplacer(pdf, "/Root 1 0 R", "/Root 1 0 R /Encrypt 5 0 R"), PDF, Chiffre},
		{"pdf encrypted, with a stream", flux("<< /Type /XRef /Root 1 0 R /Encrypt 3 0 R >>"), PDF, Chiffre},
		{"pdf encrypted before it was saved again", revision(remplacer(pdf, "/Root 1 0 R", "/Encrypt 5 0 R"), "/Root 1 0 R"), PDF, Chiffre},
		{"png", png, PNG, aucun},
		{"png with bytes after its end", append(slices.Clone(png), "more"...), PNG, aucun},
		{"png cut in its header", png[:20], PNG, Tronque},
		{"png without its end", png[:len(png)-12], PNG, Tronque},
		{"png cut in its data", png[:len(png)-40], PNG, Tronque},
		{"png with a byte changed", remplacer(png, "IDAT", "IDAX"), PNG, Abime},
		{"png of 400 million pixels", grand(), PNG, TropGrand},
		{"jpg", jpg, JPG, aucun},
		{"jpg with bytes after its end", append(slices.Clone(jpg), "camera"...), JPG, aucun},
		{"jpg of several scans", append(slices.Clone(jpg[:len(jpg)-2]), "\xFF\xC4\x00\x03x\xFF\xDA\x00\x02ab\xFF\x00c\xFF\xD0d\xFF\xFF\xD9"...), JPG, aucun},
		{"jpg cut in its second scan", append(slices.Clone(jpg[:len(jpg)-2]), "\xFF\xDA\x00\x02ab\xFF\x00"...), JPG, Tronque},
		{"jpg without image data", append(slices.Clone(jpg[:bytes.Index(jpg, []byte("\xFF\xDA"))]), "\xFF\xD9"...), JPG, Abime},
		{"jpg cut in its header", jpg[:30], JPG, Tronque},
		{"jpg cut in its data", jpg[:len(jpg)-10], JPG, Tronque},
		{"jpg without its end", jpg[:len(jpg)-2], JPG, Tronque},
		{"text", []byte("Bon de commande"), Autre, Inconnu},
		{"zip", []byte("PK\x03\x04"), Autre, Inconnu},
		{"nothing", nil, Autre, Vide},
		{"one byte too many", corpus.PDF(3_000_600), PDF, TropLourd},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			genre, f := Examiner(c.octets, Produire)
			if genre != c.genre {
				t.Errorf("%s is seen as %q, want %q", c.nom, genre, c.genre)
			}
			switch {
			case f == nil && c.defaut != aucun:
				t.Errorf("%s: no fault, want %q", c.nom, mots[c.defaut])
			case f != nil && f.Defaut != c.defaut:
				t.Errorf("%s: %v", c.nom, f)
			}
		})
	}
}

// The two sizes of a Mo: what we make is smaller than what we take.
func TestMo(t *testing.T) {
	t.Parallel()
	between := append(corpus.PDF(3_000_000-1000), make([]byte, 2000)...)
	if n := int64(len(between)); n <= Produire.MaxOctets || n > Accepter.MaxOctets {
		t.Fatalf("%d bytes are not between", n)
	}
	if _, f := Examiner(between, Produire); f == nil || f.Defaut != TropLourd {
		t.Errorf("made: %v, want too many bytes", f)
	}
	if _, f := Examiner(between, Accepter); f != nil && f.Defaut == TropLourd {
		t.Errorf("taken: %v", f)
	}
}

func TestFauteSaysWhat(t *testing.T) {
	t.Parallel()
	_, f := Examiner(grand(), Produire)
	if f == nil || !strings.Contains(f.Error(), "too many pixels (400000000)") {
		t.Errorf("Error = %v", f)
	}
}

// No bytes hang or break the examination, and the kind stays that of the first bytes.
func FuzzExaminer(f *testing.F) {
	pdf := corpus.PDF(600)
	for _, seed := range [][]byte{
		pdf, revision(pdf, "/Root 1 0 R"), flux("<< /Type /XRef /Root 1 0 R /ID [<00> (a\\)b)] /Prev 12 >>"),
		corpus.PNG(5, 5), corpus.JPG(5, 5), grand(), nil,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		genre, fault := Examiner(b, Accepter)
		if genre != Reconnaitre(b) {
			t.Errorf("%q, then %q", genre, Reconnaitre(b))
		}
		if genre == Autre && fault == nil {
			t.Error("what is no document passes")
		}
	})
}
