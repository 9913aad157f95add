package essai

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guichet/internal/attente"
)

// serveur is the private server of this process: started at the first use, ended with the process.
var serveur = sync.OnceValues(demarrer)

// prive is a running server.
type prive struct {
	port  int
	dir   string         // where its socket is
	entre io.WriteCloser // the guardian's standard input: it must not be collected, and closed by that
}

var numero atomic.Int64

// AdressePostgres returns the address of a new, empty database. Without PostgreSQL the test fails; with
// -short it is skipped.
func AdressePostgres(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a PostgreSQL server: not in -short")
	}
	p, name, err := nouvelleBase("")
	if err != nil {
		t.Fatal(err)
	}
	return adresse(p.port, name)
}

// Locale is AdressePostgres for a program that measures: by the socket of this machine, as a server beside its database
// is reached.
func Locale() (string, error) {
	p, name, err := nouvelleBase("")
	q := url.Values{"host": {p.dir}, "port": {strconv.Itoa(p.port)}, "sslmode": {"disable"}}
	return "postgres://guichet@/" + name + "?" + q.Encode(), err
}

// nouvelleBase makes a database, in a way of CREATE DATABASE.
func nouvelleBase(comment string) (p prive, name string, err error) {
	if p, err = serveur(); err != nil {
		return p, "", fmt.Errorf("start PostgreSQL (`make check` installs it): %w", err)
	}
	name = fmt.Sprintf("essai%d", numero.Add(1))
	return p, name, executer(p.port, "postgres", "CREATE DATABASE "+name+" "+comment)
}

func adresse(port int, base string) string {
	return fmt.Sprintf("postgres://guichet@127.0.0.1:%d/%s?sslmode=disable", port, base)
}

func executer(port int, base, texte string) error {
	pool, err := sql.Open("pgx", adresse(port, base))
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(context.Background(), texte)
	return errors.Join(err, pool.Close())
}

// gardien runs the server for as long as its standard input is open, which this process holds: however the
// tests end, the server ends and its folder goes.
const gardien = `
"$1/initdb" -D "$2/donnees" -U guichet -A trust -E UTF8 --no-sync >"$2/initdb.log" 2>&1 || exit 1
"$1/postgres" -D "$2/donnees" -p "$3" -h 127.0.0.1 -k "$2" -c fsync="$4" -c synchronous_commit="$4" -c full_page_writes="$4" -c max_connections=200 -c shared_buffers=128MB >"$2/serveur.log" 2>&1 &
serveur=$!
read -r fin
kill -INT $serveur
wait $serveur
rm -rf "$2"
`

// demarrer starts the server on a free port. Nothing waits for the disk, unless GUICHET_ESSAI_FSYNC is "on":
// tests of durability and benchmarks ask for it.
func demarrer() (p prive, err error) {
	bin, err := programmes()
	if err != nil {
		return p, err
	}
	folder, err := os.MkdirTemp("", "guichet-pg-")
	if err != nil {
		return p, err
	}
	p.dir = folder
	if p.port, err = portLibre(); err != nil {
		return p, err
	}
	fsync := "off"
	if os.Getenv("GUICHET_ESSAI_FSYNC") == "on" {
		fsync = "on"
	}
	cmd := exec.Command("/bin/sh", "-c", gardien, "gardien", bin, folder, strconv.Itoa(p.port), fsync)
	cmd.Dir = folder
	if err := commeUtilisateur(cmd, folder); err != nil {
		return p, err
	}
	if p.entre, err = cmd.StdinPipe(); err != nil {
		return p, err
	}
	if err := cmd.Start(); err != nil {
		return p, err
	}
	return p, attendre(p.port, folder)
}

// programmes finds the folder of the newest server that is installed.
func programmes() (string, error) {
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is right
	if len(found) == 0 {
		return "", errors.New("initdb not found")
	}
	return filepath.Dir(found[len(found)-1]), nil
}

func portLibre() (int, error) {
	adresse, err := attente.Adresse()
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(adresse[strings.LastIndexByte(adresse, ':')+1:])
}

// attendre waits until the server answers.
func attendre(port int, folder string) error {
	var err error
	for fin := time.Now().Add(attente.Patience); time.Now().Before(fin); time.Sleep(100 * time.Millisecond) {
		if err = executer(port, "postgres", "SELECT 1"); err == nil {
			return nil
		}
	}
	log, _ := os.ReadFile(filepath.Join(folder, "serveur.log")) // to tell more, if there is more
	return fmt.Errorf("the server does not answer: %w\n%s", err, log)
}
