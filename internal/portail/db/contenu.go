package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Tables lists the tables of the database, whoever made them.
func (b *Base) Tables(ctx context.Context) (noms []string, err error) {
	return b.tables(ctx, b.lecture)
}

type interrogeable interface {
	QueryContext(ctx context.Context, texte string, args ...any) (*sql.Rows, error)
}

func (b *Base) tables(ctx context.Context, q interrogeable) (noms []string, err error) {
	texte := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name`
	if b.Dialecte.Nom == dialectePostgres.Nom {
		texte = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`
	}
	lignes, err := q.QueryContext(ctx, texte)
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var nom string
		if err := lignes.Scan(&nom); err != nil {
			return nil, fmt.Errorf("list the tables: %w", err)
		}
		noms = append(noms, nom)
	}
	return noms, lignes.Err()
}

// restePostgres drops what tables leave behind: the types and functions of jobs. Those of extensions stay.
const restePostgres = `DO $$ DECLARE x record; BEGIN
	FOR x IN SELECT p.oid::regprocedure AS nom FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
		AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
	LOOP EXECUTE 'DROP FUNCTION IF EXISTS ' || x.nom || ' CASCADE'; END LOOP;
	FOR x IN SELECT t.oid::regtype AS nom FROM pg_type t WHERE t.typnamespace = current_schema()::regnamespace AND t.typtype = 'e'
		AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
	LOOP EXECUTE 'DROP TYPE IF EXISTS ' || x.nom || ' CASCADE'; END LOOP;
END $$`

// Vider removes all tables, in one transaction. Nobody else may use the database.
func (b *Base) Vider(ctx context.Context) (err error) {
	c, err := b.ecriture.Conn(ctx)
	if err != nil {
		return fmt.Errorf("empty the database: %w", err)
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if b.Dialecte.Nom != dialectePostgres.Nom { // tables that refer to each other go in any order
		if _, err := c.ExecContext(ctx, `PRAGMA foreign_keys = 0`); err != nil {
			return fmt.Errorf("empty the database: %w", err)
		}
		defer func() {
			_, e := c.ExecContext(context.WithoutCancel(ctx), `PRAGMA foreign_keys = 1`)
			err = errors.Join(err, e)
		}()
	}
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("empty the database: %w", err)
	}
	if err := b.vider(ctx, tx); err != nil {
		return errors.Join(fmt.Errorf("empty the database: %w", err), tx.Rollback())
	}
	return tx.Commit()
}

func (b *Base) vider(ctx context.Context, tx *sql.Tx) error {
	noms, err := b.tables(ctx, tx)
	if err != nil {
		return err
	}
	postgres := b.Dialecte.Nom == dialectePostgres.Nom
	for _, nom := range noms {
		ordre := `DROP TABLE "` + nom + `"`
		if postgres {
			ordre += ` CASCADE`
		}
		if _, err := tx.ExecContext(ctx, ordre); err != nil {
			return err
		}
	}
	if postgres {
		_, err = tx.ExecContext(ctx, restePostgres)
	}
	return err
}
