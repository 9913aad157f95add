package courriel

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	netmail "net/mail"
	"strings"
	"unicode"

	"github.com/wneessen/go-mail"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// composer makes the mail. Names and subjects keep to their headers.
func (p *Poste) composer(m Message, r Redaction, numero int64) (*mail.Msg, error) {
	r.Sujet, r.Texte = p.former(m, r)
	message := mail.NewMsg()
	err := errors.Join(
		message.From(adresse(p.expediteur.Nom, p.expediteur.Adresse)),
		message.AddTo(adresse(m.Nom, m.A)),
	)
	if err != nil {
		return nil, err
	}
	message.Subject(r.Sujet)
	message.SetDateWithValue(p.maintenant())
	message.SetMessageIDWithValue(fmt.Sprintf("%d.%s", numero, p.expediteur.Adresse))
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetGenHeader("Content-Language", m.Langue)
	message.SetBodyString(mail.TypeTextPlain, plier(r.Texte))
	var html strings.Builder
	if err := jumeau.Execute(&html, jumelle(m.Langue, r)); err != nil {
		return nil, err
	}
	message.AddAlternativeString(mail.TypeTextHTML, html.String())
	if r.Jointe != "" {
		if err := message.AttachReader(r.Jointe, bytes.NewReader(r.Octets)); err != nil {
			return nil, err
		}
	}
	return message, nil
}

// former gives a mail its form: a subject that is seen whole, a greeting, who sends it, the typography of its language.
func (p *Poste) former(m Message, r Redaction) (sujet, texte string) {
	l := m.langue()
	sujet = ecrit.Visible(uneLigne(r.Sujet))
	texte = saluer(m.Nom, l) + strings.TrimSpace(ecrit.Visible(r.Texte)) + "\n" + p.expediteur.signer(l)
	if l == modele.Francais {
		sujet, texte = ecrit.Francais(sujet), ecrit.Courrier(texte)
	}
	return abreger(sujet), texte
}

// adresse writes whom a mail is from or to. A name may hold quotes: it is encoded.
func adresse(nom, courriel string) string {
	return (&netmail.Address{Name: ecrit.Visible(uneLigne(nom)), Address: courriel}).String()
}

// maxSujet is how much of a subject is seen in a list of mails, in characters.
const maxSujet = 78

func abreger(sujet string) string {
	lettres := []rune(sujet)
	if len(lettres) <= maxSujet {
		return sujet
	}
	return strings.TrimRight(string(lettres[:maxSujet-1]), " ") + "…"
}

// uneLigne takes out of a text what has no place in a header: line breaks, and what does not print.
func uneLigne(t string) string {
	t = strings.Join(strings.Fields(strings.ToValidUTF8(t, "\uFFFD")), " ")
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return -1
		}
		return c
	}, t)
}

// jumelle gives the HTML twin its paragraphs.
func jumelle(langue string, r Redaction) any {
	return struct {
		Langue, Sujet string
		Paragraphes   []string
	}{langue, r.Sujet, strings.Split(strings.TrimSpace(r.Texte), "\n\n")}
}

var jumeau = template.Must(template.New("courriel").Parse(`<!DOCTYPE html>
<html lang="{{.Langue}}"><head><meta charset="utf-8"><title>{{.Sujet}}</title></head>
<body>{{range .Paragraphes}}<p style="white-space: pre-line">{{.}}</p>
{{end}}</body></html>
`))
