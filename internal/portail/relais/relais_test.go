package relais_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"guichet/internal/portail/relais"
)

// Who asks is found behind trusted proxies alone, from the nearest hop on; nobody else can claim to be another.
// ASVS 4.1.3, 15.3.4.
func TestClient(t *testing.T) {
	t.Parallel()
	reseaux, err := relais.Reseaux("10.0.0.0/8, 192.0.2.1,2001:db8:1::/48")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		entete, de string
		recu       http.Header
		want       string
	}{
		{relais.XForwardedFor, "10.1.2.3:4", http.Header{"X-Forwarded-For": {"198.51.100.7"}}, "198.51.100.7"},
		{relais.XForwardedFor, "10.1.2.3:4", http.Header{"X-Forwarded-For": {"203.0.113.9, 198.51.100.7"}}, "198.51.100.7"},                     // what the client wrote is not believed
		{relais.XForwardedFor, "10.1.2.3:4", http.Header{"X-Forwarded-For": {"198.51.100.7", "10.9.9.9"}}, "198.51.100.7"},                      // two proxies, two lines
		{relais.XForwardedFor, "10.1.2.3:4", http.Header{"X-Forwarded-For": {"203.0.113.9, unknown, 10.9.9.9"}}, "10.9.9.9"},                    // a hop without address
		{relais.XForwardedFor, "10.1.2.3:4", nil, "10.1.2.3"},                                                                                   // the proxy itself
		{relais.XForwardedFor, "203.0.113.9:4", http.Header{"X-Forwarded-For": {"198.51.100.7"}}, "203.0.113.9"},                                // a stranger
		{relais.XForwardedFor, "10.1.2.3:4", http.Header{"Forwarded": {"for=198.51.100.7"}}, "10.1.2.3"},                                        // a header that is not set
		{relais.XForwardedFor, "[::ffff:10.1.2.3]:4", http.Header{"X-Forwarded-For": {"198.51.100.7:1234"}}, "198.51.100.7"},                    // with a port
		{relais.XForwardedFor, "[2001:db8:1::5]:4", http.Header{"X-Forwarded-For": {"2001:db8:2::7"}}, "2001:db8:2::7"},                         // IPv6
		{relais.Forwarded, "192.0.2.1:4", http.Header{"Forwarded": {`for=203.0.113.9, for="[2001:db8:2::7]:80";proto=https`}}, "2001:db8:2::7"}, // RFC 7239
		{relais.Forwarded, "192.0.2.1:4", http.Header{"Forwarded": {`for=203.0.113.9, proto=https`}}, "192.0.2.1"},                              // no for
		{relais.Forwarded, "192.0.2.1:4", http.Header{"X-Forwarded-For": {"198.51.100.7"}}, "192.0.2.1"},
	} {
		var vu string
		h := relais.Relais{Reseaux: reseaux, Entete: c.entete}.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { vu = r.RemoteAddr }))
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.de
		for nom, valeurs := range c.recu {
			r.Header[nom] = valeurs
		}
		h.ServeHTTP(httptest.NewRecorder(), r)
		if hote, _, err := net.SplitHostPort(vu); err != nil || hote != c.want {
			t.Errorf("%s from %s with %v: %s, want %s", c.entete, c.de, c.recu, vu, c.want)
		}
		if r.RemoteAddr != c.de {
			t.Error("the request itself was changed")
		}
	}
}

// Behind a proxy of the PROXY protocol the client is the one that it names; who comes without is not served, and a
// stranger who speaks it is no proxy.
// ASVS 15.3.4.
func TestPROXY(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ reseaux, avant, want string }{
		{"127.0.0.0/8", "PROXY TCP4 198.51.100.7 127.0.0.1 5000 80\r\n", "198.51.100.7"},
		{"127.0.0.0/8", "", ""},
		{"192.0.2.0/24", "", "127.0.0.1"},
		{"192.0.2.0/24", "PROXY TCP4 198.51.100.7 127.0.0.1 5000 80\r\n", ""},
	} {
		reseaux, err := relais.Reseaux(c.reseaux)
		if err != nil {
			t.Fatal(err)
		}
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			hote, _, _ := net.SplitHostPort(r.RemoteAddr)
			_, _ = fmt.Fprint(w, hote)
		})}
		go func() { _ = s.Serve(relais.Relais{Reseaux: reseaux, Entete: relais.PROXY}.Ecouter(l)) }()
		if got := demander(t, l.Addr().String(), c.avant); got != c.want {
			t.Errorf("trusting %s, %q: %q, want %q", c.reseaux, c.avant, got, c.want)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// demander returns the body of an answer, "" for none that is well.
func demander(t *testing.T, adresse, avant string) string {
	t.Helper()
	c, err := net.Dial("tcp", adresse)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, avant+"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	a, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return ""
	}
	defer a.Body.Close()
	texte, err := io.ReadAll(a.Body)
	if err != nil || a.StatusCode != http.StatusOK {
		return ""
	}
	return string(texte)
}

// A network that is none is refused, with what was written.
func TestReseaux(t *testing.T) {
	t.Parallel()
	if _, err := relais.Reseaux("10.0.0.0/8, proxy.exemple.invalid"); err == nil || !strings.Contains(err.Error(), "proxy.exemple.invalid") {
		t.Errorf("%v", err)
	}
	if liste, err := relais.Reseaux(" , "); err != nil || len(liste) != 0 {
		t.Errorf("%v, %v", liste, err)
	}
}
