package depot_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/internal/portail/depot"
)

func t0() time.Time { return instant }

// What somebody has typed so far of a number leads to those that begin so; a wrong key leads nowhere.
func TestBeginningsOfNumbers(t *testing.T) {
	t.Parallel()
	numero := depot.NumeroASP(7, 11)
	sans := strings.ReplaceAll(numero, "-", "")
	for i := len("ASP-0"); i <= len(numero); i++ {
		if d, r, ok := depot.LirePartieASP(numero[:i]); !ok || d[0] > 7 || d[1] < 7 || r[0] > 11 || r[1] < 11 {
			t.Errorf("%q: %d, %d, %t", numero[:i], d, r, ok)
		}
	}
	for texte, veut := range map[string][4]int64{
		"ASP-000000007": {7, 7, -1, 998}, "ASP-000000007-01": {7, 7, 9, 18}, "ASP00000000": {0, 9, -1, 998}, sans: {7, 7, 11, 11}, numero: {7, 7, 11, 11},
	} {
		d, r, ok := depot.LirePartieASP(texte)
		if got := [4]int64{d[0], d[1], int64(r[0]), int64(r[1])}; !ok || got != veut {
			t.Errorf("%q: %d, %t, want %d", texte, got, ok, veut)
		}
	}
	autre := byte('0')
	if sans[len(sans)-1] == autre {
		autre = '1'
	}
	for _, texte := range []string{"", "ASP", "ASP-", "000000007", sans[:len(sans)-1] + string(autre), numero + "0", "asp-1", "DEP-000000007"} {
		if d, r, ok := depot.LirePartieASP(texte); ok {
			t.Errorf("%q is read as %d, %d", texte, d, r)
		}
	}
}

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
