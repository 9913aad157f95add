package pieces_test

import (
	"context"
	"io"
	"regexp"
	"strings"
	"testing"

	courrieressai "guichet/internal/portail/courriel/essai"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/pieces"
	"guichet/modele"
)

// cites are what a mail quotes of the desk: its command, the signs that it names, its lines on documents.
var cites = regexp.MustCompile(`guichet pack|\\ : \* \?|(?m)^- .*\n`)

// The mail on each outcome of an examination, in both languages: what it is about, where to go, how to stop it.
func TestMessages(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	c := m.config()
	c.Adresse, c.Versions = "http://guichet.exemple.invalid", 3
	c.Analyser = func(_ context.Context, document io.Reader) (string, error) {
		octets, err := io.ReadAll(document)
		if strings.Contains(string(octets), "EICAR") {
			return "Eicar", err
		}
		return "", err
	}
	m.Service = pieces.Nouveau(c)
	toutes := completes(t)
	de := func(n int, octets []byte) entree { return entree{toutes[n].nom, octets} }
	for nom, octets := range map[string][]byte{
		"good.zip": zipper(t, toutes[0]), "empty.zip": zipper(t), "unreadable.zip": []byte("x"),
		"aside.zip": zipper(t, entree{"inconnu.pdf", pdf("?")}, entree{"lisez-moi.txt", []byte("x")}), "virus.zip": zipper(t, de(1, pdf("EICAR"))),
		"names.zip": zipper(t, entree{"<script>/x.pdf", pdf("x")}), toutes[3].nom: []byte("not a picture"), "scan.pdf": pdf("scan"),
	} {
		m.envoyer(t, nom, octets)
	}
	for n := range 4 {
		m.envoyer(t, "versions.zip", zipper(t, de(4, pdf(strings.Repeat("v", n+1)))))
	}
	m.mettreLe(t, 1, "retiree", midi)
	m.envoyer(t, "closed.zip", zipper(t, toutes[1], toutes[4]))
	m.Programme = []string{"/bin/sh", "-c", "kill -9 $$"}
	m.envoyer(t, "dead.zip", zipper(t, toutes[2]))
	m.Programme = nil
	m.envoyer(t, "all.zip", zipper(t, toutes...))
	if len(m.courriels) != 2*15 {
		t.Errorf("%d mails", len(m.courriels)/2)
	}
	for n := 0; n+1 < len(m.courriels); n += 2 {
		for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
			sujet, texte := m.courriels[n].In(l), m.courriels[n+1].In(l)
			courrieressai.Verifier(t, sujet, sujet, cites.ReplaceAllString(texte, ""), l)
		}
	}
}
