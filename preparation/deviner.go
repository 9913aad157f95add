package preparation

import (
	"cmp"
	"maps"
	"slices"

	"guichet/modele"
	"guichet/valeur"
)

// Proposition is a mapping guessed from headings, for a person to review.
type Proposition struct {
	Mapping     Mapping
	Douteuses   []string // tags (or ColonneReference) whose column is only likely
	SansColonne []string // tags without a column
	Inutilisees []string // headings without a tag

	ordre []string // the names of the layout, in its order
}

// Deviner guesses which heading gives which tag: the same name or label but for case, accents and separators;
// then the words that both have, by the abbreviations of business software; then the letters.
func Deviner(m *modele.Modele, titres []string) Proposition {
	d := devinette{titres: titres, colonnes: Disposition(m), prise: map[int]int{}, points: map[int]float64{}}
	d.attribuer()
	p := Proposition{Mapping: Mapping{Balises: map[string]Origine{}}}
	for i, c := range d.colonnes {
		p.ordre = append(p.ordre, c.Nom)
		t, ok := d.prise[i]
		switch {
		case !ok:
			p.SansColonne = append(p.SansColonne, c.Nom)
			continue
		case c.Nom == ColonneReference:
			p.Mapping.Commande = []string{titres[t]}
		default:
			p.Mapping.Balises[c.Nom] = Origine{Colonne: titres[t]}
		}
		if d.points[i] < certaine {
			p.Douteuses = append(p.Douteuses, c.Nom)
		}
	}
	for t, titre := range titres {
		if titre != "" && !slices.Contains(slices.Collect(maps.Values(d.prise)), t) {
			p.Inutilisees = append(p.Inutilisees, titre)
		}
	}
	return p
}

// Points from 0 to 1: what a guess is worth.
const (
	certaine = 1.0
	minimum  = 0.5 // below, nothing is proposed
	lettres  = 0.55
)

// devinette gives each column one heading at most, and each heading to one column at most.
type devinette struct {
	titres   []string
	colonnes []Colonne
	prise    map[int]int // column → heading
	points   map[int]float64
}

// maxDevines bounds the headings that are looked at.
const maxDevines = 500

func (d *devinette) attribuer() {
	type essai struct {
		colonne, titre int
		points         float64
	}
	var essais []essai
	for i := range d.colonnes {
		for t, titre := range d.titres[:min(len(d.titres), maxDevines)] {
			if p := points(&d.colonnes[i], titre); p >= minimum {
				essais = append(essais, essai{i, t, p})
			}
		}
	}
	slices.SortStableFunc(essais, func(a, b essai) int { return cmp.Compare(b.points, a.points) })
	titresPris := map[int]bool{}
	for _, e := range essais {
		if _, ok := d.prise[e.colonne]; !ok && !titresPris[e.titre] {
			d.prise[e.colonne], d.points[e.colonne] = e.titre, e.points
			titresPris[e.titre] = true
		}
	}
}

// points compares a heading with a column.
func points(c *Colonne, titre string) float64 {
	plat := aplatir(titre)
	if plat == "" || len(titre) > valeur.MaxCompare {
		return 0
	}
	noms := []string{c.Nom}
	if c.Champ != nil {
		noms = append(append(noms, c.Champ.Tolerees...), c.Champ.Libelle.Fr, c.Champ.Libelle.En)
	}
	for _, n := range noms {
		if aplatir(n) == plat {
			return certaine
		}
	}
	p := communs(mots(c.Nom), mots(titre))
	if c.Champ != nil {
		p = max(p, 0.9*communs(mots(c.Champ.Libelle.Fr), mots(titre)))
	}
	if p < lettres && valeur.Distance(plat, aplatir(c.Nom)) <= len(plat)/4 {
		return lettres
	}
	return p
}
