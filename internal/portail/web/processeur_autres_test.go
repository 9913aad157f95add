//go:build !unix

package web_test

import (
	"testing"
	"time"
)

// processeur is not known here: only the clock tells.
func processeur(*testing.B) time.Duration { return 0 }
