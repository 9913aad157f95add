package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// mutant is one change of one file.
type mutant struct {
	file        string
	line        int
	kind        string
	start, end  int // of what is replaced, in bytes
	was, become string
}

func (m mutant) String() string {
	return fmt.Sprintf("%s:%d: %s: %s → %s", m.file, m.line, m.kind, brief(m.was), brief(m.become))
}

func brief(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	if text == "" {
		return "(nothing)"
	}
	return text
}

// find lists the mutants of the package in a folder: those of its own code, not of its tests nor of generated files.
func find(folder string) (all []mutant, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, file, text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		if !ast.IsGenerated(tree) {
			f := finder{file: file, text: text, set: set}
			ast.Inspect(tree, f.node)
			all = append(all, f.found...)
		}
	}
	return all, nil
}

// finder gathers the mutants of one file.
type finder struct {
	file  string
	text  []byte
	set   *token.FileSet
	found []mutant
}

func (f *finder) add(kind string, from, to token.Pos, become string) {
	start, end := f.set.Position(from), f.set.Position(to).Offset
	f.found = append(f.found, mutant{f.file, start.Line, kind, start.Offset, end, string(f.text[start.Offset:end]), become})
}

var turned = map[token.Token]string{
	token.EQL: "!=", token.NEQ: "==", token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">",
	token.LAND: "||", token.LOR: "&&", token.ADD: "-", token.SUB: "+",
}

func (f *finder) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.BinaryExpr:
		if op, ok := turned[n.Op]; ok {
			f.add("condition", n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), op)
		}
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			f.add("condition", n.OpPos, n.OpPos+1, "")
		}
	case *ast.IfStmt:
		f.dropped(n.Cond)
	case *ast.BranchStmt:
		f.branch(n)
	case *ast.ReturnStmt:
		f.returned(n)
	case *ast.BasicLit:
		f.literal(n)
	case *ast.CompositeLit:
		f.entries(n)
	}
	return true
}

// dropped has an error that is looked at be overlooked.
func (f *finder) dropped(cond ast.Expr) {
	b, ok := cond.(*ast.BinaryExpr)
	if !ok || b.Op != token.NEQ {
		return
	}
	name, ok := b.X.(*ast.Ident)
	if ok && strings.HasSuffix(strings.ToLower(name.Name), "err") {
		f.add("error dropped", cond.Pos(), cond.End(), "false && "+string(f.text[f.set.Position(cond.Pos()).Offset:f.set.Position(cond.End()).Offset]))
	}
}

func (f *finder) branch(n *ast.BranchStmt) {
	other := map[token.Token]string{token.BREAK: "continue", token.CONTINUE: "break"}[n.Tok]
	if other != "" && n.Label == nil {
		f.add("branch", n.Pos(), n.End(), other)
	}
}

func (f *finder) returned(n *ast.ReturnStmt) {
	for _, x := range n.Results {
		switch name, ok := x.(*ast.Ident); {
		case !ok:
		case name.Name == "true":
			f.add("answer", x.Pos(), x.End(), "false")
		case name.Name == "false":
			f.add("answer", x.Pos(), x.End(), "true")
		}
	}
}

var (
	sql      = regexp.MustCompile(`(?s)^.\s*(SELECT|INSERT|UPDATE|DELETE|WITH|FROM|WHERE)\b|\bORDER BY\b`)
	sqlParts = regexp.MustCompile(`ORDER BY [a-z_.]+| (<=|>=|<>|<|>|=) | AND | DESC\b`)
	sqlTurns = map[string]string{" < ": " <= ", " > ": " >= ", " <= ": " < ", " >= ": " > ", " = ": " <> ", " <> ": " = ", " AND ": " OR ", " DESC": ""}
)

// literal is off by one, or turns a comparison or an order of SQL.
func (f *finder) literal(n *ast.BasicLit) {
	switch {
	case n.Kind == token.INT:
		if i, err := strconv.ParseInt(n.Value, 0, 64); err == nil {
			f.add("constant", n.Pos(), n.End(), strconv.FormatInt(i+1, 10))
			f.add("constant", n.Pos(), n.End(), strconv.FormatInt(i-1, 10))
		}
	case n.Kind == token.STRING && sql.MatchString(n.Value):
		for _, at := range sqlParts.FindAllStringIndex(n.Value, -1) {
			part := n.Value[at[0]:at[1]]
			become, ok := sqlTurns[part]
			if !ok {
				become = part + " DESC"
			}
			f.add("SQL", n.Pos()+token.Pos(at[0]), n.Pos()+token.Pos(at[1]), become)
		}
	}
}

// entries removes entries of lists and tables, of which there are two at least.
func (f *finder) entries(n *ast.CompositeLit) {
	switch n.Type.(type) {
	case *ast.ArrayType, *ast.MapType:
	default:
		return
	}
	for i, e := range n.Elts {
		switch {
		case len(n.Elts) < 2:
		case i+1 < len(n.Elts):
			f.add("entry removed", e.Pos(), n.Elts[i+1].Pos(), "")
		default:
			f.add("entry removed", n.Elts[i-1].End(), e.End(), "")
		}
	}
}
