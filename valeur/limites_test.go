package valeur_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"guichet/modele"
	"guichet/valeur"
)

// A date exists where the calendar has it: every day of years with and without a 29 February, and those around.
func TestLireDateCalendrier(t *testing.T) {
	t.Parallel()
	for _, annee := range []int{1, 1900, 2000, 2023, 2024, 2100} {
		for m := range 14 {
			for j := range 33 {
				ecrit := fmt.Sprintf("%02d/%02d/%04d", j, m, annee)
				d := time.Date(annee, time.Month(m), j, 0, 0, 0, 0, time.UTC)
				want := m >= 1 && m <= 12 && j >= 1 && d.Day() == j && int(d.Month()) == m
				jour, ecrite, existe := valeur.LireDate([]byte(ecrit))
				if existe != want || !ecrite || jour != annee*10000+m*100+j {
					t.Fatalf("%s: %d, %t, %t", ecrit, jour, ecrite, existe)
				}
			}
		}
	}
	for _, ecrit := range []string{"", "1/10/2023", "01/10/23", "01-10-2023", "01/10-2023", "01-10/2023", "0a/10/2023", "01/b0/2023", "01/10/20c3", "01/10/20233", "101/10/2023"} {
		if _, ecrite, existe := valeur.LireDate([]byte(ecrit)); ecrite || existe {
			t.Errorf("%q is read", ecrit)
		}
	}
	if _, ecrite, existe := valeur.LireDate([]byte("01/01/0000")); !ecrite || existe {
		t.Error("year 0")
	}
}

func TestEntier(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]int64{"0": 0, "7": 7, "0012": 12, "999999999999999999": 999999999999999999} {
		if n, ok := valeur.Entier([]byte(ecrit)); n != want || !ok {
			t.Errorf("%q: %d, %t", ecrit, n, ok)
		}
	}
	for _, ecrit := range []string{"", "-1", "1.0", "1e3", "9999999999999999999", "/", ":", "1 2"} {
		if n, ok := valeur.Entier([]byte(ecrit)); ok || n != 0 {
			t.Errorf("%q: %d, %t", ecrit, n, ok)
		}
	}
}

func TestCentimes(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]int64{
		"0.00": 0, "0.01": 1, "2433.33": 243333, "-1.50": -150, "10000000000000.00": 1e15, "99999999999999999999.99": 1e15, "-99999999999999999.00": -1e15, "9999999999999.99": 999999999999999,
	} {
		if n, ok := valeur.Centimes([]byte(ecrit)); n != want || !ok {
			t.Errorf("%q: %d, %t, want %d", ecrit, n, ok, want)
		}
	}
	for _, ecrit := range []string{"", ".00", "1", "1.0", "1.000", "1,00", "1e3.00", "a.00", "1.0a", "--1.00", "+1.00", "1 000.00"} {
		if n, ok := valeur.Centimes([]byte(ecrit)); ok {
			t.Errorf("%q: %d", ecrit, n)
		}
	}
}

func TestHorsTelephoneEtAlphabet(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]int{"+33 1.99-00": -1, "+": -1, "+a": 1, "+33 1 99 00 10 0é": 16, "+33+1": 3, "+3/": 2, "+3:": 2} {
		if got := valeur.HorsTelephone([]byte(ecrit)); got != want {
			t.Errorf("%q: %d, want %d", ecrit, got, want)
		}
	}
	for _, c := range []struct {
		ecrit           string
		alpha, chiffres int
	}{{"", -1, -1}, {"09", -1, -1}, {"AZaz", -1, 0}, {"1@", 1, 1}, {"1[", 1, 1}, {"1`", 1, 1}, {"1{", 1, 1}, {"1/", 1, 1}, {"1:", 1, 1}, {"é", 0, 0}, {"1 ", 1, 1}} {
		if a, n := valeur.HorsAlphabet([]byte(c.ecrit), modele.Alphanumerique), valeur.HorsAlphabet([]byte(c.ecrit), modele.Chiffres); a != c.alpha || n != c.chiffres {
			t.Errorf("%q: %d, %d", c.ecrit, a, n)
		}
	}
}

func TestMinuscule(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]int{"": -1, "AZ": -1, "Aa": 1, "Az": 1, "A`{": -1, "É": -1, "Éé": 2, "ÉÉ 9b": 6, "Aß": 1, "日": -1} {
		if got := valeur.Minuscule([]byte(ecrit)); got != want {
			t.Errorf("%q: %d, want %d", ecrit, got, want)
		}
	}
}

// What is put in upper case is found in upper case, letters that have no capital of their own too.
func TestMajuscules(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{"straße été": "STRASSE ÉTÉ", "ﬁn": "FIN", "ŉ": "ʼN", "Été": "ÉTÉ"} {
		if got := valeur.Majuscules(ecrit); got != want {
			t.Errorf("%q: %q, want %q", ecrit, got, want)
		}
	}
	for r := range unicode.MaxRune {
		if m := valeur.Majuscules(string(r)); valeur.Minuscule([]byte(m)) >= 0 {
			t.Errorf("U+%04X: %q is not in upper case", r, m)
		}
	}
}

// Each plan has its own length, never a zero at the start; other countries are held to 7 to 15 digits.
func TestPlausible(t *testing.T) {
	t.Parallel()
	for indicatif, n := range map[string]int{"33": 9, "262": 9, "590": 9, "594": 9, "596": 9, "508": 6, "681": 6, "687": 6, "689": 8} {
		for ecart, want := range map[int]bool{-1: false, 0: true, 1: false} {
			if ok, francais := valeur.Plausible([]byte("+" + indicatif + " " + strings.Repeat("4", n+ecart))); ok != want || !francais {
				t.Errorf("+%s with %d digits: %t, %t", indicatif, n+ecart, ok, francais)
			}
		}
		if ok, _ := valeur.Plausible([]byte("+" + indicatif + "0" + strings.Repeat("4", n-1))); ok {
			t.Errorf("+%s 0…", indicatif)
		}
	}
	for ecrit, want := range map[string]bool{"+123456": false, "+15550100": false, "+1 555 010 0123": true, "+3234567": true, "+323456789012345": true, "+1234567890123456": false, "+12345678901234567": false, "+44 20 7946 0000": true} {
		if ok, francais := valeur.Plausible([]byte(ecrit)); ok != want || francais {
			t.Errorf("%s: %t, %t", ecrit, ok, francais)
		}
	}
	if ok, francais := valeur.Plausible([]byte("+0123456789")); ok || !francais {
		t.Error("a zero as the prefix")
	}
}

// The keys of the two registers, each number with one digit changed, and La Poste's own rule.
func TestCles(t *testing.T) {
	t.Parallel()
	for _, juste := range []string{"010000016", "010000008", "990000010", "995000007"} {
		if !valeur.CleFINESS([]byte(juste)) {
			t.Errorf("%s fails", juste)
		}
		for i := range juste {
			faux := []byte(juste)
			faux[i] = '0' + (faux[i]-'0'+1)%10
			if valeur.CleFINESS(faux) {
				t.Errorf("%s passes", faux)
			}
		}
	}
	for siret, want := range map[string]bool{
		"00000000100008": true, "00000000100009": false, "35600000000048": true, "35600000000049": false, "35600000049837": true, "35600000049838": false, "35600000000001": true, "35600000000002": false, "35600000000006": true,
	} {
		if got := valeur.CleSIRET([]byte(siret)); got != want {
			t.Errorf("SIRET %s: %t", siret, got)
		}
	}
	if juste, chiffres := valeur.Luhn([]byte("2A0000016")); juste || chiffres {
		t.Error("letters")
	}
	if juste, chiffres := valeur.Luhn(nil); !juste || !chiffres {
		t.Error("nothing")
	}
}

func TestCourriel(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]bool{
		"a@b.c": true, "é@exemple.invalid": true, "@b.c": false, "a@b": false, "a.b@c": false, "a@b.c d": false, "a b@c.d": false, "a@b.c\u00a0": false, "": false, "a@.": false, "a\u0085@b.c": false,
	} {
		if got := valeur.Courriel([]byte(ecrit)); got != want {
			t.Errorf("%q: %t", ecrit, got)
		}
	}
}

func TestMotsEtNotations(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{
		"NULL": "null", "None": "null", "nil": "null", "N/A": "null", "True": "true", "FALSE": "false", "Vrai": "true", "faux": "false", "OUI": "true", "non": "false", "": "", "peut-être": "",
	} {
		if got := valeur.Mot(ecrit); got != want {
			t.Errorf("%q: %q", ecrit, got)
		}
	}
	for ecrit, want := range map[string][2]bool{ // scientific, shortened by a spreadsheet
		"2,02309E+11": {true, true}, "2E+11": {true, true}, "1.5e+05": {true, true}, "12E3": {true, false}, "1E5": {true, false}, "1E+5": {true, false}, "-1E+05": {false, true}, "1E-05": {false, true},
		"12E+05": {true, false}, "E+05": {false, false}, "1E+": {false, false}, "1E+0500": {true, false}, "1E+050": {true, true}, "CMD-1": {false, false}, "1,E+05": {false, false},
	} {
		if s, a := valeur.Scientifique(ecrit), valeur.Abrege([]byte(ecrit)); s != want[0] || a != want[1] {
			t.Errorf("%q: scientific %t, shortened %t", ecrit, s, a)
		}
	}
}

func TestZerosEtLitteral(t *testing.T) {
	t.Parallel()
	ty := modele.Type{Genre: modele.Chaine, Exact: 9, Alphabet: modele.Chiffres}
	for ecrit, want := range map[string]string{"12345": "000012345", "1234": "", "123456789": "123456789", "1234567890": "", "12 45": "", "": ""} {
		if got := valeur.Zeros(ty, ecrit); got != want {
			t.Errorf("%q: %q, want %q", ecrit, got, want)
		}
	}
	ty.Alphabet = modele.Libre
	if got := valeur.Zeros(ty, "12345"); got != "" {
		t.Errorf("a free text gets zeros: %s", got)
	}
	if got := valeur.Litteral("a<b>&\"é\n"); got != `"a<b>&\"é\n"` {
		t.Errorf("literal %s", got)
	}
	for ecrit, want := range map[string]string{"39999": "", "40000": "06/07/2009", "59999": "07/04/2064", "60000": "", "-1": ""} {
		if got := valeur.Jour(ecrit); got != want {
			t.Errorf("day %s: %q, want %q", ecrit, got, want)
		}
	}
}

func TestChoix(t *testing.T) {
	t.Parallel()
	un := modele.Type{Genre: modele.Choix, Valeurs: []string{"TTC", "HT"}}
	plusieurs := modele.Type{Genre: modele.ChoixMultiple, Valeurs: []string{"PA", "PH", "DOM"}}
	for _, c := range []struct {
		ty          modele.Type
		ecrit, want string
	}{
		{un, "ttc", "TTC"}, {un, " h.t. ", "HT"}, {un, "EXO", ""}, {un, "", ""}, {un, "TTC HT", ""},
		{plusieurs, "pa/ph", "PA, PH"}, {plusieurs, "PA;PH|DOM", "PA, PH, DOM"}, {plusieurs, "PA + dom", "PA, DOM"}, {plusieurs, "PA, XX", ""}, {plusieurs, "", ""},
	} {
		if got := valeur.Choix(c.ty, c.ecrit); got != c.want {
			t.Errorf("%q: %q, want %q", c.ecrit, got, c.want)
		}
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"abc", "abd", 1}, {"abc", "ab", 1}, {"abc", "xabc", 1}, {"ca", "abc", 3}, {"éa", "aé", 1}, {"abcd", "badc", 2},
	} {
		if got := valeur.Distance(c.a, c.b); got != c.want || valeur.Distance(c.b, c.a) != c.want {
			t.Errorf("%s, %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
	for _, c := range []struct {
		t, autre string
		want     int
	}{{"fin", "finess", 0}, {"fi", "finess", 4}, {"fix", "finess", 4}, {"finess", "fin", 3}} {
		if got := valeur.Ecart(c.t, c.autre); got != c.want {
			t.Errorf("%s, %s: %d, want %d", c.t, c.autre, got, c.want)
		}
	}
	noms := []string{"dateCommande", "DATE-COMMANDE", "montant"}
	for ecrit, want := range map[string]string{
		"date_commande": "dateCommande", "dateComande": "dateCommande", "montnat": "montant", "xyz": "", "": "", strings.Repeat("a", 81): "", "mon": "", "Date commande": "dateCommande",
	} {
		if got := valeur.Proche(ecrit, noms); got != want {
			t.Errorf("%q: %q, want %q", ecrit, got, want)
		}
	}
}

// A national number gets the prefix of its territory; what stands before and between its digits does not matter.
func TestTelephoneFormes(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{
		"+33 01 99 00 45 67": "+33 1 99 00 45 67", "+33(0)199004567": "+33199004567", "(+33) 1 99 00 45 67": "+33 1 99 00 45 67", "(0)1 99 00 45 67": "+33 1 99 00 45 67", "0033 01 99 00 45 67": "+33 1 99 00 45 67",
		"33 1 99 00 45 67": "+33 1 99 00 45 67", "01\u202f99\u00a000\u200945\u200767": "+33 1 99 00 45 67", "01\u201199\u201300\u201045-67": "+33 1-99-00-45-67", "01/99/00/45/67": "+33 1 99 00 45 67",
		"0262 99 00 45 1": "", "+262 0262 99 00 45": "+262 262 99 00 45", "+44 (0)20 7946 0000": "+44 20 7946 0000", "+44 020 7946 0000": "+44 020 7946 0000", "00 44 20 7946 0000": "+44 20 7946 0000",
		"199004567": "", "01 99 00 45 67 / 06 99 00 45 67": "", "01 99 00 45 67 poste 2": "", "+33 1 99 00 45": "", "+33 0 99 00 45 67": "",
	} {
		if got, _ := valeur.Telephone(ecrit); got != want {
			t.Errorf("%q: %q, want %q", ecrit, got, want)
		}
	}
	for national, indicatif := range map[string]string{
		"0262": "+262", "0263": "+262", "0269": "+262", "0639": "+262", "0692": "+262", "0693": "+262", "0590": "+590", "0690": "+590", "0691": "+590", "0594": "+594", "0694": "+594",
		"0596": "+596", "0696": "+596", "0697": "+596", "0199": "+33", "0799": "+33",
	} {
		if got, francais := valeur.Telephone(national + "990045"); got != indicatif+" "+national[1:]+"990045" || !francais {
			t.Errorf("%s: %q", national, got)
		}
	}
	for ecrit, want := range map[string]bool{"+33 01 99 00 45 67": true, "+330199004567": true, "+33 1 99 00 45 67": false, "+590 590 99 00 45": false, "+590 0590 99 00 45": true, "+44 020 7946 0000": false, "01 99 00 45 67": false, "": false} {
		if got := valeur.ZeroNational([]byte(ecrit)); got != want {
			t.Errorf("%q: zero %t", ecrit, got)
		}
	}
}
