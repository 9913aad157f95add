package web_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"guichet/internal/portail/web"
)

// A file that breaks off is an error, for its answer to be cut; that its reader has gone is none, and neither is its end.
func TestGive(t *testing.T) {
	t.Parallel()
	perdu := errors.New("the disk fails")
	var lu strings.Builder
	if err := web.Donner(&lu, io.MultiReader(strings.NewReader("debut"), iotest.ErrReader(perdu))); !errors.Is(err, perdu) || lu.String() != "debut" {
		t.Errorf("a disk that fails: %v, %q", err, &lu)
	}
	if err := web.Donner(parti{}, strings.NewReader("tout")); err != nil {
		t.Errorf("a reader who has gone: %v", err)
	}
	lu.Reset()
	if err := web.Donner(&lu, strings.NewReader("tout")); err != nil || lu.String() != "tout" {
		t.Errorf("all of it: %v, %q", err, &lu)
	}
}

// parti is who has gone.
type parti struct{}

func (parti) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
