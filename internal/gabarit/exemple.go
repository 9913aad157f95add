package gabarit

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"guichet/modele"
	"guichet/preparation"
)

// commande is an order of the filled example: how many ESMS each of its OGs has, and what it has instead of the
// model's own examples, as JSON literals.
type commande struct {
	esms    []int
	valeurs map[string]string
	preuve  bool
}

// commandes show what orders look like: one ESMS; two ESMS of one OG; an agent who orders for two OGs and pays
// no VAT, which a document proves.
var commandes = []commande{
	{esms: []int{1}},
	{esms: []int{2}},
	{esms: []int{1, 1}, valeurs: map[string]string{"isMandataire": "true", "regimeTVA": `"HT"`}, preuve: true},
}

// Exemple returns the rows of a filled example, one for each ESMS, under the columns of the layout. Its values
// are the model's own examples; FINESS and numbers go on from there.
func Exemple(m *modele.Modele) [][]string {
	e := exemple{modele: m, colonnes: preparation.Disposition(m)}
	for n, c := range commandes {
		e.commande(n, c)
	}
	return e.rangees
}

// exemple is a filled example in the making.
type exemple struct {
	modele   *modele.Modele
	colonnes []preparation.Colonne
	finess   int // how many were given beyond the model's own
	og, esms string
	rangees  [][]string
}

func (e *exemple) commande(n int, c commande) {
	total := 0
	for _, esms := range c.esms {
		total += esms
	}
	for _, esms := range c.esms {
		e.og = e.suivant(e.og, e.modele.NomDe("FINESSJuridique"))
		for range esms {
			e.esms = e.suivant(e.esms, e.modele.NomDe("FINESSGeo"))
			e.rangees = append(e.rangees, e.rangee(n, total, c))
		}
	}
}

// suivant returns the model's own FINESS the first time, then made-up ones after it whose key is right.
func (e *exemple) suivant(dernier, balise string) string {
	if dernier == "" {
		return e.champ(balise).Exemple
	}
	e.finess++
	n, _ := strconv.Atoi(texteDe(e.champ(e.modele.NomDe("FINESSGeo")).Exemple)[:8])
	return strconv.Quote(avecCle(fmt.Sprintf("%08d", n+e.finess)))
}

// avecCle adds Luhn's key to the digits of a FINESS.
func avecCle(chiffres string) string {
	somme := 0
	for i, c := range chiffres {
		n := int(c - '0')
		if (len(chiffres)-i)%2 == 1 {
			n *= 2
		}
		somme += n/10 + n%10
	}
	return chiffres + strconv.Itoa((10-somme%10)%10)
}

func (e *exemple) champ(balise string) *modele.Champ {
	for _, c := range e.colonnes {
		if c.Nom == balise {
			return c.Champ
		}
	}
	panic("gabarit: no column " + balise) // a fault of the table, caught by any test
}

// rangee fills in the row of one ESMS of order n, which has total of them.
func (e *exemple) rangee(n, total int, c commande) []string {
	reference := fmt.Sprintf("BC-2023-%03d", n+1)
	litteraux, rangee := map[string]string{}, make([]string, len(e.colonnes))
	for i, col := range e.colonnes {
		switch {
		case col.Nom == preparation.ColonneReference:
			rangee[i] = reference
		case col.Piece != "":
			if col.Piece == "BON_COMMANDE" || c.preuve {
				rangee[i] = strings.ToLower(col.Piece) + "/" + reference + ".pdf"
			}
		default:
			l := e.litteral(col.Champ, n, total, c, litteraux)
			litteraux[col.Nom], rangee[i] = l, affiche(l)
		}
	}
	return rangee
}

// litteral returns the value of a tag, given those before it.
func (e *exemple) litteral(c *modele.Champ, n, total int, commande commande, avant map[string]string) string {
	for balise, v := range commande.valeurs {
		if c.Balise == e.modele.NomDe(balise) {
			return v
		}
	}
	switch {
	case c.Balise == e.modele.NomDe("FINESSJuridique"):
		return e.og
	case c.Balise == e.modele.NomDe("FINESSGeo"):
		return e.esms
	case c.Balise == "numeroEditeur":
		return fmt.Sprintf(`"%0*d"`, c.Type.Exact, n+1)
	case c.Type.Genre == modele.Montant:
		cents, _ := strconv.Atoi(strings.Replace(c.Exemple, ".", "", 1))
		return fmt.Sprintf("%d.%02d", cents*total/100, cents*total%100)
	case vraie(c.Obligation.Nul, avant):
		return "null"
	case c.Exemple == "null" && vraie(c.Obligation.Obligatoire, avant):
		return e.semblable(c)
	}
	return c.Exemple
}

// semblable returns the example of another tag of the same format, for a tag that the model's example leaves
// null.
func (e *exemple) semblable(c *modele.Champ) string {
	for _, autre := range e.colonnes {
		if a := autre.Champ; a != nil && a.Exemple != "null" && modele.Format(a.Type, modele.Francais) == modele.Format(c.Type, modele.Francais) {
			return a.Exemple
		}
	}
	panic("gabarit: no example like " + c.Balise)
}

// vraie tells whether a condition holds for the values of a row.
func vraie(c modele.Condition, valeurs map[string]string) bool {
	switch c := c.(type) {
	case modele.Is:
		return valeurs[c.Balise] == c.Valeur
	case modele.All:
		for _, p := range c {
			if !vraie(p, valeurs) {
				return false
			}
		}
		return true
	case modele.Any:
		for _, p := range c {
			if vraie(p, valeurs) {
				return true
			}
		}
	}
	return false
}

// affiche writes a literal as people fill it into a cell.
func affiche(litteral string) string {
	switch litteral {
	case "null":
		return ""
	case "true":
		return oui
	case "false":
		return non
	}
	if strings.HasPrefix(litteral, `"`) {
		return texteDe(litteral)
	}
	return litteral
}

// The booleans of a cell, in both languages alike: they are data.
const oui, non = "oui", "non"

func texteDe(litteral string) string {
	var s string
	if err := json.Unmarshal([]byte(litteral), &s); err != nil {
		panic(fmt.Sprintf("gabarit: example %s: %v", litteral, err)) // a fault of the table, caught by any test
	}
	return s
}
