package preparation

import (
	"slices"
	"strconv"
	"strings"

	"guichet/modele"
)

// operation is one step of writing a demande: text, a value, or the same steps for each OG or ESMS.
type operation struct {
	genre   genreOperation
	texte   string
	colonne int
	sous    []operation
}

type genreOperation uint8

const (
	opTexte  genreOperation = iota
	opRang                  // of the demande in its file
	opValeur                // of a column
	opNumero                // of the demande: the column's, or the one given
	opPieces                // the objects of the documents
	opOGs                   // sous for each OG, with commas between
	opESMS                  // sous for each ESMS of the demande
	opListe                 // the value of a column for each ESMS of the OG, on one line
)

// retrait is how far each level stands in, as the example of §3.2 has it.
const retrait = "    "

// programme is the steps in the making.
type programme struct {
	plan  *plan
	liste []operation
}

// compiler turns the table into the steps that write one demande.
func (p *plan) compiler() []operation {
	e := &programme{plan: p}
	e.objet(p.lignes.Champs, strings.Repeat(retrait, 2), Commande)
	return e.liste
}

func (e *programme) ecrire(t string) {
	if n := len(e.liste); n > 0 && e.liste[n-1].genre == opTexte {
		e.liste[n-1].texte += t
		return
	}
	e.liste = append(e.liste, operation{genre: opTexte, texte: t})
}

// objet writes an object whose braces stand at marge.
func (e *programme) objet(champs []modele.Champ, marge string, n Niveau) {
	e.ecrire("{")
	for i := range champs {
		if i > 0 {
			e.ecrire(",")
		}
		e.ecrire("\n" + marge + retrait + strconv.Quote(champs[i].Balise) + ": ")
		e.champ(&champs[i], marge+retrait, n)
	}
	e.ecrire("\n" + marge + "}")
}

func (e *programme) champ(c *modele.Champ, marge string, n Niveau) {
	switch c.Type.Genre {
	case modele.Objet:
		e.objet(c.Champs, marge, n)
	case modele.TableauObjets:
		e.tableau(c, marge)
	case modele.TableauValeurs:
		e.liste = append(e.liste, operation{genre: opListe, colonne: e.plan.identite[ESMS]})
	case modele.Nul:
		e.ecrire("null")
	case modele.Rang:
		e.liste = append(e.liste, operation{genre: opRang})
	default:
		e.valeur(c)
	}
}

func (e *programme) valeur(c *modele.Champ) {
	i := slices.IndexFunc(e.plan.colonnes, func(o *colonne) bool { return o.Champ == c })
	switch {
	case i < 0:
		e.ecrire(strconv.Quote(c.Type.Valeurs[0])) // the only one
	case i == e.plan.numero:
		e.liste = append(e.liste, operation{genre: opNumero, colonne: i})
	default:
		e.liste = append(e.liste, operation{genre: opValeur, colonne: i})
	}
}

// tableau writes an array of objects.
func (e *programme) tableau(c *modele.Champ, marge string) {
	sous := &programme{plan: e.plan}
	op := operation{genre: opESMS}
	switch {
	case slices.ContainsFunc(c.Champs, func(c modele.Champ) bool { return c.Type.Genre == modele.NomPiece }):
		op.genre = opPieces
		op.texte = "\n" + marge + retrait
	case slices.ContainsFunc(c.Champs, func(c modele.Champ) bool { return c.Type.Genre == modele.TableauValeurs }):
		op.genre = opOGs
		fallthrough
	default:
		sous.ecrire("\n" + marge + retrait)
		sous.objet(c.Champs, marge+retrait, ESMS)
	}
	op.sous = sous.liste
	e.ecrire("[")
	e.liste = append(e.liste, op)
	e.ecrire("\n" + marge + "]")
}
