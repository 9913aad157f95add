package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"github.com/miekg/dns"

	"guichet/internal/attente"
)

// acmeName is what the counter is called in these tests.
const acmeName = "guichet.exemple.invalid"

// The counter gets its certificate by itself from an authority that speaks ACME, which makes sure of the name by a connection
// to the counter; what it got is kept, and only its owner reads it. A second start asks nobody.
func TestServeACME(t *testing.T) {
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")
	folder, address := t.TempDir(), freeAddress(t)
	data := filepath.Join(folder, "portail")
	directory, root, roots, close := acmeAuthority(t, folder, address)
	settings := []string{"--adresse", address, "--url", "https://" + acmeName, "--acme", directory, "--acme-racine", root, "--acme-courriel", "ana@exemple.invalid", "--donnees", data}
	for n, what := range []string{"first start", "second start, without the authority"} {
		ctx, stop := context.WithCancel(t.Context())
		counter, ended := &keyboard{stdin: strings.NewReader("")}, make(chan int)
		go func() { ended <- counter.run(ctx, append([]string{"serve"}, settings...)...) }()
		answer := askByName(t, roots, address)
		if leaf := answer.TLS.PeerCertificates[0]; leaf.VerifyHostname(acmeName) != nil || answer.Header.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s: %v %v", what, leaf.DNSNames, answer.Header)
		}
		health := &keyboard{stdin: strings.NewReader("")}
		if status := health.run(t.Context(), append([]string{"healthcheck"}, settings...)...); status != 0 {
			t.Errorf("%s: health: %d %s", what, status, &health.stderr)
		}
		stop()
		if status := <-ended; status != 0 || n == 0 && !strings.Contains(counter.stderr.String(), "https://"+acmeName+"/ouverture/") {
			t.Errorf("%s: %d %s", what, status, &counter.stderr)
		}
		if n == 0 {
			close()
		}
	}
	privateOnly(t, filepath.Join(data, "acme"))
}

// privateOnly holds that a folder is its owner's alone, with what is in it.
func privateOnly(t *testing.T, folder string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", name, info.Mode())
		}
		if !d.IsDir() {
			files++
		}
		return err
	})
	if err != nil || files < 2 {
		t.Errorf("%d files, %v", files, err)
	}
}

// freeAddress is one of this machine that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	address, err := attente.Adresse()
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// acmeAuthority is a real one on this machine, which finds acmeName at an address of it. It returns its directory, the file of the
// root of its HTTPS, and the roots of what it gives.
func acmeAuthority(t *testing.T, folder, address string) (directory, root string, roots *x509.CertPool, stop func()) {
	t.Helper()
	quiet, store := log.New(io.Discard, "", 0), db.NewMemoryStore()
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	number, err := net.LookupPort("tcp", port)
	if err != nil {
		t.Fatal(err)
	}
	giver := ca.New(quiet, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {ValidityPeriod: 90 * 24 * 3600}})
	front := wfe.New(quiet, store, va.New(quiet, 1, number, true, nameServer(t), store), giver, nil, true, false, 0, 0)
	server := httptest.NewTLSServer(front.Handler())
	t.Cleanup(server.Close)
	root = filepath.Join(folder, "autorite.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(root, text, 0o600); err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	if !roots.AppendCertsFromPEM(giver.GetRootCert(0).PEM()) {
		t.Fatal("the authority has no root")
	}
	return server.URL + wfe.DirectoryPath, root, roots, server.Close
}

// nameServer says that each name is this machine.
func nameServer(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{Listener: listener, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		a := new(dns.Msg).SetReply(q)
		if q.Question[0].Qtype == dns.TypeA {
			a.Answer = []dns.RR{&dns.A{Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET}, A: net.IPv4(127, 0, 0, 1)}}
		}
		_ = w.WriteMsg(a)
	})}
	go func() { _ = server.ActivateAndServe() }()
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String()
}

// askByName asks the counter by its name until it is open and has a certificate that the roots stand for.
func askByName(t *testing.T, roots *x509.CertPool, address string) *http.Response {
	t.Helper()
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
	defer transport.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(t.Context(), attente.Patience)
	defer cancel()
	answer, err := firstAnswer(ctx, transport, "https://"+acmeName+"/connexion")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer
}

// What an authority could not do for the counter is refused at the start, with what to do.
func TestNoACME(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for line, want := range map[string]string{
		"--acme letsencrypt": "pas de --url",
		"--acme letsencrypt --url http://guichet.exemple.fr":                                 "attendu : --url https://",
		"--acme letsencrypt --url https://192.0.2.1":                                         "nom public",
		"--acme letsencrypt --url https://guichet":                                           "nom public",
		"--acme letsencrypt --url https://guichet.exemple.invalid":                           "nom public",
		"--acme letsencrypt --url https://guichet.exemple.fr:8443":                           "sans port",
		"--acme https://ca.invalid/dir --url https://127.0.0.1":                              "nom public",
		"--acme letsencrypt --url https://guichet.exemple.fr --tls-certificat a --tls-cle b": "choisissez l'un ou l'autre",
		"--acme http://ca.invalid/dir --url https://guichet.exemple.fr":                      "--acme : « http://ca.invalid/dir » trouvé",
		"--acme https://ca.invalid/dir --url https://guichet --acme-racine absent.pem":       "absent.pem",
	} {
		k := &keyboard{stdin: strings.NewReader("")}
		args := append([]string{"serve", "--donnees", filepath.Join(folder, "portail"), "--adresse", "127.0.0.1:0"}, strings.Fields(line)...)
		if status := k.run(t.Context(), args...); status != 2 || !strings.Contains(k.stderr.String(), want) {
			t.Errorf("%s: %d %s", line, status, &k.stderr)
		}
	}
}
