// Package ajustement turns a tag table into the one that the portal's own template shows: other names, other places,
// another order, null where the table wants a value. What follows from the table follows from the adjusted one.
package ajustement

import (
	"fmt"
	"slices"

	"guichet/modele"
)

// Ajustements are the changes of a table. Tags are named as the table names them.
type Ajustements struct {
	Modele, Edition string // the table that they were found for
	Source          string // the file that they come from
	Balises         []Balise
	Ordres          []Ordre
}

// Balise is the change of one tag.
type Balise struct {
	Balise  string // in the table
	Nom     string // its name instead, "" for the same
	Dans    string // the object that holds it instead, by its name in the table, "" for the same
	Nul     bool   // null is accepted, and so is a value
	Retirer bool   // an object that holds nothing more
}

// Ordre is the order of the tags of one object, by their names in the table.
type Ordre struct {
	Dans    string // "" for the file itself
	Balises []string
}

// Vide tells whether nothing changes.
func (a *Ajustements) Vide() bool { return len(a.Balises) == 0 && len(a.Ordres) == 0 }

// Erreur says which change cannot be.
type Erreur struct {
	Balise  string
	Message modele.Texte
}

// Error tells it in English.
func (e *Erreur) Error() string { return e.Balise + ": " + e.Message.En }

// In tells it in a language.
func (e *Erreur) In(l modele.Langue) string {
	return e.Balise + modele.Texte{Fr: " : ", En: ": "}.In(l) + e.Message.In(l)
}

func refus(balise, fr, en string, mots ...any) *Erreur {
	return &Erreur{balise, modele.Texte{Fr: fmt.Sprintf(fr, mots...), En: fmt.Sprintf(en, mots...)}}
}

// Appliquer returns the adjusted table; the one that is given stays as it is. The error is an *Erreur.
func (a *Ajustements) Appliquer(m *modele.Modele) (*modele.Modele, error) {
	t := planter(m)
	for _, b := range a.Balises {
		if err := t.changer(b); err != nil {
			return nil, err
		}
	}
	for _, o := range a.Ordres {
		if err := t.ordonner(o); err != nil {
			return nil, err
		}
	}
	if err := t.verifier(); err != nil {
		return nil, err
	}
	n := *m
	if !a.Vide() {
		n.Nom += " ajusté" // reports name the table that they used
	}
	n.Noms = map[string]string{}
	for _, b := range a.Balises {
		if b.Nom != "" {
			n.Noms[b.Balise] = b.Nom
		}
	}
	n.Lignes = t.nom(m.Lignes)
	n.EnTete = t.champs(t.racine)
	n.Coherence = make([]modele.Coherence, 0, len(m.Coherence))
	for _, c := range m.Coherence {
		autre, err := t.coherence(c)
		if err != nil {
			return nil, err
		}
		n.Coherence = append(n.Coherence, autre)
	}
	return &n, nil
}

// arbre is a table whose tags can change place.
type arbre struct {
	racine *branche
	parNom map[string]*branche
	lignes *branche
	modele *modele.Modele
}

type branche struct {
	champ   modele.Champ
	nom     string
	parent  *branche
	enfants []*branche
	fixe    bool // other rooms know the tag by its name
}

// planter makes the tree of a table.
func planter(m *modele.Modele) *arbre {
	t := &arbre{racine: &branche{}, parNom: map[string]*branche{}, modele: m}
	t.racine.champ.Type.Genre = modele.Objet
	t.pousser(t.racine, m.EnTete)
	t.lignes = t.parNom[m.Lignes]
	for _, c := range m.Coherence {
		if p, ok := c.(modele.PiecesNommees); ok {
			for _, nom := range []string{p.Numero, p.Tableau, p.Nom, p.Type, p.Format} {
				t.parNom[nom].fixe = true
			}
		}
	}
	for _, b := range t.racine.enfants {
		b.fixe = true
	}
	return t
}

func (t *arbre) pousser(sur *branche, champs []modele.Champ) {
	for _, c := range champs {
		b := &branche{champ: c, nom: c.Balise, parent: sur}
		b.fixe = c.Obligation.Renseigne || c.Type.Genre == modele.Rang
		t.parNom[c.Balise] = b
		sur.enfants = append(sur.enfants, b)
		t.pousser(b, c.Champs)
	}
}

// nom is the name of a tag now.
func (t *arbre) nom(balise string) string {
	if b := t.parNom[balise]; b != nil {
		return b.nom
	}
	return balise
}

// changer applies one change.
func (t *arbre) changer(c Balise) error {
	b := t.parNom[c.Balise]
	switch {
	case b == nil:
		return refus(c.Balise, "cette balise n'est pas dans le tableau", "this tag is not in the table")
	case b.fixe:
		return refus(c.Balise, "cette balise ne s'ajuste pas : guichet la connaît par son nom", "this tag cannot be adjusted: guichet knows it by its name")
	case c.Retirer && (len(b.champ.Champs) == 0 || b.champ.Type.Genre != modele.Objet):
		return refus(c.Balise, "seul un objet se retire, ses balises mises ailleurs", "only an object is taken away, its tags put elsewhere")
	}
	if c.Nom != "" {
		b.nom = c.Nom
	}
	if c.Nul {
		if b.champ.Type.Genre.Conteneur() {
			return refus(c.Balise, "null à la place d'un objet ou d'un tableau ne s'ajuste pas", "null in the place of an object or an array cannot be adjusted")
		}
		b.champ.Obligation = modele.Facultatif
	}
	if c.Dans != "" {
		if err := t.deplacer(b, c.Dans); err != nil {
			return err
		}
	}
	if c.Retirer {
		if len(b.enfants) > 0 {
			return refus(c.Balise, "mettez d'abord ses balises ailleurs : il reste %s", "put its tags elsewhere first: %s is left", b.enfants[0].champ.Balise)
		}
		b.oter()
		delete(t.parNom, c.Balise)
	}
	return nil
}

func (b *branche) oter() {
	b.parent.enfants = slices.DeleteFunc(b.parent.enfants, func(e *branche) bool { return e == b })
}

// deplacer puts a tag in another object of the same level: what is repeated stays repeated.
func (t *arbre) deplacer(b *branche, dans string) error {
	vers := t.parNom[dans]
	switch {
	case vers == nil:
		return refus(b.champ.Balise, "%s n'est pas un objet du tableau", "%s is no object of the table", dans)
	case vers.champ.Type.Genre != modele.Objet && vers.champ.Type.Genre != modele.TableauObjets, vers.sous(b):
		return refus(b.champ.Balise, "%s ne peut la contenir", "%s cannot hold it", dans)
	case vers.repete() != b.parent.repete():
		return refus(b.champ.Balise, "%s n'est pas répété comme elle : ce déplacement ne s'ajuste pas", "%s is not repeated as it is: this move cannot be adjusted", dans)
	}
	b.oter()
	b.parent = vers
	vers.enfants = append(vers.enfants, b)
	return nil
}

func (b *branche) sous(autre *branche) bool {
	for ; b != nil; b = b.parent {
		if b == autre {
			return true
		}
	}
	return false
}

// repete is the array whose items a branch is in, nil for none.
func (b *branche) repete() *branche {
	for ; b != nil; b = b.parent {
		if b.champ.Type.Genre == modele.TableauObjets {
			return b
		}
	}
	return nil
}

// ordonner puts the tags of an object in an order; those that it does not name follow.
func (t *arbre) ordonner(o Ordre) error {
	b := t.racine
	if o.Dans != "" {
		b = t.parNom[o.Dans]
	}
	if b == nil {
		return refus(o.Dans, "cette balise n'est pas dans le tableau", "this tag is not in the table")
	}
	for _, nom := range o.Balises {
		if e := t.parNom[nom]; e == nil || e.parent != b {
			return refus(nom, "cette balise n'est pas dans %s", "this tag is not in %s", o.Dans)
		}
	}
	rang := func(e *branche) int {
		if i := slices.Index(o.Balises, e.champ.Balise); i >= 0 {
			return i
		}
		return len(o.Balises)
	}
	slices.SortStableFunc(b.enfants, func(x, y *branche) int { return rang(x) - rang(y) })
	return nil
}

// verifier refuses two tags of one name: conditions and columns are found by it.
func (t *arbre) verifier() error {
	vus := map[string]string{}
	for _, b := range t.parNom {
		if autre, deja := vus[b.nom]; deja {
			return refus(b.nom, "%s et %s auraient le même nom", "%s and %s would have the same name", min(b.champ.Balise, autre), max(b.champ.Balise, autre))
		}
		vus[b.nom] = b.champ.Balise
	}
	return nil
}

// champs are the tags below a branch, as a table has them.
func (t *arbre) champs(b *branche) (champs []modele.Champ) {
	for _, e := range b.enfants {
		c := e.champ
		c.Balise = e.nom
		c.Tolerees = slices.DeleteFunc(slices.Clone(c.Tolerees), func(s string) bool { return s == e.nom })
		c.Obligation.Obligatoire, c.Obligation.Nul = t.condition(c.Obligation.Obligatoire), t.condition(c.Obligation.Nul)
		c.NulTolere = t.condition(c.NulTolere)
		c.Type.Extension, c.Identite = t.nom(c.Type.Extension), t.nom(c.Identite)
		c.Champs = t.champs(e)
		champs = append(champs, c)
	}
	return champs
}

func (t *arbre) condition(c modele.Condition) modele.Condition {
	switch c := c.(type) {
	case modele.Is:
		return modele.Is{Balise: t.nom(c.Balise), Valeur: c.Valeur}
	case modele.All:
		n := make(modele.All, len(c))
		for i := range c {
			n[i] = t.condition(c[i])
		}
		return n
	case modele.Any:
		n := make(modele.Any, len(c))
		for i := range c {
			n[i] = t.condition(c[i])
		}
		return n
	}
	return c
}
