package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"guichet/bench/mesure"
)

// results is all that one run found.
type results struct {
	machine    []string
	effort     effort
	contenders []contender
	races      []*series
	allocated  []resource
	memory     []resource
	growth     []series
	notes      []string // what was left out
}

// resource is what one file took.
type resource struct {
	file  *file
	value float64
}

func (r *results) write(w io.Writer) {
	fmt.Fprintf(w, "# Results\n\nWritten by the benchmark itself (README.md says how to run and read it).\n\n")
	for _, line := range r.machine {
		fmt.Fprintf(w, "- %s\n", line)
	}
	fmt.Fprintf(w, "- Rounds: %d, about %v for each contender in each\n", r.effort.rounds, r.effort.batch)
	for _, note := range r.notes {
		fmt.Fprintf(w, "- Left out: %s\n", note)
	}
	fmt.Fprintf(w, "\n## Goals\n\n")
	r.goals(w)
	fmt.Fprintf(w, "## Times\n\n")
	for _, s := range r.races {
		r.race(w, s)
	}
	r.resources(w)
}

// goals writes, for each goal and file, the ratio and whether it meets the bound.
func (r *results) goals(w io.Writer) {
	head := []string{"ratio"}
	for _, s := range r.races {
		head = append(head, s.file.name)
	}
	t := mesure.Table{head}
	for _, g := range goals() {
		slow, fast := r.index(g.slow), r.index(g.fast)
		if slow < 0 || fast < 0 {
			continue
		}
		row := []string{g.text}
		for _, s := range r.races {
			_, ratio, _ := s.ratio(slow, fast)
			row = append(row, fmt.Sprintf("%.2f %s", ratio, mesure.Met(g.met(ratio))))
		}
		t.Add(row...)
	}
	t.Write(w)
}

func (r *results) index(name string) int {
	return slices.IndexFunc(r.contenders, func(c contender) bool { return c.name == name })
}

// race writes the table of one file.
func (r *results) race(w io.Writer, s *series) {
	fmt.Fprintf(w, "### %s (%d kB)\n\n", s.file.name, len(s.file.bytes)/1000)
	t := mesure.Table{{"contender", "median", "MB/s", "times guichet", "middle half", "errors found"}}
	base := r.index(guichet)
	for i, c := range r.contenders {
		low, ratio, high := s.ratio(i, base)
		found := fmt.Sprint(s.found[i])
		if c.floor {
			found = "–"
		}
		t.Add(c.name, milliseconds(s.median(i)), speed(s.file, s.median(i)),
			fmt.Sprintf("%.2f", ratio), fmt.Sprintf("%.2f to %.2f", low, high), found)
	}
	t.Write(w)
}

func (r *results) resources(w io.Writer) {
	fmt.Fprintf(w, "## Allocations of a check, memory kept from the one before\n\n")
	t := mesure.Table{{"file", "allocations", "goal: none"}}
	for _, a := range r.allocated {
		t.Add(a.file.name, fmt.Sprint(a.value), mesure.Met(a.value == 0))
	}
	t.Write(w)
	fmt.Fprintf(w, "## Memory of a fresh process for one check, the file not counted\n\n")
	t = mesure.Table{{"file", "allocated in all", "times the file", "goal: below 4"}}
	for _, m := range r.memory {
		times := m.value / float64(len(m.file.bytes))
		t.Add(m.file.name, fmt.Sprintf("%.0f kB", m.value/1000), fmt.Sprintf("%.2f", times), mesure.Met(times < 4))
	}
	t.Write(w)
	fmt.Fprintf(w, "## Growth\n\n")
	t = mesure.Table{{"file", "median", "MB/s"}}
	for i := range r.growth {
		s := &r.growth[i]
		t.Add(s.file.name, milliseconds(s.median(0)), speed(s.file, s.median(0)))
	}
	t.Write(w)
}

func milliseconds(t time.Duration) string {
	return fmt.Sprintf("%.3f ms", float64(t)/float64(time.Millisecond))
}

// speed is in millions of bytes.
func speed(f *file, t time.Duration) string {
	return fmt.Sprintf("%.0f", float64(len(f.bytes))/1e6/t.Seconds())
}
