package courriel

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/riverqueue/river"

	"guichet/internal/portail/coffre"
	"guichet/internal/portail/db"
	"guichet/internal/portail/tache"
)

// Pli is the job that sends a Message: sealed, for mails hold links that open accounts, and whom they are for.
type Pli struct {
	Message        // in the clear, in jobs from before there were seals; empty in others
	Scelle  string `json:"scelle,omitempty"`
	Attend  bool   `json:"attend,omitempty"` // what it says is still to be written
}

// sceau is what a Pli is sealed for.
const sceau = "courriel"

// Kind names the job.
func (Pli) Kind() string { return "courriel" }

// InsertOpts has a mail that is still to be written wait apart: one with its text is not to wait behind hundreds.
func (p Pli) InsertOpts() river.InsertOpts {
	if !p.Attend {
		return river.InsertOpts{}
	}
	return river.InsertOpts{Queue: tache.Patiente}
}

// Ecrire writes the jobs of mails, sealed, in the transaction of what they tell.
func Ecrire(ctx context.Context, tx *sql.Tx, t *tache.Taches, c *coffre.Coffre, messages ...Message) error {
	travaux := make([]river.JobArgs, len(messages))
	for i, m := range messages {
		texte, err := json.Marshal(m)
		if err != nil {
			return fmt.Errorf("write a mail: %w", err)
		}
		travaux[i] = Pli{Scelle: c.Sceller(sceau, string(texte)), Attend: m.Sur != ""}
	}
	return t.Inserer(ctx, tx, travaux...)
}

// ouvrir reads what was sealed; false when the mail was sent, and what it said is erased.
func (p Pli) ouvrir(c *coffre.Coffre) (m Message, ok bool, err error) {
	if p.Scelle == "" {
		return p.Message, p.A != "", nil
	}
	clair, err := c.Ouvrir(sceau, p.Scelle)
	if err == nil {
		err = json.Unmarshal([]byte(clair), &m)
	}
	if err != nil {
		return m, false, fmt.Errorf("open a mail: %w", err)
	}
	return m, true, nil
}

// effacer takes what a mail said out of the database once it is sent. Where that fails, the seal is left, for the day that
// a job that is done is kept.
func effacer(ctx context.Context, b *db.Base, travail int64) {
	_ = b.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE river_job SET args = '{}' WHERE id = $1`, travail)
		return err
	})
}

// Effacer does so for the mails that an earlier version of the program sent.
func Effacer(ctx context.Context, b *db.Base) error {
	return b.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE river_job SET args = '{}' WHERE kind = 'courriel' AND state = 'completed'`)
		if err != nil {
			return fmt.Errorf("erase the mails that were sent: %w", err)
		}
		return nil
	})
}
