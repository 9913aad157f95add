package certificat

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// LetsEncrypt is the word for the authority that everybody's browser knows.
const LetsEncrypt = "letsencrypt"

// ACME has the counter get a certificate by itself, and renew it, from an authority that speaks ACME (RFC 8555). The
// authority makes sure that the name is ours by a connection to port 443 of it (tls-alpn-01, RFC 8737): no other port is
// opened.
type ACME struct {
	Annuaire string // address of its directory, or LetsEncrypt; "" for none
	Racine   string // file of the certificate (PEM) that its own HTTPS is signed by, "" for those that the system knows
	Courriel string // that it writes to when something is wrong
	Nom      string // of the counter
	Dossier  string // where account key and certificates are kept
}

// Donne tells whether certificates are asked for.
func (a ACME) Donne() bool { return a.Annuaire != "" }

// ErrNom says that no authority can make sure of a name.
var ErrNom = errors.New("no public name")

// prives are ends of names that are nobody's on the Internet.
var prives = []string{".localhost", ".local", ".invalid", ".internal", ".home.arpa", ".test", ".example"}

// nommable tells whether the authority may know the name: an address has none, and Let's Encrypt knows public ones only.
func (a ACME) nommable() bool {
	if a.Nom == "" || net.ParseIP(a.Nom) != nil || a.Nom == "localhost" {
		return false
	}
	if a.Annuaire != LetsEncrypt {
		return true // an authority of one's own knows names of one's own
	}
	for _, fin := range prives {
		if strings.HasSuffix(a.Nom, fin) {
			return false
		}
	}
	return strings.Contains(a.Nom, ".")
}

// Ouvrir gives what a server needs. The certificate is asked for with the first connection that has none, kept, and renewed
// a month before its end. ErrNom for a name that cannot have one.
func (a ACME) Ouvrir(log *slog.Logger, maintenant func() time.Time) (*tls.Config, error) {
	if !a.nommable() {
		return nil, fmt.Errorf("%w: %q", ErrNom, a.Nom)
	}
	if err := os.MkdirAll(a.Dossier, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of certificates: %w", err)
	}
	autorite, err := a.autorite()
	if err != nil {
		return nil, err
	}
	m := &autocert.Manager{
		Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(a.Dossier), HostPolicy: autocert.HostWhitelist(a.Nom), Client: autorite, Email: a.Courriel,
	}
	dire := &plainte{log: log, maintenant: maintenant}
	return &tls.Config{
		MinVersion: tls.VersionTLS12, CipherSuites: suites, NextProtos: []string{"http/1.1", acme.ALPNProto},
		GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
			c, err := m.GetCertificate(h)
			if err != nil && h.ServerName == a.Nom {
				dire.echec(h.Context(), err)
			}
			return c, err
		},
	}, nil
}

// autorite is who gives certificates.
func (a ACME) autorite() (*acme.Client, error) {
	c := &acme.Client{DirectoryURL: a.Annuaire, UserAgent: "guichet"}
	if a.Annuaire == LetsEncrypt {
		c.DirectoryURL = acme.LetsEncryptURL
	}
	if a.Racine == "" {
		return c, nil
	}
	texte, err := os.ReadFile(a.Racine)
	if err != nil {
		return nil, fmt.Errorf("read the root of the authority: %w", err)
	}
	racines := x509.NewCertPool()
	if !racines.AppendCertsFromPEM(texte) {
		return nil, fmt.Errorf("the root of the authority: no certificate (PEM) in %s", a.Racine)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: racines}
	c.HTTPClient = &http.Client{Transport: transport}
	return c, nil
}

// plainte tells once a minute that there is no certificate: each visitor would have it told.
type plainte struct {
	log        *slog.Logger
	maintenant func() time.Time
	mu         sync.Mutex
	dite       time.Time
}

func (p *plainte) echec(ctx context.Context, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.maintenant().Sub(p.dite) < revoir {
		return
	}
	p.dite = p.maintenant()
	p.log.ErrorContext(ctx, "certificat ACME non obtenu : l'autorité joint-elle le port 443 de ce nom ?", slog.String("cause", err.Error()))
}
