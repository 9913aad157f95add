// Package attente waits in tests for what other goroutines and processes do, as long as a busy machine may take.
package attente

import (
	"testing"
	"time"
)

// Patience is how long something may take before it counts as never: far more than it takes, since a machine that is
// shared by many stands still for seconds.
const Patience = 5 * time.Minute

// pas is between two looks.
const pas = 20 * time.Millisecond

// Jusqua waits until vrai holds, and ends the test when it never does.
func Jusqua(t testing.TB, quoi string, vrai func() bool) {
	t.Helper()
	for fin := time.Now().Add(Patience); !vrai(); time.Sleep(pas) {
		if time.Now().After(fin) {
			t.Fatalf("in %s never: %s", Patience, quoi)
		}
	}
}
