package classeur

import (
	"strconv"
	"strings"
)

// masquees are the hidden rows and columns of a sheet that the last reading met.
type masquees struct {
	laisser  bool // the rows are left out
	lignes   []int
	colonnes []int // from 0, in their order
	defaut   bool  // rows that say nothing of themselves are hidden
	colonne  int   // how many columns an OpenDocument sheet has told of so far
	style    string
	nuls     map[string]bool // the styles of no height or no width of an OpenDocument workbook
}

func (m *masquees) recommencer() {
	m.lignes, m.colonnes = m.lignes[:0], m.colonnes[:0]
	m.defaut, m.colonne, m.style, m.nuls = false, 0, "", map[string]bool{}
}

// sansTaille tells whether a length is nothing: 0, 0.0, 0cm.
func sansTaille(longueur string) bool {
	n, err := strconv.ParseFloat(strings.TrimRight(longueur, "abcdefghijklmnopqrstuvwxyz"), 64)
	return err == nil && n <= 0
}

// styleODS takes note of a style of no height or no width.
func (m *masquees) styleODS(element string, a attributs) {
	switch element {
	case "style":
		m.style = a.valeur("name")
	case "table-row-properties":
		m.nuls[m.style] = sansTaille(a.valeur("row-height"))
	case "table-column-properties":
		m.nuls[m.style] = sansTaille(a.valeur("column-width"))
	}
}

// cacheeODS tells whether a row or a column of OpenDocument does not show.
func (m *masquees) cacheeODS(a attributs) bool {
	visible := a.valeur("visibility")
	return visible == "collapse" || visible == "filter" || m.nuls[a.valeur("style-name")]
}

// colonneODS takes note of columns of an OpenDocument sheet.
func (m *masquees) colonneODS(a attributs) error {
	fois, err := repetitions(a.valeur("number-columns-repeated"))
	if m.cacheeODS(a) {
		for c := m.colonne; c < min(m.colonne+fois, maxColonnes); c++ {
			m.colonnes = append(m.colonnes, c)
		}
	}
	m.colonne += fois
	return err
}

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
	if cachee := a.valeur("hidden"); !vrai([]byte(cachee)) && !sansTaille(largeur) {
		return
	}
	premiere, _ := strconv.Atoi(a.valeur("min"))
	derniere, _ := strconv.Atoi(a.valeur("max"))
	for c := max(premiere, 1); c <= min(derniere, maxColonnes) && len(m.colonnes) < maxColonnes; c++ {
		m.colonnes = append(m.colonnes, c-1)
	}
}
