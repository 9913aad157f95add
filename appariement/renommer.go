package appariement

import (
	"path"

	"guichet/modele"
)

// Ancienne is a document that an earlier file named. Document is the file that it was made from, where it is
// known; nil to look for it in the Lot.
type Ancienne struct {
	Piece
	Document *Document
}

// Renommer keeps of a Lot the documents of demandes that have a new number, under the names that a new file gives
// them; numeros holds the new numeroEditeur by the old one. A document is known by the name that the earlier
// file gave it, else by what the norm reads in its own, else by the file that it was made from. Documents of other
// demandes are left out: they are no concern of the new file.
func (l *Lot) Renommer(n modele.NormePieces, anciennes []Ancienne, nouvelles *Attendues, numeros map[string]string) {
	parNom, noms := map[string]cle{}, map[cle]string{}
	for _, a := range anciennes {
		parNom[a.Nom] = cle{numeros[a.Numero], a.Type}
	}
	for _, p := range nouvelles.Pieces {
		noms[cle{p.Numero, p.Type}] = p.Nom
	}
	var gardes []Document
	trouves := map[string]bool{}
	garder := func(d Document, nom string) {
		d.Relatif, d.Archive = nom, false
		gardes = append(gardes, d)
		trouves[nom] = true
	}
	for _, d := range l.Documents {
		k, ok := parNom[path.Base(d.Relatif)]
		if !ok {
			k, _ = lireNom(n, path.Base(d.Relatif))
			k.numero = numeros[k.numero]
		}
		if nom := noms[k]; nom != "" {
			garder(d, nom)
		}
	}
	for _, a := range anciennes {
		if nom := noms[cle{numeros[a.Numero], a.Type}]; a.Document != nil && nom != "" && !trouves[nom] {
			garder(*a.Document, nom)
		}
	}
	l.Documents = gardes
}
