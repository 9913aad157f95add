package valeur

import (
	"cmp"
	"slices"

	"guichet/modele"
)

// Codes is a nomenclature made ready to be looked into.
type Codes struct {
	entrees []modele.Entree
	plats   []modele.Entree   // the same, reduced by Plat
	codes   map[string]string // each by itself
}

// Indexer makes a nomenclature ready.
func Indexer(n *modele.Nomenclature) *Codes {
	c := &Codes{entrees: n.Codes, codes: make(map[string]string, len(n.Codes))}
	for _, e := range n.Codes {
		c.codes[e.Code] = e.Code
		c.plats = append(c.plats, modele.Entree{Code: Plat(e.Code), Libelle: Plat(e.Libelle)})
	}
	return c
}

// Code returns the code that t is, and whether it is one.
func (c *Codes) Code(t []byte) (code string, connu bool) {
	code, connu = c.codes[string(t)]
	return code, connu
}

// Tolere returns the code that t spells with a blank before or after its underscore, "" for none.
func (c *Codes) Tolere(t []byte) string {
	sansBlanc := make([]byte, 0, len(t))
	for i, b := range t {
		if b == ' ' && (i+1 < len(t) && t[i+1] == '_' || i > 0 && t[i-1] == '_') {
			continue
		}
		sansBlanc = append(sansBlanc, b)
	}
	if code, connu := c.codes[string(sansBlanc)]; connu && len(sansBlanc) < len(t) {
		return code
	}
	return ""
}

// DeLibelle returns the code whose label is t, both reduced by Plat, "" for none.
func (c *Codes) DeLibelle(t string) string {
	for i := range c.plats {
		if c.plats[i].Libelle == t {
			return c.entrees[i].Code
		}
	}
	return ""
}

// DeGraphie returns the only code that is t but for case and separators, t reduced by Plat, "" for none.
func (c *Codes) DeGraphie(t string) (code string) {
	for i := range c.plats {
		if c.plats[i].Code != t {
			continue
		}
		if code != "" {
			return ""
		}
		code = c.entrees[i].Code
	}
	return code
}

// PlusProches returns the three entries whose code or label are nearest to t, reduced by Plat, nearest first.
func (c *Codes) PlusProches(t string) []modele.Entree {
	type ecart struct {
		entree modele.Entree
		points int
	}
	ecarts := make([]ecart, len(c.entrees))
	for i, e := range c.entrees {
		ecarts[i] = ecart{e, min(Ecart(t, c.plats[i].Code), Ecart(t, c.plats[i].Libelle))}
	}
	slices.SortStableFunc(ecarts, func(a, b ecart) int { return cmp.Compare(a.points, b.points) })
	proches := make([]modele.Entree, 0, 3)
	for _, e := range ecarts[:min(3, len(ecarts))] {
		proches = append(proches, e.entree)
	}
	return proches
}
