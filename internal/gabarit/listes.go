package gabarit

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"guichet/internal/classeur"
	"guichet/modele"
	"guichet/preparation"
)

// derniere is the last row that has lists and input messages.
const derniere = 10_000

// operateurs lists the codes of each closed list, in two columns with their labels.
func (g *gabarit) operateurs(nom string) error {
	rangees := [][]string{{"code", modele.Texte{Fr: "libellé", En: "label"}.In(g.langue)}}
	if n := g.nomenclature(); n != nil {
		for _, e := range n.Codes {
			rangees = append(rangees, []string{e.Code, e.Libelle})
		}
	}
	if err := g.rangees(nom, rangees); err != nil {
		return err
	}
	if err := g.f.SetCellStyle(nom, "A1", "B1", g.titres[1][preparation.ESMS]); err != nil {
		return err
	}
	if err := g.f.SetColWidth(nom, "A", "A", 14); err != nil {
		return err
	}
	if err := g.f.SetColWidth(nom, "B", "B", 70); err != nil {
		return err
	}
	return g.figer(nom)
}

func (g *gabarit) figer(nom string) error { return g.f.SetPanes(nom, classeur.EnteteFixe) }

// nomenclature returns the closed list that a column takes its codes from.
func (g *gabarit) nomenclature() *modele.Nomenclature {
	for _, c := range g.colonnes {
		if c.Champ != nil && c.Champ.Type.Genre == modele.Code {
			return c.Champ.Type.Nomenclature
		}
	}
	return nil
}

// validations gives each column its list, and a message that shows when one of its cells is chosen.
func (g *gabarit) validations(nom string) error {
	for i, c := range g.colonnes {
		v := excelize.NewDataValidation(true)
		v.SetSqref(colonne(i+1) + "2:" + colonne(i+1) + ligne(derniere))
		explication := g.explication(c)
		v.SetInput(abreger(c.Nom, 32), abreger(explication[2]+"\n"+explication[3]+"\n"+explication[4], 255))
		if c.Champ != nil {
			if err := g.liste(v, c.Champ); err != nil {
				return err
			}
		}
		if err := g.f.AddDataValidation(nom, v); err != nil {
			return err
		}
	}
	return nil
}

// liste offers the values of a tag. Where several can stand together, or are too many to look through, others
// may be typed: guichet prepare reads them.
func (g *gabarit) liste(v *excelize.DataValidation, c *modele.Champ) error {
	titre, texte := modele.Texte{Fr: "Valeur inconnue", En: "Unknown value"}.In(g.langue), abreger(g.format(c), 255)
	switch c.Type.Genre {
	case modele.Choix:
		v.SetError(excelize.DataValidationErrorStyleStop, titre, texte)
		return v.SetDropList(c.Type.Valeurs)
	case modele.Booleen:
		v.SetError(excelize.DataValidationErrorStyleStop, titre, texte)
		return v.SetDropList([]string{oui, non})
	case modele.ChoixMultiple:
		return v.SetDropList(c.Type.Valeurs)
	case modele.Code:
		v.SetSqrefDropList("'" + feuilleOperateurs.In(g.langue) + "'!$A$2:$A$" + ligne(len(c.Type.Nomenclature.Codes)+1))
	}
	return nil
}

func ligne(n int) string { return strconv.Itoa(n) }

// abreger cuts a text to what Excel shows, in characters.
func abreger(s string, max int) string {
	if r := []rune(s); len(r) > max {
		return string(r[:max-1]) + "…"
	}
	return s
}
