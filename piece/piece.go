// Package piece judges one supporting document by its content (§2.1, §3.3): what it is, whether it is whole,
// and whether an agent will be able to open it. Nothing is decoded beyond what these questions need.
package piece

import (
	"fmt"
	"path"
	"strings"
)

// Genre is what a document is, by its content.
type Genre uint8

// The kinds of documents of §3.2; Autre is anything else.
const (
	Autre Genre = iota
	PDF
	PNG
	JPG
)

// Nommer gives a name the extension of the format that the content was found to have.
func (g Genre) Nommer(nom string) string {
	ext := strings.ToLower(path.Ext(nom))
	propre := "." + strings.ToLower(g.String())
	if propre == "." || ext == propre || propre == ".jpg" && ext == ".jpeg" {
		return nom
	}
	return nom + propre
}

// String returns the word of formatFichier, empty for Autre.
func (g Genre) String() string { return [...]string{"", "PDF", "PNG", "JPG"}[g] }

// Limites bound a document.
type Limites struct {
	MaxOctets int64
	MaxPixels int64 // width times height: a picture of 439 KB can ask for 1.2 GB of memory
}

// maxPixels is three times a page of A4 at 600 dots per inch.
const maxPixels = 100_000_000

// Produire bounds the documents that we make, Accepter those that we are given: §2.1 says 3 Mo without
// saying which.
var (
	Produire = Limites{MaxOctets: 3_000_000, MaxPixels: maxPixels}
	Accepter = Limites{MaxOctets: 3 << 20, MaxPixels: maxPixels}
)

// Defaut is why a document cannot be deposited.
type Defaut uint8

// The faults, in the order in which they are looked for.
const (
	TropLourd Defaut = iota // more bytes than a document may have
	Vide                    // no byte at all
	Inconnu                 // neither PDF, nor PNG, nor JPG
	Tronque                 // the end is missing
	Abime                   // a part that must be there is missing or contradicts another one
	Chiffre                 // protected by a password or by rights
	TropGrand               // a picture of more pixels than MaxPixels
)

var mots = [...]string{"too many bytes", "empty", "neither PDF, PNG nor JPG", "truncated", "damaged", "encrypted", "too many pixels"}

// Faute is the first fault of a document. Lieu says where, for a reader of the format: a byte offset, or
// the name of the part.
type Faute struct {
	Defaut Defaut
	Nombre int64 // bytes or pixels, where there are too many
	Lieu   string
}

// Error tells the fault, for logs.
func (f *Faute) Error() string {
	s := "document: " + mots[f.Defaut]
	if f.Nombre > 0 {
		s += fmt.Sprintf(" (%d)", f.Nombre)
	}
	if f.Lieu != "" {
		s += ": " + f.Lieu
	}
	return s
}

// Reconnaitre tells what a document is by its first bytes.
func Reconnaitre(octets []byte) Genre {
	switch {
	case entetePDF(octets) >= 0:
		return PDF
	case hasPrefix(octets, signaturePNG):
		return PNG
	case hasPrefix(octets, "\xFF\xD8\xFF"):
		return JPG
	}
	return Autre
}

// Examiner tells what a document is, and its first fault, nil for none. Octets may stop one byte after
// MaxOctets: a document that is too large is not looked into.
func Examiner(octets []byte, l Limites) (Genre, *Faute) {
	g := Reconnaitre(octets)
	switch {
	case int64(len(octets)) > l.MaxOctets:
		return g, &Faute{Defaut: TropLourd, Nombre: int64(len(octets))}
	case len(octets) == 0:
		return g, &Faute{Defaut: Vide}
	}
	switch g {
	case PDF:
		return g, examinerPDF(octets)
	case PNG:
		return g, examinerPNG(octets, l.MaxPixels)
	case JPG:
		return g, examinerJPG(octets, l.MaxPixels)
	}
	return g, &Faute{Defaut: Inconnu}
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}
