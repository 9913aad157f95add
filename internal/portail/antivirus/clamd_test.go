package antivirus_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"guichet/internal/portail/antivirus"
	"guichet/internal/portail/antivirus/essai"
)

// The real daemon finds its signatures wherever they stand, across the pieces of a stream too, and nothing where there
// is nothing; many at once get each their own verdict.
func TestClamd(t *testing.T) {
	t.Parallel()
	c := antivirus.Clamd{Adresse: essai.Nouveau(t).Adresse}
	vide := func(n int) string { return strings.Repeat("x", n) }
	var tous sync.WaitGroup
	for document, veut := range map[string]string{
		"": "", "sain": "", vide(3 << 20): "",
		essai.Eicar():                              essai.TrouveEicar,
		essai.Signature():                          essai.Trouve,
		vide(64<<10-9) + essai.Signature():         essai.Trouve,
		vide(3<<20) + essai.Signature() + vide(99): essai.Trouve,
		essai.Signature() + vide(3<<20):            essai.Trouve,
	} {
		tous.Go(func() {
			if virus, err := c.Analyser(t.Context(), strings.NewReader(document)); virus != veut || err != nil {
				t.Errorf("%d bytes: %q, %v, want %q", len(document), virus, err, veut)
			}
		})
	}
	tous.Wait()
}

// What the daemon does not take to its end, or cannot look at because it has gone, has no verdict; it has one again
// when the daemon is back.
func TestClamdWithoutVerdict(t *testing.T) {
	t.Parallel()
	demon := essai.Nouveau(t)
	c := antivirus.Clamd{Adresse: demon.Adresse}
	analyser := func(texte string) (string, error) { return c.Analyser(t.Context(), strings.NewReader(texte)) }
	if virus, err := analyser(strings.Repeat("x", essai.MaxOctets+1<<20)); !errors.Is(err, antivirus.ErrAbsent) {
		t.Errorf("too large: %q, %v", virus, err)
	}
	demon.Arreter()
	if virus, err := analyser(essai.Signature()); !errors.Is(err, antivirus.ErrAbsent) {
		t.Errorf("gone: %q, %v", virus, err)
	}
	demon.Demarrer(t)
	if virus, err := analyser(essai.Signature()); virus != essai.Trouve || err != nil {
		t.Errorf("back: %q, %v", virus, err)
	}
}
