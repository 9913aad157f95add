package sauvegarde

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"guichet/internal/durable"
	"guichet/internal/portail/db"
	"guichet/internal/provisoire"
)

// references are the columns that name kept files.
const references = `SELECT sha256 FROM depot UNION SELECT sha256 FROM archive WHERE libere = 0 UNION SELECT sha256 FROM piece WHERE libere = 0 UNION SELECT sha256 FROM piece_enrolement
	UNION SELECT piece_sha256 FROM message UNION SELECT sha256 FROM registre UNION SELECT pdf_sha256 FROM lettre_figee UNION SELECT pdf_sha256 FROM courrier_fige ORDER BY 1`

// ajouts are the parts of references that an older schema has not, with the step that makes their tables.
var ajouts = []struct {
	texte   string
	version int64
}{
	{" UNION SELECT pdf_sha256 FROM lettre_figee", 48},
	{" UNION SELECT pdf_sha256 FROM courrier_fige", 75},
}

// sansLibere is the first part of references, of a schema before that which notes what was let go.
const sansLibere = "WHERE etat <> 'refusee' OR ecartees > 0 UNION SELECT sha256 FROM piece UNION"

// versionLibere is the step of the schema that notes it.
const versionLibere = 32

type lecteur interface {
	QueryContext(ctx context.Context, texte string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, texte string, args ...any) *sql.Row
}

// referencesDe are those of the schema that a database has: a backup may be older than the program.
func referencesDe(ctx context.Context, q lecteur) (string, error) {
	var version int64
	if err := q.QueryRowContext(ctx, `SELECT MAX(version_id) FROM schema_version`).Scan(&version); err != nil {
		return "", fmt.Errorf("read the version of the schema: %w", err)
	}
	connues := references
	for _, a := range ajouts {
		if version < a.version {
			connues = strings.Replace(connues, a.texte, "", 1)
		}
	}
	if version >= versionLibere {
		return connues, nil
	}
	return strings.Replace(connues, "WHERE libere = 0 UNION SELECT sha256 FROM piece WHERE libere = 0 UNION", sansLibere, 1), nil
}

// lireReferences lists the kept files that a database speaks of.
func lireReferences(ctx context.Context, q lecteur) (liste []string, err error) {
	texte, err := referencesDe(ctx, q)
	if err != nil {
		return nil, err
	}
	lignes, err := q.QueryContext(ctx, texte)
	if err != nil {
		return nil, fmt.Errorf("list the files that the database speaks of: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var sha string
		if err := lignes.Scan(&sha); err != nil {
			return nil, err
		}
		if sha != "" { // a document that was refused was not kept
			liste = append(liste, sha)
		}
	}
	return liste, lignes.Err()
}

// copierSQLite writes what the database is at one moment under a hidden name. Who writes meanwhile does not wait.
func copierSQLite(ctx context.Context, chemin, vers string) (cache string, reference []string, err error) {
	if _, err := os.Stat(chemin); errors.Is(err, fs.ErrNotExist) {
		return "", nil, ErrSansGuichet
	}
	cache = provisoire.Nom(vers)
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("copy the database: %w", err), sansAbsence(os.Remove(cache)))
		}
	}()
	if err := dansSQLite(ctx, chemin, func(base *sql.DB) error {
		_, err := base.ExecContext(ctx, "VACUUM INTO ?", cache)
		return db.Expliquer(err, chemin)
	}); err != nil {
		return "", nil, err
	}
	if err := errors.Join(os.Chmod(cache, 0o600), durable.Fichier(cache)); err != nil {
		return "", nil, err
	}
	err = dansSQLite(ctx, cache, func(base *sql.DB) error {
		reference, err = lireReferences(ctx, base)
		return err
	})
	return cache, reference, err
}

// dansSQLite runs f on a database in a file, which has to be there.
func dansSQLite(_ context.Context, chemin string, f func(*sql.DB) error) error {
	adresse := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: chemin}).EscapedPath()}).String()
	return surSQLite(adresse+"?mode=rw&_pragma=busy_timeout(10000)", f)
}

// lireSQLite runs f on a database that nobody changes, and that stays as it is, on a disk that cannot be written as well.
func lireSQLite(chemin string, f func(*sql.DB) error) error {
	adresse := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: chemin}).EscapedPath()}).String()
	return surSQLite(adresse+"?mode=ro&immutable=1", f)
}

func surSQLite(adresse string, f func(*sql.DB) error) (err error) {
	base, err := sql.Open("sqlite", adresse)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	return f(base)
}

func sansAbsence(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// copierPostgres has pg_dump write what the database is at one moment, which the list of files is read at, too.
func copierPostgres(ctx context.Context, adresse, vers string) (cache string, reference []string, err error) {
	base, err := sql.Open("pgx", adresse)
	if err != nil {
		return "", nil, fmt.Errorf("copy the database: %w", err)
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	tx, err := base.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return "", nil, fmt.Errorf("copy the database: %w", db.Expliquer(err, adresse))
	}
	defer func() { _ = tx.Rollback() }() // it has only read
	var moment string
	if err := tx.QueryRowContext(ctx, `SELECT pg_export_snapshot()`).Scan(&moment); err != nil {
		return "", nil, fmt.Errorf("copy the database: %w", err)
	}
	if reference, err = lireReferences(ctx, tx); err != nil {
		return "", nil, err
	}
	cache = provisoire.Nom(vers)
	if err := client(ctx, "pg_dump", adresse, "--format=custom", "--no-owner", "--no-privileges", "--snapshot="+moment, "--file="+cache); err != nil {
		return "", nil, errors.Join(err, sansAbsence(os.Remove(cache)))
	}
	return cache, reference, errors.Join(os.Chmod(cache, 0o600), durable.Fichier(cache))
}

// SansClient says that a program of PostgreSQL's client is not installed.
type SansClient struct{ Nom string }

func (e SansClient) Error() string { return e.Nom + " is not installed" }

// client runs a program of PostgreSQL on a database, the newest that is installed: it reads servers of its version and
// earlier ones. The password is not among its arguments, which everybody on the machine can read.
func client(ctx context.Context, nom, adresse string, args ...string) error {
	chemin, err := exec.LookPath(nom)
	if trouves, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + nom); len(trouves) > 0 { // the pattern is right
		chemin, err = trouves[len(trouves)-1], nil
	}
	if err != nil {
		return SansClient{nom}
	}
	u, err := url.Parse(adresse)
	if err != nil {
		return fmt.Errorf("the address of the database: %w", err)
	}
	motDePasse, connu := u.User.Password()
	if connu {
		u.User = url.User(u.User.Username())
	}
	var dit bytes.Buffer
	cmd := exec.CommandContext(ctx, chemin, append(args, "--dbname="+u.String())...)
	if cmd.Stderr = &dit; connu {
		cmd.Env = append(os.Environ(), "PGPASSWORD="+motDePasse)
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", nom, err, strings.TrimSpace(dit.String()))
	}
	return nil
}

// vide tells whether a PostgreSQL database has no table.
func vide(ctx context.Context, adresse string) (oui bool, err error) {
	b, err := db.Ouvrir(ctx, adresse)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, b.Fermer()) }()
	tables, err := b.Tables(ctx)
	return len(tables) == 0, err
}
