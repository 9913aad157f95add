package portail_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guichet/internal/portail"
	"guichet/internal/portail/coffre"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

// The first start makes the key; without it a database whose second factors it sealed is not opened, and the message
// says what to do; with a key that is made anew, or set, it opens.
func TestKeyOfTheInstallation(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{
		"sqlite": func(t testing.TB) string { return filepath.Join(t.TempDir(), "portail.db") }, "postgres": essai.AdressePostgres,
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			config := portail.Config{Donnees: t.TempDir(), Base: base(t), Adresse: "http://127.0.0.1:8080", Log: slog.New(slog.DiscardHandler), Maintenant: midi}
			cle := filepath.Join(config.Donnees, "cle")
			essayer(t, config)
			if i, err := os.Stat(cle); err != nil || i.Mode().Perm() != 0o600 {
				t.Fatalf("the key: %v, %v", i, err)
			}
			laisserScelle(t, config)
			if err := os.Remove(cle); err != nil {
				t.Fatal(err)
			}
			_, err := portail.Ouvrir(t.Context(), config)
			var refus *portail.CleRefusee
			if !errors.As(err, &refus) || !strings.Contains(refus.Fr, "sauvegarde") || !strings.Contains(refus.Fr, cle) {
				t.Fatalf("without its key: %v", err)
			}
			if _, err := os.Stat(cle); err == nil {
				t.Error("a key was made in the place of the lost one")
			}
			config.Cle = "pas une clé"
			if _, err := portail.Ouvrir(t.Context(), config); !errors.As(err, &refus) || strings.Contains(err.Error(), config.Cle) {
				t.Errorf("no key: %v", err)
			}
			config.Cle = coffre.NouvelleCle()
			essayer(t, config)
		})
	}
}

func essayer(t *testing.T, config portail.Config) {
	t.Helper()
	p, err := portail.Ouvrir(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Fermer(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// laisserScelle leaves an account with a second factor that was sealed.
func laisserScelle(t *testing.T, config portail.Config) {
	t.Helper()
	b, err := db.Ouvrir(t.Context(), config.AdresseBase())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Fermer() }()
	err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO compte (courriel, nom, totp_secret, totp_actif, etat, cree)
			VALUES ('a@exemple.invalid', 'A', $1, 1, 'actif', 0)`, coffre.Entete+"AAAA")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
