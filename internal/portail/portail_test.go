package portail_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/web"
)

func midi() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

// guichet opens a counter that answers on this machine, with its settings changed by regler.
func guichet(t *testing.T, base string, regler ...func(*portail.Config)) (*portail.Portail, *httptest.Server) {
	t.Helper()
	site := httptest.NewUnstartedServer(nil)
	c := portail.Config{
		Donnees: t.TempDir(), Base: base, Adresse: "http://" + site.Listener.Addr().String(), Agence: web.Agence{Nom: "Agence d'essai"},
		Expediteur: courriel.Expediteur{Nom: "Guichet", Adresse: "guichet@exemple.invalid"},
		Log:        slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})), Maintenant: midi,
	}
	for _, f := range regler {
		f(&c)
	}
	p, err := portail.Ouvrir(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if err := p.Demarrer(ctx); err != nil {
		t.Fatal(err)
	}
	site.Config.Handler = p.Handler()
	site.Start()
	t.Cleanup(func() {
		site.Close()
		cancel()
		if err := p.Fermer(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return p, site
}

func lire(t *testing.T, methode, adresse string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), methode, adresse, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	texte, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a.StatusCode, string(texte)
}

// The counter opens on both databases, and answers each path with what it is worth.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{
		"sqlite": func(testing.TB) string { return "" }, "postgres": essai.AdressePostgres,
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			p, site := guichet(t, base(t))
			for _, c := range []struct {
				methode, chemin string
				etat            int
				texte           string
			}{
				{"GET", "/", 200, "Demandes de financement"},
				{"GET", "/healthz", 200, "ok\n"},
				{"GET", "/metrics", 200, "guichet_http_requete_secondes"},
				{"GET", "/connexion", 200, "Se connecter"},
				{"GET", "/accessibilite", 200, "WCAG"},
				{"GET", "/nulle-part", 404, "Page introuvable"},
				{"DELETE", "/connexion", 405, "Action impossible ici"},
				{"GET", "/compte", 303, ""},
				{"GET", "/deposer", 303, ""},
				{"GET", "/enrolement", 200, "enrôlement"},
			} {
				etat, texte := sansSuivre(t, c.methode, site.URL+c.chemin)
				if etat != c.etat || !strings.Contains(texte, c.texte) {
					t.Errorf("%s %s: %d, want %d with %q\n%.300s", c.methode, c.chemin, etat, c.etat, c.texte, texte)
				}
			}
			if lien, ok, err := p.LienAdministrateur(t.Context()); !ok || err != nil || !strings.HasPrefix(lien, site.URL+"/ouverture/") {
				t.Errorf("link of the first administrator %q, %t, %v", lien, ok, err)
			} else if etat, texte := lire(t, "GET", lien); etat != 200 || !strings.Contains(texte, "mot de passe") {
				t.Errorf("the link answers %d\n%.300s", etat, texte)
			}
		})
	}
}

// sansSuivre asks without following where the answer leads.
func sansSuivre(t *testing.T, methode, adresse string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), methode, adresse, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	texte, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a.StatusCode, string(texte)
}

// Opened again, a counter has what it had.
func TestOpenedAgain(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	ouvrir := func() *portail.Portail {
		p, err := portail.Ouvrir(t.Context(), portail.Config{
			Donnees: dossier, Adresse: "http://127.0.0.1:1", Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})), Maintenant: midi,
			Expediteur: courriel.Expediteur{Adresse: "guichet@exemple.invalid"},
		})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for range 2 {
		p := ouvrir()
		if err := p.Fermer(t.Context()); err != nil {
			t.Error(err)
		}
	}
	b, err := db.Ouvrir(t.Context(), dossier+"/portail.db")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Fermer() }()
	if fait, err := b.AJour(t.Context()); !fait || err != nil {
		t.Errorf("up to date: %t, %v", fait, err)
	}
}
