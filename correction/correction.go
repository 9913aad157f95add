// Package correction repairs files of demandes: it writes what their anomalies say was meant, and leaves
// everything else, layout and order of tags included, as it is.
package correction

import (
	"bytes"

	"guichet/controle"
	"guichet/jsondoc"
	"guichet/modele"
)

// Resultat is a repaired file.
type Resultat struct {
	Octets    []byte                // the file, repaired
	Faites    []controle.Correction // the repairs made, in the order they were
	Proposees []controle.Correction // the repairs that were not sure, and left to a person
}

// maxPasses bounds how often a file is checked again: a repaired tag shows its value's own anomalies.
const maxPasses = 8

// Corriger makes the sure repairs of a file, and with toutes also those that a person should look at. It
// checks the file again until there is nothing left to repair.
func Corriger(m *modele.Modele, octets []byte, o controle.Options, l jsondoc.Limits, toutes bool) Resultat {
	c := controle.Preparer(m, l)
	r := Resultat{Octets: octets}
	for range maxPasses {
		var faire []controle.Correction
		r.Proposees = nil
		for _, correction := range c.Controler(r.Octets, o).Corrections() {
			if correction.Sure || toutes {
				faire = append(faire, correction)
			} else {
				r.Proposees = append(r.Proposees, correction)
			}
		}
		if faire == nil {
			return r
		}
		r.Octets = Appliquer(r.Octets, faire)
		r.Faites = append(r.Faites, faire...)
	}
	return r
}

// Appliquer writes repairs, which stand in the order of the file and not over each other.
func Appliquer(octets []byte, corrections []controle.Correction) []byte {
	var b bytes.Buffer
	fait := 0
	for _, c := range corrections {
		b.Write(octets[fait:c.Debut])
		b.WriteString(c.Apres)
		fait = c.Fin
	}
	b.Write(octets[fait:])
	return b.Bytes()
}
