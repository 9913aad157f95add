// Package gabarit writes the empty spreadsheet of a model, which suppliers fill in with their orders and
// guichet prepare reads: headings, lists, help and a filled example, all from the tag table.
package gabarit

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"guichet/internal/classeur"
	"guichet/modele"
	"guichet/preparation"
)

// The sheets of the workbook. Only the first one is to be filled in.
var (
	feuilleCommandes  = modele.Texte{Fr: "Commandes", En: "Orders"}
	feuilleAide       = modele.Texte{Fr: "Aide", En: "Help"}
	feuilleExemple    = modele.Texte{Fr: "Exemple", En: "Example"}
	feuilleOperateurs = modele.Texte{Fr: "Opérateurs", En: "Operators"}
)

// FeuilleCorriger lists, in a copy of a workbook, the cells to mend.
var FeuilleCorriger = modele.Texte{Fr: "À corriger", En: "To mend"}

// Annexe tells whether a sheet is one of those that explain the others, and holds no orders.
func Annexe(feuille string) bool {
	for _, t := range []modele.Texte{feuilleAide, feuilleExemple, feuilleOperateurs, FeuilleCorriger} {
		if feuille == t.Fr || feuille == t.En {
			return true
		}
	}
	return false
}

// CSV writes the headings of the layout, and with exemple the rows of a filled example below them: a CSV file
// has one sheet only.
func CSV(w io.Writer, m *modele.Modele, exemple bool) error {
	lignes := [][]string{entetes(preparation.Disposition(m))}
	if exemple {
		lignes = append(lignes, Exemple(m)...)
	}
	return classeur.EcrireLignesCSV(w, lignes)
}

func entetes(colonnes []preparation.Colonne) []string {
	noms := make([]string, len(colonnes))
	for i, c := range colonnes {
		noms[i] = c.Nom
	}
	return noms
}

// XLSX writes the workbook, with exemple its first sheet is filled in too. The same model gives the same
// bytes.
func XLSX(w io.Writer, m *modele.Modele, exemple bool, l modele.Langue) error {
	f := excelize.NewFile()
	defer f.Close()
	g := &gabarit{f: f, modele: m, langue: l, colonnes: preparation.Disposition(m)}
	if err := g.ecrire(exemple); err != nil {
		return fmt.Errorf("write the template: %w", err)
	}
	return classeur.Clore(f, w)
}

// gabarit is a workbook in the making.
type gabarit struct {
	f        *excelize.File
	modele   *modele.Modele
	langue   modele.Langue
	colonnes []preparation.Colonne
	titres   [2][3]int // styles of headings: mandatory or not, by level
	texte    int       // style of cells
	renvoi   int       // style of texts that run over several lines
}

func (g *gabarit) ecrire(exemple bool) error {
	if err := g.styles(); err != nil {
		return err
	}
	var remplies [][]string
	if exemple {
		remplies = Exemple(g.modele)
	}
	for i, ecrire := range []func(nom string) error{
		func(nom string) error { return g.commandes(nom, remplies) }, g.aide,
		func(nom string) error { return g.commandes(nom, Exemple(g.modele)) }, g.operateurs,
	} {
		nom := []modele.Texte{feuilleCommandes, feuilleAide, feuilleExemple, feuilleOperateurs}[i].In(g.langue)
		if err := classeur.PoserFeuille(g.f, i, nom); err != nil {
			return err
		}
		if err := ecrire(nom); err != nil {
			return fmt.Errorf("sheet %s: %w", nom, err)
		}
	}
	return g.validations(feuilleCommandes.In(g.langue))
}

// couleurs of the headings, light enough for black text: order, OG, ESMS.
var couleurs = [3]string{"CFE2F3", "D9EAD3", "FCE5CD"}

func (g *gabarit) styles() (err error) {
	for niveau, couleur := range couleurs {
		for i, obligatoire := range []bool{false, true} {
			if g.titres[i][niveau], err = g.f.NewStyle(&excelize.Style{
				Font: &excelize.Font{Bold: obligatoire, Italic: !obligatoire}, NumFmt: 49,
				Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{couleur}},
			}); err != nil {
				return err
			}
		}
	}
	if g.texte, err = g.f.NewStyle(&excelize.Style{NumFmt: 49}); err != nil { // 49 is text: zeros stay
		return err
	}
	g.renvoi, err = g.f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	return err
}

// commandes writes a sheet of orders: one row of headings, then rows as they are filled in.
func (g *gabarit) commandes(nom string, rangees [][]string) error {
	if err := g.f.SetColStyle(nom, "A:"+colonne(len(g.colonnes)), g.texte); err != nil {
		return err
	}
	if err := g.rangees(nom, append([][]string{entetes(g.colonnes)}, rangees...)); err != nil {
		return err
	}
	for i, c := range g.colonnes {
		cellule, lettres := colonne(i+1)+"1", colonne(i+1)
		style := g.titres[0][c.Niveau]
		if obligatoire(c) {
			style = g.titres[1][c.Niveau]
		}
		if err := g.f.SetCellStyle(nom, cellule, cellule, style); err != nil {
			return err
		}
		if err := g.f.SetColWidth(nom, lettres, lettres, float64(max(14, len(c.Nom)+3))); err != nil {
			return err
		}
	}
	return g.f.SetPanes(nom, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"})
}

// rangees writes texts from the first row on.
func (g *gabarit) rangees(nom string, rangees [][]string) error {
	for i, r := range rangees {
		if err := g.f.SetSheetRow(nom, "A"+strconv.Itoa(i+1), &r); err != nil {
			return err
		}
	}
	return nil
}

// colonne returns the letters of a column, counted from 1.
func colonne(n int) string {
	s, err := excelize.ColumnNumberToName(n)
	if err != nil {
		panic(err) // more columns than a sheet has
	}
	return s
}

// obligatoire tells whether every row needs a value in a column.
func obligatoire(c preparation.Colonne) bool {
	if donnee(c) {
		return false
	}
	if c.Champ == nil {
		return c.Piece == "" || c.Piece == pieceDeToutes
	}
	toujours, constante := modele.Constante(c.Champ.Obligation.Obligatoire)
	return toujours && constante
}

// pieceDeToutes is the document that every demande has (§3.3).
const pieceDeToutes = "BON_COMMANDE"
