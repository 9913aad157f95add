package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/internal/corpus"
)

// deskCell is a cell of a random table: what it shows, and what a person reads there.
type deskCell struct {
	tag     string
	shown   string
	means   string // the text of the value in the file
	outcome deskOutcome
}

type deskOutcome int

const (
	asShown  deskOutcome = iota // it is written as it stands
	repaired                    // it can only mean one thing: written, and told
	doubtful                    // it can mean several, or has lost something: an error at the cell, nothing is written
)

// damage shows a right value in another way.
type damage struct {
	outcome deskOutcome
	show    func(right string) string
}

func mendable(show func(string) string) damage { return damage{repaired, show} }
func alike(show func(string) string) damage    { return damage{asShown, show} }
func unreadable(text string) damage            { return damage{doubtful, func(string) string { return text }} }

func dateAs(layout string) func(string) string {
	return func(right string) string {
		d, _ := time.Parse("02/01/2006", right)
		return d.Format(layout)
	}
}

func dayAnd(time string) func(string) string {
	return func(right string) string { return dateAs("2006-01-02")(right) + time }
}

func thousands(separator, point string) func(string) string {
	return func(right string) string {
		whole, cents, _ := strings.Cut(right, ".")
		if len(whole) > 3 {
			whole = whole[:len(whole)-3] + separator + whole[len(whole)-3:]
		}
		return whole + point + cents
	}
}

var monthsOf = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

func inWords(right string) string {
	d, _ := time.Parse("02/01/2006", right)
	return fmt.Sprintf("%d %s %d", d.Day(), monthsOf[d.Month()-1], d.Year())
}

func rewritten(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }

// damages are what spreadsheets, exports and people do to values, by tag.
var damages = map[string][]damage{
	"dateCommande": {
		mendable(dateAs("2006-01-02")), mendable(dateAs("2006-01-02T15:04:05")), mendable(dateAs("2006-01-02 15:04:05.000")), mendable(dateAs("2006/01/02")), mendable(dateAs("20060102")),
		mendable(dayAnd(" 14:30")), mendable(dayAnd("T12:00:00Z")), mendable(dayAnd("T00:00:00+01:00")), mendable(inWords), mendable(dateAs("Monday, January 2, 2006")),
		mendable(func(right string) string {
			d, _ := time.Parse("02/01/2006", right)
			return fmt.Sprint(int(d.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
		}),
		{doubtful, dayAnd("T23:30:00Z")}, unreadable("31/02/2023"), unreadable("hier"), unreadable(monthFirst), unreadable("2023-13-01"), unreadable("15/09/203"), unreadable("semaine 38"),
	},
	"montantSegurHT": {
		mendable(rewritten(".", ",")), mendable(thousands(" ", ",")), mendable(thousands("\u00a0", ",")), mendable(thousands("\u202f", ",")), mendable(thousands("'", ".")),
		mendable(func(right string) string { return right + " €" }), mendable(func(right string) string { return strings.ReplaceAll(right, ".", ",") + " EUR" }),
		{doubtful, func(right string) string { return right + " EUR TTC" }}, {doubtful, func(right string) string { return right + " x2" }},
		{doubtful, func(right string) string { return right + " HT" }}, {doubtful, func(right string) string { return "-" + right }}, unreadable("2,920"), unreadable("2.920"), unreadable("2920,123"),
		unreadable("2,92E+03 €"), unreadable("abc"), unreadable("0"), unreadable("2920 ou 3000"), unreadable("29 20"), unreadable("environ 2920"),
	},
	"isMandataire": {alike(func(string) string { return "false" }), alike(func(string) string { return "FAUX" }), mendable(func(string) string { return "0" }), mendable(func(string) string { return "N" }), unreadable("peut-être"), unreadable("2"), unreadable("sans objet")},
	"IsStockageId": {alike(func(string) string { return "VRAI" }), mendable(func(string) string { return "x" }), mendable(func(string) string { return "1" }), unreadable("?"), unreadable("oui/non")},
	"telephoneResponsableOG": {
		mendable(rewritten("+33 ", "0")), mendable(rewritten("+33 ", "0033 ")), mendable(rewritten("+33 ", "+33 (0)")), mendable(rewritten("+33 ", "+33 0")), mendable(rewritten("+33 ", "0", " ", ".")),
		mendable(rewritten("+33 ", "")), mendable(rewritten("+33 ", "", " ", "")), mendable(rewritten(" ", "\u00a0")), mendable(rewritten("+33 ", "(0)")),
		unreadable("01 99 00 10"), unreadable("01 99 00 10 01 / 06 99 00 10 01"), unreadable("+33 1 99 00 10 01 poste 3"), unreadable("standard"), unreadable("1,99E+08"), unreadable("01 99 00 1O 01"),
	},
	"FINESSGeo": {
		mendable(func(right string) string { return right + ".0" }), mendable(func(right string) string { return right[:2] + " " + right[2:8] + " " + right[8:] }), mendable(func(right string) string { return `="` + right + `"` }),
		mendable(func(right string) string { return "'" + right }), unreadable("1,00E+07"), unreadable("0100000"), unreadable("01000001O2"), unreadable("ESMS 12"),
	},
	"FINESSJuridique":    {mendable(func(right string) string { return right + ".0" }), mendable(func(right string) string { return `="` + right + `"` }), unreadable("9,9E+08"), unreadable("inconnu")},
	"nomResponsableOG":   {mendable(strings.ToLower), mendable(func(right string) string { return right[:1] + strings.ToLower(right[1:]) }), unreadable("#N/A"), unreadable("#REF!"), unreadable("=NOM(A2)"), unreadable("#######")},
	"emailResponsableOG": {mendable(func(right string) string { return "\u200b" + right }), unreadable("direction"), unreadable("direction@exemple"), unreadable("@exemple.invalid")},
	"ancienneVersion":    {alike(func(string) string { return "3.10" }), alike(func(string) string { return "12E3" }), unreadable("3,1E+05"), unreadable("#VALEUR!"), unreadable("=A2&B2"), unreadable("######")},
	"regimeTVA":          {mendable(strings.ToLower), unreadable("HT ou TTC"), unreadable("20 %")},
	"profilMetier":       {mendable(rewritten(", ", "/")), mendable(strings.ToLower), unreadable("PA, XX"), unreadable("EHPAD")},
	"referenceCommande":  {{doubtful, func(string) string { return "2,02309E+11" }}, {doubtful, func(string) string { return "2.0E+05" }}},
	"BON_COMMANDE":       {mendable(func(right string) string { return right + " " }), unreadable("b.docx"), unreadable("#N/A")},
}

// blanks can stand around any value.
var blanks = []func(string) string{
	func(v string) string { return v + " " }, func(v string) string { return "\u00a0" + v }, func(v string) string { return v + "\u202f" }, func(v string) string { return "\t" + v }, func(v string) string { return "\ufeff" + v },
}

// deskTags are the columns, in the order of the table.
var deskTags = []string{
	"referenceCommande", "dateCommande", "regimeTVA", "montantSegurHT", "isMandataire", "FINESSJuridique", "demandeCertificatServeur", "nomResponsableOG", "emailResponsableOG", "telephoneResponsableOG",
	"BON_COMMANDE", "FINESSGeo", "ancienneVersion", "isMaitreId", "IsStockageId", "profilMetier", "IsRefSoins",
}

// rightRow is one order, as it is meant.
func rightRow(r *rand.Rand, i int) []deskCell {
	v := map[string]string{
		"referenceCommande": fmt.Sprintf("CMD-%03d", i), "dateCommande": time.Date(2022, 6, 1+r.IntN(480), 0, 0, 0, 0, time.UTC).Format("02/01/2006"), "regimeTVA": "TTC",
		"montantSegurHT": fmt.Sprintf("%d.%02d", 100+r.IntN(9000), r.IntN(100)), "isMandataire": "non", "FINESSJuridique": corpus.Finess(i), "demandeCertificatServeur": "non",
		"nomResponsableOG": "DURANDAL", "emailResponsableOG": "direction@exemple.invalid", "telephoneResponsableOG": fmt.Sprintf("+33 %d 99 00 %02d %02d", 1+r.IntN(5), r.IntN(100), r.IntN(100)),
		"BON_COMMANDE": "b.pdf", "FINESSGeo": corpus.Finess(500_000 + i), "ancienneVersion": "V3.2", "isMaitreId": "oui", "IsStockageId": "oui", "profilMetier": "PA, PH", "IsRefSoins": "non",
	}
	row := make([]deskCell, len(deskTags))
	for c, tag := range deskTags {
		means := v[tag]
		switch means {
		case "oui":
			means = "true"
		case "non":
			means = "false"
		}
		row[c] = deskCell{tag: tag, shown: v[tag], means: means}
	}
	return row
}

// damaged draws a table. Half of the tables have nothing doubtful, so that files are written.
func damaged(r *rand.Rand) (table [][]deskCell) {
	hopeless := r.IntN(2) == 0
	for i := range 1 + r.IntN(6) {
		row := rightRow(r, i)
		for c := range row {
			cell := &row[c]
			right := cell.shown
			if ways := damages[cell.tag]; len(ways) > 0 && r.IntN(4) == 0 {
				d := ways[r.IntN(len(ways))]
				if d.outcome != doubtful || hopeless && r.IntN(3) == 0 {
					cell.shown, cell.outcome = d.show(right), d.outcome
				}
				if cell.shown == right { // too short an amount for its thousands to be parted
					cell.outcome = asShown
				}
				if cell.outcome == asShown && cell.tag == "ancienneVersion" {
					cell.means = cell.shown
				}
			} else if cell.tag != "referenceCommande" && r.IntN(8) == 0 {
				cell.shown, cell.outcome = blanks[r.IntN(len(blanks))](right), repaired
			}
		}
		table = append(table, row)
	}
	datesOfTheColumn(r, table)
	inDoubt(table)
	return table
}

// datesOfTheColumn writes all dates of some tables in one way. What is to come of it is found by trying all readings.
func datesOfTheColumn(r *rand.Rand, table [][]deskCell) {
	ways := []string{"02/01/06", "01/02/2006", "2/1/2006", "06-01-02", "", "", ""}
	layout := ways[r.IntN(len(ways))]
	if layout == "" {
		return
	}
	const column = 1
	possible := []string{"DMY", "MDY", "YMD"}
	for _, row := range table {
		d, _ := time.Parse("02/01/2006", row[column].means)
		row[column].shown = d.Format(layout)
		possible = slices.DeleteFunc(possible, func(order string) bool { return readAs(order, row[column].shown) == "" })
	}
	for _, row := range table {
		row[column] = settled(row[column], possible)
	}
}

// monthFirst is a date that only has a sense with the month first.
const monthFirst = "12/13/2023"

// inDoubt puts the dates in doubt that can be read in two ways beside one that has the month first.
func inDoubt(table [][]deskCell) {
	if !slices.ContainsFunc(table, func(row []deskCell) bool { return row[1].shown == monthFirst }) {
		return
	}
	for i := range table {
		cell := &table[i][1]
		shown := strings.Trim(cell.shown, " \t\u00a0\u202f\ufeff")
		if len(shown) == 10 && shown[2] == '/' && readAs("DMY", shown) != "" && readAs("MDY", shown) != "" && shown[:2] != shown[3:5] {
			cell.outcome = doubtful
		}
	}
}

// settled tells what is to come of a date, where all dates of its column can be read in some orders.
func settled(cell deskCell, possible []string) deskCell {
	var days []string
	own := []string{}
	for _, order := range []string{"DMY", "MDY", "YMD"} {
		if day := readAs(order, cell.shown); day != "" {
			own = append(own, order)
			if !slices.Contains(days, day) {
				days = append(days, day)
			}
		}
	}
	short := len(cell.shown) == 8 && !strings.Contains(cell.shown, "/20")
	cell.outcome = repaired
	switch {
	case len(days) == 1 && !slices.Equal(own, []string{"MDY"}) && (!short || len(possible) > 0):
		cell.means = days[0]
	case !short && slices.Contains(possible, "DMY"):
		cell.means = readAs("DMY", cell.shown)
	case short && len(possible) == 1 && possible[0] != "MDY":
		cell.means = readAs(possible[0], cell.shown)
	default:
		cell.outcome = doubtful
	}
	if cell.shown == cell.means {
		cell.outcome = asShown
	}
	return cell
}

// readAs reads a date in one order, "" for none of the programme's years.
func readAs(order, text string) string {
	parts := strings.FieldsFunc(text, func(c rune) bool { return c < '0' || c > '9' })
	d, m, y := parts[strings.Index(order, "D")], parts[strings.Index(order, "M")], parts[strings.Index(order, "Y")]
	if len(y) == 2 {
		y = "20" + y
	}
	if len(d) > 2 || len(m) > 2 || len(y) != 4 || y < "2020" || y > "2029" {
		return ""
	}
	day, err := time.Parse("2/1/2006", strings.TrimPrefix(d, "0")+"/"+strings.TrimPrefix(m, "0")+"/"+y)
	if err != nil {
		return ""
	}
	return day.Format("02/01/2006")
}

// csvOf writes a table as one of the ways of spreadsheets.
func csvOf(r *rand.Rand, table [][]deskCell) []byte {
	separator := []string{";", "\t"}[r.IntN(2)]
	end := []string{"\n", "\r\n"}[r.IntN(2)]
	var b bytes.Buffer
	b.WriteString([]string{"", "\ufeff"}[r.IntN(2)])
	b.WriteString(strings.Join(deskTags, separator) + end)
	for _, row := range table {
		for c, cell := range row {
			if c > 0 {
				b.WriteString(separator)
			}
			b.WriteString(`"` + strings.ReplaceAll(cell.shown, `"`, `""`) + `"`)
		}
		b.WriteString(end)
	}
	return b.Bytes()
}

// deskReport is what the property reads of the report.
type deskReport struct {
	Reparations []struct {
		Lieu  preparedPlace
		Avant string
	}
	Fautes []struct {
		Lieu    preparedPlace
		Gravite string
		Code    string
	}
}

// valueAt finds the first value of a tag in a file, whatever it is in.
func valueAt(v any, tag string) (found string, ok bool) {
	switch v := v.(type) {
	case map[string]any:
		if x, is := v[tag]; is {
			return fmt.Sprint(x), true
		}
		for _, x := range v {
			if found, ok = valueAt(x, tag); ok {
				return found, true
			}
		}
	case []any:
		for _, x := range v {
			if found, ok = valueAt(x, tag); ok {
				return found, true
			}
		}
	}
	return "", false
}

// Whatever the table, what is deposited is what its cells show or a repair that is told, or there is an error at the cell
// and nothing is written; strict mode writes nothing that needs a repair.
func TestDeskKeepsValues(t *testing.T) {
	t.Parallel()
	written := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 31))
		table := damaged(r)
		desk := newDesk(t, csvOf(r, table))
		if desk.holds(t, seed, table) {
			written++
		}
		if t.Failed() {
			break
		}
	}
	if written < 10 {
		t.Errorf("only %d tables were written: the property says little", written)
	}
}

type valuesDesk struct{ folder, table string }

func newDesk(t *testing.T, table []byte) valuesDesk {
	t.Helper()
	d := valuesDesk{folder: t.TempDir()}
	d.table = filepath.Join(d.folder, "c.csv")
	if err := os.WriteFile(d.table, table, 0o600); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d valuesDesk) prepare(t *testing.T, args ...string) (status int, k *keyboard, files []string) {
	t.Helper()
	k = &keyboard{stdin: strings.NewReader("")}
	output := filepath.Join(d.folder, "depots")
	status = k.run(t.Context(), append([]string{
		"prepare", "--numero-ans", "ANS0000001", "--siret", "00000000100008", "--sans-pieces", "--date", "2023-10-02", "--format", "json",
		"--carnet", filepath.Join(d.folder, "guichet.db"), "--sortie", output, d.table,
	}, args...)...)
	files, err := filepath.Glob(filepath.Join(output, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	return status, k, files
}

// holds checks one table, and tells whether it was written.
func (d valuesDesk) holds(t *testing.T, seed uint64, table [][]deskCell) bool {
	t.Helper()
	doubts, repairs := map[preparedPlace]deskCell{}, map[preparedPlace]deskCell{}
	for i, row := range table {
		for c, cell := range row {
			at := preparedPlace{Fichier: d.table, Ligne: i + 2, Colonne: string(rune('A' + c)), Balise: cell.tag}
			switch cell.outcome {
			case doubtful:
				doubts[at] = cell
			case repaired:
				repairs[at] = cell
			}
		}
	}
	if status, _, files := d.prepare(t, "--strict"); len(doubts)+len(repairs) > 0 && (status != 1 || len(files) > 0) {
		t.Errorf("seed %d: strict: exit status %d, %d files", seed, status, len(files))
		return false
	} else if len(files) > 0 {
		d = newDesk(t, bytesOf(os.ReadFile(d.table)))
	}
	status, k, files := d.prepare(t)
	var report deskReport
	if err := json.Unmarshal(k.stdout.Bytes(), &report); err != nil {
		t.Fatalf("seed %d: %v\n%s%s", seed, err, &k.stdout, &k.stderr)
	}
	if want := min(len(doubts), 1); status != want || len(files) != 1-want {
		t.Errorf("seed %d: exit status %d and %d files with %d doubtful cells: %v\n%s", seed, status, len(files), len(doubts), doubts, &k.stdout)
		return false
	}
	if len(doubts) > 0 {
		errorsAt(t, seed, &report, doubts, d.table)
		return false
	}
	d.equal(t, seed, table, &report, files[0])
	return true
}

func bytesOf(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

// errorsAt wants one error at each doubtful cell, and none elsewhere.
func errorsAt(t *testing.T, seed uint64, report *deskReport, doubts map[preparedPlace]deskCell, table string) {
	t.Helper()
	got := map[preparedPlace]int{}
	for _, f := range report.Fautes {
		if f.Gravite == "erreur" {
			f.Lieu.Fichier = table
			got[f.Lieu]++
		}
	}
	silenced := map[int]bool{} // a row whose order is not known says nothing of its other cells
	for at := range doubts {
		if slices.Contains([]string{"referenceCommande", "FINESSGeo", "FINESSJuridique"}, at.Balise) {
			silenced[at.Ligne] = true
		}
	}
	for at, cell := range doubts {
		if n := got[at]; n != 1 && !(silenced[at.Ligne] && n == 0) {
			t.Errorf("seed %d: %d errors at row %d, %s %q", seed, n, at.Ligne, at.Balise, cell.shown)
		}
		delete(got, at)
	}
	for at, n := range got {
		t.Errorf("seed %d: %d errors at row %d, column %s (%s), which is right", seed, n, at.Ligne, at.Colonne, at.Balise)
	}
}

// equal wants each value of the file to be what its cell means, and each change to be told.
func (d valuesDesk) equal(t *testing.T, seed uint64, table [][]deskCell, report *deskReport, file string) {
	t.Helper()
	var content struct{ LignesImport []any }
	if err := json.Unmarshal(bytesOf(os.ReadFile(file)), &content); err != nil || len(content.LignesImport) != len(table) {
		t.Fatalf("seed %d: %v, %d orders of %d", seed, err, len(content.LignesImport), len(table))
	}
	for i, row := range table {
		for c, cell := range row {
			if cell.tag == "referenceCommande" || cell.tag == "BON_COMMANDE" {
				continue
			}
			got, ok := valueAt(content.LignesImport[i], cell.tag)
			if !ok || sameness(cell.tag, got) != sameness(cell.tag, cell.means) {
				t.Errorf("seed %d, row %d: %s %q is written %q, means %q", seed, i+2, cell.tag, cell.shown, got, cell.means)
			}
			n := 0
			for _, r := range report.Reparations {
				if r.Lieu.Ligne == i+2 && r.Lieu.Colonne == string(rune('A'+c)) && r.Avant == cell.shown {
					n++
				}
			}
			if want := cell.outcome == repaired; (n == 1) != want || n > 1 {
				t.Errorf("seed %d, row %d: %s %q is told %d times, want a line: %t", seed, i+2, cell.tag, cell.shown, n, want)
			}
		}
	}
}

// sameness overlooks what is no difference: how a number of JSON is printed, and blanks in a telephone number.
func sameness(tag, v string) string {
	switch tag {
	case "montantSegurHT":
		var f float64
		_, _ = fmt.Sscan(v, &f)
		return fmt.Sprintf("%.2f", f)
	case "telephoneResponsableOG":
		return strings.NewReplacer(" ", "", ".", "").Replace(v)
	}
	return v
}
