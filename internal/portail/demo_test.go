package portail

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/demo"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/journal"
)

// demonstration opens a counter on which the example is loaded.
func demonstration(t *testing.T, base, adresse string) (*Portail, []demo.Compte) {
	t.Helper()
	p, err := Ouvrir(t.Context(), Config{
		Donnees: t.TempDir(), Base: base, Adresse: adresse, Scene: demo.NouvelleScene(func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }),
		Expediteur: courriel.Expediteur{Nom: "Guichet", Adresse: "guichet@exemple.invalid"},
		Log:        slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Fermer(context.Background()); err != nil {
			t.Error(err)
		}
	})
	comptes, err := p.Demontrer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p, comptes
}

// The example has demandes in every state on both databases, and journals whose chains hold. It is not loaded twice.
func TestDemonstration(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return t.TempDir() + "/portail.db" },
		"postgres": essai.AdressePostgres,
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			adresse := base(t)
			p, comptes := demonstration(t, adresse, "http://127.0.0.1:1")
			if len(comptes) != 5 {
				t.Errorf("%d accounts", len(comptes))
			}
			if _, err := p.Demontrer(t.Context()); !errors.Is(err, demo.ErrOccupe) {
				t.Errorf("loaded again: %v", err)
			}
			b, err := db.Ouvrir(t.Context(), adresse)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = b.Fermer() }()
			for _, e := range etat.Tous {
				var n int
				if err := b.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM demande WHERE etat = $1`, string(e.Etat)).Scan(&n); err != nil || n == 0 {
					t.Errorf("%d demandes are %s, %v", n, e.Etat, err)
				}
			}
			for chaine := range int64(3) {
				if n, err := journal.Verifier(t.Context(), b.Lire(), chaine); n == 0 || err != nil {
					t.Errorf("journal %d: %d rows, %v", chaine, n, err)
				}
			}
		})
	}
}
