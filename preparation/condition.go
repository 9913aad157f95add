package preparation

import (
	"slices"
	"strconv"

	"guichet/modele"
)

// condition is a modele.Condition whose tags are columns.
type condition struct {
	genre   genreCondition
	colonne int    // of an equality
	valeur  string // its literal
	parties []condition
	phrase  modele.Texte
}

type genreCondition uint8

const (
	condJamais genreCondition = iota
	condToujours
	condEgale
	condToutes
	condUne
)

// nul returns the condition under which a column has no value.
func (p *plan) nul(c *colonne) (cond condition) {
	var m modele.Condition
	switch {
	case c.Champ != nil:
		m = c.Champ.Obligation.Nul
	case c.absente != nil && c.absente.Sinon != nil:
		m = c.absente.Sinon
	default:
		return cond
	}
	cond = p.condition(m, c.Niveau)
	cond.phrase = modele.Texte{Fr: modele.Phrase(m, modele.Francais), En: modele.Phrase(m, modele.Anglais)}
	return cond
}

func (p *plan) condition(m modele.Condition, n Niveau) condition {
	if v, constante := modele.Constante(m); constante {
		if v {
			return condition{genre: condToujours}
		}
		return condition{}
	}
	var parties []modele.Condition
	c := condition{}
	switch m := m.(type) {
	case modele.Is:
		i := p.colonneDe(m.Balise)
		if i < 0 || p.colonnes[i].Niveau > n {
			return condition{}
		}
		return condition{genre: condEgale, colonne: i, valeur: m.Valeur}
	case modele.All:
		c.genre, parties = condToutes, m
	case modele.Any:
		c.genre, parties = condUne, m
	default:
		panic("preparation: condition of an unknown kind: " + strconv.Quote(modele.Phrase(m, modele.Anglais)))
	}
	for _, m := range parties {
		c.parties = append(c.parties, p.condition(m, n))
	}
	return c
}

// vaut evaluates a condition on the values of columns.
func (c *condition) vaut(litteral func(colonne int) []byte) bool {
	switch c.genre {
	case condToujours:
		return true
	case condEgale:
		return string(litteral(c.colonne)) == c.valeur
	case condToutes:
		for i := range c.parties {
			if !c.parties[i].vaut(litteral) {
				return false
			}
		}
		return true
	case condUne:
		return slices.ContainsFunc(c.parties, func(p condition) bool { return p.vaut(litteral) })
	}
	return false
}

// tenue returns a column that a condition holds by. Only one on a column can hold for some rows and not for others.
func (c *condition) tenue(litteral func(colonne int) []byte) int {
	for i := range c.parties {
		if c.parties[i].vaut(litteral) {
			return c.parties[i].tenue(litteral)
		}
	}
	return c.colonne
}
