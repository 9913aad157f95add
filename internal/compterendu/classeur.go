package compterendu

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"guichet/diag"
	"guichet/internal/classeur"
	"guichet/modele"
	"guichet/preparation"
	"guichet/valeur"
)

// Limits of an annotated workbook: Excel grows slow with many notes. Cells beyond them are coloured and listed, then
// coloured only.
const (
	maxNotes = 2000
	maxListe = 10_000
)

// Limits of a workbook that is opened to be annotated, in bytes.
const (
	maxPaquet  = 1 << 30
	maxFeuille = 64 << 20 // kept in memory; larger sheets go through a file
)

// note is what is said of a cell.
type note struct {
	lieu      preparation.Lieu
	poids     poids
	reference string
	gravite   string
	code      string
	trouve    string
	faire     string
}

// poids tells the colour of a cell: that of the heaviest of its notes.
type poids uint8

const (
	repare poids = iota
	averti
	fautif
	nombrePoids
)

// couleurs are pale enough for black text.
var couleurs = [nombrePoids]string{repare: "FFD8A8", averti: "FFF3BF", fautif: "FFA8A8"}

// annotateur marks the cells of one workbook.
type annotateur struct {
	*CompteRendu
	f       *excelize.File
	l       modele.Langue
	styles  map[[2]int]int // by the style of a cell and the colour
	fonds   [nombrePoids]int
	ecrites int
	muettes map[string]bool // sheets that take no notes
	refait  bool            // the workbook was made again of the cells alone
}

// EcrireClasseur writes a copy of a source, with its cells coloured and a sheet in front that lists them. What is no
// workbook becomes one, of its cells as texts; so does a workbook that the library cannot write as it is.
func (c *CompteRendu) EcrireClasseur(w io.Writer, source string, l modele.Langue) error {
	copie, err := c.annote(source, l, paquet(source))
	if err != nil && paquet(source) {
		copie, err = c.annote(source, l, false)
	}
	if err != nil {
		return err
	}
	_, err = copie.WriteTo(w)
	return err
}

// paquet tells whether the name is that of a workbook which is annotated as it is.
func paquet(source string) bool {
	ext := strings.ToLower(filepath.Ext(source))
	return ext == ".xlsx" || ext == ".xlsm"
}

// annote returns the annotated copy: of the workbook as it is, or of its cells. The library panics on some packages
// that lack a part it counts on: this is an error like others.
func (c *CompteRendu) annote(source string, l modele.Langue, telQuel bool) (copie *bytes.Buffer, err error) {
	a := &annotateur{CompteRendu: c, l: l, styles: map[[2]int]int{}, muettes: map[string]bool{}, refait: !telQuel}
	defer func() {
		if faute := recover(); faute != nil {
			copie, err = nil, fmt.Errorf("%s: %v", a.t("ce classeur ne se laisse pas annoter", "this workbook does not take notes"), faute)
		}
		if a.f != nil {
			err = errors.Join(err, a.f.Close())
		}
	}()
	if err := a.ouvrir(source); err != nil {
		return nil, err
	}
	notes := a.notes(source)
	if err := a.nettoyer(); err != nil {
		return nil, fmt.Errorf("take former notes away: %w", err)
	}
	if err := a.marquer(notes); err != nil {
		return nil, fmt.Errorf("mark cells: %w", err)
	}
	if err := a.lister(notes); err != nil {
		return nil, fmt.Errorf("list cells: %w", err)
	}
	return a.f.WriteToBuffer()
}

// ouvrir opens the workbook as it is, or makes one of its cells.
func (a *annotateur) ouvrir(source string) (err error) {
	if a.refait {
		return a.refaire(source)
	}
	a.f, err = excelize.OpenFile(source, excelize.Options{UnzipSizeLimit: maxPaquet, UnzipXMLSizeLimit: maxFeuille})
	if err != nil {
		return err
	}
	return a.completer()
}

// refaire makes a workbook of texts.
func (a *annotateur) refaire(source string) error {
	c, err := classeur.Ouvrir(source, classeur.Options{FeuillesMasquees: true})
	if err != nil {
		return err
	}
	defer c.Close()
	a.f = excelize.NewFile()
	texte, err := a.f.NewStyle(&excelize.Style{NumFmt: 49}) // so that Excel leaves what is typed alone
	if err != nil {
		return err
	}
	for i, f := range c.Feuilles {
		nom := cmp.Or(f.Nom, a.nomDeCSV(source))
		if err := classeur.PoserFeuille(a.f, i, nom); err != nil {
			return err
		}
		if err := a.f.SetColStyle(nom, "A:XFD", texte); err != nil {
			return err
		}
		err := f.Rangees(func(ligne int, cellules []preparation.Cellule) error {
			for j, cell := range cellules {
				if err := a.f.SetCellStr(nom, preparation.Lettres(j)+strconv.Itoa(ligne), afficher(cell)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// nomDeCSV is the name of the sheet of a file that has none, within what spreadsheets allow.
func (a *annotateur) nomDeCSV(source string) string {
	nom := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return '-'
		}
		return r
	}, strings.TrimSuffix(filepath.Base(source), filepath.Ext(source)))
	if r := []rune(nom); len(r) > 31 {
		nom = string(r[:31])
	}
	return cmp.Or(nom, "CSV")
}

// afficher is the text of a cell as people see it, what it holds where that is not known.
func afficher(c preparation.Cellule) string {
	if texte, certain := c.Montre(); certain {
		return valeur.Lisible(texte)
	}
	return valeur.Lisible(c.Texte)
}

// notes gathers what is said of a source, in the order of its rows; what must be mended first.
func (a *annotateur) notes(source string) (notes []note) {
	fautes := a.enOrdre()
	for i := range fautes {
		f := &fautes[i]
		n := note{
			lieu: f.Lieu, poids: averti, reference: a.Reference(f.Lieu), gravite: diag.WordGravite(f.Gravite, a.l),
			code: f.Code, trouve: f.Message.In(a.l), faire: f.Aide.In(a.l),
		}
		if f.Bloquante() {
			n.poids = fautif
		}
		notes = append(notes, n)
	}
	for _, r := range a.Reparations {
		notes = append(notes, note{
			lieu: r.Lieu, poids: repare, reference: a.Reference(r.Lieu), gravite: a.t("réparé", "repaired"),
			trouve: fmt.Sprintf(a.t("« %s » est écrit %s dans le fichier : %s", `"%s" is written %s in the file: %s`), r.Trouve(a.l), r.Ecrit(a.l), r.Motif.In(a.l)),
		})
	}
	notes = slices.DeleteFunc(notes, func(n note) bool { return n.lieu.Fichier != source })
	slices.SortStableFunc(notes, func(x, y note) int { return cmp.Compare(y.poids, x.poids) })
	return notes
}

func (a *annotateur) t(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(a.l) }

// feuille is the sheet of a place.
func (a *annotateur) feuille(l preparation.Lieu) string {
	if l.Feuille == "" {
		return a.f.GetSheetName(0)
	}
	return l.Feuille
}

// cellule names the cell of a place; of a row the first, "" for what is about the whole sheet.
func cellule(l preparation.Lieu) string {
	if l.Ligne == 0 {
		return ""
	}
	return cmp.Or(l.Colonne, "A") + strconv.Itoa(l.Ligne)
}

// marquer colours the cells and puts notes on them. The notes of one cell follow each other.
func (a *annotateur) marquer(notes []note) error {
	type place struct{ feuille, cellule string }
	var ordre []place
	parCellule := map[place][]note{}
	for _, n := range notes {
		p := place{a.feuille(n.lieu), cellule(n.lieu)}
		if p.cellule == "" {
			continue
		}
		if parCellule[p] == nil {
			ordre = append(ordre, p)
		}
		parCellule[p] = append(parCellule[p], n)
	}
	presents := map[string]map[string]excelize.Comment{}
	for _, p := range ordre {
		dites := parCellule[p]
		if err := a.colorer(p.feuille, p.cellule, dites[0].poids); err != nil {
			return err
		}
		if presents[p.feuille] == nil {
			var err error
			if presents[p.feuille], err = a.commentaires(p.feuille); err != nil {
				return err
			}
		}
		if err := a.annoter(p.feuille, p.cellule, dites, presents[p.feuille]); err != nil {
			return err
		}
	}
	return nil
}

// colorer gives a cell a colour, and leaves all else of its style as it was.
func (a *annotateur) colorer(feuille, cellule string, p poids) error {
	avant, err := a.f.GetCellStyle(feuille, cellule)
	if err != nil {
		return err
	}
	if a.fonds[p] == 0 {
		a.fonds[p], err = a.f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{couleurs[p]}}})
		if err != nil {
			return err
		}
	}
	apres, err := a.fond(avant, a.fonds[p])
	if err != nil {
		return err
	}
	return a.f.SetCellStyle(feuille, cellule, cellule, apres)
}

// fond returns the style that is like one but has the background of another. The library's own way through its
// Style would lose what that does not know, such as colours of the theme.
func (a *annotateur) fond(comme, de int) (int, error) {
	if s, known := a.styles[[2]int{comme, de}]; known {
		return s, nil
	}
	xfs := a.f.Styles.CellXfs
	if comme >= len(xfs.Xf) || de >= len(xfs.Xf) {
		return 0, fmt.Errorf("style %d or %d of %d", comme, de, len(xfs.Xf))
	}
	xf := xfs.Xf[comme]
	xf.FillID, xf.ApplyFill = xfs.Xf[de].FillID, xfs.Xf[de].ApplyFill
	xfs.Xf = append(xfs.Xf, xf)
	xfs.Count = len(xfs.Xf)
	a.styles[[2]int{comme, de}] = xfs.Count - 1
	return xfs.Count - 1, nil
}
