package diag_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"guichet/diag"
	"guichet/diag/internal/essai"
)

func readCSV(t *testing.T, r *diag.Rapport) ([][]string, string) {
	t.Helper()
	var b strings.Builder
	if err := diag.WriteCSV(&b, r, diag.Options{}); err != nil {
		t.Fatal(err)
	}
	text, found := strings.CutPrefix(b.String(), "\ufeff")
	if !found {
		t.Error("no byte order mark: Excel would read the accents wrong")
	}
	c := csv.NewReader(strings.NewReader(text))
	c.Comma = ';'
	rows, err := c.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows, text
}

func TestCSV(t *testing.T) {
	t.Parallel()
	rows, text := readCSV(t, essai.Rapport())
	if len(rows) != 11 || strings.Count(text, "\r\n") != 11 {
		t.Fatalf("%d rows, want a header and 10 anomalies", len(rows))
	}
	header := "fichier verdict numLigne numeroEditeur code gravite balise ligne colonne valeur message aide source premiere pointeur doute"
	if got := strings.Join(rows[0], " "); got != header {
		t.Errorf("header %q", got)
	}
	want := []string{
		"exemples/JSON-ANS0000001-20231016-001.json", "rejete", "", "", "S003", "rejet", "typeAction", "112", "17", `"C"`,
		"typeAction est donnée deux fois dans le même objet", "garder une seule des deux", "§1.2", "true", "/lignesImport/0/typeAction", "",
	}
	if !slices.Equal(rows[1], want) {
		t.Errorf("row %q, want %q", rows[1], want)
	}
	if got := rows[4][7] + rows[4][8]; got != "" {
		t.Errorf("an anomaly of the file's name has the place %q", got)
	}
	if got := rows[5][2:4]; !slices.Equal(got, []string{"2", "00002"}) {
		t.Errorf("demande %q", got)
	}
}

func TestCSVFormulas(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+33 1": "'+33 1", "-5": "'-5", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'␉=1", "\r=1": "'␍=1", "\n=1": "'␊=1",
		"＝1": "'＝1", "1=1": "1=1", `"=1"`: `"=1"`, "a;b": "a;b", "": "", "\x1b[31m": "␛[31m",
	} {
		r := &diag.Rapport{Fichiers: []diag.Fichier{{Fichier: "a", Structure: []diag.Diagnostic{{Valeur: &in, Balise: in, Message: in}}}}}
		rows, _ := readCSV(t, r)
		for _, column := range []int{6, 9, 10} {
			if got := rows[1][column]; got != want {
				t.Errorf("%q in column %s becomes %q, want %q", in, rows[0][column], got, want)
			}
		}
	}
}

// TestCSVNoFormula looks at every cell of the report as a spreadsheet does.
func TestCSVNoFormula(t *testing.T) {
	t.Parallel()
	rows, _ := readCSV(t, essai.Rapport())
	if rows[2][6] != "'"+essai.Formule || rows[10][2] != "" || rows[9][3] != "'-0004" {
		t.Errorf("hostile cells: %q, %q", rows[2][6], rows[9][3])
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
				t.Errorf("formula %q", cell)
			}
		}
	}
}
