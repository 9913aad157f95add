package architecture

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"testing"
)

// A handler is made once and answers all requests: what it changes of the function that made it, it changes for whoever comes next,
// and for who comes at the same time.
func TestHandlersKeepNothing(t *testing.T) {
	t.Parallel()
	vus := 0
	for _, s := range lesSources(t) {
		ast.Inspect(s.File, func(n ast.Node) bool {
			if f, ok := n.(*ast.FuncLit); ok && repond(f) {
				vus++
				for _, nom := range changes(f) {
					t.Errorf("%s: a handler changes %s, which it shares with all others", s.nom, nom)
				}
			}
			return true
		})
	}
	if vus < 20 {
		t.Errorf("only %d handlers were looked at", vus)
	}
}

// repond tells whether a function answers requests.
func repond(f *ast.FuncLit) bool {
	return slices.ContainsFunc(f.Type.Params.List, func(p *ast.Field) bool { return types.ExprString(p.Type) == "*http.Request" })
}

// changes are the variables that a function assigns to and does not declare.
func changes(f *ast.FuncLit) (noms []string) {
	siennes := map[string]bool{"_": true}
	declarer := func(champs *ast.FieldList) {
		if champs == nil {
			return
		}
		for _, c := range champs.List {
			for _, nom := range c.Names {
				siennes[nom.Name] = true
			}
		}
	}
	var changees []ast.Expr
	assigner := func(declare bool, ou ...ast.Expr) {
		for _, e := range ou {
			if i, ok := e.(*ast.Ident); ok && declare {
				siennes[i.Name] = true
			} else if e != nil && !declare {
				changees = append(changees, e)
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncType:
			declarer(n.Params)
			declarer(n.Results)
		case *ast.ValueSpec:
			for _, nom := range n.Names {
				siennes[nom.Name] = true
			}
		case *ast.AssignStmt:
			assigner(n.Tok == token.DEFINE, n.Lhs...)
		case *ast.RangeStmt:
			assigner(n.Tok == token.DEFINE, n.Key, n.Value)
		case *ast.IncDecStmt:
			assigner(false, n.X)
		}
		return true
	})
	for _, e := range changees {
		if i, ok := base(e).(*ast.Ident); ok && !siennes[i.Name] {
			noms = append(noms, types.ExprString(e))
		}
	}
	return noms
}

// base is the variable that an expression begins with.
func base(e ast.Expr) ast.Expr {
	for {
		switch x := e.(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		default:
			return e
		}
	}
}
