package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"time"

	"github.com/alexedwards/argon2id"

	"guichet/internal/portail/db"
)

// clients is how many deposit at once, each for a supplier of its own.
const clients = 16

// counter is a running `guichet serve`.
type counter struct {
	database
	base       *db.Base // the same database, to fill it and to look at it
	cmd        *exec.Cmd
	host       string
	log        string
	cookies    []string     // of the sessions, by client
	sent       [clients]int // files
	postmaster int          // process of PostgreSQL, -1 for none
}

// open makes a counter with suppliers, and signs their people in.
func open(ctx context.Context, program string, d database) (_ *counter, err error) {
	c := &counter{database: d}
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return nil, err
	}
	address, err := d.address(d.dir, "portail")
	if err != nil {
		return nil, err
	}
	if out, err := exec.CommandContext(ctx, program, "migrate", "--donnees", d.dir, "--db", address).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("migrate: %w\n%s", err, out)
	}
	if c.base, err = db.Ouvrir(ctx, address); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.close())
		}
	}()
	if err := c.enrol(ctx); err != nil {
		return nil, fmt.Errorf("enrol the suppliers: %w", err)
	}
	if err := c.start(ctx, program, address); err != nil {
		return nil, err
	}
	for i := range clients {
		cookie, err := signIn(c.host, mail(i))
		if err != nil {
			return nil, fmt.Errorf("sign in: %w", err)
		}
		c.cookies = append(c.cookies, cookie)
	}
	return c, nil
}

func mail(i int) string { return fmt.Sprintf("depot%d@exemple.invalid", i) }

const password = "quatre mots sans rapport"

// enrol adds the suppliers, their software and people.
func (c *counter) enrol(ctx context.Context) error {
	hash, err := argon2id.CreateHash(password, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		return err
	}
	return c.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for i := range clients {
			for _, x := range []struct {
				text string
				args []any
			}{
				{`INSERT INTO fournisseur (id, siret, raison_sociale, etat, contact, courriel, telephone, cree) VALUES ($1, $2, 'EXEMPLE', 'actif', 'Exemple', $3, '+33 1 99 00 00 00', 0)`, []any{i + 1, siret(i), mail(i)}},
				{`INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ($1, $2, 'Exemple')`, []any{numeroAns(i), i + 1}},
				{`INSERT INTO compte (id, courriel, nom, mot_de_passe, etat, cree) VALUES ($1, $2, 'Camille Exemple', $3, 'actif', 0)`, []any{i + 1, mail(i), hash}},
				{`INSERT INTO role (compte_id, fournisseur_id, role) VALUES ($1, $1, 'deposant')`, []any{i + 1}},
			} {
				if _, err := tx.ExecContext(ctx, x.text, x.args...); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

var opened = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)\n`)

// start runs the counter and waits until it is open. Its log goes to a file, as a supervisor's does.
func (c *counter) start(ctx context.Context, program, address string) error {
	c.log = filepath.Join(c.dir, "serve.log")
	f, err := os.Create(c.log)
	if err != nil {
		return err
	}
	defer f.Close()
	c.cmd = exec.CommandContext(ctx, program, "serve", "--donnees", c.dir, "--db", address, "--adresse", "127.0.0.1:0")
	c.cmd.Stderr = f
	if err := c.cmd.Start(); err != nil {
		return fmt.Errorf("start the counter: %w", err)
	}
	for range 200 {
		text, err := os.ReadFile(c.log)
		if err != nil {
			return err
		}
		if m := opened.FindSubmatch(text); m != nil {
			c.host = string(m[1])
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	text, _ := os.ReadFile(c.log) // to tell more, if there is more
	return fmt.Errorf("the counter does not open:\n%s", text)
}

// close asks the counter to stop, and waits. Its folder stays until the run ends: a file system without a journal looks
// for minutes past the places of files that were just removed, when it makes others.
func (c *counter) close() (err error) {
	if c.cmd != nil && c.cmd.Process != nil {
		_ = c.cmd.Process.Signal(syscall.SIGINT) // one that has ended tells why below
		err = c.cmd.Wait()
	}
	return errors.Join(err, c.base.Fermer())
}
