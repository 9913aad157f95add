package classeur

// masquees are the hidden rows of a sheet that the last reading met.
type masquees struct {
	laisser bool // they are left out
	lignes  []int
}

func (m *masquees) recommencer() { m.lignes = m.lignes[:0] }

// masquer takes note of a hidden row, and tells whether it is left out.
func (m *masquees) masquer(ligne int) (laisser bool) {
	m.lignes = append(m.lignes, ligne)
	return m.laisser
}

func (m *masquees) liste() []int { return m.lignes }
