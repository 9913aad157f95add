package ajustement

import (
	"slices"
)

func communs(b *branche, n *noeud) (nombre int) {
	for _, e := range n.enfants {
		for _, f := range b.enfants {
			if _, oui := proche(e.nom, f.nom); oui {
				nombre++
				break
			}
		}
	}
	return nombre
}

// marier makes a tag of the file that of the table, and goes on with what they hold.
func (c *comparaison) marier(b *branche, n *noeud) {
	c.placees[b], n.pour = n, b
	c.restes = slices.DeleteFunc(c.restes, func(r *branche) bool { return r == b })
	c.autres = slices.DeleteFunc(c.autres, func(r *noeud) bool { return r == n })
	if len(b.enfants) == 0 || len(n.enfants) == 0 {
		return
	}
	c.restes, c.autres = append(c.restes, seules(b.enfants, c.placees)...), append(c.autres, n.enfants...)
	for _, loin := range []int{0, 1, 2, 3} {
		c.accorder(b.enfants, n.enfants, loin)
	}
	libres, nouvelles := seules(b.enfants, c.placees), sansPour(n.enfants)
	if len(libres) == 1 && len(nouvelles) == 1 && compatible(libres[0], nouvelles[0]) {
		c.marier(libres[0], nouvelles[0])
	}
}

func seules(branches []*branche, placees map[*branche]*noeud) (libres []*branche) {
	for _, b := range branches {
		if placees[b] == nil {
			libres = append(libres, b)
		}
	}
	return libres
}

func sansPour(noeuds []*noeud) (libres []*noeud) {
	for _, n := range noeuds {
		if n.pour == nil {
			libres = append(libres, n)
		}
	}
	return libres
}

// compatible tells whether a tag of the file may be one of the table, whatever it is called.
func compatible(b *branche, n *noeud) bool {
	conteneur := len(n.enfants) > 0
	return conteneur == (len(b.enfants) > 0) && (!conteneur || 2*communs(b, n) >= len(b.enfants))
}

// accorder pairs tags of two lists: by their names, by those that were tolerated, by what is nearly the name, objects
// by what they hold.
func (c *comparaison) accorder(branches []*branche, noeuds []*noeud, loin int) {
	for _, b := range branches {
		if c.placees[b] != nil {
			continue
		}
		var choisi *noeud
		mieux := 0
		for _, n := range noeuds {
			if n.pour != nil {
				continue
			}
			d, oui := proche(n.nom, b.champ.Balise)
			switch loin {
			case 0:
				oui, d = n.nom == b.champ.Balise, 0
			case 1:
				oui, d = d == 0 && oui || slices.Contains(b.champ.Tolerees, n.nom), 0
			case 2:
				oui = oui && (len(n.enfants) > 0) == (len(b.enfants) > 0) && !c.mieuxPour(n, b, d, branches)
			case 3:
				oui, d = len(b.enfants) > 0 && len(n.enfants) > 0 && 2*communs(b, n) >= len(b.enfants), 0
			}
			if oui && (choisi == nil || d < mieux) {
				choisi, mieux = n, d
			}
		}
		if choisi != nil {
			c.marier(b, choisi)
		}
	}
}

// mieuxPour tells whether another tag of the table is nearer to one of the file.
func (c *comparaison) mieuxPour(n *noeud, b *branche, d int, branches []*branche) bool {
	return slices.ContainsFunc(branches, func(autre *branche) bool {
		e, oui := proche(n.nom, autre.champ.Balise)
		return autre != b && c.placees[autre] == nil && oui && e < d
	})
}

// ailleurs looks for the rest of the table in the rest of the file: tags that stand in another place.
func (c *comparaison) ailleurs() {
	for _, loin := range []int{0, 1, 2} {
		for {
			avant := len(c.placees)
			c.accorder(dessous(c.restes), tous(c.autres), loin)
			if len(c.placees) == avant {
				break
			}
		}
	}
}

// dessous lists branches with all that they hold.
func dessous(branches []*branche) (toutes []*branche) {
	for _, b := range branches {
		toutes = append(append(toutes, b), dessous(b.enfants)...)
	}
	return toutes
}

func tous(noeuds []*noeud) (liste []*noeud) {
	for _, n := range noeuds {
		liste = append(append(liste, n), tous(n.enfants)...)
	}
	return liste
}
