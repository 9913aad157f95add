// Package motdepasse says which passwords are soon guessed: by who knows the words, keyboards and dates that many choose,
// and the person.
package motdepasse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"guichet/modele"
)

// The bounds of a password, in characters. There is no rule of composition.
const (
	Min = 12
	Max = 200
)

// Personne is who a password is for: what is known of them is guessed first.
type Personne struct {
	Courriel, Nom string
	Entreprises   []string // that the person acts for
}

// Refuser says why a password is too weak for a person, and what to do; nil where it can be taken.
func Refuser(mot string, qui Personne) (*modele.Texte, error) {
	longueur := utf8.RuneCountInString(mot)
	switch {
	case longueur < Min:
		return dire("Le mot de passe a au moins 12 caractères. Quatre mots sans rapport conviennent très bien.",
			"The password has at least 12 characters. Four unrelated words do very well.")
	case longueur > Max:
		return dire("Le mot de passe a au plus 200 caractères.", "The password has at most 200 characters.")
	case !utf8.ValidString(mot) || strings.ContainsFunc(mot, unicode.IsControl):
		return dire("Le mot de passe contient un caractère de contrôle, que tous les claviers ne savent pas saisir.",
			"The password holds a control character, which not every keyboard can type.")
	}
	if partie := evoque(mot, qui.Courriel, qui.Nom); partie != "" {
		return dire("Le mot de passe contient « "+partie+" », de votre nom ou de votre adresse électronique. Choisissez quatre mots sans rapport avec vous.",
			"The password holds \""+partie+"\", of your name or e-mail address. Choose four words that have nothing to do with you.")
	}
	connus, err := ouvrir(append([]string{qui.Courriel, qui.Nom, cesLieux}, qui.Entreprises...)...)
	if err != nil {
		return nil, err
	}
	if puissance, quoi := peser(mot, connus); puissance < solide {
		return &faible[quoi], nil
	}
	return nil, nil
}

func dire(fr, en string) (*modele.Texte, error) { return &modele.Texte{Fr: fr, En: en}, nil }

// cesLieux are words that this place makes one think of.
const cesLieux = "guichet ségur numérique portail dépôt fournisseur demande dossier financement agence asp ms1 dui ehpad esms finess"

// faible says of each weakness what it is and what to do.
var faible = [...]modele.Texte{
	hasard: {Fr: "Ce mot de passe se devine vite. Prenez quatre mots sans rapport.", En: "This password is soon guessed. Take four unrelated words."},
	courant: {Fr: "Ce mot de passe repose sur un mot ou un mot de passe courant, parmi les premiers qu'un attaquant essaie : majuscules, chiffres et lettres remplacées n'y changent presque rien. Prenez quatre mots sans rapport.",
		En: "This password rests on a common word or password, among the first that an attacker tries: capitals, digits and replaced letters hardly change that. Take four unrelated words."},
	sien: {Fr: "Ce mot de passe repose sur votre nom, celui de votre entreprise ou un mot du guichet. Prenez quatre mots sans rapport entre eux ni avec vous.",
		En: "This password rests on your name, that of your company or a word of the counter. Take four words that have nothing to do with one another or with you."},
	suite: {Fr: "Ce mot de passe suit des touches voisines, l'alphabet ou les chiffres dans l'ordre. Prenez quatre mots sans rapport.",
		En: "This password follows keys side by side, the alphabet or the digits in order. Take four unrelated words."},
	date: {Fr: "Ce mot de passe repose sur une année ou une date. Prenez quatre mots sans rapport.",
		En: "This password rests on a year or a date. Take four unrelated words."},
	repete: {Fr: "Ce mot de passe répète le même morceau. Prenez quatre mots sans rapport.",
		En: "This password repeats the same piece. Take four unrelated words."},
}

// evoque is the part of the person's name or address that a password holds, "" for none. Names of three letters are in
// too many words to count.
func evoque(mot, courriel, nom string) string {
	plat := aplatir(mot)
	local, _, _ := strings.Cut(courriel, "@")
	for _, partie := range append(strings.Fields(nom), courriel, local) {
		if p := aplatir(partie); utf8.RuneCountInString(p) > 3 && strings.Contains(plat, p) {
			return partie
		}
	}
	return ""
}

// aplatir keeps the letters and digits of a text, in lower case and without accents.
func aplatir(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(s))
}

func renverser(s string) string {
	var b strings.Builder
	for r := []rune(s); len(r) > 0; r = r[:len(r)-1] {
		b.WriteRune(r[len(r)-1])
	}
	return b.String()
}
