package accuse

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/encoding/charmap"

	"guichet/modele"
)

// Measures of the PDF, in millimetres.
const (
	marge     = 20
	nomLarge  = 52 // column of the names of facts
	ligneHaut = 5.2
)

// PDF writes the receipt as a PDF. The same receipt gives the same bytes. The library makes no tags: the page of the
// receipt is its twin for those who need them, and the text is selectable and in reading order.
func (a *Accuse) PDF(l modele.Langue) ([]byte, error) {
	f := &feuille{Fpdf: fpdf.New("P", "mm", "A4", ""), e: &ecrivain{Accuse: a, langue: l}}
	f.ouvrir()
	f.SetFont("Helvetica", "B", 18)
	f.MultiCell(0, 9, cp1252(a.Titre().In(l)), "", "L", false)
	for _, r := range append(a.Rubriques(l), a.Details(l)...) {
		f.rubrique(r)
	}
	f.Ln(3)
	f.phrase(f.e.t("Cet accusé se lit aussi en page web, depuis la page du dépôt.", "This receipt is also a web page, led to from the page of the deposit."))
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		return nil, fmt.Errorf("write the receipt %s as PDF: %w", a.Numero, err)
	}
	return b.Bytes(), nil
}

// feuille is the PDF while it is written.
type feuille struct {
	*fpdf.Fpdf
	e *ecrivain
}

// ouvrir sets the document up. Its dates are the deposit's.
func (f *feuille) ouvrir() {
	f.SetCatalogSort(true)
	f.SetCompression(false) // the library makes a new compressor for each page, which costs more than all else
	f.SetCreationDate(f.e.Recu.UTC())
	f.SetModificationDate(f.e.Recu.UTC())
	f.SetLang(f.e.t("fr", "en"))
	f.SetTitle(f.e.Titre().In(f.e.langue), true)
	f.SetAuthor(f.e.Agence.Nom, true)
	f.SetMargins(marge, marge, marge)
	f.SetAutoPageBreak(true, marge)
	f.AliasNbPages("{pages}")
	f.SetFooterFunc(func() {
		f.SetY(-marge + 6)
		f.SetFont("Helvetica", "", 8.5)
		f.CellFormat(0, ligneHaut, cp1252(fmt.Sprintf("%s – page %d/{pages}", f.e.Numero, f.PageNo())), "", 0, "R", false, 0, "")
	})
	f.AddPage()
}

func (f *feuille) rubrique(r Rubrique) {
	f.place(4 * ligneHaut)
	f.Ln(3)
	f.Bookmark(cp1252(r.Titre), 0, -1)
	f.SetFont("Helvetica", "B", 12)
	f.MultiCell(0, 7, cp1252(r.Titre), "B", "L", false)
	f.Ln(1.5)
	f.SetFont("Helvetica", "", 9.5)
	for _, fait := range r.Faits {
		f.fait(fait)
	}
	if len(r.Faits) > 0 {
		f.Ln(1.5)
	}
	for _, p := range r.Phrases {
		f.phrase(p)
	}
}

// fait writes a name and, beside it, its value.
func (f *feuille) fait(x Fait) {
	largeur, _ := f.GetPageSize()
	noms, valeurs := f.lignes(x.Nom, nomLarge), f.lignes(x.Valeur, largeur-2*marge-nomLarge)
	f.place(float64(max(len(noms), len(valeurs))) * ligneHaut)
	haut, page := f.GetY(), f.PageNo()
	f.SetTextColor(80, 80, 80)
	f.colonne(marge, noms)
	bas := f.GetY()
	f.SetTextColor(0, 0, 0)
	f.SetY(haut)
	f.colonne(marge+nomLarge, valeurs)
	if f.PageNo() == page {
		f.SetY(max(bas, f.GetY()))
	}
}

// lignes divides a text into lines of a width in millimetres; most have one, which is quickly seen.
func (f *feuille) lignes(texte string, largeur float64) (lignes []string) {
	t := cp1252(texte)
	if !strings.Contains(t, "\n") && f.GetStringWidth(t) < largeur-2*f.GetCellMargin() {
		return []string{t}
	}
	for _, ligne := range f.SplitLines([]byte(t), largeur) {
		lignes = append(lignes, string(ligne))
	}
	return lignes
}

// colonne writes lines below each other, from where the page is.
func (f *feuille) colonne(gauche float64, lignes []string) {
	for _, ligne := range lignes {
		f.SetX(gauche)
		f.CellFormat(0, ligneHaut, ligne, "", 1, "L", false, 0, "")
	}
}

func (f *feuille) phrase(texte string) {
	f.SetFont("Helvetica", "", 9.5)
	f.MultiCell(0, ligneHaut, cp1252(insecables.Replace(texte)), "", "L", false)
	f.Ln(1)
}

// insecables keeps French punctuation on the line of its word.
var insecables = strings.NewReplacer(" :", "\u00a0:", " ;", "\u00a0;", "« ", "«\u00a0", " »", "\u00a0»")

// place begins a page where what comes would be cut, unless it is longer than a page.
func (f *feuille) place(haut float64) {
	_, page := f.GetPageSize()
	if f.GetY()+haut > page-marge && haut < page-2*marge {
		f.AddPage()
	}
}

// cp1252 writes a text for the fonts that every reader has. They have the letters of Western Europe: other characters,
// and those that do not print, are shown by their number.
func cp1252(texte string) string {
	var b []byte
	for _, c := range texte {
		switch {
		case c == '\u202f':
			c = '\u00a0'
		case c >= '\u2400' && c < '\u2420': // the picture of a control character
			c -= '\u2400'
		}
		octet, ok := charmap.Windows1252.EncodeRune(c)
		if ok && unicode.IsGraphic(c) {
			b = append(b, octet)
			continue
		}
		b = fmt.Appendf(b, "<U+%04X>", c)
	}
	return string(b)
}
