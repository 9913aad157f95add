package diag_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"testing"
)

// TestBothLanguages reads the sources: each modele.Texte has both its halves, none empty.
func TestBothLanguages(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set, n := token.NewFileSet(), 0
	for _, name := range files {
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			literal, _ := node.(*ast.CompositeLit)
			if literal == nil || !isTexte(literal.Type) {
				return true
			}
			n++
			for _, half := range literal.Elts {
				if s, constant := half.(*ast.KeyValueExpr).Value.(*ast.BasicLit); constant && s.Value == `""` {
					t.Errorf("%s: an empty half", set.Position(s.Pos()))
				}
			}
			if len(literal.Elts) != 2 {
				t.Errorf("%s: %d halves", set.Position(literal.Pos()), len(literal.Elts))
			}
			return true
		})
	}
	if n < 40 {
		t.Errorf("%d texts found: the test looks for them in the wrong place", n)
	}
}

func isTexte(e ast.Expr) bool {
	s, _ := e.(*ast.SelectorExpr)
	return s != nil && s.Sel.Name == "Texte"
}
