package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/internal/carnet"
)

// campaign is a desk whose table is edited between runs.
type campaign struct {
	t      *rapid.T
	folder string
	head   []string
	rows   map[string][][]string // by order
	says   map[string]int        // by order: which of its contacts the table has; absent orders are not in it
}

// run runs a command of the desk and refuses misuse: findings are part of the game.
func (c *campaign) run(args ...string) {
	k := &keyboard{stdin: strings.NewReader("")}
	named := []string{"--carnet", filepath.Join(c.folder, "guichet.db")}
	if s := k.run(c.t.Context(), append(args, named...)...); s != int(success) && s != int(findings) {
		c.t.Fatalf("guichet %v: exit status %d: %s%s", args, s, &k.stdout, &k.stderr)
	}
}

func (c *campaign) prepare(flags ...string) {
	if len(c.says) == 0 {
		return
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	lines := [][]string{c.head}
	for _, order := range slices.Sorted(maps.Keys(c.says)) {
		for _, row := range c.rows[order] {
			row = slices.Clone(row)
			row[slices.Index(c.head, "nomResponsableOG")] = fmt.Sprint("CONTACT-", c.says[order])
			lines = append(lines, row)
		}
	}
	table := filepath.Join(c.folder, "commandes.csv")
	if err := w.WriteAll(lines); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(table, b.Bytes(), 0o666); err != nil {
		c.t.Fatal(err)
	}
	c.run(append([]string{"prepare", "--numero-ans", "ANS0000001", "--siret", "00000000100008", "--sans-pieces",
		"--sortie", filepath.Join(c.folder, "depots"), table}, flags...)...)
}

// with opens the ledger to look at it or to write into it.
func (c *campaign) with(do func(*carnet.Carnet)) {
	ledger, err := carnet.Ouvrir(c.t.Context(), filepath.Join(c.folder, "guichet.db"), time.Now)
	if err != nil {
		c.t.Fatal(err)
	}
	defer ledger.Close()
	do(ledger)
}

func (c *campaign) demandes() (all []carnet.Suivie) {
	c.with(func(ledger *carnet.Carnet) {
		for d, err := range ledger.Demandes(c.t.Context(), carnet.Filtre{}) {
			if err != nil {
				c.t.Fatal(err)
			}
			all = append(all, d)
		}
	})
	return all
}

// answer has the portal answer one demande that waits, of a file that was deposited.
func (c *campaign) answer(state carnet.Etat) {
	for _, d := range c.demandes() {
		if d.Etat != carnet.Deposee {
			continue
		}
		c.with(func(ledger *carnet.Carnet) {
			_, err := ledger.Enregistrer(c.t.Context(), carnet.Retour{Nom: d.Fichier, SHA256: d.Numero + string(state), Lignes: []carnet.Ligne{{Numero: d.Numero, Etat: state}}})
			if err != nil {
				c.t.Fatal(err)
			}
		})
		return
	}
}

// inFiles reads the numbers of the files of a folder, each with its file.
func (c *campaign) inFiles(folder string) map[string]string {
	numbers := map[string]string{}
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			c.t.Fatal(err)
		}
		var file struct {
			LignesImport []struct {
				NumLigne      int    `json:"numLigne"`
				NumeroEditeur string `json:"numeroEditeur"`
			} `json:"lignesImport"`
		}
		if err := json.Unmarshal(text, &file); err != nil {
			c.t.Fatal(err)
		}
		for i, d := range file.LignesImport {
			if numbers[d.NumeroEditeur] != "" || d.NumLigne != i+1 {
				c.t.Fatalf("%s, line %d, is in %s and in %s", d.NumeroEditeur, d.NumLigne, numbers[d.NumeroEditeur], path)
			}
			numbers[d.NumeroEditeur] = filepath.Base(path)
		}
	}
	return numbers
}

// check holds folder and ledger together.
func (c *campaign) check() {
	files := c.inFiles(filepath.Join(c.folder, "depots"))
	standing, counted := map[string]string{}, 0
	for _, d := range c.demandes() {
		switch {
		case d.Etat == carnet.Annulee && files[d.Numero] != "": // one that was rejected, then replaced, is in the file that was deposited
			c.t.Fatalf("%s is cancelled and still in %s", d.Numero, files[d.Numero])
		case d.Etat.Compte() && files[d.Numero] != d.Fichier:
			c.t.Fatalf("%s is recorded in %s, and found in %q", d.Numero, d.Fichier, files[d.Numero])
		}
		if !d.Etat.Compte() {
			continue
		}
		counted++
		if d.Etat != carnet.Rejetee {
			if other := standing[d.Reference]; other != "" {
				c.t.Fatalf("%s and %s both claim %s", other, d.Numero, d.Reference)
			}
			standing[d.Reference] = d.Numero
		}
	}
	c.with(func(ledger *carnet.Carnet) {
		totals, err := ledger.Totaux(c.t.Context(), carnet.Filtre{})
		if err != nil {
			c.t.Fatal(err)
		}
		for _, t := range totals {
			if t.Etat.Compte() {
				counted -= t.Demandes
			}
		}
		if counted != 0 {
			c.t.Fatalf("totals are %d off", -counted)
		}
		waiting, err := ledger.ADeposer(c.t.Context())
		if err != nil {
			c.t.Fatal(err)
		}
		for _, f := range waiting {
			if err := f.Verifier(); err != nil {
				c.t.Fatalf("%s is to be deposited: %v", f.Nom, err)
			}
		}
	})
}

// Whatever is prepared, changed, made anew, taken back, deposited and answered: no number serves twice, each order that
// stands is in one file, the files that are there are those that the ledger has, and the totals are theirs.
func TestHistories(t *testing.T) {
	t.Parallel()
	k := &keyboard{stdin: strings.NewReader("")}
	if s := k.run(t.Context(), "template", "--format", "csv", "--exemple"); s != 0 {
		t.Fatal(k.stderr.String())
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(k.stdout.Bytes(), []byte("\uFEFF"))))
	reader.Comma = ';'
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		folder, err := os.MkdirTemp(root, "")
		if err != nil {
			t.Fatal(err)
		}
		c := &campaign{t: t, folder: folder, head: lines[0], rows: map[string][][]string{}, says: map[string]int{}}
		for _, row := range lines[1:] {
			row[slices.Index(c.head, "numeroEditeur")] = ""
			c.rows[row[0]] = append(c.rows[row[0]], row)
			c.says[row[0]] = 0
		}
		orders := slices.Sorted(maps.Keys(c.rows))
		for range rapid.IntRange(1, 7).Draw(t, "steps") {
			order := rapid.SampledFrom(orders).Draw(t, "order")
			switch rapid.SampledFrom([]string{"edit", "edit", "remove", "prepare", "prepare", "redo", "redo", "cancel", "batch", "deposit", "accept", "reject"}).Draw(t, "step") {
			case "edit":
				c.says[order] = rapid.IntRange(0, 2).Draw(t, "contact")
				continue
			case "remove":
				delete(c.says, order)
				continue
			case "prepare":
				c.prepare()
			case "redo":
				c.prepare("--refaire")
			case "cancel", "batch":
				if all := c.demandes(); len(all) > 0 {
					flags := []string{"annuler", rapid.SampledFrom(all).Draw(t, "demande").Numero}
					if rapid.Bool().Draw(t, "batch") {
						flags = append(flags, "--lot")
					}
					c.run(flags...)
				}
			case "deposit":
				if all := c.demandes(); len(all) > 0 {
					c.run("carnet", "deposer", rapid.SampledFrom(all).Draw(t, "deposited").Fichier)
				}
			case "accept":
				c.answer(carnet.Acceptee)
			case "reject":
				c.answer(carnet.Rejetee)
			}
			c.check()
		}
	})
}
