package instruction

import (
	"slices"
	"strings"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// MaxBalises is how many tags are opened for correction at once.
const MaxBalises = 30

// ChoixBalises are the tags of the demande that may be opened for correction: first those that the sheet suggests, which are chosen where
// the demande has one of that name.
func (p *pageFeuille) ChoixBalises() (choix []web.Choix) {
	suggerees := BalisesDe(p.Points)
	nombre := map[string]int{}
	for _, o := range p.Vue.Ouvrables {
		nombre[o.Balise]++
	}
	var autres []web.Choix
	for _, o := range p.Vue.Ouvrables {
		suggeree := slices.Contains(suggerees, o.Balise)
		c := web.Choix{Valeur: o.Pointeur, Libelle: p.Tx(o.Nom) + p.T(" : ", ": ") + p.Dite(o.Valeur), Choisi: suggeree && nombre[o.Balise] == 1}
		if suggeree {
			c.Libelle += p.T(" (la fiche dit non)", " (the sheet says no)")
			choix = append(choix, c)
		} else {
			autres = append(autres, c)
		}
	}
	return append(choix, autres...)
}

// Dite is a value as people read it.
func (p *pageFeuille) Dite(t modele.Texte) string {
	if v := p.Tx(t); v != "" {
		return v
	}
	return p.T("non renseigné", "not given")
}

// ouvertes are the tags that were chosen.
func (p *pageFeuille) ouvertes() (ouvertes []Ouvrable, err error) {
	for _, pointeur := range p.Valeurs("balises") {
		i := slices.IndexFunc(p.Vue.Ouvrables, func(o Ouvrable) bool { return o.Pointeur == pointeur })
		if i < 0 {
			return nil, refuser("Une des balises choisies ne peut pas être ouverte à la correction. Rien n'est demandé.", "One of the tags that were chosen cannot be opened for correction. Nothing is asked for.")
		}
		if !slices.ContainsFunc(ouvertes, func(o Ouvrable) bool { return o.Pointeur == pointeur }) {
			ouvertes = append(ouvertes, p.Vue.Ouvrables[i])
		}
	}
	if len(ouvertes) > MaxBalises {
		return nil, refuser("Ouvrez 30 balises au plus à la fois.", "Open at most 30 tags at once.")
	}
	return ouvertes, nil
}

// maxNommees bounds what is said of open tags, in bytes.
const maxNommees = 3000

// nommees says which tags are opened, at the end of what is asked for.
func nommees(ouvertes []Ouvrable) string {
	if len(ouvertes) == 0 {
		return ""
	}
	var noms []string
	longueur := 0
	for i, o := range ouvertes {
		nom := o.Nom.Fr + " (" + o.Balise + ")"
		if longueur += len(nom) + len(" ; "); longueur > maxNommees {
			noms = append(noms, ecrit.Autres(len(ouvertes)-i).Fr)
			break
		}
		noms = append(noms, nom)
	}
	return "\n\nValeurs ouvertes à la correction : " + strings.Join(noms, " ; ") + "."
}

func pointeurs(ouvertes []Ouvrable) (pointeurs []string) {
	for _, o := range ouvertes {
		pointeurs = append(pointeurs, o.Pointeur)
	}
	return pointeurs
}
