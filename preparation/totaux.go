package preparation

import (
	"bytes"
	"slices"
	"strings"

	"guichet/modele"
	"guichet/valeur"
)

// Lines that add up others end many tables: people write them, and spreadsheets put them in (Total général). They say no
// order, and no line is left aside unless somebody has said so: each is an error that says what it looks like.
var (
	motsTotal  = []string{"total", "totaux", "soustotal", "soustotaux", "subtotal", "subtotals", "totals", "somme", "sommes", "sum", "cumul"}
	motsAutour = []string{
		"sous", "sub", "grand", "general", "generaux", "ht", "ttc", "tva", "montant", "montants", "eur", "euros", "des", "de", "du", "la", "le", "les",
		"page", "feuille", "annee", "mois", "a", "reporter", "report", "commandes", "commande", "esms",
	}
)

// maxTotal is how long a text may be that says a total.
const maxTotal = 60

func motsDe(texte string) []string {
	if len(texte) > maxTotal {
		return nil
	}
	return strings.FieldsFunc(valeur.SansAccents(strings.ToLower(texte)), func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
}

func motDeTotal(m string) bool { return slices.Contains(motsTotal, m) }

// titreDeTotal tells whether a text says a total and nothing else: such a reference is none, whatever else the row has.
func titreDeTotal(texte []byte) bool {
	if bytes.ContainsAny(texte, "0123456789") { // as nearly all references have
		return false
	}
	mots := motsDe(string(texte))
	return slices.ContainsFunc(mots, motDeTotal) && !slices.ContainsFunc(mots, func(m string) bool { return !motDeTotal(m) && !slices.Contains(motsAutour, m) })
}

// parleDeTotal tells whether a text begins or ends with a total: « Total CMD-1 », « CMD-1 Total ».
func parleDeTotal(texte string) bool {
	mots := motsDe(texte)
	return titreDeTotal([]byte(texte)) || len(mots) > 0 && (motDeTotal(mots[0]) || motDeTotal(mots[len(mots)-1]) || len(mots) > 1 && mots[0] == "sous" && motDeTotal(mots[1]))
}

// total looks for what makes a line one that adds up, where it lacks its order or its establishment: a word in a cell, or
// an amount alone.
func (g *groupeur) total(cellules []Cellule) (f Faute, oui bool) {
	montant, seul := g.colonneMontant(), false
	for i, c := range cellules {
		t, _ := epurer([]byte(c.Texte))
		switch {
		case len(t) == 0:
		case parleDeTotal(string(t)):
			return regleTotal.faute(g.situerColonne(i), abreger(string(t))), true
		case i == montant && bytes.ContainsAny(t, "123456789"):
			seul = true
		default:
			montant = -1
		}
	}
	if !seul || montant < 0 {
		return f, false
	}
	f = regleTotal.faute(g.situerColonne(montant))
	f.Message = texte(seulMontant, abreger(strings.TrimSpace(cellules[montant].Texte)))
	return f, true
}

// colonneMontant is the column of the amount in the sheet, -1 for none.
func (g *groupeur) colonneMontant() int {
	if g.plan.montant < 0 {
		return -1
	}
	return g.entetes.sources[g.plan.montant].indice
}

var seulMontant = modele.Texte{
	Fr: "la ligne n'a ni référence ni établissement, seulement « %s » : elle a l'air d'un total, et non d'une commande",
	En: "the row has neither reference nor establishment, \"%s\" only: it looks like a total, not like an order",
}

// situerColonne is the place of a cell by its column, also of one under no heading.
func (g *groupeur) situerColonne(i int) Lieu {
	if i < len(g.entetes.titres) {
		return g.situerTitre(g.ou, i)
	}
	l := g.nommer(g.ou)
	l.Colonne = Lettres(i)
	return l
}

// incomplete tells of a row that lacks its order or its establishment, which a line that adds up lacks by right.
func (g *groupeur) incomplete(f Faute, cellules []Cellule) {
	if t, oui := g.total(cellules); oui {
		f = t
	}
	g.fauter(f)
}
