// Package depot takes the files of demandes that suppliers deposit: it keeps their bytes, makes the two controls
// of §1.2, stores what they accept, and gives back the returned file and the receipt.
package depot

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"runtime"
	"sync/atomic"
	"time"

	"guichet/controle"
	"guichet/diag"
	"guichet/internal/portail/accuse"
	"guichet/internal/portail/brouillon"
	"guichet/internal/portail/db"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/tour"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// MaxOctets is the size that a file of demandes may have: 20 Mo.
const MaxOctets = 20 << 20

// The types of a deposit. That of the balance is known, and not taken yet.
const (
	Avance = "avance"
	Solde  = "solde"
)

// Incomplete is the state of an accepted demande until its documents have come.
const Incomplete = "incomplete"

// Envoi is what a supplier sends.
type Envoi struct {
	Fournisseur int64 // for whom
	Compte      int64 // who sends it
	Mandataire  int64 // the supplier who deposits for Fournisseur, 0 for itself
	Type        string
	NumeroAns   string // as declared
	Nom         string // of the file
	Corps       io.Reader
	Taille      int64 // as announced, 0 when it is not known
}

// Depot is a file that was controlled.
type Depot struct {
	ID                              int64 // 0 for a control
	Fournisseur, Compte, Mandataire int64
	Type, NumeroAns, Edition, Nom   string
	SHA256                          string
	Taille                          int64
	Recu                            time.Time
	Verdict                         diag.Verdict
	Demandes, Acceptees             int
	Incompletes                     int
	Reponse                         Reponse
	Mentions                        int64 // what its receipt says of the agency
	DejaDepose                      bool  // the same file was deposited before: this is that deposit

	connu Connu
	jeton string // by which a control is asked for
}

// Reponse is what was answered, in the words of that day.
type Reponse struct {
	Fichier *Refus  `json:"fichier,omitempty"` // why the first control rejected the file
	Accepte string  `json:"accepte,omitempty"` // the libelleTraitement of accepted demandes
	Refus   []Refus `json:"refus,omitempty"`   // the refused demandes, in the order of the file
}

// Refus is the answer to one demande that was refused.
type Refus struct {
	Rang    int    `json:"rang"` // index in the file, from 0
	Code    string `json:"code"`
	Libelle string `json:"libelle"`
}

// Controle tells whether it is a control: nothing of it is stored.
func (d *Depot) Controle() bool { return d.jeton != "" }

// Jeton is the name by which a control is asked for, "" for a deposit.
func (d *Depot) Jeton() string { return d.jeton }

// ImpID returns the reference of the deposit.
func (d *Depot) ImpID() string { return ImpID(d.ID) }

// NumeroASP returns the number of the accepted demande of index rang.
func (d *Depot) NumeroASP(rang int) string { return NumeroASP(d.ID, rang) }

// Traitee tells whether the second control took place.
func (d *Depot) Traitee() bool { return d.Verdict != diag.Rejete && d.Verdict != diag.Illisible }

// Traitement returns codeTraitement and libelleTraitement of the demande of index rang, as they were given.
func (d *Depot) Traitement(rang int) (code, libelle string) {
	for _, r := range d.Reponse.Refus {
		if r.Rang == rang {
			return r.Code, r.Libelle
		}
	}
	return controle.CodeAccepte, d.Reponse.Accepte
}

// Refuse says why a deposit is not taken at all: nothing of it is kept.
type Refuse struct{ modele.Texte }

// Error tells it in English, for logs.
func (r Refuse) Error() string { return "deposit refused: " + r.En }

// ErrInconnu says that there is no such deposit, or that it is not that supplier's.
var ErrInconnu = errors.New("no such deposit")

// Service takes deposits. Safe for concurrent use.
type Service struct {
	base        *db.Base
	fichiers    *fichier.Magasin
	brouillons  *brouillon.Magasin
	modele      *modele.Modele
	maintenant  func() time.Time
	registres   Registres
	apres       func(ctx context.Context, tx *sql.Tx, d *Depot) error
	archives    *Archives
	receptions  *tour.File[int64] // of suppliers, for files that come in
	tours       *tour.File[int64] // and for those that are controlled
	places      chan *place
	processeurs int // when the service was opened
	demandes    db.Insertion
	numeros     db.Insertion
	esms        db.Insertion
	filtre      filtre
	enCours     atomic.Int64 // files that come in, are controlled or stored
	arrivees    atomic.Int64 // deposits since RangerAuRepos looked last
	attendent   atomic.Int64 // deposits whose ESMS wait for their places
	mentions    int64        // those of the deposits that come now
	adresse     string
	incompletes func(ctx context.Context, fournisseur int64) (int, error)
	attente     func(ctx context.Context, d *Depot) (Attente, error)
}

// Attente is what a deposit expects of documents now.
type Attente struct {
	Manquent int // documents that are still expected
	Ouvertes int // demandes that take documents
}

// Options are what a Service needs. Registres, Apres and Incompletes may be nil.
type Options struct {
	Base       *db.Base
	Fichiers   *fichier.Magasin
	Brouillons *brouillon.Magasin // files that are controlled, and not deposited
	Maintenant func() time.Time
	Registres  Registres
	// Apres adds to the transaction of a deposit: the jobs that follow from it.
	Apres    func(ctx context.Context, tx *sql.Tx, d *Depot) error
	Archives *Archives       // nil when the form takes the file alone
	Mentions accuse.Mentions // what receipts say of the agency from now on
	Adresse  string          // of the site, without a slash at its end
	// Incompletes counts the demandes of a supplier that lack documents, in all its deposits.
	Incompletes func(ctx context.Context, fournisseur int64) (int, error)
	// Attente counts what a deposit expects of documents (may be nil).
	Attente func(ctx context.Context, d *Depot) (Attente, error)
}

// Ouvrir makes a Service.
func Ouvrir(ctx context.Context, o Options) (*Service, error) {
	s := &Service{
		base: o.Base, fichiers: o.Fichiers, brouillons: o.Brouillons, maintenant: o.Maintenant, registres: o.Registres, apres: o.Apres, archives: o.Archives,
		modele: ms1dui.Courante(), demandes: insertionDemandes(), numeros: insertionNumeros(), esms: insertionESMS(),
		processeurs: runtime.GOMAXPROCS(0), adresse: o.Adresse, incompletes: o.Incompletes, attente: o.Attente,
	}
	if s.registres == nil {
		s.registres = aucun{}
	}
	s.ouvrirPlaces()
	if err := s.garderMentions(ctx, o.Mentions); err != nil {
		return nil, err
	}
	for _, i := range []*db.Insertion{&s.demandes, &s.numeros, &s.esms} {
		i.Preparer(s.base.Dialecte)
	}
	return s, nil
}
