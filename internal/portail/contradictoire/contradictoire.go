// Package contradictoire is where suppliers are heard before a decision: when several claim the same ESMS (a contestation, one decision for
// all of them), and when an award that was notified may be taken back (CRPA, art. L121-1 and L122-1).
package contradictoire

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"net/http"
	"strconv"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Genre is what a procedure is about.
type Genre string

// The two.
const (
	Contestation Genre = "contestation"
	Retrait      Genre = "retrait"
)

// Nom is what people read.
func (g Genre) Nom() modele.Texte {
	if g == Retrait {
		return modele.Texte{Fr: "Retrait envisagé", En: "Withdrawal considered"}
	}
	return modele.Texte{Fr: "Contestation d'ESMS", En: "Contested ESMS"}
}

// lettre is the letter that opens it.
func (g Genre) lettre() lettre.Genre {
	if g == Retrait {
		return lettre.RetraitEnvisage
	}
	return lettre.Contestation
}

// Etat is how far a procedure has come, as the database keeps it.
type Etat string

// The states. A withdrawal is proposed by being opened: it goes from Ouverte to Decidee.
const (
	Ouverte  Etat = "ouverte"
	Proposee Etat = "proposee" // one decision for all, which somebody else decides
	Decidee  Etat = "decidee"  // to be notified
	Close    Etat = "close"
)

// Issue is what becomes of a demande: what a decision may come to, or that an award is kept.
type Issue string

// Maintien keeps the award of a demande.
const Maintien Issue = "maintien"

// JoursContestation is how many working days suppliers have to answer a contestation.
const JoursContestation = 10

// Message is what a supplier answers, in the thread of its demande; Fil 0 for a new one. Avec does more in its transaction; deja says that the message was there already.
type Message struct {
	Auteur  compte.Identite
	Fil     int64
	Demande etat.Cle
	Sujet   string
	Avec    func(ctx context.Context, tx *sql.Tx, fil int64, deja bool) error
}

// Observation is something that was written in that thread.
type Observation struct {
	Instant time.Time
	Qui     string
	Agence  bool
	Texte   string
	Piece   web.Lien // its document; without an address for none
}

// Config is what the procedures need of the rest of the program.
type Config struct {
	Base       *db.Base
	Maintenant func() time.Time
	Adresse    string // of the site, without a slash at its end
	Rappels    []int  // days before the last day on which suppliers are reminded
	Jours      int    // that a supplier has to answer before a withdrawal; 15 for 0
	Decisions  *decision.Service
	Examens    *instruction.Service
	Courriers  *courrier.Service

	NumeroASP     func(depot int64, rang int) string
	LireNumeroASP func(string) (depot int64, rang int, ok bool)
	// Autres are the other demandes that claim ESMS of one.
	Autres func(ctx context.Context, c etat.Cle) ([]instruction.Autre, error)
	// Destinataires are the people of a supplier to whom letters are sent; Envoyer takes charge of a mail, in the transaction of what it tells.
	Destinataires func(ctx context.Context, tx *sql.Tx, fournisseur int64, g compte.GenreCourriel) ([]compte.Destinataire, error)
	Envoyer       func(ctx context.Context, tx *sql.Tx, c compte.Courriel) error
	// Ecrire reads a message from a form, and writes it; what is wrong is noted in the form. Messages are those of a thread.
	Ecrire   func(r *http.Request, f *web.Formulaire, m Message) error
	Messages func(ctx context.Context, i compte.Identite, fil int64) ([]Observation, error)
	// Lettre is the letter of a decision that is proposed, as auteur would sign it.
	Lettre func(ctx context.Context, d *decision.Decision, auteur int64) (*instruction.Lettre, error)
}

// Service hears suppliers. It is safe for concurrent use.
type Service struct{ Config }

// Nouveau makes the service.
func Nouveau(c Config) *Service {
	c.Jours = cmp.Or(c.Jours, 15)
	return &Service{c}
}

// Procedure is one, with its demandes.
type Procedure struct {
	ID         int64
	Genre      Genre
	Etat       Etat
	Motifs     []string // references of the catalogue
	Texte      string
	OuvertPar  int64
	Ouvert     time.Time
	Limite     time.Time // the last day to answer
	ProposePar int64
	Propose    time.Time
	DecidePar  int64
	Decide     time.Time
	Clos       time.Time
	Cause      string // why it was closed without a decision
	Version    int64  // grows with what somebody who decides should have read: of the procedure, and of each of its demandes
	Parties    []Partie
	acte       string // what the journal calls what is done of it, where that is not what was asked for
}

// Partie is a demande of a procedure.
type Partie struct {
	etat.Cle
	Fournisseur   int64
	NumeroASP     string
	RaisonSociale string
	ESMS          []string
	Fil           int64
	Repondu       time.Time // when its supplier said that its answer is whole; zero for not
	Issue         Issue
	Decision      int64
	Fin           time.Time // when its part ended; zero for not
	version       int64     // of its file
}

// Reference is what people call it: "PC-000012".
func (p *Procedure) Reference() string {
	n := strconv.FormatInt(p.ID, 10)
	return "PC-" + "000000"[:max(0, 6-len(n))] + n
}

// ErrInconnue says that there is no such procedure.
var ErrInconnue = errors.New("no such procedure")

// ErrChangee says that a procedure, or a demande of it, is not what was read.
var ErrChangee = refuser("La procédure a changé depuis que vous l'avez lue : relisez-la. Rien n'est fait.", "The procedure has changed since you read it: read it again. Nothing is done.")

func refuser(fr, en string) error { return decision.Refuser(fr, en) }

func (s *Service) instant() int64 { return db.Instant(s.Maintenant()) }
