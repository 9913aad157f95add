// Package reprise reads the files that the portal returns (§1.2, step 5) and makes the retry file of them: the
// rejected demandes alone, under new numbers, ready to be deposited again. It reads what it can: a code that
// nobody knows or a line that makes no sense is kept as it is, flagged, and never keeps the others back.
package reprise

import (
	"errors"
	"fmt"

	"guichet/controle"
	"guichet/jsondoc"
	"guichet/modele"
)

// Tags that the portal reads or fills in (§3.2), and those that carry the number of a demande.
const (
	baliseImpID     = "impId"
	baliseAns       = "numeroAns"
	baliseSIRET     = "SIRET"
	baliseLigne     = "numLigne"
	baliseNumeroASP = "numeroASP"
	baliseNumero    = "numeroEditeur"
	baliseCode      = "codeTraitement"
	baliseLibelle   = "libelleTraitement"
	balisePieces    = "piecesJustificatives"
	baliseNom       = "nomFichier"
	baliseFormat    = "formatFichier"
	baliseType      = "typeFichier"
)

// Etat is what the portal answered to a demande.
type Etat uint8

// The answers.
const (
	SansReponse Etat = iota // no code: the portal did not say
	Acceptee                // code "0000", or a numeroASP without a code
	Rejetee                 // another code
	Ambigue                 // an answer that contradicts itself, or that nobody can tie to a demande
)

// String returns the stable word of the JSON output.
func (e Etat) String() string {
	return [...]string{"sansReponse", "acceptee", "rejetee", "ambigue"}[e]
}

// MarshalText writes the stable word.
func (e Etat) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// Demande is one line of a returned file. Texts are those of the file: a number or a word that stands where a
// text should is kept as it is written; null and "" are empty.
type Demande struct {
	Rang          int // in the file, from 0
	Ligne         int // of the file, from 1
	NumLigne      string
	NumeroEditeur string
	NumeroASP     string
	Code          string // codeTraitement
	Libelle       string // libelleTraitement
	Etat          Etat
	Remarques     []modele.Texte // what is odd about the line
	Texte         string         // the line as the file has it, where no number tells whose it is; at most 64 kB

	noeud uint32 // 0: not an object
	objet int    // its rank among the objects of the array
}

// Retour is a returned file.
type Retour struct {
	ImpID, NumeroAns, SIRET string
	Demandes                []Demande
	Remarques               []modele.Texte // what is odd about the file

	modele  *modele.Modele
	doc     *jsondoc.Document
	limites jsondoc.Limits
	lignes  uint32 // the array of demandes
}

// ErrPasRetour says that the portal has filled in nothing: the file is the one that was deposited, or a draft.
var ErrPasRetour = errors.New("not a returned file: the portal has filled in none of its tags")

// ErrSansDemandes says that the file has no array of demandes, or an empty one.
var ErrSansDemandes = errors.New("no demandes in the file")

// Illisible says where reading stopped before a whole demande was read.
type Illisible struct {
	Ligne, Colonne int
	Err            error
}

// Error tells the place in English, for logs.
func (e *Illisible) Error() string {
	return fmt.Sprintf("not readable as JSON at line %d, column %d: %v", e.Ligne, e.Colonne, e.Err)
}

// Unwrap returns what the reader said.
func (e *Illisible) Unwrap() error { return e.Err }

// Lire reads a returned file, in UTF-8 or in the encoding of Windows. Where reading stops, the demandes before
// are kept, and a remark says so. It fails when there is no demande to read (Illisible, ErrSansDemandes), or
// no answer in any (ErrPasRetour).
func Lire(m *modele.Modele, octets []byte, l jsondoc.Limits) (*Retour, error) {
	r := &Retour{modele: m, limites: l}
	octets = r.enUTF8(octets)
	doc, err := jsondoc.NewParser(vocabulaire(m), l).Parse(octets)
	r.doc = doc
	if len(doc.Nodes) > 0 {
		r.entete()
	}
	var arret *jsondoc.Error
	if errors.As(err, &arret) {
		p := doc.Position(arret.Offset)
		if len(r.Demandes) == 0 {
			return nil, &Illisible{p.Line, p.Column, err}
		}
		r.remarquer("la lecture s'arrête ligne %d, colonne %d : les demandes suivantes ne sont pas lues",
			"reading stops at line %d, column %d: the demandes after it are not read", p.Line, p.Column)
	}
	switch {
	case len(r.Demandes) == 0:
		return nil, ErrSansDemandes
	case !r.repondu():
		return nil, ErrPasRetour
	}
	return r, nil
}

func (r *Retour) remarquer(fr, en string, args ...any) {
	r.Remarques = append(r.Remarques, texte(fr, en, args...))
}

func texte(fr, en string, args ...any) modele.Texte {
	return modele.Texte{Fr: fmt.Sprintf(fr, args...), En: fmt.Sprintf(en, args...)}
}

// repondu tells whether the portal has filled in anything.
func (r *Retour) repondu() bool {
	if r.ImpID != "" {
		return true
	}
	for i := range r.Demandes {
		if d := &r.Demandes[i]; d.NumeroASP != "" || d.Code != "" || d.Libelle != "" {
			return true
		}
	}
	return false
}

// Rejetees lists the demandes that the portal rejected.
func (r *Retour) Rejetees() []*Demande {
	var rejetees []*Demande
	for i := range r.Demandes {
		if r.Demandes[i].Etat == Rejetee {
			rejetees = append(rejetees, &r.Demandes[i])
		}
	}
	return rejetees
}

// accepte tells whether a code is that of an accepted demande; a program that took it for a number has lost
// zeros.
func accepte(code string) bool {
	for _, c := range code {
		if c != '0' {
			return false
		}
	}
	return code != "" && len(code) <= len(controle.CodeAccepte)
}
