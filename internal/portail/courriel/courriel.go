// Package courriel sends the counter's mails: each is a job, written in the transaction of what it tells, and
// sent by SMTP, or put in a folder where no server is configured.
package courriel

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/wneessen/go-mail"

	"guichet/internal/portail/tache"
	"guichet/modele"
)

// Message is a mail to one person. Its text is plain: the HTML twin is made of it.
type Message struct {
	A      string `json:"a"` // address
	Nom    string `json:"nom"`
	Langue string `json:"langue"` // "fr" or "en"
	Sujet  string `json:"sujet"`
	Texte  string `json:"texte"`
	Jointe string `json:"jointe,omitempty"` // what is attached, by a name that the Joindre of the program knows
}

// Joindre makes what a mail has attached, when it is sent: the job holds its name alone.
type Joindre func(ctx context.Context, jointe string, l modele.Langue) (nom string, octets []byte, err error)

// Kind names the job that sends a Message.
func (Message) Kind() string { return "courriel" }

// Expediteur is who mails come from.
type Expediteur struct {
	Nom, Adresse string
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

// Ouvrier is the worker of the jobs of mails. joindre may be nil where no mail has anything attached.
func (p *Poste) Ouvrier(joindre Joindre) river.Worker[Message] {
	return &ouvrier{poste: p, joindre: joindre}
}

type ouvrier struct {
	river.WorkerDefaults[Message]
	poste   *Poste
	joindre Joindre
}

// Work sends one mail.
func (o *ouvrier) Work(ctx context.Context, job *river.Job[Message]) error {
	var j jointe
	if job.Args.Jointe != "" {
		var err error
		if j.nom, j.octets, err = o.joindre(ctx, job.Args.Jointe, job.Args.langue()); err != nil {
			return fmt.Errorf("attach %s to a mail: %w", job.Args.Jointe, err)
		}
	}
	return o.poste.envoyer(ctx, job.Args, j, job.ID)
}

// jointe is a file that a mail carries; the zero value is none.
type jointe struct {
	nom    string
	octets []byte
}

func (m *Message) langue() modele.Langue {
	if m.Langue == "en" {
		return modele.Anglais
	}
	return modele.Francais
}

// Timeout bounds the job.
func (o *ouvrier) Timeout(*river.Job[Message]) time.Duration { return 2 * delai }

// Ecrire writes the job of a mail in the transaction of what it tells.
func Ecrire(ctx context.Context, tx *sql.Tx, t *tache.Taches, m Message) error {
	return t.Inserer(ctx, tx, m)
}

// envoyer sends a mail, or puts it in the folder. A job that is done twice gives the same file.
func (p *Poste) envoyer(ctx context.Context, m Message, j jointe, numero int64) error {
	message, err := p.composer(m, j, numero)
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
	if err := os.WriteFile(filepath.Join(p.dossier, fmt.Sprintf("%08d.eml", numero)), octets.Bytes(), 0o600); err != nil {
		return fmt.Errorf("keep a mail: %w", err)
	}
	return nil
}

// composer makes the mail. Names and subjects keep to their headers: the library encodes them, and we take
// line breaks out before.
func (p *Poste) composer(m Message, j jointe, numero int64) (*mail.Msg, error) {
	message := mail.NewMsg()
	err := errors.Join(
		message.FromFormat(uneLigne(p.expediteur.Nom), p.expediteur.Adresse),
		message.AddToFormat(uneLigne(m.Nom), m.A),
	)
	if err != nil {
		return nil, err
	}
	message.Subject(uneLigne(m.Sujet))
	message.SetDateWithValue(p.maintenant())
	message.SetMessageIDWithValue(fmt.Sprintf("%d.%s", numero, p.expediteur.Adresse))
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetGenHeader("Content-Language", m.Langue)
	message.SetBodyString(mail.TypeTextPlain, m.Texte)
	var html strings.Builder
	if err := jumeau.Execute(&html, jumelle(m)); err != nil {
		return nil, err
	}
	message.AddAlternativeString(mail.TypeTextHTML, html.String())
	if j.nom != "" {
		if err := message.AttachReader(j.nom, bytes.NewReader(j.octets)); err != nil {
			return nil, err
		}
	}
	return message, nil
}

func uneLigne(t string) string { return strings.Join(strings.Fields(t), " ") }

// jumelle gives the HTML twin its paragraphs.
func jumelle(m Message) any {
	return struct {
		Langue, Sujet string
		Paragraphes   []string
	}{m.Langue, m.Sujet, strings.Split(strings.TrimSpace(m.Texte), "\n\n")}
}

var jumeau = template.Must(template.New("courriel").Parse(`<!DOCTYPE html>
<html lang="{{.Langue}}"><head><meta charset="utf-8"><title>{{.Sujet}}</title></head>
<body>{{range .Paragraphes}}<p style="white-space: pre-line">{{.}}</p>
{{end}}</body></html>
`))

// Langue is the word of a language in a Message.
func Langue(l modele.Langue) string {
	if l == modele.Anglais {
		return "en"
	}
	return "fr"
}
