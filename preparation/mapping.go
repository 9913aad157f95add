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

// Tables lists the names of the lookup tables that the mapping speaks of.
func (m *Mapping) Tables() (noms []string) {
	for _, nom := range slices.Sorted(maps.Keys(m.Balises)) {
		if t := m.Balises[nom].Table; t != "" && !slices.Contains(noms, t) {
			noms = append(noms, t)
		}
	}
	return noms
}

// parDefaut tells whether the mapping is the layout itself.
func (m *Mapping) parDefaut() bool { return len(m.Balises) == 0 && len(m.Commande) == 0 }

func (m *Mapping) references() []string {
	if m.parDefaut() {
		return []string{ColonneReference}
	}
	return m.Commande
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

// situer names the place where a tag has its origin.
func (m *Mapping) situer(balise string) Lieu {
	o := m.Balises[balise]
	lieu := o.lieu(m)
	lieu.Balise = balise
	return lieu
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
