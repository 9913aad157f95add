package motdepasse

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// The words that attackers try: ours, and those of motscourants.md. They are unpacked when a password is set, and forgotten
// after it: nothing else that this program does pays for them.
var (
	//go:embed communs.txt
	fichierCommuns string
	//go:embed motscourants.gz
	fichierCourants []byte
)

// The lengths of words, in characters.
const (
	minMot = 4
	maxMot = 30
)

// lexique is the words that somebody knows who guesses a password: each with its rank, the most usual first.
type lexique struct {
	courants map[string]int
	siens    map[string]bool
}

// ouvrir has the common words, and those of a person, in texts.
func ouvrir(siens ...string) (*lexique, error) {
	l := &lexique{courants: make(map[string]int, 30_000), siens: map[string]bool{}}
	for ligne := range strings.Lines(fichierCommuns) {
		l.ajouter(aplatir(ligne))
	}
	z, err := gzip.NewReader(bytes.NewReader(fichierCourants))
	if err != nil {
		return nil, fmt.Errorf("unpack the common words: %w", err)
	}
	var liste strings.Builder
	if _, err := io.Copy(&liste, z); err != nil {
		return nil, fmt.Errorf("unpack the common words: %w", err)
	}
	for mot := range strings.SplitSeq(liste.String(), "\n") {
		l.ajouter(mot)
	}
	for _, texte := range siens {
		for _, m := range strings.FieldsFunc(texte, separe) {
			l.siens[aplatir(m)] = true
		}
	}
	return l, nil
}

// separe tells what stands between two words.
func separe(r rune) bool { return strings.ContainsRune(" \u00a0.,;:@_-'’/&()+", r) }

func (l *lexique) ajouter(mot string) {
	if _, vu := l.courants[mot]; !vu && utf8.RuneCountInString(mot) >= minMot {
		l.courants[mot] = len(l.courants) + 1
	}
}

// rangSien is that of a word of the person: whoever guesses for one person begins with them.
const rangSien = 5

// chercher returns the rank of a word, and what kind of word it is: hasard for none.
func (l *lexique) chercher(mot string) (int, faiblesse) {
	if l.siens[mot] {
		return rangSien, sien
	}
	if rang, ok := l.courants[mot]; ok {
		return rang, courant
	}
	return 0, hasard
}
