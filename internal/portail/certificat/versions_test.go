package certificat_test

import (
	"crypto/tls"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"guichet/internal/portail/certificat"
	"guichet/internal/portail/certificat/essai"
)

// Old versions of TLS and suites that do not authenticate what they encrypt, or whose keys can be found later, are not spoken; who
// speaks the newest gets it.
// ASVS 12.1.1, 12.1.2
func TestVersionsAndSuites(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	paire := certificat.Fichiers{Certificat: filepath.Join(dossier, "guichet.pem"), Cle: filepath.Join(dossier, "guichet.key")}
	essai.Ecrire(t, paire, 1)
	serveur, err := paire.Ouvrir(slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for nom, c := range map[string]struct {
		min, max uint16
		suites   []uint16
		parle    uint16 // 0: not
	}{
		"the newest":   {tls.VersionTLS10, tls.VersionTLS13, nil, tls.VersionTLS13},
		"TLS 1.2":      {tls.VersionTLS12, tls.VersionTLS12, nil, tls.VersionTLS12},
		"TLS 1.1":      {tls.VersionTLS10, tls.VersionTLS11, nil, 0},
		"TLS 1.0":      {tls.VersionTLS10, tls.VersionTLS10, nil, 0},
		"AES-GCM":      {tls.VersionTLS12, tls.VersionTLS12, []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}, tls.VersionTLS12},
		"CBC":          {tls.VersionTLS12, tls.VersionTLS12, []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256}, 0},
		"keys of RSA":  {tls.VersionTLS12, tls.VersionTLS12, []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_256_CBC_SHA, tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA}, 0},
		"RC4, 3DES":    {tls.VersionTLS12, tls.VersionTLS12, []uint16{tls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA, tls.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA}, 0},
		"ChaCha20":     {tls.VersionTLS12, tls.VersionTLS12, []uint16{tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256}, tls.VersionTLS12},
		"AES-256, GCM": {tls.VersionTLS12, tls.VersionTLS12, []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384}, tls.VersionTLS12},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			ici, la := net.Pipe()
			go func() { _ = tls.Server(la, serveur).Handshake() }()
			client := tls.Client(ici, &tls.Config{InsecureSkipVerify: true, MinVersion: c.min, MaxVersion: c.max, CipherSuites: c.suites})
			if err := client.Handshake(); (err == nil) != (c.parle > 0) || client.ConnectionState().Version != c.parle {
				t.Errorf("%v, version %x", err, client.ConnectionState().Version)
			}
			_, _ = ici.Close(), la.Close()
		})
	}
	acme, err := certificat.ACME{Nom: "guichet.exemple.invalid", Dossier: dossier}.Ouvrir(slog.New(slog.DiscardHandler), time.Now)
	if err != nil || !slices.Equal(acme.CipherSuites, serveur.CipherSuites) {
		t.Errorf("certificates of ACME have other suites: %v", err)
	}
	if serveur.MinVersion != tls.VersionTLS12 || err == nil && acme.MinVersion != tls.VersionTLS12 {
		t.Errorf("from version %x on", serveur.MinVersion)
	}
	for _, s := range serveur.CipherSuites {
		for _, faible := range tls.InsecureCipherSuites() {
			if s == faible.ID {
				t.Errorf("%s is offered", faible.Name)
			}
		}
	}
}
