package classeur

import "strconv"

// masquees are the hidden rows and columns of a sheet that the last reading met.
type masquees struct {
	laisser  bool // the rows are left out
	lignes   []int
	colonnes []int // from 0, in their order
}

func (m *masquees) recommencer() { m.lignes, m.colonnes = m.lignes[:0], m.colonnes[:0] }

// masquer takes note of a hidden row, and tells whether it is left out.
func (m *masquees) masquer(ligne int) (laisser bool) {
	m.lignes = append(m.lignes, ligne)
	return m.laisser
}

func (m *masquees) liste() []int { return m.lignes }

func (m *masquees) listeColonnes() []int { return m.colonnes }

// masquerColonnes takes note of columns, where a sheet says that they are hidden or of no width.
func (m *masquees) masquerColonnes(a attributs) {
	largeur := a.valeur("width")
	if cachee := a.valeur("hidden"); !vrai([]byte(cachee)) && largeur != "0" {
		return
	}
	premiere, _ := strconv.Atoi(a.valeur("min"))
	derniere, _ := strconv.Atoi(a.valeur("max"))
	for c := max(premiere, 1); c <= min(derniere, maxColonnes) && len(m.colonnes) < maxColonnes; c++ {
		m.colonnes = append(m.colonnes, c-1)
	}
}
