package controle

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// attendus names what the reader was ready for where the file stopped being JSON.
var attendus = map[jsondoc.Expectation]modele.Texte{
	jsondoc.AnyValue:       {Fr: "valeur", En: "value"},
	jsondoc.ValueOrEnd:     {Fr: "valeur ou ]", En: "value or ]"},
	jsondoc.NameOrEnd:      {Fr: "balise entre guillemets ou }", En: "tag between quotes or }"},
	jsondoc.Name:           {Fr: "balise entre guillemets", En: "tag between quotes"},
	jsondoc.Colon:          {Fr: "deux-points", En: "colon"},
	jsondoc.CommaOrBrace:   {Fr: "virgule ou }", En: "comma or }"},
	jsondoc.CommaOrBracket: {Fr: "virgule ou ]", En: "comma or ]"},
	jsondoc.Nothing:        {Fr: "fin du fichier", En: "end of the file"},
}

// attenduIci says what was expected where reading stopped, for the faults that are about a place.
func (r *Rapport) attenduIci(e *jsondoc.Error, l modele.Langue) string {
	if e.Fault != jsondoc.Unexpected || autreNature(r.doc.Source) != inconnue {
		return ""
	}
	return modele.Texte{Fr: ", attendu : ", En: ", expected: "}.In(l) + attendus[e.Expected].In(l)
}

// trouveIci names what stands where reading stopped.
func (r *Rapport) trouveIci(e *jsondoc.Error, l modele.Langue) string {
	if n := autreNature(r.doc.Source); n != inconnue {
		return fmt.Sprintf(modele.Texte{Fr: "le fichier est %s, pas un fichier JSON", En: "the file is %s, not a JSON file"}.In(l), naturesFichier[n].nom.In(l))
	}
	if forme := valeur.FormeDe(r.doc.Source); forme.Multiple() {
		return fmt.Sprintf(modele.Texte{Fr: "il est en %s", En: "it is %s"}.In(l), forme.Nom())
	}
	switch e.Fault {
	case jsondoc.Empty:
		if len(r.doc.Source) > 0 {
			return modele.Texte{Fr: "le fichier ne contient que des espaces ou des retours à la ligne", En: "the file has nothing but blanks or line breaks"}.In(l)
		}
		return modele.Texte{Fr: "le fichier est vide", En: "the file is empty"}.In(l)
	case jsondoc.UnexpectedEnd:
		return modele.Texte{Fr: "le fichier s'arrête avant la fin du document", En: "the file ends before the document does"}.In(l)
	case jsondoc.ControlChar:
		return modele.Texte{Fr: "un texte contient un retour à la ligne ou un caractère de contrôle", En: "a text has a line break or control character"}.In(l)
	case jsondoc.BadEscape:
		return modele.Texte{Fr: "une barre oblique inverse \\ que JSON ne connaît pas", En: "a backslash \\ sequence that JSON does not have"}.In(l)
	case jsondoc.BadNumber:
		return modele.Texte{Fr: "un nombre que JSON ne sait pas écrire", En: "a number that JSON cannot write"}.In(l)
	case jsondoc.BadLiteral:
		return modele.Texte{Fr: "un mot sans guillemets qui n'est ni true, ni false, ni null", En: "a word without quotes that is not true, false or null"}.In(l)
	case jsondoc.InvalidUTF8:
		return octet(r.doc.Source[e.Offset], l)
	}
	c, _ := utf8.DecodeRune(r.doc.Source[e.Offset:])
	return nommerCaractere(c, l)
}

// octet names a byte that is not UTF-8, and the letter it is in Windows-1252, the usual culprit.
func octet(b byte, l modele.Langue) string {
	if b >= 0xA0 {
		return fmt.Sprintf(modele.Texte{Fr: "octet 0x%X, « %c » en Windows-1252", En: "byte 0x%X, “%c” in Windows-1252"}.In(l), b, rune(b))
	}
	return fmt.Sprintf(modele.Texte{Fr: "octet 0x%X", En: "byte 0x%X"}.In(l), b)
}

// nommerCaractere shows a character, by its number when it cannot be seen.
func nommerCaractere(c rune, l modele.Langue) string {
	switch {
	case c == ' ':
		return modele.Texte{Fr: "une espace", En: "a blank"}.In(l)
	case c == 0xA0 || c == 0x202F:
		return modele.Texte{Fr: "une espace insécable", En: "a no-break blank"}.In(l)
	case !unicode.IsPrint(c):
		return fmt.Sprintf(modele.Texte{Fr: "le caractère U+%04X", En: "the character U+%04X"}.In(l), c)
	}
	return fmt.Sprintf(modele.Texte{Fr: "« %c »", En: "“%c”"}.In(l), c)
}

// limiteDepassee names the limit that a file is over.
func limiteDepassee(e *jsondoc.Error, l jsondoc.Limits) modele.Texte {
	if e.Fault == jsondoc.TooMany {
		return modele.Texte{Fr: fmt.Sprintf("%d valeurs", l.MaxValues), En: fmt.Sprintf("%d values", l.MaxValues)}
	}
	return modele.Texte{Fr: fmt.Sprintf("%d Mio", l.MaxBytes>>20), En: fmt.Sprintf("%d MiB", l.MaxBytes>>20)}
}

// partiesNom says what is off the norm in a file's name, by part.
var partiesNom = [...]modele.Texte{
	nomParties: {Fr: "il doit avoir quatre parties séparées par des tirets, la première JSON, puis .json", En: "it must have four parts joined by hyphens, the first one JSON, then .json"},
	nomAns:     {Fr: "la deuxième partie doit être le numeroAns, 10 caractères alphanumériques", En: "the second part must be the numeroAns, 10 letters or digits"},
	nomDate:    {Fr: "la troisième partie doit être la date du dépôt, AAAAMMJJ", En: "the third part must be the date of the deposit, YYYYMMDD"},
	nomRang:    {Fr: "la quatrième partie doit être le rang du fichier ce jour-là, sur trois chiffres depuis 001", En: "the fourth part must be the rank of the file that day, in three digits from 001"},
}

// partieFautive says what is off the norm in a document's name.
func (r *Rapport) partieFautive(a *anomalie, l modele.Langue) string {
	n := &r.plan.norme
	switch a.nombre {
	case partiePrefixe:
		return fmt.Sprintf(modele.Texte{Fr: "il doit commencer par %s-", En: "it must start with %s-"}.In(l), n.Prefixe)
	case partieCode:
		return fmt.Sprintf(modele.Texte{Fr: "le code %v doit suivre", En: "the code %v must come next"}.In(l), alternatives(n.codes, l))
	case partieNumero:
		return fmt.Sprintf(modele.Texte{Fr: "le %s, %d caractères alphanumériques, doit suivre", En: "the %s, %d letters or digits, must come next"}.In(l), baliseNumero, n.Longueur)
	}
	return fmt.Sprintf(modele.Texte{Fr: "il doit se terminer par l'extension %v, en minuscules", En: "it must end with the extension %v, in lower case"}.In(l), alternatives(n.formats, l))
}

// alternatives joins values as a reader would: BDC ou HT.
func alternatives(valeurs []string, l modele.Langue) string {
	s := ""
	for i, v := range valeurs {
		switch i {
		case 0:
		case len(valeurs) - 1:
			s += modele.Texte{Fr: " ou ", En: " or "}.In(l)
		default:
			s += ", "
		}
		s += v
	}
	return s
}
