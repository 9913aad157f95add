package web_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/relais"
	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
	"guichet/modele"
)

// siteEnvoi takes forms with files, and tells what it found.
func siteEnvoi(t *testing.T, l web.Limites) *httptest.Server {
	t.Helper()
	recevoir := func(w http.ResponseWriter, r *http.Request) error {
		var f web.Formulaire
		var dit []string
		err := f.LireEnvoi(r, func(x web.Fichier) error {
			if x.Champ == "saute" {
				return nil
			}
			octets, err := web.LireFichier(x, 1<<20)
			dit = append(dit, fmt.Sprintf("%s %q %d après %q", x.Champ, x.Nom, len(octets), f.Brut("a")))
			return err
		})
		if err == nil {
			_, err = fmt.Fprintln(w, strings.Join(dit, "; "), f.Brut("b"))
		}
		return err
	}
	site := &web.Site{Maintenant: time.Now, Log: slog.New(slog.DiscardHandler), Limites: l}
	h := web.Routeur([]web.Route{
		{Motif: "POST /envoi", Corps: 1 << 20, Servir: recevoir, Trop: modele.Texte{Fr: "Un mébioctet au plus.", En: "One mebibyte at most."}},
		{Motif: "GET /page", Servir: func(w http.ResponseWriter, _ *http.Request) error { _, err := io.WriteString(w, "ok"); return err }},
	}, site)
	s := httptest.NewUnstartedServer(nil)
	if l == (web.Limites{}) {
		l = web.LimitesOrdinaires()
	}
	s.Config, s.Listener = l.Servir(h), l.Borner(s.Listener)
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func partie(champ, nom, contenu string) string {
	tete := fmt.Sprintf("--X\r\nContent-Disposition: form-data; name=%q", champ)
	if nom != "" {
		tete += fmt.Sprintf("; filename=%q", nom)
	}
	return tete + "\r\n\r\n" + contenu + "\r\n"
}

const fin = "--X--\r\n"

// What a form with files brings, and what is told of one that is not what it should be. Each body goes with its
// length and in pieces without one.
func TestFormsWithFiles(t *testing.T) {
	t.Parallel()
	s := siteEnvoi(t, web.Limites{})
	for nom, c := range map[string]struct {
		corps string
		etat  int
		texte string
	}{
		"whole":       {partie("a", "", "un") + partie("f", `C:\x\nom.zip`, "contenu") + partie("b", "", "deux") + fin, 200, `f "nom.zip" 7 après "un" deux`},
		"folders":     {partie("f", "../../x.zip", "") + fin, 200, `f "x.zip" 0`},
		"skipped":     {partie("saute", "x", strings.Repeat("x", 500_000)) + partie("b", "", "deux") + fin, 200, " deux"},
		"without end": {partie("a", "", "un"), 400, "pas un formulaire"},
		"no form":     {"bonjour", 400, "pas un formulaire"},
		"nothing":     {"", 400, "pas un formulaire"},
		"long field":  {partie("b", "", strings.Repeat("x", 70_000)) + fin, 200, strings.Repeat("x", 70_000)},
		"long fields": {partie("b", "", strings.Repeat("x", 500_000)) + partie("a", "", strings.Repeat("x", 300_000)) + fin, 413, "Avec le champ « a », ce que vous avez écrit dépasse"},
		"many parts":  {strings.Repeat(partie("a", "", "x"), 301) + fin, 413, "plus de 300 champs"},
		"too large":   {partie("f", "x", strings.Repeat("x", 2<<20)) + fin, 413, "Un mébioctet au plus."},
	} {
		for _, longueur := range []bool{true, false} {
			var corps io.Reader = strings.NewReader(c.corps)
			if !longueur {
				corps = io.MultiReader(corps)
			}
			r, err := http.NewRequestWithContext(t.Context(), "POST", s.URL+"/envoi", corps)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "multipart/form-data; boundary=X")
			a, err := http.DefaultTransport.RoundTrip(r)
			if err != nil {
				t.Fatalf("%s: %v", nom, err)
			}
			texte, err := io.ReadAll(a.Body)
			if _ = a.Body.Close(); err != nil || a.StatusCode != c.etat || !strings.Contains(essai.Espacer(string(texte)), essai.Espacer(c.texte)) {
				t.Errorf("%s, length told %t: %d, %v, want %d with %q\n%.1500s", nom, longueur, a.StatusCode, err, c.etat, c.texte, texte)
			}
		}
	}
}

// composer opens a connection and says something.
func composer(t *testing.T, s *httptest.Server, texte string) net.Conn {
	t.Helper()
	return composerDe(t, s, "127.0.0.1", texte)
}

// composerDe opens a connection from an address.
func composerDe(t *testing.T, s *httptest.Server, adresse, texte string) net.Conn {
	t.Helper()
	de := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(adresse)}}
	c, err := de.Dial("tcp", s.Listener.Addr().String())
	if err == nil {
		_, err = io.WriteString(c, texte)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
	return c
}

func tete(longueur int) string {
	return fmt.Sprintf("POST /envoi HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: %d\r\n\r\n", longueur)
}

func repondu(t *testing.T, c net.Conn) (int, string) {
	t.Helper()
	a, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0, err.Error()
	}
	defer a.Body.Close()
	texte, _ := io.ReadAll(a.Body)
	return a.StatusCode, string(texte)
}

// A body that is cut is told from one that is no form.
func TestCutForm(t *testing.T) {
	t.Parallel()
	s := siteEnvoi(t, web.Limites{})
	c := composer(t, s, tete(1000)+partie("f", "x", "moitié"))
	if err := c.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if etat, texte := repondu(t, c); etat != 400 || !strings.Contains(texte, "Envoi interrompu") {
		t.Errorf("%d %.800s", etat, texte)
	}
}

// Who begins and does not go on is cut; meanwhile others are answered, and who is slow but goes on is not cut, however
// long the whole takes.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	l := web.Limites{Entete: 400 * time.Millisecond, Progres: 800 * time.Millisecond, Repos: time.Minute, EnRepos: 50, Connexions: 200}
	s := siteEnvoi(t, l)
	lentTete := composer(t, s, "POST /envoi HTTP/1.1\r\nHost: x\r\n")
	lentCorps := composer(t, s, tete(500_000)+partie("f", "x", "un peu"))
	if a, err := s.Client().Get(s.URL + "/page"); err != nil || a.StatusCode != 200 {
		t.Errorf("others: %v", err)
	} else {
		_ = a.Body.Close()
	}
	const morceau = 64 << 10
	contenu := partie("f", "lent", strings.Repeat("x", 9*morceau)) + fin
	regulier := composer(t, s, tete(len(contenu)))
	for reste := contenu; reste != ""; {
		n := min(morceau, len(reste))
		if _, err := io.WriteString(regulier, reste[:n]); err != nil {
			t.Fatal(err)
		}
		reste = reste[n:]
		time.Sleep(l.Progres / 6) // ten of them are longer than Progres
	}
	if etat, texte := repondu(t, regulier); etat != 200 {
		t.Errorf("slow and steady: %d %.500s", etat, texte)
	}
	if etat, texte := repondu(t, lentCorps); etat != 408 || !strings.Contains(texte, "Envoi trop lent") {
		t.Errorf("slow body: %d %.500s", etat, texte)
	}
	if etat, _ := repondu(t, lentTete); etat == 200 {
		t.Error("a head without an end is answered")
	}
}

// A thousand connections that wait are not all kept: those that wait longest are closed, and others are answered.
func TestIdleConnections(t *testing.T) {
	t.Parallel()
	l := web.LimitesOrdinaires()
	l.EnRepos = 20
	s := siteEnvoi(t, l)
	var premiere net.Conn
	for i := range 1000 {
		if c := composer(t, s, ""); i == 0 {
			premiere = c
		}
	}
	if _, err := premiere.Read(make([]byte, 1)); err == nil {
		t.Error("something is said to who is silent")
	} else if e, ok := err.(net.Error); ok && e.Timeout() {
		t.Error("the connection that waits longest is still open")
	}
	if a, err := s.Client().Get(s.URL + "/page"); err != nil || a.StatusCode != 200 {
		t.Errorf("others: %v", err)
	} else {
		_ = a.Body.Close()
	}
}

// Who has one connection that waits does not lose it to a stranger who opens hundreds, whoever came first: the stranger
// loses theirs, the longest first.
func TestIdleConnectionsOfStrangers(t *testing.T) {
	t.Parallel()
	l := web.LimitesOrdinaires()
	l.EnRepos = 20
	s := siteEnvoi(t, l)
	const demande = "GET /page HTTP/1.1\r\nHost: x\r\n\r\n"
	sien := composerDe(t, s, "127.0.1.2", demande)
	if etat, _ := repondu(t, sien); etat != http.StatusOK {
		t.Fatal(etat)
	}
	muette := composerDe(t, s, "127.0.1.3", "")
	var premiere net.Conn
	for i := range 500 {
		if c := composerDe(t, s, "127.0.1.4", ""); i == 0 {
			premiere = c
		}
	}
	if _, err := premiere.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the stranger's first: %v, want closed", err)
	}
	for _, c := range []net.Conn{sien, muette} {
		if _, err := io.WriteString(c, demande); err != nil {
			t.Error(err)
		}
		if etat, texte := repondu(t, c); etat != http.StatusOK {
			t.Errorf("%v: %d %s", c.LocalAddr(), etat, texte)
		}
	}
}

// A proxy that does not say for whom it speaks keeps nobody waiting.
func TestSilentProxy(t *testing.T) {
	t.Parallel()
	l := web.LimitesOrdinaires()
	s := httptest.NewUnstartedServer(nil)
	proxys := relais.Relais{Reseaux: []netip.Prefix{netip.MustParsePrefix("127.0.1.9/32")}, Entete: relais.PROXY}
	s.Config = l.Servir(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	s.Listener = proxys.Ecouter(l.Borner(s.Listener))
	s.Start()
	t.Cleanup(s.Close)
	silencieux := composerDe(t, s, "127.0.1.9", "")
	autre := composer(t, s, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	_ = autre.SetReadDeadline(time.Now().Add(5 * time.Second)) // the proxy has ten
	if etat, _ := repondu(t, autre); etat != http.StatusOK {
		t.Errorf("beside a silent proxy: %d", etat)
	}
	_ = silencieux.Close()
}
