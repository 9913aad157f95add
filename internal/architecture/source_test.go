package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is one file of what the program is made of, by its path from the root.
type source struct {
	nom    string
	lignes *token.FileSet
	*ast.File
}

func (s source) lieu(n ast.Node) string {
	return s.nom + ":" + strconv.Itoa(s.lignes.Position(n.Pos()).Line)
}

// importe tells whether the file imports a package.
func (s source) importe(chemin string) bool {
	return slices.ContainsFunc(s.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == strconv.Quote(chemin) })
}

// appels calls f for each call of a function by its name, such as "exec.Command" or ".QueryContext".
func (s source) appels(f func(nom string, appel *ast.CallExpr)) {
	ast.Inspect(s.File, func(n ast.Node) bool {
		if appel, ok := n.(*ast.CallExpr); ok {
			if x, ok := appel.Fun.(*ast.SelectorExpr); ok {
				nom := "." + x.Sel.Name
				if paquet, ok := x.X.(*ast.Ident); ok {
					nom = paquet.Name + nom
				}
				f(nom, appel)
			}
		}
		return true
	})
}

// lesSources are the files of the program and of its packages: without tests, what tests import alone, and the tools of the house.
func lesSources(t *testing.T) (toutes []source) {
	t.Helper()
	const root = "../.."
	err := filepath.WalkDir(root, func(chemin string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		nom, err := filepath.Rel(root, chemin)
		if err != nil {
			return err
		}
		nom = filepath.ToSlash(nom)
		if d.IsDir() {
			outil := slices.Contains([]string{"bench", "internal/generer", "internal/mutants", "internal/navigateur", "internal/paquet", "internal/corpus", "internal/attente", "internal/panne", "internal/outils"}, nom)
			if nom != "." && strings.HasPrefix(d.Name(), ".") || outil || d.Name() == "essai" || d.Name() == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(nom, ".go") || strings.HasSuffix(nom, "_test.go") {
			return nil
		}
		lignes := token.NewFileSet()
		f, err := parser.ParseFile(lignes, chemin, nil, parser.SkipObjectResolution)
		toutes = append(toutes, source{nom, lignes, f})
		return err
	})
	if err != nil || len(toutes) < 300 {
		t.Fatalf("%d files, %v", len(toutes), err)
	}
	return toutes
}

// No shell is run, and no program that somebody chose: another program is this one, or PostgreSQL's own, with its arguments apart.
// ASVS 1.2.5: over the source.
func TestProgramsThatAreRun(t *testing.T) {
	t.Parallel()
	admis := map[string]string{
		"internal/portail/examen/demander.go": "p[0]",   // this program, as examiner
		"internal/portail/examen/eprouver.go": "absent", // what is not there: starting it must be refused before that is seen
		"internal/portail/sauvegarde/base.go": "chemin", // pg_dump and pg_restore, found by exec.LookPath
	}
	vus := 0
	for _, s := range lesSources(t) {
		for _, paquet := range []string{"syscall", "os"} {
			s.appels(func(nom string, appel *ast.CallExpr) {
				if nom == paquet+".StartProcess" || nom == paquet+".ForkExec" || nom == paquet+".Exec" {
					t.Errorf("%s: a process is started past os/exec", s.lieu(appel))
				}
			})
		}
		s.appels(func(nom string, appel *ast.CallExpr) {
			if nom != "exec.Command" && nom != "exec.CommandContext" {
				return
			}
			vus++
			programme := appel.Args[0]
			if nom == "exec.CommandContext" {
				programme = appel.Args[1]
			}
			if got := ecrit(programme); admis[s.nom] != got {
				t.Errorf("%s: it runs %s, which nobody decided", s.lieu(appel), got)
			}
		})
	}
	if vus != len(admis) {
		t.Errorf("%d places run programs, want %d", vus, len(admis))
	}
}

// ecrit is a short expression as it stands.
func ecrit(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.BasicLit:
		return e.Value
	case *ast.IndexExpr:
		return ecrit(e.X) + "[" + ecrit(e.Index) + "]"
	}
	return "?"
}

// Nothing that somebody sent becomes a pattern or a template: all of them stand in the source, or in its embedded files.
// ASVS 1.2.9, 1.3.7: over the source.
func TestPatternsAndTemplatesAreOurs(t *testing.T) {
	t.Parallel()
	n := 0
	for _, s := range lesSources(t) {
		if s.importe("text/template") && s.nom != "internal/portail/db/migrations.go" || // its own schema, for each database
			s.importe("github.com/expr-lang/expr") || s.importe("go/parser") || s.importe("plugin") {
			t.Errorf("%s imports an interpreter", s.nom)
		}
		s.appels(func(nom string, appel *ast.CallExpr) {
			_, methode, _ := strings.Cut(nom, ".")
			switch {
			case strings.HasPrefix(nom, "regexp."):
				if n++; methode != "QuoteMeta" && !constante(appel.Args[0]) {
					t.Errorf("%s: the pattern is made while the program runs", s.lieu(appel))
				}
			case methode == "Parse" && s.importe("html/template") && s.nom != "diag/page/page.go" && // its embedded pages
				!slices.Contains([]string{"url", "time", "parse", "uuid"}, strings.TrimSuffix(nom, ".Parse")) && !constante(appel.Args[0]):
				t.Errorf("%s: the template is made while the program runs", s.lieu(appel))
			}
		})
	}
	if n < 20 {
		t.Errorf("%d patterns", n)
	}
}

// constante tells a text that stands in the source, also in parts.
func constante(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.ParenExpr:
		return constante(e.X)
	case *ast.BinaryExpr:
		return constante(e.X) && constante(e.Y)
	}
	return false
}

// Memory is Go's own: no package but those for system calls and for the browser goes past it, and none is in C.
// ASVS 1.4.1: over the source.
func TestMemoryIsSafe(t *testing.T) {
	t.Parallel()
	admis := []string{"internal/portail/examen/enfermer_linux.go", "internal/portail/examen/limiter_windows.go", "jsondoc/word_wasm.go"}
	for _, s := range lesSources(t) {
		if s.importe("C") || s.importe("unsafe") && !slices.Contains(admis, s.nom) {
			t.Errorf("%s goes past the memory of Go", s.nom)
		}
	}
}

// Cryptography is that of Go and of libraries that were decided on, without what is broken; what is not to be guessed comes from
// crypto/rand.
// ASVS 6.5.3, 11.2.1, 11.3.1, 11.3.2, 11.4.1, 11.4.3, 11.5.1, 11.6.1: over the source.
func TestCryptography(t *testing.T) {
	t.Parallel()
	admis := []string{"crypto/aes", "crypto/cipher", "crypto/rand", "crypto/sha256", "crypto/subtle", "crypto/tls", "crypto/x509", "github.com/alexedwards/argon2id", "golang.org/x/crypto/acme", "golang.org/x/crypto/acme/autocert", "github.com/pquerna/otp", "github.com/pquerna/otp/hotp", "github.com/pquerna/otp/totp"}
	hasard := []string{"internal/portail/web/routeur.go", "internal/provisoire/provisoire.go", "export/cases.go"} // names and examples
	vus := map[string]bool{}
	for _, s := range lesSources(t) {
		for _, i := range s.Imports {
			chemin, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			crypto := strings.HasPrefix(chemin, "crypto/") || strings.HasPrefix(chemin, "golang.org/x/crypto") || strings.Contains(chemin, "argon2") || strings.Contains(chemin, "/otp") || strings.Contains(chemin, "bcrypt") || strings.Contains(chemin, "jwt")
			if vus[chemin] = true; crypto && !slices.Contains(admis, chemin) {
				t.Errorf("%s imports %s, which nobody decided", s.nom, chemin)
			}
			if strings.HasPrefix(chemin, "math/rand") && !slices.Contains(hasard, s.nom) {
				t.Errorf("%s draws numbers that can be guessed", s.nom)
			}
		}
		s.appels(func(nom string, appel *ast.CallExpr) {
			if strings.HasPrefix(nom, "cipher.") && nom != "cipher.NewGCM" && nom != "cipher.NewGCMWithRandomNonce" {
				t.Errorf("%s: %s does not authenticate", s.lieu(appel), nom)
			}
		})
	}
	for _, chemin := range admis[:7] {
		if !vus[chemin] {
			t.Errorf("%s is imported nowhere", chemin)
		}
	}
}

// The program calls nobody that a user names: mail server, database, antivirus and its own health are all there is, by the settings.
// ASVS 1.3.6, 13.2.4, 13.2.5, 15.3.2: over the source.
func TestWhomTheProgramCalls(t *testing.T) {
	t.Parallel()
	admis := map[string]string{
		"cmd/guichet/serve_tools.go":              "http.NewRequestWithContext", // asks its own health
		"internal/portail/antivirus/antivirus.go": ".DialContext",               // the daemon of the settings
		"internal/portail/courriel/courriel.go":   "mail.NewClient",             // the mail server of the settings
	}
	appelants := []string{"http.Get", "http.Post", "http.PostForm", "http.Head", "http.NewRequest", "http.NewRequestWithContext", "net.Dial", "net.DialTimeout", "tls.Dial", "smtp.Dial", "smtp.SendMail", "rpc.Dial", "net.LookupHost", "net.LookupIP"}
	n := 0
	for _, s := range lesSources(t) {
		s.appels(func(nom string, appel *ast.CallExpr) {
			if _, methode, _ := strings.Cut(nom, "."); !slices.Contains(appelants, nom) && methode != "DialContext" && nom != "mail.NewClient" {
				return
			}
			if n++; admis[s.nom] != nom {
				t.Errorf("%s: %s calls somebody, which nobody decided", s.lieu(appel), nom)
			}
		})
	}
	if n < 3 {
		t.Errorf("%d places call somebody", n)
	}
}
