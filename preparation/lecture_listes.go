package preparation

import (
	"bytes"

	"guichet/modele"
	"guichet/valeur"
)

// choix reads one or several values of a short list.
func (l *lecteur) choix(ty modele.Type, t []byte) motif {
	for _, v := range ty.Valeurs {
		if v == string(t) {
			l.tel(t)
			return sansMotif
		}
	}
	if ty.Genre == modele.ChoixMultiple && plusieurs(ty.Valeurs, t) {
		l.tel(t)
		return sansMotif
	}
	if len(t) <= valeur.MaxCompare {
		if v := valeur.Choix(ty, string(t)); v != "" {
			return l.ecrireListe(v, motifChoix)
		}
	}
	l.tel(t)
	return sansMotif
}

// ecrireListe writes a value of a list.
func (l *lecteur) ecrireListe(t string, m motif) motif { return l.ecrire(t, m).motif }

// plusieurs tells whether t is values joined by ", ".
func plusieurs(valeurs []string, t []byte) bool {
	for suite := true; suite; {
		var part []byte
		part, t, suite = bytes.Cut(t, []byte(", "))
		connue := false
		for _, v := range valeurs {
			connue = connue || v == string(part)
		}
		if !connue {
			return false
		}
	}
	return true
}

// code reads a code of a nomenclature, or the label of one. A label that is not exactly one is never guessed:
// the check proposes the nearest.
func (l *lecteur) code(codes *valeur.Codes, t []byte) motif {
	if _, connu := codes.Code(t); connu {
		l.tel(t)
		return sansMotif
	}
	if c := codes.Tolere(t); c != "" {
		return l.ecrireListe(c, motifCode)
	}
	if len(t) <= 2*valeur.MaxCompare {
		plat := valeur.Plat(string(t))
		if c := codes.DeGraphie(plat); c != "" {
			return l.ecrireListe(c, motifCode)
		}
		if c := codes.DeLibelle(plat); c != "" {
			return l.ecrireListe(c, motifLibelle)
		}
	}
	l.tel(t)
	return sansMotif
}
