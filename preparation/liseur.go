package preparation

import (
	"unicode/utf8"
)

// liseur reads the cells of rows. Several do so at once: each has its own place in the memory of the Lot, and remembers
// for itself what columns had.
type liseur struct {
	plan      *plan
	lecteur   lecteur
	plume     plume
	souvenirs []souvenirs // by column of the plan
}

func (l *Lot) liseur() *liseur {
	return &liseur{plan: l.plan, plume: plume{m: &l.memoire}, souvenirs: make([]souvenirs, len(l.plan.colonnes))}
}

// maxCellule bounds a cell, in bytes: a spreadsheet's holds 32,767 characters, and no tag that many.
const maxCellule = 16 << 10

// lire reads all rows of a passage. What is to be said of them is noted, for who takes them up in their order.
func (l *liseur) lire(t *passage) {
	debut := int32(0)
	for i := range t.rangees {
		r := &t.rangees[i]
		cellules := t.cellules[debut:r.fin]
		debut = r.fin
		l.reference(t, int32(i), cellules)
		r.cle = int32(len(t.cles))
		for c := range l.plan.colonnes {
			valeur := vide
			if !r.sans && !r.illisible && t.err == nil {
				valeur, t.err = l.cellule(t, int32(i), c, cellules)
			}
			t.refs = append(t.refs, valeur)
		}
	}
}

// reference adds what tells the order of a row apart to the keys, and notes whether there is something.
func (l *liseur) reference(t *passage, ligne int32, cellules []Cellule) {
	r := &t.rangees[ligne]
	long := 0
	for i, c := range t.entetes.reference {
		if i > 0 {
			t.cles = append(t.cles, " / "...)
		}
		if c < len(cellules) && len(cellules[c].Texte) <= maxCellule {
			texte, v := l.lecteur.reference(cellules[c])
			if v.refus != aucuneRegle {
				r.illisible = true
			}
			if v.refus != aucuneRegle || v.motif != sansMotif && len(texte) > 0 {
				t.remarques = append(t.remarques, remarque{rangee: ligne, colonne: -1 - c, cell: cellules[c], verdict: v})
			}
			t.cles = append(t.cles, texte...)
			long += len(texte)
		}
	}
	r.sans = long == 0 && !r.illisible
}

// cellule reads the cell of column i of a row, or what it was read as before.
func (l *liseur) cellule(t *passage, rangee int32, i int, cellules []Cellule) (ref, error) {
	s, c := &t.entetes.sources[i], l.plan.colonnes[i]
	var cell Cellule
	switch {
	case s.constante != nil:
		cell = *s.constante
	case s.indice < 0 || s.indice >= len(cellules) || cellules[s.indice].Texte == "" && cellules[s.indice].Genre != SansValeur:
		return vide, nil
	default:
		cell = cellules[s.indice]
	}
	souvenir := l.souvenirs[i].place(cell)
	if souvenir != nil && souvenir.est(cell) {
		t.noter(remarque{rangee: rangee, colonne: i, cell: cell, ref: souvenir.ref, verdict: verdict{motif: souvenir.motif, ordres: souvenir.ordres}})
		return souvenir.ref, nil
	}
	lue, montre := c.montrer(cell)
	switch {
	case len(cell.Texte) > maxCellule || !ascii(cell.Texte) && !utf8.ValidString(cell.Texte):
		return t.refuser(remarque{rangee: rangee, colonne: i, verdict: verdict{refus: regleCellule}, cell: cell})
	case montre.refus != aucuneRegle:
		return t.refuser(remarque{rangee: rangee, colonne: i, verdict: montre, cell: cell})
	case s.table != nil:
		var ok bool
		if lue.Texte, ok = s.table.consulter(lue.Texte); !ok {
			return t.refuser(remarque{rangee: rangee, colonne: i, verdict: verdict{refus: regleTable}, cell: cell})
		}
		if lue.Genre = Texte; perdu(lue.Texte) {
			return t.refuser(remarque{rangee: rangee, colonne: i, verdict: verdict{refus: regleCaractere}, cell: lue})
		}
	}
	litteral, v := l.lecteur.lire(c, lue)
	if v.motif == sansMotif {
		v.motif = montre.motif
	}
	if s.constante != nil && v.refus == aucuneRegle { // written by hand in the mapping, in its own words
		litteral, v = l.lecteur.seule(c, lue)
	}
	if len(litteral) > maxTexte {
		v.refus = regleCellule
	}
	if v.refus != aucuneRegle {
		return t.refuser(remarque{rangee: rangee, colonne: i, cell: lue, verdict: v})
	}
	r, err := l.plume.retenir(litteral)
	if err != nil {
		return vide, err
	}
	t.noter(remarque{rangee: rangee, colonne: i, cell: cell, ref: r, verdict: v})
	if souvenir != nil && !v.courte { // what two figures stand for is written over them, once the column is read
		souvenir.retenir(cell, r, v)
	}
	return r, nil
}
