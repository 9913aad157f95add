// Package certificat has the counter speak HTTPS by itself, with a certificate that others renew in its files.
package certificat

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// Fichiers are a certificate with its chain, and its private key, both PEM.
type Fichiers struct{ Certificat, Cle string }

// Donnes tells whether there is a certificate at all: without one the counter speaks HTTP, behind a proxy.
func (f Fichiers) Donnes() bool { return f.Certificat != "" || f.Cle != "" }

// revoir is how often, at most, the files are looked at for a renewed certificate.
const revoir = time.Minute

// Ouvrir reads the files, and gives what a server needs. It reads them again once they have changed; a pair that cannot be
// read is told to log, and the former one serves on.
func (f Fichiers) Ouvrir(log *slog.Logger, maintenant func() time.Time) (*tls.Config, error) {
	s := &service{Fichiers: f, log: log, maintenant: maintenant}
	if err := s.lire(); err != nil {
		return nil, err
	}
	return &tls.Config{
		MinVersion: tls.VersionTLS12, CipherSuites: suites, NextProtos: []string{"http/1.1"},
		GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) { return s.actuel(h.Context()), nil },
	}, nil
}

// suites are those of TLS 1.2 that encrypt and authenticate in one, under keys that nobody finds again later; TLS 1.3 has no others.
var suites = []uint16{
	tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
	tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
}

// service is the pair that serves now.
type service struct {
	Fichiers
	log        *slog.Logger
	maintenant func() time.Time

	mu    sync.Mutex
	paire *tls.Certificate
	dates [2]time.Time // of the files when they were read, or could not be
	vu    time.Time
}

// lire reads the pair, and notes when its files are from.
func (s *service) lire() error {
	s.dates, s.vu = s.Fichiers.dates(), s.maintenant()
	paire, err := tls.LoadX509KeyPair(s.Certificat, s.Cle)
	if err != nil {
		return fmt.Errorf("read the certificate %s and its key %s: %w", s.Certificat, s.Cle, err)
	}
	s.paire = &paire
	return nil
}

// dates are when the files were changed last; the zero time for one that is not there.
func (f Fichiers) dates() (dates [2]time.Time) {
	for i, nom := range []string{f.Certificat, f.Cle} {
		if info, err := os.Stat(nom); err == nil {
			dates[i] = info.ModTime()
		}
	}
	return dates
}

// actuel is the pair to serve with.
func (s *service) actuel(ctx context.Context) *tls.Certificate {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.maintenant().Sub(s.vu) < revoir {
		return s.paire
	}
	if s.vu = s.maintenant(); s.Fichiers.dates() == s.dates {
		return s.paire
	}
	if err := s.lire(); err != nil {
		s.log.ErrorContext(ctx, "certificat illisible : l'ancien sert encore", slog.String("cause", err.Error()))
		return s.paire
	}
	s.log.InfoContext(ctx, "certificat relu")
	return s.paire
}
