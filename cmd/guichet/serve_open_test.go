package main

import (
	"bytes"
	"net"
	"testing"

	"guichet/modele"
)

// Who opens the counter to other machines in the clear is warned; on this machine alone, and behind HTTPS, is not.
func TestWarnOpen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		listening, public string
		warned            bool
	}{
		{"0.0.0.0", "", true}, {"192.0.2.7", "http://guichet.exemple.invalid", true}, {"::", "", true},
		{"127.0.0.1", "", false}, {"::1", "", false}, {"0.0.0.0", "https://guichet.exemple.invalid", false},
	} {
		var stderr bytes.Buffer
		p := &program{env: env{stderr: &stderr, getenv: func(string) string { return "" }}, langue: modele.Francais}
		p.warnOpen(&net.TCPAddr{IP: net.ParseIP(c.listening), Port: 8080}, c.public)
		if warned := bytes.Contains(stderr.Bytes(), []byte("sans chiffrement")); warned != c.warned {
			t.Errorf("%s, %q: warned %t: %s", c.listening, c.public, warned, &stderr)
		}
	}
}
