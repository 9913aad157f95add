package web

import (
	"errors"
	"html/template"
	"strings"
	"testing"

	"guichet/modele"
)

// A name is shown as what it is among words, in titles and labels, and left as it is in fields and addresses, in each place
// that a template has, also by way of another template.
func TestWhatStrangersWroteIsShown(t *testing.T) {
	t.Parallel()
	const texte = `{{define "cadre"}}<title>{{.N}}</title><p class="x">{{.N}}</p>
<a href="/?q={{.N}}" title="{{.N}}">{{template "nom" .N}}</a>{{with .N}}<b aria-label="de {{.}}"{{if .}} hidden{{end}}>{{.}}</b>{{else}}<i>{{end}}
<input value="{{.N}}"{{template "attributs" .}}><textarea{{template "attributs" .}}>{{.N}}</textarea><option value="{{.N}}">{{.N}}</option>{{$x := .N}}{{$x}}{{range .L}}<li>{{.}}{{end}}{{.I}}{{end}}
{{define "nom"}}<em>{{.}}</em>{{end}}{{define "attributs"}} data-x="{{.N}}"{{end}}`
	page := func(nom string) string {
		g := enLangue(template.Must(template.New("").Funcs(fonctions).Parse(texte)), modele.Francais)
		var b strings.Builder
		if err := g.Execute(&b, map[string]any{"N": nom, "L": []string{nom}, "I": 3}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	const nom = "\u202eגן<b>"
	const vu, sain = "&lt;U+202E&gt;גן&lt;b&gt;", "\u202eגן&lt;b&gt;"
	const veut = `<title>` + vu + `</title><p class="x"><bdi>` + vu + `</bdi></p>
<a href="/?q=%e2%80%ae%d7%92%d7%9f%3cb%3e" title="` + vu + `"><em><bdi>` + vu + `</bdi></em></a><b aria-label="de ` + vu + `" hidden><bdi>` + vu + `</bdi></b>
<input value="` + sain + `" data-x="` + sain + `"><textarea data-x="` + sain + `">` + sain + `</textarea><option value="` + sain + `">` + vu + `</option><bdi>` + vu + `</bdi><li><bdi>` + vu + `</bdi>3`
	if p := strings.ReplaceAll(page(nom), "&#43;", "+"); p != veut {
		t.Errorf("\n%q, want\n%q", p, veut)
	}
	if p := page("Crèche"); strings.Contains(p, "bdi") {
		t.Errorf("%q", p)
	}
}

// A template that would stand in two sorts of places is refused when the program starts.
func TestOneTemplateInTwoSortsOfPlaces(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("it was taken")
		}
	}()
	enLangue(template.Must(template.New("").Funcs(fonctions).Parse(`{{define "cadre"}}{{template "a" .}}<p title="{{template "a" .}}">{{end}}{{define "a"}}{{.}}{{end}}`)), modele.Francais)
}

// A value among the words is escaped as html/template escapes it, and once, whatever it is.
func TestShownValuesAreEscaped(t *testing.T) {
	t.Parallel()
	pointe := "<i>"
	for _, v := range []any{
		"", `<script>alert("x")</script>`, "a & b &amp; 'c' \"d\"", template.HTML("<b>déjà</b>"), template.JS("<a>"), 7, int64(-7), 1.5, true, nil,
		&pointe, errors.New("<erreur>"), []string{"<u>"}, modele.Texte{Fr: "<fr>"}, modele.Anglais,
	} {
		const texte = `{{define "cadre"}}<p>{{.}}</p>{{end}}`
		g := enLangue(template.Must(template.New("").Funcs(fonctions).Parse(texte)), modele.Francais)
		var lu, veut strings.Builder
		if err := errors.Join(g.Execute(&lu, v), template.Must(template.New("").Parse(texte)).ExecuteTemplate(&veut, "cadre", v)); err != nil {
			t.Fatal(err)
		}
		if lu.String() != veut.String() {
			t.Errorf("%#v: %q, want %q", v, lu.String(), veut.String())
		}
	}
}
