package compte

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"guichet/internal/portail/db"
)

// frein bounds how often something is tried. The count stands in the database: all nodes share it.
type frein struct {
	nom     string
	max     int64 // how many tries
	fenetre time.Duration
}

var (
	freinCompte       = frein{"compte", 10, 15 * time.Minute}
	freinAdresse      = frein{"adresse", 100, 15 * time.Minute} // many people may share an address
	freinCode         = frein{"code", 5, 15 * time.Minute}
	freinOubli        = frein{"oubli", 3, time.Hour}
	freinOubliAdresse = frein{"oubli-adresse", 30, time.Hour}
	freinVerification = frein{"verification", 10, 15 * time.Minute} // the password, asked again
	plusLongueFenetre = time.Hour
)

// TropEssais says that something was tried too often, and when it may be tried again.
type TropEssais struct{ Jusqua time.Time }

// Error tells it to developers.
func (t *TropEssais) Error() string { return "too many tries, until " + t.Jusqua.Format(time.RFC3339) }

// pour is the key of what is counted for someone: an account or address is not kept in the clear.
func (f frein) pour(qui string) string { return f.nom + ":" + empreinte(qui) }

// essayer counts one try, and refuses it with *TropEssais when there were too many. Who is over the bound
// already costs no write.
func (s *Service) essayer(ctx context.Context, f frein, qui string) error {
	maintenant := s.Maintenant()
	avant := db.Instant(maintenant.Add(-f.fenetre))
	var debut, n int64
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT debut, nombre FROM tentative WHERE cle = $1 AND debut > $2 AND nombre >= $3`,
		f.pour(qui), avant, f.max).Scan(&debut, &n)
	if err == nil {
		return &TropEssais{db.Temps(debut).Add(f.fenetre)}
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO tentative (cle, debut, nombre) VALUES ($1, $2, 1) ON CONFLICT (cle) DO UPDATE SET
			nombre = CASE WHEN tentative.debut > $3 THEN tentative.nombre + 1 ELSE 1 END,
			debut = CASE WHEN tentative.debut > $3 THEN tentative.debut ELSE excluded.debut END
			RETURNING debut, nombre`, f.pour(qui), db.Instant(maintenant), avant).Scan(&debut, &n)
	})
	if err != nil {
		return fmt.Errorf("count a try: %w", err)
	}
	if n > f.max {
		return &TropEssais{db.Temps(debut).Add(f.fenetre)}
	}
	return nil
}

// liberer forgets the tries of someone who has succeeded.
func liberer(ctx context.Context, tx *sql.Tx, f frein, qui string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM tentative WHERE cle = $1`, f.pour(qui))
	return err
}

// rendre takes back one try of an address: only failures count there.
func rendre(ctx context.Context, tx *sql.Tx, f frein, qui string) error {
	_, err := tx.ExecContext(ctx, `UPDATE tentative SET nombre = nombre - 1 WHERE cle = $1 AND nombre > 0`, f.pour(qui))
	return err
}

// Balayer removes what has run out: sessions, links, counts. It is run from time to time.
func (s *Service) Balayer(ctx context.Context) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for texte, avant := range map[string]time.Time{
			`DELETE FROM session WHERE expire <= $1`:  s.Maintenant(),
			`DELETE FROM tentative WHERE debut <= $1`: s.Maintenant().Add(-plusLongueFenetre),
			`DELETE FROM jeton WHERE expire <= $1`:    s.Maintenant(),
		} {
			if _, err := tx.ExecContext(ctx, texte, db.Instant(avant)); err != nil {
				return fmt.Errorf("sweep the accounts: %w", err)
			}
		}
		return nil
	})
}
