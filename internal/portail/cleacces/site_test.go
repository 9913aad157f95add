package cleacces

import (
	"errors"
	"strings"
	"testing"
)

// Browsers let keys answer a name, over HTTPS or on the machine itself.
func TestWhereKeysAnswer(t *testing.T) {
	t.Parallel()
	for adresse, origine := range map[string]string{
		"https://guichet.exemple.fr": "https://guichet.exemple.fr", "https://Guichet.exemple.fr:8443": "https://guichet.exemple.fr:8443",
		"http://localhost:8080": "http://localhost:8080", "http://127.0.0.1:8080": "http://localhost:8080", "http://[::1]:8080": "http://localhost:8080",
		"http://a.localhost":        "http://a.localhost",
		"http://guichet.exemple.fr": "", "https://192.0.2.1": "", "http://192.0.2.1:8080": "", "https://127.0.0.1": "", "": "", "http://0.0.0.0:80": "", "://": "",
	} {
		s, ok := Pour(adresse)
		if ok != (origine != "") || s.Origine != origine {
			t.Errorf("%q: %q, %v", adresse, s.Origine, ok)
		}
	}
	s, _ := Pour("http://127.0.0.1:8080")
	for hote, want := range map[string]string{"localhost:8080": "", "127.0.0.1:8080": s.Origine, "[::1]:8080": s.Origine, "127.0.0.1": s.Origine, "guichet.exemple.fr": ""} {
		if got := s.Ailleurs(hote); got != want {
			t.Errorf("%s: %q", hote, got)
		}
	}
}

// What no browser sends is refused, and nothing falls over.
func TestAnswersOfNobody(t *testing.T) {
	t.Parallel()
	s, _ := Pour("https://guichet.exemple.fr")
	d, err := s.Proposer(Personne{Compte: 1})
	if err != nil || !strings.Contains(d.Options, `"guichet.exemple.fr"`) || strings.Contains(d.Options, `"attestation":"direct"`) {
		t.Fatal(d, err)
	}
	for _, r := range []string{"", "{", "{}", "null", `{"response":{}}`, `{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}`, strings.Repeat("[", 50_000)} {
		if _, err := DefiDe(r); !errors.Is(err, ErrRefusee) {
			t.Errorf("challenge of %.20q: %v", r, err)
		}
		if _, err := s.Enregistrer(Personne{Compte: 1}, d.Attendu, r); !errors.Is(err, ErrRefusee) {
			t.Errorf("new key of %.20q: %v", r, err)
		}
		if _, err := s.Verifier(Personne{Compte: 1}, d.Attendu, r); !errors.Is(err, ErrRefusee) {
			t.Errorf("answer %.20q: %v", r, err)
		}
	}
	if _, err := s.Verifier(Personne{Compte: 1, Cles: []Cle{{Donnees: []byte("{")}}}, d.Attendu, "{}"); err == nil || errors.Is(err, ErrRefusee) {
		t.Errorf("a key that cannot be read is a failure: %v", err)
	}
}
