package diag

import (
	"iter"

	"guichet/modele"
)

// Occurrence is one anomaly with where it stands.
type Occurrence struct {
	Fichier *Fichier
	Demande *Demande // nil for an anomaly of the structure
	*Diagnostic
}

// All yields the listed anomalies, in the order of the files.
func (r *Rapport) All() iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		for i := range r.Fichiers {
			for o := range r.Fichiers[i].All() {
				if !yield(o) {
					return
				}
			}
		}
	}
}

// All yields the listed anomalies of the file: its structure, then its demandes.
func (f *Fichier) All() iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		for i := range f.Structure {
			if !yield(Occurrence{f, nil, &f.Structure[i]}) {
				return
			}
		}
		for i := range f.Demandes {
			d := &f.Demandes[i]
			for j := range d.Anomalies {
				if !yield(Occurrence{f, d, &d.Anomalies[j]}) {
					return
				}
			}
		}
	}
}

// Comptes counts anomalies by severity.
type Comptes [modele.Rejet + 1]int

// Comptes counts the anomalies found, those that were not kept included.
func (f *Fichier) Comptes() Comptes {
	c := Comptes(f.Omises)
	for o := range f.All() {
		c[o.Gravite]++
	}
	return c
}

// Comptes counts the anomalies found in all files.
func (r *Rapport) Comptes() Comptes {
	var c Comptes
	for i := range r.Fichiers {
		for g, n := range r.Fichiers[i].Comptes() {
			c[g] += n
		}
	}
	return c
}

// Somme is the number of anomalies of all severities.
func (c Comptes) Somme() int {
	n := 0
	for _, k := range c {
		n += k
	}
	return n
}
