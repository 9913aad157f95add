package preparation

import (
	"maps"
	"slices"
	"unicode/utf8"

	"guichet/modele"
	"guichet/valeur"
)

// dire tells what a liseur noted of a cell of the row at hand.
func (g *groupeur) dire(t *passage, r *remarque) {
	ou := func() Lieu { return g.situer(g.ou, r.colonne) }
	switch {
	case r.motif != sansMotif:
		g.reparer(ou, r.cell.Texte, string(g.memoire.lire(r.ref)), motifs[r.motif])
	case r.regle == regleTable:
		g.inconnue(t, r)
	case r.regle == regleErreur:
		g.fauter(regleErreur.faute(ou(), r.cell.Texte))
	default:
		g.fauter(regleCellule.faute(ou(), maxCellule))
	}
}

// abreger shortens a text for a message.
func abreger(t string) string {
	const max = 60
	if utf8.RuneCountInString(t) <= max {
		return t
	}
	return string([]rune(t)[:max-1]) + "…"
}

// maxSuggestions bounds the values that are compared with a whole table.
const maxSuggestions = 200

func (g *groupeur) inconnue(t *passage, r *remarque) {
	s := &t.entetes.sources[r.colonne]
	f := regleTable.faute(g.situer(g.ou, r.colonne), abreger(r.cell.Texte), s.nomTable)
	if g.suggestions++; g.suggestions <= maxSuggestions {
		p := suggerer(valeur.Proche(r.cell.Texte, slices.Sorted(maps.Keys(s.table.exacte))))
		f.Message = modele.Texte{Fr: f.Message.Fr + p.Fr, En: f.Message.En + p.En}
	}
	g.fauter(f)
}
