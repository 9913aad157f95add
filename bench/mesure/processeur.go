package mesure

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Tic is the unit of /proc.
const Tic = 10 * time.Millisecond

// Processeur is the processor's time of a process and of its ended children.
func Processeur(pid int) time.Duration {
	d, _ := DuProcessus(pid)
	return d
}

// DuProcessus returns the processor's time of a process and of its ended children, and its parent.
func DuProcessus(pid int) (d time.Duration, parent int) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ")
	f := strings.Fields(rest)
	if len(f) < 15 {
		return 0, 0
	}
	parent, _ = strconv.Atoi(f[1])
	for _, s := range f[11:15] {
		n, _ := strconv.ParseInt(s, 10, 64)
		d += time.Duration(n) * Tic
	}
	return d, parent
}
