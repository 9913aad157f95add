package classeur_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"guichet/internal/classeur"
	"guichet/valeur"
)

// Texts in the encodings of a French Windows, an old Mac and DOS are recognised where French tells; what is not certain
// keeps its bytes, so that its cells are refused and their readings told.
func TestEncodages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ nom, octets, want string }{
		{"Windows, small letters", "nom;H\xe9l\xe8ne\n", "1|nom|Hélène\n"},
		{"Windows, capitals", "nom;DUPR\xc9\n", "1|nom|DUPRÉ\n"},
		{"Windows, signs", "L\x92\xc9t\xe9;5 \x80\n", "1|L’Été|5 €\n"},
		{"Windows, ligature", "s\x9cur;no\xebl\n", "1|sœur|noël\n"},
		{"Windows, name of elsewhere", "nom;Mu\xf1oz\npr\xe9nom;Jos\xe9\n", "1|nom|Muñoz\n2|prénom|José\n"},
		{"Windows, a byte of nothing", "pr\xe9nom;a\x81\n", "1|prénom|a{81}\n"},
		{"Mac, capital", "nom;DUPR\x83\n", "1|nom|DUPRÉ\n"},
		{"Mac, small letters", "nom;H\x8el\x8fne\n", "1|nom|Hélène\n"},
		{"Mac, quote", "nom;l\xd5\x8et\x8e\n", "1|nom|l’été\n"},
		{"DOS", "nom;H\x82l\x8ane\n", "1|nom|Hélène\n"},
		{"DOS, capital", "pr\x82nom;DUPR\x90\n", "1|prénom|DUPRÉ\n"},
		{"Windows or Mac", "nom;DUPR\xe9\n", "1|nom|DUPR{e9}\n"},
		{"two encodings", "nom;DUPR\xc3\x89\nnom;DUPR\xc9\n", "1|nom|DUPRÉ\n2|nom|DUPR{c9}\n"},
		{"two encodings, the other way", "nom;DUPR\x83\nnom;H\xc3\xa9l\xc3\xa8ne\n", "1|nom|DUPR{83}\n2|nom|Hélène\n"},
		{"Windows, apostrophe among capitals", "nom;L\x92ETOILE\n", "1|nom|L’ETOILE\n"},
		{"Windows, registered", "nom;DUI\xae\n", "1|nom|DUI®\n"},
		{"Windows, euro", "5 \x80;6\x80\n", "1|5 €|6€\n"},
		{"Windows, degree", "N\xb0;12\xb0\n", "1|N°|12°\n"},
		{"Windows, half", "dur\xe9e;1\xbd\n5 \x80;\xbd\n", "1|durée|1½\n2|5 €|½\n"},
		{"Windows, bar", "\xe9t\xe9;a \xa6 b\n5 \x80\n", "1|été|a ¦ b\n2|5 €\n"},
		{"nothing, one byte", "nom;DUPR\x81\n", "1|nom|DUPR{81}\n"},
		{"nothing, one small byte", "nom;M\x81ller\n", "1|nom|M{81}ller\n"},
		{"a name of elsewhere alone", "nom;DVO\x8eAK\n", "1|nom|DVO{8e}AK\n"},
		{"Windows, one cell of a Mac", "pr\xe9nom;h\xf4tel \xe0 \xe9t\xe9s\nAndr\x8e;l\xd5OG\n", "1|prénom|hôtel à étés\n2|Andr{8e}|l{d5}OG\n"},
		{"Windows, one cell of DOS", "pr\xe9nom;h\xf4tel \xe0 \xe9t\xe9s\nAndr\x82;ma\x93tre\n", "1|prénom|hôtel à étés\n2|Andr{82}|ma{93}tre\n"},
		{"ISO-8859-15, ligature", "s\xbdur;\xbcUVRE\n\xbduvre;B\xbcUF\n", "1|sœur|ŒUVRE\n2|œuvre|BŒUF\n"},
		{"ISO-8859-15, euro", "2920 \xa4;\xa42433\n5\xa0\xa4;\xa4 7\n", "1|2920 €|€2433\n2|5\u00a0€|€ 7\n"},
		{"ISO-8859-15, by another cell", "s\xbdur;DVO\xb4AK\nL'HA\xbe;\xa6koda\n", "1|sœur|DVOŽAK\n2|L'HAŸ|Škoda\n"},
		{"ISO-8859-15, a fraction", "s\xbdur;1\xbd\n", "1|sœur|1\ufdd6\n"},
		{"Windows or ISO-8859-15, apostrophe", "\xe9t\xe9;L\xb4ETOILE\n", "1|été|L\ufdd3ETOILE\n"},
		{"Windows or ISO-8859-15, hour", "\xe9t\xe9;\xbdh\n", "1|été|\ufdd6h\n"},
		{"Windows or ISO-8859-15, currency", "\xe9t\xe9;k\xa4\n", "1|été|k\ufdd0\n"},
		{"Windows, a ligature of ISO-8859-15", "l\x92\xe9t\xe9;s\xbdur\n", "1|l’été|s\ufdd6ur\n"},
		{"UTF-16 without mark", "n\x00o\x00m\x00;\x00\xe9\x00\n\x00", "1|nom|é\n"},
		{"UTF-16 the other way", "\x00n\x00o\x00m\x00;\x00\xe9\x00\n", "1|nom|é\n"},
		{"UTF-32 little", "\xff\xfe\x00\x00a\x00\x00\x00;\x00\x00\x00\xe9\x00\x00\x00\n\x00\x00\x00", "1|a|é\n"},
		{"UTF-32 big", "\x00\x00\xfe\xff\x00\x00\x00a\x00\x00\x00;\x00\x00\x00\xe9", "1|a|é\n"},
		{"UTF-32 without mark", "n\x00\x00\x00o\x00\x00\x00;\x00\x00\x00\xe9\x00\x00\x00\n\x00\x00\x00", "1|no|é\n"},
		{"UTF-32 the other way", "\x00\x00\x00n\x00\x00\x00o\x00\x00\x00;\x00\x00\x00\xe9\x00\x00\x00\n", "1|no|é\n"},
		{"UTF-16, half a character", "\xff\xfea\x00;\x00\x00\xd8b\x00\n\x00", "1|a|\ufffdb\n"},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			if got, err := lire(t, "f.csv", []byte(c.octets)); err != nil || got != incertains(c.want) {
				t.Errorf("%v\n%q\nwant\n%q", err, got, c.want)
			}
		})
	}
}

// incertains puts in what stands for bytes that are no certain characters: {e9}.
func incertains(t string) string {
	return regexp.MustCompile(`\{[0-9a-f]{2}\}`).ReplaceAllStringFunc(t, func(m string) string {
		b, _ := strconv.ParseUint(m[1:3], 16, 8)
		return string(valeur.Octet(byte(b)))
	})
}

// A byte that is a sign for Windows and a letter for ISO-8859-15 is neither where it stands alone, unless the file is certain.
func TestOctetsDesDeuxLatins(t *testing.T) {
	t.Parallel()
	const octets, windows, quinze = "\xa4\xa6\xa8\xb4\xb8\xbc\xbd\xbe", "¤¦¨´¸¼½¾", "€ŠšŽžŒœŸ"
	for i, octet := range []byte(octets) {
		indecis := string(valeur.Indecis(octet))
		for _, forme := range []string{"_", "ÉLÈNE _", "_ ÉLÈNE", "ÉLÈNE _ DUPRÉ", "ÉLÈNE-_", "L'_", "(_)", "_.", " _ "} {
			for _, f := range []struct{ ligne, texte, lu string }{
				{"\xe9t\xe9", "été", indecis},
				{"\xe9t\xe9 5 \x80", "été 5 €", string([]rune(windows)[i])},
				{"\xe9t\xe9 s\xbdur", "été sœur", string([]rune(quinze)[i])},
			} {
				cellule := strings.NewReplacer("É", "\xc9", "È", "\xc8", "_", string([]byte{octet})).Replace(forme)
				want := "1|nom|" + f.texte + "\n2|" + strings.ReplaceAll(forme, "_", f.lu) + "\n"
				if got, err := lire(t, "f.csv", []byte("nom;"+f.ligne+"\n"+cellule+"\n")); err != nil || got != want {
					t.Errorf("%v\n%q\nwant\n%q", err, got, want)
				}
			}
		}
	}
}

// A letter of a neighbour's names inside a word is recognised, and told, where no other encoding makes a word of it.
func TestLettresDesVoisins(t *testing.T) {
	t.Parallel()
	for octets, c := range map[string]struct{ want, encodage string }{
		"M\xfcller": {"Müller", "Windows-1252"}, "\xfcber": {"über", "Windows-1252"}, "M\xdcLLER": {"MÜLLER", "Windows-1252"},
		"Nu\xf1ez": {"Nuñez", "Windows-1252"}, "NU\xd1EZ": {"NUÑEZ", "Windows-1252"},
		"J\xf6rg": {"Jörg", "Windows-1252"}, "J\xd6RG": {"JÖRG", "Windows-1252"}, "J\xe4ger": {"Jäger", "Windows-1252"},
		"H\xe5kan": {"Håkan", "Windows-1252"}, "H\xc5KAN": {"HÅKAN", "Windows-1252"},
		"S\xf8ren": {"Søren", "Windows-1252"}, "S\xd8REN": {"S{d8}REN", ""}, // SÏREN of DOS
		"Gro\xdfe": {"Große", "Windows-1252"}, "Jo\xe3o": {"João", "Windows-1252"}, "L\xf3pez": {"López", "Windows-1252"},
		"M\xfcller H\xe9l\xe8ne \xe0 l'h\xf4tel": {"Müller Hélène à l'hôtel", ""}, // French makes it certain
		"DUPR\xc9":                               {"DUPRÉ", ""}, "N\xb0ADELI 20\xb0C m\xb2 \xe9t\xe9": {"N°ADELI 20°C m² été", ""},
		"N\xa1ADELI \x8et\x8e": {"N°ADELI été", "Mac Roman"},
	} {
		got, err := lire(t, "f.csv", []byte("nom;"+octets+"\n"))
		if want := "1|nom|" + incertains(c.want) + "\n"; err != nil || got != want {
			t.Errorf("%v %q, want %q", err, got, want)
		}
		if encodage := encodage(t, []byte("nom;"+octets+"\n")); encodage != c.encodage {
			t.Errorf("%q: told %q, want %q", octets, encodage, c.encodage)
		}
	}
}

// encodage returns what is told of how a text is encoded.
func encodage(t *testing.T, octets []byte) string {
	t.Helper()
	chemin := filepath.Join(t.TempDir(), "f.csv")
	if err := os.WriteFile(chemin, octets, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := classeur.Ouvrir(chemin, classeur.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.Feuilles[0].Encodage
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
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			if got, err := lire(t, "f.csv", []byte(c.octets)); err != nil || got != c.want {
				t.Errorf("%v\n%q\nwant\n%q", err, got, c.want)
			}
		})
	}
}
