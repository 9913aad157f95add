package diag_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestDependencies keeps the package fit for the browser: what it imports, as WebAssembly is built.
func TestDependencies(t *testing.T) {
	t.Parallel()
	list := exec.Command("go", "list", "-deps", "guichet/diag")
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	out, err := list.CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "guichet/modele") {
		t.Fatalf("not a list of dependencies: %q", deps)
	}
	for _, heavy := range []string{"net/http", "net", "database/sql", "html/template", "text/template", "testing", "os/exec"} {
		if slices.Contains(deps, heavy) {
			t.Errorf("diag imports %s", heavy)
		}
	}
}

func TestBuildsAsWebAssembly(t *testing.T) {
	t.Parallel()
	build := exec.Command("go", "build", "-o", os.DevNull, "guichet/diag", "guichet/diag/page", "guichet/diag/format")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Errorf("go build: %v\n%s", err, out)
	}
}
