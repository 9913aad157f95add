package fichier_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/fichier"
)

func personne(context.Context, string) (bool, error) { return false, nil }

// A file that somebody is about to refer to is not removed, by whatever process; it is as soon as nobody is, and nothing
// refers to it.
func TestFreed(t *testing.T) {
	t.Parallel()
	m, racine := ouvrir(t)
	autre, err := fichier.Ouvrir(racine) // as another counter on the same folder
	if err != nil {
		t.Fatal(err)
	}
	garder := func(ctx context.Context, texte string) string {
		t.Helper()
		g, err := m.Garder(ctx, strings.NewReader(texte), 100)
		if err != nil {
			t.Fatal(err)
		}
		return g.SHA256
	}
	ctx, rendre := m.Tenir(t.Context())
	defer rendre()
	sha, libre := garder(ctx, "held"), garder(t.Context(), "free")
	magasins := []*fichier.Magasin{m}
	if partage {
		magasins = append(magasins, autre)
	}
	for _, x := range magasins {
		if err := x.Liberer(t.Context(), sha, personne); !errors.Is(err, fichier.ErrTenu) {
			t.Errorf("held: %v", err)
		}
		if n, err := x.Balayer(t.Context(), func(_ context.Context, s string) (bool, error) { return s != sha, nil }, time.Now().Add(time.Hour)); n != 0 || err != nil {
			t.Errorf("%d files that are held are swept, %v", n, err)
		}
	}
	if err := m.Liberer(t.Context(), libre, personne); err != nil {
		t.Error(err)
	}
	rendre()
	if err := m.Liberer(t.Context(), sha, func(context.Context, string) (bool, error) { return true, nil }); err != nil {
		t.Error(err)
	}
	if _, err := m.Octets(sha, 100); err != nil {
		t.Errorf("referred to: %v", err)
	}
	if err := m.Liberer(t.Context(), sha, personne); err != nil {
		t.Error(err)
	}
	for _, s := range []string{sha, libre} {
		if _, err := m.Lire(s); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("still there: %v", err)
		}
	}
}

// While all is held, as a backup does, nothing is removed.
func TestAllHeld(t *testing.T) {
	t.Parallel()
	m, racine := ouvrir(t)
	rendre, err := m.TenirTout()
	if _, absent := os.Stat(racine + ".verrous"); err != nil || !errors.Is(absent, fs.ErrNotExist) {
		t.Errorf("a backup, of another user perhaps, leaves a file that the counter is to write: %v, %v", err, absent)
	}
	rendre()
	g, err := m.Garder(t.Context(), strings.NewReader("x"), 100) // it makes the file of locks
	if err != nil {
		t.Fatal(err)
	}
	rendre, err = m.TenirTout()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Liberer(t.Context(), g.SHA256, personne); !errors.Is(err, fichier.ErrTenu) {
		t.Errorf("%v", err)
	}
	rendre()
	if err := m.Liberer(t.Context(), g.SHA256, personne); err != nil {
		t.Error(err)
	}
}

// Who gives bytes while they are being removed has them: they are there once it refers to them.
func TestGivenWhileFreed(t *testing.T) {
	t.Parallel()
	m, _ := ouvrir(t)
	g, err := m.Garder(t.Context(), strings.NewReader("x"), 100)
	if err != nil {
		t.Fatal(err)
	}
	donne, rendre := m.Tenir(t.Context())
	defer rendre()
	fini := make(chan error, 1)
	err = m.Liberer(t.Context(), g.SHA256, func(context.Context, string) (bool, error) {
		go func() {
			_, err := m.Garder(donne, strings.NewReader("x"), 100)
			fini <- err
		}()
		return false, nil
	})
	if err := errors.Join(err, <-fini); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Octets(g.SHA256, 100); err != nil {
		t.Error(err)
	}
}
