//go:build unix

package web_test

import (
	"syscall"
	"testing"
	"time"
)

// processeur is the processor's time that this process has taken: it says more than the clock on a busy machine.
func processeur(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
