// Package examen examines what a supplier has sent in a process of its own: a hostile archive can take no more
// than that process's time and memory, and when it dies the counter goes on.
//
// The process is this very program. It gets a Question on its standard input and the file as descriptor 3, on
// Windows as a handle that it inherits; it answers with lines of JSON, and each document that can be accepted follows
// its line, byte for byte.
package examen

import (
	"errors"
	"time"

	"guichet/modele"
)

// Commande is the hidden subcommand that runs Repondre.
const Commande = "examiner-archive"

// Question is what is to be examined, and what is expected of it.
type Question struct {
	Edition  string `json:"edition"`  // of the tag table
	Demandes []byte `json:"demandes"` // a file of demandes: the documents that they name are expected
	Nom      string `json:"nom"`      // of the archive or document, as its sender called it
	Taille   int64  `json:"taille"`   // bytes

	// Epreuve asks what the process can still do, and nothing else.
	Epreuve bool `json:"epreuve,omitempty"`

	// Pour is what somebody said of one document; nil lets names tell.
	Pour *Place `json:"pour,omitempty"`
}

// Place is the expected document that a file was sent for, whatever its name.
type Place struct {
	Piece  int    `json:"piece"`            // index among the expected documents
	Entree string `json:"entree,omitempty"` // of the archive, with its folder; "" for the file itself
}

// Genre is what an answer is about.
type Genre string

// The kinds of answers. Fin is the last one but for texts; without it the examination did not come to its end.
const (
	Bonne    Genre = "bonne"    // a document that is expected, and can be accepted
	Mauvaise Genre = "mauvaise" // a document that is expected, and cannot be accepted
	Ecartee  Genre = "ecartee"  // a document that nobody expects under that name
	Fermee   Genre = "fermee"   // the archive itself is not opened
	Fin      Genre = "fin"
	Lue      Genre = "lue" // what the text of a Bonne says; after Fin, or never
)

// Reponse is one line of the answer.
type Reponse struct {
	Genre   Genre        `json:"genre"`
	Piece   int          `json:"piece"`            // index among the expected documents, -1 for none
	Nom     string       `json:"nom,omitempty"`    // of the document, with its folder in the archive
	Format  string       `json:"format,omitempty"` // PDF, PNG, JPG
	Taille  int64        `json:"taille,omitempty"` // bytes that follow the line
	Code    string       `json:"code,omitempty"`   // of the rule that is broken
	Message modele.Texte `json:"message,omitzero"`
	Aide    modele.Texte `json:"aide,omitzero"`
	Proche  string       `json:"proche,omitempty"` // the expected name that is nearest
	Lu      *Lu          `json:"lu,omitempty"`     // with Lue
	Omises  int          `json:"omises,omitempty"` // with Fin: answers that were not written, there were too many
}

// ErrEchec says that the process died, took too long or answered nonsense: the archive could not be examined.
var ErrEchec = errors.New("the examination failed")

// What one examination may take.
const (
	delai       = 3 * time.Minute
	maxCPU      = 120       // seconds
	maxMemoire  = 512 << 20 // bytes of address space above what the program takes at its start
	maxReponses = 4000      // lines of things to say; a file names 400 documents at most
	maxLigne    = 64 << 10
)
