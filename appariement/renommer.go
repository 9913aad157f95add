package appariement

import (
	"path"

	"guichet/modele"
)

// Renommer keeps of a Lot the documents of demandes that have a new number, under the names that a new file gives
// them: anciennes are the documents that the earlier file named, numeros the new numeroEditeur by the old one.
// Documents of other demandes are left out; they are no concern of the new file.
func (l *Lot) Renommer(n modele.NormePieces, anciennes []Piece, nouvelles *Attendues, numeros map[string]string) {
	parNom, parCle := map[string]cle{}, map[cle]string{}
	for _, p := range anciennes {
		if nouveau := numeros[p.Numero]; nouveau != "" {
			parNom[p.Nom] = cle{nouveau, p.Type}
		}
	}
	for _, p := range nouvelles.Pieces {
		parCle[cle{p.Numero, p.Type}] = p.Nom
	}
	var gardes []Document
	for _, d := range l.Documents {
		k, ok := parNom[path.Base(d.Relatif)]
		if !ok {
			k, _ = lireNom(n, path.Base(d.Relatif))
			k.numero = numeros[k.numero]
		}
		if nom := parCle[k]; nom != "" {
			d.Relatif, d.Archive = nom, false
			gardes = append(gardes, d)
		}
	}
	l.Documents = gardes
}
