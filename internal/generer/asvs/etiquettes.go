package asvs

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// epreuve is a test: "internal/portail/web/web_test.go" and "TestHeaders".
type epreuve struct{ fichier, nom string }

func (e epreuve) String() string { return path.Dir(e.fichier) + "." + e.nom }

// etiquette is what a test says that it shows, and where it says so.
type etiquette struct {
	exigence string
	epreuve  epreuve
	lieu     string // "internal/portail/web/web_test.go:12"
}

// A tag is a line of the comment of a test function: "ASVS 3.4.3, 3.4.6: each page has the whole policy." What begins like one and
// is none is an error: nobody is to believe that it counts.
var (
	debutEtiquette = regexp.MustCompile(`(?m)^\s*(?://|/?\*)?\s*ASVS\b`)
	formeEtiquette = regexp.MustCompile(`^// ASVS (\d+\.\d+\.\d+(?:, \d+\.\d+\.\d+)*)(?:: \S.*|\.)?$`)
)

// lireEtiquettes finds the tags of all tests under root.
func lireEtiquettes(root string) (toutes []etiquette, err error) {
	err = filepath.WalkDir(root, func(chemin string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && chemin != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(d.Name(), "_test.go") {
			return nil
		}
		nom, err := filepath.Rel(root, chemin)
		if err != nil {
			return err
		}
		trouvees, err := dansFichier(chemin, filepath.ToSlash(nom))
		toutes = append(toutes, trouvees...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("finding the tags: %w", err)
	}
	return toutes, nil
}

// dansFichier finds the tags of one file.
func dansFichier(chemin, nom string) (toutes []etiquette, err error) {
	octets, err := os.ReadFile(chemin)
	if err != nil || !bytes.Contains(octets, []byte("ASVS")) {
		return nil, err
	}
	lignes := token.NewFileSet()
	f, err := parser.ParseFile(lignes, nom, octets, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	epreuves := map[*ast.CommentGroup]string{}
	for _, d := range f.Decls {
		if fonction, ok := d.(*ast.FuncDecl); ok && fonction.Doc != nil && estEpreuve(fonction) {
			epreuves[fonction.Doc] = fonction.Name.Name
		}
	}
	var fautes []error
	for _, groupe := range f.Comments {
		for _, c := range groupe.List {
			if !debutEtiquette.MatchString(c.Text) {
				continue
			}
			lieu := fmt.Sprintf("%s:%d", nom, lignes.Position(c.Pos()).Line)
			m := formeEtiquette.FindStringSubmatch(c.Text)
			switch fonction, ok := epreuves[groupe]; {
			case m == nil:
				fautes = append(fautes, fmt.Errorf("%s: %q is no tag: write // ASVS 1.2.3, 4.5.6: what the test shows", lieu, c.Text))
			case !ok:
				fautes = append(fautes, fmt.Errorf("%s: the tag is not in the comment of a test function", lieu))
			default:
				for id := range strings.SplitSeq(m[1], ", ") {
					toutes = append(toutes, etiquette{id, epreuve{nom, fonction}, lieu})
				}
			}
		}
	}
	return toutes, errors.Join(fautes...)
}

// estEpreuve tells a function that go test runs.
func estEpreuve(f *ast.FuncDecl) bool {
	prefixe := regexp.MustCompile(`^(Test|Fuzz)([A-Z0-9_].*)?$`)
	return f.Recv == nil && prefixe.MatchString(f.Name.Name) && f.Name.Name != "TestMain" && len(f.Type.Params.List) == 1
}
