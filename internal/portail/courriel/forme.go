package courriel

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Each mail has one form, whoever wrote what it says: a greeting, the text, who sends it.

// maxSalut is how long a name may be to be greeted by it.
const maxSalut = 60

// saluer begins a mail. A name that somebody else may have typed is not to carry an address to an unsuspecting reader.
func saluer(nom string, l modele.Langue) string {
	bonjour := modele.Texte{Fr: "Bonjour", En: "Hello"}.In(l)
	nom = strings.TrimSpace(nom)
	etrange := func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsMark(c) && !strings.ContainsRune(" -'’", c)
	}
	if nom == "" || utf8.RuneCountInString(nom) > maxSalut || strings.ContainsFunc(nom, etrange) {
		return bonjour + ",\n\n"
	}
	return bonjour + " " + ecrit.Nom(nom) + ",\n\n"
}

// signer ends a mail: who sends it, for whom, and where.
func (e Expediteur) signer(l modele.Langue) string {
	lignes := []string{"-- ", e.Nom}
	if e.Pour != "" {
		lignes[1] += modele.Texte{Fr: ", pour ", En: ", for "}.In(l) + e.Pour
	}
	for _, x := range []string{e.Contact, e.Site} {
		if x != "" {
			lignes = append(lignes, x)
		}
	}
	return "\n" + strings.Join(lignes, "\n") + "\n"
}

// largeur is how long a line of plain text gets, in characters: mail programs that do not fold lines show so many.
const largeur = 76

// plier folds the lines of a plain text between words. What somebody said goes on as quoted, an item of a list below its
// first word; addresses stay whole.
func plier(texte string) string {
	var b strings.Builder
	for ligne := range strings.SplitSeq(texte, "\n") {
		b.WriteString(plierLigne(ligne) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func plierLigne(ligne string) string {
	if utf8.RuneCountInString(ligne) <= largeur {
		return ligne
	}
	marge := ""
	for _, m := range []struct{ debut, suite string }{{"> ", "> "}, {"- ", "  "}} {
		if strings.HasPrefix(ligne, m.debut) {
			marge = m.suite
		}
	}
	var b strings.Builder
	long := 0
	for i, mot := range strings.Split(ligne, " ") {
		n := utf8.RuneCountInString(mot)
		switch {
		case i == 0:
		case long+1+n > largeur && long > len(marge):
			b.WriteString("\n" + marge)
			long = len(marge)
		default:
			b.WriteByte(' ')
			long++
		}
		b.WriteString(mot)
		long += n
	}
	return b.String()
}
