package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The registers of exemples/ load, and confirm its first file.
func TestExampleRegisters(t *testing.T) {
	t.Parallel()
	folder, examples := t.TempDir(), "../../exemples"
	for register, pattern := range map[string]string{
		"finess": "etalab-cs1100502-stock-*.csv", "references": "references-*.csv", "eligibles": "eligibles-*.csv", "bareme": "bareme.csv",
	} {
		k := &keyboard{}
		if got := k.run(t.Context(), "referentiel", "load", "--dossier", folder, register, filepath.Join(examples, pattern)); got != 0 {
			t.Fatalf("%s: exit status %d: %s", register, got, &k.stderr)
		}
	}
	k := &keyboard{}
	got := k.run(t.Context(), "check", "--referentiels", folder, filepath.Join(examples, goodName))
	if text := k.stdout.String(); got != 0 || !strings.Contains(text, "aucune anomalie") || !strings.Contains(text, "FINESS du 12/09/2023") {
		t.Errorf("exit status %d: %s%s", got, &k.stdout, &k.stderr)
	}
}

// The age of a register is counted from the day it is valid on to today.
func TestRegisterAge(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := file(t, "eligibles-20230920.csv", []byte("990000018\n"))
	k := &keyboard{}
	if got := k.run(t.Context(), "referentiel", "load", "--dossier", folder, "eligibles", path); got != 0 {
		t.Fatalf("exit status %d: %s", got, &k.stderr)
	}
	k = &keyboard{}
	k.run(t.Context(), "referentiel", "list", "--dossier", folder, "--format", "json")
	if text := k.stdout.String(); !strings.Contains(text, `"age": 12,`) || !strings.Contains(text, `"chargeLe": "2023-10-02"`) {
		t.Error(text)
	}
}

// Of several files the newest is that of the latest name, or else of the latest change.
func TestNewest(t *testing.T) {
	t.Parallel()
	p := &program{env: env{stderr: &strings.Builder{}, now: time.Now}}
	older, newer := file(t, "f-20230101.csv", nil), file(t, "f-20230102.csv", nil)
	for _, files := range [][]string{{older, newer}, {newer, older}, {filepath.Dir(newer) + "/*.csv"}} {
		if name, _, err := p.newest(files); err != nil || filepath.Base(name) != "f-20230102.csv" {
			t.Errorf("%v: %s, %v", files, name, err)
		}
	}
}
