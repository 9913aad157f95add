package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"guichet/export"
	"guichet/internal/corpus"
	"guichet/internal/partage"
	"guichet/internal/portail/examen"
	"guichet/modele/ms1dui"
)

// The scripts run the program's own main, in processes of the test binary.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == examen.Commande { // a counter of these tests examines
		os.Exit(examiner())
	}
	testscript.Main(m, map[string]func(){"guichet": main, "guichet-reseau": onNetwork})
}

// onNetwork is main on a machine whose disks are all on the network.
func onNetwork() {
	os.Exit(run(partage.Simuler(context.Background(), partage.Systeme{Nom: "nfs"}), machine()))
}

func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("GORACE", "atexit_sleep_ms=0") // the race detector waits a second at each exit
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"status": wantStatus, "valid": valid, "corpus": corpusFile, "change": change, "bytes": rawBytes, "damage": damagePages, "portal": portalReturns,
			"document": document, "zipped": zipped, "port": freePort, "answers": untilAnswered, "signs-in": signsIn, "ledger": ledger, "finess": finessExtract, "workbook": workbook, "opendocument": opendocument,
		},
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, errors.New("unknown condition " + name)
		},
	})
}

// wantStatus runs a command and wants an exit status: status 1 guichet check x.json.
func wantStatus(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	default:
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// valid writes a file that no rule objects to: valid x.json.
func valid(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		ts.Check(os.WriteFile(ts.MkAbs(name), export.Exemple(ms1dui.Courante()), 0o666))
	}
}

// corpusFile writes a file of so many demandes, one in so many with a fault: corpus x.json 200 4.
func corpusFile(ts *testscript.TestScript, _ bool, args []string) {
	demandes, err := strconv.Atoi(args[1])
	ts.Check(err)
	faulty, err := strconv.Atoi(args[2])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), corpus.Fichier(corpus.Forme{
		Demandes: demandes, OGs: 1, ESMS: 1, Indente: true, Fautives: faulty,
	}), 0o666))
}

// finessExtract writes an extract of so many établissements, in UTF-8 or Latin-1, that has those of corpus:
// finess x.csv 1000 latin1.
func finessExtract(ts *testscript.TestScript, _ bool, args []string) {
	count, err := strconv.Atoi(args[1])
	ts.Check(err)
	e := corpus.Extrait{Etablissements: count, Latin1: len(args) > 2 && args[2] == "latin1"}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), e.Octets(), 0o666))
}

// change replaces a text that a file has once or more: change x.json 2433.33 2433.3.
func change(ts *testscript.TestScript, _ bool, args []string) {
	content := []byte(ts.ReadFile(args[0]))
	old := unquote(ts, args[1])
	if !bytes.Contains(content, old) {
		ts.Fatalf("%s has no %q", args[0], old)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.ReplaceAll(content, old, unquote(ts, args[2])), 0o666))
}

// rawBytes writes bytes: bytes x.json '\xff\xfe'.
func rawBytes(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), unquote(ts, args[1]), 0o666))
}

func unquote(ts *testscript.TestScript, text string) []byte {
	s, err := strconv.Unquote(`"` + string(bytes.ReplaceAll([]byte(text), []byte(`"`), []byte(`\"`))) + `"`)
	ts.Check(err)
	return []byte(s)
}

// damagePages writes over pages in the middle of a file, as a disk that fails does.
func damagePages(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[0])
	content, err := os.ReadFile(name)
	ts.Check(err)
	for i := 20_000; i < min(24_000, len(content)); i++ {
		content[i] = 0xff
	}
	ts.Check(os.WriteFile(name, content, 0o600))
}
