package diag_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"guichet/controle"
	"guichet/diag"
	"guichet/diag/internal/essai"
	"guichet/export"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// Whatever the files, reports are valid for the schemas that their readers publish.
func TestPublicSchemas(t *testing.T) {
	t.Parallel()
	reports := everyKind()
	hostile := rapid.Custom(hostileReport)
	for i := range 60 {
		reports[fmt.Sprintf("hostile-%d", i)] = hostile.Example(i)
	}
	folder, schema := t.TempDir(), sarifSchema(t)
	var files []string
	for name, r := range reports {
		r.Summarize()
		for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
			o := diag.Options{Langue: l, Outil: "1.2.3", Regles: essai.Regles(), Maintenant: time.Date(2023, 10, 2, 9, 30, 0, 0, time.UTC)}
			var junit, sarif bytes.Buffer
			if err := diag.WriteJUnit(&junit, r, o); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if err := diag.WriteSARIF(&sarif, r, o); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			validSARIF(t, schema, name, sarif.Bytes())
			file := filepath.Join(folder, fmt.Sprintf("%s-%d.xml", name, l))
			if err := os.WriteFile(file, junit.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
	}
	for _, schema := range []string{"junit-10.xsd", "junit-ant.xsd"} {
		validJUnit(t, schema, files)
	}
}

// everyKind has a report of each kind that a run can come to.
func everyKind() map[string]*diag.Rapport {
	one := func(name string, text []byte) *diag.Rapport {
		r := controle.Controler(ms1dui.Courante(), text, controle.Options{Nom: name, Aujourdhui: time.Date(2023, 10, 2, 0, 0, 0, 0, time.UTC)})
		return &diag.Rapport{Fichiers: []diag.Fichier{r.Fichier(modele.Francais)}}
	}
	good := export.Exemple(ms1dui.Courante())
	return map[string]*diag.Rapport{
		"none": {}, "blank": {Fichiers: []diag.Fichier{{Fichier: " \t"}}}, "mixed": essai.Rapport(),
		"good": one("JSON-ANS0000001-20231002-001.json", good), "empty": one("vide.json", nil), "html": one("page.json", []byte("<html>")),
		"cut":     one("coupé.json", good[:len(good)/2]),
		"faulty":  one("a b%20#?\x1b\u202e.json", bytes.ReplaceAll(good, []byte(`"01`), []byte(`"\u0000]]>&<\ud800`))),
		"unknown": one("-", []byte(`{"x\u0007":"\ufffe","x\u0007":1}`)),
	}
}

// hostileReport has texts of any kind wherever a file's author or a system puts them.
func hostileReport(t *rapid.T) *diag.Rapport {
	text := rapid.OneOf(
		rapid.String(), rapid.SampledFrom([]string{"", " ", "\x00", "\x1b[31m", "]]>", "\ufffe\uffff", "\xff\xfe", "C:\\é\\a.json", `\\serveur\p\a.json`, "//x", "{0}", "\u2028"}),
	)
	d := func() []diag.Diagnostic {
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) diag.Diagnostic {
			return diag.Diagnostic{
				Code: text.Draw(t, "code"), Gravite: rapid.SampledFrom([]modele.Gravite{modele.Info, modele.Alerte, modele.Erreur, modele.Rejet}).Draw(t, "gravity"),
				Balise: text.Draw(t, "tag"), Pointeur: text.Draw(t, "pointer"), Message: text.Draw(t, "message"), Aide: text.Draw(t, "help"),
				Ligne: rapid.IntRange(1, 9).Draw(t, "line"), Colonne: rapid.IntRange(1, 9).Draw(t, "column"), Longueur: rapid.IntRange(0, 3).Draw(t, "length"),
			}
		}), 0, 3).Draw(t, "anomalies")
	}
	number := text.Draw(t, "number")
	return &diag.Rapport{Fichiers: []diag.Fichier{
		{Fichier: text.Draw(t, "name"), Modele: text.Draw(t, "model"), Structure: d()},
		{Fichier: text.Draw(t, "name"), Demandes: []diag.Demande{{NumLigne: 1, NumeroEditeur: &number, Anomalies: d()}}},
	}}
}

func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile("testdata/schemas/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validSARIF(t *testing.T, schema *jsonschema.Schema, name string, text []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%s: %v\n%.2000s", name, err, text)
	}
}

// validJUnit has xmllint validate files, all at once.
func validJUnit(t *testing.T, schema string, files []string) {
	t.Helper()
	program, err := exec.LookPath("xmllint")
	if err != nil {
		t.Fatal("xmllint is not in PATH: `make tools` installs it")
	}
	out, err := exec.CommandContext(t.Context(), program, append([]string{"--noout", "--nonet", "--schema", filepath.Join("testdata", "schemas", schema)}, files...)...).CombinedOutput()
	if err == nil {
		return
	}
	for line := range bytes.Lines(out) {
		if !bytes.HasSuffix(line, []byte(" validates\n")) {
			t.Errorf("%s: %s", schema, line)
		}
	}
}
