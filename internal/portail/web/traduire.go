package web

import (
	"html"
	"strconv"
	"strings"
	"text/template/parse"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// traduire writes a template in one language: {{.T "oui" "yes"}} becomes oui, and the address of a static
// file stands where it was asked for. What is known when the program starts is not worked out for each page.
func traduire(n parse.Node, l modele.Langue) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for i, x := range n.Nodes {
				traduire(x, l)
				n.Nodes[i] = litteral(x)
			}
		}
	case *parse.TextNode:
		n.Text = []byte(ponctuation[l].Replace(string(n.Text)))
	case *parse.ActionNode:
		traduireSuite(n.Pipe, l)
	case *parse.TemplateNode:
		traduireSuite(n.Pipe, l)
	case *parse.IfNode:
		traduireBranches(&n.BranchNode, l)
	case *parse.WithNode:
		traduireBranches(&n.BranchNode, l)
	case *parse.RangeNode:
		traduireBranches(&n.BranchNode, l)
	}
}

// ponctuation is how each language sets what templates have between two values.
var ponctuation = map[modele.Langue]*strings.Replacer{
	modele.Francais: strings.NewReplacer(" : ", ecrit.Insecable+": ", " ; ", ecrit.Insecable+"; "),
	modele.Anglais:  strings.NewReplacer(" : ", ": ", " ; ", "; "),
}

// litteral makes an action that always writes one text a piece of the page, escaped as text and as a quoted
// attribute must be.
func litteral(n parse.Node) parse.Node {
	action, ok := n.(*parse.ActionNode)
	if !ok || len(action.Pipe.Decl) > 0 || len(action.Pipe.Cmds) != 1 || len(action.Pipe.Cmds[0].Args) != 1 {
		return n
	}
	if texte, ok := action.Pipe.Cmds[0].Args[0].(*parse.StringNode); ok {
		return &parse.TextNode{NodeType: parse.NodeText, Pos: action.Pos, Text: []byte(html.EscapeString(texte.Text))}
	}
	return n
}

func traduireBranches(n *parse.BranchNode, l modele.Langue) {
	traduireSuite(n.Pipe, l)
	traduire(n.List, l)
	traduire(n.ElseList, l)
}

func traduireSuite(suite *parse.PipeNode, l modele.Langue) {
	if suite == nil {
		return
	}
	for _, commande := range suite.Cmds {
		for i, argument := range commande.Args {
			sous, ok := argument.(*parse.PipeNode)
			if !ok {
				continue
			}
			traduireSuite(sous, l)
			if len(sous.Cmds) == 1 && len(sous.Decl) == 0 && len(sous.Cmds[0].Args) == 1 && sous.Cmds[0].Args[0].Type() == parse.NodeString {
				commande.Args[i] = sous.Cmds[0].Args[0]
			}
		}
		if texte := constante(commande.Args, l); texte != nil {
			commande.Args = []parse.Node{texte}
		}
	}
}

// constante is the text that a command always gives; nil when it may give another.
func constante(args []parse.Node, l modele.Langue) *parse.StringNode {
	nom := methode(args[0])
	textes := make([]*parse.StringNode, 0, 2)
	for _, a := range args[1:] {
		s, ok := a.(*parse.StringNode)
		if !ok {
			return nil
		}
		textes = append(textes, s)
	}
	switch {
	case nom == "T" && len(textes) == 2:
		return texteFixe(textes[0], ecrit.Phrase(modele.Texte{Fr: textes[0].Text, En: textes[1].Text}, l))
	case nom == "Statique" && len(textes) == 1:
		return texteFixe(textes[0], lesStatiques().noms[textes[0].Text])
	}
	return nil
}

// methode is the name that is called on the page: .T, or $.T.
func methode(n parse.Node) string {
	switch n := n.(type) {
	case *parse.FieldNode:
		if len(n.Ident) == 1 {
			return n.Ident[0]
		}
	case *parse.VariableNode:
		if len(n.Ident) == 2 && n.Ident[0] == "$" {
			return n.Ident[1]
		}
	}
	return ""
}

func texteFixe(place *parse.StringNode, texte string) *parse.StringNode {
	copie := *place
	copie.Text, copie.Quoted = texte, strconv.Quote(texte)
	return &copie
}
