package ajustement

import (
	"slices"
	"strings"

	"guichet/jsondoc"
	"guichet/modele"
)

// branches tells of each tag of the table, in its order.
func (c *comparaison) branches(dans *branche) {
	for _, b := range dans.enfants {
		n := c.placees[b]
		switch {
		case n != nil:
			c.balise(b, n)
		case c.haut == c.t.lignes && (b == c.t.lignes || b.parent == c.t.racine):
			// The file is a demande only.
		case slices.ContainsFunc(dessous(b.enfants), func(e *branche) bool { return c.placees[e] != nil }):
			c.branches(b)
			c.retirer(b)
			continue
		default:
			c.dire(nil, b.champ.Balise, false, "absente du fichier (le tableau la met dans %s)", "not in the file (the table has it in %s)", c.ou(b.parent))
			continue
		}
		c.branches(b)
	}
}

func (c *comparaison) ou(b *branche) string {
	if b == c.t.racine {
		return fichier
	}
	return b.champ.Balise
}

// balise tells how a tag of the file differs from that of the table.
func (c *comparaison) balise(b *branche, n *noeud) {
	if b == c.haut {
		return
	}
	a := Balise{Balise: b.champ.Balise}
	if n.nom != b.champ.Balise {
		a.Nom = n.nom
		fr, en := "appelée %s", "called %s"
		if strings.EqualFold(n.nom, b.champ.Balise) {
			fr, en = "écrite %s (casse)", "written %s (case)"
		}
		c.essayer(n, Balise{Balise: a.Balise, Nom: a.Nom}, fr, en, n.nom)
	}
	if vers := n.parent.pour; vers != b.parent {
		if vers == nil {
			c.dire(n, a.Balise, false, "placée dans %s, que le tableau n'a pas", "put in %s, which the table does not have", n.parent.nom)
		} else {
			c.essayer(n, Balise{Balise: a.Balise, Dans: c.ou(vers)}, "placée dans %s, et non dans %s", "put in %s, not in %s", c.ou(vers), c.ou(b.parent))
		}
	}
	c.valeur(b, n)
}

// essayer adds an adjustment if the table can take it, and tells the difference.
func (c *comparaison) essayer(n *noeud, b Balise, fr, en string, mots ...any) {
	a := &c.resultat.Ajustements
	liste := slices.Clone(a.Balises)
	if i := slices.IndexFunc(liste, func(x Balise) bool { return x.Balise == b.Balise }); i >= 0 {
		x := &liste[i]
		if b.Nom != "" {
			x.Nom = b.Nom
		}
		if b.Dans != "" {
			x.Dans = b.Dans
		}
		x.Nul, x.Retirer = x.Nul || b.Nul, x.Retirer || b.Retirer
	} else {
		liste = append(liste, b)
	}
	essai := Ajustements{Balises: liste}
	if _, err := essai.Appliquer(c.t.modele); err != nil {
		e := err.(*Erreur) // Appliquer has no others
		c.dire(n, b.Balise, false, fr+" ; "+sansVerbe(e.Message.Fr), en+"; "+sansVerbe(e.Message.En), mots...)
		return
	}
	a.Balises = liste
	c.dire(n, b.Balise, true, fr, en, mots...)
}

// retirer takes an object away whose tags all stand elsewhere.
func (c *comparaison) retirer(b *branche) {
	c.essayer(nil, Balise{Balise: b.champ.Balise, Retirer: true}, "absente : ses balises sont ailleurs", "not there: its tags stand elsewhere")
}

// genres are the kinds of values that a tag may have.
func genres(t modele.Type) []jsondoc.Kind {
	switch t.Genre {
	case modele.Objet:
		return []jsondoc.Kind{jsondoc.Object}
	case modele.TableauObjets, modele.TableauValeurs:
		return []jsondoc.Kind{jsondoc.Array}
	case modele.Montant, modele.Rang:
		return []jsondoc.Kind{jsondoc.Number}
	case modele.Booleen:
		return []jsondoc.Kind{jsondoc.True, jsondoc.False}
	case modele.Nul:
		return nil
	}
	return []jsondoc.Kind{jsondoc.String}
}

// valeur tells of an example value of another type, and of null where the table wants a value or the opposite.
func (c *comparaison) valeur(b *branche, n *noeud) {
	attendus := genres(b.champ.Type)
	switch nul := n.genre == jsondoc.Null; {
	case !nul && !n.vide() && attendus != nil && !slices.Contains(attendus, n.genre):
		c.dire(n, b.champ.Balise, false, "la valeur d'exemple %s n'est pas du type attendu : "+sansVerbe(modele.Format(b.champ.Type, modele.Francais)),
			"the example value %s is not of the type that is expected: "+sansVerbe(modele.Format(b.champ.Type, modele.Anglais)), abreger(n.litteral))
	case !c.resultat.Rempli:
	case nul && c.vaut(b.champ.Obligation.Obligatoire, n):
		c.essayer(n, Balise{Balise: b.champ.Balise, Nul: true}, "null, où le tableau veut une valeur", "null, where the table wants a value")
	case !nul && b.champ.Type.Genre != modele.Nul && c.vaut(b.champ.Obligation.Nul, n):
		c.essayer(n, Balise{Balise: b.champ.Balise, Nul: true}, "%s, où le tableau veut null", "%s, where the table wants null", abreger(n.litteral))
	}
}

// sansVerbe keeps a text that is ready from being filled in.
func sansVerbe(s string) string { return strings.ReplaceAll(s, "%", "%%") }

func abreger(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

// vaut evaluates a condition on the values of the file around a tag.
func (c *comparaison) vaut(cond modele.Condition, n *noeud) bool {
	switch cond := cond.(type) {
	case modele.Is:
		for p := n.parent; p != nil; p = p.parent {
			if e := p.de(c.t.parNom[cond.Balise]); e != nil {
				return e.litteral == cond.Valeur
			}
		}
	case modele.All:
		for _, x := range cond {
			if !c.vaut(x, n) {
				return false
			}
		}
		return true
	case modele.Any:
		return slices.ContainsFunc(cond, func(x modele.Condition) bool { return c.vaut(x, n) })
	}
	return false
}
