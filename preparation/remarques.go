package preparation

import (
	"maps"
	"slices"
	"unicode/utf8"

	"guichet/modele"
	"guichet/valeur"
)

// dire tells what a liseur noted of a cell of the row at hand; of a constant once, where the mapping has it.
func (g *groupeur) dire(t *passage, r *remarque) {
	ou := func() Lieu { return g.situerReference(r.colonne) }
	if r.colonne >= 0 && t.entetes.sources[r.colonne].constante != nil {
		if slices.Contains(g.constantes, r.colonne) {
			return
		}
		g.constantes = append(g.constantes, r.colonne)
		ou = func() Lieu { return g.options.Mapping.situer(g.plan.colonnes[r.colonne].Nom) }
	}
	switch r.refus {
	case aucuneRegle:
		if r.ordres != 0 {
			g.dater(r)
		}
		if r.motif != sansMotif && (r.ordres == 0 || r.ordres == valeur.JourMois && !r.courte) {
			g.reparer(ou, g.cle, avant(r), g.apres(r), motifs[r.motif])
		}
	case regleTable:
		g.inconnue(t, r)
	case regleCellule:
		g.fauter(regleCellule.faute(ou(), maxCellule))
	case regleInstant:
		g.fauter(instant(ou(), r.cell.Texte))
	case regleMontre:
		if r.colonne < 0 {
			g.fauter(montreAutre(ou(), r.cell))
			return
		}
		g.fauter(g.plan.colonnes[r.colonne].montreAutre(ou(), r.cell))
	case regleCaractere:
		g.fauter(caracteres(ou(), r.cell.Texte))
	case regleSansValeur:
		g.fauter(r.refus.faute(ou()))
	default:
		g.fauter(r.refus.faute(ou(), abreger(r.cell.Texte)))
	}
}

// avant is what was in a cell that is repaired: of one whose time is dropped, its day and its time, no number of days; of
// one whose format has blanks, what it shows.
func avant(r *remarque) string {
	switch {
	case (r.motif == motifMinuit || r.motif == motifHeure) && r.cell.Genre == Jour:
		return jourEtHeure(r.cell.Texte)
	case r.motif == motifBlancs && r.cell.Genre == Nombre:
		if montre, _ := r.cell.Montre(); montre != "" {
			return montre
		}
	}
	return r.cell.Texte
}

// apres is the literal that a repaired cell became.
func (g *groupeur) apres(r *remarque) string {
	if r.colonne >= 0 {
		return string(g.memoire.lire(r.ref))
	}
	reference, _ := epurer([]byte(r.cell.Texte))
	return string(citer(nil, reference))
}

// situerReference names the cell of column c of the plan in the row at hand, or that of column -1-c of the sheet, which
// has the reference.
func (g *groupeur) situerReference(c int) Lieu {
	if c >= 0 {
		return g.situer(g.ou, c)
	}
	return g.situerTitre(g.ou, -1-c)
}

// instant is the fault of a time that is one day where it was taken and another one in Paris.
func instant(ou Lieu, ecrit string) Faute {
	propre, _ := epurer([]byte(ecrit))
	e := valeur.LireEcrite(string(propre))
	f := regleInstant.faute(ou, abreger(ecrit), e.Lectures()[0], e.AParis())
	f.Aide = texte(regles[regleInstant].Aide, e.Lectures()[0], e.AParis())
	return f
}

// abreger shortens a text for a message.
func abreger(t string) string {
	const max = 60
	t = valeur.Lisible(t)
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
