package examen

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// sansFin: the deadline is kept by the parent, which kills.
var sansFin = context.Background()

// limiter bounds this process before it reads anything: its processor time in seconds, and the bytes of memory beyond
// what the program has reserved so far.
func limiter(cpu, memoire uint64) error {
	debug.SetMemoryLimit(int64(memoire / 2))
	if err := unix.Setrlimit(unix.RLIMIT_CPU, &unix.Rlimit{Cur: cpu, Max: cpu}); err != nil {
		return err
	}
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return err
	}
	var pages uint64
	if _, err := fmt.Sscan(string(statm), &pages); err != nil {
		return err
	}
	memoire += pages * uint64(os.Getpagesize())
	return unix.Setrlimit(unix.RLIMIT_AS, &unix.Rlimit{Cur: memoire, Max: memoire})
}
