package diag

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// Split cuts the extract around the characters that a diagnostic points at: what stands before them, they
// themselves, and what stands after. Outside of the extract they are empty.
func (e Extrait) Split(colonne, longueur int) (avant, marque, apres string) {
	line := []rune(strings.TrimRight(e.Texte, "\r\n"))
	start := min(max(colonne-max(e.Debut, 1), 0), len(line))
	end := min(start+max(longueur, 0), len(line))
	return string(line[:start]), string(line[start:end]), string(line[end:])
}

// tabulation is what a tab of an extract becomes: a terminal's own stops would part caret and value.
const tabulation = "    "

func printable(s string) string { return Neutralize(strings.ReplaceAll(s, "\t", tabulation)) }

// width counts the terminal cells of a printable text: 2 for a wide character, 0 for a combining one.
// It does not look at the environment, so that a report is the same everywhere.
func width(s string) int {
	c := runewidth.Condition{StrictEmojiNeutral: true}
	return c.StringWidth(s)
}
