package appariement

import (
	"strconv"

	"guichet/jsondoc"
	"guichet/modele"
)

// Piece is a document that a file names.
type Piece struct {
	Demande int    // index of the demande in the file
	Numero  string // numeroEditeur of the demande
	Nom     string // nomFichier
	Format  string // formatFichier: PDF, PNG or JPG
	Type    string // typeFichier

	noeud    uint32 // the value of nomFichier
	pointeur string
}

// Attendues are the documents that a file names, in its order.
type Attendues struct {
	Pieces  []Piece
	Numeros []string // numeroEditeur of each demande, "" for none that is a text
	norme   modele.NormePieces
	doc     *jsondoc.Document
}

// The tags that say which documents go with a demande (§3.2, Pièces justificatives).
const (
	baliseNumero = "numeroEditeur"
	balisePieces = "piecesJustificatives"
	baliseNom    = "nomFichier"
	baliseFormat = "formatFichier"
	baliseType   = "typeFichier"
)

// Lire reads which documents a file names. What the two controls object to is left out here: a document
// without a name, a demande that is no object.
func Lire(m *modele.Modele, octets []byte, l jsondoc.Limits) (*Attendues, error) {
	v := jsondoc.NewVocabulary([]string{m.Lignes, baliseNumero, balisePieces, baliseNom, baliseFormat, baliseType})
	doc, err := jsondoc.NewParser(v, l).Parse(octets)
	if err != nil {
		return nil, err
	}
	a := &Attendues{doc: doc, norme: m.Pieces}
	lignes := a.enfant(0, m.Lignes)
	if lignes == 0 || doc.Nodes[lignes].Kind != jsondoc.Array {
		return a, nil
	}
	i := 0
	for n := range a.enfants(lignes) {
		a.demande(n, i, "/"+m.Lignes+"/"+strconv.Itoa(i))
		i++
	}
	return a, nil
}

func (a *Attendues) demande(n uint32, rang int, pointeur string) {
	numero := a.texte(a.enfant(n, baliseNumero))
	a.Numeros = append(a.Numeros, numero)
	pieces := a.enfant(n, balisePieces)
	if pieces == 0 || a.doc.Nodes[pieces].Kind != jsondoc.Array {
		return
	}
	i := 0
	for p := range a.enfants(pieces) {
		if nom := a.enfant(p, baliseNom); a.texte(nom) != "" {
			a.Pieces = append(a.Pieces, Piece{
				Demande: rang, Numero: numero, Nom: a.texte(nom),
				Format: a.texte(a.enfant(p, baliseFormat)), Type: a.texte(a.enfant(p, baliseType)),
				noeud: nom, pointeur: pointeur + "/" + balisePieces + "/" + strconv.Itoa(i) + "/" + baliseNom,
			})
		}
		i++
	}
}

// enfants goes through what a container holds.
func (a *Attendues) enfants(n uint32) func(func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for c := n + 1; c < a.doc.Nodes[n].Next; c = a.doc.Nodes[c].Next {
			if !yield(c) {
				return
			}
		}
	}
}

// enfant returns the value of a tag of an object, 0 when it is missing.
func (a *Attendues) enfant(n uint32, balise string) uint32 {
	if a.doc.Nodes[n].Kind != jsondoc.Object {
		return 0
	}
	key := a.doc.Vocabulary().Key(balise)
	for c := range a.enfants(n) {
		if a.doc.Nodes[c].Key == key {
			return c
		}
	}
	return 0
}

// texte returns the text of a value, empty when it is none.
func (a *Attendues) texte(n uint32) string {
	if n == 0 || a.doc.Nodes[n].Kind != jsondoc.String {
		return ""
	}
	return string(a.doc.Text(n))
}
