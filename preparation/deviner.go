package preparation

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

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

// communs is the share of the words that both have; a number's own word is not needed: « N° FINESS géo ».
func communs(a, b []string) float64 {
	if slices.Contains(b, "numero") && !slices.Contains(a, "numero") {
		b = slices.DeleteFunc(slices.Clone(b), func(m string) bool { return m == "numero" })
	}
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n := 0
	for _, m := range a {
		if slices.Contains(b, m) {
			n++
		}
	}
	return float64(n) / float64(len(a)+len(b)-n)
}

// mots takes a name apart (dateCommande, BON_COMMANDE, « Date du BC ») into plain words, each once and written
// one way.
func mots(nom string) (liste []string) {
	var parts []string
	debut, runes := 0, []rune(nom)
	for i, c := range runes {
		lettre := unicode.IsLetter(c) || unicode.IsDigit(c) || c == '°' || c == 'º'
		bosse := i > debut && unicode.IsUpper(c) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(runes[i-1]))
		if !lettre || bosse {
			parts = append(parts, string(runes[debut:i]))
			debut = i
			if !lettre {
				debut = i + 1
			}
		}
	}
	for _, p := range append(parts, string(runes[debut:])) {
		m := sansAccents(strings.ToLower(p))
		if s, ok := synonymes[m]; ok {
			m = s
		} else if len(m) > 3 {
			m = strings.TrimSuffix(m, "s")
		}
		if m != "" && !slices.Contains(liste, m) {
			liste = append(liste, m)
		}
	}
	return liste
}

// synonymes are the words of business software, and "" for those that say nothing.
var synonymes = map[string]string{
	"de": "", "du": "", "des": "", "la": "", "le": "", "les": "", "l": "", "d": "", "en": "", "a": "", "is": "", "est": "", "e": "",
	"n": "numero", "no": "numero", "num": "numero", "ref": "numero", "reference": "numero", "code": "numero",
	"tel": "telephone", "tph": "telephone", "phone": "telephone", "portable": "telephone", "mobile": "telephone",
	"mail": "email", "courriel": "email", "mel": "email",
	"bc": "commande", "bdc": "commande", "cmd": "commande", "order": "commande",
	"ej": "juridique", "et": "geo", "geographique": "geo", "esms": "geo", "etablissement": "geo",
	"prix": "montant", "total": "montant", "amount": "montant",
	"resp": "responsable", "directeur": "responsable", "directrice": "responsable", "contact": "responsable",
	"mss": "messagerie", "mssante": "messagerie", "metiers": "metier", "identite": "id", "actuelle": "ancienne",
	"cps": "cpx", "cpe": "cpx", "admin": "admin", "administrateur": "admin", "tech": "technique",
}

// YAML writes the mapping as a file to review: doubtful guesses, tags without a column and columns left unused
// are comments.
func (p Proposition) YAML() []byte {
	var b strings.Builder
	b.WriteString("# Correspondance proposée d'après les titres des colonnes : relisez-la avant de préparer.\n")
	douteuse := func(nom string) string {
		if slices.Contains(p.Douteuses, nom) {
			return "  # à vérifier"
		}
		return ""
	}
	if len(p.Mapping.Commande) == 0 {
		b.WriteString("# commande: titre de la colonne qui distingue les commandes (à compléter)\n")
	}
	for _, c := range p.Mapping.Commande {
		b.WriteString("commande: " + citerYAML(c) + douteuse(ColonneReference) + "\n")
	}
	b.WriteString("balises:\n")
	for _, nom := range p.ordre {
		if _, devinee := p.Mapping.Balises[nom]; !devinee {
			continue
		}
		b.WriteString("  " + nom + ": {colonne: " + citerYAML(p.Mapping.Balises[nom].Colonne) + "}" + douteuse(nom) + "\n")
	}
	commenter(&b, "Balises sans colonne (colonne, constante, ou valeur par défaut du projet) :", p.SansColonne)
	commenter(&b, "Colonnes inutilisées :", p.Inutilisees)
	return []byte(b.String())
}

func commenter(b *strings.Builder, titre string, noms []string) {
	if len(noms) == 0 {
		return
	}
	b.WriteString("\n# " + titre + "\n")
	for _, n := range noms {
		b.WriteString("#   " + strings.Join(strings.Fields(n), " ") + "\n")
	}
}

// citerYAML writes a text between double quotes, which YAML reads as JSON does.
func citerYAML(t string) string { return string(citer(nil, []byte(t))) }
