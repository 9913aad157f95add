package compte

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"
	"pgregory.net/rapid"
)

// Names and addresses are kept on one line that prints, or refused at the right field.
// ASVS 1.3.3.
func TestCleaned(t *testing.T) {
	t.Parallel()
	for nom, ok := range map[string]bool{
		"  Ana   Dupont ": true, "": false, "Ana\r\nBcc: x": false, "Ana\x00": false, "Ana \u202eoz": false,
		"Ana\u200bB": false, strings.Repeat("é", 100): true, strings.Repeat("é", 101): false, "<script>alert(1)</script>": true, "\xff": false,
	} {
		if _, err := nettoyerNom(nom); (err == nil) != ok {
			t.Errorf("%q: %v", nom, err)
		}
	}
	for c, ok := range map[string]bool{
		" Ana@Exemple.invalid ": true, "": false, "ana": false, "Ana <ana@exemple.invalid>": false, "a@b@c": false,
		"ana@exemple.invalid\r\nBcc: b@exemple.invalid": false, "a\x00@exemple.invalid": false, "a@exemple.invalid, b@exemple.invalid": false,
		strings.Repeat("a", 134) + "@exemple.invalid": true, strings.Repeat("a", 135) + "@exemple.invalid": false, "a\u202e@exemple.invalid": false,
	} {
		if _, err := NettoyerCourriel(c); (err == nil) != ok {
			t.Errorf("%q: %v", c, err)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		n, err := nettoyerNom(rapid.String().Draw(r, "name"))
		var f *Faute
		if err != nil && !errors.As(err, &f) || strings.ContainsAny(n, "\r\n\x00") {
			r.Fatalf("%q, %v", n, err)
		}
	})
}

// Hashes under way are bounded, and whoever has left does not wait for a place.
func TestHashesAreBounded(t *testing.T) {
	t.Parallel()
	h := nouveauHacheur(&argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	var rendre func()
	for range aLaFois() - 1 { // of one network: another one still has a place
		var err error
		if rendre, err = h.entrer(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.comparer(ctx, "x", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("a hash more than there are places: %v", err)
	}
	rendre()
	if ok, err := h.comparer(t.Context(), "leurre", ""); ok || err != nil {
		t.Errorf("nobody's password is accepted: %v", err)
	}
}

func TestBrowserNames(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                            "Firefox, Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/1": "Edge, Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36":                                              "Chrome, Windows",
		"curl/8.0": "curl", "": "", "robot": "",
	} {
		if got := navigateur(agent); got != want {
			t.Errorf("%q: %q, want %q", agent, got, want)
		}
	}
}
