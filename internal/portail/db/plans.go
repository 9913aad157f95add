package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// fixer has PostgreSQL look for rows by their indexes, whatever its statistics say. The driver keeps the plan of a question: one that was made
// while a table had ten rows walks through the table, and would go on to when there are a million, until somebody computes its statistics. No plan
// is compiled: where there is no index, a plan that is discouraged counts as one that is worth it.
func fixer(ctx context.Context, c *pgx.Conn) error {
	if _, err := c.PgConn().Exec(ctx, `SET enable_seqscan = off; SET jit = off`).ReadAll(); err != nil {
		return fmt.Errorf("set how plans are made: %w", err)
	}
	return nil
}
