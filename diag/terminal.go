package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"guichet/modele"
)

// WriteText writes the report for a person at a terminal: each anomaly with its source line, a caret
// under the value, and what to do.
func WriteText(w io.Writer, r *Rapport, o Options) error {
	t := &terminal{Writer: bufio.NewWriter(w), Options: o}
	if o.Grouper {
		t.groups(r)
	} else {
		t.list(r)
	}
	t.footer(r)
	return t.Flush()
}

// terminal writes one report. The errors of the writer under it come out of Flush.
type terminal struct {
	*bufio.Writer
	Options
	shown, hidden int // anomalies in full, anomalies over Max
}

func (t *terminal) printf(format string, args ...any) { _, _ = fmt.Fprintf(t, format, args...) }

func (t *terminal) text(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(t.Langue) }

// full tells whether Max anomalies were shown already.
func (t *terminal) full() bool { return t.Max > 0 && t.shown >= t.Max }

func (t *terminal) list(r *Rapport) {
	for i := range r.Fichiers {
		f := &r.Fichiers[i]
		t.file(f)
		for j := range f.Structure {
			t.anomaly(Occurrence{f, nil, &f.Structure[j]})
		}
		for j := range f.Demandes {
			t.demande(f, &f.Demandes[j])
		}
		t.omitted(f)
	}
}

// file writes the header of a file: what the portal will do with it, and why.
func (t *terminal) file(f *Fichier) {
	t.printf("%s%s%s%s\n", t.paint(bold, Neutralize(f.Fichier)), colon(t.Langue),
		t.paint(verdictColor(f.Verdict), f.Verdict.In(t.Langue)), t.paint(faint, f.edition(t.Langue)))
	t.printf("  %s %s.\n\n", f.Phrase(t.Langue), capital(f.Comptes().In(t.Langue)))
}

// edition names the tag table that the file was checked against.
func (f *Fichier) edition(l modele.Langue) string {
	if f.Modele == "" {
		return ""
	}
	return "  (" + Neutralize(f.Modele) + modele.Texte{Fr: ", édition ", En: ", edition "}.In(l) + Neutralize(f.Edition) + ")"
}

// demande writes the anomalies of a demande under its heading; a demande without anomalies is only counted.
func (t *terminal) demande(f *Fichier, d *Demande) {
	if len(d.Anomalies) > 0 && !t.full() {
		t.printf("%s\n\n", t.paint(bold, t.title(d)))
	}
	for i := range d.Anomalies {
		t.anomaly(Occurrence{f, d, &d.Anomalies[i]})
	}
}

func (t *terminal) title(d *Demande) string {
	return d.Nom(t.Langue) + colon(t.Langue) + d.Issue(t.Langue)
}

func (t *terminal) anomaly(o Occurrence) {
	if t.full() {
		t.hidden++
		return
	}
	t.shown++
	t.printf("%s%s%s\n", t.label(o.Code, o.Gravite), colon(t.Langue), t.paint(bold, Neutralize(o.Message)))
	t.snippet(o)
	t.note(o, t.text("aide", "help"), Neutralize(o.Aide))
	t.note(o, t.text("doute", "doubt"), Neutralize(o.Doute))
	t.printf("\n")
}

func (t *terminal) label(code string, g modele.Gravite) string {
	return t.paint(graviteColor(g), WordGravite(g, t.Langue)+"["+Neutralize(code)+"]")
}

func (t *terminal) omitted(f *Fichier) {
	if n := Comptes(f.Omises); n.Somme() > 0 {
		t.printf(t.text("%s a trop d'anomalies pour tout garder. En plus, sans détail : %s.\n\n",
			"%s has too many anomalies to keep all. Besides, without detail: %s.\n\n"), Neutralize(f.Fichier), n.In(t.Langue))
	}
}

// footer sums up the run and says what to do next.
func (t *terminal) footer(r *Rapport) {
	if t.hidden > 0 {
		t.printf("%s\n\n", t.beyond())
	}
	t.unchecked(r)
	t.printf("%s\n%s\n%s\n", t.paint(bold, r.Titre(t.Langue)), r.Bilan(t.Langue), r.Comptes().In(t.Langue))
	if r.Masquees > 0 {
		t.printf("%s\n", r.Masque(t.Langue))
	}
	for _, line := range r.Conseils(t.Langue) {
		t.printf("→ %s\n", line)
	}
	if code := r.heaviest(); code != "" {
		t.printf(t.text("→ guichet explain %s : la règle, un exemple faux, un exemple juste.\n",
			"→ guichet explain %s: the rule, a wrong example, a right one.\n"), Neutralize(code))
	}
}

// heaviest returns the code of the first anomaly among the heaviest ones, "" when there is none.
func (r *Rapport) heaviest() (code string) {
	var weight modele.Gravite
	for o := range r.All() {
		if code == "" || o.Gravite > weight {
			code, weight = o.Code, o.Gravite
		}
	}
	return code
}

// beyond counts what Max left out, and says how to see it.
func (t *terminal) beyond() string {
	noun, how := NounAnomalie, t.text("--max 0 montre tout, --group regroupe", "--max 0 shows all, --group gathers")
	if t.Grouper {
		noun, how = NounGroupe, t.text("--max 0 montre tout", "--max 0 shows all")
	}
	return t.text("sans détail : ", "without detail: ") + noun.Count(t.hidden, t.Langue) + " (" + how + ")"
}

// unchecked writes each line of what could not be checked once, whatever the number of files, then the
// registers that were used.
func (t *terminal) unchecked(r *Rapport) {
	t.lines(t.text("Non vérifié", "Not checked"), r.NonVerifie())
	t.lines(t.text("Registres", "Registers"), r.Registres())
}

func (t *terminal) lines(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	t.printf("%s%s\n", title, strings.TrimRight(colon(t.Langue), " "))
	for _, line := range lines {
		t.printf("  - %s\n", Neutralize(line))
	}
	t.printf("\n")
}
