package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// cost is the processor's time spent so far; zero where there is no /proc.
type cost struct{ counter, machine time.Duration }

// tick is the unit of /proc.
const tick = 10 * time.Millisecond

func (c *counter) processor() (p cost) {
	if c == nil {
		return p
	}
	p.counter, _ = ofProcess(c.cmd.Process.Pid)
	if c.postmaster == 0 {
		c.postmaster = c.findPostmaster()
	}
	if c.postmaster > 0 {
		p.counter += ofFamily(c.postmaster)
	}
	text, _ := os.ReadFile("/proc/stat")
	for i, f := range strings.Fields(string(bytes.SplitN(text, []byte("\n"), 2)[0])) {
		if i > 0 && i != 4 && i != 5 && i < 9 { // neither idle nor waiting
			n, _ := strconv.ParseInt(f, 10, 64)
			p.machine += time.Duration(n) * tick
		}
	}
	return p
}

// ofProcess returns the processor's time of a process and of its ended children, and its parent.
func ofProcess(pid int) (d time.Duration, parent int) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ")
	f := strings.Fields(rest)
	if len(f) < 15 {
		return 0, 0
	}
	parent, _ = strconv.Atoi(f[1])
	for _, s := range f[11:15] {
		n, _ := strconv.ParseInt(s, 10, 64)
		d += time.Duration(n) * tick
	}
	return d, parent
}

func ofFamily(pid int) time.Duration {
	sum, _ := ofProcess(pid)
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, p := range all {
		child, _ := strconv.Atoi(filepath.Base(p))
		if d, parent := ofProcess(child); parent == pid {
			sum += d
		}
	}
	return sum
}

// findPostmaster returns the process that all of PostgreSQL's belong to; -1 for SQLite.
func (c *counter) findPostmaster() int {
	var backend int
	if c.base.Dialecte.Nom != "postgres" || c.base.Lire().QueryRowContext(context.Background(), `SELECT pg_backend_pid()`).Scan(&backend) != nil {
		return -1
	}
	_, parent := ofProcess(backend)
	return parent
}
