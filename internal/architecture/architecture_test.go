// Package architecture holds the house to its plan: which room may know which, and what the public
// packages must stay free of.
package architecture

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows lists, for each public package, the packages of the project that it may import.
var arrows = map[string][]string{
	"guichet/modele":        {},
	"guichet/modele/ms1dui": {"guichet/modele"},
	"guichet/jsondoc":       {},
	"guichet/diag":          {"guichet/modele"},
	"guichet/diag/page":     {"guichet/modele", "guichet/diag"},
	"guichet/diag/format":   {"guichet/modele", "guichet/diag", "guichet/diag/page"},
	"guichet/valeur":        {"guichet/modele"},
	"guichet/referentiel":   {"guichet/modele", "guichet/valeur"},
	"guichet/controle":      {"guichet/modele", "guichet/jsondoc", "guichet/diag", "guichet/valeur", "guichet/referentiel"},
	"guichet/comparaison":   {"guichet/modele", "guichet/jsondoc"},
	"guichet/correction":    {"guichet/modele", "guichet/jsondoc", "guichet/controle"},
	"guichet/reprise":       {"guichet/modele", "guichet/jsondoc", "guichet/comparaison", "guichet/controle", "guichet/correction", "guichet/diag", "guichet/valeur"},
	"guichet/piece":         {},
	"guichet/archive":       {},
	"guichet/appariement":   {"guichet/modele", "guichet/jsondoc", "guichet/diag", "guichet/controle", "guichet/piece", "guichet/archive", "guichet/valeur"},
	"guichet/affichage":     {},
	"guichet/preparation":   {"guichet/affichage", "guichet/modele", "guichet/jsondoc", "guichet/diag", "guichet/controle", "guichet/correction", "guichet/valeur", "guichet/referentiel", "guichet/archive", "guichet/piece", "guichet/appariement"},
	"guichet/export":        {"guichet/modele", "guichet/modele/ms1dui", "guichet/controle", "guichet/diag", "guichet/jsondoc"},

	// One table made of another.
	"guichet/modele/ajustement": {"guichet/modele", "guichet/jsondoc", "guichet/valeur"},
}

// forbidden are packages that no public package may reach: they run in a browser and in other people's
// programs.
var forbidden = []string{"net/http", "net", "database/sql", "testing", "os/exec"}

// outside are the modules of others that public packages may use.
var outside = []string{"github.com/mattn/go-runewidth", "github.com/clipperhouse/uax29", "github.com/goccy/go-yaml", "golang.org/x/text"}

func TestArrows(t *testing.T) {
	t.Parallel()
	for room, allowed := range arrows {
		for _, imported := range list(t, "{{join .Imports \"\\n\"}}", room) {
			if strings.HasPrefix(imported, "guichet/") && !slices.Contains(allowed, imported) {
				t.Errorf("%s imports %s", room, imported)
			}
		}
	}
}

func TestEveryPublicPackageHasItsArrows(t *testing.T) {
	t.Parallel()
	// Private packages need not build for the browser: their imports are not looked at.
	for p := range strings.FieldsSeq(run(t, "list", "-find", "-f", "{{.ImportPath}}", "guichet/...")) {
		private := strings.Contains(p, "/internal/") || strings.HasPrefix(p, "guichet/cmd/")
		if _, known := arrows[p]; !known && !private {
			t.Errorf("%s is public, but the plan does not have it", p)
		}
	}
}

func TestPublicPackagesStayLight(t *testing.T) {
	t.Parallel()
	for room := range arrows {
		deps := list(t, "{{join .Deps \"\\n\"}}", room)
		for _, heavy := range forbidden {
			if slices.Contains(deps, heavy) {
				t.Errorf("%s reaches %s", room, heavy)
			}
		}
		for _, d := range deps {
			module := strings.Contains(strings.Split(d, "/")[0], ".")
			if module && !slices.ContainsFunc(outside, func(o string) bool { return strings.HasPrefix(d, o) }) {
				t.Errorf("%s reaches %s, which nobody decided", room, d)
			}
		}
	}
}

func TestPublicPackagesBuildAsWebAssembly(t *testing.T) {
	t.Parallel()
	for room := range arrows {
		run(t, "build", "-o", os.DevNull, room)
	}
}

// list runs go list for the browser, where fewer packages are available.
func list(t *testing.T, format string, packages ...string) []string {
	t.Helper()
	return strings.Fields(run(t, append([]string{"list", "-f", format}, packages...)...))
}

func run(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}
