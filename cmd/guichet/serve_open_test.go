package main

import (
	"bytes"
	"net"
	"testing"

	"guichet/internal/portail"
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

// The address that is told is one that opens, also where the counter listens on all of them.
func TestReached(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ listening, reached string }{
		{"0.0.0.0", "127.0.0.1:8080"}, {"::", "127.0.0.1:8080"}, {"::1", "[::1]:8080"}, {"192.0.2.7", "192.0.2.7:8080"}, {"127.0.0.1", "127.0.0.1:8080"},
	} {
		if got := reached(&net.TCPAddr{IP: net.ParseIP(c.listening), Port: 8080}); got != c.reached {
			t.Errorf("%s: %s, want %s", c.listening, got, c.reached)
		}
	}
}

// What the counter tells other machines in clear is told at its start.
// ASVS 12.3.1
func TestWarnClear(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ base, clamd, warned string }{
		{"portail.db", "unix:/run/clamd", ""}, {"", "", ""}, {"postgres://u@192.0.2.7/g", "tcp:127.0.0.1:3310", ""},
		{"", "tcp:localhost:3310", ""}, {"", "tcp:[::1]:3310", ""},
		{"postgres://u@192.0.2.7/g?sslmode=disable", "", "PostgreSQL"}, {"", "tcp:192.0.2.7:3310", "antivirus"}, {"", "tcp:clamav:3310", "antivirus"},
	} {
		var stderr bytes.Buffer
		p := &program{env: env{stderr: &stderr, getenv: func(string) string { return "" }}, langue: modele.Francais}
		p.warnClear(portail.Config{Base: c.base, Clamd: c.clamd})
		if said := stderr.String(); (said != "") != (c.warned != "") || !bytes.Contains(stderr.Bytes(), []byte(c.warned)) {
			t.Errorf("%+v: %q", c, said)
		}
	}
}
