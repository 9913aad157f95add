package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"guichet/controle"
	"guichet/internal/corpus"
)

// allocations returns how many the check of f makes once its memory is large enough.
func allocations(f *file) float64 {
	g := newGuichet()
	return testing.AllocsPerRun(10, func() { g.c.Controler(f.bytes, controle.Options{}) })
}

// memory returns the bytes that a fresh Controleur allocates for one check of f, over and above f: what
// it ever held at one time is no more.
func memory(src []byte) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r := newGuichet().c.Controler(src, controle.Options{})
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(r)
	return after.TotalAlloc - before.TotalAlloc
}

// memoryFlag has a fresh process print the memory for the file at its path, and nothing else.
const memoryFlag = "memory-of"

// freshMemory measures in a process of its own, where nothing has been loaded yet.
func freshMemory(ctx context.Context, f *file) (uint64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, fmt.Errorf("find this program: %w", err)
	}
	out, err := exec.CommandContext(ctx, self, "-"+memoryFlag, f.path).Output()
	if err != nil {
		return 0, fmt.Errorf("measure memory: %w", err)
	}
	bytes, err := strconv.ParseUint(strings.TrimSpace(string(out)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("measure memory: %w", err)
	}
	return bytes, nil
}

// growth times the check of files of so many megabytes each, interleaved.
func growth(megabytes []int, rounds int) []series {
	g := newGuichet()
	grown := make([]series, len(megabytes))
	for i, mb := range megabytes {
		f := sized(mb)
		grown[i] = series{file: &f, rounds: make([][]time.Duration, 1)}
		g.c.Controler(f.bytes, controle.Options{})
	}
	for range rounds {
		for i := range grown {
			n := max(1, 100/megabytes[i]/4)
			start := time.Now()
			for range n {
				g.c.Controler(grown[i].file.bytes, controle.Options{})
			}
			grown[i].rounds[0] = append(grown[i].rounds[0], time.Since(start)/time.Duration(n))
		}
	}
	return grown
}

// sized makes an indented file of so many megabytes. Over 200 demandes the portal would reject it; all
// of them are checked all the same.
func sized(megabytes int) file {
	forme := corpus.Forme{Demandes: 200, OGs: 1, ESMS: 2, Indente: true}
	forme.Demandes = megabytes * 1_000_000 / (len(corpus.Fichier(forme)) / forme.Demandes)
	return file{name: strconv.Itoa(megabytes) + " MB", bytes: corpus.Fichier(forme)}
}
