package classeur_test

import (
	"strings"
	"testing"
)

// Texts in the encodings of a French Windows, an old Mac and DOS are recognised where French tells; what is not certain
// has no letters beyond ASCII, so that its cells are refused.
func TestEncodages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ nom, octets, want string }{
		{"Windows, small letters", "nom;H\xe9l\xe8ne\n", "1|nom|Hélène\n"},
		{"Windows, capitals", "nom;DUPR\xc9\n", "1|nom|DUPRÉ\n"},
		{"Windows, signs", "L\x92\xc9t\xe9;5 \x80\n", "1|L’Été|5 €\n"},
		{"Windows, ligature", "s\x9cur;no\xebl\n", "1|sœur|noël\n"},
		{"Windows, name of elsewhere", "nom;Mu\xf1oz\npr\xe9nom;Jos\xe9\n", "1|nom|Muñoz\n2|prénom|José\n"},
		{"Windows, a byte of nothing", "pr\xe9nom;a\x81\n", "1|prénom|a\ufffd\n"},
		{"Mac, capital", "nom;DUPR\x83\n", "1|nom|DUPRÉ\n"},
		{"Mac, small letters", "nom;H\x8el\x8fne\n", "1|nom|Hélène\n"},
		{"Mac, quote", "nom;l\xd5\x8et\x8e\n", "1|nom|l’été\n"},
		{"DOS", "nom;H\x82l\x8ane\n", "1|nom|Hélène\n"},
		{"DOS, capital", "pr\x82nom;DUPR\x90\n", "1|prénom|DUPRÉ\n"},
		{"Windows or Mac", "nom;DUPR\xe9\n", "1|nom|DUPR\ufffd\n"},
		{"two encodings", "nom;DUPR\xc3\x89\nnom;DUPR\xc9\n", "1|nom|DUPRÉ\n2|nom|DUPR\ufffd\n"},
		{"two encodings, the other way", "nom;DUPR\x83\nnom;H\xc3\xa9l\xc3\xa8ne\n", "1|nom|DUPR\ufffd\n2|nom|Hélène\n"},
		{"UTF-16 without mark", "n\x00o\x00m\x00;\x00\xe9\x00\n\x00", "1|nom|é\n"},
		{"UTF-16 the other way", "\x00n\x00o\x00m\x00;\x00\xe9\x00\n", "1|nom|é\n"},
		{"UTF-16, half a character", "\xff\xfea\x00;\x00\x00\xd8b\x00\n\x00", "1|a|\ufffdb\n"},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			if got, err := lire(t, "f.csv", []byte(c.octets)); err != nil || got != c.want {
				t.Errorf("%v\n%q\nwant\n%q", err, got, c.want)
			}
		})
	}
}

// How texts are divided: the separator of most lines, or the one that the first line names; all line ends; what other
// systems leave at the end.
func TestDivision(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ nom, octets, want string }{
		{"a title above", "Export du 12/09/2023\n\na,b,c\n1,2,3\n", "1|Export du 12/09/2023\n3|a|b|c\n4|1|2|3\n"},
		{"a title with another separator", "Export, du; 12/09/2023\na;b;c\n1;2,5;3,5\n", "1|Export, du| 12/09/2023\n2|a|b|c\n3|1|2,5|3,5\n"},
		{"a title with semicolons", "Export; du 12/09/2023; à 10 h\na,b,c,d\n1,2,3,4\n", "1|Export; du 12/09/2023; à 10 h\n2|a|b|c|d\n3|1|2|3|4\n"},
		{"commas in the values", "a;b\n1,5;2,5\n3,5;4,5\n", "1|a|b\n2|1,5|2,5\n3|3,5|4,5\n"},
		{"commas between quotes", "\"a, b, c\";d\n\"e, f, g\";h\n", "1|a, b, c|d\n2|e, f, g|h\n"},
		{"bars", "a|b\n1|2\n", "1|a|b\n2|1|2\n"},
		{"named", "sep=,\na,b;c;d\n1,2;3;4\n", "1|a|b;c;d\n2|1|2;3;4\n"},
		{"named, Windows", "\ufeffsep=;\r\na;b\r\n", "1|a|b\n"},
		{"named, alone", "SEP=;", ""},
		{"not named", "sep=ab;c\n", "1|sep=ab|c\n"},
		{"carriage returns", "a;b\r1;2\r\r\"3\r4\";5\r", "1|a|b\n2|1|2\n4|3\n4|5\n"},
		{"both line ends", "a;b\r\n1;2\r\n", "1|a|b\n2|1|2\n"},
		{"end of DOS", "a;b\r\n1;2\r\n\x1a", "1|a|b\n2|1|2\n"},
		{"filled block", "a;b\n1;2\n\x1a" + strings.Repeat("\x00", 9000), "1|a|b\n2|1|2\n"},
		{"nothing but filling", strings.Repeat("\x00", 9000), ""},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			if got, err := lire(t, "f.csv", []byte(c.octets)); err != nil || got != c.want {
				t.Errorf("%v\n%q\nwant\n%q", err, got, c.want)
			}
		})
	}
}
