package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"guichet/bench/mesure"
)

// cost is the processor's time spent so far; zero where there is no /proc.
type cost struct{ counter, machine time.Duration }

func (c *counter) processor() (p cost) {
	if c == nil {
		return p
	}
	p.counter = mesure.Processeur(c.cmd.Process.Pid)
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
			p.machine += time.Duration(n) * mesure.Tic
		}
	}
	return p
}

func ofFamily(pid int) time.Duration {
	sum := mesure.Processeur(pid)
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, p := range all {
		child, _ := strconv.Atoi(filepath.Base(p))
		if d, parent := mesure.DuProcessus(child); parent == pid {
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
	_, parent := mesure.DuProcessus(backend)
	return parent
}
