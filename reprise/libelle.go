package reprise

import (
	"regexp"
	"strings"
	"unicode"

	"guichet/controle"
	"guichet/valeur"
)

// The words of the portal are not public: a label is read for what nobody can mistake, and never makes an answer. It
// only keeps one from being concluded that it contradicts.
var (
	sansRejet = regexp.MustCompile(`\b(?:sans|aucune?|ni|no|without|pas de|pas d) ?(?:\w+ ){0,2}?(?:rejet|refus|erreur|anomalie|reject|error)\w*`)
	motRejet  = regexp.MustCompile(`rejet|refus|reject|denied|irrecevable|inaccept|ineligible|invalid|en erreur|en echec|` +
		`\b(?:non|pas|pas ete|not|not been) (?:ete |been )?(?:accept|recevable|eligible|valide|conforme|approuv|retenu|approved|valid)`)
	motAccord = regexp.MustCompile(`^(?:(?:la|votre|cette|le|ce|the|your|this) )?(?:demande|dossier|ligne|traitement|request|application)? ?` +
		`(?:(?:est|a ete|a|deja|bien|is|has been|was|already) )*(?:accept|approuv|approved|valide|retenu|ok\b|succes)`)
)

// platLibelle is a label in small letters without accents, its words one blank apart.
func platLibelle(libelle string) string {
	mots := strings.FieldsFunc(valeur.SansAccents(strings.ToLower(libelle)), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) })
	return strings.Join(mots, " ")
}

// libelleRejette tells whether a label says that the demande was rejected.
func libelleRejette(libelle string) bool {
	return motRejet.MatchString(sansRejet.ReplaceAllString(platLibelle(libelle), ""))
}

// libelleAccepte tells whether a label says that the demande was accepted. It must begin so: "les bons acceptés sont
// en PDF" is the reason of a rejection.
func libelleAccepte(libelle string) bool {
	return motAccord.MatchString(platLibelle(libelle)) && !libelleRejette(libelle)
}

// libelleDAcceptation tells whether a label is the one that the source prints for an accepted demande: capitals,
// accents and punctuation aside, no word more ("sous réserve") and none less.
func libelleDAcceptation(libelle string) bool {
	return platLibelle(libelle) == platLibelle(controle.LibelleAccepte)
}

// presqueAccepte tells whether a code is nothing but zeros without being that of an accepted demande: a program took it
// for a number, or somebody typed it.
func presqueAccepte(code string) bool {
	return code != "" && code != controle.CodeAccepte && strings.Trim(valeur.Plat(code), "0 .,eE+-'oO") == ""
}
