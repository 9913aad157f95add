package ajustement

import (
	"fmt"
	"slices"
	"strings"

	"guichet/jsondoc"
	"guichet/modele"
)

// Ecart is one difference of a file from the table.
type Ecart struct {
	Ligne, Colonne int    // in the file; 0 for a tag that it does not have
	Balise         string // in the table; of a tag that it does not have, the name in the file
	Ajuste         bool   // an adjustment follows from it; else it is for a person to decide
	Message        modele.Texte
}

// Comparaison is what a file tells of the table.
type Comparaison struct {
	Ecarts      []Ecart
	Ajustements Ajustements
	Rempli      bool // it has values: where it has null tells something
	Balises     int  // tags of the table that were found
}

// Comparer compares the template of the portal with a table. The error is that of the JSON reader.
func Comparer(m *modele.Modele, source string, octets []byte) (*Comparaison, error) {
	racine, err := lire(octets)
	if err != nil {
		return nil, err
	}
	c := &comparaison{t: planter(m), resultat: &Comparaison{}, placees: map[*branche]*noeud{}}
	c.resultat.Ajustements = Ajustements{Modele: m.Nom, Edition: m.Edition, Source: source}
	c.entrer(racine)
	c.ailleurs()
	c.resultat.Balises = len(c.placees)
	if c.resultat.Balises == 0 {
		c.dire(racine, "", false, "aucune balise du tableau n'est dans ce fichier : est-ce bien le modèle du portail ?", "no tag of the table is in this file: is it the portal's template?")
		return c.resultat, nil
	}
	c.resultat.Rempli = c.rempli()
	c.branches(c.t.racine)
	c.inconnues(racine)
	c.ordres()
	return c.resultat, nil
}

type comparaison struct {
	t        *arbre
	resultat *Comparaison
	placees  map[*branche]*noeud
	restes   []*branche // of the table, without a partner
	autres   []*noeud   // of the file
	haut     *branche   // what the file itself is
}

func (c *comparaison) dire(n *noeud, balise string, ajuste bool, fr, en string, mots ...any) {
	e := Ecart{Balise: balise, Ajuste: ajuste, Message: modele.Texte{Fr: fmt.Sprintf(fr, mots...), En: fmt.Sprintf(en, mots...)}}
	if n != nil {
		e.Ligne, e.Colonne = n.ligne, n.colonne
	}
	c.resultat.Ecarts = append(c.resultat.Ecarts, e)
}

// entrer begins where the file begins: it may be the whole file, or the demandes alone.
func (c *comparaison) entrer(racine *noeud) {
	c.haut = c.t.racine
	if racine.genre == jsondoc.Array || communs(c.t.lignes, racine) > communs(c.t.racine, racine) {
		c.haut = c.t.lignes
	}
	c.marier(c.haut, racine)
}

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
