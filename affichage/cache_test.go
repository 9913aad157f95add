package affichage_test

import (
	"testing"

	"guichet/affichage"
)

// What of a number shows: a time, a text of the format, nothing.
func TestCache(t *testing.T) {
	t.Parallel()
	for code, want := range map[string][4]bool{ // a time alone, with a time, a text alone, texts hidden
		"hh:mm": {true, true}, "[h]:mm": {true, true}, "h:mm AM/PM": {true, true}, "dd/mm/yyyy hh:mm": {false, true}, "dd/mm/yyyy": {},
		";;;": {2: true, 3: true}, `"12/10/2023"`: {2: true}, `0;0;0;"x"`: {3: true}, ";;;@": {2: true}, `"V"0`: {}, "General": {}, "@": {},
	} {
		f := affichage.Lire(code)
		if got := [4]bool{f.EstHeure(), f.MontreHeure(), f.TexteSeul("12"), f.CacheTextes()}; got != want {
			t.Errorf("%q: %v, want %v", code, got, want)
		}
	}
	for montre, want := range map[string][2]bool{"12/09/2023 14:30": {true}, "12/09/2023 14 h 30": {true}, "12/09/2023": {}, "oui": {1: true}, "": {1: true}} {
		if got := [2]bool{affichage.Tel(montre).MontreHeure(), affichage.Tel(montre).TexteSeul("1")}; got != want {
			t.Errorf("%q: %v, want %v", montre, got, want)
		}
	}
	var inconnu *affichage.Format
	if inconnu.EstHeure() || inconnu.MontreHeure() || inconnu.TexteSeul("1") || inconnu.CacheTextes() {
		t.Error("what is not known hides nothing")
	}
}
