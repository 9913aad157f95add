package preparation

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Empreinte is a digest of what a file says of the order, whatever its number and its place are: two orders with
// the same one are written with the same bytes.
func (d *Demande) Empreinte() string {
	w := ecrivain{}
	w.anonyme(d)
	w.ecrire(d.lot.plan.ecriture)
	return empreinte(w.b)
}

// anonyme makes ready to write an order as the first one of a file, with the number 0.
func (w *ecrivain) anonyme(d *Demande) {
	w.lot, w.rang, w.numero = d.lot, 1, strings.Repeat("0", d.lot.plan.modele.Pieces.Longueur)
	w.items[Commande] = d.indice()
	w.b, w.variables = w.b[:0], w.variables[:0]
}

// place is where a demande stands in the bytes of its file, and where its variables end in those of the file.
type place struct{ debut, fin, variables int }

// Empreintes returns the digests of Demandes, in their order. They are made of the bytes of the file: nothing is written
// again but what changes from one file to another.
func (f *Fichier) Empreintes() []string {
	toutes := make([]string, len(f.Demandes))
	w := ecrivain{}
	variables := 0
	for i, p := range f.places {
		w.anonyme(&f.Demandes[i])
		ici := p.debut
		for ; variables < p.variables; variables++ {
			v := f.variables[variables]
			w.b = append(w.b, f.Octets[ici:v.debut]...)
			w.varier(v.genre, v.colonne)
			ici = v.fin
		}
		w.b = append(w.b, f.Octets[ici:p.fin]...)
		toutes[i] = empreinte(w.b)
	}
	return toutes
}

func empreinte(octets []byte) string {
	somme := sha256.Sum256(octets)
	return hex.EncodeToString(somme[:16])
}
