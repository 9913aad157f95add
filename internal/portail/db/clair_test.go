package db_test

import (
	"io"
	"net"
	"runtime"
	"strings"
	"testing"

	"guichet/internal/portail/db"
)

// What goes to a database on another machine is encrypted, unless the address says otherwise.
// ASVS 12.3.1
func TestEncryptedUnlessSaid(t *testing.T) {
	t.Parallel()
	for adresse, clair := range map[string]bool{
		"portail.db":                                         false,
		"postgres://u@192.0.2.7/g":                           false,
		"postgres://u@base.exemple.invalid/":                 false,
		"postgres://u@192.0.2.7/g?sslmode=verify-full":       false,
		"postgres://u@192.0.2.7/g?sslmode=require":           false,
		"postgres://u@192.0.2.7/g?sslmode=disable":           true,
		"postgres://u@192.0.2.7/g?sslmode=prefer":            true,
		"postgres://u@127.0.0.1,192.0.2.7/g?sslmode=disable": true,
		"postgres://u@127.0.0.1/g?sslmode=disable":           false,
		"postgres://u@[::1]/g?sslmode=disable":               false,
		"postgres://u@localhost/g?sslmode=disable":           false,
		"postgres:///g?host=/run/postgresql":                 false,
		"postgres://u@192.0.2.7:port/g":                      false,
	} {
		if got := db.EnClair(adresse); got != clair {
			t.Errorf("%s: in clear %t", adresse, got)
		}
	}
}

// A server on another machine that does not encrypt is not spoken to: no name, no password goes to it.
// ASVS 12.3.1
func TestNoPasswordInClear(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("0.0.0.0 is no machine there")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	lu := make(chan string, 10)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				close(lu)
				return
			}
			debut := make([]byte, 8)
			_, _ = io.ReadFull(c, debut)
			_, _ = c.Write([]byte("N")) // no TLS here
			suite, _ := io.ReadAll(c)
			lu <- string(suite)
			_ = c.Close()
		}
	}()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	// An address of this machine that is not known to be one.
	adresse := "postgres://u:secret@" + "0.0.0.0" + ":" + port + "/g?connect_timeout=10"
	if _, err = db.Ouvrir(t.Context(), adresse); err == nil || !strings.Contains(err.Error(), "sslmode=disable") {
		t.Errorf("%v", err)
	}
	_ = l.Close()
	for suite := range lu {
		if suite != "" {
			t.Errorf("it was told %q", suite)
		}
	}
}
