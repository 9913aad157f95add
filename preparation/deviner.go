package preparation

import (
	"cmp"
	"maps"
	"slices"
	"strings"

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
// then the words of salespeople and business software (vocables); then the letters.
func Deviner(m *modele.Modele, titres []string) Proposition {
	d := devinette{titres: titres, colonnes: Disposition(m), prise: map[int]int{}, points: map[int]float64{}, disputee: map[int]bool{}}
	d.lire()
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
		if d.points[i] < certaine || d.disputee[i] {
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
	mots     [][]string // of the headings
	colonnes []Colonne
	prise    map[int]int // column → heading
	points   map[int]float64
	disputee map[int]bool // columns that have two headings of the same worth
}

// maxDevines bounds the headings that are looked at.
const maxDevines = 500

// lire takes the headings apart. A mail or a number that names nobody is the responsable's where no other person is
// spoken of.
func (d *devinette) lire() {
	seuls := map[string][]int{} // headings that are nothing but a word
	autres, responsable := false, false
	for t, titre := range d.titres[:min(len(d.titres), maxDevines)] {
		d.mots = append(d.mots, mots(titre))
		for _, m := range d.mots[t] {
			responsable = responsable || m == "responsable"
			autres = autres || m != "responsable" && parmi(personnes, m)
		}
		if len(d.mots[t]) == 1 {
			seuls[d.mots[t][0]] = append(seuls[d.mots[t][0]], t)
		}
	}
	for _, m := range []string{"email", "telephone"} {
		if responsable && !autres && len(seuls[m]) == 1 {
			t := seuls[m][0]
			d.mots[t] = append(d.mots[t], "responsable")
		}
	}
}

func (d *devinette) attribuer() {
	type essai struct {
		colonne, titre int
		points         float64
		propres        int
	}
	var essais []essai
	for i := range d.colonnes {
		for t := range d.mots {
			if p := d.noter(&d.colonnes[i], t); p >= minimum {
				essais = append(essais, essai{i, t, p, d.propres(&d.colonnes[i], t)})
			}
		}
	}
	slices.SortStableFunc(essais, func(a, b essai) int {
		return cmp.Or(cmp.Compare(b.points, a.points), cmp.Compare(b.propres, a.propres))
	})
	titresPris := map[int]bool{}
	for _, e := range essais {
		_, prise := d.prise[e.colonne]
		switch {
		case prise && !titresPris[e.titre] && e.points == d.points[e.colonne]:
			d.disputee[e.colonne] = true // another heading would do as well
		case !prise && !titresPris[e.titre]:
			d.prise[e.colonne], d.points[e.colonne] = e.titre, e.points
			titresPris[e.titre] = true
		}
	}
}

// propres counts the words of heading t that the name of a column has itself, not only by what they stand
// for: of two headings of the same worth, the one that has more is taken, wherever it stands.
func (d *devinette) propres(c *Colonne, t int) (n int) {
	mots := decouper(c.Nom)
	for _, m := range decouper(d.titres[t]) {
		if m != "" && slices.ContainsFunc(mots, func(autre string) bool { return strings.EqualFold(m, autre) }) {
			n++
		}
	}
	return n
}

// noter compares heading t with a column.
func (d *devinette) noter(c *Colonne, t int) float64 {
	titre := d.titres[t]
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
	p := 0.0
	for i := range vocables {
		if v := &vocables[i]; v.colonne == c.Nom {
			p = max(p, v.vaut(d.mots[t]))
		}
	}
	if p < lettres && len(plat) > 8 && valeur.Distance(plat, aplatir(c.Nom)) <= len(plat)/4 {
		return lettres
	}
	return p
}
