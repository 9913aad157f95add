package controle

import (
	"cmp"
	"slices"

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
}

// Corrections lists the repairs that the anomalies suggest, in the order of the file, none over another.
func (r *Rapport) Corrections() []Correction {
	var liste []Correction
	for i := range r.structure {
		liste = r.corriger(liste, &r.structure[i])
	}
	for i := range r.anomalies {
		liste = r.corriger(liste, &r.anomalies[i])
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

func (r *Rapport) corriger(liste []Correction, a *anomalie) []Correction {
	if a.numero == infoBOM {
		return append(liste, Correction{Fin: len("\ufeff"), Avant: "\ufeff", Sure: true, Code: livre()[a.numero].Code, Ligne: 1})
	}
	p := r.proposer(a)
	if p.litteral == "" {
		return liste
	}
	n := r.doc.Nodes[a.noeud]
	c := Correction{
		Debut: int(n.Start), Fin: int(n.End), Apres: p.litteral, Sure: p.sure,
		Code: livre()[a.numero].Code, Balise: r.balise(a), Pointeur: r.pointeur(a),
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
