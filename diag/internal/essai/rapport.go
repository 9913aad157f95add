// Package essai holds the made-up report that the tests of all writers share: a rejected file, a partly
// accepted one, an accepted one, an unreadable one, and strings that would like to do harm.
package essai

import (
	"strings"
	"unicode/utf8"

	"guichet/diag"
	"guichet/modele"
)

// Hostile strings, as they stand in the values, names and tags of the report.
const (
	Escape  = "\x1b[2J\x1b]0;titre\x07"      // clears the screen, renames the window
	Bidi    = "abc\u202etxe.exe\u2066\u200b" // shows in another order than it is
	Script  = `<script>alert(1)</script><img src=x onerror=alert(2)>`
	Formule = `=HYPERLINK("x";"y")`
	Latin1  = "Fran\xe7ois" // not UTF-8
)

// Rapport is the report in French, summed up.
func Rapport() *diag.Rapport {
	r := &diag.Rapport{Fichiers: []diag.Fichier{rejete(), partiel(), accepte(), illisible()}, Masquees: 3}
	r.Summarize()
	return r
}

// Regles is the rule book of the report.
func Regles() []modele.Regle {
	return []modele.Regle{
		regle("S003", modele.Rejet, "balise en double", "tag given twice", "§1.2"),
		regle("S004", modele.Rejet, "balise inconnue", "unknown tag", "§3.2"),
		regle("S090", modele.Rejet, "fichier qui n'est pas du JSON", "file that is not JSON", "§1.2"),
		regle("F012", modele.Erreur, "téléphone sans indicatif international", "phone without international prefix", ""),
		regle("F020", modele.Erreur, "montant sans deux décimales", "amount without two decimals", ""),
		regle("A001", modele.Alerte, "clé de contrôle fausse", "check key that fails", "§3.2"),
		regle("I001", modele.Info, "graphie tolérée", "tolerated spelling", "§3.2"),
	}
}

func regle(code string, g modele.Gravite, fr, en, source string) modele.Regle {
	return modele.Regle{
		Code: code, Gravite: g, Titre: modele.Texte{Fr: fr, En: en}, Source: source,
		Message: modele.Texte{Fr: "{balise} vaut {trouve} ; attendu : {attendu}", En: "{balise} is {trouve}; expected: {attendu}"},
		Aide:    modele.Texte{Fr: "corriger la valeur", En: "correct the value"},
		Faux:    `"x": 1`, Juste: `"x": "1"`,
	}
}

// at fills in the place of valeur in a source line.
func at(d diag.Diagnostic, ligne int, texte, valeur string) diag.Diagnostic {
	d.Ligne, d.Extrait = ligne, diag.Extrait{Texte: texte, Debut: 1}
	d.Colonne, d.Longueur = span(texte, valeur)
	d.Valeur = &valeur
	return d
}

func span(texte, valeur string) (colonne, longueur int) {
	before, _, found := strings.Cut(texte, valeur)
	if !found {
		panic("essai: " + valeur + " is not in " + texte)
	}
	return utf8.RuneCountInString(before) + 1, utf8.RuneCountInString(valeur)
}

func demande(ligne int, numero, code, libelle string, anomalies ...diag.Diagnostic) diag.Demande {
	d := diag.Demande{NumLigne: ligne, Anomalies: anomalies}
	if numero != "" {
		d.NumeroEditeur = &numero
	}
	if code != "" {
		d.CodeTraitement, d.LibelleTraitement = &code, &libelle
	}
	return d
}
