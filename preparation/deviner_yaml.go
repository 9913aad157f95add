package preparation

import (
	"slices"
	"strings"

	"guichet/modele"
)

// YAML writes the mapping as a file to review: doubtful guesses, tags without a column and columns left unused
// are comments.
func (p Proposition) YAML(l modele.Langue) []byte {
	var b strings.Builder
	b.WriteString("# " + modele.Texte{
		Fr: "Correspondance proposée d'après les titres des colonnes : relisez-la avant de préparer.",
		En: "Mapping proposed from the headings of the columns: read it before preparing.",
	}.In(l) + "\n")
	douteuse := func(nom string) string {
		if slices.Contains(p.Douteuses, nom) {
			return "  # " + modele.Texte{Fr: "à vérifier", En: "to be looked at"}.In(l)
		}
		return ""
	}
	if len(p.Mapping.Commande) == 0 {
		b.WriteString("# commande: " + modele.Texte{
			Fr: "titre de la colonne qui distingue les commandes (à compléter)",
			En: "heading of the column that tells orders apart (to be filled in)",
		}.In(l) + "\n")
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
	commenter(&b, modele.Texte{
		Fr: "Balises sans colonne (colonne, constante, ou valeur par défaut du projet) :",
		En: "Tags without a column (a \"colonne\", a \"constante\", or a default of the project):",
	}.In(l), p.SansColonne)
	commenter(&b, modele.Texte{Fr: "Colonnes inutilisées :", En: "Columns that are not used:"}.In(l), p.Inutilisees)
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
