package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"guichet/internal/portail/db"
)

// Mandat lets one supplier's people deposit for another one.
type Mandat struct {
	ID         int64
	Mandant    string // names
	Mandataire string
	SIRET      string // of the mandataire
	Actif      bool
	Debut, Fin time.Time
}

// DonnerMandat lets the supplier with this SIRET act for another one.
func (s *Service) DonnerMandat(ctx context.Context, par, mandant int64, siret string) error {
	siret = chiffres(siret)
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		mandataire, err := mandataireDe(ctx, tx, mandant, siret)
		if err != nil {
			return err
		}
		if err := peuDeMandats(ctx, tx, mandant); err != nil {
			return err
		}
		fait, err := tx.ExecContext(ctx, `INSERT INTO mandat (mandant_id, mandataire_id, etat, debut) VALUES ($1, $2, 'actif', $3)
			ON CONFLICT (mandant_id, mandataire_id) DO UPDATE SET etat = 'actif', debut = excluded.debut, fin = 0 WHERE mandat.etat <> 'actif'`,
			mandant, mandataire, s.instant())
		if err != nil {
			return fmt.Errorf("give a mandate: %w", err)
		}
		if n, err := fait.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, faute("siret", "Ce fournisseur a déjà un mandat.", "This supplier has a mandate already."))
		}
		if err := s.noterMandat(ctx, tx, par, mandant, mandataire, "mandat.donne"); err != nil {
			return err
		}
		return s.direMandat(ctx, tx, mandant, mandataire, personne.mandatDonne)
	})
}

// peuDeMandats refuses one more mandate than can be listed.
func peuDeMandats(ctx context.Context, tx *sql.Tx, mandant int64) error {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM mandat WHERE mandant_id = $1 AND etat = 'actif'`, mandant).Scan(&n)
	switch {
	case err != nil:
		return fmt.Errorf("count the mandates: %w", err)
	case n >= maxMandats:
		return faute("siret", "Vous donnez déjà 500 mandats : révoquez-en d'abord.", "You give 500 mandates already: end some first.")
	}
	return nil
}

func mandataireDe(ctx context.Context, tx *sql.Tx, mandant int64, siret string) (id int64, err error) {
	if len(siret) != 14 {
		return 0, faute("siret", "Le SIRET a 14 chiffres.", "A SIRET has 14 digits.")
	}
	var etat string
	err = tx.QueryRowContext(ctx, `SELECT id, etat FROM fournisseur WHERE siret = $1`, siret).Scan(&id, &etat)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && etat != "actif":
		return 0, faute("siret", "Aucun fournisseur enrôlé n'a ce SIRET : le mandataire s'enrôle d'abord.",
			"No enrolled supplier has this SIRET: the other supplier enrols first.")
	case err != nil:
		return 0, fmt.Errorf("find a supplier: %w", err)
	case id == mandant:
		return 0, faute("siret", "C'est votre propre SIRET.", "This is your own SIRET.")
	}
	return id, nil
}

// RevoquerMandat ends a mandate that this supplier gave; ErrMandat when there is none.
func (s *Service) RevoquerMandat(ctx context.Context, par, mandant, mandat int64) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var mandataire int64
		err := tx.QueryRowContext(ctx, `UPDATE mandat SET etat = 'revoque', fin = $1 WHERE id = $2 AND mandant_id = $3 AND etat = 'actif'
			RETURNING mandataire_id`, s.instant(), mandat, mandant).Scan(&mandataire)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrMandat
		}
		if err != nil {
			return fmt.Errorf("end a mandate: %w", err)
		}
		if err := s.noterMandat(ctx, tx, par, mandant, mandataire, "mandat.revoque"); err != nil {
			return err
		}
		return s.direMandat(ctx, tx, mandant, mandataire, personne.mandatFini)
	})
}

// direMandat tells the owners of a supplier of the mandate that another one gave it, or ended.
func (s *Service) direMandat(ctx context.Context, tx *sql.Tx, mandant, mandataire int64, dire func(p personne, mandant, mandataire, adresse string) Courriel) error {
	return s.auxChefs(ctx, tx, mandataire, func(p personne, pour string) (Courriel, error) {
		qui, err := nomDe(ctx, tx, mandant, p.langue)
		return dire(p, qui, pour, s.Adresse), err
	})
}

// ErrMandat says that this supplier gave no such mandate, or that it has ended.
var ErrMandat = errors.New("no such mandate")

// noterMandat tells it in the journals of both suppliers.
func (s *Service) noterMandat(ctx context.Context, tx *sql.Tx, par, mandant, mandataire int64, action string) error {
	details := map[string]string{"mandant": nombre(mandant), "mandataire": nombre(mandataire)}
	for _, f := range []int64{mandant, mandataire} {
		if err := s.noter(ctx, tx, f, par, action, nombre(mandant)+"-"+nombre(mandataire), details); err != nil {
			return err
		}
	}
	return nil
}

// maxMandats is how many mandates a supplier gives at once, and how many are listed each way.
const maxMandats = 500

// Mandats lists the mandates that a supplier gave and those that it was given: those that hold, then those that have ended, the newest first
// of each; one more than maxMandats at most, which tells that there are more.
func (s *Service) Mandats(ctx context.Context, fournisseur int64) (donnes, recus []Mandat, err error) {
	if donnes, err = s.listerMandats(ctx, "mandant_id", fournisseur); err != nil {
		return nil, nil, err
	}
	recus, err = s.listerMandats(ctx, "mandataire_id", fournisseur)
	return donnes, recus, err
}

func (s *Service) listerMandats(ctx context.Context, colonne string, fournisseur int64) (mandats []Mandat, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, strings.Replace(`SELECT m.id, a.raison_sociale, b.raison_sociale, b.siret, m.etat, m.debut, m.fin
		FROM mandat m JOIN fournisseur a ON a.id = m.mandant_id JOIN fournisseur b ON b.id = m.mandataire_id
		WHERE m.COLONNE = $1 ORDER BY CASE WHEN m.etat = 'actif' THEN 0 ELSE 1 END, m.debut DESC, m.id DESC LIMIT $2`, "COLONNE", colonne, 1), fournisseur, maxMandats+1)
	if err != nil {
		return nil, fmt.Errorf("list the mandates: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var m Mandat
		var etat string
		var debut, fin int64
		if err := lignes.Scan(&m.ID, &m.Mandant, &m.Mandataire, &m.SIRET, &etat, &debut, &fin); err != nil {
			return nil, fmt.Errorf("list the mandates: %w", err)
		}
		m.Actif, m.Debut, m.Fin = etat == "actif", db.Temps(debut), db.Temps(fin)
		mandats = append(mandats, m)
	}
	return mandats, lignes.Err()
}
