// Package db opens the counter's database, SQLite in a file or PostgreSQL, and brings its schema up to
// date. Instants are microseconds since 1970 (BIGINT), amounts cents (BIGINT), words of state TEXT.
package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
)

// Base is an open database.
type Base struct {
	Dialecte Dialecte
	lecture  *sql.DB
	ecriture *sql.DB // for SQLite a pool of one connection: the database has one writer
	groupe   *groupe // for SQLite alone
}

// patience is how long a server may take to answer who connects, unless its address says otherwise.
const patience = 15 * time.Second

// lecteurs is how many connections read at once.
const lecteurs = 8

// Ouvrir opens the database at an address: the path of an SQLite file, which is created, or a postgres://
// URL. The schema is that which the database has: call Migrer.
func Ouvrir(ctx context.Context, adresse string) (*Base, error) {
	if err := inconnue(adresse); err != nil {
		return nil, err
	}
	ouvrir := func(chemin string) (*Base, error) { return OuvrirSQLite(chemin, sansDetour) }
	if Distante(adresse) {
		ouvrir = ouvrirPostgres
	}
	b, err := ouvrir(adresse)
	if err != nil {
		return nil, Expliquer(err, adresse)
	}
	if err := b.ecriture.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the database: %w", Expliquer(err, adresse)), b.Fermer())
	}
	return b, nil
}

func sansDetour(c driver.Connector) driver.Connector { return c }

// OuvrirSQLite opens an SQLite file whose connections come by a detour: tests have statements fail there.
func OuvrirSQLite(chemin string, detour func(driver.Connector) driver.Connector) (*Base, error) {
	adresse := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: chemin}).EscapedPath()}).String()
	pragmas := "?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=temp_store(2)&_pragma=cache_size(-32000)"
	ecriture, err := poolSQLite(adresse+pragmas, detour)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", chemin, err)
	}
	ecriture.SetMaxOpenConns(1)
	lecture, err := poolSQLite(adresse+pragmas+"&_pragma=query_only(1)", detour)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", chemin, err), ecriture.Close())
	}
	lecture.SetMaxOpenConns(lecteurs)
	lecture.SetMaxIdleConns(lecteurs)
	b := &Base{Dialecte: dialecteSQLite, lecture: lecture, ecriture: ecriture, groupe: nouveauGroupe(ecriture)}
	return b, nil
}

func poolSQLite(adresse string, detour func(driver.Connector) driver.Connector) (*sql.DB, error) {
	c, err := sqlite.NewConnector(adresse)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(detour(memoire{c})), nil
}

func ouvrirPostgres(adresse string) (*Base, error) {
	config, err := pgx.ParseConfig(adresse)
	if err != nil {
		return nil, fmt.Errorf("open the PostgreSQL database: %w", err)
	}
	chiffrer(config, adresse)
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = patience
	}
	pool := sql.OpenDB(postgres{stdlib.GetConnector(*config, stdlib.OptionAfterConnect(fixer))})
	pool.SetMaxOpenConns(4 * lecteurs)
	pool.SetMaxIdleConns(4 * lecteurs) // to begin a connection costs as much as several transactions
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return &Base{Dialecte: dialectePostgres, lecture: pool, ecriture: pool}, nil
}

// Lire returns the pool to read with. What it reads is committed.
func (b *Base) Lire() *sql.DB { return b.lecture }

// Pool returns the pool to write with, for those that make their own transactions (jobs).
func (b *Base) Pool() *sql.DB { return b.ecriture }

// Fermer waits for the transactions under way and closes the database.
func (b *Base) Fermer() error {
	if b.groupe != nil {
		b.groupe.fermer()
	}
	if b.lecture == b.ecriture {
		return b.ecriture.Close()
	}
	return errors.Join(b.lecture.Close(), b.ecriture.Close())
}

// Instant writes a time as the database keeps it.
func Instant(t time.Time) int64 { return t.UnixMicro() }

// Chiffre writes a yes or no as the database keeps it.
func Chiffre(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Temps reads a time of the database; 0 is the zero time.
func Temps(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}
