package gabarit

import (
	"strings"

	"guichet/modele"
	"guichet/preparation"
)

// legende explains the first sheet.
var legende = []modele.Texte{
	{Fr: "Une ligne pour chaque ESMS. Les lignes d'une même commande ont la même referenceCommande et répètent les colonnes de la commande ; celles d'un même OG répètent les colonnes de l'OG.", En: "One row for each ESMS. The rows of one order have the same referenceCommande and repeat the columns of the order; those of one OG repeat the columns of the OG."},
	{Fr: "En-têtes en gras : obligatoires ; en italique : selon le cas, voir l'obligation. Bleu : la commande ; vert : l'OG ; orange : l'ESMS.", En: "Headings in bold: mandatory; in italics: it depends, see the obligation. Blue: the order; green: the OG; orange: the ESMS."},
	{Fr: "Toutes les cellules sont au format texte, pour que les zéros de tête restent. Laissez vide ce qui n'a pas de valeur. Ensuite : guichet prepare FICHIER", En: "All cells are texts, so that leading zeros stay. Leave empty what has no value. Then: guichet prepare FILE"},
}

// colonnesAide are the headings of the help sheet.
var colonnesAide = []modele.Texte{
	{Fr: "Colonne", En: "Column"}, {Fr: "Niveau", En: "Level"}, {Fr: "Ce qu'elle dit", En: "What it says"}, {Fr: "Format", En: "Format"},
	{Fr: "Obligation", En: "Obligation"}, {Fr: "Conseil", En: "Help"}, {Fr: "Exemple", En: "Example"}, {Fr: "Source", En: "Source"},
}

var niveaux = [3]modele.Texte{
	preparation.Commande: {Fr: "commande", En: "order"}, preparation.OG: {Fr: "OG", En: "OG"}, preparation.ESMS: {Fr: "ESMS", En: "ESMS"},
}

// aide writes the help sheet: one row for each column, then how to read the colours.
func (g *gabarit) aide(nom string) error {
	titres := make([]string, len(colonnesAide))
	for i, t := range colonnesAide {
		titres[i] = t.In(g.langue)
	}
	rangees := [][]string{titres}
	for _, c := range g.colonnes {
		rangees = append(rangees, g.explication(c))
	}
	rangees = append(rangees, nil)
	for _, t := range legende {
		rangees = append(rangees, []string{t.In(g.langue)})
	}
	if err := g.rangees(nom, rangees); err != nil {
		return err
	}
	fin := colonne(len(titres))
	if err := g.f.SetCellStyle(nom, "A1", fin+"1", g.titres[1][preparation.Commande]); err != nil {
		return err
	}
	if err := g.f.SetCellStyle(nom, "A2", colonne(len(titres))+ligne(len(g.colonnes)+1), g.renvoi); err != nil {
		return err
	}
	for i, largeur := range []float64{26, 11, 40, 40, 40, 40, 24, 24} {
		if err := g.f.SetColWidth(nom, colonne(i+1), colonne(i+1), largeur); err != nil {
			return err
		}
	}
	return g.figer(nom)
}

// explication is the row of one column.
func (g *gabarit) explication(c preparation.Colonne) []string {
	l := g.langue
	rangee := []string{c.Nom, niveaux[c.Niveau].In(l)}
	switch {
	case c.Piece != "":
		return append(rangee, modele.Texte{Fr: "chemin du document, depuis le dossier du tableau", En: "path of the document, from the table's folder"}.In(l),
			modele.Texte{Fr: "document PDF, PNG ou JPG", En: "PDF, PNG or JPG document"}.In(l), obligationPiece(c).In(l), "", pieceExemple(c), "§3.3")
	case c.Champ == nil:
		return append(rangee, modele.Texte{Fr: "votre référence de la commande, qui réunit ses lignes", En: "your reference of the order, which brings its rows together"}.In(l),
			modele.Texte{Fr: "texte libre ; elle n'est pas envoyée", En: "any text; it is not sent"}.In(l), modele.Obligatoire.Phrase(l), "", "BC-2023-001", "")
	}
	if donnee(c) {
		return append(rangee, c.Champ.Libelle.In(l), g.format(c.Champ), modele.Texte{Fr: "laissez vide : guichet prepare donne le numéro", En: "leave empty: guichet prepare gives the number"}.In(l),
			modele.Texte{Fr: "à remplir seulement si un autre programme numérote vos demandes ; un numéro ne sert qu'une fois", En: "fill in only if another program numbers your requests; a number serves once"}.In(l), "", c.Champ.Source)
	}
	return append(rangee, c.Champ.Libelle.In(l), g.format(c.Champ), motsDuTableau[l].Replace(c.Champ.Obligation.Phrase(l)), c.Champ.Aide.In(l), affiche(c.Champ.Exemple), c.Champ.Source)
}

// donnee tells whether guichet gives the value of a column: the number of the demande.
func donnee(c preparation.Colonne) bool {
	return c.Champ != nil && c.Niveau == preparation.Commande && c.Nom == "numeroEditeur"
}

// motsDuTableau are those of cells, in place of those of JSON.
var motsDuTableau = map[modele.Langue]*strings.Replacer{
	modele.Francais: strings.NewReplacer("= true", "= oui", "= false", "= non", "null", "vide", `"`, ""),
	modele.Anglais:  strings.NewReplacer("= true", "= oui", "= false", "= non", "null", "empty", `"`, ""),
}

// format says how a cell is filled in, where that differs from the JSON file.
func (g *gabarit) format(c *modele.Champ) string {
	t := c.Type
	switch {
	case t.Genre == modele.Booleen:
		return modele.Texte{Fr: "oui ou non", En: "oui (yes) or non (no)"}.In(g.langue)
	case t.Genre == modele.Chaine && t.Alphabet == modele.Chiffres:
		t.Alphabet = modele.Alphanumerique // no quotes in a cell
	}
	return modele.Format(t, g.langue)
}

func obligationPiece(c preparation.Colonne) modele.Texte {
	if obligatoire(c) {
		return modele.Texte{Fr: "obligatoire", En: "mandatory"}
	}
	return modele.Texte{Fr: "obligatoire si regimeTVA = HT, sinon vide", En: "mandatory if regimeTVA = HT, otherwise empty"}
}

func pieceExemple(c preparation.Colonne) string {
	if obligatoire(c) {
		return "bon_commande/BC-2023-001.pdf"
	}
	return "preuve_ht/BC-2023-003.pdf"
}
