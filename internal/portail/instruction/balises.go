package instruction

import (
	"fmt"
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

// ouvertes are the tags that were chosen, and those that the controls hold to them.
func (p *pageFeuille) ouvertes() (ouvertes []Ouvrable, err error) {
	pointeurs := p.Valeurs("balises")
	choisies := len(pointeurs)
	for n := 0; n < len(pointeurs); n++ { // it grows by what is tied to what it has
		i := slices.IndexFunc(p.Vue.Ouvrables, func(o Ouvrable) bool { return o.Pointeur == pointeurs[n] })
		if i < 0 {
			return nil, refuser("Une des balises choisies ne peut pas être ouverte à la correction. Rien n'est demandé.", "One of the tags that were chosen cannot be opened for correction. Nothing is asked for.")
		}
		o := p.Vue.Ouvrables[i]
		if slices.Contains(pointeurs[:n], o.Pointeur) {
			continue
		}
		ouvertes = append(ouvertes, o)
		if n < choisies {
			pointeurs = append(pointeurs, o.Liees...)
		}
	}
	if len(ouvertes) > MaxBalises {
		return nil, refuser(fmt.Sprintf("Ouvrez 30 balises au plus à la fois : avec celles que les contrôles lient à celles que vous avez choisies, cela en fait %d.", len(ouvertes)),
			fmt.Sprintf("Open at most 30 tags at once: with those that the controls hold to those you have chosen it would be %d.", len(ouvertes)))
	}
	return ouvertes, nil
}

// maxNommees bounds what is said of open tags, in bytes.
const maxNommees = 3000

// nommees says which tags are opened, at the end of what is asked for, to each reader in the own language.
func nommees(ouvertes []Ouvrable) string {
	if len(ouvertes) == 0 {
		return ""
	}
	return "\n\n" + ecrit.EnDeuxLangues(modele.Texte{
		Fr: "Valeurs ouvertes à la correction : " + noms(ouvertes, modele.Francais, " ; ") + ".",
		En: "Values opened for correction: " + noms(ouvertes, modele.Anglais, "; ") + ".",
	})
}

func noms(ouvertes []Ouvrable, l modele.Langue, entre string) string {
	var noms []string
	longueur := 0
	for i, o := range ouvertes {
		nom := o.Nom.In(l) + " (" + o.Balise + ")"
		if longueur += len(nom) + len(entre); longueur > maxNommees {
			noms = append(noms, ecrit.Autres(len(ouvertes)-i).In(l))
			break
		}
		noms = append(noms, nom)
	}
	return strings.Join(noms, entre)
}

func pointeurs(ouvertes []Ouvrable) (pointeurs []string) {
	for _, o := range ouvertes {
		pointeurs = append(pointeurs, o.Pointeur)
	}
	return pointeurs
}
