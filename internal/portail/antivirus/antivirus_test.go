package antivirus_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/antivirus"
)

// demon speaks the protocol of clamd, and finds a virus wherever it reads the word.
func demon(t *testing.T, reseau, lieu, reponse string) string {
	t.Helper()
	l, err := net.Listen(reseau, lieu)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				document, err := recevoir(conn)
				switch {
				case err != nil:
					return
				case reponse != "":
				case bytes.Contains(document, []byte("VIRUS")):
					_, _ = conn.Write([]byte("stream: Fictif.Test-1 FOUND\x00"))
					return
				default:
					_, _ = conn.Write([]byte("stream: OK\x00"))
					return
				}
				_, _ = io.WriteString(conn, reponse)
			}()
		}
	}()
	return reseau + ":" + l.Addr().String()
}

func recevoir(r io.Reader) (document []byte, err error) {
	commande := make([]byte, len("zINSTREAM\x00"))
	if _, err := io.ReadFull(r, commande); err != nil || string(commande) != "zINSTREAM\x00" {
		return nil, errors.New("another command")
	}
	for {
		var n uint32
		if err := binary.Read(r, binary.BigEndian, &n); err != nil || n == 0 {
			return document, err
		}
		b := make([]byte, n)
		if _, err := io.ReadFull(r, b); err != nil {
			return nil, err
		}
		document = append(document, b...)
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	for _, adresse := range []string{demon(t, "tcp", "127.0.0.1:0", ""), demon(t, "unix", filepath.Join(t.TempDir(), "s"), "")} {
		c := antivirus.Clamd{Adresse: adresse}
		for document, veut := range map[string]string{"": "", "sain": "", strings.Repeat("x", 64<<10): "", strings.Repeat("x", 200_000) + "VIRUS": "Fictif.Test-1"} {
			if virus, err := c.Analyser(t.Context(), strings.NewReader(document)); virus != veut || err != nil {
				t.Errorf("%s, %d bytes: %q, %v", adresse, len(document), virus, err)
			}
		}
	}
}

// Whatever is no verdict is an error: nothing is accepted that was not looked at.
// ASVS 16.5.2, 16.5.3.
func TestNoVerdict(t *testing.T) {
	t.Parallel()
	adresses := []string{"", "tcp", "unix:/nowhere/clamd.ctl"}
	for _, reponse := range []string{"INSTREAM size limit exceeded. ERROR\x00", "stream: OK", "stream: \x00", strings.Repeat("x", 9000)} {
		adresses = append(adresses, demon(t, "tcp", "127.0.0.1:0", reponse))
	}
	for i, a := range adresses {
		if _, err := (antivirus.Clamd{Adresse: a}).Analyser(t.Context(), strings.NewReader("x")); !errors.Is(err, antivirus.ErrAbsent) {
			t.Errorf("%d: %v", i, err)
		}
	}
}

// A daemon that says nothing is waited for no longer than the given time, nor than the caller waits.
func TestSilent(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	c := antivirus.Clamd{Adresse: "tcp:" + l.Addr().String(), Delai: 50 * time.Millisecond}
	if _, err := c.Analyser(t.Context(), strings.NewReader("x")); !errors.Is(err, antivirus.ErrAbsent) {
		t.Error(err)
	}
	ctx, partir := context.WithCancel(t.Context())
	partir()
	c.Delai = 0
	if _, err := c.Analyser(ctx, strings.NewReader("x")); !errors.Is(err, antivirus.ErrAbsent) {
		t.Error(err)
	}
}
