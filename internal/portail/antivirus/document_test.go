package antivirus_test

import (
	"context"
	"errors"
	"io"
	"testing"

	"guichet/internal/portail/antivirus"
	"guichet/internal/portail/web"
)

// A document is kept when nothing is found; what nobody could look at waits.
func TestDocument(t *testing.T) {
	t.Parallel()
	dit := func(virus string, err error) antivirus.Analyser {
		return func(context.Context, io.Reader) (string, error) { return virus, err }
	}
	for _, c := range []struct {
		a    antivirus.Analyser
		etat int
	}{{nil, 0}, {dit("", nil), 0}, {dit("Eicar", nil), 422}, {dit("", antivirus.ErrAbsent), 503}} {
		var refus *web.Refus
		if err := c.a.Document(t.Context(), []byte("x")); errors.As(err, &refus) != (c.etat > 0) || refus != nil && refus.Etat != c.etat {
			t.Errorf("%d: %v", c.etat, err)
		}
	}
}
