package portail

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// The figures are for this machine while it alone reaches the site; behind a proxy, for nobody without the token.
// ASVS 13.4.5.
func TestLocal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		adresse, hote, pair string
		entete              string
		local               bool
	}{
		{"http://127.0.0.1:8080", "127.0.0.1:8080", "127.0.0.1:5", "", true},
		{"http://[::1]:8080", "localhost:8080", "[::1]:5", "", true},
		{"http://127.0.0.1:8080", "127.0.0.1:8080", "[::ffff:127.0.0.1]:5", "", true},
		{"https://guichet.exemple.invalid", "127.0.0.1:8080", "127.0.0.1:5", "", false}, // a proxy that says nothing
		{"https://guichet.exemple.invalid", "guichet.exemple.invalid", "127.0.0.1:5", "", false},
		{"http://127.0.0.1:8080", "guichet.exemple.invalid", "127.0.0.1:5", "", false}, // a name led here
		{"http://127.0.0.1:8080", "127.0.0.1:8080", "192.0.2.1:5", "", false},
		{"http://127.0.0.1:8080", "127.0.0.1:8080", "127.0.0.1:5", "X-Forwarded-For", false},
		{"http://127.0.0.1:8080", "127.0.0.1:8080", "127.0.0.1:5", "Forwarded", false},
		{"http://127.0.0.1:8080", "127.0.0.1:8080", "127.0.0.1:5", "Via", false},
		{"http://127.0.0.1.exemple.invalid", "127.0.0.1:8080", "127.0.0.1:5", "", false},
		{"", "", "", "", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.Host, r.RemoteAddr = c.hote, c.pair
		if c.entete != "" {
			r.Header.Set(c.entete, "x")
		}
		p := &Portail{Config: Config{Adresse: c.adresse}}
		if got := p.local(r); got != c.local {
			t.Errorf("%+v: %t", c, got)
		}
	}
}
