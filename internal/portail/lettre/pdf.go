package lettre

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/net/html"
)

// Measures of the PDF, in millimetres and points.
const (
	marge     = 25
	ligneHaut = 5.4
	corpsPDF  = 10.5
)

// PDF writes a letter as a PDF, from the very bytes of its page: the same page gives the same bytes.
func PDF(page []byte, instant time.Time) ([]byte, error) {
	arbre, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, fmt.Errorf("read a letter: %w", err)
	}
	e := &ecrivain{Fpdf: fpdf.New("P", "mm", "A4", "")}
	e.ouvrir(arbre, instant)
	for n := range arbre.Descendants() {
		if n.Type == html.ElementNode && n.Data == "article" {
			e.blocs(n, marge)
		}
	}
	var b bytes.Buffer
	if err := e.Output(&b); err != nil {
		return nil, fmt.Errorf("write a letter as PDF: %w", err)
	}
	return b.Bytes(), nil
}

// ecrivain is the PDF while it is written.
type ecrivain struct {
	*fpdf.Fpdf
	gras, italique bool
	taille         float64
}

// ouvrir sets the document up. Its dates are the decision's.
func (e *ecrivain) ouvrir(arbre *html.Node, instant time.Time) {
	e.SetCatalogSort(true)
	e.SetCreationDate(instant.UTC())
	e.SetModificationDate(instant.UTC())
	for n := range arbre.Descendants() {
		switch {
		case n.Type == html.ElementNode && n.Data == "html":
			e.SetLang(attribut(n, "lang"))
		case n.Type == html.ElementNode && n.Data == "title" && n.FirstChild != nil:
			e.SetTitle(n.FirstChild.Data, true)
		}
	}
	polices(e.Fpdf)
	e.SetMargins(marge, marge, marge)
	e.SetAutoPageBreak(true, marge)
	e.AliasNbPages("{pages}")
	e.SetFooterFunc(func() {
		e.SetY(-marge + 8)
		e.SetFont(famille, "", 8.5)
		e.CellFormat(0, ligneHaut, fmt.Sprintf("%d/{pages}", e.PageNo()), "", 0, "R", false, 0, "")
		e.police()
	})
	e.taille = corpsPDF
	e.police()
	e.AddPage()
}

func attribut(n *html.Node, nom string) string {
	for _, a := range n.Attr {
		if a.Key == nom {
			return a.Val
		}
	}
	return ""
}

// police sets the font of what comes.
func (e *ecrivain) police() {
	style := ""
	if e.gras {
		style += "B"
	}
	if e.italique {
		style += "I"
	}
	e.SetFont(famille, style, e.taille)
}

// tailles are those of headings, in points.
var tailles = map[string]float64{"h1": 16, "h2": 15, "h3": 12, "h4": 11, "h5": corpsPDF, "h6": corpsPDF}

// blocs writes what an element holds, from a margin on.
func (e *ecrivain) blocs(parent *html.Node, gauche float64) {
	for n := range parent.ChildNodes() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "h1", "h2", "h3", "h4", "h5", "h6":
			e.titre(n, gauche)
		case "p":
			e.paragraphe(n, gauche)
		case "ul", "ol":
			e.liste(n, gauche)
		case "blockquote":
			e.blocs(n, gauche+8)
		case "hr":
			e.trait(gauche)
		}
	}
}

func (e *ecrivain) titre(n *html.Node, gauche float64) {
	e.place(5 * ligneHaut)
	e.Ln(2)
	e.gras, e.taille = true, tailles[n.Data]
	e.Bookmark(texteDe(n), 0, -1)
	e.paragraphe(n, gauche)
	e.gras, e.taille = false, corpsPDF
	e.police()
}

// paragraphe writes a paragraph. Lines that are broken on purpose (an address, who signs) stay on one page.
func (e *ecrivain) paragraphe(n *html.Node, gauche float64) {
	if c := coupures(n); c > 0 {
		e.place(float64(min(c, maxEnsemble)+1) * e.hauteur())
	}
	e.mots(n, gauche)
	e.Ln(ligneHaut + 2)
}

// maxEnsemble is how many lines stay together at most: a longer block goes on overleaf.
const maxEnsemble = 12

// coupures counts the lines that an element ends on purpose.
func coupures(n *html.Node) (c int) {
	for x := range n.Descendants() {
		if x.Type == html.ElementNode && x.Data == "br" {
			c++
		}
	}
	return c
}

// mots writes the words of an element.
func (e *ecrivain) mots(n *html.Node, gauche float64) {
	e.SetLeftMargin(gauche)
	e.SetX(gauche)
	e.police()
	e.dedans(n)
	e.SetLeftMargin(marge)
}

// dedans writes words with their styles.
func (e *ecrivain) dedans(parent *html.Node) {
	for n := range parent.ChildNodes() {
		switch {
		case n.Type == html.TextNode:
			e.Write(e.hauteur(), enPolice(strings.ReplaceAll(n.Data, "\n", " ")))
		case n.Data == "br":
			e.Ln(e.hauteur())
			if s := n.NextSibling; s != nil && s.Type == html.TextNode {
				s.Data = strings.TrimLeft(s.Data, "\n ")
			}
		case n.Data == "strong" || n.Data == "em":
			gras, italique := e.gras, e.italique
			e.gras, e.italique = gras || n.Data == "strong", italique || n.Data == "em"
			e.police()
			e.dedans(n)
			e.gras, e.italique = gras, italique
			e.police()
		case n.Data == "a":
			e.WriteLinkString(e.hauteur(), enPolice(texteDe(n)), attribut(n, "href"))
		case n.Data != "ul" && n.Data != "ol" && n.Data != "p":
			e.dedans(n)
		}
	}
}

func (e *ecrivain) hauteur() float64 { return ligneHaut * e.taille / corpsPDF }

// liste writes a list: each item after its mark.
func (e *ecrivain) liste(n *html.Node, gauche float64) {
	rang := 0
	for item := range n.ChildNodes() {
		if item.Type != html.ElementNode {
			continue
		}
		rang++
		puce := "–"
		if n.Data == "ol" {
			puce = fmt.Sprintf("%d.", rang)
		}
		e.place(ligneHaut)
		e.SetX(gauche + 2)
		e.CellFormat(5, ligneHaut, puce, "", 0, "L", false, 0, "")
		e.element(item, gauche+8)
	}
	e.Ln(1.5)
}

// element writes an item: words, or blocks.
func (e *ecrivain) element(item *html.Node, gauche float64) {
	premier := true
	for n := range item.ChildNodes() {
		switch {
		case n.Type == html.ElementNode && n.Data == "p":
			e.mots(n, gauche)
			e.Ln(ligneHaut)
		case n.Type == html.ElementNode && (n.Data == "ul" || n.Data == "ol" || n.Data == "blockquote"):
			if premier {
				e.Ln(ligneHaut)
			}
			e.blocs(&html.Node{Type: html.ElementNode, FirstChild: n, LastChild: n}, gauche)
		case premier && (n.Type == html.ElementNode || strings.TrimSpace(n.Data) != ""):
			e.mots(item, gauche)
			e.Ln(ligneHaut)
		default:
			continue
		}
		premier = false
	}
}

func (e *ecrivain) trait(gauche float64) {
	largeur, _ := e.GetPageSize()
	e.Ln(2)
	e.Line(gauche, e.GetY(), largeur-marge, e.GetY())
	e.Ln(4)
}

// place begins a page where what comes would be cut.
func (e *ecrivain) place(haut float64) {
	if _, page := e.GetPageSize(); e.GetY()+haut > page-marge {
		e.AddPage()
	}
}

// texteDe is what people read of an element.
func texteDe(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
		}
	}
	return strings.ReplaceAll(b.String(), "\n", " ")
}
