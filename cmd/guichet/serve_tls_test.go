package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guichet/internal/portail/certificat"
	"guichet/internal/portail/certificat/essai"
)

// With a certificate the counter speaks HTTPS by itself: links and cookies say so, and its health can be asked.
// ASVS 4.1.2, 12.2.1: in the clear it neither answers nor leads elsewhere.
func TestServeHTTPS(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	pair := certificat.Fichiers{Certificat: filepath.Join(folder, "guichet.pem"), Cle: filepath.Join(folder, "guichet.key")}
	essai.Ecrire(t, pair, 1)
	address := freeAddress(t)
	ctx, stop := context.WithCancel(t.Context())
	settings := []string{"--adresse", address, "--tls-certificat", pair.Certificat, "--tls-cle", pair.Cle}
	counter, ended := &keyboard{stdin: strings.NewReader("")}, make(chan int)
	go func() {
		ended <- counter.run(ctx, append([]string{"serve", "--donnees", filepath.Join(folder, "portail")}, settings...)...)
	}()
	answer := askSecurely(t, pair, address)
	if answer.TLS == nil || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("not as over HTTPS: %v", answer.Header)
	}
	if answer, err := http.DefaultTransport.RoundTrip(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/connexion", nil)); err != nil || answer.StatusCode != http.StatusBadRequest {
		t.Errorf("in the clear: %v, %v", answer, err) // neither served nor led elsewhere: who sends secrets so is told
	} else {
		_ = answer.Body.Close()
	}
	health := &keyboard{stdin: strings.NewReader("")}
	if status := health.run(t.Context(), append([]string{"healthcheck"}, settings...)...); status != 0 {
		t.Errorf("health: %d %s", status, &health.stderr)
	}
	stop()
	if status := <-ended; status != 0 || !strings.Contains(counter.stderr.String(), "https://"+address+"/ouverture/") {
		t.Errorf("%d %s", status, &counter.stderr)
	}
}

// askSecurely asks for the sign-in page until the counter is open.
func askSecurely(t *testing.T, pair certificat.Fichiers, address string) *http.Response {
	t.Helper()
	roots := x509.NewCertPool()
	text, err := os.ReadFile(pair.Certificat)
	if err != nil || !roots.AppendCertsFromPEM(text) {
		t.Fatal("no certificate", err)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	defer transport.CloseIdleConnections()
	answer, err := firstAnswer(t.Context(), transport, "https://"+address+"/connexion")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer
}

// Half a pair, or files that are none, keep the counter closed, and say which.
func TestNoCertificate(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for line, want := range map[string]string{
		"--tls-certificat a.pem":                 "vont ensemble",
		"--tls-cle a.key":                        "vont ensemble",
		"--tls-certificat a.pem --tls-cle a.key": "attendus : deux fichiers PEM",
	} {
		k := &keyboard{stdin: strings.NewReader("")}
		args := append([]string{"serve", "--donnees", filepath.Join(folder, "portail"), "--adresse", "127.0.0.1:0"}, strings.Fields(line)...)
		if status := k.run(t.Context(), args...); status != 2 || !strings.Contains(k.stderr.String(), want) {
			t.Errorf("%s: %d %s", line, status, &k.stderr)
		}
	}
}
