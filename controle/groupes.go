package controle

import (
	"cmp"
	"slices"
	"strings"

	"guichet/diag"
	"guichet/modele"
)

// Groupe is one rule that a file breaks at one tag, however often. Of its anomalies only those that are told are
// made: a report of 20,000 costs no more than one of ten.
type Groupe struct {
	Code, Balise string
	Gravite      modele.Gravite
	Titre        string // of the rule, after the tag
	Nombre       int
	Demandes     int // that have it
	Trouvees     []Trouvee
}

// Trouvee is an anomaly, and the demande that has it.
type Trouvee struct {
	Rang          int // of the demande in the file, from 0; -1 for the file itself
	NumLigne      int
	NumeroEditeur string
	diag.Diagnostic
}

// Groupes gathers like anomalies: the heaviest first, then the most frequent. Of all groups the first max are returned,
// each with its first places.
func (r *Rapport) Groupes(l modele.Langue, max, places int) (groupes []Groupe, tous int) {
	type cle struct {
		n      numero
		balise string
	}
	rangs := map[cle]int{}
	var assemblages []assemblage
	r.parcourir(func(a *anomalie, rang int) {
		k := cle{a.numero, r.balise(a)}
		i, connu := rangs[k]
		if !connu {
			i = len(assemblages)
			rangs[k] = i
			assemblages = append(assemblages, assemblage{Groupe: r.groupe(a, l), dernier: -1})
		}
		assemblages[i].ajouter(a, rang, places)
	})
	slices.SortStableFunc(assemblages, func(a, b assemblage) int {
		return cmp.Or(
			-cmp.Compare(a.Gravite, b.Gravite), -cmp.Compare(a.Nombre, b.Nombre),
			strings.Compare(a.Code, b.Code), strings.Compare(a.Balise, b.Balise),
		)
	})
	for _, g := range assemblages[:min(max, len(assemblages))] {
		groupes = append(groupes, r.finir(g, l))
	}
	return groupes, len(assemblages)
}

// Groupe tells the anomalies of one group from the index debut on, at most max of them; ok is false when there is no such
// group.
func (r *Rapport) Groupe(code, balise string, debut, max int, l modele.Langue) (g Groupe, ok bool) {
	un := assemblage{dernier: -1, passees: debut}
	r.parcourir(func(a *anomalie, rang int) {
		if livre()[a.numero].Code != code || r.balise(a) != balise {
			return
		}
		if !ok {
			un.Groupe, ok = r.groupe(a, l), true
		}
		un.ajouter(a, rang, max)
	})
	return r.finir(un, l), ok
}

// parcourir shows all anomalies, those of the file first.
func (r *Rapport) parcourir(voir func(a *anomalie, rang int)) {
	for i := range r.structure {
		voir(&r.structure[i], -1)
	}
	for rang := range r.demandes {
		for i := r.demandes[rang].debut; i < r.demandes[rang].fin; i++ {
			voir(&r.anomalies[i], rang)
		}
	}
}

func (r *Rapport) groupe(a *anomalie, l modele.Langue) Groupe {
	regle := &livre()[a.numero]
	g := Groupe{Code: regle.Code, Balise: r.balise(a), Gravite: regle.Gravite, Titre: regle.Titre.In(l)}
	if g.Balise != "" {
		g.Titre = diag.Neutralize(g.Balise) + ", " + g.Titre
	}
	return g
}

// assemblage is a Groupe on the way.
type assemblage struct {
	Groupe
	dernier int // the demande counted last: they come in order
	passees int // anomalies before those that are told
	dites   []dite
}

type dite struct {
	a    *anomalie
	rang int
}

func (g *assemblage) ajouter(a *anomalie, rang, max int) {
	if g.Nombre++; g.Nombre > g.passees && len(g.dites) < max {
		g.dites = append(g.dites, dite{a, rang})
	}
	if rang > g.dernier {
		g.dernier = rang
		g.Demandes++
	}
}

// finir tells what is told.
func (r *Rapport) finir(g assemblage, l modele.Langue) Groupe {
	for _, d := range g.dites {
		g.Trouvees = append(g.Trouvees, r.trouvee(d, l))
	}
	return g.Groupe
}

func (r *Rapport) trouvee(d dite, l modele.Langue) Trouvee {
	t := Trouvee{Rang: d.rang, Diagnostic: redacteur{r, l, map[*anomalie]proposition{d.a: r.proposer(d.a)}, nil}.diagnostic(d.a)}
	if d.rang < 0 {
		t.Premiere = d.a == r.rejetante()
		return t
	}
	demande := &r.demandes[d.rang]
	t.NumLigne = r.NumLigne(d.rang)
	t.NumeroEditeur, _ = r.texteDe(demande.noeud, baliseNumero)
	t.Premiere = r.traitee() && demande.premiere >= 0 && d.a == &r.anomalies[demande.premiere]
	return t
}

// rejetante is the anomaly for which the first control rejects the file, nil when it does not.
func (r *Rapport) rejetante() *anomalie {
	if i := r.premierRejet(); i >= 0 {
		return &r.structure[i]
	}
	return nil
}

// Comptes counts all anomalies by severity, those that were not kept included.
func (r *Rapport) Comptes() diag.Comptes {
	c := diag.Comptes(r.omises)
	r.parcourir(func(a *anomalie, _ int) { c[livre()[a.numero].Gravite]++ })
	return c
}

// Reparable tells whether some anomaly has a sure repair.
func (r *Rapport) Reparable() (oui bool) {
	r.parcourir(func(a *anomalie, _ int) {
		if !oui {
			c := r.corriger(nil, a, r.proposer(a))
			oui = len(c) > 0 && c[0].Sure
		}
	})
	return oui
}

// NonVerifies says, one line each, what could not be checked for want of data.
func (r *Rapport) NonVerifies(l modele.Langue) []string { return r.nonVerifies(l) }

// Registres are the registers that the control used.
func (r *Rapport) Registres(l modele.Langue) []diag.Registre { return r.registres(l) }
