package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// Words that the messages of one language have and those of the other cannot have.
var (
	wordsOfFrench = strings.Fields(`le la les des du une est sont pas ne dans avec sur ligne colonne colonnes feuille fichier erreur alerte aide attendu attendue
		trouvé trouvée écrivez écrit vide valeur valeurs cellule montant jour heure réparation réparations commandes mauvais manque lue lu ou et vérifier proposée
		titre titres balises indiquez aucune aucun deux déjà préparées caractères entre au dans oui non par pièce pièces reprenez remplissez vérifiez corrigez ajoutez donnez gardez cette lignes premier première
		trop long longue lettres chiffres mot texte attend perdu perdus seul si qui que dont plus sans sous chaque autre`)
	wordsOfEnglish = strings.Fields(`the is are not and with row column columns sheet file error warning help expected found write written empty value values cell amount
		repair repairs order orders missing read tag tags heading headings mapping no two already prepared characters between yes of documents fill mend correct add give keep this rows first
		too long letters figures word lost alone if which that whose more without under each other by`)
)

// quotedWords are what the user's table, the norm and the options say themselves.
var quotedWords = regexp.MustCompile("«[^»]*»|\"[^\"]*\"|“[^”]*”|`[^`]*`|\\{[^}]*\\}|\\([A-Za-z_]+\\)|--[a-z-]+|[^ ]*/[^ ]*|[A-Za-z0-9_-]+\\.[a-z]+")

// strangers lists the words of a text that are of the other language.
func strangers(text string, words []string) (found []string) {
	for line := range strings.Lines(text) {
		if line == "balises:\n" {
			continue // a key of the mapping
		}
		line = strings.ReplaceAll(line, "JJ/MM/AAAA", "")
		for _, w := range strings.FieldsFunc(quotedWords.ReplaceAllString(line, " "), func(c rune) bool { return !unicode.IsLetter(c) && c != '_' }) {
			if slices.Contains(words, strings.ToLower(w)) {
				found = append(found, w+" in: "+strings.TrimSpace(line))
			}
		}
	}
	return found
}

// faultyRuns are command lines on inputs that are wrong in many ways.
func faultyRuns(t *testing.T) (runs [][]string) {
	t.Helper()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	headings := strings.Join(deskTags, ";") + "\n"
	var right []string
	for _, cell := range rightRow(rand.New(rand.NewPCG(1, 1)), 1) {
		right = append(right, cell.shown)
	}
	row := strings.Join(right, ";") + "\n"
	good := write("good.csv", headings+row)
	tables := map[string]string{
		"nothing.csv": "", "blank.csv": "\n\n", "headings.csv": headings, "other.csv": "A;B\n1;2\n", "near.csv": strings.Replace(headings, "referenceCommande", "reference_commandes", 1) + row,
		"twice.csv": headings + row + row, "more.csv": "Commentaire;" + headings + "x;" + row, "contradiction.csv": headings + row + strings.Replace(row, "DURANDAL", "AUTREMENT", 1),
		"bytes.csv": headings + strings.Replace(row, "V3.2", "V\xff\xfe\x00", 1), "long.csv": headings + strings.Replace(row, "V3.2", strings.Repeat("x", 20_000), 1),
		"none.csv": headings + strings.Repeat(";", len(deskTags)-1) + "\n" + ";" + row[strings.Index(row, ";")+1:], "quote.csv": headings + `"CMD` + "\n", "junk.xlsx": "PK\x03\x04 no workbook", "page.html": "<html>",
	}
	for i, tag := range deskTags { // each value missing, then each value of no sense
		for _, v := range []string{"", "qsdf", "12345678901234567890123456789012345678901234567890123456789012345678901234567890"} {
			cells := slices.Clone(right)
			cells[i] = v
			tables["cell-"+tag+"-"+string(rune('a'+len(v)%26))+".csv"] = headings + strings.Join(cells, ";") + "\n"
		}
	}
	for name, text := range tables {
		runs = append(runs, []string{"--dry-run", write(name, text)}, []string{"--dry-run", "--strict", filepath.Join(folder, name)})
	}
	for name, text := range map[string]string{
		"empty.yaml": "", "list.yaml": "- a\n- b\n", "broken.yaml": "commande: [a\nbalises: }", "tag.yaml": "commande: A\nbalises:\n  dateComande: {colonne: B}\n", "both.yaml": "commande: A\nbalises:\n  dateCommande: {colonne: B, constante: c}\n",
		"neither.yaml": "commande: A\nbalises:\n  dateCommande: {}\n", "order.yaml": "balises:\n  dateCommande: {colonne: B}\n", "table.yaml": "commande: referenceCommande\nbalises:\n  regimeTVA: {colonne: regimeTVA, table: absent.csv}\n",
		"column.yaml": "commande: referenceCommande\nbalises:\n  regimeTVA: {colonne: Zzz}\n", "tab.yaml": "commande:\n\t- a\n", "lookup.yaml": "commande: referenceCommande\nbalises:\n  regimeTVA: {colonne: regimeTVA, table: lookup.csv}\n",
	} {
		runs = append(runs, []string{"--dry-run", "--mapping", write(name, text), good})
	}
	write("lookup.csv", "a;b\n")
	runs = append(runs,
		[]string{filepath.Join(folder, "absent.csv")}, []string{folder}, []string{"--mapping", filepath.Join(folder, "absent.yaml"), good}, []string{"--date", "hier", good}, []string{"--format", "xml", good},
		[]string{"--siret", "12", good}, []string{"--numero-ans", "x", good}, []string{"--feuille", "Zzz", write("z.xlsx", "no")}, []string{"--guess", good}, []string{"--guess", filepath.Join(folder, "other.csv")},
		[]string{"--zzz", good}, []string{}, []string{"--sans-carnet", good}, []string{"--sortie", good, good}, []string{"--carnet", good, good},
	)
	return runs
}

// All that a run says is in the language asked for.
func TestOneLanguage(t *testing.T) {
	t.Parallel()
	runs := faultyRuns(t)
	folder := t.TempDir()
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 30))
		path := filepath.Join(folder, string(rune('a'+seed))+".csv")
		if err := os.WriteFile(path, csvOf(r, damaged(r)), 0o600); err != nil {
			t.Fatal(err)
		}
		runs = append(runs, []string{"--dry-run", path}, []string{"--dry-run", "--strict", path}, []string{"--guess", path})
	}
	for _, langue := range []struct {
		code  string
		words []string
	}{{"en", wordsOfFrench}, {"fr", wordsOfEnglish}} {
		for _, args := range runs {
			k := &keyboard{stdin: strings.NewReader("")}
			k.run(t.Context(), append([]string{
				"prepare", "--lang", langue.code, "--numero-ans", "ANS0000001", "--siret", "00000000100008", "--sans-pieces", "--date", "2023-10-02",
				"--carnet", filepath.Join(folder, "guichet.db"), "--sortie", filepath.Join(folder, "depots"),
			}, args...)...)
			if found := strangers(k.stdout.String()+k.stderr.String(), langue.words); len(found) > 0 {
				t.Errorf("--lang %s %q: %s", langue.code, args, strings.Join(found, "\n\t"))
			}
		}
	}
}
