package preparation

import (
	"slices"
	"strings"
)

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
