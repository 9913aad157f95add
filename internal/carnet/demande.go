package carnet

import (
	"encoding/json"
	"fmt"
	"time"
)

// Etat is how far a demande is. The portal and people may use other words: they are kept as they are.
type Etat string

// The states that the ledger gives itself.
const (
	Preparee    Etat = "préparée"
	Deposee     Etat = "déposée"      // the supplier says so
	SansReponse Etat = "sans réponse" // its file was returned, and says nothing of it
	Acceptee    Etat = "acceptée"
	Rejetee     Etat = "rejetée"
	Remplacee   Etat = "remplacée" // rejected or changed, and sent under another number
	Annulee     Etat = "annulée"   // taken back before it was deposited; its number stays used
)

// Compte tells whether a demande in this state counts: not one that another has replaced, nor one taken back.
func (e Etat) Compte() bool { return e != Remplacee && e != Annulee }

// Attend tells whether the portal has not answered yet.
func (e Etat) Attend() bool { return e == Preparee || e == Deposee || e == SansReponse }

// poids says which state wins when returned files come in any order: what the portal said later in the life of a
// demande is never undone by what it said before.
func (e Etat) poids() int {
	switch e {
	case Preparee, Annulee: // what is answered all the same was deposited
		return 0
	case Deposee:
		return 1
	case SansReponse:
		return 2
	case Rejetee:
		return 3
	case Remplacee:
		return 4
	case Acceptee:
		return 5
	}
	return 6 // incomplète, validée, à modifier, décidée, payée …
}

// Demande is what the ledger keeps of one demande.
type Demande struct {
	Numero    string // numeroEditeur
	NumLigne  int
	Reference string // of the order, in the supplier's own words
	OGs       []OG
	Montant   int64 // cents, without tax
	Regime    string
	Pieces    []Piece
	Remplace  string // the number of the demande that this one sends again, rejected or set aside; "" for none
	Source    string // the table that it was prepared from, an absolute path; "" for none
	Feuille   string // its sheet
	Empreinte string // a digest of its values in the table, whatever its number is
	// Incertaine says of a demande that is sent again that its values may not be those of the former one: it inherits no
	// digest, and the table is compared with its file.
	Incertaine bool
}

// OG is an organisation and its ESMS, by their FINESS numbers.
type OG struct {
	FINESS string   `json:"finess"`
	ESMS   []string `json:"esms"`
}

// Piece is a document: its name by the norm, and the supplier's own file that it is a copy of.
type Piece struct {
	Type   string `json:"type"`
	Nom    string `json:"nom"`
	Chemin string `json:"chemin"`
	SHA256 string `json:"sha256"`
	Taille int64  `json:"taille,omitempty"`  // of the supplier's file when it was read
	Change int64  `json:"modifie,omitempty"` // when that was changed last, in microseconds since 1970
}

// Suivie is a demande of the ledger with what became of it.
type Suivie struct {
	Demande
	Fichier      string // the JSON file
	ImpID        string
	Etat         Etat
	RemplaceePar string
	NumeroASP    string
	Code         string // codeTraitement, as it was returned
	Libelle      string // libelleTraitement
	Preparee     time.Time
}

// Evenement is a line of the history of a demande.
type Evenement struct {
	Instant time.Time
	Genre   Genre
	Fichier string // what Genre speaks of
	Texte   string // verbatim, from outside
}

// Genre is a sort of event.
type Genre string

// The sorts of events.
const (
	GenrePrepare       Genre = "prepare"       // the file was made
	GenreDepot         Genre = "depot"         // the supplier says that the file was deposited
	GenreEtat          Genre = "etat"          // a returned file gave a state: Texte
	GenreRetour        Genre = "retour"        // a returned file says something else, kept: Texte
	GenreRemplacement  Genre = "remplacement"  // sent again as Texte
	GenreAnnulation    Genre = "annulation"    // taken back before it was deposited
	GenreDeplacement   Genre = "deplacement"   // moved from the file Texte, which was set aside
	GenreContradiction Genre = "contradiction" // a returned file says Texte, after something later was known
	GenreRevirement    Genre = "revirement"    // a final answer was given up for that of a returned file, as asked: Texte
	GenreLigne         Genre = "ligne"         // a line of a returned file that no demande has: Texte, after the file's name
	GenreEcart         Genre = "ecart"         // what sent it again, in the file Texte, was set aside: it is rejected as before
	GenreAbsent        Genre = "absent"        // the file was not found after an interruption
)

// enJSON writes a value that marshals: lists of texts.
func enJSON(v any) string {
	texte, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(texte)
}

func (s *Suivie) decoder(ogs, pieces string, instant int64) error {
	s.Preparee = time.UnixMicro(instant).UTC()
	if err := json.Unmarshal([]byte(ogs), &s.OGs); err != nil {
		return fmt.Errorf("read the OGs of demande %s: %w", s.Numero, err)
	}
	if err := json.Unmarshal([]byte(pieces), &s.Pieces); err != nil {
		return fmt.Errorf("read the documents of demande %s: %w", s.Numero, err)
	}
	return nil
}
