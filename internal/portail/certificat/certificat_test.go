package certificat_test

import (
	"bytes"
	"crypto/tls"
	"errors"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/certificat"
	"guichet/internal/portail/certificat/essai"
)

// A renewed certificate serves without a new start; one that cannot be read leaves the former one, and is told.
func TestRenewed(t *testing.T) {
	t.Parallel()
	dossier, log := t.TempDir(), bytes.Buffer{}
	f := certificat.Fichiers{Certificat: filepath.Join(dossier, "guichet.pem"), Cle: filepath.Join(dossier, "guichet.key")}
	maintenant := time.Now()
	essai.Ecrire(t, f, 1)
	c, err := f.Ouvrir(slog.New(slog.NewTextHandler(&log, nil)), func() time.Time { return maintenant })
	if err != nil {
		t.Fatal(err)
	}
	sert := func(want int64) {
		t.Helper()
		paire, err := c.GetCertificate(&tls.ClientHelloInfo{})
		if err != nil || paire.Leaf.SerialNumber.Cmp(big.NewInt(want)) != 0 {
			t.Errorf("serves %v, want %d; %v", paire.Leaf.SerialNumber, want, err)
		}
	}
	renouveler := func(jours int, ecrire func()) {
		t.Helper()
		ecrire()
		date := time.Now().AddDate(0, 0, jours)
		if err := errors.Join(os.Chtimes(f.Certificat, date, date), os.Chtimes(f.Cle, date, date)); err != nil {
			t.Fatal(err)
		}
	}
	sert(1)
	renouveler(1, func() { essai.Ecrire(t, f, 2) })
	sert(1) // looked at once a minute
	maintenant = maintenant.Add(time.Minute)
	sert(2)
	renouveler(2, func() {
		if err := os.WriteFile(f.Certificat, []byte("coupé"), 0o600); err != nil {
			t.Fatal(err)
		}
	})
	maintenant = maintenant.Add(time.Minute)
	sert(2)
	if !strings.Contains(log.String(), "certificat illisible") || strings.Count(log.String(), "certificat relu") != 1 {
		t.Errorf("log: %s", log.String())
	}
	maintenant = maintenant.Add(time.Minute)
	sert(2)
	if n := strings.Count(log.String(), "certificat illisible"); n != 1 {
		t.Errorf("told %d times", n)
	}
	renouveler(3, func() { essai.Ecrire(t, f, 3) })
	maintenant = maintenant.Add(time.Minute)
	sert(3)
}

// What is no pair is refused at the start, with the names of the files.
func TestNoPair(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	f := certificat.Fichiers{Certificat: filepath.Join(dossier, "a.pem"), Cle: filepath.Join(dossier, "a.key")}
	autre := certificat.Fichiers{Certificat: filepath.Join(dossier, "b.pem"), Cle: filepath.Join(dossier, "b.key")}
	essai.Ecrire(t, f, 1)
	essai.Ecrire(t, autre, 2)
	for _, x := range []certificat.Fichiers{{}, {Certificat: f.Certificat}, {Certificat: f.Certificat, Cle: autre.Cle}, {Certificat: f.Cle, Cle: f.Certificat}} {
		if _, err := x.Ouvrir(slog.New(slog.DiscardHandler), time.Now); err == nil || !strings.Contains(err.Error(), x.Certificat) {
			t.Errorf("%+v: %v", x, err)
		}
	}
}
