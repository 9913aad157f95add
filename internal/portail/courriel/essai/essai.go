// Package essai holds mails to their form in tests.
package essai

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"guichet/modele"
)

// What a mail in each language says of how to stop it, or why nobody can.
var arrets = map[modele.Langue]*regexp.Regexp{
	modele.Francais: regexp.MustCompile(`Vous choisissez les courriels que vous recevez : https?://\S+/compte|Ce message vous concerne directement : ceux de cette sorte partent toujours\.`),
	modele.Anglais:  regexp.MustCompile(`You choose the mails that you get: https?://\S+/compte|This message concerns you directly: those of its kind are always sent\.`),
}

var (
	lien   = regexp.MustCompile(`https?://[^\s/]+/\S+`)
	autres = map[modele.Langue]*regexp.Regexp{
		modele.Francais: regexp.MustCompile(`\b(?:the|your|you|and|counter|request)\b`),
		modele.Anglais:  regexp.MustCompile(`\b(?:le|la|votre|vous|une|guichet|demande)\b|[«»]| [:;!?]`),
	}
)

// maxSujet is how many characters of a subject are seen.
const maxSujet = 78

// Verifier wants a mail, before it has its greeting and its signature, to say what it is about, to lead to a page, to tell how to
// stop it, and to be in one language.
func Verifier(t *testing.T, nom, sujet, texte string, l modele.Langue) {
	t.Helper()
	if n := utf8.RuneCountInString(sujet); n == 0 || n > maxSujet || strings.HasPrefix(sujet, "Guichet") {
		t.Errorf("%s: subject %q", nom, sujet)
	}
	if strings.HasPrefix(texte, "Bonjour") || strings.HasPrefix(texte, "Hello") {
		t.Errorf("%s greets by itself:\n%s", nom, texte)
	}
	if !lien.MatchString(texte) {
		t.Errorf("%s leads nowhere:\n%s", nom, texte)
	}
	if !arrets[l].MatchString(texte) {
		t.Errorf("%s does not say how to stop it:\n%s", nom, texte)
	}
	var notre []string
	for ligne := range strings.SplitSeq(texte, "\n") {
		if !strings.HasPrefix(ligne, ">") {
			notre = append(notre, lien.ReplaceAllString(ligne, ""))
		}
	}
	if m := autres[l].FindString(sujet + "\n" + strings.Join(notre, "\n")); m != "" {
		t.Errorf("%s: %q is not of its language:\n%s\n%s", nom, m, sujet, texte)
	}
	if strings.Contains(texte, "\n\n\n") {
		t.Errorf("%s has empty lines:\n%s", nom, texte)
	}
}

// Sortes are the functions of the package in this folder that give a Courriel by themselves: a test knows each.
func Sortes(t *testing.T) (noms []string) {
	t.Helper()
	fichiers, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fichiers {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		arbre, err := parser.ParseFile(token.NewFileSet(), f, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range arbre.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Type.Results != nil && len(f.Type.Results.List) == 1 && estCourriel(f.Type.Results.List[0].Type) {
				noms = append(noms, f.Name.Name)
			}
		}
	}
	return noms
}

func estCourriel(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "Courriel"
	case *ast.SelectorExpr:
		return e.Sel.Name == "Courriel"
	}
	return false
}
