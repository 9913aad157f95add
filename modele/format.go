package modele

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Format says the format of a value in a short noun phrase that fits after "attendu :":
// `exactement 10 caractères alphanumériques`, `date JJ/MM/AAAA`, `« TTC » ou « HT »`.
func Format(t Type, l Langue) string {
	switch t.Genre {
	case TableauObjets, TableauValeurs:
		return formatArray(t, l)
	case Chaine:
		return formatText(t, l)
	case Courriel:
		return withLength(Texte{"adresse électronique, un @ après le premier caractère et un point", "e-mail address, an @ after its first character and a point"}, t, l)
	case Telephone:
		return withLength(Texte{"numéro avec indicatif international, par exemple +33 1 99 00 12 34", "number with its international prefix, such as +33 1 99 00 12 34"}, t, l)
	case NomPiece:
		return withLength(Texte{"nom de pièce de la nomenclature", "document name of the naming norm"}, t, l)
	case Choix:
		return enumerate(t.Valeurs, Texte{" ou ", " or "}, l)
	case ChoixMultiple:
		return formatChoices(t, l)
	case Code:
		return formatCode(t.Nomenclature, l)
	}
	return fixedFormats[t.Genre].In(l)
}

// The formats that no parameter changes.
var fixedFormats = map[Genre]Texte{
	Objet:   {"objet", "object"},
	Nul:     {"null, rempli par l'ASP", "null, filled in by the ASP"},
	Rang:    {"nombre entier, rang dans le tableau à partir de 1", "whole number, rank in the array from 1"},
	Montant: {"nombre supérieur à 0 écrit avec deux décimales, par exemple 2920.00", "number above 0 written with two decimals, such as 2920.00"},
	Booleen: {"true ou false, sans guillemets", "true or false, without quotes"},
	Date:    {"date JJ/MM/AAAA", "date JJ/MM/AAAA (day/month/year)"},
}

// Element returns the format of each item of an array of texts.
func (t Type) Element() Type {
	t.Genre, t.Min, t.Max, t.Unique = Chaine, 0, 0, false
	return t
}

// Gabarit writes the norm as a pattern: `MS1-DUI-Va1-<BDC|HT>-<numeroEditeur>.<jpg|pdf|png>`, where
// numero is the tag that gives the number.
func (n NormePieces) Gabarit(numero string) string {
	return fmt.Sprintf("%s-<%s>-<%s>.<%s>", n.Prefixe, alternatives(n.Codes), numero, alternatives(n.Formats))
}

func alternatives(codes map[string]string) string {
	return strings.Join(slices.Sorted(maps.Values(codes)), "|")
}

func formatArray(t Type, l Langue) string {
	s := Texte{"tableau", "array"}.In(l) + itemCount(t, l)
	if t.Genre == TableauValeurs {
		s += " (" + Format(t.Element(), l) + ")"
	}
	return s
}

func itemCount(t Type, l Langue) string {
	objets := t.Genre == TableauObjets
	un, des := Texte{"une valeur", "one value"}, Texte{"valeurs", "values"}
	if objets {
		un, des = Texte{"un objet", "one object"}, Texte{"objets", "objects"}
	}
	switch {
	case t.Max > 0:
		return fmt.Sprintf(Texte{" de %d à %d %s", " of %d to %d %s"}.In(l), t.Min, t.Max, des.In(l))
	case t.Min == 1:
		return Texte{" d'au moins ", " of at least "}.In(l) + un.In(l)
	case t.Min > 1:
		return fmt.Sprintf(Texte{" d'au moins %d %s", " of at least %d %s"}.In(l), t.Min, des.In(l))
	case objets:
		return Texte{" d'", " of "}.In(l) + des.In(l)
	}
	return Texte{" de ", " of "}.In(l) + des.In(l)
}

func formatText(t Type, l Langue) string {
	s := lengthOf(t, l) + " " + alphabets[t.Alphabet].In(l)
	if t.Majuscules {
		s += Texte{", en majuscules", ", in upper case"}.In(l)
	}
	// Only a number invites to leave the quotes out.
	if t.Alphabet == Chiffres {
		s += Texte{" entre guillemets", " between quotes"}.In(l)
	}
	return s
}

var alphabets = [...]Texte{
	Libre:          {"caractères", "characters"},
	Alphanumerique: {"caractères alphanumériques", "letters or digits"},
	Chiffres:       {"chiffres", "digits"},
}

func lengthOf(t Type, l Langue) string {
	switch {
	case t.Exact > 0:
		return fmt.Sprintf(Texte{"exactement %d", "exactly %d"}.In(l), t.Exact)
	case t.Moins > 0:
		return fmt.Sprintf(Texte{"de 1 à %d", "1 to %d"}.In(l), t.Moins-1)
	}
	return Texte{"au moins 1", "at least 1"}.In(l)
}

func withLength(quoi Texte, t Type, l Langue) string {
	if t.Moins == 0 {
		return quoi.In(l)
	}
	return fmt.Sprintf(Texte{"%s, %d caractères au plus", "%s, at most %d characters"}.In(l), quoi.In(l), t.Moins-1)
}

func formatChoices(t Type, l Langue) string {
	return enumerate(t.Valeurs, Texte{" ou ", " or "}, l) +
		Texte{", ou plusieurs séparées par une virgule et une espace, sans répétition", ", or several joined by a comma and a blank, none twice"}.In(l)
}

// formatCode names the list and shows one code, because codes look like nothing else.
func formatCode(n *Nomenclature, l Langue) string {
	s := Texte{"code de la ", "code of the "}.In(l) + n.Nom.In(l)
	if len(n.Codes) > 0 {
		s += Texte{", par exemple ", ", such as "}.In(l) + quote(n.Codes[0].Code, l)
	}
	return s
}

// enumerate writes `« PDF », « PNG » ou « JPG »`.
func enumerate(valeurs []string, dernier Texte, l Langue) string {
	quoted := make([]string, len(valeurs))
	for i, v := range valeurs {
		quoted[i] = quote(v, l)
	}
	n := len(quoted) - 1
	if n < 1 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:n], ", ") + dernier.In(l) + quoted[n]
}

// quote quotes as each language does, with no-break spaces inside French quotes.
func quote(s string, l Langue) string {
	if l == Anglais {
		return `"` + s + `"`
	}
	return "« " + s + " »"
}
