package portail_test

import (
	"database/sql"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"guichet/internal/portail"
	"guichet/internal/portail/db/essai"
)

// Below the reserve nothing is taken that fills the disk further, and each is told; signing in and reading go on. What is
// full on the database's disk counts too, and room that comes back is used at once.
// ASVS 16.5.2.
func TestShortOfRoom(t *testing.T) {
	t.Parallel()
	var libre atomic.Uint64
	base := t.TempDir() + "/portail.db"
	_, site := guichet(t, base, func(c *portail.Config) {
		c.Reserve = 100_000_000
		c.Libre = func(dossier string) (uint64, error) {
			if dossier == c.Donnees {
				return 1 << 40, nil
			}
			return libre.Load(), nil
		}
	})
	peupler(t, base)
	libre.Store(100_000_000 - 1)
	v := entrer(t, site, "depot@exemple.invalid")
	veut(t, v.lire("/accueil"), "Dépôts")
	for _, c := range []struct{ methode, chemin string }{{"POST", "/deposer"}, {"POST", "/messages/nouveau"}, {"POST", "/depots/DEP-000000001-01/pieces"}} {
		r, err := http.NewRequestWithContext(t.Context(), c.methode, site.URL+c.chemin, strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		a, err := v.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if a.StatusCode != http.StatusInsufficientStorage || a.Header.Get("Retry-After") != "600" {
			t.Errorf("%s: %d, Retry-After %q", c.chemin, a.StatusCode, a.Header.Get("Retry-After"))
		}
		if err := a.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	if etat, texte := lire(t, "GET", site.URL+"/healthz"); etat != http.StatusInsufficientStorage || !strings.Contains(texte, "100\u00a0Mo") {
		t.Errorf("/healthz: %d\n%s", etat, texte)
	}
	if _, texte := lire(t, "GET", site.URL+"/metrics"); !strings.Contains(texte, "guichet_disque_libre_octets 9.9999999e+07") {
		t.Error("/metrics does not say how much is left")
	}
	libre.Store(100_000_000)
	if etat, texte := lire(t, "GET", site.URL+"/healthz"); etat != http.StatusOK {
		t.Errorf("with room again: %d\n%s", etat, texte)
	}
}

// While PostgreSQL's connections are cut under them, people are asked to come back in a moment: never is it an error of
// ours, and a moment later the counter answers.
// ASVS 16.5.2.
func TestConnectionsCut(t *testing.T) {
	t.Parallel()
	adresse := essai.AdressePostgres(t)
	_, site := guichet(t, adresse)
	peupler(t, adresse)
	v := entrer(t, site, "depot@exemple.invalid")
	coupeur, err := sql.Open("pgx", adresse)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = coupeur.Close() })
	coupures, attentes := 0, 0
	for range 60 {
		if err := coupeur.QueryRowContext(t.Context(), `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&coupures); err != nil {
			t.Fatal(err)
		}
		for _, chemin := range []string{"/accueil", "/demandes", "/healthz"} {
			a, err := v.http.Get(site.URL + chemin)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case a.StatusCode == http.StatusServiceUnavailable && (a.Header.Get("Retry-After") != "" || chemin == "/healthz"):
				attentes++
			case a.StatusCode != http.StatusOK:
				t.Errorf("%s: %d, Retry-After %q", chemin, a.StatusCode, a.Header.Get("Retry-After"))
			}
			if err := a.Body.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	t.Logf("%d answers asked to come back", attentes)
	veut(t, v.lire("/accueil"), "Dépôts")
}
