package essai

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"guichet/internal/portail/db"
)

// ErrPanne is what a statement fails with that was made to fail.
var ErrPanne = errors.New("the database was made to fail here")

// Panne has one step of an act fail: a statement of its database, or what a test hands to Passer. A nil Panne lets
// all pass.
type Panne struct {
	mu      sync.Mutex
	arme    bool
	reste   int      // steps before the one that fails
	maniere maniere  // how it fails
	malgre  []string // the beginnings of steps that never fail
	touche  string   // the step that failed
	peut    maniere  // the last of the ways that it can fail
}

// maniere is a way to fail: each holds for what the one before holds for, and reads more.
type maniere int

const (
	echoue    maniere = iota // nothing is done
	illisible                // rows come, and cannot be read
	rompue                   // all rows of a list come but for its end: nobody knows whether there are more
)

func (m maniere) String() string { return [...]string{"fails", "cannot be read", "breaks off"}[m] }

// Fragile opens a new SQLite database, and has each statement of it pass by a Panne.
func Fragile(t testing.TB) (*db.Base, *Panne) {
	t.Helper()
	octets, err := modeleSQLite()
	chemin := filepath.Join(t.TempDir(), "portail.db")
	if err := errors.Join(err, os.WriteFile(chemin, octets, 0o600)); err != nil {
		t.Fatal(err)
	}
	p := &Panne{}
	b, err := db.OuvrirSQLite(chemin, func(c driver.Connector) driver.Connector { return fragile{c, p} })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Fermer(); err != nil {
			t.Error(err)
		}
	})
	return b, p
}

// ici tells whether it is this step that fails, and how.
func (p *Panne) ici(quoi string, peut maniere) (oui bool, comment maniere) {
	if p == nil {
		return false, echoue
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.arme || p.touche != "" || cadre(quoi) || commence(quoi, p.malgre) {
		return false, echoue
	}
	if p.reste > 0 {
		p.reste--
		return false, echoue
	}
	p.touche, p.peut = quoi, peut
	return true, p.maniere
}

// Passer is a step beside the statements: a mail, a job. It returns the error that the step is to fail with.
func (p *Panne) Passer(quoi string) error {
	if oui, _ := p.ici(quoi, echoue); oui {
		return fmt.Errorf("%s: %w", quoi, ErrPanne)
	}
	return nil
}

// cadre tells whether a statement is one that the package db puts around an act, which the act does not see.
func cadre(texte string) bool {
	return commence(texte, []string{"SAVEPOINT ", "RELEASE ", "ROLLBACK TO "})
}

func commence(texte string, debuts []string) bool {
	return slices.ContainsFunc(debuts, func(d string) bool { return strings.HasPrefix(texte, d) })
}

// fragile opens connections that pass by a Panne.
type fragile struct {
	driver.Connector
	p *Panne
}

// Connect opens one.
func (f fragile) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := f.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	e, ok := c.(entiere)
	if !ok {
		return nil, fmt.Errorf("the connection %T lacks what is used of it", c)
	}
	return &connexion{e, f.p}, nil
}

// entiere is what the package db uses of a connection.
type entiere interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type connexion struct {
	entiere
	p *Panne
}

// ExecContext runs a statement, or fails.
func (c *connexion) ExecContext(ctx context.Context, texte string, args []driver.NamedValue) (driver.Result, error) {
	if oui, _ := c.p.ici(texte, echoue); oui {
		return nil, ErrPanne
	}
	return c.entiere.ExecContext(ctx, texte, args)
}

// QueryContext runs a query, or fails in one of the ways.
func (c *connexion) QueryContext(ctx context.Context, texte string, args []driver.NamedValue) (driver.Rows, error) {
	peut := rompue
	if seule() {
		peut = illisible
	}
	oui, comment := c.p.ici(texte, peut)
	if oui && comment == echoue {
		return nil, ErrPanne
	}
	lignes, err := c.entiere.QueryContext(ctx, texte, args)
	if err != nil || !oui {
		return lignes, err
	}
	return &mauvaises{Rows: lignes, comment: comment}, nil
}

// seule tells whether a query is asked for one row, behind which nobody looks.
func seule() bool {
	pile := make([]uintptr, 16)
	cadres := runtime.CallersFrames(pile[:runtime.Callers(3, pile)])
	for {
		cadre, encore := cadres.Next()
		if strings.HasSuffix(cadre.Function, ").QueryRowContext") {
			return true
		}
		if !encore {
			return false
		}
	}
}

// mauvaises are rows whose values no variable takes, or whose end does not come. The end of those that were not taken comes: nothing but
// their reading tells.
type mauvaises struct {
	driver.Rows
	comment maniere
	donnees int
}

// Next reads one.
func (m *mauvaises) Next(valeurs []driver.Value) error {
	err := m.Rows.Next(valeurs)
	if errors.Is(err, io.EOF) && (m.comment == rompue || m.donnees == 0) {
		return ErrPanne
	}
	m.donnees++
	for n := range valeurs {
		if m.comment == illisible {
			valeurs[n] = struct{}{}
		}
	}
	return err
}
