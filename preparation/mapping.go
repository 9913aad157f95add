package preparation

import (
	"maps"
	"slices"
	"strings"

	"guichet/modele"
	"guichet/valeur"
)

// FeuilleExemple is the name of the sheet of a template that shows a filled example: it is not read unless the
// mapping names it.
const FeuilleExemple = "Exemple"

// Mapping says where the values of a demande stand in the sheets of a supplier. The zero value is the layout
// (Disposition) itself, headings compared without case, accents and separators.
type Mapping struct {
	Nom      string   // file it was read from, for messages
	Feuille  string   // the only sheet to read, "" for all
	Commande []string // headings of the columns that tell orders apart
	Balises  map[string]Origine
}

// Origine is where the value of a tag, or the path of a document, comes from: a column, a column looked up in a
// table, or a constant.
type Origine struct {
	Colonne   string // heading
	Table     string // name of a table in Options.Tables: the value is what the table has for the cell
	Constante *string
	Lieu      Lieu // in the mapping file
}

// parDefaut tells whether the mapping is the layout itself.
func (m *Mapping) parDefaut() bool { return len(m.Balises) == 0 && len(m.Commande) == 0 }

// source is where a sheet has the value of a column of the plan.
type source struct {
	indice    int // of the cell in the row, -1 for none
	constante *Cellule
	table     map[string]string
	nomTable  string
}

// entetes is the heading row of a sheet, and what was found in it.
type entetes struct {
	ligne     int
	reference []int    // indices of the columns of the reference
	sources   []source // by column of the plan
	titres    []string
	pris      []bool
}

// aplatir reduces a heading to what is compared.
func aplatir(titre string) string { return sansAccents(valeur.Plat(titre)) }

// reconnaitre finds the columns in a row, nil when it is not the heading row: that one has the columns of the
// reference.
func (m *Mapping) reconnaitre(p *plan, cellules []Cellule) *entetes {
	e := &entetes{sources: make([]source, len(p.colonnes)), pris: make([]bool, len(cellules))}
	for _, c := range cellules {
		t, _ := epurer([]byte(c.Texte))
		e.titres = append(e.titres, string(t))
	}
	for _, nom := range m.references() {
		i := e.trouver(nom)
		if i < 0 {
			return nil
		}
		e.reference = append(e.reference, i)
	}
	for i, c := range p.colonnes {
		e.sources[i] = source{indice: -1}
		if m.parDefaut() {
			e.sources[i].indice = e.trouver(c.noms()...)
			continue
		}
		o, ok := m.Balises[c.Nom]
		switch {
		case !ok:
		case o.Constante != nil:
			e.sources[i].constante = &Cellule{Texte: *o.Constante}
		default:
			e.sources[i].indice = e.trouver(o.Colonne)
			e.sources[i].nomTable = o.Table
		}
	}
	return e
}

func (m *Mapping) references() []string {
	if m.parDefaut() {
		return []string{ColonneReference}
	}
	return m.Commande
}

// noms are the headings of a column of the layout: its own, then the tolerated spellings of the tag.
func (c *colonne) noms() []string {
	if c.Champ == nil {
		return []string{c.Nom}
	}
	return append([]string{c.Nom}, c.Champ.Tolerees...)
}

// trouver returns the index of the first heading that is one of noms but for case, accents and separators, and
// -1 for none. The same spelling comes before a like one.
func (e *entetes) trouver(noms ...string) int {
	for _, nom := range noms {
		if i := slices.Index(e.titres, nom); i >= 0 {
			e.pris[i] = true
			return i
		}
	}
	for _, nom := range noms {
		plat := aplatir(nom)
		if i := slices.IndexFunc(e.titres, func(t string) bool { return plat != "" && aplatir(t) == plat }); i >= 0 {
			e.pris[i] = true
			return i
		}
	}
	return -1
}

// verifier looks for names that the plan does not have, and tables that were not read.
func (m *Mapping) verifier(p *plan, tables map[string]map[string]string) (fautes []Faute) {
	connues := []string{}
	for _, c := range p.colonnes {
		connues = append(connues, c.Nom)
	}
	for _, nom := range slices.Sorted(maps.Keys(m.Balises)) {
		o := m.Balises[nom]
		if !slices.Contains(connues, nom) {
			f := regleMapping.faute(o.lieu(m))
			f.Message, f.Aide = inconnue(nom, valeur.Proche(nom, connues)), toutes(connues)
			fautes = append(fautes, f)
		}
		if o.Table != "" && tables[o.Table] == nil {
			f := regleMapping.faute(o.lieu(m))
			f.Message = texte(modele.Texte{Fr: "%s : la table %s n'a pas été lue", En: "%s: the table %s was not read"}, nom, o.Table)
			fautes = append(fautes, f)
		}
	}
	if !m.parDefaut() && len(m.Commande) == 0 {
		fautes = append(fautes, m.sansCommande()...)
	}
	return fautes
}

func (m *Mapping) sansCommande() []Faute {
	f := regleMapping.faute(Lieu{Fichier: m.Nom})
	f.Message = modele.Texte{Fr: "commande manque : aucune colonne ne distingue les commandes", En: "commande is missing: no column tells orders apart"}
	f.Aide = modele.Texte{Fr: "ajoutez une ligne commande: \"titre de la colonne\"", En: "add a line commande: \"heading of the column\""}
	return []Faute{f}
}

func (o *Origine) lieu(m *Mapping) Lieu {
	if o.Lieu != (Lieu{}) {
		return o.Lieu
	}
	return Lieu{Fichier: m.Nom}
}

func inconnue(nom, proche string) modele.Texte {
	s := suggerer(proche)
	t := texte(modele.Texte{Fr: "« %s » n'est pas connu", En: "\"%s\" is not known"}, nom)
	return modele.Texte{Fr: t.Fr + s.Fr, En: t.En + s.En}
}

func toutes(noms []string) modele.Texte {
	return texte(modele.Texte{Fr: "noms admis : %s", En: "accepted names: %s"}, strings.Join(noms, ", "))
}
