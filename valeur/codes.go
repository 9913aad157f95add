package valeur

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"guichet/modele"
)

// Codes is a nomenclature made ready to be looked into.
type Codes struct {
	entrees  []modele.Entree
	plats    []modele.Entree   // the same, reduced by Plat
	codes    map[string]string // what is right as it is written, each by itself
	serres   map[string]string // codes and their tolerated spellings without a blank → code
	imprimes map[string]string // misprinted labels, reduced by Plat → code
}

// Indexer makes a nomenclature ready.
func Indexer(n *modele.Nomenclature) *Codes {
	c := &Codes{entrees: n.Codes, codes: make(map[string]string, len(n.Codes)), serres: map[string]string{}, imprimes: map[string]string{}}
	for _, e := range n.Codes {
		serre := strings.Replace(e.Code, " _", "_", 1)
		c.codes[e.Code], c.codes[serre], c.serres[serre] = e.Code, serre, e.Code
		c.plats = append(c.plats, modele.Entree{Code: Plat(e.Code), Libelle: Plat(e.Libelle)})
	}
	for graphie, code := range n.Tolerees {
		c.serres[graphie] = code
	}
	for libelle, code := range n.Imprimes {
		c.imprimes[Plat(libelle)] = code
	}
	return c
}

// Code returns the code that t is, as it is written, and whether it is one.
func (c *Codes) Code(t []byte) (code string, connu bool) {
	code, connu = c.codes[string(t)]
	return code, connu
}

// Tolere returns the code that t spells with other blanks before its rank, or a blank for the underscore, or in
// another tolerated way; "" for none, and for a code as it should be.
func (c *Codes) Tolere(t []byte) string {
	if _, connu := c.Code(t); connu {
		return ""
	}
	lettres := strings.TrimRight(string(t), "0123456789")
	prefixe := strings.TrimRight(lettres, " _")
	if prefixe == lettres || strings.Count(lettres[len(prefixe):], "_") > 1 {
		return ""
	}
	return c.serres[prefixe+"_"+string(t[len(lettres):])]
}

// DeLibelle returns the code whose label is t, both reduced by Plat, "" for none.
func (c *Codes) DeLibelle(t string) string {
	for i := range c.plats {
		if c.plats[i].Libelle == t {
			return c.entrees[i].Code
		}
	}
	return c.imprimes[t]
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

// PlusProches returns the three entries whose code or label are nearest to t, reduced by Plat, nearest first: those of
// which at least half is as in t. What is like none has none.
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
		if e.points > max(1, utf8.RuneCountInString(t)/2) {
			break
		}
		proches = append(proches, e.entree)
	}
	return proches
}
