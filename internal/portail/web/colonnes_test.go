package web

import (
	"html/template"
	"strings"
	"testing"
)

func nomme(texte string) (fait string, panique any) {
	defer func() { panique = recover() }()
	t := template.Must(template.New("essai").Parse(texte))
	nommer("essai", t.Tree.Root)
	return t.Tree.Root.String(), nil
}

// Each cell has the name of its column, also behind a condition; what follows a table is left alone.
func TestColumnsOfCells(t *testing.T) {
	t.Parallel()
	fait, panique := nomme(`<table><thead><tr><th scope="col">N° <b>1</b></th>{{if .A}}<th scope="col" class="n">d'un &lt; "x"</th>{{end}}<th scope="col">Fin</th></tr></thead>
<tbody>{{range .L}}<tr><th scope="row"><a href="/a/{{.N}}">{{.N}}</a></th>{{if .A}}<td class="n">1</td>{{end}}{{if .B}}<td>{{.C}}</td>{{else}}<td>–</td>{{end}}</tr>{{end}}</tbody></table><thead>
<table class="graphique"><tbody><tr><td></td></tr></tbody></table>`)
	if panique != nil {
		t.Fatal(panique)
	}
	for _, x := range []string{
		`<table role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">N° <b>1</b></th>`,
		`<tbody role="rowgroup">`, `<th role="rowheader" data-colonne="N° 1" scope="row">`,
		`<td role="cell" data-colonne="d&#39;un &lt; &#34;x&#34;" class="n">1</td>`, `scope="row"><a href="/a/{{.N}}">{{.N}}</a></th>{{if .A}}`, `<td role="cell" data-colonne="Fin">{{.C}}</td>`, `<td role="cell" data-colonne="Fin">–</td>`,
		"</table><thead>\n<table class=\"graphique\"><tbody><tr><td></td></tr>",
	} {
		if !strings.Contains(fait, x) {
			t.Errorf("no %s in\n%s", x, fait)
		}
	}
}

// A table whose cells have no names is missed when the program starts.
func TestColumnsWithoutNames(t *testing.T) {
	t.Parallel()
	for texte, faute := range map[string]string{
		`<table><thead><tr><th></th></tr></thead></table>`:                                                                                          "each column has a name",
		`<table><thead><tr><th>{{.A}}</th></tr></thead></table>`:                                                                                    "a text, not {{.A}}",
		`<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>`:                                             "more cells than the 1 columns",
		`<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr>{{if .A}}<td>1</td>{{else}}<td>1</td><td>2</td>{{end}}</tr></tbody></table>`: "as many cells",
	} {
		if _, panique := nomme(texte); panique == nil || !strings.Contains(panique.(string), faute) {
			t.Errorf("%s: %v, want %q", texte, panique, faute)
		}
	}
}
