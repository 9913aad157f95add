package preparation

import (
	"maps"
	"slices"

	"guichet/modele"
)

// Niveau says which rows share the value of a column: those of one order, those of one OG of the order, or
// the row of one ESMS alone.
type Niveau uint8

// The levels, from the widest to the narrowest.
const (
	Commande Niveau = iota
	OG
	ESMS
)

// ColonneReference is the column that tells orders apart: rows with the same reference are one demande. It
// is no tag: the reference stays on the supplier's side.
const ColonneReference = "referenceCommande"

// Colonne is one column of the layout: a tag, the reference of the order, or the path of a document.
type Colonne struct {
	Nom    string        // heading: the tag, ColonneReference, or a typeFichier (BON_COMMANDE) for the path of a document
	Champ  *modele.Champ // the tag; nil for the two others
	Chemin []string      // from the demande to the tag, through arrays
	Niveau Niveau
	Piece  string // typeFichier of the document whose path the column holds, "" otherwise
}

// Disposition is the layout of a sheet to fill in, one row for each ESMS: all that a demande says and that
// neither the ASP, the rank nor another column gives. Columns stand in the order of the table.
func Disposition(m *modele.Modele) []Colonne {
	d := disposition{doublees: doublees(m), pieces: slices.Sorted(maps.Keys(m.Pieces.Codes))}
	d.colonnes = []Colonne{{Nom: ColonneReference, Niveau: Commande}}
	for i := range m.EnTete {
		if m.EnTete[i].Balise == m.Lignes {
			d.champs(m.EnTete[i].Champs, nil, Commande)
		}
	}
	return d.colonnes
}

// disposition is a layout in the making.
type disposition struct {
	colonnes []Colonne
	doublees map[string]bool // tags of arrays whose values stand elsewhere in the demande
	pieces   []string        // the kinds of documents
}

// doublees lists the arrays that hold the same values as another place of the demande: one column fills both.
func doublees(m *modele.Modele) map[string]bool {
	tags := map[string]bool{}
	for _, c := range m.Coherence {
		if memes, ok := c.(modele.MemesValeurs); ok {
			tags[memes.B[len(memes.B)-1]] = true
		}
	}
	return tags
}

func (d *disposition) champs(champs []modele.Champ, chemin []string, n Niveau) {
	for i := range champs {
		d.champ(&champs[i], append(slices.Clone(chemin), champs[i].Balise), n)
	}
}

func (d *disposition) champ(c *modele.Champ, chemin []string, n Niveau) {
	switch c.Type.Genre {
	case modele.Objet:
		d.champs(c.Champs, chemin, n)
	case modele.TableauObjets:
		if slices.ContainsFunc(c.Champs, func(c modele.Champ) bool { return c.Type.Genre == modele.NomPiece }) {
			d.documents()
			return
		}
		d.champs(c.Champs, chemin, d.dessous(c))
	case modele.TableauValeurs, modele.Nul, modele.Rang:
		// Filled from another column, by the ASP, or by the place in the file.
	case modele.Choix:
		if len(c.Type.Valeurs) > 1 {
			d.colonnes = append(d.colonnes, Colonne{Nom: c.Balise, Champ: c, Chemin: chemin, Niveau: n})
		}
	default:
		d.colonnes = append(d.colonnes, Colonne{Nom: c.Balise, Champ: c, Chemin: chemin, Niveau: n})
	}
}

// dessous returns the level of the objects of an array: those that list ESMS are OGs.
func (d *disposition) dessous(c *modele.Champ) Niveau {
	for i := range c.Champs {
		if d.doublees[c.Champs[i].Balise] {
			return OG
		}
	}
	return ESMS
}

func (d *disposition) documents() {
	for _, p := range d.pieces {
		d.colonnes = append(d.colonnes, Colonne{Nom: p, Niveau: Commande, Piece: p})
	}
}
