package ajustement

import (
	"slices"
	"strings"

	"guichet/modele"
)

// rempli tells whether the file has values: most tags that always need one have it.
func (c *comparaison) rempli() bool {
	avec, sans := 0, 0
	for b, n := range c.placees {
		toujours, constante := modele.Constante(b.champ.Obligation.Obligatoire)
		if len(b.enfants) > 0 || !toujours || !constante || b.champ.Type.Genre == modele.Rang || len(b.champ.Type.Valeurs) == 1 {
			continue
		}
		if n.vide() {
			sans++
		} else {
			avec++
		}
	}
	return avec > sans
}

// inconnues tells of the tags that the table does not have.
func (c *comparaison) inconnues(dans *noeud) {
	for _, n := range dans.enfants {
		connu := slices.ContainsFunc(tous([]*noeud{n}), func(e *noeud) bool { return e.pour != nil })
		if n.pour == nil {
			c.dire(n, n.nom, false, "inconnue du tableau", "not in the table")
		}
		if connu {
			c.inconnues(n)
		}
	}
}

// ordres tells of objects whose tags stand in another order.
func (c *comparaison) ordres() {
	t := planter(c.t.modele)
	for _, b := range c.resultat.Ajustements.Balises {
		if t.changer(b) != nil {
			return
		}
	}
	for _, b := range append([]*branche{c.t.racine}, dessous(c.t.racine.enfants)...) {
		n, avant := c.placees[b], t.racine
		if b != c.t.racine {
			avant = t.parNom[b.champ.Balise]
		}
		if n == nil || avant == nil {
			continue
		}
		var table, fichier []string
		for _, e := range avant.enfants {
			if autre := c.placees[c.t.parNom[e.champ.Balise]]; autre != nil && autre.parent == n {
				table = append(table, e.champ.Balise)
			}
		}
		for _, e := range n.enfants {
			if e.pour != nil && slices.Contains(table, e.pour.champ.Balise) {
				fichier = append(fichier, e.pour.champ.Balise)
			}
		}
		if !slices.Equal(table, fichier) {
			o := Ordre{Balises: fichier}
			if b != c.t.racine {
				o.Dans = b.champ.Balise
			}
			c.resultat.Ajustements.Ordres = append(c.resultat.Ajustements.Ordres, o)
			c.dire(n, c.ou(b), true, "ses balises sont dans un autre ordre : %s", "its tags stand in another order: %s", strings.Join(fichier, ", "))
		}
	}
}
