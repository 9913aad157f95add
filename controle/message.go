package controle

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"guichet/diag"
	"guichet/modele"
)

func chiffres(n int64) string { return strconv.FormatInt(n, 10) }

// message writes the message of an anomaly.
func (r *Rapport) message(a *anomalie, l modele.Langue) string {
	return remplir(livre()[a.numero].Message.In(l), func(nom string) string { return r.mot(nom, a, l) })
}

// aide says what to do: the value to write where it can be told, else what the rule says.
func (r *Rapport) aide(a *anomalie, p proposition, l modele.Langue) string {
	if p := p.In(l); p != "" {
		return p
	}
	return remplir(livre()[a.numero].Aide.In(l), func(nom string) string { return r.mot(nom, a, l) })
}

// remplir replaces the names in braces of a template.
func remplir(gabarit string, mot func(nom string) string) string {
	var b strings.Builder
	for {
		avant, apres, ouvre := strings.Cut(gabarit, "{")
		nom, reste, ferme := strings.Cut(apres, "}")
		if !ouvre || !ferme {
			b.WriteString(gabarit)
			return b.String()
		}
		b.WriteString(avant)
		b.WriteString(mot(nom))
		gabarit = reste
	}
}

// maxTrouve is how much of a value a message shows, in characters.
const maxTrouve = 60

// mot returns what a name in braces stands for.
func (r *Rapport) mot(nom string, a *anomalie, l modele.Langue) string {
	switch nom {
	case "balise":
		return r.sujet(a, l)
	case "trouve":
		return r.trouve(a, l)
	case "attendu":
		return r.attendu(a, l)
	case "nombre":
		return chiffres(int64(r.nombre(a)))
	case "caracteres":
		return nounCaractere.Count(int(a.nombre), l)
	case "pieces":
		return nounPiece.Count(int(a.nombre), l)
	case "libelle":
		return a.champ.Libelle.In(l)
	case "autre":
		return r.litteral(a.autre, maxTrouve)
	case "detail":
		return r.detail(a, l)
	}
	return "{" + nom + "}"
}

// The nouns of messages.
var (
	nounCaractere = diag.Noun{One: modele.Texte{Fr: "caractère", En: "character"}, Several: modele.Texte{Fr: "caractères", En: "characters"}}
	nounPiece     = diag.Noun{One: modele.Texte{Fr: "pièce", En: "document"}, Several: modele.Texte{Fr: "pièces", En: "documents"}}
)

// sujet names what an anomaly is about: a tag, an item of its array, or the file. The blanks of a tag that the
// table does not have are shown.
func (r *Rapport) sujet(a *anomalie, l modele.Langue) string {
	switch b := r.balise(a); {
	case a.numero == regleInconnue: // whose name may be empty
		return montrer(b, l)
	case b == "":
		return modele.Texte{Fr: "le fichier", En: "the file"}.In(l)
	case (a.numero == regleVide || a.numero == regleTexteVide || a.numero == regleNature) && r.item(a):
		return modele.Texte{Fr: "un élément de ", En: "an item of "}.In(l) + b
	default:
		return b
	}
}

// montrer shows the name that a file gives a tag: between quotes where it is no plain word, the blanks at its ends
// as ␣, those that nobody tells from them by their number.
func montrer(nom string, l modele.Langue) string {
	if nom != "" && strings.IndexFunc(nom, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' }) < 0 {
		return nom
	}
	var b strings.Builder
	debut, fin := len(nom)-len(strings.TrimLeft(nom, " ")), len(strings.TrimRight(nom, " "))
	for i, c := range nom {
		switch {
		case c == ' ' && (i < debut || i >= fin):
			b.WriteString("␣")
		case c != ' ' && unicode.IsSpace(c):
			fmt.Fprintf(&b, "<U+%04X>", c)
		default:
			b.WriteRune(c)
		}
	}
	return fmt.Sprintf(modele.Texte{Fr: "« %s »", En: "“%s”"}.In(l), b.String())
}
