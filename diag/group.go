package diag

import (
	"cmp"
	"slices"
	"strings"

	"guichet/modele"
)

// maxPlaces is how many places of a Groupe are kept: enough to see the pattern.
const maxPlaces = 5

// Groupe is one fault made several times: anomalies of the same code at the same tag.
type Groupe struct {
	Code, Balise string
	Gravite      modele.Gravite
	Titre        string // of the rule; empty where the rule is not known
	Nombre       int    // anomalies
	Demandes     int    // demandes that have it
	Fichiers     int    // files that have it
	Premieres    int    // how many of them the portal reports
	Places       []Occurrence
}

// Premier is the occurrence that stands for the others.
func (g *Groupe) Premier() Occurrence { return g.Places[0] }

// Resume says what the fault is: the rule's title after the tag, or the first message, which names it.
func (g *Groupe) Resume() string {
	switch {
	case g.Titre == "":
		return Neutralize(g.Premier().Message)
	case g.Balise == "":
		return Neutralize(g.Titre)
	}
	return Neutralize(g.Balise + ", " + g.Titre)
}

// Group gathers similar anomalies over all demandes and files: the heaviest first, then the most
// frequent.
func (r *Rapport) Group(o Options) []Groupe {
	type key struct{ code, balise string }
	index := map[key]int{}
	var groupes []gathering
	for occ := range r.All() {
		k := key{occ.Code, occ.Balise}
		i, known := index[k]
		if !known {
			i = len(groupes)
			index[k] = i
			groupes = append(groupes, newGathering(occ, o))
		}
		groupes[i].add(occ)
	}
	return finish(groupes)
}

// gathering is a Groupe on the way, with the last place counted: a demande or a file that has the fault
// twice counts once, and the anomalies come in order.
type gathering struct {
	Groupe
	fichier *Fichier
	demande *Demande
}

func newGathering(o Occurrence, opt Options) gathering {
	g := Groupe{Code: o.Code, Balise: o.Balise, Gravite: o.Gravite}
	i := slices.IndexFunc(opt.Regles, func(r modele.Regle) bool { return r.Code == o.Code })
	if i >= 0 {
		g.Titre = opt.Regles[i].Titre.In(opt.Langue)
	}
	return gathering{Groupe: g}
}

func (g *gathering) add(o Occurrence) {
	g.Nombre++
	if o.Premiere {
		g.Premieres++
	}
	if o.Fichier != g.fichier {
		g.fichier = o.Fichier
		g.Fichiers++
	}
	if o.Demande != nil && o.Demande != g.demande {
		g.demande = o.Demande
		g.Demandes++
	}
	if len(g.Places) < maxPlaces {
		g.Places = append(g.Places, o)
	}
}

func finish(gatherings []gathering) []Groupe {
	groupes := make([]Groupe, len(gatherings))
	for i, g := range gatherings {
		groupes[i] = g.Groupe
	}
	slices.SortStableFunc(groupes, func(a, b Groupe) int {
		return cmp.Or(
			-cmp.Compare(a.Gravite, b.Gravite), -cmp.Compare(a.Nombre, b.Nombre),
			strings.Compare(a.Code, b.Code), strings.Compare(a.Balise, b.Balise),
		)
	})
	return groupes
}
