package portail_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"guichet/internal/portail"
	"guichet/internal/portail/relais"
)

// Behind a proxy that is trusted each client has brakes of its own; behind one that is not, all are the proxy.
// ASVS 4.1.3, 15.3.4.
func TestBrakesBehindAProxy(t *testing.T) {
	t.Parallel()
	for nom, c := range map[string]struct {
		relais relais.Relais
		freine bool
	}{
		"trusted": {relais.Relais{Reseaux: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Entete: relais.XForwardedFor}, false},
		"unknown": {relais.Relais{}, true},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			_, site := guichet(t, t.TempDir()+"/portail.db", func(c2 *portail.Config) { c2.Relais = c.relais })
			freine := false
			for i := range 40 {
				r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.URL+"/enrolement", strings.NewReader(""))
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				r.Header.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.9, 198.51.100.%d", i+1))
				a, err := http.DefaultClient.Do(r)
				if err != nil {
					t.Fatal(err)
				}
				freine = freine || a.StatusCode == http.StatusTooManyRequests
				if err := a.Body.Close(); err != nil {
					t.Error(err)
				}
			}
			if freine != c.freine {
				t.Errorf("held back: %t, want %t", freine, c.freine)
			}
		})
	}
}
