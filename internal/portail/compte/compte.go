// Package compte keeps the counter's accounts: how they are opened, signed in to and protected, and what a
// person may do for which supplier.
package compte

import (
	"context"
	"database/sql"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"

	"guichet/internal/portail/coffre"
	"guichet/internal/portail/db"
	"guichet/internal/portail/federe"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Role is what a person may do, for the agency or for one supplier.
type Role string

// The roles of a supplier's people, who have one each. They hold each other: an owner may do what a depositor may, who may do what a
// reader may.
const (
	Proprietaire Role = "proprietaire"
	Deposant     Role = "deposant"
	Lecteur      Role = "lecteur"
)

// Agence stands for the agency where a supplier's id is expected.
const Agence int64 = 0

// Courriel is a mail to one person, in the person's language.
type Courriel struct {
	A      string // address
	Nom    string
	Langue modele.Langue
	Sujet  string
	Texte  string
	Sur    string // the file that it carries, by a name that the program knows; "" for none
	// Annonce lets it be told together with others; nil for one that goes out at once.
	Annonce *Annonce
}

// Annonce is whom a mail is for, by what right, and what stands for it among others.
type Annonce struct {
	Compte      int64
	Fournisseur int64 // whose person that is; Agence for the agency's
	Genre       GenreCourriel
	Lignes      []Ligne
}

// Ligne is a thing that somebody is told, with where it is read, in the site.
type Ligne struct{ Texte, Adresse string }

// Annoncer makes a mail to somebody that may be told together with others.
func (d Destinataire) Annoncer(fournisseur int64, g GenreCourriel, c Courriel, lignes ...Ligne) Courriel {
	c.A, c.Nom, c.Langue = d.Courriel, d.Nom, d.Langue
	c.Annonce = &Annonce{Compte: d.Compte, Fournisseur: fournisseur, Genre: g, Lignes: lignes}
	return c
}

// Config is what the accounts need of the rest of the program.
type Config struct {
	Base       *db.Base
	Maintenant func() time.Time
	// Envoyer takes charge of a mail in the transaction of what it tells.
	Envoyer func(ctx context.Context, tx *sql.Tx, c Courriel) error
	// Adresse is where the site is found, without a slash at its end: "https://guichet.exemple.invalid".
	Adresse string
	// Agence is whom a person turns to who cannot come in.
	Agence web.Agence
	// Coffre seals the keys of second factors, and what a browser is known by.
	Coffre *coffre.Coffre
	// Argon2 is the cost of a password's hash; nil for that of production. Tests make it cheap.
	Argon2 *argon2id.Params
	// SansFacteur lets administrators do without a second factor: for a demonstration alone.
	SansFacteur bool
	// Federation is the identity provider of the agency, nil for none.
	Federation *federe.Relation
	// AQui tells whose thing an address of the site names, for who acts for several: none for an address that names none.
	AQui func(ctx context.Context, adresse string) (fournisseurs []int64, err error)
	// Tient counts the demandes that a person of the agency holds (may be nil).
	Tient func(ctx context.Context, compte int64) (int64, error)
	// FacteurExige asks everybody for a second factor, suppliers too.
	FacteurExige bool
}

// Service keeps the accounts.
type Service struct {
	Config
	sessions *scs.SessionManager
	hacheur  *hacheur
}

// Nouveau makes the service.
func Nouveau(c Config) *Service {
	s := &Service{Config: c, hacheur: nouveauHacheur(c.Argon2)}
	s.sessions = s.nouvellesSessions()
	return s
}

// instant is now, as the database keeps it.
func (s *Service) instant() int64 { return db.Instant(s.Maintenant()) }

// noter adds a row to the journal of a supplier, or of the agency.
func (s *Service) noter(ctx context.Context, tx *sql.Tx, fournisseur, acteur int64, action, objet string, details map[string]string) error {
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: fournisseur, Instant: s.Maintenant(), Acteur: acteur, Action: action, Objet: objet, Details: details,
	})
}

// noterCompte adds a row about an account that its own person acted on, to the journal of the first supplier
// that the person works for.
func (s *Service) noterCompte(ctx context.Context, tx *sql.Tx, compte int64, action string, details map[string]string) error {
	var fournisseur int64
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MIN(fournisseur_id), 0) FROM role
		WHERE compte_id = $1 AND fournisseur_id > 0 AND accepte = 1`, compte).Scan(&fournisseur)
	if err != nil {
		return err
	}
	return s.noter(ctx, tx, fournisseur, compte, action, nombre(compte), details)
}
