package web

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"guichet/internal/portail/ecrit"
)

// What somebody wrote stands in most pages. Templates do not have to think of it: where a value becomes words of the page,
// what does not print is made visible, and a name that runs from right to left is set apart in <bdi>. Values of fields
// and addresses are left as they are.

// fonctions are those that montrer puts into templates. The first stands in for the escaper of html/template that has this
// name, which then adds none of its own: a value goes through one function instead of two, of which a page calls hundreds.
var fonctions = template.FuncMap{"html": montre, "visible": visible}

// montre is a value among the words of a page, escaped.
func montre(v any) template.HTML {
	t, ok := v.(string)
	if !ok {
		return echapper(v)
	}
	t = ecrit.Visible(t)
	lie := template.HTMLEscapeString(t)
	if ecrit.DroiteAGauche(t) {
		lie = "<bdi>" + lie + "</bdi>"
	}
	return template.HTML(lie) //nolint:gosec // it is escaped
}

// echapper is a value that is no text: what is HTML already stays as it is.
func echapper(v any) template.HTML {
	switch v := v.(type) {
	case template.HTML:
		return v
	case int:
		return template.HTML(strconv.Itoa(v)) //nolint:gosec // a number
	case nil:
		return ""
	}
	return template.HTML(template.HTMLEscaper(v)) //nolint:gosec // it is escaped
}

// visible is a value where an element cannot stand: in a title, an option, a label.
func visible(v any) any {
	if t, ok := v.(string); ok {
		return ecrit.Visible(t)
	}
	return v
}

// muets are the elements that hold text alone; what the first two hold is shown, what the others hold is kept as it is.
var muets = []string{"title", "option", "textarea", "script", "style"}

// dits are the attributes that people read, or hear.
var dits = []string{"aria-label", "title", "alt", "placeholder"}

// endroit is where in a page a template writes.
type endroit struct {
	muet     string // the element that holds text alone
	balise   bool   // within < and >
	element  string // the name of that element, "/p" for an end
	attribut string // whose value stands in quotes, "" outside
}

// montreur has the actions of templates show what they write as it should be where they stand.
type montreur struct {
	dans func(nom string) *parse.Tree
	vus  map[string]endroit // where each template begins
	ou   endroit
}

// montrer goes through a page from its frame on. A template that stands once among words and once in an attribute cannot
// do right by both: it is a programming error, and panics.
func montrer(jeu *template.Template, cadre string) {
	m := &montreur{vus: map[string]endroit{}, dans: func(nom string) *parse.Tree {
		if t := jeu.Lookup(nom); t != nil {
			return t.Tree
		}
		return nil
	}}
	m.gabarit(cadre)
}

func (m *montreur) gabarit(nom string) {
	if debut, vu := m.vus[nom]; vu {
		if debut.balise != m.ou.balise || debut.muet != m.ou.muet || debut.attribut != m.ou.attribut {
			panic(fmt.Sprintf("the template %s stands in two sorts of places: %+v and %+v", nom, debut, m.ou))
		}
		return
	}
	m.vus[nom] = m.ou
	if arbre := m.dans(nom); arbre != nil {
		m.noeud(arbre.Root)
	}
}

func (m *montreur) noeud(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, x := range n.Nodes {
				m.noeud(x)
			}
		}
	case *parse.TextNode:
		m.texte(string(n.Text))
	case *parse.ActionNode:
		m.action(n.Pipe)
	case *parse.TemplateNode:
		m.gabarit(n.Name)
	case *parse.IfNode:
		m.branches(&n.BranchNode)
	case *parse.WithNode:
		m.branches(&n.BranchNode)
	case *parse.RangeNode:
		m.branches(&n.BranchNode)
	}
}

// branches begin at the same place, and end at the same place.
func (m *montreur) branches(n *parse.BranchNode) {
	debut := m.ou
	m.noeud(n.List)
	fin := m.ou
	m.ou = debut
	m.noeud(n.ElseList)
	m.ou = fin
}

func (m *montreur) action(p *parse.PipeNode) {
	if fonction := m.fonction(); fonction != "" && len(p.Decl) == 0 {
		nom := parse.NewIdentifier(fonction).SetPos(p.Pos)
		p.Cmds = append(p.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: p.Pos, Args: []parse.Node{nom}})
	}
}

// fonction is what a value goes through in the place where it stands, "" where it is left as it is.
func (m *montreur) fonction() string {
	switch {
	case !m.ou.balise && m.ou.muet == "":
		return "html"
	case !m.ou.balise && slices.Contains(muets[:2], m.ou.muet), slices.Contains(dits, m.ou.attribut):
		return "visible"
	}
	return ""
}

// texte follows the tags of a piece of a page.
func (m *montreur) texte(t string) {
	for t != "" {
		switch {
		case m.ou.attribut != "":
			t = m.jusqua(t, `"`, func() { m.ou.attribut = "" })
		case m.ou.balise:
			t = m.balise(t)
		case m.ou.muet != "":
			t = m.jusqua(t, "</"+m.ou.muet, func() { m.ou = endroit{balise: true, element: "/" + m.ou.muet} })
		default:
			t = m.jusqua(t, "<", func() { m.ou.balise = true })
			fin := strings.IndexAny(t+" ", " >\n")
			m.ou.element, t = t[:fin], t[fin:] // both empty where no tag begins
		}
	}
}

// jusqua passes what stands before a mark, and the mark.
func (m *montreur) jusqua(t, marque string, alors func()) (reste string) {
	_, reste, ok := strings.Cut(t, marque)
	if ok {
		alors()
	}
	return reste
}

// balise passes the inside of a tag as far as the value of its next attribute, or its end.
func (m *montreur) balise(t string) (reste string) {
	i := strings.IndexAny(t, `">`)
	if i < 0 {
		return ""
	}
	if t[i] == '"' {
		avant := strings.TrimSuffix(t[:i], "=")
		m.ou.attribut = avant[strings.LastIndexAny(avant, " \n")+1:]
		if m.ou.attribut == "" {
			m.ou.attribut = "?"
		}
		return t[i+1:]
	}
	muet := ""
	if slices.Contains(muets, m.ou.element) {
		muet = m.ou.element
	}
	m.ou = endroit{muet: muet}
	return t[i+1:]
}
