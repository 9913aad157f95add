package traces

import (
	"os"
	"strings"
	"testing"
)

// Each kind of trace stands in the inventory of what is logged.
// ASVS 16.1.1
func TestTracesAreDocumented(t *testing.T) {
	t.Parallel()
	octets, err := os.ReadFile("../../../docs/securite.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range genres {
		if !strings.Contains(string(octets), "`"+g.Code+"`") {
			t.Errorf("docs/securite.md does not name %s", g.Code)
		}
	}
}
