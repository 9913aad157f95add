package compterendu

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"guichet/diag"
	"guichet/internal/gabarit"
	"guichet/modele"
)

// The columns of the list.
var (
	entetes = []modele.Texte{
		{Fr: "Feuille", En: "Sheet"}, {Fr: "Cellule", En: "Cell"}, {Fr: "Balise", En: "Tag"}, {Fr: "Commande", En: "Order"},
		{Fr: "Gravité", En: "Weight"}, {Fr: "Code", En: "Code"}, {Fr: "Ce qui a été trouvé", En: "What was found"}, {Fr: "À faire", En: "To do"},
	}
	largeurs = []float64{18, 9, 24, 18, 10, 7, 70, 60}
)

// lister adds the list, in front of the other sheets. Which sheet opens first stays as the person left it: the others
// are not touched.
func (a *annotateur) lister(notes []note) error {
	nom := a.nomDeListe()
	if _, err := a.f.NewSheet(nom); err != nil {
		return err
	}
	if err := a.remplir(nom, notes); err != nil {
		return err
	}
	a.devant()
	return nil
}

// nomDeListe is a name that no sheet has.
func (a *annotateur) nomDeListe() string {
	nom := gabarit.FeuilleCorriger.In(a.l)
	for n := 2; ; n++ {
		if i, err := a.f.GetSheetIndex(nom); err != nil || i < 0 {
			return nom
		}
		nom = fmt.Sprintf("%s (%d)", gabarit.FeuilleCorriger.In(a.l), n)
	}
}

func (a *annotateur) remplir(nom string, notes []note) error {
	titre, err := a.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	var styles [nombrePoids][2]int // with and without a link
	for p := range styles {
		for i, police := range []*excelize.Font{{Underline: "single", Color: "0C5A62"}, {}} {
			styles[p][i], err = a.f.NewStyle(&excelize.Style{
				Font: police, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
				Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{couleurs[p]}},
			})
			if err != nil {
				return err
			}
		}
	}
	for i, e := range entetes {
		col := lettres(i)
		if err := a.f.SetColWidth(nom, col, col, largeurs[i]); err != nil {
			return err
		}
		if err := a.f.SetCellStr(nom, col+"1", e.In(a.l)); err != nil {
			return err
		}
	}
	if err := a.f.SetCellStyle(nom, "A1", lettres(len(entetes)-1)+"1", titre); err != nil {
		return err
	}
	ligne := 1
	for _, n := range notes[:min(len(notes), maxListe)] {
		ligne++
		if err := a.inscrire(nom, ligne, n, styles[n.poids]); err != nil {
			return err
		}
	}
	for _, fin := range a.fins(notes) {
		ligne++
		if err := a.f.SetCellStr(nom, "A"+strconv.Itoa(ligne), fin); err != nil {
			return err
		}
	}
	return a.f.SetPanes(nom, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// inscrire writes the line of a note, with a link to its cell.
func (a *annotateur) inscrire(nom string, ligne int, n note, styles [2]int) error {
	rang := strconv.Itoa(ligne)
	feuille, ou := a.feuille(n.lieu), cellule(n.lieu)
	for i, v := range []string{feuille, ou, n.lieu.Balise, n.reference, n.gravite, n.code, n.trouve, n.faire} {
		if err := a.f.SetCellStr(nom, lettres(i)+rang, net(v)); err != nil {
			return err
		}
	}
	if err := a.f.SetCellStyle(nom, "A"+rang, lettres(len(entetes)-1)+rang, styles[1]); err != nil || ou == "" {
		return err
	}
	lien := "'" + strings.ReplaceAll(feuille, "'", "''") + "'!" + ou
	if err := a.f.SetCellHyperLink(nom, "B"+rang, lien, "Location"); err != nil {
		return err
	}
	return a.f.SetCellStyle(nom, "B"+rang, "B"+rang, styles[0])
}

// fins end the list: what is not in it, and what this copy is.
func (a *annotateur) fins(notes []note) (fins []string) {
	if len(notes) == 0 {
		fins = append(fins, a.t("Rien à corriger ni à vérifier.", "Nothing to mend, nothing to look at."))
	}
	if n := len(notes) - maxListe; n > 0 {
		fins = append(fins, fmt.Sprintf(a.t("… et %s autres, hors de cette liste.", "… and %s others that are not in this list."), diag.Number(n, a.l)))
	}
	if n := a.FautesOmises + a.ReparationsOmises; n > 0 {
		fins = append(fins, fmt.Sprintf(a.t("… et %s de plus, comptées seulement.", "… and %s more that were only counted."), diag.Number(n, a.l)))
	}
	if a.ecrites == maxNotes {
		fins = append(fins, fmt.Sprintf(a.t("Les %s premières cellules ont une note ; les suivantes sont colorées.", "The first %s cells have a note; those after them are coloured."), diag.Number(maxNotes, a.l)))
	}
	for _, f := range a.f.GetSheetList() {
		if a.muettes[f] {
			fins = append(fins, fmt.Sprintf(a.t("Feuille %s : cellules colorées, sans note, pour ne pas abîmer les notes ou les boutons qu'elle a déjà.", "Sheet %s: cells are coloured, without notes, so as not to harm the notes or buttons that it has."), f))
		}
	}
	if a.refait {
		fins = append(fins, a.t("Ce classeur reprend les cellules de la source comme textes, sans sa mise en forme.", "This workbook has the cells of the source as texts, without its layout."))
	}
	return append(fins,
		a.t("Rouge : à corriger. Jaune : à vérifier. Orange : réparé dans le fichier à déposer.", "Red: to mend. Yellow: to look at. Orange: repaired in the file to deposit."),
		a.t("Cette feuille n'est pas lue par guichet prepare : le classeur corrigé peut servir tel quel.", "guichet prepare does not read this sheet: the workbook can be used as it is, once it is mended."))
}

func lettres(i int) string { return string(rune('A' + i)) }

// devant puts the last sheet in front. What counts sheets, the names of ranges and the sheet that is open, counts one
// more.
func (a *annotateur) devant() {
	wb := a.f.WorkBook
	liste := wb.Sheets.Sheet
	n := len(liste) - 1
	nouvelle := liste[n]
	copy(liste[1:], liste[:n])
	liste[0] = nouvelle
	if wb.DefinedNames != nil {
		for i := range wb.DefinedNames.DefinedName {
			if id := wb.DefinedNames.DefinedName[i].LocalSheetID; id != nil {
				*id++
			}
		}
	}
	if wb.BookViews != nil {
		for i := range wb.BookViews.WorkBookView {
			wb.BookViews.WorkBookView[i].ActiveTab++
		}
	}
}
