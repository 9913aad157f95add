package quota_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/quota"
)

// Each supplier has each day its room, whatever others send; what is let go gives room back.
func TestRoomOfADay(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		soir := time.Date(2026, 11, 28, 23, 59, 59, 0, time.UTC)
		noter := func(fournisseur int64, instant time.Time, octets int64) {
			t.Helper()
			err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return quota.Noter(ctx, tx, fournisseur, instant, octets) })
			if err != nil {
				t.Fatal(err)
			}
		}
		garde := func(fournisseur int64, instant time.Time, veut int64) {
			t.Helper()
			reste, err := quota.Reste(t.Context(), b.Lire(), fournisseur, instant)
			if err != nil || quota.ParJour-reste != veut {
				t.Errorf("supplier %d at %v keeps %d, %v, want %d", fournisseur, instant, quota.ParJour-reste, err, veut)
			}
		}
		noter(1, soir, 700)
		noter(1, soir.Add(-23*time.Hour), 50)
		noter(2, soir, 3)
		noter(1, soir, -200)
		noter(1, soir.Add(time.Second), 0)
		garde(1, soir, 550)
		garde(2, soir, 3)
		garde(1, soir.Add(time.Second), 0)
		garde(1, soir.Add(-24*time.Hour), 0)
		noter(1, soir.Add(time.Second), 9)
		if err := quota.Oublier(t.Context(), b, soir.Add(time.Second)); err != nil {
			t.Fatal(err)
		}
		garde(1, soir, 0)
		garde(1, soir.Add(time.Second), 9)
	})
}

func TestRoomIsSaid(t *testing.T) {
	t.Parallel()
	if quota.ParJour != 20<<30 || !strings.Contains(quota.Texte.Fr, "déjà 20 Go") || !strings.Contains(quota.Texte.En, "weighs 20 GB") {
		t.Errorf("%d: %+v", quota.ParJour, quota.Texte)
	}
}
