// Package courriel sends the counter's mails: each is a job, written in the transaction of what it tells, and
// sent by SMTP, or put in a folder where no server is configured.
package courriel

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/riverqueue/river"
	"github.com/wneessen/go-mail"

	"guichet/internal/durable"
	"guichet/modele"
)

// Message is a mail to one person. Its text is plain: the HTML twin is made of it. Sur leaves what the mail says to the
// moment when it is sent, or, where it has its text, the file that it carries.
type Message struct {
	A      string `json:"a,omitempty"` // address
	Nom    string `json:"nom,omitempty"`
	Langue string `json:"langue,omitempty"` // "fr" or "en"
	Sujet  string `json:"sujet,omitempty"`
	Texte  string `json:"texte,omitempty"`
	Sur    string `json:"sur,omitempty"` // what it tells of, by a name that the Rediger of the program knows
}

// Redaction is what a mail says, and the file that it carries.
type Redaction struct {
	Sujet, Texte string
	Jointe       string // name of the file, "" for none
	Octets       []byte
}

// Rediger writes a mail when it is sent, in the language of who gets it.
type Rediger func(ctx context.Context, sur string, l modele.Langue) (Redaction, error)

// Expediteur is who mails come from.
type Expediteur struct {
	Nom, Adresse string
	Pour         string // who runs the counter, and how to reach it
	Contact      string
	Site         string // where the counter is
}

// Serveur is an SMTP server. The zero value is none.
type Serveur struct {
	Hote              string
	Port              int
	Compte            string // "" when none is asked for
	MotDePasse        string
	SansChiffrement   bool // for a server on this machine
	ChiffrementDirect bool // TLS from the first byte, as on port 465
}

// Poste sends mails.
type Poste struct {
	expediteur Expediteur
	client     *mail.Client
	dossier    string
	maintenant func() time.Time
}

// Ouvrir prepares to send by a server, or to a folder when there is none.
func Ouvrir(e Expediteur, s Serveur, dossier string, maintenant func() time.Time) (*Poste, error) {
	p := &Poste{expediteur: e, dossier: dossier, maintenant: maintenant}
	if s.Hote == "" {
		if err := os.MkdirAll(dossier, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of mails: %w", err)
		}
		return p, nil
	}
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(delai)}
	switch {
	case s.SansChiffrement:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	case s.ChiffrementDirect:
		options = append(options, mail.WithSSL())
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.Compte != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.Compte), mail.WithPassword(s.MotDePasse))
	}
	var err error
	if p.client, err = mail.NewClient(s.Hote, options...); err != nil {
		return nil, fmt.Errorf("prepare the mail server: %w", err)
	}
	return p, nil
}

// delai bounds one sending.
const delai = 30 * time.Second

// Dossier is where mails are put, "" when they are sent.
func (p *Poste) Dossier() string {
	if p.client != nil {
		return ""
	}
	return p.dossier
}

func (m *Message) langue() modele.Langue {
	if m.Langue == "en" {
		return modele.Anglais
	}
	return modele.Francais
}

// envoyer sends a mail, or puts it in the folder. A job that is done twice gives the same file.
func (p *Poste) envoyer(ctx context.Context, m Message, r Redaction, numero int64) error {
	message, err := p.composer(m, r, numero)
	if err != nil {
		return river.JobCancel(fmt.Errorf("write a mail: %w", err)) // it would fail each time
	}
	if p.client != nil {
		if err := p.client.DialAndSendWithContext(ctx, message); err != nil {
			return fmt.Errorf("send a mail: %w", err)
		}
		return nil
	}
	var octets bytes.Buffer
	if _, err := message.WriteTo(&octets); err != nil {
		return fmt.Errorf("write a mail: %w", err)
	}
	if err := durable.Ecrire(filepath.Join(p.dossier, fmt.Sprintf("%08d.eml", numero)), octets.Bytes(), 0o600); err != nil {
		return fmt.Errorf("keep a mail: %w", err)
	}
	return nil
}

// Langue is the word of a language in a Message.
func Langue(l modele.Langue) string {
	if l == modele.Anglais {
		return "en"
	}
	return "fr"
}
