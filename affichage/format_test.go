package affichage_test

import (
	"testing"

	"guichet/affichage"
)

// What each format shows; "?" is what nobody can know from the file alone.
func TestMontrer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, nombre, want string }{
		{"General", "3.1", "3.1"},
		{"General", "45170", "45170"},
		{"General", "0.30000000000000004", "0.3"},
		{"General", "0.3333333333333333", "0.333333333"},
		{"General", "1234.56789012", "1234.56789"},
		{"General", "-12", "-12"},
		{"General", "12345678901", "12345678901"},
		{"General", "202309000001", "?"},
		{"General", "0.00001", "?"},
		{"General", "0", "0"},
		{`"V"General`, "3", "V3"},
		{"@", "3.10", "3.1"},
		{"0.00", "3.1", "3.10"},
		{"0.00", "2.675", "2.68"},
		{"0.00", "1.005", "1.01"},
		{"0.0", "9.96", "10.0"},
		{"0", "0.5", "1"},
		{"0", "0.4", "0"},
		{"0", "99.5", "100"},
		{"0.0##", "1.5", "1.5"},
		{"0.0##", "1.5256", "1.526"},
		{"#.##", "0.5", ".5"},
		{"#.00", "12.3", "12.30"},
		{".00", "12.3", "12.30"},
		{"00000", "123", "00123"},
		{"00000", "1234567", "1234567"},
		{"000000000", "10000016", "010000016"},
		{"0# ## ## ## ##", "199001001", "01 99 00 10 01"},
		{"00 00 00 00 00", "199001001", "01 99 00 10 01"},
		{`[>=3000000000000]#" "##;000`, "12", "012"},
		{`[<100]"petit";"grand"`, "12", "petit"},
		{`[<100]"petit";"grand"`, "120", "grand"},
		{`[<100]"petit"`, "120", "?"},
		{"#,##0.00", "433.5", "433.50"},
		{"#,##0.00", "2433.33", "?2 433.33"},
		{`#,##0.00\ [$€-40C]`, "1234567.891", "?1 234 567.89 €"},
		{`_-* #,##0.00\ "€"_-`, "12", "12.00 €"},
		{"0%", "0.25", "25%"},
		{"0.0,", "12345", "12.3"},
		{"0.00E+00", "12345", "?"},
		{"# ?/?", "0.5", "?"},
		{"0;(0)", "-5", "(5)"},
		{`0;-0;"néant"`, "0", "néant"},
		{";;;", "5", ""},
		{`"oui";"non";"non"`, "1", "oui"},
		{`[Red]0.0" j."`, "2.25", "2.3 j."},
		{"dd/mm/yyyy", "45181", "12/09/2023"},
		{"jj/mm/aaaa", "45181", "12/09/2023"},
		{`yyyy\-mm\-dd;@`, "45181.5", "2023-09-12"},
		{"d/m/yy", "45170", "1/9/23"},
		{"yyyy-mm-dd h:mm:ss", "45180.91666666666", "2023-09-11 22:00:00"},
		{"dd/mm/yyyy hh:mm", "45180.99999999999", "12/09/2023 00:00"},
		{"mm:ss", "0.5", "00:00"},
		{"hh:mm", "0.604166666666667", "14:30"},
		{"mmm-yy", "45170", "?"},
		{"[$-40C]d mmmm yyyy", "45170", "1 septembre 2023"},
		{"[$-40C]dddd d", "45170", "vendredi 1"},
		{"[$-F800]dddd, mmmm dd, yyyy", "45170", "?"},
		{"[h]:mm", "1.5", "?"},
		{"h:mm AM/PM", "0.5", "?"},
		{"dd/mm/yyyy", "12", "?"},
		{"dd/mm/yyyy", "-5", "?"},
		{"0.00", "x", "?"},
		{"0.00", "1e300", "?"},
		{"0.00", "NaN", "?"},
		{`0.00"`, "1", "1.00"},
		{`0.00\`, "1", "1.00"},
		{"[", "1", ""},
		{"", "1", ""},
	} {
		got, certain := affichage.Lire(c.code).Montrer(c.nombre)
		if !certain {
			got = "?" + got
		}
		if got != c.want {
			t.Errorf("%q shows %q as %q, want %q", c.code, c.nombre, got, c.want)
		}
	}
	for montre, want := range map[string]bool{"12/09/2023": true, "12 septembre 2023": true, "09/2023": false, "sept. 23": false, "12/09/23 14:30": true, "": false} {
		if affichage.Tel(montre).JourEntier() != want {
			t.Errorf("%q as a whole day: %v", montre, !want)
		}
	}
	if got, certain := affichage.Tel("3,10").Montrer("3.1"); got != "3,10" || !certain {
		t.Errorf("a shown text: %q, %v", got, certain)
	}
	if got, certain := (*affichage.Format)(nil).Montrer("3.1"); got != "" || certain {
		t.Errorf("no format: %q, %v", got, certain)
	}
}

// A format shows days or not, and the whole of them or a part.
func TestEstJour(t *testing.T) {
	t.Parallel()
	for code, want := range map[string][2]bool{
		"dd/mm/yyyy": {true, true}, "jj/mm/aa": {true, true}, "mmm-yy": {true, false}, "yyyy": {true, false}, "mm": {true, false},
		"d mmm": {true, false}, "[h]:mm": {}, "h:mm": {}, "mm:ss": {}, "0.00": {}, "General": {}, "Standard": {}, `"jour" 0`: {},
		`0\d`: {}, "[Red]0": {}, "0;dd/mm/yyyy": {}, "[$-40C]mmmm": {true, false}, `[$-F800]dddd, mmmm dd, yyyy`: {true, true}, "@": {},
		"dd/mm/yyyy hh:mm:ss": {true, true}, "": {},
	} {
		f := affichage.Lire(code)
		if got := [2]bool{f.EstJour(), f.JourEntier()}; got != want {
			t.Errorf("%q: %v, want %v", code, got, want)
		}
	}
	for id, want := range map[int]bool{0: false, 2: false, 13: false, 14: true, 17: true, 18: false, 22: true, 23: false, 27: true, 31: true, 32: false, 36: true, 45: false, 49: false, 50: true, 54: true, 55: false, 57: true, 58: true, 59: false} {
		if affichage.Predefini(id).EstJour() != want {
			t.Errorf("%d: %v", id, !want)
		}
	}
}

func TestSimple(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]int{"0.00": 2, "0": 0, "#,##0.000": 3, "0%": -1, "0.00 €": -1, "0;-0": -1, "dd": -1, "General": -1, "0,": -1, "[>1]0": -1} {
		n, ok := affichage.Lire(code).Simple()
		if !ok {
			n = -1
		}
		if n != want {
			t.Errorf("%q: %d, want %d", code, n, want)
		}
	}
	if !affichage.Lire("General").General() || affichage.Lire(`"V"General`).General() || affichage.Lire("0").General() {
		t.Error("General is not told apart")
	}
}

// Whatever a format is, it is read, and shows something or nothing.
func FuzzMontrer(f *testing.F) {
	for _, code := range []string{"0.00", "#,##0 \"€\";[Red]-0", "dd/mm/yyyy hh:mm:ss", "[>=1]0;0%", "\\", "_", "[$-40C]mmmm", "0.##,,"} {
		f.Add(code, "45181.5")
	}
	f.Fuzz(func(_ *testing.T, code, nombre string) {
		x := affichage.Lire(code)
		x.Montrer(nombre)
		x.JourEntier()
		x.Simple()
	})
}
