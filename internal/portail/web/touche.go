package web

import (
	"html/template"

	"guichet/modele"
)

// touchesAria are the names that aria-keyshortcuts has for keys which are no single characters.
var touchesAria = map[string]string{"Ctrl+Entrée": "Control+Enter", "Échap": "Escape"}

// Touche is what has a key act on an element, for who has switched single keys on: its attributes, for a template. Nothing for others
// (WCAG 2.1.4).
func (p *Page) Touche(touche string) template.HTMLAttr {
	if p.Visiteur == nil || !p.Visiteur.Touches {
		return ""
	}
	aria := touche
	if nom := touchesAria[touche]; nom != "" {
		aria = nom
	}
	titre := p.Tx(modele.Texte{Fr: "Touche " + touche, En: "Key " + touche})
	return template.HTMLAttr(`data-touche="` + template.HTMLEscapeString(touche) + `" aria-keyshortcuts="` + template.HTMLEscapeString(aria) + `" title="` + template.HTMLEscapeString(titre) + `"`) //nolint:gosec // escaped
}
