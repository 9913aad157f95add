package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"guichet/controle"
	"guichet/internal/carnet"
	"guichet/internal/corpus"
	"guichet/internal/portail/depot"
	"guichet/modele/ms1dui"
)

// answer writes in a file what the portal says of each demande: accepted, or rejected with a code of its own.
func answer(octets string, accept func(i int) bool) (answered string, rejected int) {
	parts := strings.SplitAfter(strings.Replace(octets, `"impId":null`, `"impId":"IMP"`, 1), `"libelleTraitement":null}`)
	for i := range parts[:len(parts)-1] {
		code, asp, label := `"Z999"`, "null", `"à voir"`
		if accept(i) {
			code, asp, label = `"0000"`, fmt.Sprintf(`"ASP-%d"`, i), fmt.Sprintf("%q", controle.LibelleAccepte)
		} else {
			rejected++
		}
		parts[i] = strings.NewReplacer(
			`"numeroASP":null`, `"numeroASP":`+asp, `"codeTraitement":null`, `"codeTraitement":`+code, `"libelleTraitement":null`, `"libelleTraitement":`+label,
		).Replace(parts[i])
	}
	return strings.Join(parts, ""), rejected
}

// portalReturns writes what a portal returns for a deposited file. It may reject a demande, or say nothing of it,
// write in the layout of its own program, and be cut short after a number:
// portal depots/x.json retours/x.json 00002=4102 00003= indented cut=00002.
func portalReturns(ts *testscript.TestScript, _ bool, args []string) {
	source := []byte(ts.ReadFile(args[0]))
	codes, indented, cut := map[string]string{}, false, ""
	for _, a := range args[2:] {
		name, value, answers := strings.Cut(a, "=")
		switch {
		case !answers:
			indented = true
		case name == "cut":
			cut = value
		default:
			codes[name] = value
		}
	}
	returned := returnedBy(ts, source, codes)
	if indented {
		var b bytes.Buffer
		ts.Check(json.Indent(&b, returned, "", "    "))
		returned = b.Bytes()
	}
	if cut != "" {
		returned = returned[:bytes.Index(returned, []byte(`"`+cut+`"`))+len(cut)+2]
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[1])), 0o777))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), returned, 0o666))
}

// returnedBy is what the counter itself writes, with these answers where there are some.
func returnedBy(t interface{ Fatalf(string, ...any) }, source []byte, codes map[string]string) []byte {
	given := numbers(string(source))
	o := controle.Options{Aujourdhui: time.Date(2023, 10, 2, 0, 0, 0, 0, time.UTC)}
	report := controle.Controler(ms1dui.Courante(), source, o)
	returned, err := report.RetourDe(controle.Attribution{
		ImpID: "DEP-" + given[0], NumeroASP: func(i int) string { return "ASP-" + given[i] },
	}, func(i int) (code, label string) {
		if code, told := codes[given[i]]; told {
			return code, strings.TrimSpace(strings.Repeat("Motif du portail", min(len(code), 1)))
		}
		return report.Traitement(i)
	})
	if err != nil {
		t.Fatalf("the portal returns nothing: %v", err)
	}
	return returned
}

// numbers lists the numeroEditeur of a file.
func numbers(octets string) []string {
	var all []string
	for _, part := range regexp.MustCompile(`"numeroEditeur": ?"`).Split(octets, -1)[1:] {
		all = append(all, part[:5])
	}
	return all
}

// However often demandes are rejected, each retry checks clean, has the rejected ones alone, and gives no number
// that was ever given; a file read again changes nothing.
func TestRetriesOfRetries(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	depots, retours := filepath.Join(folder, "depots"), filepath.Join(folder, "retours")
	if err := os.Mkdir(retours, 0o777); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	current := string(corpus.Fichier(corpus.Forme{Demandes: 12, OGs: 1, ESMS: 2}))
	seen := map[string]bool{}
	for round := 1; ; round++ {
		for _, n := range numbers(current) {
			if seen[n] {
				t.Fatalf("round %d gives %s again", round, n)
			}
			seen[n] = true
		}
		returned, rejected := answer(current, func(int) bool { return random.IntN(3) == 0 })
		path := filepath.Join(retours, fmt.Sprintf("r%02d.json", round))
		if err := os.WriteFile(path, []byte(returned), 0o600); err != nil {
			t.Fatal(err)
		}
		args := []string{"retour", "--carnet", filepath.Join(folder, "g.db"), "--sortie", depots, "--sans-pieces", retours}
		k, again := &keyboard{}, &keyboard{}
		if got, want := k.run(t.Context(), args...), 1; got != want && rejected > 0 {
			t.Fatalf("round %d: exit status %d: %s%s", round, got, &k.stdout, &k.stderr)
		}
		again.run(t.Context(), args...)
		files, _ := filepath.Glob(filepath.Join(depots, "*.json"))
		if rejected == 0 {
			if len(files) != round-1 {
				t.Errorf("%d files after %d rounds", len(files), round)
			}
			return
		}
		if len(files) != round {
			t.Fatalf("%d files after round %d: %s%s", len(files), round, &again.stdout, &again.stderr)
		}
		check := &keyboard{}
		if got := check.run(t.Context(), "check", files[round-1]); got != 0 {
			t.Fatalf("round %d: the retry does not check clean: %s", round, &check.stdout)
		}
		octets, err := os.ReadFile(files[round-1])
		if err != nil || len(numbers(string(octets))) != rejected {
			t.Fatalf("round %d: %d demandes, want %d, %v", round, len(numbers(string(octets))), rejected, err)
		}
		current = string(octets)
	}
}

// More demandes than a file may have go in several, at following ranks.
func TestRetryIsSplit(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	returned, _ := answer(string(corpus.Fichier(corpus.Forme{Demandes: 250, OGs: 1, ESMS: 1})), func(int) bool { return false })
	k := &keyboard{}
	k.run(t.Context(), "retour", "--carnet", filepath.Join(folder, "g.db"), "--sortie", folder, "--sans-pieces", file(t, "retour.json", []byte(returned)))
	for rank, want := range []int{200, 50} {
		octets, err := os.ReadFile(filepath.Join(folder, fmt.Sprintf("JSON-ANS0000001-20231002-%03d.json", rank+1)))
		if err != nil || len(numbers(string(octets))) != want {
			t.Errorf("rank %d: %d demandes, %v; %s", rank+1, len(numbers(string(octets))), err, &k.stderr)
		}
	}
}

// A returned file in a watched folder is read and told; Ctrl-C gives the status of the last reading.
func TestWatchRetour(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	returned, _ := answer(string(corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1})), func(i int) bool { return i == 0 })
	path := file(t, "retour.json", []byte(returned))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var stdout bytes.Buffer
	got := run(ctx, env{
		args:   []string{"retour", "--watch", "--carnet", filepath.Join(folder, "g.db"), "--sortie", folder, "--sans-pieces", filepath.Dir(path)},
		stdout: &stdout, stderr: &enough{text: "en attente d'une modification", then: cancel}, now: time.Now,
		getenv: func(string) string { return "" }, isTerminal: func(any) bool { return false },
	})
	if got != 1 || strings.Count(stdout.String(), "reprise sous le numéro 00003") != 1 {
		t.Errorf("exit status %d: %s", got, &stdout)
	}
}

// enough does something once a text has been written to it.
type enough struct {
	text string
	then func()
}

func (e *enough) Write(b []byte) (int, error) {
	if strings.Contains(string(b), e.text) {
		e.then()
	}
	return len(b), nil
}

// What the counter itself returns is believed, whole: its own references, on the bytes that were deposited.
func TestCounterIsBelieved(t *testing.T) {
	t.Parallel()
	d := newRandomDesk(t, 7)
	report := controle.Controler(ms1dui.Courante(), d.deposited, controle.Options{Nom: goodName})
	returned, err := report.Retour(controle.Attribution{ImpID: depot.ImpID(7), NumeroASP: func(i int) string { return depot.NumeroASP(7, i) }})
	if err != nil {
		t.Fatal(err)
	}
	k := &keyboard{}
	if status := k.run(t.Context(), "retour", "--carnet", d.ledger(), "--sortie", d.folder, file(t, goodName, returned)); status != 0 {
		t.Fatalf("exit status %d: %s%s", status, &k.stdout, &k.stderr)
	}
	for i, s := range d.demandes() {
		if s.Etat != carnet.Acceptee || s.NumeroASP != depot.NumeroASP(7, i) || s.ImpID != depot.ImpID(7) {
			t.Errorf("%+v", s)
		}
	}
}
