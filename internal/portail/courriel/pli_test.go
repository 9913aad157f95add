package courriel_test

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"guichet/internal/attente"
	"guichet/internal/portail/coffre"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/tache"
)

var scelle = func() *coffre.Coffre {
	c, err := coffre.DeCle(coffre.NouvelleCle())
	if err != nil {
		panic(err)
	}
	return c
}()

// argsDe is what the database has of the jobs of mails.
func argsDe(t *testing.T, b *db.Base) string {
	t.Helper()
	lire := `SELECT json_group_array(json(args)) FROM river_job WHERE kind = 'courriel'`
	if b.Dialecte.Nom == "postgres" {
		lire = `SELECT COALESCE(json_agg(args)::text, '[]') FROM river_job WHERE kind = 'courriel'`
	}
	var args string
	if err := b.Lire().QueryRowContext(t.Context(), lire).Scan(&args); err != nil {
		t.Fatal(err)
	}
	return args
}

// A mail that waits is sealed, whole; one that was sent is erased, also by who sends it a second time. One that an earlier
// version wrote in the clear is sent, and erased.
// ASVS 13.3.1.
func TestMailsAreSealed(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		if err := tache.Migrer(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		dossier := filepath.Join(t.TempDir(), "courriels")
		p, err := courriel.Ouvrir(expediteur, courriel.Serveur{}, dossier, midi)
		if err != nil {
			t.Fatal(err)
		}
		ouvriers := river.NewWorkers()
		river.AddWorker(ouvriers, p.Ouvrier(b, scelle, rediger, nil))
		taches, err := tache.Nouveau(b, tache.Options{Log: slog.New(slog.DiscardHandler), Ouvriers: ouvriers, Pause: 50 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		secret := courriel.Message{A: hostile.A, Nom: "nul \x00", Langue: "fr", Sujet: "Ouvrez votre compte", Texte: "https://x/ouverture/LESECRET"}
		ancien := courriel.Pli{Message: courriel.Message{A: "ancien@exemple.invalid", Langue: "fr", Sujet: "s", Texte: "t"}}
		err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			if err := courriel.Ecrire(ctx, tx, taches, scelle, secret, courriel.Message{A: "autre@exemple.invalid", Langue: "fr", Sur: "DEP-1"}); err != nil {
				return err
			}
			return taches.Inserer(ctx, tx, ancien)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, clair := range []string{"LESECRET", hostile.A, "autre@", "DEP-1", "Ouvrez"} {
			if args := argsDe(t, b); bytes.Contains([]byte(args), []byte(clair)) {
				t.Errorf("%q is in the clear: %s", clair, args)
			}
		}
		if err := taches.Demarrer(context.Background()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = taches.Arreter(context.Background()) })
		attendreCourriels(t, dossier, 3)
		attente.Jusqua(t, "the mails erased", func() bool { return argsDe(t, b) == "[{},{},{}]" || argsDe(t, b) == "[{}, {}, {}]" })
		err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE river_job SET state = 'available', finalized_at = NULL`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		attente.Jusqua(t, "the jobs done again", func() bool {
			n, err := taches.Compter(t.Context())
			return err == nil && n["available"]+n["running"] == 0
		})
		attendreCourriels(t, dossier, 3)
		if echecs, err := taches.Manques(t.Context()); err != nil || len(echecs) > 0 {
			t.Errorf("%+v, %v", echecs, err)
		}
	})
}
