package web

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"text/template/parse"
)

// ParamAgit is the part of a form's address that says for whom the form was shown.
const ParamAgit = "agit"

// Agit is what the address of each form of the page ends with: for whom the page is shown. Templates do not write it.
func (p *Page) Agit() string {
	if p.Visiteur == nil || p.Visiteur.Agit == "" {
		return ""
	}
	return "?" + ParamAgit + "=" + p.Visiteur.Agit
}

// Agir is an address that a page makes, which may have a question, with the same end.
func (p *Page) Agir(adresse string) string {
	agit := p.Agit()
	if strings.Contains(adresse, "?") {
		agit = strings.Replace(agit, "?", "&", 1)
	}
	return adresse + agit
}

// adresser has each form that posts say for whom it was shown, by the end of its address, and tell the page where it begins and
// ends. No template has to think of it, and none can lack it: a form that does not name its address as expected is a programming
// error, and panics.
func adresser(nom string, n parse.Node) {
	a := &adresseur{gabarit: nom}
	a.noeud(n)
}

type adresseur struct {
	gabarit string
	dans    bool // within the address of a form
	debut   bool // of which nothing is written yet
	dit     bool // which says for whom already
	bouton  bool // that address is a button's
	poste   bool // within a form that posts
}

func (a *adresseur) noeud(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			a.liste(n)
		}
	case *parse.IfNode:
		a.branches(&n.BranchNode)
	case *parse.WithNode:
		a.branches(&n.BranchNode)
	case *parse.RangeNode:
		a.branches(&n.BranchNode)
	}
}

func (a *adresseur) branches(n *parse.BranchNode) {
	if !a.dans { // what stands in an address is a part of it
		a.noeud(n.List)
		a.noeud(n.ElseList)
	}
}

func (a *adresseur) liste(l *parse.ListNode) {
	var tout []parse.Node
	for i, n := range l.Nodes {
		if texte, ok := n.(*parse.TextNode); ok {
			tout = append(tout, a.texte(texte)...)
			continue
		}
		if action, ok := n.(*parse.ActionNode); ok && a.dans && a.debut && i+1 < len(l.Nodes) && finit(l.Nodes[i+1]) {
			dire := appel("{{$.Agir}}").(*parse.ActionNode)
			action.Pipe.Cmds, a.dit = append(action.Pipe.Cmds, dire.Pipe.Cmds...), true
		}
		a.debut = false
		a.noeud(n)
		tout = append(tout, n)
	}
	l.Nodes = tout
}

// finit tells whether an address ends where a piece of a page begins.
func finit(n parse.Node) bool {
	texte, ok := n.(*parse.TextNode)
	return ok && bytes.HasPrefix(texte.Text, []byte(`"`))
}

// formulaire begins a form that posts, or a button that posts elsewhere; or ends a form.
var (
	formulairePoste = regexp.MustCompile(`<form method="post"|\sformaction="|</form>`)
	suiteAdresse    = []byte(` action="`)
)

// texte cuts a piece of a page where addresses of forms end.
func (a *adresseur) texte(n *parse.TextNode) (morceaux []parse.Node) {
	reste := n.Text
	poser := func(texte []byte) {
		if len(texte) > 0 {
			morceaux = append(morceaux, &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: texte})
		}
	}
	for {
		if a.dans {
			fin := bytes.IndexByte(reste, '"')
			if fin < 0 {
				poser(reste)
				return morceaux
			}
			a.verifier(reste[:fin])
			poser(reste[:fin])
			if !a.dit {
				morceaux = append(morceaux, appel("{{$.Agit}}"))
			}
			a.dans, a.dit = false, false
			if !a.bouton {
				poser([]byte(`" id="`))
				morceaux = append(morceaux, appel("{{$.Commencer}}"))
			}
			reste = reste[fin:]
		}
		lieu := formulairePoste.FindIndex(reste)
		if lieu == nil {
			poser(reste)
			return morceaux
		}
		fin := lieu[1]
		if bytes.HasPrefix(reste[lieu[0]:], []byte("</")) {
			poser(reste[:lieu[0]])
			if a.poste {
				morceaux = append(morceaux, appel(`{{if $.Finir}}{{template "langue" $}}{{end}}`))
			}
			poser(reste[lieu[0]:fin])
			reste, a.poste = reste[fin:], false
			continue
		}
		if a.bouton = reste[lieu[0]] != '<'; !a.bouton {
			if !bytes.HasPrefix(reste[fin:], suiteAdresse) {
				panic(fmt.Sprintf("%s: a form that posts begins with <form method=\"post\" action=\"…", a.gabarit))
			}
			fin, a.poste = fin+len(suiteAdresse), true
		}
		poser(reste[:fin])
		reste, a.dans = reste[fin:], true
		a.debut = len(reste) == 0
	}
}

func (a *adresseur) verifier(adresse []byte) {
	if bytes.ContainsAny(adresse, "?#") {
		panic(fmt.Sprintf("%s: the address %s of a form has a question: make it a hidden field", a.gabarit, adresse))
	}
}

// appel is the node of an action.
func appel(action string) parse.Node {
	arbres, err := parse.Parse("appel", action, "", "")
	if err != nil {
		panic(err)
	}
	return arbres["appel"].Root.Nodes[0]
}
