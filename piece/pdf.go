package piece

import (
	"bytes"
	"strconv"
)

// Where readers look for the two ends of a PDF (ISO 32000-1, annex H, implementation notes 13 and 18).
const (
	debutPDF = 1024
	finPDF   = 2048
)

// maxRevisions bounds the chain of cross-reference sections: each saving adds one.
const maxRevisions = 100

// entetePDF returns where the header of a PDF starts, -1 when there is none.
func entetePDF(b []byte) int {
	return bytes.Index(b[:min(len(b), debutPDF)], []byte("%PDF-"))
}

// examinerPDF checks the skeleton of a PDF from its end, as readers do: %%EOF, startxref, then each
// cross-reference section with its trailer, back to the first one. Objects and streams are not looked into:
// libraries that do so loop on damaged files.
func examinerPDF(b []byte) *Faute {
	tail := b[max(0, len(b)-finPDF):]
	eof := bytes.LastIndex(tail, []byte("%%EOF"))
	if eof < 0 {
		return &Faute{Defaut: Tronque, Lieu: "no %%EOF"}
	}
	start := bytes.LastIndex(tail[:eof], []byte("startxref"))
	if start < 0 {
		return &Faute{Defaut: Tronque, Lieu: "no startxref"}
	}
	l := lecteurPDF{b: tail, i: start + len("startxref")}
	offset, ok := l.entier()
	if !ok {
		return &Faute{Defaut: Abime, Lieu: "startxref"}
	}
	// Offsets count from the header, wherever it is.
	return examinerRevisions(b[entetePDF(b):], b, offset)
}

// examinerRevisions follows the chain of cross-reference sections from the newest one. Some programs count
// from the first byte of the file even where the header comes later.
func examinerRevisions(body, file []byte, offset int) *Faute {
	if !sectionAt(body, offset) && sectionAt(file, offset) {
		body = file
	}
	seen, root := map[int]bool{}, false
	for queue := []int{offset}; len(queue) > 0; {
		at := queue[0]
		queue = queue[1:]
		if seen[at] {
			continue
		}
		if seen[at] = true; len(seen) > maxRevisions {
			return &Faute{Defaut: Abime, Lieu: "too many cross-reference sections"}
		}
		t, ok := trailer(body, at)
		switch {
		case !ok:
			return &Faute{Defaut: Abime, Lieu: "cross-reference section at byte " + strconv.Itoa(at)}
		case t.chiffre:
			return &Faute{Defaut: Chiffre}
		}
		root = root || t.racine
		queue = append(queue, t.autres...)
	}
	if !root {
		return &Faute{Defaut: Abime, Lieu: "no /Root"}
	}
	return nil
}

func sectionAt(b []byte, offset int) bool {
	_, ok := trailer(b, offset)
	return ok
}

// finDeSection is what the trailer of one cross-reference section says.
type finDeSection struct {
	racine, chiffre bool
	autres          []int // the sections before and beside it
}

// trailer reads the trailer of the cross-reference section at an offset: after the table, or at the head of
// the stream that replaces it since PDF 1.5.
func trailer(b []byte, offset int) (t finDeSection, ok bool) {
	if offset < 0 || offset >= len(b) {
		return t, false
	}
	l := lecteurPDF{b: b, i: offset}
	stream := false
	if l.blancs(); l.mot("xref") {
		ok = l.table()
	} else {
		stream, ok = true, l.objet()
	}
	if !ok {
		return t, false
	}
	cles, ok := l.dictionnaire()
	if !ok || stream && string(cles["Type"]) != "/XRef" {
		return t, false
	}
	_, t.racine = cles["Root"]
	_, t.chiffre = cles["Encrypt"]
	for _, nom := range [...]string{"Prev", "XRefStm"} {
		if v, present := cles[nom]; present {
			n, err := strconv.Atoi(string(v))
			if err != nil {
				return t, false
			}
			if n > 0 { // programs write 0 for none
				t.autres = append(t.autres, n)
			}
		}
	}
	return t, true
}

// table passes over the subsections of a cross-reference table, up to the word trailer.
func (l *lecteurPDF) table() bool {
	for {
		if l.blancs(); l.mot("trailer") {
			return true
		}
		_, first := l.entier()
		n, second := l.entier()
		if !first || !second {
			return false
		}
		l.blancs()
		// Entries are 20 bytes; programs that end lines with one byte write 19.
		if l.i+19*n > len(l.b) || n > len(l.b) {
			return false
		}
		for range n {
			if !l.entree() {
				return false
			}
		}
	}
}

// entree passes over one entry: offset, generation, n or f.
func (l *lecteurPDF) entree() bool {
	_, first := l.entier()
	_, second := l.entier()
	l.blancs()
	if !first || !second || l.i >= len(l.b) || l.b[l.i] != 'n' && l.b[l.i] != 'f' {
		return false
	}
	l.i++
	return true
}

// objet passes over the head of an indirect object: number, generation, obj.
func (l *lecteurPDF) objet() bool {
	_, first := l.entier()
	_, second := l.entier()
	l.blancs()
	return first && second && l.mot("obj")
}
