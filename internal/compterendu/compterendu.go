// Package compterendu writes what came of a preparation for those who mend the table: a page to read, print and pass
// on, and their own workbook with the cells marked.
package compterendu

import (
	"cmp"
	"slices"

	"guichet/preparation"
)

// CompteRendu is what came of one run.
type CompteRendu struct {
	Sources   []string // as they were given
	Commande  string   // what to type again
	Sortie    string   // folder of the files
	Commandes int
	Preparees int
	Ecrit     bool // the files are there
	Bloque    bool // a fault forbids to write any
	Essai     bool // a rehearsal

	Fichiers []Fichier
	Laissees []Laissee
	Ignorees []preparation.Lieu // sheets that were not read

	Fautes            []preparation.Faute
	FautesOmises      int
	Reparations       []preparation.Reparation
	ReparationsOmises int
	// Reference names the order of a row, "" when none is known.
	Reference func(preparation.Lieu) string
}

// Fichier is a JSON file that was made, or would be.
type Fichier struct {
	Nom              string
	Demandes         int
	Premier, Dernier string // numeroEditeur
	Pieces           int
	Archives         []string
}

// Laissee is an order that was left aside: it is prepared already.
type Laissee struct{ Reference, Numero, Etat, Fichier string }

// nombre counts the faults of a kind.
func (c *CompteRendu) nombre(bloquantes bool) (n int) {
	for i := range c.Fautes {
		if c.Fautes[i].Bloquante() == bloquantes {
			n++
		}
	}
	return n
}

// enOrdre returns the faults in the order of the rows: those of documents and of files were found after those of cells.
func (c *CompteRendu) enOrdre() []preparation.Faute {
	fautes := slices.Clone(c.Fautes)
	rangs := map[string]int{}
	for i, s := range c.Sources {
		rangs[s] = i
	}
	feuilles := map[[2]string]int{}
	for i := range fautes {
		if f := [2]string{fautes[i].Lieu.Fichier, fautes[i].Lieu.Feuille}; feuilles[f] == 0 {
			feuilles[f] = len(feuilles) + 1
		}
	}
	slices.SortStableFunc(fautes, func(x, y preparation.Faute) int {
		a, b := x.Lieu, y.Lieu
		return cmp.Or(
			cmp.Compare(rangs[a.Fichier], rangs[b.Fichier]),
			cmp.Compare(feuilles[[2]string{a.Fichier, a.Feuille}], feuilles[[2]string{b.Fichier, b.Feuille}]),
			cmp.Compare(a.Ligne, b.Ligne), cmp.Compare(len(a.Colonne), len(b.Colonne)), cmp.Compare(a.Colonne, b.Colonne),
		)
	})
	return fautes
}
