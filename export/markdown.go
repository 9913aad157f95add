package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"guichet/modele"
)

// page is a Markdown page in the making.
type page struct {
	l   modele.Langue
	out strings.Builder
}

func (p *page) bytes() []byte { return []byte(strings.TrimSpace(p.out.String()) + "\n") }

// generated warns those who would edit the page.
func (p *page) generated() {
	p.line("<!-- %s -->", modele.Texte{
		Fr: "Page écrite par `go run ./internal/generer` : ne pas la modifier à la main.",
		En: "Page written by `go run ./internal/generer`: do not edit.",
	}.In(p.l))
}

// line writes a paragraph.
func (p *page) line(format string, args ...any) {
	p.out.WriteString("\n")
	fmt.Fprintf(&p.out, format, args...)
	p.out.WriteString("\n")
}

func (p *page) title(t modele.Texte) { p.line("## %s", t.In(p.l)) }

func (p *page) table(titles []modele.Texte, rows [][]string) {
	p.header(titles)
	for _, r := range rows {
		p.row(r)
	}
}

func (p *page) header(titles []modele.Texte) {
	names := make([]string, len(titles))
	for i, t := range titles {
		names[i] = t.In(p.l)
	}
	p.out.WriteString("\n")
	p.row(names)
	p.out.WriteString(strings.Repeat("| --- ", len(titles)) + "|\n")
}

// row writes one row of a table; a bar inside a cell would end it.
func (p *page) row(cells []string) {
	for _, c := range cells {
		p.out.WriteString("| " + strings.ReplaceAll(c, "|", `\|`) + " ")
	}
	p.out.WriteString("|\n")
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

func codeList(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = code(v)
	}
	return strings.Join(quoted, ", ")
}

func link(file string) string { return "[" + file + "](" + file + ")" }

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
