package preparation_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/preparation"
)

// lues looks at what becomes of cells, each in an order of its own: the literal that the tag has in the file, "~" before
// what was repaired, or the code of the fault that refuses it.
func lues(t *testing.T, balise string, attendues map[string]string) {
	t.Helper()
	cellules := slices.Sorted(maps.Keys(attendues))
	rangees := [][]string{titres()}
	for i, c := range cellules {
		rangees = append(rangees, juste("referenceCommande", fmt.Sprint("CMD-", i), "numeroEditeur", fmt.Sprintf("A%04d", i), "FINESSGeo", corpus.Finess(500_000+i), balise, c))
	}
	lot, fichiers, fautes := preparer(t, preparation.Options{}, feuille("c.xlsx", "Commandes", rangees...))
	parLigne := map[int]string{} // what is told of the row
	for _, r := range lot.Reparations {
		if r.Lieu.Balise == balise {
			parLigne[r.Lieu.Ligne] = "~"
		}
	}
	for _, f := range fautes {
		if f.Bloquante() && f.Lieu.Balise == balise {
			parLigne[f.Lieu.Ligne] = f.Code
		}
	}
	litteraux := strings.Split(fichiers[0], fmt.Sprintf("%q: ", balise))[1:]
	if len(litteraux) != len(cellules) {
		t.Fatalf("%s: %d values of %d cells", balise, len(litteraux), len(cellules))
	}
	for i, c := range cellules {
		got := parLigne[i+2]
		if got == "" || got == "~" {
			litteral, _, _ := strings.Cut(litteraux[i], "\n")
			got += strings.TrimSuffix(litteral, ",")
		}
		if got != attendues[c] {
			t.Errorf("%s %q: %s, want %s", balise, c, got, attendues[c])
		}
	}
}

// Each way in which people, programs and lists say yes or no, and what only looks like one.
func TestOuiEtNon(t *testing.T) {
	t.Parallel()
	attendues := map[string]string{
		"&1": "true", "&0": "false", "oui": "true", "NON": "false", "VRAI": "true", "faux": "false", "True": "true", "false": "false",
		"peut-être": "T009", "2": "T009", "oui oui oui": "T009", "xx": "T009", "-": "F102", "néant": "F102", "": "F102", "null": "F102", "#2": "T009", "10": "T009",
	}
	for mot := range strings.FieldsSeq("x X 1 o O y Y yes YES v ✓ ✔ ☑ ☒") {
		attendues[mot] = "~true"
	}
	for mot := range strings.FieldsSeq("0 n N no NO f F ☐") {
		attendues[mot] = "~false"
	}
	lues(t, "isMaitreId", attendues)
}

// The words of spreadsheets that stand for nothing are null in a column of codes; a mandatory text is missing.
func TestMotsVides(t *testing.T) {
	t.Parallel()
	lues(t, "ancienneVersion", map[string]string{"null": "F102", "N/A": "F102", "n/a": "F102", "oui": `"oui"`, "-": "F102", "nulle": `"nulle"`, "None": "F102"})
	lues(t, "operateurMessagerie", map[string]string{"null": "~null", "NULL": "~null", "n/a": "~null", "-": "~null", "Aucun": "~null", "non concerné": "~null", "": "null"})
}

// Amounts, of texts and of number cells, up to the bounds of what can be told to the cent.
func TestMontants(t *testing.T) {
	t.Parallel()
	lues(t, "montantSegurHT", map[string]string{
		"2433.33": "2433.33", "0.50": "0.50", "00.50": "~0.50", "02433.33": "~2433.33", "0.00": "T009", "0": "T009", "#0": "T009", "-5": "T009", "#-5": "T009",
		"2433": "~2433.00", "2433.3": "~2433.30", "2433,33": "~2433.33", "2433.333": "T009",
		"#2433": "2433.00", "#2433.5": "2433.50", "#7.05": "7.05", "#0.07": "0.07", "#100": "100.00", "#110.1": "110.10",
		"#2433.3299999999999": "~2433.33", "#2433.3300000000": "2433.33", "#2433.33000000001": "~2433.33",
		"#2433.335": "T009", "#2433.3301": "T009", "#10000000000": "F125", "#10000000001": "T009", "#abc": "T009",
		"#2433.33|#,##0.00": "2433.33", "#2433.5|0": "T030", "#2433|0": "2433.00", "#2433.333|0.00": "~2433.33", "#2433.3349|0.00": "~2433.33", "#2433.325|0.00": "~2433.33", "#2433.3249999999998|0.00": "~2433.33", "#2433.335|#,##0.00": "~2433.34", "#2433.005|0": "T030", "#0|0.00": "T009", "#-5|0.00": "T009",
		"#2.43333E3|0.00": "2433.33", "#20000000000|0.00": "T009",
	})
}

// A phone number is written with its prefix; what is no French number, or not certainly one, is left to the check.
func TestTelephones(t *testing.T) {
	t.Parallel()
	lues(t, "telephoneResponsableOG", map[string]string{
		"+33 1 99 00 10 01": `"+33 1 99 00 10 01"`, "+33199001001": `"+33199001001"`, "+32 2 990 00 01": `"+32 2 990 00 01"`, "+91 22 6000 0000": `"+91 22 6000 0000"`, "+961 1 990 001": `"+961 1 990 001"`,
		"01 99 00 10 01": `~"+33 1 99 00 10 01"`, "0199001001": `~"+33 199001001"`, "199001001": `~"+33 199001001"`, "#199001001": `~"+33 199001001"`,
		"0032 2 990 00 01": `~"+32 2 990 00 01"`, "+33 01 99 00 10 01": `~"+33 1 99 00 10 01"`,
		"99 00 10 01": "F110", "999 001 0011": "F110", "099 001 001": "F110", "+": "F110", "+ 33 1 99 00 10 01": `~"+33 1 99 00 10 01"`, "+x": "F110", "poste": "F110", "02 990 00 01": "F110",
	})
}

// Numbers of a fixed length: only what leaves no doubt is repaired.
func TestNumerosDeLongueurFixe(t *testing.T) {
	t.Parallel()
	lues(t, "numeroCarteCPX", map[string]string{
		"3700123456": `"3700123456"`, "3 700 123 456": `~"3700123456"`, "3.700.123.456": `~"3700123456"`, "3-700-123-456": `~"3700123456"`, "3700/123456": `~"3700123456"`, "3700'123'456": `~"3700123456"`,
		"3700123456.0": `~"3700123456"`, "3700123456.5": "F104", "A700123456.0": "F104", "3,700123456E+9": `~"3700123456"`, "3.700123456e9": `~"3700123456"`, "#3.7E+9": `~"3700000000"`, "3.7E+9": "F104",
		"#37E+8": `~"3700000000"`, "3.7001234567E+9": "F104", "#3.7E+8": `~"0370000000"`, "37001234567": "F104", "370012345": "F104", "#370012345": `~"0370012345"`, "3 700": "F104", "#3.7E+21": "F104", "#3.7Ex": "F104",
	})
}

// A number that a spreadsheet abbreviated in a column of texts is written whole, where the spreadsheet holds it.
func TestTextesAbreges(t *testing.T) {
	t.Parallel()
	lues(t, "ancienneVersion", map[string]string{
		"#2.02309E+11": `~"202309000000"`, "2.02309E+11": "T017", "#2.02309E+05": `~"202309"`, "#2.02309E+20": `~"202309000000000000000"`, "#2.02309E+21": "T017", "V3.2": `"V3.2"`, "12E3": `"12E3"`, "3E": `"3E"`,
		"=##": "T018", "=###": "T018", "=#": `"#"`, "==A2": "T018", "=##1": `"##1"`,
	})
	lues(t, "nomResponsableOG", map[string]string{"Durandal": `~"DURANDAL"`, "L'Éloi": `~"L'ÉLOI"`, "STRAßE": `~"STRASSE"`, "ĸA": `"ĸA"`, "ﬁA": `~"FIA"`, "Aﬁa": `~"AFIA"`})
}

// The words of choices and codes, one or several.
func TestListes(t *testing.T) {
	t.Parallel()
	lues(t, "profilMetier", map[string]string{
		"PA": `"PA"`, "PA, PH": `"PA, PH"`, "PH, PA": `"PH, PA"`, "PA,PH": `~"PA, PH"`, "pa ; ph": `~"PA, PH"`, "PA, XX": "F116", "PA, ": `~"PA"`, "PA et PH": "F116",
		strings.Repeat("PA, ", 50) + "XX": "F118",
	})
	lues(t, "regimeTVA", map[string]string{"TTC": `"TTC"`, "ttc": `~"TTC"`, "T.T.C.": `~"TTC"`, "TVA": "F116"})
	lues(t, "operateurMessagerie", map[string]string{
		"MAI_15": `"MAI_15"`, "mai_15": `~"MAI_15"`, "MAI _15": `~"MAI_15"`, "Mailiz": `~"MAI_15"`, "MAILIZ": `~"MAI_15"`, "MAI_99": "F117",
	})
}
