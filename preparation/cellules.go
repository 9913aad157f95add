package preparation

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"guichet/modele"
	"guichet/valeur"
)

// maxCellule bounds a cell, in bytes: a spreadsheet's holds 32,767 characters, and no tag that many.
const maxCellule = 16 << 10

// lire reads the cell of column i, or what it was read as before.
func (g *groupeur) lire(i int, cellules []Cellule) (ref, error) {
	s, c := &g.entetes.sources[i], g.plan.colonnes[i]
	var cell Cellule
	switch {
	case s.constante != nil:
		cell = *s.constante
	case s.indice < 0 || s.indice >= len(cellules) || cellules[s.indice].Texte == "":
		return vide, nil
	default:
		cell = cellules[s.indice]
	}
	souvenir := c.memoire.place(cell)
	if souvenir != nil && souvenir.est(cell) {
		g.noter(i, cell, souvenir.ref, souvenir.motif)
		return souvenir.ref, nil
	}
	lue := cell
	switch {
	case len(cell.Texte) > maxCellule || !utf8.ValidString(cell.Texte):
		g.fauter(regleCellule.faute(g.situer(g.ou, i), maxCellule))
		return nulle, nil
	case strings.HasPrefix(cell.Texte, "#") && erreurs[cell.Texte]:
		g.fauter(regleErreur.faute(g.situer(g.ou, i), cell.Texte))
		return nulle, nil
	case s.table != nil:
		var ok bool
		if lue.Texte, ok = s.table.consulter(cell.Texte); !ok {
			g.inconnue(i, cell.Texte)
			return nulle, nil
		}
		lue.Genre = Texte
	}
	litteral, m := g.lecteur.lire(c, lue)
	if s.constante != nil {
		m = sansMotif // written by hand in the mapping, in its own words
	}
	r, err := g.retenir(litteral)
	if err != nil {
		return vide, err
	}
	g.noter(i, cell, r, m)
	if souvenir != nil {
		souvenir.retenir(cell, r, m)
	}
	return r, nil
}

// erreurs are what a spreadsheet shows for a formula that failed.
var erreurs = map[string]bool{
	"#N/A": true, "#REF!": true, "#VALUE!": true, "#VALEUR!": true, "#NAME?": true, "#NOM?": true, "#DIV/0!": true,
	"#NULL!": true, "#NUL!": true, "#NUM!": true, "#NOMBRE!": true,
}

func (g *groupeur) retenir(litteral []byte) (ref, error) {
	switch {
	case len(litteral) == 0:
		return vide, nil
	case string(litteral) == "null":
		return nulle, nil
	}
	return g.memoire.garder(litteral)
}

// noter keeps why the cell of column i was repaired.
func (g *groupeur) noter(i int, cell Cellule, r ref, m motif) {
	if m != sansMotif {
		g.reparer(func() Lieu { return g.situer(g.ou, i) }, cell.Texte, string(g.memoire.lire(r)), motifs[m])
	}
}

// abreger shortens a text for a message.
func abreger(t string) string {
	const max = 60
	if utf8.RuneCountInString(t) <= max {
		return t
	}
	return string([]rune(t)[:max-1]) + "…"
}

// maxSuggestions bounds the values that are compared with a whole table.
const maxSuggestions = 200

func (g *groupeur) inconnue(i int, t string) {
	s := &g.entetes.sources[i]
	f := regleTable.faute(g.situer(g.ou, i), abreger(t), s.nomTable)
	if g.suggestions++; g.suggestions <= maxSuggestions {
		p := suggerer(valeur.Proche(t, slices.Sorted(maps.Keys(s.table.exacte))))
		f.Message = modele.Texte{Fr: f.Message.Fr + p.Fr, En: f.Message.En + p.En}
	}
	g.fauter(f)
}
