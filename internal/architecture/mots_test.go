package architecture

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// enFrancais are words of docs/glossaire.md that texts in English have another word for.
var enFrancais = regexp.MustCompile(`(?i)(?:^|[^\w.<{/-])demandes?(?:$|[^\w<{/=-])`)

// deHTML is a pair of texts of a template.
var deHTML = regexp.MustCompile(`\.T "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"`)

// Texts in English have one word for one thing: a demande is a request.
func TestOneWordInEnglish(t *testing.T) {
	t.Parallel()
	n := 0
	juger := func(ou, texte string) {
		if n++; enFrancais.MatchString(texte) && !fichierNomme.MatchString(texte) {
			t.Errorf("%s: %q says demande", ou, texte)
		}
	}
	for _, s := range lesSources(t) {
		ast.Inspect(s.File, func(x ast.Node) bool {
			if e, ok := anglais(x); ok {
				for _, texte := range textes(e) {
					juger(s.lieu(x), texte)
				}
			}
			return true
		})
	}
	pages, err := filepath.Glob("../portail/*/*.html")
	autres, errAutres := filepath.Glob("../portail/*/*/*.html")
	if err != nil || errAutres != nil {
		t.Fatal(err, errAutres)
	}
	for _, nom := range append(pages, autres...) {
		octets, err := os.ReadFile(nom)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range deHTML.FindAllStringSubmatch(string(octets), -1) {
			juger(nom, m[2])
		}
	}
	if n < 2000 {
		t.Errorf("%d texts were read", n)
	}
}

// fichierNomme is an example that names a file.
var fichierNomme = regexp.MustCompile(`demandes?\.(?:json|xlsx|csv|ods)`)

// anglais is the text in English of a pair: the field En of a modele.Texte, or the argument after one in French of what takes both.
func anglais(n ast.Node) (ast.Expr, bool) {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		nom, ok := n.Key.(*ast.Ident)
		return n.Value, ok && nom.Name == "En"
	case *ast.CallExpr:
		if x, ok := n.Fun.(*ast.SelectorExpr); ok && (x.Sel.Name == "T" || x.Sel.Name == "t" || x.Sel.Name == "say") && len(n.Args) >= 2 {
			return n.Args[1], true
		}
	}
	return nil, false
}

// textes are the literals of an expression that become words.
func textes(e ast.Expr) (liste []string) {
	ast.Inspect(e, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if texte, err := strconv.Unquote(l.Value); err == nil {
				liste = append(liste, texte)
			}
		}
		return true
	})
	return liste
}
