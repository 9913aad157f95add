// Package pieces receives the supporting documents of demandes, alone or in .zip archives, has them examined in a
// process of its own, matches them with the demandes of a deposit (§2.1, §3.3), and tells what is still missing.
package pieces

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"time"

	"guichet/archive"
	"guichet/internal/portail/db"
	"guichet/internal/portail/examen"
	"guichet/internal/portail/fichier"
	"guichet/modele"
)

// MaxArchive is the size that an archive may have, in bytes: 200 Mo.
var MaxArchive = archive.Accepter.MaxOctets

// Config is what the Service needs of the rest of the program. Antivirus and Programme may be left out.
type Config struct {
	Base       *db.Base
	Fichiers   *fichier.Magasin
	Maintenant func() time.Time
	Adresse    string // of the site, without a slash at its end

	// Inserer writes the job Examen in the transaction of what it follows from.
	Inserer func(ctx context.Context, tx *sql.Tx, e Examen) error
	// Corrigees are the bytes of the demandes of a deposit that were corrected since, by rank: the texts of documents are read beside what they say now
	// (may be nil).
	Corrigees func(ctx context.Context, depot int64) (map[int][]byte, error)
	// Ouverte tells whether documents of a demande in that state may still come, or be replaced.
	Ouverte func(etat string) bool
	// Completer leads demandes whose documents are all there from incomplete to complete, counters included.
	Completer func(ctx context.Context, tx *sql.Tx, fournisseur, depot int64, rangs []int) error
	// Toucher has who has read a demande read it again, when a document of it has come (may be nil).
	Toucher func(ctx context.Context, tx *sql.Tx, depot int64, rang int) error
	// Envoyer takes charge of a mail to those people of a supplier who want to know of documents, which are read on a page.
	Envoyer func(ctx context.Context, tx *sql.Tx, fournisseur int64, sujet, texte modele.Texte, page string) error

	// Refuser shows the page of a demande with what is wrong at the field of one of its documents (may be nil).
	Refuser func(w http.ResponseWriter, r *http.Request, numero, champ string, faute modele.Texte) error

	// Limite tells by when the documents of a deposit are expected (may be nil).
	Limite func(ctx context.Context, depot int64) (modele.Texte, error)

	// References of deposits and demandes, as people read them, and addresses of the pages of others.
	ImpID        func(depot int64) string
	LireImpID    func(string) (depot int64, ok bool)
	NumeroASP    func(depot int64, rang int) string
	AdresseDepot func(depot int64) string

	// Analyser looks for a virus in a document, and returns its name, "" for none; nil looks for nothing. An error
	// lets the document wait: it is never accepted unseen.
	Analyser  func(ctx context.Context, document io.Reader) (virus string, err error)
	Programme examen.Programme // who examines: nil for this program's own subcommand

	// Versions is how often one document may be sent, Octets what the archives and documents of one deposit may weigh;
	// maxVersions and maxOctets for 0.
	Versions int
	Octets   int64

	// Vue tells whether the agency has had a demande in hand since an instant: what it may have looked at is kept, though
	// another document takes its place. nil keeps all.
	Vue func(ctx context.Context, tx *sql.Tx, depot int64, rang int, depuis time.Time) (bool, error)

	// Utilise tells whether anything of the counter refers to a kept file; nil asks this room alone.
	Utilise func(ctx context.Context, sha string) (bool, error)
}

// Service receives documents. Safe for concurrent use.
type Service struct {
	Config
	travail  auTravail
	refusees aLiberer
}

// Nouveau makes a Service.
func Nouveau(c Config) *Service {
	c.Versions, c.Octets = cmp.Or(c.Versions, maxVersions), cmp.Or(c.Octets, maxOctets)
	return &Service{Config: c}
}

// Examen is the job that examines an archive.
type Examen struct {
	Archive int64 `json:"archive"`
}

// Kind names the job.
func (Examen) Kind() string { return "pieces.examen" }

// ErrInconnu says that there is no such thing, or that it is another supplier's.
var ErrInconnu = errors.New("no such deposit or document")

// The states of an Archive.
const (
	Recue    = "recue" // waits to be examined
	Examinee = "examinee"
	Refusee  = "refusee"
)

// The states of a Piece; Manquante has no row.
const (
	Manquante = "manquante"
	Remplacee = "remplacee"
)

// Archive is what was sent with a deposit: a .zip, or a document by itself.
type Archive struct {
	ID, Fournisseur, Depot, Compte int64
	Nom, SHA256                    string
	Taille                         int64
	Recu                           time.Time
	Etat                           string // Recue, Examinee, Refusee
	Code                           string
	Motif                          modele.Texte // why it was refused
	Bonnes, Mauvaises, Ecartees    int
	Deja                           int     // documents that had come before, alone or in another archive
	Ecarts                         []Ecart // what was set aside, the first MaxEcarts
	DejaRecue                      bool    // the same bytes had come before: this is that Archive
	Place                          Place
	Entree                         string // which document of the archive was meant for Place, "" for the file itself
}

// Place is where a document was sent to, whatever its name; SansPlace lets its names tell.
type Place struct {
	Rang int    // of the demande in the file, from 0
	Type string // typeFichier
}

// SansPlace is no place.
var SansPlace = Place{Rang: -1}

// Ecart is a document that was set aside.
type Ecart struct {
	Ordre     int // in its archive, from 1
	Nom, Code string
	Motif     modele.Texte
	Proche    string // the expected name that is nearest
}

// MaxEcarts is how many documents set aside are kept of one archive; the others are counted.
const MaxEcarts = 500

// Piece is a document that a demande expects, and what came of it.
type Piece struct {
	Rang      int // of its demande in the file, from 0
	Numero    string
	Type      string // typeFichier
	Attendu   string // nomFichier
	Format    string // formatFichier
	Etat      string // Manquante, Recue, Refusee
	Code      string
	Motif     modele.Texte // why it was refused
	Nom       string       // as it came
	SHA256    string
	Taille    int64
	Recu      time.Time
	EtatDepot string // state of its demande
	Close     bool   // its demande takes no documents
	EnExamen  bool   // a document that was sent for this place is being examined
}
