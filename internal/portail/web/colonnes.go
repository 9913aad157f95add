package web

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"text/template/parse"
)

// nommer has each cell of a table carry the name of its column, and each part of the table its role: in a narrow window
// the style sheet shows each row as a card, where the head is out of sight and display has taken the roles away. Templates
// write plain tables. One whose columns have no fixed names is a programming error, and panics; a table with a class is
// left as it is.
func nommer(gabarit string, n parse.Node) {
	t := tableur{gabarit: gabarit}
	t.noeud(n)
}

type tableur struct {
	gabarit  string
	dans     bool // within a table
	tete     bool // within its head
	nom      *bytes.Buffer
	colonnes []string
	cellule  int // how many cells of the row there were
}

func (t *tableur) noeud(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, x := range n.Nodes {
				t.noeud(x)
			}
		}
	case *parse.TextNode:
		n.Text = t.texte(n.Text)
	case *parse.IfNode:
		t.branches(&n.BranchNode)
	case *parse.WithNode:
		t.branches(&n.BranchNode)
	case *parse.RangeNode:
		t.branches(&n.BranchNode)
	default:
		if t.nom != nil {
			t.paniquer("the name of a column is a text, not " + n.String())
		}
	}
}

// branches reads both: they stand in the same columns.
func (t *tableur) branches(n *parse.BranchNode) {
	avant := t.cellule
	t.noeud(n.List)
	apres := t.cellule
	if n.ElseList == nil {
		return
	}
	t.cellule = avant
	t.noeud(n.ElseList)
	if t.dans && t.cellule != apres {
		t.paniquer("both branches have as many cells")
	}
}

// balise is a tag without attributes, or what stands before those of one.
var balise = regexp.MustCompile(`</?(?:table|thead|tbody|tr|th|td)\b>?`)

func (t *tableur) texte(texte []byte) []byte {
	var b bytes.Buffer
	for lieu := balise.FindIndex(texte); lieu != nil; lieu = balise.FindIndex(texte) {
		t.ecrire(&b, texte[:lieu[0]])
		b.WriteString(t.baliser(string(texte[lieu[0]:lieu[1]])))
		texte = texte[lieu[1]:]
	}
	t.ecrire(&b, texte)
	return b.Bytes()
}

// ecrire leaves a text as it is; in a heading it is a part of the column's name.
func (t *tableur) ecrire(b *bytes.Buffer, texte []byte) {
	b.Write(texte)
	if t.nom != nil {
		t.nom.Write(texte)
	}
}

// baliser writes a tag, or the beginning of one, as it is served.
func (t *tableur) baliser(b string) string {
	if b == "<table>" {
		*t = tableur{gabarit: t.gabarit, dans: true}
	}
	if !t.dans {
		return b
	}
	nom := strings.Trim(b, "</>")
	fin := strings.TrimPrefix(b, "<"+nom)
	switch b {
	case "</table>":
		t.dans = false
	case "</thead>":
		t.tete = false
	case "</th>":
		t.finir()
	}
	if strings.HasPrefix(b, "</") {
		return b
	}
	attributs := t.attributs(nom)
	if t.nom != nil {
		t.nom.WriteString(fin)
	}
	return "<" + nom + attributs + fin
}

// roles are those of the parts of a table, which cards would lose.
var roles = map[string]string{"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "rowheader", "td": "cell"}

func (t *tableur) attributs(nom string) string {
	role := ` role="` + roles[nom] + `"`
	switch nom {
	case "thead":
		t.tete = true
	case "tr":
		t.cellule = 0
	case "th", "td":
		if !t.tete {
			return role + ` data-colonne="` + t.colonne() + `"`
		}
		t.nom = bytes.NewBufferString("<th") // its attributes follow
		return ` role="columnheader"`
	}
	return role
}

var element = regexp.MustCompile(`<[^>]*>`)

// finir ends the name of a column.
func (t *tableur) finir() {
	if t.nom == nil {
		return
	}
	nom := html.EscapeString(html.UnescapeString(strings.TrimSpace(element.ReplaceAllString(t.nom.String(), ""))))
	if nom == "" {
		t.paniquer("each column has a name")
	}
	t.colonnes, t.nom = append(t.colonnes, nom), nil
}

// colonne is the name of the next cell's.
func (t *tableur) colonne() string {
	if t.cellule >= len(t.colonnes) {
		t.paniquer(fmt.Sprintf("a row has more cells than the %d columns", len(t.colonnes)))
	}
	t.cellule++
	return t.colonnes[t.cellule-1]
}

func (t *tableur) paniquer(attendu string) {
	panic(fmt.Sprintf("%s: in a table, %s", t.gabarit, attendu))
}
