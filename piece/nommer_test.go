package piece_test

import (
	"testing"

	"guichet/piece"
)

// A name has the extension of what the content is, whatever it was called.
func TestNommer(t *testing.T) {
	t.Parallel()
	for nom, want := range map[string]string{"a.pdf": "a.pdf", "a.PDF": "a.PDF", "a.exe": "a.exe.pdf", "a": "a.pdf", "a.html": "a.html.pdf", "": ".pdf"} {
		if got := piece.PDF.Nommer(nom); got != want {
			t.Errorf("%q: %q, want %q", nom, got, want)
		}
	}
	if got := piece.JPG.Nommer("a.jpeg"); got != "a.jpeg" {
		t.Error(got)
	}
}
