// Package archive reads .zip files that others made, and makes ours (§2.1). What is read is hostile until
// proven otherwise: the directory, the head of each entry and the place of its bytes are checked against
// each other before archive/zip opens anything.
package archive

import "fmt"

// Limites bound an archive.
type Limites struct {
	MaxOctets  int64 // the file itself
	MaxEntrees int
	MaxTotal   int64 // all entries, unpacked
	// Parties: the names are those of the parts of a workbook, of which no file is made. Some programs start them from
	// the root, or write the separator of Windows.
	Parties bool
}

// Produire bounds the archives that we make, Accepter those that we are given: §2.1 says 200 Mo without
// saying which. A file names at most 200 demandes of two documents each; documents are packed already, and
// do not come out of an archive much larger than they went in.
var (
	Produire = Limites{MaxOctets: 200_000_000, MaxEntrees: 10_000, MaxTotal: 1_000_000_000}
	Accepter = Limites{MaxOctets: 200 << 20, MaxEntrees: 10_000, MaxTotal: 1 << 30}
)

// Defaut is why an archive is not opened.
type Defaut uint8

// The faults, in the order in which they are looked for.
const (
	TropLourde      Defaut = iota // more bytes than an archive may have
	Illisible                     // no .zip, cut short, or of a kind that documents have no use for
	TropEntrees                   // more entries than MaxEntrees
	Chiffree                      // an entry is protected by a password
	CheminDangereux               // a name leads out of the folder, or cannot be a name everywhere
	Speciale                      // a link or device instead of a file
	Doublon                       // two entries of one name
	TailleFausse                  // a declared size that the bytes contradict
	Recouvrement                  // two entries share bytes
	TropGrande                    // more bytes than MaxTotal, once unpacked
	Alteree                       // the bytes of an entry do not have its checksum
)

var mots = [...]string{
	"too many bytes", "not readable as .zip", "too many entries", "encrypted", "unsafe path", "not a plain file",
	"name given twice", "false size", "overlapping entries", "too large once unpacked", "altered",
}

// Faute is the first fault of an archive. Detail is for a reader of the format, in English.
type Faute struct {
	Defaut Defaut
	Entree string // name of the entry, empty for the archive itself
	Nombre int64  // bytes or entries, where there are too many
	Detail string
}

// Error tells the fault, for logs.
func (f *Faute) Error() string {
	s := "archive: " + mots[f.Defaut]
	if f.Nombre > 0 {
		s += fmt.Sprintf(" (%d)", f.Nombre)
	}
	if f.Entree != "" {
		s += fmt.Sprintf(": %q", f.Entree)
	}
	if f.Detail != "" {
		s += ": " + f.Detail
	}
	return s
}

func illisible(detail string) *Faute { return &Faute{Defaut: Illisible, Detail: detail} }
