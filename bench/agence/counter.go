package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"guichet/archive"
	"guichet/internal/attente"
	"guichet/internal/corpus"
	"guichet/internal/portail/db"
)

// counter is a demonstration that runs, and the people who use it.
type counter struct {
	base                *db.Base // the same database, to fill it
	cmd                 *exec.Cmd
	site, dir           string
	denis, ines, victor *person
	used                int // demandes of the files that were deposited here
}

// open starts a demonstration and signs its people in.
func open(ctx context.Context, program, dir, address string) (_ *counter, err error) {
	host, err := attente.Adresse()
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return nil, err
	}
	c := &counter{site: "http://" + host, dir: dir, used: 1000} // the example has used some numbers
	var said bytes.Buffer
	c.cmd = exec.CommandContext(ctx, program, "serve", "--demo", "--adresse", host, "--donnees", dir, "--courriels-ensemble", "5", "--referentiels", filepath.Join(dir, "aucun")) // those of the example know none of what is filled in
	c.cmd.Env, c.cmd.Stderr = append(os.Environ(), "GUICHET_DB="+address), &said
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the counter: %w", err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%w\n%.2000s", errors.Join(err, c.close()), said.String())
		}
	}()
	var accounts []byte
	for range 600 {
		if accounts, err = os.ReadFile(filepath.Join(dir, "demonstration.txt")); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		return c, err
	}
	if c.base, err = db.Ouvrir(ctx, address); err != nil {
		return c, err
	}
	for begins, who := range map[string]**person{"deposant@editeur": &c.denis, "instruction@": &c.ines, "decision@": &c.victor} {
		if *who, err = c.signIn(string(accounts), begins); err != nil {
			return c, err
		}
	}
	return c, nil
}

// close asks the counter to stop, and waits.
func (c *counter) close() (err error) {
	_ = c.cmd.Process.Signal(syscall.SIGINT) // one that has ended tells why below
	err = c.cmd.Wait()
	if c.base != nil {
		err = errors.Join(err, c.base.Fermer())
	}
	return err
}

// person is a browser in which somebody has signed in.
type person struct {
	site   string
	client http.Client
	alone  http.Client // does not follow where an answer leads
}

func (c *counter) signIn(accounts, begins string) (*person, error) {
	account := regexp.MustCompile(`(?m)^(` + regexp.QuoteMeta(begins) + `\S*)\s+(\S+)`).FindStringSubmatch(accounts)
	if account == nil {
		return nil, fmt.Errorf("no account %s", begins)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	p := &person{site: c.site, client: http.Client{Jar: jar}}
	p.alone = http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for range 100 { // it listens before it is open
		if _, err = p.post("/connexion", url.Values{"courriel": {account[1]}, "motdepasse": {account[2]}}); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return p, err
}

// answer is a page, where it was found and how long it took.
type answer struct {
	path, body      string
	took, processor time.Duration // the latter of the counter, where it was looked at
}

func (p *person) do(c *http.Client, r *http.Request) (answer, error) {
	begun := time.Now()
	a, err := c.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if err == nil && a.StatusCode != http.StatusOK && a.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("%s %s: %d\n%.3000s", r.Method, r.URL, a.StatusCode, body[bytes.Index(body, []byte("<main"))+1:])
	}
	return answer{path: a.Request.URL.RequestURI(), body: string(body), took: time.Since(begun)}, err
}

func (p *person) get(path string) (answer, error) {
	r, err := http.NewRequest(http.MethodGet, p.site+path, nil)
	if err != nil {
		return answer{}, err
	}
	return p.do(&p.client, r)
}

func (p *person) post(path string, fields url.Values) (answer, error) {
	return p.fill(&p.client, path, fields)
}

func (p *person) fill(c *http.Client, path string, fields url.Values) (answer, error) {
	r, err := http.NewRequest(http.MethodPost, p.site+path, strings.NewReader(fields.Encode()))
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.do(c, r)
}

// send posts a form with a file.
func (p *person) send(path, field, name string, content []byte, fields map[string]string) (answer, error) {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for n, v := range fields {
		_ = m.WriteField(n, v) // into memory
	}
	w, err := m.CreateFormFile(field, name)
	if err == nil {
		_, err = w.Write(content)
	}
	if err := errors.Join(err, m.Close()); err != nil {
		return answer{}, err
	}
	r, err := http.NewRequest(http.MethodPost, p.site+path, &b)
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Content-Type", m.FormDataContentType())
	return p.do(&p.client, r)
}

// demandesOfFile is how many one deposit has: as many as a file may have.
const demandesOfFile = 200

func (c *counter) file() []byte {
	b := corpus.Fichier(corpus.Forme{Demandes: demandesOfFile, OGs: 1, ESMS: 1, Depuis: c.used})
	c.used += demandesOfFile
	return b
}

// deposit deposits a new file, and returns the page of the deposit.
func (c *counter) deposit() (file []byte, a answer, err error) {
	file = c.file()
	a, err = c.denis.send("/deposer", "fichier", "JSON-ANS0000001-20231002-001.json", file, map[string]string{"type": "avance", "numeroAns": "ANS0000001"})
	return file, a, err
}

// model deposits a file with all its documents, and waits until the agency has its demandes and their alerts.
func (c *counter) model(ctx context.Context) (id int64, err error) {
	file, a, err := c.deposit()
	if err == nil && !strings.Contains(a.body, "ASP-") {
		err = fmt.Errorf("nothing of the file is accepted: %.3000s", a.body[strings.Index(a.body, "<main")+1:])
	}
	if err != nil {
		return 0, err
	}
	if err := c.base.Lire().QueryRowContext(ctx, `SELECT MAX(id) FROM depot`).Scan(&id); err != nil {
		return 0, err
	}
	var contents []archive.Contenu
	for _, name := range regexp.MustCompile(`MS1-DUI-Va1-[A-Z]+-[0-9A-Z]{5}\.pdf`).FindAllString(string(file), -1) {
		pdf := corpus.PDF(900)
		contents = append(contents, archive.Contenu{Nom: name, Taille: int64(len(pdf)), CRC: crc32.ChecksumIEEE(pdf),
			Ouvrir: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(pdf)), nil }})
	}
	var b bytes.Buffer
	if err := archive.Ecrire(ctx, &b, contents); err != nil {
		return 0, err
	}
	page, _, _ := strings.Cut(a.path, "?")
	if _, err := c.denis.send(page+"/pieces", "archives", "pieces.zip", b.Bytes(), nil); err != nil {
		return 0, err
	}
	for range 1200 {
		var n int
		err := c.base.Lire().QueryRowContext(ctx, `SELECT COUNT(*) FROM dossier WHERE depot_id = $1 AND revu <> ''`, id).Scan(&n)
		if err != nil || n == demandesOfFile {
			return id, err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return 0, errors.New("the alerts of the file are never looked for")
}
