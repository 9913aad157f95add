package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"guichet/export"
	"guichet/modele/ms1dui"
)

// writer is a way in which a command writes a file: its arguments, and the file, in a folder that has been prepared.
type writer struct {
	args   string
	target string
}

// writers are all commands that write a file for a person, each with all its ways. A command that is new stands here,
// or among the quiet ones.
var writers = map[string][]writer{
	"template": {
		{"template --output t.json", "t.json"}, {"template --output t.xlsx", "t.xlsx"}, {"template --exemple --output t.csv", "t.csv"},
	},
	"schema":           {{"schema --output s.json", "s.json"}, {"schema --limites --output s.txt", "s.txt"}},
	"rules":            {{"rules --format markdown --output r.md", "r.md"}, {"rules --format json --output r.json", "r.json"}},
	"check":            {{"check --output c.txt JSON-ANS0000001-20231002-001.json", "c.txt"}, {"check --format html --output c.html JSON-ANS0000001-20231002-001.json", "c.html"}, {"check --retour retours JSON-ANS0000001-20231002-001.json", "retours/" + goodName}},
	"prepare":          {{"prepare --guess --output m.yaml commandes.csv", "m.yaml"}, {"prepare --dry-run --sans-pieces --output p.txt commandes.csv", "p.txt"}},
	"retour":           {{"retour --dry-run --sans-pieces --output o.txt rendu.json", "o.txt"}},
	"suivi":            {{"suivi --output v.txt", "v.txt"}, {"suivi --format csv --output v.csv", "v.csv"}, {"suivi --format xlsx --output v.xlsx", "v.xlsx"}},
	"init":             {{"init --numero-ans ANS0000001 --siret 00000000100008 neuf", "neuf/guichet.yaml"}},
	"pack":             {{"pack --sans-carnet --date 2023-10-02 --sortie . JSON-ANS0000001-20231002-001.json bons", "JSON-ANS0000001-20231002-001-01.zip"}},
	"modele comparer":  {{"modele comparer --output aj.yaml " + goodName, "aj.yaml"}},
	"man":              {{"man pages", "pages/guichet.1"}},
	"referentiel load": {{"referentiel load bareme bareme.csv", "referentiels/bareme.csv"}},
}

// quiet are the commands that write to standard output alone, or to what is theirs (ledger, counter), or in the
// place where they were asked to (fix --write).
var quiet = []string{
	"", "fix", "diff", "explain", "version", "completion", "help", "referentiel", "referentiel list", "referentiel remove",
	"serve", "config", "migrate", "backup", "restore", "healthcheck", "reset-factor", "journal", "journal verify", "journal export", "journal cle", "journal prouver", "comptes", "comptes verify", "modele",
	"carnet", "carnet deposer", "annuler", "carnet sauver", "carnet verifier", "carnet restaurer", "carnet reconstruire", "carnet adopter", "carnet nouveau",
}

// Every command is known to write a file or not to: a new one cannot forget to spare what people edit.
func TestWritersAreKnown(t *testing.T) {
	t.Parallel()
	for _, args := range commands((&program{env: env{getenv: os.Getenv}}).root()) {
		name := strings.Join(args, " ")
		if _, writes := writers[name]; writes == slices.Contains(quiet, name) {
			t.Errorf("guichet %s: say in spare_test.go which files it writes, or that it writes none", name)
		}
	}
}

// desk makes a folder with a file to check, its documents, a table, a returned file and a register.
func desk(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	put := func(name string, content []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	file := export.Exemple(ms1dui.Courante())
	put(goodName, file)
	put("guichet.yaml", []byte("numeroAns: ANS0000001\nSIRET: \"00000000100008\"\n"))
	put("bareme.csv", []byte("tranche;esms_min;esms_max;montant_ttc\nA;1;;2920.00\n"))
	for _, folder := range []string{"neuf", "pages", "referentiels", "retours", "bons"} {
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	quietly(t, 0, "template --exemple --output commandes.csv")
	quietly(t, 0, "prepare --sans-pieces --date 2023-10-02 commandes.csv")
	deposited, err := os.ReadFile(filepath.Join("depots", goodName))
	if err != nil {
		t.Fatal(err)
	}
	put("rendu.json", returnedBy(t, deposited, nil))
}

// quietly runs a command and wants an exit status; it returns what the command says.
func quietly(t *testing.T, want int, line string) string {
	t.Helper()
	k := &keyboard{stdin: strings.NewReader("")}
	if got := k.run(t.Context(), strings.Fields(line)...); got != want {
		t.Fatalf("guichet %s: exit status %d, want %d: %s%s", line, got, want, &k.stdout, &k.stderr)
	}
	return k.stderr.String()
}

// What a person may have edited is not written over, by any command, without --force; with it, it is.
func TestNothingEditedIsOverwritten(t *testing.T) {
	desk(t)
	edited := []byte("écrit à la main\n")
	for name, ways := range writers {
		for _, w := range ways {
			if strings.HasPrefix(w.args, "pack") {
				continue // needs documents: testdata/script/ecraser.txtar
			}
			if err := os.WriteFile(w.target, edited, 0o666); err != nil {
				t.Fatal(err)
			}
			said := quietly(t, int(misuse), w.args)
			if !strings.Contains(said, w.target+" existe déjà (modifié le ") || !strings.Contains(said, "--force") {
				t.Errorf("%s: says %q", w.args, said)
			}
			if said := quietly(t, int(misuse), "--lang en "+w.args); !strings.Contains(said, w.target+" exists already (changed on ") {
				t.Errorf("%s: says %q", w.args, said)
			}
			if now, err := os.ReadFile(w.target); err != nil || !bytes.Equal(now, edited) {
				t.Errorf("%s: the file was changed (%v)", name, err)
			}
			quietly(t, 0, w.args+" --force")
			if now, err := os.ReadFile(w.target); err != nil || bytes.Equal(now, edited) {
				t.Errorf("%s --force: the file was not replaced (%v)", name, err)
			}
		}
	}
}

// What guichet wrote and nobody edits is replaced: reports, registers, man pages, a workbook that nobody has saved.
func TestReportsAreReplaced(t *testing.T) {
	desk(t)
	for _, line := range []string{
		"check --format html --output r.html JSON-ANS0000001-20231002-001.json", "check --format json --output r.json JSON-ANS0000001-20231002-001.json", "check --format sarif --output r.sarif JSON-ANS0000001-20231002-001.json",
		"check --format junit --output r.xml JSON-ANS0000001-20231002-001.json", "prepare --dry-run --sans-pieces --format json --output p.json commandes.csv",
		"suivi --format xlsx --output v.xlsx", "template --output t.xlsx", "man pages", "referentiel load bareme bareme.csv",
		"check --retour retours JSON-ANS0000001-20231002-001.json", "retour --dry-run --sans-pieces --format json --output o.json rendu.json",
	} {
		quietly(t, 0, line)
		quietly(t, 0, line)
	}
	book, err := excelize.OpenFile("v.xlsx") // as a spreadsheet program saves it
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
	quietly(t, int(misuse), "suivi --format xlsx --output v.xlsx")
}

// A report that a person has written into is not replaced, wherever that was; nor is one cut short, or lengthened.
func TestEditedReportsAreSpared(t *testing.T) {
	desk(t)
	for name, line := range map[string]string{
		"r.html": "check --format html --output r.html " + goodName, "r.json": "check --format json --output r.json " + goodName,
		"r.sarif": "check --format sarif --output r.sarif " + goodName, "r.xml": "check --format junit --output r.xml " + goodName,
		"p.html": "prepare --dry-run --sans-pieces --format html --output p.html commandes.csv",
		"p.json": "prepare --dry-run --sans-pieces --format json --output p.json commandes.csv",
		"o.json": "retour --dry-run --sans-pieces --format json --output o.json rendu.json", "v.json": "suivi --format json --output v.json",
		"simules/" + goodName: "check --retour simules " + goodName,
	} {
		quietly(t, 0, line)
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(name) != ".html" && filepath.Ext(name) != ".xml" && !json.Valid(whole) {
			t.Errorf("%s is no JSON", name)
		}
		middle := len(whole) / 2
		for _, edited := range [][]byte{
			slices.Concat(whole[:middle], []byte(" "), whole[middle:]), slices.Concat(whole, []byte("vu\n")), whole[:len(whole)-1],
			bytes.Replace(whole, []byte("0"), []byte("1"), 1), bytes.ReplaceAll(whole, []byte("\n"), []byte("\r\n")),
		} {
			if err := os.WriteFile(name, edited, 0o666); err != nil {
				t.Fatal(err)
			}
			if said := quietly(t, int(misuse), line); !strings.Contains(said, name+" existe déjà (modifié le ") {
				t.Errorf("%s: says %q", line, said)
			}
			if now, err := os.ReadFile(name); err != nil || !bytes.Equal(now, edited) {
				t.Errorf("%s: what a person wrote is gone (%v)", line, err)
			}
		}
		quietly(t, 0, line+" --force")
		quietly(t, 0, line)
	}
}

// A report that cannot be written is told before anything else is done: no number is spent on it.
func TestSparedBeforeAnythingIsDone(t *testing.T) {
	desk(t)
	if err := os.WriteFile("notes.txt", []byte("mes notes"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll("depots"); err != nil {
		t.Fatal(err)
	}
	quietly(t, int(misuse), "prepare --sans-pieces --carnet autre.db --output notes.txt commandes.csv")
	if _, err := os.Stat("autre.db"); err == nil {
		t.Error("a ledger was made")
	}
}

// What cannot be read is told before what is in the way of the report.
func TestInputBeforeOutput(t *testing.T) {
	desk(t)
	for name, content := range map[string]string{"notes.txt": "mes notes", "page.json": "<html></html>", "page.csv": "<html></html>"} {
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range []string{"check", "retour --sans-pieces", "modele comparer", "prepare --sans-pieces", "prepare --guess"} {
		ext := ".json"
		if strings.HasPrefix(line, "prepare") {
			ext = ".csv"
		}
		for _, input := range []string{"absent" + ext, "page" + ext} {
			if line == "check" && input == "page.json" {
				continue // its anomalies are the report
			}
			said := quietly(t, int(misuse), line+" --output notes.txt "+input)
			first, _, _ := strings.Cut(said, "\n")
			if !strings.Contains(first, input) || strings.Contains(first, "notes.txt") {
				t.Errorf("%s %s: says %q", line, input, said)
			}
		}
	}
	if now, err := os.ReadFile("notes.txt"); err != nil || string(now) != "mes notes" {
		t.Errorf("%q, %v", now, err)
	}
}

// A file that is what would be written needs no word, whatever it is; one that differs by a byte does.
func TestSameIsNoQuestion(t *testing.T) {
	desk(t)
	for name, line := range map[string]string{
		"r.md": "rules --format markdown --output r.md", "r.txt": "rules --output r.txt", "r.json": "rules --format json --output r.json",
		"s.json": "schema --output s.json", "s.txt": "schema --limites --output s.txt", "t.json": "template --output t.json", "t.csv": "template --exemple --output t.csv",
		"m.yaml": "prepare --guess --output m.yaml commandes.csv", "c.txt": "check --output c.txt " + goodName, "v.csv": "suivi --format csv --output v.csv",
	} {
		quietly(t, 0, line)
		before, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		quietly(t, 0, line)
		for _, edited := range [][]byte{append(bytes.Clone(before), '\n'), before[:len(before)-1], bytes.Replace(before, []byte("e"), []byte("E"), 1)} {
			if err := os.WriteFile(name, edited, 0o666); err != nil {
				t.Fatal(err)
			}
			quietly(t, int(misuse), line)
			if now, err := os.ReadFile(name); err != nil || !bytes.Equal(now, edited) {
				t.Errorf("%s: what a person wrote is gone (%v)", line, err)
			}
		}
	}
}
