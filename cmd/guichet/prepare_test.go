package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/internal/carnet"
)

// A ledger that another run is writing to is said to be busy, and nothing is written.
func TestPrepareLedgerBusy(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	ledger, err := carnet.Ouvrir(t.Context(), filepath.Join(folder, "guichet.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer ledger.Close()
	table, output := filepath.Join(folder, "commandes.csv"), filepath.Join(folder, "depots")
	k := &keyboard{stdin: strings.NewReader("")}
	if got := k.run(t.Context(), "template", "--format", "csv", "--exemple", "--output", table); got != int(success) {
		t.Fatalf("template: exit status %d: %s", got, &k.stderr)
	}
	got := k.run(t.Context(), "prepare", "--numero-ans", "ANS0000001", "--siret", "00000000100008", "--sans-pieces",
		"--date", "2023-10-02", "--carnet", filepath.Join(folder, "guichet.db"), "--sortie", output, table)
	if got != int(misuse) || !strings.Contains(k.stderr.String(), "écrit dans le carnet") {
		t.Errorf("exit status %d: %s", got, &k.stderr)
	}
	if _, err := os.Stat(output); err == nil {
		t.Error("something was written")
	}
}
