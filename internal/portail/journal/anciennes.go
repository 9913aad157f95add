package journal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"guichet/internal/portail/db"
)

// Earlier versions wrote one chain for each supplier, and one for the agency: each row held the hash of the one before it. The chains
// stay as they are; the last rank and hash of each are an entry of the log.

// scellee is the action of such an entry: its object is the last rank.
const scellee = "journal.scelle"

// Sceller notes the ends of all chains that are not noted yet, at the time of their last rows.
func Sceller(ctx context.Context, b *db.Base) error {
	err := b.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := b.Exclure(ctx, tx, scellee); err != nil {
			return err
		}
		fins, err := db.Lignes(ctx, tx, func(l db.Ligne, f *fin) error { return l.Scan(&f.chaine, &f.rang, &f.empreinte, &f.instant) },
			`SELECT f.chaine, f.rang, f.empreinte, COALESCE(c.instant, 0) FROM journal_chaine_fin f LEFT JOIN journal_chaine c ON c.chaine = f.chaine AND c.rang = f.rang
			WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.chaine = f.chaine AND j.action = $1) ORDER BY f.chaine`, scellee)
		if err != nil {
			return err
		}
		for _, f := range fins {
			if err := Ajouter(ctx, tx, b.Dialecte, f.entree()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("seal the chains of an earlier version: %w", err)
	}
	return nil
}

// entree says in the log where a chain ends.
func (f fin) entree() Ligne {
	return Ligne{Chaine: f.chaine, Instant: db.Temps(f.instant), Action: scellee, Objet: strconv.FormatInt(f.rang, 10),
		Details: map[string]string{"empreinte": hex.EncodeToString(f.empreinte)}}
}

// fin is the end of a chain.
type fin struct {
	chaine, rang, instant int64
	empreinte             []byte
}

// rupture says at which rank a chain is not what was written, and how.
type rupture struct {
	rang  int64
	genre Genre
}

func (r *rupture) Error() string { return fmt.Sprintf("chain broken at row %d", r.rang) }

// relireChaine reads a whole chain again: it has to end as the log says. A *rupture at the first row that is not what was written.
func relireChaine(ctx context.Context, base *sql.DB, f fin) (rangs int64, err error) {
	var empreinte []byte
	err = lireChaine(ctx, base, func(l Ligne, details string, ecrite []byte) error {
		rangs++
		switch rang := l.Entree - origine; {
		case rang != rangs:
			return &rupture{rangs, Supprimee}
		case rangs > f.rang:
			return &rupture{rangs, Inseree}
		default:
			empreinte = enchainer(empreinte, l, rang, details)
		}
		if !bytes.Equal(empreinte, ecrite) {
			return &rupture{rangs, Modifiee}
		}
		return nil
	}, rangees+`WHERE chaine = $1 ORDER BY rang`, f.chaine)
	switch {
	case err != nil:
		return rangs, err
	case rangs < f.rang:
		return rangs, &rupture{rangs + 1, Tronquee}
	case !bytes.Equal(empreinte, f.empreinte):
		return rangs, &rupture{1, Reecrite}
	}
	return rangs, nil
}

// origine is what ranks of chains are counted from, as ids of entries: they stand before all that the log has.
const origine = -1 << 40

const rangees = `SELECT chaine, rang, instant, acteur, action, objet, details, empreinte FROM journal_chaine `

func lireChaine(ctx context.Context, base *sql.DB, f func(l Ligne, details string, empreinte []byte) error, question string, args ...any) (err error) {
	rows, err := base.QueryContext(ctx, question, args...)
	if err != nil {
		return fmt.Errorf("read a chain of the journal: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var l Ligne
		var instant int64
		var details string
		var empreinte []byte
		if err := rows.Scan(&l.Chaine, &l.Entree, &instant, &l.Acteur, &l.Action, &l.Objet, &details, &empreinte); err != nil {
			return fmt.Errorf("read a chain of the journal: %w", err)
		}
		l.Entree += origine
		l.Instant = db.Temps(instant)
		if err := f(l, details, empreinte); err != nil {
			return err
		}
	}
	return rows.Err()
}

// enchainer computes the hash of a row: SHA-256 of the hash before it and of the row as a JSON array.
func enchainer(precedente []byte, l Ligne, rang int64, details string) []byte {
	ligne, err := json.Marshal([]any{l.Chaine, rang, db.Instant(l.Instant), l.Acteur, l.Action, l.Objet, details})
	if err != nil {
		panic("journal: numbers and texts do not encode: " + err.Error()) // cannot be
	}
	h := sha256.New()
	h.Write(precedente)
	h.Write(ligne)
	return h.Sum(nil)
}
