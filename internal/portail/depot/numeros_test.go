package depot_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/internal/portail/depot"
)

func t0() time.Time { return instant }

// References parse back, and no single wrong character or exchange of two passes for another reference.
func TestReferences(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.Int64Range(1, 1<<40).Draw(t, "id")
		rang := rapid.IntRange(0, 199).Draw(t, "rang")
		if d, ok := depot.LireImpID(depot.ImpID(id)); !ok || d != id {
			t.Fatalf("%s: %d, %t", depot.ImpID(id), d, ok)
		}
		numero := depot.NumeroASP(id, rang)
		if d, r, ok := depot.LireNumeroASP(numero); !ok || d != id || r != rang {
			t.Fatalf("%s: %d, %d, %t", numero, d, r, ok)
		}
		i := rapid.IntRange(4, len(numero)-1).Draw(t, "place")
		faux := []byte(numero)
		faux[i] = byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		if j := rapid.IntRange(4, len(numero)-1).Draw(t, "other"); rapid.Bool().Draw(t, "exchange") && j != i {
			faux = []byte(numero)
			faux[i], faux[j] = faux[j], faux[i]
		}
		if _, _, ok := depot.LireNumeroASP(string(faux)); ok && string(faux) != numero {
			t.Fatalf("%s passes for %s", faux, numero)
		}
	})
}

func TestNotReferences(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "DEP", "DEP-1-2", "ASP--1-001-00", "ASP-000000042-000-00", "ASP-0000000000042-007-61", "ASP-100663296-1001-39", "DEP-99999999999999999999-10"} {
		_, ok := depot.LireImpID(s)
		_, _, okASP := depot.LireNumeroASP(s)
		if ok || okASP {
			t.Errorf("%q is a reference", s)
		}
	}
}
