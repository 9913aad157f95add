package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"

	"guichet/internal/portail/db"
)

// server is a counter that is running, with one supplier and one depositor.
type server struct {
	cmd     *exec.Cmd
	address string // without a slash at its end
}

var listening = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// start runs the counter on a new SQLite database in dir, and waits until it answers.
func start(ctx context.Context, guichet, dir string, env ...string) (*server, error) {
	cmd := exec.CommandContext(ctx, guichet, "serve", "--adresse", "127.0.0.1:0", "--donnees", filepath.Join(dir, "portail"))
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	said, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the counter: %w", err)
	}
	s := &server{cmd: cmd}
	lines := bufio.NewScanner(said)
	for s.address == "" && lines.Scan() {
		s.address = listening.FindString(lines.Text())
	}
	if s.address == "" {
		return nil, errors.Join(errors.New("the counter does not say where it is"), s.stop())
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()
	if err := populate(ctx, filepath.Join(dir, "portail", "portail.db")); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// stop ends the counter as Ctrl-C does.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGINT); err != nil {
		return err
	}
	return s.cmd.Wait()
}

const (
	mail     = "depot@exemple.invalid"
	password = "quatre mots sans rapport"
	// The password, as Argon2id keeps it: a cheap one, it is not what is measured.
	hashed = "$argon2id$v=19$m=64,t=1,p=1$Z3VpY2hldC1kZS1iYW5jIQ$5U3bWpVdkHmMTzW1As8R1csO/GSWU6niog+LBizPb3k"
)

// populate adds a supplier, its software and its depositor.
func populate(ctx context.Context, database string) (err error) {
	b, err := db.Ouvrir(ctx, database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Fermer()) }()
	return b.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, statement := range []string{
			`INSERT INTO fournisseur (id, siret, raison_sociale, etat, contact, courriel, telephone, cree)
				VALUES (1, '00000000100008', 'ÉDITEUR D''EXEMPLE', 'actif', 'EXEMPLE', 'contact@exemple.invalid', '+33 1 99 00 00 00', 1)`,
			`INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ('ANS0000001', 1, 'LOGICIEL D''EXEMPLE')`,
			`INSERT INTO compte (id, courriel, nom, mot_de_passe, etat, cree) VALUES (1, '` + mail + `', 'Camille Exemple', '` + hashed + `', 'actif', 1)`,
			`INSERT INTO role (compte_id, fournisseur_id, role) VALUES (1, 1, 'deposant')`,
		} {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("add a supplier: %w", err)
			}
		}
		return nil
	})
}

// signIn returns a client with the session of the depositor.
func (s *server) signIn(ctx context.Context) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &http.Client{Jar: jar}
	form := url.Values{"courriel": {mail}, "motdepasse": {password}}
	a, err := s.ask(ctx, c, http.MethodPost, "/connexion", "application/x-www-form-urlencoded", body(form.Encode()))
	if err == nil && a.path != "/accueil" {
		err = fmt.Errorf("signed in, one is at %s", a.path)
	}
	return c, err
}

// answer is what the counter said, and where that led.
type answer struct {
	path string
	page []byte
}

// ask makes one request, redirects included. size is that of the body, -1 when it is not known.
func (s *server) ask(ctx context.Context, c *http.Client, method, path, kind string, content sized) (a answer, err error) {
	r, err := http.NewRequestWithContext(ctx, method, s.address+path, content.Reader)
	if err != nil {
		return a, err
	}
	r.ContentLength = content.size
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	got, err := c.Do(r)
	if err != nil {
		return a, err
	}
	defer got.Body.Close()
	a.path = got.Request.URL.Path
	a.page, err = io.ReadAll(got.Body)
	if err == nil && got.StatusCode >= 300 {
		err = fmt.Errorf("%s %s: %d\n%.2000s", method, path, got.StatusCode, a.page)
	}
	return a, err
}
