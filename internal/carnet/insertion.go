package carnet

import (
	"context"
	"database/sql"
	"strings"
)

// insertion inserts many rows with one statement: SQLite spends more on a statement than on a row, and before each
// statement that may fail it copies the pages that it changes.
type insertion struct {
	tx      *sql.Tx
	debut   string
	rangee  string // of the statement: ",(?,?,'préparée')"
	place   int    // values of a row
	plein   *sql.Stmt
	valeurs []any
}

const lignesParInsertion = 200 // those of a full file

// inserer makes ready to insert rows: INSERT … VALUES, and what stands in one row.
func inserer(tx *sql.Tx, debut, rangee string) *insertion {
	return &insertion{tx: tx, debut: debut, rangee: "," + rangee, place: strings.Count(rangee, "?")}
}

func (n *insertion) ligne(ctx context.Context, valeurs ...any) error {
	n.valeurs = append(n.valeurs, valeurs...)
	if len(n.valeurs) < n.place*lignesParInsertion {
		return nil
	}
	if n.plein == nil {
		var err error
		// The statement outlives the call: it closes with its transaction.
		if n.plein, err = n.tx.PrepareContext(context.WithoutCancel(ctx), n.texte(lignesParInsertion)); err != nil {
			return err
		}
	}
	_, err := n.plein.ExecContext(ctx, n.valeurs...)
	n.valeurs = n.valeurs[:0]
	return err
}

// vider inserts the rows that wait.
func (n *insertion) vider(ctx context.Context) error {
	if len(n.valeurs) == 0 {
		return nil
	}
	_, err := n.tx.ExecContext(ctx, n.texte(len(n.valeurs)/n.place), n.valeurs...)
	n.valeurs = n.valeurs[:0]
	return err
}

func (n *insertion) texte(lignes int) string {
	return n.debut + strings.Repeat(n.rangee, lignes)[1:]
}
