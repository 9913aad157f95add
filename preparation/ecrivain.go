package preparation

import "strconv"

// ecrivain writes demandes, one after the other, into the same memory.
type ecrivain struct {
	lot       *Lot
	b         []byte
	rang      int
	numero    string
	items     [3]int32   // the demande, OG and ESMS at hand
	variables []variable // in b
}

// variable is a piece of text that does not follow from the order alone: its rank, its number, or the name of the
// document of a column, which holds the number.
type variable struct {
	genre      genreOperation
	colonne    int
	debut, fin int
}

// varier writes such a piece.
func (w *ecrivain) varier(genre genreOperation, colonne int) {
	debut := len(w.b)
	switch genre {
	case opRang:
		w.b = strconv.AppendInt(w.b, int64(w.rang), 10)
	case opNumero:
		w.b = citer(w.b, []byte(w.numero))
	default:
		d := w.items[Commande]
		w.b = citer(w.b, []byte(w.lot.nomPiece(colonne, *w.lot.ref(colonne, d), w.numero)))
	}
	w.variables = append(w.variables, variable{genre, colonne, debut, len(w.b)})
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
	case opRang, opNumero:
		w.varier(op.genre, op.colonne)
	case opValeur:
		w.valeur(op.colonne)
	case opPieces:
		w.pieces(op.texte)
	case opOGs:
		for o := l.demandes.a(w.items[Commande]).premier; o != aucun; o = l.ogs.a(o).suivant {
			w.items[OG] = o
			w.virgule(o != l.demandes.a(w.items[Commande]).premier)
			w.ecrire(op.sous)
		}
	case opESMS:
		premier := true
		for o := l.demandes.a(w.items[Commande]).premier; o != aucun; o = l.ogs.a(o).suivant {
			for e := l.ogs.a(o).premier; e != aucun; e = l.esms.a(e).suivant {
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
	if !r.tenue() {
		w.b = append(w.b, "null"...)
		return
	}
	w.b = append(w.b, w.lot.memoire.lire(r)...)
}

// liste writes the value of a column for each ESMS of the OG at hand: `["990000010", "990000028"]`.
func (w *ecrivain) liste(c int) {
	w.b = append(w.b, '[')
	for e := w.lot.ogs.a(w.items[OG]).premier; e != aucun; e = w.lot.esms.a(e).suivant {
		if e != w.lot.ogs.a(w.items[OG]).premier {
			w.b = append(w.b, ", "...)
		}
		w.items[ESMS] = e
		w.valeur(c)
	}
	w.b = append(w.b, ']')
}

// pieces writes the objects of the documents of the demande, each after marge.
func (w *ecrivain) pieces(marge string) {
	p, suite := w.lot.plan, false
	for c, r := range w.lot.pieces(w.items[Commande]) {
		extension, _ := w.lot.extension(r)
		w.virgule(suite)
		w.b = append(append(w.b, marge...), '{')
		w.champ(marge, p.pieces.regle.Nom)
		w.varier(opPieces, c)
		w.b = append(w.b, ',')
		w.champ(marge, p.pieces.regle.Format)
		w.b = append(citer(w.b, []byte(p.pieces.formats[extension])), ',')
		w.champ(marge, p.pieces.regle.Type)
		w.b = citer(w.b, []byte(p.colonnes[c].Piece))
		w.b = append(append(w.b, marge...), '}')
		suite = true
	}
}

func (w *ecrivain) champ(marge, balise string) {
	w.b = append(append(append(w.b, marge...), retrait...), '"')
	w.b = append(append(w.b, balise...), `": `...)
}
