package enrolement

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Genre is what is asked for.
type Genre string

// The kinds of requests.
const (
	Enroler  Genre = "enrolement"
	Ajout    Genre = "logiciel"
	Virement Genre = "banque"
)

// Etat is where a request stands.
type Etat string

// The states. A refused request may be corrected and sent again.
const (
	Brouillon Etat = "brouillon"
	Demande   Etat = "demande"
	Accepte   Etat = "accepte"
	Refuse    Etat = "refuse"
)

// Enrolement is one request.
type Enrolement struct {
	ID          int64
	Reference   string
	Genre       Genre
	Etat        Etat
	Fournisseur int64 // 0 until there is one
	Dossier     Dossier
	Langue      modele.Langue
	Motif       string
	Cree        time.Time
	Modifie     time.Time // by its sender
	Envoye      time.Time
	Decide      time.Time
	Decideur    int64
	Avis        int64 // account of the first of two who would accept; 0 for none
	Pieces      []Piece
	Recues      int // documents, those that were replaced included
}

// Modifiable tells whether its sender may change it.
func (e Enrolement) Modifiable() bool { return e.Etat == Brouillon || e.Etat == Refuse }

// ErrFige says that a request was sent, and waits or has been accepted.
var ErrFige = errors.New("the request was sent and changes no more")

func empreinte(secret string) string {
	h := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(h[:])
}

// nouvelleReference is what people tell each other: not the key of anything.
func nouvelleReference() string { t := rand.Text(); return "ENR-" + t[:4] + "-" + t[4:8] }

// Commencer opens a draft and returns its secret. It counts for the networks that it is asked from.
func (s *Service) Commencer(ctx context.Context, l modele.Langue, reseaux ...netip.Prefix) (secret string, err error) {
	secret = rand.Text()
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		reseau, site, err := s.compterBrouillons(ctx, tx, reseaux)
		if err != nil {
			return err
		}
		e := Enrolement{Genre: Enroler, Etat: Brouillon, Langue: l}
		if err := s.creer(ctx, tx, &e, secret); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE enrolement SET reseau = $1, site = $2 WHERE id = $3`, reseau, site, e.ID)
		return err
	})
	return secret, err
}

// creer keeps a new request, and gives it its number and reference.
func (s *Service) creer(ctx context.Context, tx *sql.Tx, e *Enrolement, secret string) error {
	donnees, err := json.Marshal(e.Dossier)
	if err != nil {
		return fmt.Errorf("write a request: %w", err)
	}
	e.Reference = nouvelleReference()
	fournisseur := sql.NullInt64{Int64: e.Fournisseur, Valid: e.Fournisseur > 0}
	nom := e.Dossier.RaisonSociale
	err = tx.QueryRowContext(ctx, `INSERT INTO enrolement (reference, empreinte, genre, etat, fournisseur_id, siret, nom, cherche,
		donnees, langue, cree, modifie, envoye) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12) RETURNING id`,
		e.Reference, empreinte(secret), string(e.Genre), string(e.Etat), fournisseur, e.Dossier.SIRET, nom, ecrit.Plier(nom),
		string(donnees), codeLangue(e.Langue), s.instant(), instantOuZero(e.Envoye)).Scan(&e.ID)
	if err != nil {
		return fmt.Errorf("keep a new request: %w", err)
	}
	return nil
}

func instantOuZero(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return db.Instant(t)
}

func codeLangue(l modele.Langue) string { return modele.Texte{Fr: "fr", En: "en"}.In(l) }

// lecteur reads in a transaction, or outside.
type lecteur interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

const colonnes = `SELECT id, reference, genre, etat, COALESCE(fournisseur_id, 0), donnees, langue, motif, cree, modifie, envoye, decide, decideur, recues, avis FROM enrolement `

func scruter(ligne interface{ Scan(...any) error }) (e Enrolement, err error) {
	var donnees, langue string
	var cree, modifie, envoye, decide int64
	err = ligne.Scan(&e.ID, &e.Reference, &e.Genre, &e.Etat, &e.Fournisseur, &donnees, &langue, &e.Motif, &cree, &modifie, &envoye, &decide, &e.Decideur, &e.Recues, &e.Avis)
	if errors.Is(err, sql.ErrNoRows) {
		return e, ErrInconnu
	}
	if err == nil {
		err = json.Unmarshal([]byte(donnees), &e.Dossier)
	}
	if err != nil {
		return e, fmt.Errorf("read a request: %w", err)
	}
	e.Langue = lireLangue(langue)
	e.Cree, e.Modifie, e.Envoye, e.Decide = db.Temps(cree), db.Temps(modifie), db.Temps(envoye), db.Temps(decide)
	return e, nil
}

func lireLangue(mot string) modele.Langue {
	if mot == "en" {
		return modele.Anglais
	}
	return modele.Francais
}

func trouver(ctx context.Context, q lecteur, condition string, args ...any) (Enrolement, error) {
	e, err := scruter(q.QueryRowContext(ctx, colonnes+condition, args...))
	if err != nil {
		return e, err
	}
	e.Pieces, err = lirePieces(ctx, q, e.ID)
	return e, err
}

// Lire returns the request of a secret, or ErrInconnu.
func (s *Service) Lire(ctx context.Context, secret string) (Enrolement, error) {
	return trouver(ctx, s.Base.Lire(), parCle, empreinte(secret))
}

// Examiner returns a request by its number, once it has been sent: for the agency.
func (s *Service) Examiner(ctx context.Context, id int64) (Enrolement, error) {
	return trouver(ctx, s.Base.Lire(), `WHERE id = $1 AND etat <> 'brouillon'`, id)
}

// Modifier changes the request of a secret; f may run more than once.
func (s *Service) Modifier(ctx context.Context, secret string, f func(d *Dossier) error) error {
	return s.surBrouillon(ctx, secret, func(ctx context.Context, tx *sql.Tx, e *Enrolement) error {
		if err := f(&e.Dossier); err != nil {
			return err
		}
		return s.ecrireDossier(ctx, tx, *e)
	})
}

func (s *Service) surBrouillon(ctx context.Context, secret string, f func(context.Context, *sql.Tx, *Enrolement) error) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		e, err := trouver(ctx, tx, parCle+s.Base.Dialecte.Verrou, empreinte(secret))
		switch {
		case err != nil:
			return err
		case !e.Modifiable():
			return ErrFige
		}
		return f(ctx, tx, &e)
	})
}

func (s *Service) ecrireDossier(ctx context.Context, tx *sql.Tx, e Enrolement) error {
	donnees, err := json.Marshal(e.Dossier)
	if err != nil {
		return fmt.Errorf("write a request: %w", err)
	}
	nom := e.Dossier.RaisonSociale
	_, err = tx.ExecContext(ctx, `UPDATE enrolement SET donnees = $1, siret = $2, nom = $3, cherche = $4, modifie = $5 WHERE id = $6`,
		string(donnees), e.Dossier.SIRET, nom, ecrit.Plier(nom), s.instant(), e.ID)
	if err != nil {
		return fmt.Errorf("write a request: %w", err)
	}
	return nil
}
