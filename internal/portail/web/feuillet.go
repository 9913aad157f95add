package web

import "guichet/modele"

// Feuillet is a part of a demande as the table of its edition lays it out: a block, an object, an item of an array.
type Feuillet struct {
	Titre   modele.Texte
	Lignes  []Ligne
	Groupes []Feuillet
}

// Ligne is one tag with its value, ready to be shown.
type Ligne struct {
	Balise   string
	Libelle  modele.Texte
	Valeur   modele.Texte  // both empty for null
	Declaree *modele.Texte // what was declared, where another value stands; nil for the same
}

// VueFeuillet is a block at its level of headings: the argument of the template "groupe".
type VueFeuillet struct {
	*Page
	Feuillet
	Niveau int
}

// Feuillet makes the argument of the template "groupe".
func (p *Page) Feuillet(b Feuillet, niveau int) VueFeuillet { return VueFeuillet{p, b, niveau} }

// Partie is a part of the block.
func (v VueFeuillet) Partie(b Feuillet, niveau int) VueFeuillet {
	return VueFeuillet{v.Page, b, niveau}
}

// Sous is the level below.
func (v VueFeuillet) Sous() int { return v.Niveau + 1 }
