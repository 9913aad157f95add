package demo

import (
	"strings"
	"sync"
	"time"

	"guichet/internal/portail/compte"
)

// Scene is what a demonstration needs of the counter while its example is loaded: a clock that goes through the
// past weeks, and the mail that people get. Safe for concurrent use.
type Scene struct {
	mu     sync.Mutex
	fige   time.Time // zero when the clock runs
	liens  map[string]string
	veille func() time.Time
}

// NouvelleScene makes a scene whose clock, while nothing is loaded, is this one.
func NouvelleScene(maintenant func() time.Time) *Scene { return &Scene{veille: maintenant} }

// Maintenant is the time that the counter goes by.
func (s *Scene) Maintenant() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fige.IsZero() {
		return s.veille()
	}
	s.fige = s.fige.Add(time.Second) // nothing happens at once
	return s.fige
}

// Recevoir reads a mail as the person to whom it goes would: for the link in it.
func (s *Scene) Recevoir(c compte.Courriel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fige.IsZero() {
		return
	}
	_, apres, trouve := strings.Cut(c.Texte, "/ouverture/")
	if secret, _, _ := strings.Cut(apres, "\n"); trouve {
		s.liens[c.A] = strings.TrimSpace(secret)
	}
}

// aller stops the clock at a time.
func (s *Scene) aller(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fige = t
	if s.liens == nil {
		s.liens = map[string]string{}
	}
}

// revenir lets the clock run again, and forgets the mail.
func (s *Scene) revenir() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fige, s.liens = time.Time{}, nil
}

// lien is the last link that came to an address.
func (s *Scene) lien(courriel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.liens[courriel]
}
