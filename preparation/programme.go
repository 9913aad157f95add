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

// ecrivain writes demandes, one after the other, into the same memory.
type ecrivain struct {
	lot    *Lot
	b      []byte
	rang   int
	numero string
	items  [3]int32 // the demande, OG and ESMS at hand
}

func (w *ecrivain) ecrire(ops []operation) {
	for i := range ops {
		w.faire(&ops[i])
	}
}

func (w *ecrivain) faire(op *operation) {
	l := w.lot
	switch op.genre {
	case opTexte:
		w.b = append(w.b, op.texte...)
	case opRang:
		w.b = strconv.AppendInt(w.b, int64(w.rang), 10)
	case opNumero:
		w.b = citer(w.b, []byte(w.numero))
	case opValeur:
		w.valeur(op.colonne)
	case opPieces:
		w.pieces(op.texte)
	case opOGs:
		for o := l.demandes[w.items[Commande]].premier; o != aucun; o = l.ogs[o].suivant {
			w.items[OG] = o
			w.virgule(o != l.demandes[w.items[Commande]].premier)
			w.ecrire(op.sous)
		}
	case opESMS:
		premier := true
		for o := l.demandes[w.items[Commande]].premier; o != aucun; o = l.ogs[o].suivant {
			for e := l.ogs[o].premier; e != aucun; e = l.esms[e].suivant {
				w.items[OG], w.items[ESMS] = o, e
				w.virgule(!premier)
				w.ecrire(op.sous)
				premier = false
			}
		}
	case opListe:
		w.liste(op.colonne)
	}
}

func (w *ecrivain) virgule(suite bool) {
	if suite {
		w.b = append(w.b, ',')
	}
}

func (w *ecrivain) valeur(c int) {
	r := *w.lot.ref(c, w.items[w.lot.plan.colonnes[c].Niveau])
	if r <= nulle {
		w.b = append(w.b, "null"...)
		return
	}
	w.b = append(w.b, w.lot.memoire.lire(r)...)
}

// liste writes the value of a column for each ESMS of the OG at hand: `["990000010", "990000028"]`.
func (w *ecrivain) liste(c int) {
	w.b = append(w.b, '[')
	for e := w.lot.ogs[w.items[OG]].premier; e != aucun; e = w.lot.esms[e].suivant {
		if e != w.lot.ogs[w.items[OG]].premier {
			w.b = append(w.b, ", "...)
		}
		w.items[ESMS] = e
		w.valeur(c)
	}
	w.b = append(w.b, ']')
}

// pieces writes the objects of the documents of the demande, each after marge.
func (w *ecrivain) pieces(marge string) {
	p, d := w.lot.plan, w.items[Commande]
	suite := false
	for c := p.debut[Commande]; c < p.debut[OG]; c++ {
		r := *w.lot.ref(c, d)
		if p.colonnes[c].Piece == "" || r <= nulle {
			continue
		}
		extension, _ := w.lot.extension(r)
		w.virgule(suite)
		w.b = append(append(w.b, marge...), '{')
		w.piece(marge, p.pieces.regle.Nom, w.lot.nomPiece(c, r, w.numero), ",")
		w.piece(marge, p.pieces.regle.Format, p.pieces.formats[extension], ",")
		w.piece(marge, p.pieces.regle.Type, p.colonnes[c].Piece, "")
		w.b = append(append(w.b, marge...), '}')
		suite = true
	}
}

func (w *ecrivain) piece(marge, balise, valeur, virgule string) {
	w.b = append(append(append(w.b, marge...), retrait...), '"')
	w.b = append(append(w.b, balise...), `": `...)
	w.b = append(citer(w.b, []byte(valeur)), virgule...)
}
