package portail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"guichet/internal/portail/db"
	"guichet/internal/portail/demo"
)

// marque is the table that tells a demonstration from all other databases, which are never emptied: nobody else has a
// table of that name. It is made before anything else, and its one row once the example is loaded to its end.
const marque = "guichet_demonstration"

// reserver makes sure that a database is empty, or a demonstration's, before its schema is touched: demo.ErrOccupe
// when it is neither. An example whose loading was interrupted is removed.
func reserver(ctx context.Context, b *db.Base) error {
	tables, err := b.Tables(ctx)
	if err != nil {
		return err
	}
	if len(tables) > 0 {
		if !slices.Contains(tables, marque) {
			return demo.ErrOccupe
		}
		finie, err := exempleFini(ctx, b)
		if err != nil || finie {
			return err
		}
		if err := b.Vider(ctx); err != nil {
			return err
		}
	}
	return marquer(ctx, b, `CREATE TABLE `+marque+` (finie bigint NOT NULL)`)
}

func exempleFini(ctx context.Context, b *db.Base) (bool, error) {
	var n int
	if err := b.Lire().QueryRowContext(ctx, `SELECT count(*) FROM `+marque).Scan(&n); err != nil {
		return false, fmt.Errorf("look for the example: %w", err)
	}
	return n > 0, nil
}

func marquer(ctx context.Context, b *db.Base, texte string, args ...any) error {
	return b.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, texte, args...); err != nil {
			return fmt.Errorf("mark the demonstration: %w", err)
		}
		return nil
	})
}

// Demontrer loads the example of a demonstration into an empty counter, before Demarrer, and hands its accounts to
// garder; demo.ErrOccupe when the example is there. Until garder has returned without error the example counts as
// unfinished, and the next Ouvrir begins again.
func (p *Portail) Demontrer(ctx context.Context, garder func([]demo.Compte) error) error {
	if fini, err := exempleFini(ctx, p.base); err != nil || fini {
		return errors.Join(err, demo.ErrOccupe)
	}
	comptes, err := demo.Charger(ctx, demo.Guichet{
		Base: p.base, Scene: p.Scene, Comptes: p.comptes, Enrolement: p.enrole, Depots: p.depots, Pieces: p.recues, Suivi: p.suivis, Examens: p.examens, Decisions: p.decisions, Lettres: p.lettres, Avis: p.avis, Entendus: p.entendus, Registres: p.registresExemple(),
	})
	if err != nil {
		return err
	}
	if err := garder(comptes); err != nil {
		return err
	}
	return marquer(ctx, p.base, `INSERT INTO `+marque+` (finie) VALUES ($1)`, db.Instant(p.Maintenant()))
}

// registresExemple is where the registers of the example go: nowhere when the folder of others was stated.
func (p *Portail) registresExemple() string {
	if p.Referentiels != "" {
		return ""
	}
	return p.DossierReferentiels()
}
