// Package enrolement keeps what suppliers ask the agency for: to be enrolled, and later another software or
// another bank account. The agency accepts or refuses, suspends and reactivates.
package enrolement

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"time"

	"guichet/internal/portail/antivirus"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/journal"
	"guichet/modele"
)

// Config is what enrolment needs of the rest of the program.
type Config struct {
	Base       *db.Base
	Fichiers   *fichier.Magasin
	Comptes    *compte.Service
	Analyser   antivirus.Analyser // of documents
	Maintenant func() time.Time
	// Envoyer takes charge of a mail in the transaction of what it tells.
	Envoyer func(ctx context.Context, tx *sql.Tx, c compte.Courriel) error
	// Adresse is where the site is found, without a slash at its end.
	Adresse string
	// SecondePersonne asks for two people to accept what says where money is paid.
	SecondePersonne bool
	// Freiner refuses a network that begins too many requests; nil lets everybody.
	Freiner func(r *http.Request) error
	// FreinerPieces refuses a network that sends too many documents; nil lets everybody.
	FreinerPieces func(r *http.Request) error
	// Utilise tells whether something of the counter refers to a kept file; nil asks requests alone.
	Utilise func(ctx context.Context, sha string) (bool, error)
}

// Service keeps the requests.
type Service struct{ Config }

// Nouveau makes the service.
func Nouveau(c Config) *Service {
	s := &Service{c}
	if s.Utilise == nil {
		s.Utilise = s.Reference
	}
	return s
}

// ErrInconnu says that there is no such request, document or supplier, or not for this person.
var ErrInconnu = errors.New("no such request, document or supplier")

func (s *Service) instant() int64 { return db.Instant(s.Maintenant()) }

// noter adds a row to the journal of a supplier, or of the agency.
func (s *Service) noter(ctx context.Context, tx *sql.Tx, chaine, acteur int64, action, objet string, details map[string]string) error {
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: chaine, Instant: s.Maintenant(), Acteur: acteur, Action: action, Objet: objet, Details: details,
	})
}

// faute is something that the person can mend.
func faute(champ, fr, en string) error {
	return &compte.Faute{Champ: champ, Texte: modele.Texte{Fr: fr, En: en}}
}
