package diag

import (
	"fmt"
	"slices"
	"strings"
)

// groups writes each fault once, with the number of demandes that have it and its first places.
func (t *terminal) groups(r *Rapport) {
	for i := range r.Fichiers {
		t.file(&r.Fichiers[i])
	}
	for _, g := range r.Group(t.Options) {
		if t.full() {
			t.hidden++
			continue
		}
		t.group(&g)
	}
	for i := range r.Fichiers {
		t.omitted(&r.Fichiers[i])
	}
}

func (t *terminal) group(g *Groupe) {
	first := g.Premier()
	if g.Nombre == 1 {
		t.anomaly(first)
		return
	}
	t.shown++
	t.printf("%s%s%s\n", t.label(g.Code, g.Gravite), colon(t.Langue), t.paint(bold, g.Ampleur(t.Langue)+colon(t.Langue)+g.Resume()))
	t.snippet(first)
	if g.Titre != "" {
		t.note(first, t.text("ici", "here"), Neutralize(first.Message))
	}
	t.note(first, t.text("aussi", "also"), t.places(g))
	t.note(first, "note", g.ParPortail(t.Langue))
	t.note(first, t.text("aide", "help"), Neutralize(first.Aide))
	t.note(first, t.text("doute", "doubt"), Neutralize(first.Doute))
	t.printf("\n")
}

// places lists where else the fault is, without the name of the file as long as it stays the same.
func (t *terminal) places(g *Groupe) string {
	var out []string
	file := g.Premier().Fichier
	for _, o := range g.Places[1:] {
		if o.Fichier == file && o.Placed() {
			out = append(out, fmt.Sprintf("%d:%d", o.Ligne, o.Colonne))
			continue
		}
		out = append(out, o.Place())
		file = o.Fichier
	}
	out = slices.Compact(out)
	if rest := g.Nombre - len(g.Places); rest > 0 {
		out = append(out, fmt.Sprintf(t.text("et %s de plus", "and %s more"), Number(rest, t.Langue)))
	}
	return strings.Join(out, ", ")
}
