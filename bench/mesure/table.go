// Package mesure is what the benchmarks share: tables, medians, goals, whole processes.
package mesure

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Table is written as Markdown that lines up in a terminal too: the first column to the left, the
// others to the right.
type Table [][]string

// Add adds a row.
func (t *Table) Add(cells ...string) { *t = append(*t, cells) }

// Write writes it.
func (t Table) Write(w io.Writer) {
	widths := make([]int, len(t[0]))
	for _, row := range t {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for r, row := range t {
		writeRow(w, row, widths)
		if r == 0 {
			fmt.Fprint(w, "|")
			for i, width := range widths {
				rule := strings.Repeat("-", width+1) + ":|"
				if i == 0 {
					rule = ":" + strings.Repeat("-", width+1) + "|"
				}
				fmt.Fprint(w, rule)
			}
			fmt.Fprintln(w)
		}
	}
	fmt.Fprintln(w)
}

func writeRow(w io.Writer, row []string, widths []int) {
	for i, cell := range row {
		blanks := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		if i == 0 {
			fmt.Fprintf(w, "| %s%s |", cell, blanks)
		} else {
			fmt.Fprintf(w, " %s%s |", blanks, cell)
		}
	}
	fmt.Fprintln(w)
}
