package preparation

import (
	"slices"
	"strings"
	"unicode"
)

// communs is the share of the words that both have; a number's own word is not needed: « N° FINESS géo ».
func communs(a, b []string) float64 {
	if slices.Contains(b, "numero") && !slices.Contains(a, "numero") {
		b = slices.DeleteFunc(slices.Clone(b), func(m string) bool { return m == "numero" })
	}
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n := 0
	for _, m := range a {
		if slices.Contains(b, m) {
			n++
		}
	}
	return float64(n) / float64(len(a)+len(b)-n)
}

// mots takes a name apart (dateCommande, BON_COMMANDE, « Date du BC ») into plain words, each once and written
// one way.
func mots(nom string) (liste []string) {
	var parts []string
	debut, runes := 0, []rune(nom)
	for i, c := range runes {
		lettre := unicode.IsLetter(c) || unicode.IsDigit(c) || c == '°' || c == 'º'
		bosse := i > debut && unicode.IsUpper(c) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(runes[i-1]))
		if !lettre || bosse {
			parts = append(parts, string(runes[debut:i]))
			debut = i
			if !lettre {
				debut = i + 1
			}
		}
	}
	for _, p := range append(parts, string(runes[debut:])) {
		m := sansAccents(strings.ToLower(p))
		if s, ok := synonymes[m]; ok {
			m = s
		} else if len(m) > 3 {
			m = strings.TrimSuffix(m, "s")
		}
		if m != "" && !slices.Contains(liste, m) {
			liste = append(liste, m)
		}
	}
	return liste
}

// synonymes are the words of business software, and "" for those that say nothing.
var synonymes = map[string]string{
	"de": "", "du": "", "des": "", "la": "", "le": "", "les": "", "l": "", "d": "", "en": "", "a": "", "is": "", "est": "", "e": "",
	"n": "numero", "no": "numero", "num": "numero", "ref": "numero", "reference": "numero", "code": "numero",
	"tel": "telephone", "tph": "telephone", "phone": "telephone", "portable": "telephone", "mobile": "telephone",
	"mail": "email", "courriel": "email", "mel": "email",
	"bc": "commande", "bdc": "commande", "cmd": "commande", "order": "commande",
	"ej": "juridique", "et": "geo", "geographique": "geo", "esms": "geo", "etablissement": "geo",
	"prix": "montant", "total": "montant", "amount": "montant",
	"resp": "responsable", "directeur": "responsable", "directrice": "responsable", "contact": "responsable",
	"mss": "messagerie", "mssante": "messagerie", "metiers": "metier", "identite": "id", "actuelle": "ancienne",
	"cps": "cpx", "cpe": "cpx", "admin": "admin", "administrateur": "admin", "tech": "technique",
}

// sansAccents writes the lower-case letters of French without their accents.
func sansAccents(t string) string { return accents.Replace(t) }

var accents = strings.NewReplacer(
	"à", "a", "â", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i", "ô", "o", "ö", "o",
	"ù", "u", "û", "u", "ü", "u", "ÿ", "y", "œ", "oe", "æ", "ae", "º", "", "°", "", "\u0301", "", "\u0300", "", "\u0302", "", "\u0327", "", "\u0308", "",
)
