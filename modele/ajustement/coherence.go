package ajustement

import (
	"slices"

	"guichet/modele"
)

// chemin is the way from the demande to the tag at the end of another.
func (t *arbre) chemin(avant []string) (apres []string) {
	if len(avant) == 0 {
		return avant
	}
	for b := t.parNom[avant[len(avant)-1]]; b != nil && b != t.lignes && b != t.racine; b = b.parent {
		apres = append(apres, b.nom)
	}
	slices.Reverse(apres)
	return apres
}

// coherence is a rule on the adjusted table.
func (t *arbre) coherence(c modele.Coherence) (modele.Coherence, error) {
	switch c := c.(type) {
	case modele.Compte:
		bloc, err := t.bloc(c)
		c.Bloc, c.Tableau, c.Balise = bloc, t.nom(c.Tableau), t.nom(c.Balise)
		c.Si, c.Sinon = t.condition(c.Si), t.condition(c.Sinon)
		return c, err
	case modele.MemesValeurs:
		c.A, c.B = t.chemin(c.A), t.chemin(c.B)
		return c, nil
	case modele.SansDoublon:
		c.Chemin = t.chemin(c.Chemin)
		return c, nil
	case modele.UniqueDansFichier:
		c.Chemin = t.chemin(c.Chemin)
		return c, nil
	case modele.JamaisUtilise:
		c.Chemin = t.chemin(c.Chemin)
		return c, nil
	case modele.Eligible:
		c.Chemin = t.chemin(c.Chemin)
		return c, nil
	case modele.JamaisDemande:
		c.Chemin = t.chemin(c.Chemin)
		return c, nil
	case modele.Inscrit:
		c.Chemin, c.Autres = t.chemin(c.Chemin), t.chemin(c.Autres)
		return c, nil
	case modele.Rattache:
		return t.rattache(c)
	case modele.ProfilsReferences:
		c.Tableau, c.Profils = t.nom(c.Tableau), slices.Clone(c.Profils)
		for i := range c.Profils {
			c.Profils[i].Balise = t.nom(c.Profils[i].Balise)
		}
		return c, nil
	case modele.Plafond:
		if err := t.enPlace(c); err != nil {
			return c, err
		}
		c.Montant, c.Regime, c.OG = t.chemin(c.Montant), t.chemin(c.Regime), t.chemin(c.OG)
		c.ESMS, c.Juridique = t.nom(c.ESMS), t.nom(c.Juridique)
		return c, nil
	}
	return c, nil // of tags that cannot be adjusted
}

// enPlace refuses to move what tells one order from another: rooms that read returned files look for it where it was.
func (t *arbre) enPlace(c modele.Plafond) error {
	og := c.OG[len(c.OG)-1]
	for _, balise := range []string{og, c.ESMS, c.Juridique} {
		dans := og
		if balise == og {
			dans = c.OG[max(0, len(c.OG)-2)]
		}
		if b, parent := t.parNom[balise], t.parNom[dans]; b != nil && b.parent != parent {
			return refus(balise, "elle ne peut quitter %s", "it cannot leave %s", dans)
		}
	}
	return nil
}

// bloc is the object of the demande where the conditions of a count are looked up: that of their tag.
func (t *arbre) bloc(c modele.Compte) (string, error) {
	is, ok := c.Si.(modele.Is)
	if !ok {
		return t.nom(c.Bloc), nil
	}
	b := t.parNom[is.Balise]
	if b == nil || b.parent == nil || b.parent.parent != t.lignes {
		return "", refus(is.Balise, "cette balise ne s'ajuste pas à cette place : une règle l'y cherche", "this tag cannot be adjusted to this place: a rule looks for it")
	}
	return b.parent.nom, nil
}

// rattache needs its two tags side by side.
func (t *arbre) rattache(c modele.Rattache) (modele.Coherence, error) {
	esms, juridique := t.parNom[c.ESMS[len(c.ESMS)-1]], t.parNom[c.Juridique]
	if esms != nil && juridique != nil && esms.parent != juridique.parent {
		return c, refus(c.Juridique, "elle ne peut être séparée de %s", "it cannot be parted from %s", esms.champ.Balise)
	}
	c.ESMS, c.Juridique = t.chemin(c.ESMS), t.nom(c.Juridique)
	return c, nil
}
