package preparation

import (
	"slices"

	"guichet/valeur"
)

// source is where a sheet has the value of a column of the plan.
type source struct {
	indice    int // of the cell in the row, -1 for none
	constante *Cellule
	ecrite    Lieu // where the mapping has the constant
	table     *table
	nomTable  string
}

// absente tells whether the sheet has no such value.
func (s *source) absente() bool { return s.indice < 0 && s.constante == nil }

// table is a lookup table made ready.
type table struct {
	exacte map[string]string
	plate  map[string]string // by key reduced by aplatir; keys that then say two things are left out
}

func preparerTable(exacte map[string]string) *table {
	t := &table{exacte: exacte, plate: make(map[string]string, len(exacte))}
	doubles := map[string]bool{}
	for cle, v := range exacte {
		plat := aplatir(cle)
		if autre, deja := t.plate[plat]; deja && autre != v {
			doubles[plat] = true
		}
		t.plate[plat] = v
	}
	for plat := range doubles {
		delete(t.plate, plat)
	}
	return t
}

// consulter looks a cell up, as it is, then without case, accents and separators. An empty cell is empty.
func (t *table) consulter(cellule string) (valeur string, ok bool) {
	propre, _ := epurer([]byte(cellule))
	if v, ok := t.exacte[string(propre)]; ok || len(propre) == 0 {
		return v, true
	}
	valeur, ok = t.plate[aplatir(cellule)]
	return valeur, ok
}

// entetes is the heading row of a sheet, and what was found in it.
type entetes struct {
	ligne     int
	reference []int    // indices of the columns of the reference
	sources   []source // by column of the plan
	titres    []string
	pris      []bool
	sansTitre []int // columns whose heading is empty
	doubles   []double
	large     bool // any spelling of a heading counts, not only the one that a mapping has
}

// double is a column that says what another one says, which is read.
type double struct{ lue, autre int }

// aplatir reduces a heading to what is compared.
func aplatir(titre string) string { return valeur.SansAccents(valeur.Plat(titre)) }

// reconnaitre finds the columns in a row, nil when it is not the heading row: that one has the columns of the
// reference.
func (m *Mapping) reconnaitre(p *plan, cellules []Cellule) *entetes {
	e := &entetes{sources: make([]source, len(p.colonnes)), pris: make([]bool, len(cellules)), large: m.parDefaut()}
	for i, c := range cellules {
		t, _ := epurer([]byte(c.Texte))
		if e.titres = append(e.titres, valeur.Lisible(string(t))); len(t) == 0 {
			e.sansTitre = append(e.sansTitre, i)
		}
	}
	for _, nom := range m.references() {
		i := e.trouver(nom)
		if i < 0 {
			return nil
		}
		e.reference = append(e.reference, i)
	}
	for i, c := range p.colonnes {
		e.sources[i] = source{indice: -1}
		if m.parDefaut() {
			e.sources[i].indice = e.trouver(c.noms()...)
			continue
		}
		o, ok := m.Balises[c.Nom]
		switch {
		case !ok:
		case o.Constante != nil:
			e.sources[i].constante, e.sources[i].ecrite = &Cellule{Texte: *o.Constante}, m.situer(c.Nom)
		default:
			e.sources[i].indice = e.trouver(o.Colonne)
			e.sources[i].nomTable = o.Table
		}
	}
	return e
}

// noms are the headings of a column of the layout: its own, then the tolerated spellings of the tag.
func (c *colonne) noms() []string {
	if c.Champ == nil {
		return []string{c.Nom}
	}
	return append([]string{c.Nom}, c.Champ.Tolerees...)
}

// trouver returns the index of the first heading that is one of noms but for case, accents and separators, and
// -1 for none. The same spelling comes before a like one.
func (e *entetes) trouver(noms ...string) int {
	for _, nom := range noms {
		if i := slices.Index(e.titres, nom); i >= 0 {
			return e.prendre(i, noms, !e.large)
		}
	}
	for _, nom := range noms {
		plat := aplatir(nom)
		if i := slices.IndexFunc(e.titres, func(t string) bool { return plat != "" && aplatir(t) == plat }); i >= 0 {
			return e.prendre(i, noms, false)
		}
	}
	return -1
}

// prendre takes column i, and notes the others that are named the same.
func (e *entetes) prendre(i int, noms []string, exactement bool) int {
	e.pris[i] = true
	for j, t := range e.titres {
		if j == i || t == "" || slices.Contains(e.doubles, double{i, j}) {
			continue
		}
		if t == e.titres[i] || !exactement && slices.ContainsFunc(noms, func(nom string) bool { return aplatir(nom) == aplatir(t) }) {
			e.pris[j] = true
			e.doubles = append(e.doubles, double{i, j})
		}
	}
	return i
}
