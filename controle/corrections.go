package controle

import (
	"cmp"
	"slices"

	"guichet/diag"
	"guichet/modele"
)

// Correction is one repair that an anomaly suggests: a literal to write in place of a range of bytes.
type Correction struct {
	Debut, Fin int    // byte range in the file
	Avant      string // the literal there
	Apres      string // the literal to write; empty to delete
	Sure       bool   // nothing else can have been meant
	Code       string // the rule that is broken
	Balise     string
	Pointeur   string // RFC 6901
	Ligne      int    // from 1

	pour *anomalie
}

// Corrections lists the repairs that the anomalies suggest, in the order of the file, none over another.
func (r *Rapport) Corrections() []Correction { return r.corrections(r.propositions()) }

// propositions makes the proposition for each anomaly, once: looking for what was meant is bounded.
func (r *Rapport) propositions() map[*anomalie]proposition {
	p := make(map[*anomalie]proposition, len(r.structure)+len(r.anomalies))
	for _, liste := range [][]anomalie{r.structure, r.anomalies} {
		for i := range liste {
			p[&liste[i]] = r.proposer(&liste[i])
		}
	}
	return p
}

func (r *Rapport) corrections(propositions map[*anomalie]proposition) []Correction {
	var liste []Correction
	for _, anomalies := range [][]anomalie{r.structure, r.anomalies} {
		for i := range anomalies {
			liste = r.corriger(liste, &anomalies[i], propositions[&anomalies[i]])
		}
	}
	slices.SortStableFunc(liste, func(a, b Correction) int { return cmp.Compare(a.Debut, b.Debut) })
	fin := 0
	return slices.DeleteFunc(liste, func(c Correction) bool {
		if c.Debut < fin {
			return true // two rules about one value: the first one's repair may settle both
		}
		fin = c.Fin
		return false
	})
}

func (r *Rapport) corriger(liste []Correction, a *anomalie, p proposition) []Correction {
	if a.numero == infoBOM {
		if !r.lisible {
			return liste // it may be no JSON at all, but a table that needs its mark
		}
		return append(liste, Correction{Fin: len("\ufeff"), Avant: "\ufeff", Sure: true, Code: livre()[a.numero].Code, Ligne: 1, pour: a})
	}
	if p.litteral == "" {
		return liste
	}
	n := r.doc.Nodes[a.noeud]
	c := Correction{
		Debut: int(n.Start), Fin: int(n.End), Apres: p.litteral, Sure: p.sure,
		Code: livre()[a.numero].Code, Balise: r.balise(a), Pointeur: r.pointeur(a), pour: a,
	}
	if p.nom {
		c.Debut, c.Fin = r.doc.NameRange(a.noeud)
	}
	c.Avant = string(r.doc.Source[c.Debut:c.Fin])
	c.Ligne = r.doc.Position(c.Debut).Line
	if c.Avant == c.Apres {
		return liste
	}
	return append(liste, c)
}

// offertes tells the repairs to readers of the report, by the anomaly that suggests each.
func (r *Rapport) offertes(propositions map[*anomalie]proposition, l modele.Langue) map[*anomalie]*diag.Correction {
	liste := r.corrections(propositions)
	offertes := make(map[*anomalie]*diag.Correction, len(liste))
	for _, c := range liste {
		offertes[c.pour] = &diag.Correction{
			Debut: r.point(c.Debut), Fin: r.point(c.Fin), Avant: c.Avant, Apres: c.Apres, Sure: c.Sure, Description: c.In(l),
		}
	}
	return offertes
}

func (r *Rapport) point(octet int) diag.Point {
	p := r.doc.Position(octet)
	return diag.Point{Ligne: p.Line, Colonne: p.Column, Octet: octet}
}

// In names the repair in a few words: `montantSegurHT : 2920.0 → 2920.00`.
func (c Correction) In(l modele.Langue) string {
	switch {
	case c.Apres == "":
		return modele.Texte{Fr: "marque d'ordre des octets retirée", En: "byte order mark taken out"}.In(l)
	case c.Balise == "":
		return abreger(c.Avant, maxTrouve) + " → " + abreger(c.Apres, maxTrouve)
	}
	return c.Balise + modele.Texte{Fr: " : ", En: ": "}.In(l) + abreger(c.Avant, maxTrouve) + " → " + abreger(c.Apres, maxTrouve)
}
