// Package suivi lets a supplier follow its demandes: lists, the page of each demande, its history, messages with
// the agency, withdrawals, exports and figures.
package suivi

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/antivirus"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/web"
	"guichet/modele"
	"guichet/referentiel"
)

// Cle names a demande.
type Cle = etat.Cle

// PieceJointe is a supporting document of a demande, as its page shows it.
type PieceJointe struct {
	Nom     string
	Type    string // typeFichier
	Adresse string // where it is seen; "" when it has not arrived
	Etat    modele.Texte
	Ton     string       // colour of Etat
	Motif   modele.Texte // why it was refused
	Envoyer string       // where it is sent, or replaced; "" while it cannot be
}

// Config is what the follow-up needs of the rest of the program. Those marked so may be nil.
type Config struct {
	Base       *db.Base
	Fichiers   *fichier.Magasin
	Analyser   antivirus.Analyser // of documents of messages
	Maintenant func() time.Time
	Adresse    string // of the site, without a slash at its end
	Delais     accuse.Delais

	NumeroASP     func(depot int64, rang int) string
	LireNumeroASP func(string) (depot int64, rang int, ok bool)
	// LirePartieASP reads the beginning of one: between which deposits and ranks it is, both included.
	LirePartieASP func(string) (depots [2]int64, rangs [2]int, ok bool)
	Modele        func(edition string) *modele.Modele       // nil for an edition that is not known
	Referentiels  func(ctx context.Context) referentiel.Jeu // the registers loaded now (may be nil)

	// Destinataires are the people of a supplier, or of the agency (0), who want a kind of mail.
	Destinataires func(ctx context.Context, tx *sql.Tx, fournisseur int64, g compte.GenreCourriel) ([]compte.Destinataire, error)
	// Envoyer takes charge of a mail in the transaction of what it tells.
	Envoyer func(ctx context.Context, tx *sql.Tx, c compte.Courriel) error

	// Homonymes are those of some names that one of the agency's people has, too (may be nil).
	Homonymes func(ctx context.Context, noms []string) ([]string, error)

	// Suivre is told of the steps that demandes take, in the transaction that takes them (may be nil).
	Suivre func(ctx context.Context, tx *sql.Tx, pas []etat.Passage) error

	// Toucher has who has read a demande read it again, in the transaction that changes something of it but its state (may be nil).
	Toucher func(ctx context.Context, tx *sql.Tx, c Cle) error

	// Charge is who of the agency holds a demande, 0 for nobody, and Examinent who examines. Where they are nil, all of the agency is told of what
	// suppliers say.
	Charge    func(ctx context.Context, tx *sql.Tx, c Cle) (int64, error)
	Examinent func(ctx context.Context, q db.Lecteur) ([]int64, error)

	// RefusSansReponse says that a refusal is proposed where nobody answers the agency in time.
	RefusSansReponse bool

	// Recontroler makes the controls of a deposit on one of its demandes alone, whose bytes are given.
	Recontroler func(ctx context.Context, fournisseur, depot int64, demande []byte, l modele.Langue) (*Recontrole, error)
	// Reclamer has a demande claim other ESMS than before.
	Reclamer func(ctx context.Context, tx *sql.Tx, c Cle, avant, apres []string) error

	// Relire has the documents of a demande read again beside its other values, in the transaction that gives it those (may be nil).
	Relire func(ctx context.Context, tx *sql.Tx, fournisseur int64, c Cle) error

	// Pieces lists the documents that a demande announces, with where to see them (may be nil).
	Pieces func(ctx context.Context, fournisseur int64, c Cle) ([]PieceJointe, error)
	// Lettres are the letters on a demande that its supplier may read (may be nil).
	Lettres func(ctx context.Context, c Cle) ([]web.Lien, error)
	// Attribuee is the award of a demande that was notified and stands: its number and what was granted, "" for none (may be nil).
	Attribuee func(ctx context.Context, c Cle) (reference string, montant int64, err error)
	// Courrier is the letter of what was just asked for, in the transaction that asks: what its mail says of it, and by what name it carries it (may be nil).
	Courrier func(ctx context.Context, tx *sql.Tx, c Cle) (dit modele.Texte, sur string, err error)
	// Entendre are the procedures in which the supplier is heard on a demande (may be nil).
	Entendre func(ctx context.Context, c Cle) ([]web.Lien, error)
	// AdresseDepot is the page of a deposit, AdressePieces that where documents are sent (may be nil).
	AdresseDepot, AdressePieces func(depot int64) string
	// AFaire are what else waits for a person (may be nil).
	AFaire func(ctx context.Context, i compte.Identite) ([]web.Lien, error)
}

// Service follows demandes. It is safe for concurrent use.
type Service struct{ Config }

// Nouveau makes the service.
func Nouveau(c Config) *Service {
	c.Delais = cmp.Or(c.Delais, accuse.Usuels)
	if c.Referentiels == nil {
		c.Referentiels = func(context.Context) referentiel.Jeu { return referentiel.Jeu{} }
	}
	return &Service{c}
}

// ErrInconnue says that there is no such demande or thread, or that it is not that supplier's.
var ErrInconnue = errors.New("no such thing")

// auteur is who a person is in the life of a demande.
func auteur(i compte.Identite) etat.Acteur {
	if i.DeAgence() {
		return etat.Agence
	}
	return etat.Fournisseur
}
