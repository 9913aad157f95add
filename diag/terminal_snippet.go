package diag

import (
	"fmt"
	"strconv"
	"strings"
)

// snippet shows where an anomaly is, as rustc does: the place, the source line, a caret under the value,
// then the other place that it speaks of.
func (t *terminal) snippet(o Occurrence) {
	g := strings.Repeat(" ", gutter(o.Diagnostic))
	t.printf("%s%s %s%s%s\n", g, t.paint(faint, "-->"), o.Place(), source(o.Source), t.firstWithoutLine(o))
	if !o.Placed() {
		return
	}
	at := Lieu{Ligne: o.Ligne, Colonne: o.Colonne, Longueur: o.Longueur, Extrait: o.Extrait}
	if o.Premiere {
		at.Note = t.firstMark()
	}
	t.line(g, at, "^", graviteColor(o.Gravite))
	if a := o.Autre; a != nil {
		t.printf("%s%s %d:%d\n", g, t.paint(faint, ":::"), a.Ligne, a.Colonne)
		t.line(g, *a, "-", blue)
	}
	t.printf("%s %s\n", g, t.paint(faint, "|"))
}

func (t *terminal) firstMark() string {
	return t.text("← ce que le portail signalera", "← what the portal will report")
}

// firstWithoutLine marks the anomaly that the portal reports where no caret can carry the mark.
func (t *terminal) firstWithoutLine(o Occurrence) string {
	if !o.Premiere || o.Placed() {
		return ""
	}
	return "  " + t.paint(bold, t.firstMark())
}

// line writes a source line with its number, and marks the value under it.
func (t *terminal) line(g string, at Lieu, mark, color string) {
	avant, valeur, apres := at.Extrait.Split(at.Colonne, at.Longueur)
	avant, valeur, apres = printable(avant), printable(valeur), printable(apres)
	if at.Extrait.Debut > 1 {
		avant = "…" + avant
	}
	if at.Extrait.Suite {
		apres += "…"
	}
	t.printf("%s %s\n", g, t.paint(faint, "|"))
	t.printf("%s%s %s %s%s%s\n", g[min(len(g), digits(at.Ligne)):], t.paint(faint, strconv.Itoa(at.Ligne)), t.paint(faint, "|"),
		avant, t.paint(color, valeur), apres)
	under := strings.Repeat(mark, max(width(valeur), 1))
	if at.Note != "" {
		under += " " + Neutralize(at.Note)
	}
	t.printf("%s %s %s%s\n", g, t.paint(faint, "|"), strings.Repeat(" ", width(avant)), t.paint(color, under))
}

// note writes a line under the snippet; an empty text writes none.
func (t *terminal) note(o Occurrence, name, text string) {
	if text != "" {
		t.printf("%s %s %s%s%s\n", strings.Repeat(" ", gutter(o.Diagnostic)), t.paint(faint, "="), t.paint(bold, name), colon(t.Langue), text)
	}
}

// gutter is the width of the line numbers of a diagnostic.
func gutter(d *Diagnostic) int {
	n := max(digits(d.Ligne), 1)
	if d.Autre != nil {
		n = max(n, digits(d.Autre.Ligne))
	}
	return n
}

func digits(n int) int { return len(strconv.Itoa(n)) }

func source(s string) string {
	if s == "" {
		return ""
	}
	return "  (" + Neutralize(s) + ")"
}

// Place is the file, line and column of an anomaly, as editors and terminals understand it.
func (o Occurrence) Place() string {
	name := Neutralize(o.Fichier.Fichier)
	if !o.Placed() {
		return name
	}
	return fmt.Sprintf("%s:%d:%d", name, o.Ligne, o.Colonne)
}
