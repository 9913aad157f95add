package preparation

import (
	"encoding/json"
	"regexp"
	"strings"

	"guichet/diag"
	"guichet/modele"
)

// The check speaks of JSON; who filled in a table reads of cells and columns.

// litteralCite is a JSON text in a message, its end cut off or not.
var litteralCite = regexp.MustCompile(`"((?:[^"\\…]|\\.)*)("|…)`)

// parler puts a sentence of the check in the words of a table.
func parler(t modele.Texte) modele.Texte {
	return modele.Texte{Fr: parlerEn(t.Fr, modele.Francais), En: parlerEn(t.En, modele.Anglais)}
}

func parlerEn(phrase string, l modele.Langue) string {
	phrase = litteralCite.ReplaceAllStringFunc(phrase, func(cite string) string {
		if dedans, coupe := strings.CutSuffix(cite, "…"); coupe {
			return guillemets(nu([]byte(dedans+`"`))+"…", l)
		}
		return guillemets(nu([]byte(cite)), l)
	})
	return ouiNon[l].Replace(phrase)
}

var ouiNon = map[modele.Langue]*strings.Replacer{
	modele.Francais: strings.NewReplacer("= true", "= oui", "= false", "= non", "écrivez null", "laissez la cellule vide"),
	modele.Anglais:  strings.NewReplacer("= true", "= yes", "= false", "= no", "write null", "leave the cell empty"),
}

func guillemets(t string, l modele.Langue) string {
	return modele.Texte{Fr: "« " + t + " »", En: `"` + t + `"`}.In(l)
}

// montrer writes a literal as a table would show it.
func montrer(litteral string) modele.Texte {
	switch litteral {
	case "", "null":
		return modele.Texte{Fr: "(vide)", En: "(empty)"}
	case "true":
		return modele.Texte{Fr: "oui", En: "yes"}
	case "false":
		return modele.Texte{Fr: "non", En: "no"}
	}
	var t string
	if json.Unmarshal([]byte(litteral), &t) != nil {
		return modele.Texte{Fr: litteral, En: litteral} // a number, the path of a document, or a text that was cut off
	}
	return modele.Texte{Fr: guillemets(t, modele.Francais), En: guillemets(t, modele.Anglais)}
}

// manquante is the fault of a cell that must not be empty, or of a column that is not there; trouve is a word for nothing
// that stands in the cell.
func manquante(f Faute, c *colonne, trouve string) Faute {
	f.Message = modele.Texte{Fr: c.manque(f.Lieu, trouve, modele.Francais), En: c.manque(f.Lieu, trouve, modele.Anglais)}
	switch {
	case f.Lieu.Colonne == "":
		f.Aide = texte(modele.Texte{
			Fr: "la feuille n'a pas de colonne %s : ajoutez-la, ou donnez une valeur par défaut ou une constante",
			En: "the sheet has no column %s: add it, or give a default or a constant",
		}, c.Nom)
	case c.Champ == nil:
		f.Aide = modele.Texte{Fr: "écrivez le nom du fichier de la pièce", En: "write the name of the document's file"}
	default:
		f.Aide = modele.Texte{Fr: "remplissez la cellule : " + c.Champ.Libelle.Fr, En: "fill in the cell: " + c.Champ.Libelle.En}
	}
	return f
}

// manque says that a column has no value, when it must have one, and which.
func (c *colonne) manque(lieu Lieu, trouve string, l modele.Langue) string {
	phrase := modele.Texte{Fr: "la colonne est vide", En: "the column is empty"}.In(l)
	if trouve != "" {
		phrase = texte(modele.Texte{Fr: "« %s » dit qu'il n'y a rien", En: "\"%s\" says that there is nothing"}, trouve).In(l)
	} else if lieu.Colonne == "" {
		phrase = modele.Texte{Fr: "la colonne manque", En: "the column is missing"}.In(l)
	}
	var si modele.Condition
	if c.Champ != nil {
		phrase += modele.Texte{Fr: " : la valeur est obligatoire", En: ": the value is mandatory"}.In(l)
		si = c.Champ.Obligation.Obligatoire
	} else {
		phrase += modele.Texte{Fr: " : une pièce est attendue", En: ": a document is expected"}.In(l)
		si = c.absente.Si
	}
	if si != nil {
		if _, constante := modele.Constante(si); !constante {
			phrase += modele.Texte{Fr: " si ", En: " if "}.In(l) + parlerEn(modele.Phrase(si, l), l)
		}
	}
	if c.Champ != nil {
		phrase += modele.Texte{Fr: " ; attendu : ", En: "; expected: "}.In(l) + c.attendu().In(l)
	}
	return phrase
}

// attendu says what a cell of the column is to hold.
func (c *colonne) attendu() modele.Texte {
	switch c.ty.Genre {
	case modele.Booleen:
		return modele.Texte{Fr: "oui ou non", En: "yes or no"}
	case modele.Montant:
		return modele.Texte{Fr: "un montant positif de deux décimales au plus", En: "an amount above 0 of at most two decimals"}
	}
	return modele.Texte{Fr: modele.Format(c.ty, modele.Francais), En: modele.Format(c.ty, modele.Anglais)}
}

// manquent tells whether an anomaly is that nothing stands in a column.
func (c *colonne) manquent(d *diag.Diagnostic) bool {
	switch {
	case d.Gravite < modele.Erreur:
		return false
	case c.Champ != nil:
		return d.Valeur == nil || *d.Valeur == "null"
	}
	return c.absente != nil && c.absente.Regle == d.Code
}
