package compte

import (
	"fmt"
	"net/mail"
	"strconv"
	"strings"
	"unicode/utf8"

	"guichet/diag"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Faute is something that the person can mend: it is shown beside the field, and nothing was changed.
type Faute struct {
	Champ string // name of the field; "" when no field is at fault
	modele.Texte
}

// Error tells it to developers.
func (f *Faute) Error() string { return fmt.Sprintf("%s: %s", f.Champ, f.En) }

func faute(champ, fr, en string) *Faute { return &Faute{champ, modele.Texte{Fr: fr, En: en}} }

// The bounds of what a person types, in characters.
const (
	maxNom      = 100
	maxCourriel = 150
)

// NettoyerCourriel returns an e-mail address as it is kept: one address, in lower case.
func NettoyerCourriel(saisie string) (string, error) {
	c := strings.ToLower(strings.TrimSpace(saisie))
	switch a, err := mail.ParseAddress(c); {
	case c == "":
		return "", faute("courriel", "Indiquez l'adresse électronique.", "Give the e-mail address.")
	case utf8.RuneCountInString(c) > maxCourriel:
		return "", faute("courriel", "L'adresse électronique a au plus 150 caractères.", "The e-mail address has at most 150 characters.")
	case err != nil || a.Address != c || a.Name != "" || diag.Neutralize(c) != c:
		return "", faute("courriel", "L'adresse électronique n'a pas la forme attendue, par exemple nom@exemple.fr.",
			"The e-mail address does not have the expected form, for example name@example.org.")
	}
	return c, nil
}

// nettoyerNom returns a person's name as it is kept: one line of characters that print.
func nettoyerNom(saisie string) (string, error) {
	n := strings.Join(strings.Fields(saisie), " ")
	switch {
	case ecrit.Vide(n):
		return "", faute("nom", "Indiquez le prénom et le nom.", "Give the first and last name.")
	case utf8.RuneCountInString(n) > maxNom:
		return "", tropLong("nom", modele.Texte{Fr: "le nom", En: "the name"}, maxNom, utf8.RuneCountInString(n))
	case strings.ContainsAny(saisie, "\r\n") || diag.Neutralize(n) != n:
		return "", faute("nom", "Le nom contient un caractère qui ne s'imprime pas : saisissez-le au clavier au lieu de le coller.",
			"The name holds a character that does not print: type it instead of pasting it.")
	}
	return n, nil
}

func tropLong(champ string, quoi modele.Texte, max, n int) error {
	t := ecrit.TropLong(quoi, max, n)
	return faute(champ, t.Fr, t.En)
}

// langue reads a language as the database keeps it.
func langue(code string) modele.Langue {
	if code == "en" {
		return modele.Anglais
	}
	return modele.Francais
}

// code writes a language as the database keeps it.
func code(l modele.Langue) string {
	if l == modele.Anglais {
		return "en"
	}
	return "fr"
}

func nombre(n int64) string { return strconv.FormatInt(n, 10) }
