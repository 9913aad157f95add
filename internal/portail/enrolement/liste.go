package enrolement

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
)

// Conflits tells the agency what a request asks for that is enrolled already.
func (s *Service) Conflits(ctx context.Context, e Enrolement) (conflits []string, err error) {
	chercher := func(quoi, requete string, args ...any) error {
		var nom string
		err := s.Base.Lire().QueryRowContext(ctx, requete, args...).Scan(&nom)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		conflits = append(conflits, quoi+" : "+ecrit.Nom(nom))
		return err
	}
	if e.Etat != Demande {
		return nil, nil
	}
	if e.Genre == Enroler {
		err = chercher("SIRET "+e.Dossier.SIRET, `SELECT raison_sociale FROM fournisseur WHERE siret = $1`, e.Dossier.SIRET)
	}
	for _, l := range e.Dossier.Logiciels {
		err = errors.Join(err, chercher("numeroAns "+l.NumeroAns, `SELECT f.raison_sociale FROM logiciel l JOIN fournisseur f ON f.id = l.fournisseur_id WHERE l.numero_ans = $1`, l.NumeroAns))
	}
	return conflits, err
}

// Filtre says which requests to list; its zero value lists all that were sent.
type Filtre struct {
	Etat, Genre string
	Cherche     string // part of a SIRET, of a reference or of a name
	Page        int    // from 0
}

// ParPage is how many requests one page lists.
const ParPage = 50

// lister is the query of a page of the list. What is not shown is read from the index alone: a request weighs a thousand
// times what it is looked for by.
const lister = colonnes + `WHERE id IN (SELECT id FROM enrolement WHERE etat <> 'brouillon' AND (etat = $1 OR $1 = '' OR $1 = 'avis' AND avis > 0) AND (genre = $2 OR $2 = '')
		AND ($4 = '%%' OR cherche LIKE $4 ESCAPE '\' OR $3 <> '' AND (siret LIKE $3 ESCAPE '\' OR reference LIKE $3 ESCAPE '\'))
		ORDER BY ` + ordre + `, id LIMIT $5 OFFSET $6) ORDER BY ` + ordre + `, id`

// ordre is that of the list: those that wait, the oldest first, then the others, the newest first.
const ordre = `CASE WHEN etat = 'demande' THEN envoye ELSE 9000000000000000000 - envoye END`

// Lister lists the requests that were sent, the oldest that wait first, and tells whether more follow.
func (s *Service) Lister(ctx context.Context, f Filtre) (liste []Enrolement, suite bool, err error) {
	liste, err = db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, e *Enrolement) (err error) {
		*e, err = scruter(l)
		return err
	}, lister, f.args()...)
	if err != nil {
		return nil, false, fmt.Errorf("list the requests: %w", err)
	}
	if suite = len(liste) > ParPage; suite {
		liste = liste[:ParPage]
	}
	return liste, suite, nil
}

func (f Filtre) args() []any {
	return []any{f.Etat, f.Genre, ecrit.MotifNumero(f.Cherche), ecrit.Motif(f.Cherche), ParPage + 1, ParPage * max(0, min(f.Page, 10_000))}
}

// Attente counts the requests that wait for the agency, up to max.
func (s *Service) Attente(ctx context.Context, max int64) (n int64, err error) {
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM enrolement WHERE etat = 'demande' LIMIT $1) n`, max).Scan(&n)
	return n, err
}
