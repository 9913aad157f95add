package instruction

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/db"
	"guichet/internal/portail/delai"
	"guichet/internal/portail/etat"
)

// Suivre keeps the queue true to the steps that demandes take, in the transaction that takes them.
func (s *Service) Suivre(ctx context.Context, tx *sql.Tx, pas []etat.Passage) error {
	for _, p := range pas {
		if err := s.suivre(ctx, tx, p); err != nil {
			return fmt.Errorf("follow a demande: %w", err)
		}
	}
	return nil
}

func (s *Service) suivre(ctx context.Context, tx *sql.Tx, p etat.Passage) error {
	if p.De == etat.Incomplete {
		return s.ouvrir(ctx, tx, p)
	}
	var repondu, sansReponse, reponse, relance int64
	switch {
	case p.Acte == etat.Repondre:
		repondu = db.Instant(p.Instant)
	case p.Acte == etat.Echoir:
		sansReponse = db.Instant(p.Instant)
	case !p.Limite.IsZero():
		reponse, relance = db.Instant(p.Limite), db.Instant(s.moments(p.Instant, p.Limite)[0])
	}
	// Who examined it still does after an answer; a lease is for who works on it, and ends with the step, unless it begins with it.
	err := db.Poser(ctx, tx, `UPDATE dossier SET etat = $1, maj = $2, repondu = $3, sans_reponse = $4, reponse = $5, relance = $6, bail = CASE WHEN CAST($9 AS BIGINT) = 1 THEN bail ELSE 0 END, attente = 0, attente_motif = '', version = version + 1 WHERE depot_id = $7 AND rang = $8`,
		string(p.A), db.Instant(p.Instant), repondu, sansReponse, reponse, relance, p.Depot, p.Rang, db.Chiffre(p.Acte == etat.Prendre))
	if err == nil && p.Acte == etat.Repondre {
		err = errors.Join(recopier(ctx, tx, p.Cle), relire(ctx, tx, p.Cle))
	}
	if err != nil {
		return err
	}
	if err := reporter(ctx, tx, p); err != nil {
		return err
	}
	return rouvrirAlertes(ctx, tx, p)
}

// reporter moves a demande to the deadline that a step leads to, in the lists by rule, too. The step holds its row already.
func reporter(ctx context.Context, tx *sql.Tx, p etat.Passage) error {
	if p.Echeance.IsZero() {
		return nil
	}
	var alertes string
	var avant int64
	err := tx.QueryRowContext(ctx, `SELECT alertes, echeance FROM dossier WHERE depot_id = $1 AND rang = $2`, p.Depot, p.Rang).Scan(&alertes, &avant)
	if err != nil {
		return err
	}
	apres := db.Instant(p.Echeance)
	if err := db.Poser(ctx, tx, `UPDATE dossier SET echeance = $1 WHERE depot_id = $2 AND rang = $3`, apres, p.Depot, p.Rang); err != nil {
		return err
	}
	for _, a := range lireAlertes(alertes) {
		if err := db.Poser(ctx, tx, `UPDATE dossier_alerte SET echeance = $1 WHERE code = $2 AND echeance = $3 AND depot_id = $4 AND rang = $5`, apres, a.Code, avant, p.Depot, p.Rang); err != nil {
			return err
		}
	}
	return nil
}

// relire takes the answers of the sheet away: they were given on values and documents that the supplier may have changed. Remarks stay.
func relire(ctx context.Context, tx *sql.Tx, c etat.Cle) error {
	err := db.Poser(ctx, tx, `UPDATE point SET reponse = '' WHERE depot_id = $1 AND rang = $2`, c.Depot, c.Rang)
	return err
}

// recopier has the queue follow the values that an answer may have corrected.
func recopier(ctx context.Context, tx *sql.Tx, c etat.Cle) error {
	err := db.Poser(ctx, tx, `UPDATE dossier SET envisage = 0, (montant, esms, og) = (SELECT d.montant, d.esms, d.og FROM demande d
		WHERE d.fournisseur_id = dossier.fournisseur_id AND d.depot_id = dossier.depot_id AND d.rang = dossier.rang) WHERE depot_id = $1 AND rang = $2`, c.Depot, c.Rang)
	return err
}

// ouvrir puts a demande that is incomplete no longer into the queue, again where one of its documents had turned out not to do.
func (s *Service) ouvrir(ctx context.Context, tx *sql.Tx, p etat.Passage) error {
	var recu int64
	var ans, mentions string
	err := tx.QueryRowContext(ctx, `SELECT p.recu, p.numero_ans, COALESCE(t.texte, '') FROM depot p LEFT JOIN mentions t ON t.id = p.mentions_id WHERE p.id = $1`, p.Depot).Scan(&recu, &ans, &mentions)
	if err != nil {
		return err
	}
	echeance := accuse.LireDelais(mentions, s.Delais).Echeance(db.Temps(recu))
	err = db.Poser(ctx, tx, `INSERT INTO dossier (depot_id, rang, fournisseur_id, numero_ans, etat, montant, esms, og, recu, echeance, maj)
		SELECT depot_id, rang, fournisseur_id, CAST($1 AS TEXT), CAST($2 AS TEXT), montant, esms, og, CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT) FROM demande WHERE fournisseur_id = $6 AND depot_id = $7 AND rang = $8
		ON CONFLICT (depot_id, rang) DO UPDATE SET etat = excluded.etat, maj = excluded.maj, bail = 0, alertes = '', revu = '', version = dossier.version + 1`,
		ans, string(p.A), recu, db.Instant(echeance), db.Instant(p.Instant), p.Fournisseur, p.Depot, p.Rang)
	return err
}

// parLot is how many rows one transaction fills in.
const parLot = 1000

// Completer computes the deadlines of what was in the queue before deadlines were kept there, or were moved by what suppliers are asked for.
func (s *Service) Completer(ctx context.Context) error {
	for {
		var n int
		err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
			n, err = s.completer(ctx, tx)
			return err
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

func (s *Service) completer(ctx context.Context, tx *sql.Tx) (n int, err error) {
	cles, err := db.Lignes(ctx, tx, func(l db.Ligne, c *etat.Cle) error { return l.Scan(&c.Depot, &c.Rang) }, `SELECT x.depot_id, x.rang FROM dossier x WHERE x.echeance = 0 LIMIT $1`, parLot)
	for _, c := range cles {
		err = errors.Join(err, s.dater(ctx, tx, c))
	}
	return len(cles), err
}

// dater computes the deadline of one, unless a step has meanwhile.
func (s *Service) dater(ctx context.Context, tx *sql.Tx, c etat.Cle) error {
	echeance, demandee, err := delai.Lire(ctx, tx, c, s.Delais)
	if err != nil {
		return err
	}
	var fournisseur int64
	err = tx.QueryRowContext(ctx, `UPDATE dossier SET echeance = $1 WHERE depot_id = $2 AND rang = $3 AND echeance = 0 RETURNING fournisseur_id`, db.Instant(echeance), c.Depot, c.Rang).Scan(&fournisseur)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err == nil && demandee:
		err = db.Poser(ctx, tx, `UPDATE demande SET echeance = $1 WHERE fournisseur_id = $2 AND depot_id = $3 AND rang = $4`, db.Instant(echeance), fournisseur, c.Depot, c.Rang)
	}
	return err
}
