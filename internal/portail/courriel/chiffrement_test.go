package courriel

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"guichet/internal/portail/certificat"
	"guichet/internal/portail/certificat/essai"
)

// compteur is a mail server that counts the mails that come, in clear or not.
type compteur struct{ recus atomic.Int64 }

func (c *compteur) NewSession(*smtp.Conn) (smtp.Session, error) { return c, nil }
func (c *compteur) Mail(string, *smtp.MailOptions) error        { return nil }
func (c *compteur) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (c *compteur) Reset()                                      {}
func (c *compteur) Logout() error                               { return nil }
func (c *compteur) Data(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	c.recus.Add(1)
	return err
}

// A mail goes to a server that proves who it is, encrypted; to another one it does not go, unless the settings say that the server
// is on this machine.
// ASVS 12.3.2: the mail server, the only one that is called over TLS.
func TestMailServersProveWhoTheyAre(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	paire := certificat.Fichiers{Certificat: filepath.Join(dossier, "a.pem"), Cle: filepath.Join(dossier, "a.key")}
	essai.Ecrire(t, paire, 1) // nobody signed it
	cle, err := tls.LoadX509KeyPair(paire.Certificat, paire.Cle)
	if err != nil {
		t.Fatal(err)
	}
	for nom, c := range map[string]struct {
		certificat, direct, clair bool
		part                      bool
	}{
		"STARTTLS, unknown certificate": {certificat: true},
		"TLS, unknown certificate":      {certificat: true, direct: true},
		"no TLS":                        {},
		"no TLS, of this machine":       {clair: true, part: true},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			b := &compteur{}
			s := smtp.NewServer(b)
			s.Domain = "localhost"
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			port := l.Addr().(*net.TCPAddr).Port
			if c.certificat {
				s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{cle}}
			}
			if c.direct {
				l = tls.NewListener(l, s.TLSConfig)
			}
			go func() { _ = s.Serve(l) }() // ends with Close
			t.Cleanup(func() { _ = s.Close() })
			p, err := Ouvrir(Expediteur{Nom: "Guichet", Adresse: "guichet@exemple.invalid"}, Serveur{Hote: "127.0.0.1", Port: port, ChiffrementDirect: c.direct, SansChiffrement: c.clair}, "", time.Now)
			if err != nil {
				t.Fatal(err)
			}
			err = p.envoyer(t.Context(), Message{A: "a@exemple.invalid", Nom: "A", Langue: "fr"}, Redaction{Sujet: "Sujet", Texte: "Texte"}, 1)
			var faux *tls.CertificateVerificationError
			if (err == nil) != c.part || b.recus.Load() > 0 != c.part || c.certificat && !errors.As(err, &faux) {
				t.Errorf("%v, %d mails", err, b.recus.Load())
			}
		})
	}
}
