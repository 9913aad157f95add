package db

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"text/template"

	"github.com/pressly/goose/v3"
)

// The schema, one step for each file NNNN_what.sql, in which {{.Identite}} and its like stand for the words
// of the database. A step that has been released is never changed.
//
//go:embed schema/*.sql
var schema embed.FS

// Migrer brings the schema up to date and returns the numbers of the steps made.
func (b *Base) Migrer(ctx context.Context) ([]int64, error) {
	p, err := b.migrations()
	if err != nil {
		return nil, err
	}
	results, err := p.Up(ctx)
	if err != nil {
		return nil, fmt.Errorf("bring the schema up to date: %w", err)
	}
	steps := make([]int64, len(results))
	for i, r := range results {
		steps[i] = r.Source.Version
	}
	return steps, nil
}

// AJour tells whether the schema has all the steps of this program.
func (b *Base) AJour(ctx context.Context) (bool, error) {
	p, err := b.migrations()
	if err != nil {
		return false, err
	}
	pending, err := p.HasPending(ctx)
	return !pending, err
}

func (b *Base) migrations() (*goose.Provider, error) {
	steps, err := b.etapes()
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	if b.Dialecte.Nom == dialectePostgres.Nom {
		dialect = goose.DialectPostgres
	}
	p, err := goose.NewProvider(dialect, b.ecriture, nil,
		goose.WithGoMigrations(steps...), goose.WithTableName("schema_version"), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	return p, nil
}

// etapes makes the steps in the words of the database.
func (b *Base) etapes() ([]*goose.Migration, error) {
	files, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list the schema: %w", err)
	}
	var steps []*goose.Migration
	for _, f := range files {
		number, _, _ := strings.Cut(path.Base(f), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("schema %s: the name has no number: %w", f, err)
		}
		text, err := b.etape(f)
		if err != nil {
			return nil, fmt.Errorf("schema %s: %w", f, err)
		}
		run := executer(text)
		if tables := aPlier[version]; tables != nil {
			run = suivre(run, plierNoms(tables))
		}
		steps = append(steps, goose.NewGoMigration(version, &goose.GoFunc{RunTx: run}, nil))
	}
	return steps, nil
}

func (b *Base) etape(file string) (string, error) {
	t, err := template.ParseFS(schema, file)
	if err != nil {
		return "", err
	}
	var text bytes.Buffer
	err = t.Execute(&text, b.Dialecte)
	return text.String(), err
}

// suivre makes one step of two.
func suivre(etape, suite func(context.Context, *sql.Tx) error) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		if err := etape(ctx, tx); err != nil {
			return err
		}
		return suite(ctx, tx)
	}
}

func executer(text string) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, text)
		return err
	}
}
