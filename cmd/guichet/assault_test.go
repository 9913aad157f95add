package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/corpus"
)

// attackers is how many strangers, and suppliers who mean harm, are at it at once.
const attackers = 200

// What the counter holds to meanwhile.
const (
	medianDeposit = 2 * time.Second
	longForm      = time.Minute // from which on the time is held to: the short form runs beside other tests
	mostMemory    = 800 << 20
	mostDisk      = 600 << 20 // of all that 200 attackers leave: drafts, controls, refused archives
)

// While 200 attackers of all kinds are at it, each from an address of its own, a supplier deposits; memory and disk stay
// within their bounds, and at the end the counter answers as ever. GUICHET_SOAK says for how long.
// ASVS 2.4.1, 15.2.2.
func TestAssault(t *testing.T) {
	duration, err := time.ParseDuration(os.Getenv("GUICHET_SOAK"))
	if err != nil {
		t.Skip("GUICHET_SOAK does not say for how long")
	}
	c := startCounter(t)
	ctx, stop := context.WithTimeout(t.Context(), duration)
	defer stop()
	var wg sync.WaitGroup
	strangers := make([]*visitor, attackers)
	for i := range strangers {
		attack, a := kindsOfAttack[i%len(kindsOfAttack)], c.stranger(t, i)
		strangers[i] = a
		wg.Go(func() {
			for ctx.Err() == nil {
				attack(ctx, a) // what it is answered is its own affair
			}
		})
	}
	var times []time.Duration
	for n := 0; ctx.Err() == nil || n < 3; n++ {
		begun := time.Now()
		if err := c.supplier.deposit(t.Context(), n); err != nil {
			t.Errorf("deposit %d: %v", n, err)
		}
		times = append(times, time.Since(begun))
	}
	wg.Wait()
	answered := map[string]int{}
	for _, a := range strangers {
		for what, n := range a.answers {
			answered[what] += n
		}
	}
	t.Logf("strangers were answered %v", answered)
	slices.Sort(times)
	median, memory, disk := times[len(times)/2], c.memory(t), folderSize(t, c.folder)
	t.Logf("%d deposits, median %v, longest %v; memory %d MB, disk %d MB", len(times), median, times[len(times)-1], memory>>20, disk>>20)
	if memory > mostMemory || disk > mostDisk || duration >= longForm && median > medianDeposit {
		t.Errorf("median %v, memory %d MB, disk %d MB", median, memory>>20, disk>>20)
	}
	if status, _, err := c.supplier.ask(t.Context(), http.MethodGet, "/healthz", "", nil); status != http.StatusOK {
		t.Errorf("afterwards: %d, %v", status, err)
	}
}

// counter is the program, open with its example.
type counter struct {
	address, folder string
	process         *os.Process
	accounts        string
	supplier        *visitor // who means no harm
	culprit         *visitor // of a supplier whose people do
}

func startCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{address: freeAddress(t), folder: t.TempDir()}
	program := filepath.Join(t.TempDir(), "guichet")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), program, "serve", "--demo", "--adresse", c.address, "--donnees", c.folder)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // killed with the test's context
	c.process = cmd.Process
	for c.supplier = c.stranger(t, attackers+1); ; time.Sleep(50 * time.Millisecond) {
		text, _ := os.ReadFile(filepath.Join(c.folder, demoAccounts))
		if status, _, _ := c.supplier.ask(t.Context(), http.MethodGet, "/healthz", "", nil); status == http.StatusOK && len(text) > 0 {
			c.accounts = string(text)
			break
		}
	}
	c.culprit = c.stranger(t, attackers)
	for who, mail := range map[*visitor]string{c.supplier: "proprietaire@distributeur.exemple.invalid", c.culprit: "proprietaire@editeur.exemple.invalid"} {
		if err := who.signIn(t.Context(), mail); err != nil {
			t.Fatal(err)
		}
	}
	if _, where, err := c.supplier.form(t.Context(), "/agir-pour", url.Values{"pour": {"2-0"}}); err != nil || where != "/accueil" { // their own
		t.Fatalf("at %s, %v", where, err)
	}
	return c
}

// memory is the most that the counter held, in bytes.
func (c *counter) memory(t *testing.T) int64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.process.Pid))
	if err != nil {
		t.Skip("this system does not tell the memory of a process: " + err.Error())
	}
	kilobytes, err := strconv.ParseInt(regexp.MustCompile(`VmHWM:\s+(\d+)`).FindStringSubmatch(string(status))[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes << 10
}

func folderSize(t *testing.T, folder string) (size int64) {
	t.Helper()
	err := filepath.WalkDir(folder, func(_ string, d os.DirEntry, err error) error {
		if err != nil {
			return nil // gone meanwhile
		}
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}

// visitor is a browser with an address of its own.
type visitor struct {
	*counter
	http *http.Client
	dial net.Dialer
	rank int

	mu      sync.Mutex
	answers map[string]int // by path and status
}

func (c *counter) stranger(t *testing.T, i int) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{counter: c, rank: i, answers: map[string]int{}, dial: net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, byte(1+i/250), byte(1+i%250))}}}
	v.http = &http.Client{Jar: jar, Timeout: time.Minute, Transport: &http.Transport{DialContext: v.dial.DialContext}}
	t.Cleanup(v.http.CloseIdleConnections)
	return v
}

func (v *visitor) ask(ctx context.Context, method, path, kind string, body io.Reader) (status int, where string, err error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://"+v.address+path, body)
	if err != nil {
		return 0, "", err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	a, err := v.http.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer a.Body.Close()
	_, err = io.Copy(io.Discard, a.Body)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.answers[fmt.Sprintf("%s %d", strings.TrimRight(path, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"), a.StatusCode)]++
	return a.StatusCode, a.Request.URL.Path, err
}

func (v *visitor) form(ctx context.Context, path string, values url.Values) (int, string, error) {
	return v.ask(ctx, http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
}

func (v *visitor) signIn(ctx context.Context, mail string) error {
	for line := range strings.Lines(v.accounts) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == mail {
			status, where, err := v.form(ctx, "/connexion", url.Values{"courriel": {mail}, "motdepasse": {f[1]}})
			if err == nil && where == "/connexion" {
				err = fmt.Errorf("%s is not let in: %d", mail, status)
			}
			return err
		}
	}
	return fmt.Errorf("%s has no account", mail)
}

// send sends the form of a deposit.
func (v *visitor) send(ctx context.Context, path, software, field, name string, content []byte) (int, string, error) {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	_ = m.WriteField("type", "avance")
	_ = m.WriteField("numeroAns", software)
	w, err := m.CreateFormFile(field, name)
	if err != nil {
		return 0, "", err
	}
	_, _ = w.Write(content) // into memory
	_ = m.Close()
	return v.ask(ctx, http.MethodPost, path, m.FormDataContentType(), &b)
}

// deposit deposits the nth file of the supplier of the example.
func (v *visitor) deposit(ctx context.Context, n int) error {
	file := corpus.Fichier(corpus.Forme{Demandes: 20, OGs: 1, ESMS: 1, Indente: true, NumeroAns: "ANS0000002", SIRET: "00000000200006", Depuis: 1000 + 20*n})
	status, where, err := v.send(ctx, "/deposer", "ANS0000002", "fichier", "JSON-ANS0000002-20261124-001.json", file)
	if err == nil && (status != http.StatusOK || !strings.HasPrefix(where, "/depots/DEP-")) {
		err = fmt.Errorf("%d at %s", status, where)
	}
	return err
}
