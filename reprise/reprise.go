// Package reprise reads the files that the portal returns (§1.2, step 5) and makes the retry file of them: the
// rejected demandes alone, under new numbers, ready to be deposited again. It reads what it can: a code that
// nobody knows or a line that makes no sense is kept as it is, flagged, and never keeps the others back.
package reprise

import (
	"errors"
	"fmt"

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

	baliseBeneficiaires  = "beneficiaires"
	baliseEtablissements = "etablissementsClients"
	baliseOG             = "FINESSJuridique"
	baliseESMS           = "FINESSGeos"
)

// Etat is what the portal answered to a demande.
type Etat uint8

// The answers.
const (
	SansReponse Etat = iota // no code: the portal did not say
	Acceptee                // code "0000" with its label, and a numeroASP
	Rejetee                 // another code with its label, and no numeroASP
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
	FINESS        []string       // its OGs and their ESMS, sorted
	Nommees       bool           // each of its documents is named after its number

	noeud uint32 // 0: not an object
	objet int    // its rank among the objects of the array
}

// Retour is a returned file.
type Retour struct {
	ImpID, NumeroAns, SIRET string
	Demandes                []Demande
	Remarques               []modele.Texte // what is odd about the file
	Coupe                   bool           // reading stopped before the end: demandes may be missing

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
// are kept, and a remark says so. It fails when there is no demande to read ([*Etranger], [*Illisible],
// ErrSansDemandes), no answer in any (ErrPasRetour), when the answers are simulated (ErrSimule), and when nobody can
// tell whose they are ([*ErreurDouble]).
func Lire(m *modele.Modele, octets []byte, l jsondoc.Limits) (*Retour, error) {
	r := &Retour{modele: m, limites: l}
	if err := etranger(octets); err != nil {
		return nil, err
	}
	octets = r.enUTF8(octets)
	doc, err := jsondoc.NewParser(vocabulaire(m), l).Parse(octets)
	r.doc = doc
	if len(doc.Nodes) > 0 {
		r.entete()
	}
	if arret := new(jsondoc.Error); errors.As(err, &arret) {
		p := doc.Position(arret.Offset)
		if len(r.Demandes) == 0 {
			return nil, &Illisible{p.Line, p.Column, err}
		}
		r.Coupe = true
		r.remarquer("la lecture s'arrête ligne %d, colonne %d : la suite n'est pas lue",
			"reading stops at line %d, column %d: what follows is not read", p.Line, p.Column)
	}
	return r, r.verifier()
}

// verifier tells what keeps a file that was read from being a returned one.
func (r *Retour) verifier() error {
	switch {
	case len(r.Demandes) == 0:
		return ErrSansDemandes
	case r.simule():
		return ErrSimule
	case !r.repondu():
		return ErrPasRetour
	}
	if balise := r.double(0, baliseImpID, baliseAns, baliseSIRET, r.modele.Lignes); balise != "" {
		return &ErreurDouble{balise}
	}
	r.doublons()
	return nil
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
