package main

import (
	"bytes"
	"context"
	"crypto/tls"
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
	"strings"
	"testing"
	"time"

	"guichet/internal/corpus"
	"guichet/internal/portail/certificat"
	"guichet/internal/portail/certificat/essai"
)

// guideBlocks are the blocks of a language in the guide of deployment.
func guideBlocks(t *testing.T, language string) (blocks []string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/guide-de-deploiement.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, m[1])
	}
	if len(blocks) == 0 {
		t.Fatalf("the guide has no block of %s", language)
	}
	return blocks
}

// deployed is a counter behind nginx, both set as the guide says.
type deployed struct {
	http, https, data string
	client            *http.Client // of a visitor at another address, who is not trusted
}

// visitorAddress is that visitor's.
const visitorAddress = "127.0.5.2"

// deploy starts both on the loopback: ports and paths of the guide are replaced, nothing else.
func deploy(t *testing.T) *deployed {
	t.Helper()
	nginx := findNginx(t)
	folder := t.TempDir()
	d := &deployed{http: freeAddress(t), https: freeAddress(t), data: filepath.Join(folder, "portail")}
	inner := freeAddress(t)
	pair := certificat.Fichiers{Certificat: filepath.Join(folder, "chaine.pem"), Cle: filepath.Join(folder, "cle.pem")}
	essai.Ecrire(t, pair, 1)
	replace := strings.NewReplacer("127.0.0.1:8080", inner, "listen 80;", "listen "+d.http+";", "listen 443 ssl;", "listen "+d.https+" ssl;",
		"/etc/ssl/guichet/chaine.pem", pair.Certificat, "/etc/ssl/guichet/cle.pem", pair.Cle)

	cmd := exec.Command("guichet", "serve", "--demo", "--donnees", d.data)
	cmd.Env = append(os.Environ(), strings.Fields(replace.Replace(guideBlocks(t, "ini")[0]))...) // an EnvironmentFile
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the counter: %v %s", err, &said)
		}
	})
	startNginx(t, nginx, folder, replace.Replace(guideBlocks(t, "nginx")[0]))
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(visitorAddress)}}
	d.client = &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // the certificate is another test's affair
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			to := map[string]string{"guichet.exemple.fr:80": d.http, "guichet.exemple.fr:443": d.https}[address]
			return dialer.DialContext(ctx, network, to)
		},
	}}
	t.Cleanup(d.client.CloseIdleConnections)
	d.await(t)
	return d
}

// findNginx is the program that `make tools` unpacks, or that of the system.
func findNginx(t *testing.T) string {
	t.Helper()
	cache := os.Getenv("GUICHET_CACHE")
	if home, err := os.UserCacheDir(); cache == "" && err == nil {
		cache = filepath.Join(home, "guichet")
	}
	for _, name := range []string{filepath.Join(cache, "nginx", "usr", "sbin", "nginx"), "/usr/sbin/nginx"} {
		if _, err := os.Stat(name); err == nil {
			return name
		}
	}
	t.Skip("no nginx: make tools installs it")
	return ""
}

// startNginx runs nginx with one site, and ends it with the test. What Debian's own nginx.conf sets is only where its files are.
func startNginx(t *testing.T, program, folder, site string) {
	t.Helper()
	user := ""
	if os.Getuid() == 0 {
		user = "user root;"
	}
	conf := filepath.Join(folder, "nginx.conf")
	text := fmt.Sprintf(`daemon off; %s pid nginx.pid; error_log stderr;
events {}
http {
	access_log off;
	client_body_temp_path corps; proxy_temp_path relais; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
%s
}
`, user, site)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	cmd := exec.Command(program, "-e", "stderr", "-p", folder, "-c", conf)
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt) // which is a quick end to nginx
		_ = cmd.Wait()
		if strings.Contains(said.String(), "[emerg]") {
			t.Errorf("nginx: %s", &said)
		}
	})
}

// await waits until both answer: two minutes at most.
func (d *deployed) await(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for status := 0; ; {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://guichet.exemple.fr/healthz", nil)
		if err != nil {
			t.Fatal(err)
		}
		a, err := d.client.Do(r)
		if err == nil {
			_ = a.Body.Close()
			if status = a.StatusCode; status == http.StatusOK {
				return
			}
		}
		if ctx.Err() != nil {
			t.Fatalf("last answered %d, %v", status, err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// ask returns an answer and its text.
func (d *deployed) ask(t *testing.T, method, address, kind string, body io.Reader, head http.Header) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	if head != nil {
		r.Header = head
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	a, err := d.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a, string(text)
}

const deployedURL = "https://guichet.exemple.fr"

// The guide of deployment is true: a counter and nginx that are set by its blocks lead to HTTPS, keep the counter's headers, let
// it know who asks and not whom they claim to be, and leave the size of uploads to it.
func TestDeploymentGuide(t *testing.T) {
	t.Parallel()
	d := deploy(t)
	if a, _ := d.ask(t, http.MethodGet, "http://guichet.exemple.fr/aide?x=1", "", nil, nil); a.StatusCode != http.StatusMovedPermanently || a.Header.Get("Location") != deployedURL+"/aide?x=1" {
		t.Errorf("not led to HTTPS: %d %v", a.StatusCode, a.Header)
	}
	a, _ := d.ask(t, http.MethodGet, deployedURL+"/connexion", "", nil, nil)
	for _, name := range []string{"Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options"} {
		if len(a.Header.Values(name)) != 1 {
			t.Errorf("%s: %q", name, a.Header.Values(name))
		}
	}
	d.refused(t)
	d.upload(t)
}

// refused tries a wrong password with a forged address: the trace has the network that it came from.
func (d *deployed) refused(t *testing.T) {
	t.Helper()
	form := url.Values{"courriel": {"proprietaire@editeur.exemple.invalid"}, "motdepasse": {"ce n'est pas le bon"}}
	a, _ := d.ask(t, http.MethodPost, deployedURL+"/connexion", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()), http.Header{"X-Forwarded-For": {"203.0.113.9"}})
	if a.StatusCode == http.StatusSeeOther {
		t.Errorf("a wrong password is let in: %d %v", a.StatusCode, a.Header)
	}
	k := &keyboard{stdin: strings.NewReader("")}
	if status := k.run(t.Context(), "journal", "export", "--traces", "--donnees", d.data); status != 0 || !strings.Contains(k.stdout.String(), "127.0.5.0/24") || strings.Contains(k.stdout.String(), "203.0.113") {
		t.Errorf("%d %s %s", status, &k.stdout, &k.stderr)
	}
}

// upload signs in and has a file checked that is larger than what nginx takes unasked.
func (d *deployed) upload(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(d.data, demoAccounts))
	if err != nil {
		t.Fatal(err)
	}
	const mail = "proprietaire@editeur.exemple.invalid"
	password := regexp.MustCompile(regexp.QuoteMeta(mail) + `\s+(\S+)`).FindStringSubmatch(string(text))
	if password == nil {
		t.Fatalf("no account in %s", text)
	}
	form := url.Values{"courriel": {mail}, "motdepasse": {password[1]}}
	a, _ := d.ask(t, http.MethodPost, deployedURL+"/connexion", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()), nil)
	if a.StatusCode != http.StatusSeeOther || !strings.Contains(strings.Join(a.Header.Values("Set-Cookie"), ";"), "__Host-") {
		t.Fatalf("not let in: %d %v", a.StatusCode, a.Header)
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range map[string]string{"type": "avance", "numeroAns": "ANS0000001"} {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("fichier", "JSON-ANS0000001-20261124-001.json")
	if err != nil {
		t.Fatal(err)
	}
	octets := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1, Indente: true})
	if _, err := part.Write(append(octets, bytes.Repeat([]byte(" "), 5<<20)...)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	a, page := d.ask(t, http.MethodPost, deployedURL+"/controler", w.FormDataContentType(), &body, nil)
	if a.StatusCode != http.StatusSeeOther && (a.StatusCode != http.StatusOK || !strings.Contains(page, "JSON-ANS0000001")) {
		t.Errorf("5 MB are not checked: %d %.300s", a.StatusCode, page)
	}
}

// The unit of the package, alone and with each addition of the guide, is one that systemd takes and calls safe.
func TestDeployedUnit(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("no systemd on this machine")
	}
	unit, err := os.ReadFile("../../internal/paquet/linux/guichet.service")
	if err != nil {
		t.Fatal(err)
	}
	for n, addition := range append([]string{""}, guideBlocks(t, "systemd")...) {
		file := filepath.Join(t.TempDir(), "guichet.service")
		text := strings.ReplaceAll(string(unit), "/usr/bin/guichet", "/bin/true") + "\n" + addition
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"verify", "--man=no", file}, {"security", "--offline=true", "--no-pager", "--threshold=35", file}} {
			if out, err := exec.CommandContext(t.Context(), "systemd-analyze", args...).CombinedOutput(); err != nil || args[0] == "verify" && len(out) > 0 {
				t.Errorf("addition %d: %s: %v\n%s", n, args[0], err, out)
			}
		}
	}
}
