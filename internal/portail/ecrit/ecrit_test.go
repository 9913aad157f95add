package ecrit_test

import (
	"strings"
	"testing"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// French punctuation, units and numbers are set; addresses, places of values and English are not touched.
func TestFrancais(t *testing.T) {
	t.Parallel()
	for saisi, veut := range map[string]string{
		"":                                 "",
		"Motif : trop tard ; rien !":       "Motif~: trop tard~; rien~!",
		"« Crèche » ? Oui.":                "«~Crèche~»~? Oui.",
		"12 345,60 € et 30 %":              "12~345,60~€ et 30~%",
		"10 Mo au plus, 5 min, 2 h, 7 j":   "10~Mo au plus, 5~min, 2~h, 7 j",
		"une avance de 30 %.":              "une avance de 30~%.",
		"Encore %d demandes, %s : %d %%":   "Encore %d demandes, %s~: %d~%%",
		"5 minutes, 3 ouvertures":          "5~minutes, 3 ouvertures",
		"lien :\nhttps://a.b/?x=1&y=2":     "lien~:\nhttps://a.b/?x=1&y=2",
		"téléphone +33 1 99 00 00 00":      "téléphone +33~1~99~00~00~00",
		"valable 24 heures, 7 jours, 1 an": "valable 24~heures, 7~jours, 1~an",
		"déjà\u00a0: posé":                 "déjà~: posé",
		"fin ":                             "fin ",
		"« ":                               "«~",
	} {
		if a := strings.ReplaceAll(ecrit.Francais(saisi), "\u00a0", "~"); a != veut {
			t.Errorf("%q: %q, want %q", saisi, a, veut)
		}
	}
	if a := ecrit.Phrase(modele.Texte{Fr: "SARL : A", En: "SARL : A"}, modele.Francais); a != "SARL : A" {
		t.Errorf("a name became %q", a)
	}
	if a := ecrit.Phrase(modele.Texte{Fr: "Motif : a", En: "Reason : a"}, modele.Anglais); a != "Reason : a" {
		t.Errorf("English became %q", a)
	}
	if a := ecrit.Courrier("Motif :\n> a : b\nFin !"); a != "Motif\u00a0:\n> a : b\nFin\u00a0!" {
		t.Errorf("a mail became %q", a)
	}
}

// What does not print is seen, and what runs from right to left stays apart.
func TestNames(t *testing.T) {
	t.Parallel()
	for nom, veut := range map[string]string{
		"Crèche des Lilas": "Crèche des Lilas",
		"a\u202egnp.exe":   "a<U+202E>gnp.exe",
		"\u2066a\u2069":    "<U+2066>a<U+2069>",
		"נועם 3":           "\u2068נועם 3\u2069",
		"شركة\u202e":       "\u2068شركة<U+202E>\u2069",
		"a\nb":             "a␊b",
	} {
		if a := ecrit.Nom(nom); a != veut {
			t.Errorf("Nom(%q) = %q, want %q", nom, a, veut)
		}
	}
	for texte, veut := range map[string]string{
		"une\r\ndeux\ttrois":          "une\ndeux\ttrois",
		"a\u202eb\n\u2067c":           "a<U+202E>b\n<U+2067>c",
		"de \u2068נועם\u2069 : 3":     "de \u2068נועם\u2069 : 3",
		"a\u2068b":                    "a<U+2068>b",
		"a\u2069b\u2068":              "a<U+2069>b<U+2068>",
		"\u2068a\u202eb\u2069\u2069c": "\u2068a<U+202E>b\u2069<U+2069>c",
		"Fran\xe7ois\x1b[31m":         "Fran\ufffdois␛[31m",
	} {
		if a := ecrit.Visible(texte); a != veut {
			t.Errorf("Visible(%q) = %q, want %q", texte, a, veut)
		}
	}
	if a := ecrit.Citer("a\r\nb\u202e"); a != "> a\n> b<U+202E>" {
		t.Errorf("%q", a)
	}
}
