// Package page writes a report as one HTML page that holds all it needs: no script, no other file, nothing
// from the network. A person opens it from a mail, prints it, passes it on.
package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"guichet/diag"
	"guichet/modele"
)

var (
	//go:embed page.html
	source string
	//go:embed style.css
	style string
)

// Write writes the page of a summarised report.
func Write(w io.Writer, r *diag.Rapport, o diag.Options) error {
	return Render(w, source, o.Langue, newView(r, o))
}

// Render fills in a template of a page like that of the report. In it `t "Aide" "Help"` stands where words are shown;
// `style` and `policy` are those of the report.
func Render(w io.Writer, source string, l modele.Langue, view any) error {
	t, err := parse(source, l)
	if err != nil {
		return fmt.Errorf("parse page template: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, view); err != nil {
		return fmt.Errorf("fill page template: %w", err)
	}
	if _, err := w.Write(typeset(b.Bytes(), l)); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}

// parse gives the template its language and its style.
func parse(source string, l modele.Langue) (*template.Template, error) {
	return template.New("page").Funcs(template.FuncMap{
		"t":      func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(l) },
		"style":  func() template.CSS { return template.CSS(style) },
		"policy": policy,
	}).Parse(source)
}

// policy forbids all but the page's own style, which it knows by its hash: should a hostile string ever
// pass the escaping, no browser would run or fetch it.
func policy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'"
}
