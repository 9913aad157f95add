package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/internal/corpus"
)

// One round over a tiny file, so that the benchmark cannot rot. It looks at no time.
func TestOneRound(t *testing.T) {
	dir := t.TempDir()
	files, err := makeFiles(dir, []shape{{"tiny", corpus.Forme{Demandes: 10, OGs: 1, ESMS: 2, Indente: true}}})
	if err != nil {
		t.Fatal(err)
	}
	r := results{effort: effort{rounds: 1, batch: time.Millisecond, warmUp: time.Millisecond}}
	if err := r.raceAll(t.Context(), dir, files, t.Output()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{guichet, report, santhosh, tokens} {
		if r.index(name) < 0 {
			t.Errorf("no contender %q", name)
		}
	}
	if len(r.races) != 2 || r.races[1].found[r.index(guichet)] != 1 {
		t.Errorf("races: %+v", r.races)
	}
	r.growth = growth([]int{1}, 1)
	var text strings.Builder
	r.write(&text)
	if !strings.Contains(text.String(), "| at least 40 times faster than santhosh-tekuri |") {
		t.Errorf("no goal in the results:\n%s", text.String())
	}
}

func TestVerifyRefusesDissent(t *testing.T) {
	t.Parallel()
	blind := contender{name: "blind", errors: func(*file) (int, error) { return 0, nil }}
	if _, err := verify([]contender{blind}, &file{valid: false}); err == nil {
		t.Error("a contender that finds no error in a faulty file passed")
	}
	strict := contender{name: "strict", errors: func(*file) (int, error) { return 1, nil }}
	if _, err := verify([]contender{strict}, &file{valid: true}); err == nil {
		t.Error("a contender that finds an error in a valid file passed")
	}
}

func TestMemory(t *testing.T) {
	src := corpus.Fichier(corpus.Forme{Demandes: 10, OGs: 1, ESMS: 2})
	if got := memory(src); got == 0 {
		t.Error("a fresh check took no memory")
	}
}

func TestRatioIsTakenInEachRound(t *testing.T) {
	t.Parallel()
	s := series{rounds: [][]time.Duration{{2, 40, 6, 800}, {1, 10, 2, 100}}}
	if _, mid, _ := s.ratio(0, 1); mid != 3.5 {
		t.Errorf("median of the ratios 2, 4, 3, 8: %v", mid)
	}
	if got := s.median(1); got != 6 {
		t.Errorf("median of 1, 10, 2, 100: %v", got)
	}
}

func TestWithoutNode(t *testing.T) {
	t.Setenv("PATH", filepath.Join(t.TempDir(), "nothing"))
	if _, err := startNode(t.Context(), "schema.json"); !errors.Is(err, errNoNode) {
		t.Errorf("start without node: %v", err)
	}
}
