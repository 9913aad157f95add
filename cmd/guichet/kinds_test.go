package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// kinds are what people give in place of what a command reads, with a word that names each.
func kinds(t *testing.T) map[string]struct{ content, word string } {
	t.Helper()
	return map[string]struct{ content, word string }{
		"page":      {"\n<!DOCTYPE html>\n<html><head><title>Connexion</title></head></html>\n", "page"},
		"page-16":   {"\xff\xfe" + inUTF16("<html><body>Connexion</body></html>"), "page"},
		"pdf":       {"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n", "PDF"},
		"png":       {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image"},
		"jpeg":      {"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image"},
		"gzip":      {"\x1f\x8b\x08\x00\x00\x00\x00\x00", "ompress"},
		"zip":       {zipOf(t, "bons/a.pdf"), "archive"},
		"word":      {zipOf(t, "[Content_Types].xml", "word/document.xml"), ""},
		"xls":       {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("a", 64), "ancien"},
		"xml":       {"<?xml version=\"1.0\"?>\n<Workbook/>\n", "XML"},
		"rtf":       {"{\\rtf1 bonjour}", "RTF"},
		"empty":     {"", "vide"},
		"blank":     {" \r\n\n", ""},
		"ledger":    {"SQLite format 3\x00\x10\x00\x01\x01\x00@  \x00\x00\x00\x08" + strings.Repeat("\x00", 64), "carnet de guichet (guichet.db)"},
		"binary":    {"a\x00b\x07\x1b[31mrouge\x00", ""},
		"settings":  {"# Le projet d'un fournisseur\nnumeroAns: ANS0000001\nSIRET: \"00000000100008\"\n\n# pièces\npieces:\n  - bons/\n", "réglages (YAML), comme guichet.yaml"},
		"table":     {"\ufeffreferenceCommande;dateCommande\r\nA;12/09/2023\r\n", "tableau en texte (CSV)"},
		"table-tab": {"referenceCommande\tdateCommande\nA\t12/09/2023\n", "tableau en texte (CSV)"},
		"table-us":  {"order,date,amount,status\nA,2023-09-12,12.00,ok\n", "tableau en texte (CSV)"},
		"lock":      {lock("Marie", 54), "verrou"},
		"lock-word": {lock("Marie Durand", 53), "verrou"},
	}
}

func inUTF16(text string) string {
	var b bytes.Buffer
	for _, u := range utf16.Encode([]rune(text)) {
		b.Write([]byte{byte(u), byte(u >> 8)})
	}
	return b.String()
}

// lock is what Office puts beside a document that is open.
func lock(name string, field int) string {
	long := string(rune(len(name)))
	return long + name + strings.Repeat(" ", field-len(name)) + long + "\x00" + inUTF16(name+strings.Repeat(" ", 54-len(name)))
}

func zipOf(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Each command that is given a file of another kind says what it is, and writes nothing.
func TestFilesOfAnotherKind(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	put := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	demandes, table := put(goodName, string(good())), put("c.csv", "referenceCommande\nA\n")
	prepare := []string{"prepare", "--numero-ans", "ANS0000001", "--siret", "00000000100008", "--sans-pieces", "--dry-run", "--sans-carnet"}
	commands := map[string]struct {
		ext  string
		args []string
	}{
		"prepare csv":     {".csv", prepare},
		"prepare xlsx":    {".xlsx", prepare},
		"prepare ods":     {".ods", prepare},
		"guess":           {".csv", []string{"prepare", "--guess"}},
		"mapping":         {".yaml", append(prepare[:len(prepare):len(prepare)], table, "--mapping")},
		"check":           {".json", []string{"check"}},
		"fix":             {".json", []string{"fix"}},
		"fix --write":     {".json", []string{"fix", "--write"}},
		"retour":          {".json", []string{"retour", "--dry-run", "--hors-carnet", "--sans-pieces"}},
		"diff":            {".json", []string{"diff", demandes}},
		"modele comparer": {".json", []string{"modele", "comparer"}},
		"pack":            {".json", []string{"pack"}},

		"finess":          {".csv", []string{"referentiel", "load", "finess"}},
		"references":      {".csv", []string{"referentiel", "load", "references"}},
		"eligibles":       {".csv", []string{"referentiel", "load", "eligibles"}},
		"bareme":          {".csv", []string{"referentiel", "load", "bareme"}},
		"check --bareme":  {".csv", []string{"check", "--sans-carnet", demandes, "--bareme"}},
		"check --mapping": {".csv", []string{"check", "--sans-carnet", demandes, "--pieces", folder, "--mapping"}},
		"restore":         {".db", []string{"carnet", "restaurer", "--carnet", filepath.Join(folder, "neuf.db")}},
		"suivi --carnet":  {".db", []string{"suivi", "--carnet"}},
		"check --carnet":  {".db", []string{"check", demandes, "--carnet"}},
		"rebuild":         {".db", []string{"carnet", "reconstruire", folder, "--carnet"}},
		"new ledger":      {".db", []string{"carnet", "nouveau", "--carnet"}},
		"adopt":           {".db", []string{"carnet", "adopter", "--carnet"}},
		"prepare ledger":  {".db", []string{"prepare", "--numero-ans", "ANS0000001", "--siret", "00000000100008", "--sans-pieces", "--sortie", filepath.Join(folder, "s"), table, "--carnet"}},
	}
	others := map[string]bool{} // what reads a table in text, and what begins an empty ledger
	for _, command := range []string{"finess", "references", "eligibles", "bareme", "check --bareme", "check --mapping"} {
		others["table "+command], others["table-tab "+command], others["table-us "+command] = true, true, true
		others["word "+command] = false
	}
	for kind, k := range kinds(t) {
		for command, c := range commands {
			if strings.HasPrefix(kind, "table") && (strings.HasPrefix(command, "prepare") || command == "guess") {
				continue // what it reads, or takes for another workbook
			}
			if ledger := c.ext == ".db"; others[kind+" "+command] || ledger && (kind == "ledger" || kind == "empty" || kind == "blank") {
				continue
			}
			path := put(strings.ReplaceAll(kind+" "+command, " ", "-")+c.ext, k.content)
			args := append(c.args[:len(c.args):len(c.args)], path)
			if command == "pack" {
				args = append(args, folder)
			}
			machine := &keyboard{}
			status := machine.run(t.Context(), args...)
			told := machine.stdout.String() + machine.stderr.String()
			named := strings.Contains(told, k.word) && !strings.ContainsFunc(told, func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0 })
			if status == 0 || !named || strings.Contains(told, "referenceCommande") {
				t.Errorf("%s, %s: status %d\n%s", command, kind, status, told)
			}
			if now, err := os.ReadFile(path); err != nil || string(now) != k.content {
				t.Errorf("%s, %s: the file has changed, %v", command, kind, err)
			}
		}
	}
}

// What is a table, or JSON, in place of the other, and the lock of a table by its name alone.
func TestTablesAndJSONInPlaceOfEachOther(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, c := range map[string]struct{ content, want string }{
		"a.csv":           {string(good()), "c'est du JSON, et non un tableau"},
		"b.xlsx":          {string(good()), "c'est du JSON, et non un tableau"},
		"tableau.csv":     {`[{"referenceCommande": "A"}]`, "c'est du JSON"},
		"~$c.xlsx":        {"", "verrou qu'Office pose à côté d'un document ouvert"},
		".~lock.d.xlsx#":  {",marie,poste,", "indiquez d.xlsx"},
		"html.csv":        {"<table><tr><td>referenceCommande", "c'est un tableau en HTML"},
		"accolades.csv":   {"{ref};date\nA;01/01/2024\n", "aucune feuille n'a de colonne"},
		"crochets.csv":    {"[ref];date\nA;01/01/2024\n", "aucune feuille n'a de colonne"},
		"word.xlsx":       {zipOf(t, "[Content_Types].xml", "word/document.xml"), "c'est un document de traitement de texte"},
		"archive.ods":     {zipOf(t, "c.csv"), "c'est une archive ZIP, et non un classeur"},
		"table-nulle.csv": {"\x00\x00\x00\x00", "le fichier est vide"},
	} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		machine := &keyboard{}
		status := machine.run(t.Context(), "prepare", "--numero-ans", "ANS0000001", "--siret", "00000000100008", "--sans-pieces", "--dry-run", "--sans-carnet", path)
		if told := machine.stdout.String() + machine.stderr.String(); status == 0 || !strings.Contains(told, c.want) {
			t.Errorf("%s: status %d\n%s", name, status, told)
		}
	}
}

// Each file of settings is told from the others, whichever is given in its place; the right one is read.
func TestSettingsOfAnotherKind(t *testing.T) {
	t.Chdir(t.TempDir())
	put := func(name, content string) {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const desk = "numeroAns: ANS0000001\nSIRET: \"00000000100008\"\n"
	texts := map[string]string{
		"mapping": "commande: N° de commande\nbalises:\n  dateCommande: {colonne: Date}\n", "adjustments": "modele: MS1-DUI\nedition: \"2023-10-02\"\nbalises: {}\n",
		"project": desk, "json": string(good()),
	}
	words := map[string]string{"mapping": "une correspondance de colonnes", "adjustments": "un fichier d'ajustements", "project": "un fichier de réglages", "json": "un fichier JSON"}
	put(goodName, string(good()))
	put("c.csv", "referenceCommande\nA\n")
	for given, text := range texts {
		for place, line := range map[string][]string{
			"mapping": {"prepare", "--dry-run", "--sans-pieces", "--mapping", "x.yaml", "c.csv"}, "adjustments": {"check", goodName}, "project": {"suivi"},
		} {
			put("guichet.yaml", desk)
			put("x.yaml", text)
			switch place {
			case "adjustments":
				put("guichet.yaml", desk+"ajustements: x.yaml\n")
			case "project":
				put("guichet.yaml", text)
			}
			machine := &keyboard{}
			status := machine.run(t.Context(), line...)
			told := machine.stdout.String() + machine.stderr.String()
			if named := strings.Contains(told, "c'est "+words[given]) && status == 2; named == (given == place) {
				t.Errorf("%s as %s: status %d\n%s", given, place, status, told)
			}
		}
	}
}
