package architecture

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// What people run has nothing that is for trying or debugging it, but the example that it is asked for.
// ASVS 13.4.2, 15.2.3: over all packages that the program is made of.
func TestProgramHasNothingForTests(t *testing.T) {
	t.Parallel()
	deps := list(t, "{{join .Deps \"\\n\"}}", "guichet/cmd/guichet")
	if len(deps) < 100 {
		t.Fatalf("%d packages", len(deps))
	}
	for _, d := range deps {
		if slices.Contains([]string{"testing", "net/http/pprof", "net/http/httptest", "runtime/trace", "pgregory.net/rapid", "github.com/chromedp/chromedp"}, d) || strings.HasPrefix(d, "guichet/") && strings.HasSuffix(d, "/essai") {
			t.Errorf("the program has %s", d)
		}
	}
}

// The document on security names the cryptography that there is and whom the program calls, by what the source has.
// ASVS 11.1.2, 13.1.1
func TestSecurityIsDocumented(t *testing.T) {
	t.Parallel()
	octets, err := os.ReadFile("../../docs/securite.md")
	if err != nil {
		t.Fatal(err)
	}
	inventaire := map[string][]string{ // by package
		"crypto/aes": {"AES-256-GCM"}, "crypto/sha256": {"SHA-256"}, "crypto/rand": {"crypto/rand"}, "crypto/tls": {"TLS 1.2", "TLS 1.3"}, "github.com/alexedwards/argon2id": {"Argon2id"},
		"github.com/pquerna/otp/hotp": {"TOTP"}, "golang.org/x/crypto/acme/autocert": {"ACME"},
		"github.com/wneessen/go-mail": {"`smtp-hote`"}, "github.com/jackc/pgx/v5/stdlib": {"`db`", "PostgreSQL"},
	}
	for _, s := range lesSources(t) {
		for paquet, mots := range inventaire {
			for _, mot := range mots {
				if s.importe(paquet) && !strings.Contains(string(octets), mot) {
					t.Errorf("%s imports %s: docs/securite.md does not name %s", s.nom, paquet, mot)
				}
			}
		}
	}
	for _, mot := range []string{"`clamd`", "`/healthz`"} { // called without a package of its own
		if !strings.Contains(string(octets), mot) {
			t.Errorf("docs/securite.md does not name %s", mot)
		}
	}
}
