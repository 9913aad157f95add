package ecrit_test

import (
	"strings"
	"testing"
	"unicode"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// A text that shows nothing is empty, whatever it is made of; one letter is enough.
func TestVide(t *testing.T) {
	t.Parallel()
	rien := "\u0000\t\n \u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u2000\u200b\u200c\u200d\u200e\u2028\u202e\u202f\u205f\u2060\u2066\u2800\u3000\u3164\ufe0f\ufeff\uffa0\U000e0001\U000e0100"
	for _, c := range rien {
		if !ecrit.Vide(string(c)) {
			t.Errorf("%U shows something", c)
		}
	}
	if !ecrit.Vide("") || !ecrit.Vide(rien) {
		t.Error("nothing shows something")
	}
	for _, c := range "aé1.?–…李שא😀🇫0" {
		if ecrit.Vide(rien + string(c)) {
			t.Errorf("%q shows nothing", c)
		}
	}
	for c := range unicode.MaxRune {
		if unicode.IsSpace(c) && !ecrit.Vide(strings.Repeat(string(c), 3)) {
			t.Errorf("%U is no blank", c)
		}
	}
}

func TestTropLong(t *testing.T) {
	t.Parallel()
	a := ecrit.TropLong(modele.Texte{Fr: "le message", En: "the message"}, 4000, 70000)
	veut := modele.Texte{Fr: "Écrivez le message en 4\u00a0000 caractères au plus : vous en avez écrit 70\u00a0000.", En: "Write the message in at most 4,000 characters: you have written 70,000."}
	if a != veut {
		t.Errorf("%q", a)
	}
}
