package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/internal/carnet"
	"guichet/internal/corpus"
	"guichet/modele/ms1dui"
)

// randomDesk is a desk that has deposited one file, and what the portal truly answered.
type randomDesk struct {
	*testing.T
	random    *rand.Rand
	folder    string
	deposited []byte
	truth     map[string]string // codes by number; "" for no answer
}

// Whatever comes back, cut, altered, swapped, doubled, of another or simulated: the ledger never holds an answer that
// the portal did not give, no retry has a value that was not deposited, no number is given twice, and reading again
// changes nothing.
func TestReturnsProperty(t *testing.T) {
	t.Parallel()
	for seed := range uint64(25) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			d := newRandomDesk(t, seed)
			for round := range 2 {
				returned := returnedBy(t, d.deposited, d.truth)
				if d.random.IntN(2) == 0 {
					returned = indented(t, returned)
				}
				if round == 0 {
					returned = d.damage(returned)
				}
				d.read(fmt.Sprintf("r%d.json", round), returned)
			}
		})
	}
}

func newRandomDesk(t *testing.T, seed uint64) *randomDesk {
	d := &randomDesk{T: t, random: rand.New(rand.NewPCG(seed, 33)), folder: t.TempDir(), truth: map[string]string{}}
	d.deposited = corpus.Fichier(corpus.Forme{Demandes: 1 + d.random.IntN(5), OGs: 1, ESMS: 1 + d.random.IntN(2), Graine: seed, Indente: d.random.IntN(2) == 0})
	for _, n := range numbers(string(d.deposited)) {
		d.truth[n] = []string{"0000", "4102", "4102", ""}[d.random.IntN(4)]
	}
	book, err := carnet.Ouvrir(t.Context(), d.ledger(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	lot, err := book.Commencer(t.Context(), carnet.Intention{NumeroAns: "ANS0000001", Jour: "20231002", Dossier: d.folder, Numeros: len(d.truth), Fichiers: 1})
	if err != nil {
		t.Fatal(err)
	}
	f := carnet.Fichier{Nom: goodName, SHA256: fmt.Sprintf("%x", sha256.Sum256(d.deposited)), Rang: 1}
	for i, r := range recordedOf(ms1dui.Courante(), d.deposited) {
		x := carnet.Demande{Numero: lot.Numeros[i], NumLigne: i + 1, Regime: r.regime, Montant: r.amount, OGs: r.ogs}
		f.Demandes = append(f.Demandes, x)
	}
	for _, err := range []error{os.WriteFile(filepath.Join(lot.Dossier, goodName), d.deposited, 0o600), lot.Ajouter(t.Context(), f), lot.Decider(t.Context())} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func (d *randomDesk) ledger() string { return filepath.Join(d.folder, "guichet.db") }

func indented(t *testing.T, octets []byte) []byte {
	var b bytes.Buffer
	if err := json.Indent(&b, octets, "", "    "); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// scalar is a value that is no container, with the tag before it.
var scalar = regexp.MustCompile(`("[A-Za-z]+": ?)("[^"]*"|-?[0-9.]+|true|false|null)`)

// damage does to a returned file what people and programs do.
func (d *randomDesk) damage(octets []byte) []byte {
	kinds := []func([]byte) []byte{
		d.cut, d.alter, d.swap, d.reorder, d.drop, d.double, d.tagTwice,
		replaced("ANS0000001", "ANS0000002"), replaced(`"impId": ?"`, `"impId": "SIMULATION-`), replaced(`"numeroASP": ?"`, `"numeroASP":"SIMULE-`),
		func(b []byte) []byte { return append([]byte("<html>"), b...) }, func([]byte) []byte { return d.deposited },
	}
	damaged := kinds[d.random.IntN(len(kinds))](octets)
	if d.random.IntN(3) == 0 {
		damaged = d.cut(damaged)
	}
	return damaged
}

func replaced(pattern, by string) func([]byte) []byte {
	return func(b []byte) []byte { return regexp.MustCompile(pattern).ReplaceAll(b, []byte(by)) }
}

func (d *randomDesk) cut(b []byte) []byte { return b[:d.random.IntN(len(b)+1)] }

func (d *randomDesk) alter(b []byte) []byte {
	places := scalar.FindAllSubmatchIndex(b, -1)
	p := places[d.random.IntN(len(places))]
	by := []string{"null", `""`, `"0000"`, `"4102"`, `"00002"`, `"ASP-00001"`, "1", "9999.99", "true", `"x"`, "2"}[d.random.IntN(11)]
	return slices.Concat(b[:p[4]], []byte(by), b[p[5]:])
}

// swap gives two demandes each other's number.
func (d *randomDesk) swap(b []byte) []byte {
	all := numbers(string(b))
	one, other := all[d.random.IntN(len(all))], all[d.random.IntN(len(all))]
	tag := `("numeroEditeur": ?)"`
	b = replaced(tag+one+`"`, `${1}"?????"`)(b)
	b = replaced(tag+other+`"`, `${1}"`+one+`"`)(b)
	return replaced(`\?{5}`, other)(b)
}

// lines changes the list of demandes.
func (d *randomDesk) lines(b []byte, do func([]json.RawMessage) []json.RawMessage) []byte {
	var f struct {
		ImpID     string            `json:"impId"`
		NumeroAns string            `json:"numeroAns"`
		SIRET     string            `json:"SIRET"`
		Lignes    []json.RawMessage `json:"lignesImport"`
	}
	if err := json.Unmarshal(b, &f); err != nil {
		d.Fatal(err)
	}
	f.Lignes = do(f.Lignes)
	b, err := json.Marshal(f)
	if err != nil {
		d.Fatal(err)
	}
	return b
}

func (d *randomDesk) reorder(b []byte) []byte {
	return d.lines(b, func(l []json.RawMessage) []json.RawMessage {
		d.random.Shuffle(len(l), func(i, j int) { l[i], l[j] = l[j], l[i] })
		return l
	})
}

func (d *randomDesk) drop(b []byte) []byte {
	return d.lines(b, func(l []json.RawMessage) []json.RawMessage { return slices.Delete(l, 0, min(len(l)-1, 1)) })
}

func (d *randomDesk) double(b []byte) []byte {
	return d.lines(b, func(l []json.RawMessage) []json.RawMessage { return append(l, l[d.random.IntN(len(l))]) })
}

func (d *randomDesk) tagTwice(b []byte) []byte {
	places := scalar.FindAllIndex(b, -1)
	p := places[d.random.IntN(len(places))]
	twice := scalar.ReplaceAll(b[p[0]:p[1]], []byte(`${1}"0000",${1}${2}`))
	return slices.Concat(b[:p[0]], twice, b[p[1]:])
}

// read reads a returned file twice, and holds the desk to what is true of any.
func (d *randomDesk) read(name string, octets []byte) {
	path := filepath.Join(d.TempDir(), name)
	if err := os.WriteFile(path, octets, 0o600); err != nil {
		d.Fatal(err)
	}
	run := func() string {
		k := &keyboard{}
		status := k.run(d.Context(), "retour", "--carnet", d.ledger(), "--sortie", d.folder, "--sans-pieces", path)
		said := fmt.Sprintf("exit status %d\n%s%s\n%s", status, &k.stdout, &k.stderr, octets)
		d.holds(status, said)
		return said
	}
	said, after := run(), d.state()
	run()
	if again := d.state(); again != after {
		d.Fatalf("reading again changes\n%s\nto\n%s\n%s", after, again, said)
	}
}

// demandes are those of the ledger.
func (d *randomDesk) demandes() (all []carnet.Suivie) {
	book, err := carnet.Consulter(d.Context(), d.ledger())
	if err != nil {
		d.Fatal(err)
	}
	defer book.Close()
	for s, err := range book.Demandes(d.Context(), carnet.Filtre{}) {
		if err != nil {
			d.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// state is all that the ledger and the folder hold.
func (d *randomDesk) state() string {
	files, err := filepath.Glob(filepath.Join(d.folder, "*.json"))
	if err != nil {
		d.Fatal(err)
	}
	return fmt.Sprintf("%+v %v", d.demandes(), files)
}

func (d *randomDesk) holds(status int, said string) {
	clean := true
	former := map[string]string{} // what a number sends again
	for _, s := range d.demandes() {
		code, first := d.truth[s.Numero]
		clean = clean && code == "0000"
		switch {
		case s.Etat == carnet.Acceptee && code != "0000", (s.Etat == carnet.Rejetee || s.Etat == carnet.Remplacee) && (code == "" || code == "0000"), !first && s.Etat != carnet.Preparee:
			d.Fatalf("%s is %s, the portal said %q: %s", s.Numero, s.Etat, code, said)
		}
		if _, twice := former[s.Numero]; twice {
			d.Fatalf("%s was given twice: %s", s.Numero, said)
		}
		former[s.Numero] = s.Remplace
	}
	if status == 0 && !clean {
		d.Fatalf("all is said to be accepted: %s", said)
	}
	sent := d.values(d.deposited)
	files, _ := filepath.Glob(filepath.Join(d.folder, "*.json"))
	for _, path := range files {
		octets, err := os.ReadFile(path)
		if err != nil {
			d.Fatal(err)
		}
		for number, values := range d.values(octets) {
			if old := former[number]; old != "" && !reflect.DeepEqual(values, sent[old]) {
				d.Fatalf("%s sends %s again with other values:\n%v\n%v\n%s", number, old, values, sent[old], said)
			}
		}
	}
}

// values are those of each demande, but for its number, its rank and the names of its documents.
func (d *randomDesk) values(octets []byte) map[string]map[string]any {
	var f struct {
		Lignes []map[string]any `json:"lignesImport"`
	}
	if err := json.Unmarshal(octets, &f); err != nil {
		d.Fatal(err)
	}
	all := map[string]map[string]any{}
	for _, l := range f.Lignes {
		number := l["numeroEditeur"].(string)
		if all[number] != nil {
			d.Fatalf("%s stands twice", number)
		}
		delete(l, "numeroEditeur")
		delete(l, "numLigne")
		l["piecesJustificatives"] = strings.ReplaceAll(fmt.Sprint(l["piecesJustificatives"]), number, "")
		all[number] = l
	}
	return all
}
