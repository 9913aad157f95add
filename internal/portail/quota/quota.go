// Package quota bounds what one supplier may have the counter keep in a day: a disk is filled by nobody alone, and what an agency
// has to look at before it is full takes days.
package quota

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"guichet/internal/portail/db"
	"guichet/modele"
)

// ParJour, gigaoctets in words, is how many bytes the deposits, archives and documents of one supplier may weigh that come in one day: the documents of
// some ten thousand demandes.
const ParJour = 20 << 30

// Texte says that a supplier has no room left today, and what to do.
var Texte = modele.Texte{
	Fr: "Ce que votre entreprise a envoyé aujourd'hui pèse déjà " + gigaoctets + " Go, ce que le guichet garde d'elle en un jour : rien n'est gardé de cet envoi. Recommencez demain, ou écrivez à l'agence depuis « Messages ».",
	En: "What your company sent today weighs " + gigaoctets + " GB already, which is what the counter keeps of it in a day: nothing of this is kept. Try again tomorrow, or write to the agency from “Messages”.",
}

const gigaoctets = "20"

// Jour is the day of an instant, as the table has it.
func Jour(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

// Gardes is the SQL of how many bytes the supplier $1 has had kept on the day $2.
const Gardes = `COALESCE((SELECT octets FROM quota WHERE fournisseur_id = $1 AND jour = $2), 0)`

// MemeJour tells whether what comes at two instants weighs on one day.
func MemeJour(a, b time.Time) bool { return Jour(a) == Jour(b) }

// lecteur is a database or a transaction.
type lecteur interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Reste is how many bytes a supplier may still have kept on the day of an instant, less than 0 when it has gone beyond.
func Reste(ctx context.Context, q lecteur, fournisseur int64, instant time.Time) (int64, error) {
	var gardes int64
	if err := q.QueryRowContext(ctx, `SELECT `+Gardes, fournisseur, Jour(instant)).Scan(&gardes); err != nil {
		return 0, fmt.Errorf("weigh what a supplier sent today: %w", err)
	}
	return ParJour - gardes, nil
}

// Noter counts what is kept; what is let go again counts below zero, on the day that it came.
func Noter(ctx context.Context, tx *sql.Tx, fournisseur int64, instant time.Time, octets int64) error {
	if octets == 0 {
		return nil
	}
	_, err := Prendre(ctx, tx, fournisseur, instant, octets)
	return err
}

// Prendre counts what is kept, and tells how many bytes are left of the day, less than 0 when it goes beyond.
func Prendre(ctx context.Context, tx *sql.Tx, fournisseur int64, instant time.Time, octets int64) (reste int64, err error) {
	var gardes int64
	err = tx.QueryRowContext(ctx, `INSERT INTO quota (fournisseur_id, jour, octets) VALUES ($1, $2, $3)
		ON CONFLICT (fournisseur_id, jour) DO UPDATE SET octets = quota.octets + excluded.octets RETURNING octets`, fournisseur, Jour(instant), octets).Scan(&gardes)
	if err != nil {
		return 0, fmt.Errorf("weigh what a supplier sends: %w", err)
	}
	return ParJour - gardes, nil
}

// Oublier removes the days before that of an instant.
func Oublier(ctx context.Context, b *db.Base, instant time.Time) error {
	return b.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM quota WHERE jour < $1`, Jour(instant)); err != nil {
			return fmt.Errorf("forget what suppliers sent before today: %w", err)
		}
		return nil
	})
}
