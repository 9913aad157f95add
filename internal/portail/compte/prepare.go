package compte

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
)

// prepare is a statement that each request runs: it is read once by each connection, not at each request.
type prepare struct {
	texte string
	mu    sync.Mutex
	pret  *sql.Stmt
}

// ligne runs the statement for one row.
func (p *prepare) ligne(ctx context.Context, base *sql.DB, args ...any) (*sql.Row, error) {
	pret, err := p.preparer(ctx, base)
	if err != nil {
		return nil, fmt.Errorf("prepare a statement: %w", err)
	}
	return pret.QueryRowContext(ctx, args...), nil
}

func (p *prepare) preparer(ctx context.Context, base *sql.DB) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pret != nil {
		return p.pret, nil
	}
	var err error
	p.pret, err = base.PrepareContext(context.WithoutCancel(ctx), p.texte)
	return p.pret, err
}
