package reprise

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"guichet/modele"
)

// edition is a literal to write in place of a value.
type edition struct {
	debut, fin int
	litteral   string
}

// editeur gathers what changes in a part of the file.
type editeur struct {
	r        *Retour
	editions []edition
}

func (e *editeur) remplacer(n uint32, litteral string) {
	node := e.r.doc.Nodes[n]
	e.editions = append(e.editions, edition{int(node.Start), int(node.End), litteral})
}

// chaque writes the same literal at each value of a tag of an object: a doubled tag has two.
func (e *editeur) chaque(n uint32, balise, litteral string) {
	key := e.r.doc.Vocabulary().Key(balise)
	for v := range e.r.enfants(n) {
		if e.r.doc.Nodes[v].Key == key {
			e.remplacer(v, litteral)
		}
	}
}

// nettoyer takes out of an object the tags that the table does not have. They are the portal's: the first
// control lets none through.
func (e *editeur) nettoyer(n uint32) {
	doc := e.r.doc
	gardee, fin := false, 0 // whether a tag before stays, and where the last one ends
	for v := range e.r.enfants(n) {
		if doc.Nodes[v].Key == doc.Vocabulary().Unknown() {
			x := edition{debut: fin, fin: int(doc.Nodes[v].End)}
			if !gardee {
				x.debut, _ = doc.NameRange(v)
				if suivant := doc.Nodes[v].Next; suivant < doc.Nodes[n].Next {
					x.fin, _ = doc.NameRange(suivant)
				}
			}
			e.editions = append(e.editions, x)
		} else {
			gardee = true
		}
		fin = int(doc.Nodes[v].End)
	}
}

// vider puts the portal's tags of a demande back to null, and takes out those that it has added.
func (e *editeur) vider(n uint32) {
	e.nettoyer(n)
	for _, balise := range []string{baliseNumeroASP, baliseCode, baliseLibelle} {
		e.chaque(n, balise, "null")
	}
}

// entete does the same for the file's own object.
func (e *editeur) entete() {
	e.nettoyer(0)
	e.chaque(0, baliseImpID, "null")
}

// renumeroter gives a demande its new number: in numeroEditeur and in the names of its documents.
func (e *editeur) renumeroter(n uint32, ligne int, numero string) {
	r := e.r
	e.chaque(n, baliseLigne, strconv.Itoa(ligne))
	e.chaque(n, baliseNumero, guillemets(numero))
	pieces := r.enfant(n, balisePieces)
	if pieces == 0 {
		return
	}
	ancien := r.mot(n, baliseNumero)
	for p := range r.enfants(pieces) {
		if nom := r.mot(p, baliseNom); nom != "" {
			e.chaque(p, baliseNom, guillemets(renommer(r.modele.Pieces, nom, r.mot(p, baliseType), r.mot(p, baliseFormat), ancien, numero)))
		}
	}
}

// renommer gives a document the name of the norm (§3.3). Where its type or format is none of the norm's, only
// the number changes, and the control says the rest.
func renommer(n modele.NormePieces, nom, typ, format, ancien, numero string) string {
	code, extension := n.Codes[typ], n.Formats[format]
	if code != "" && extension != "" {
		return n.Prefixe + "-" + code + "-" + numero + "." + extension
	}
	if i := strings.LastIndex(nom, ancien); i >= 0 && ancien != "" {
		return nom[:i] + numero + nom[i+len(ancien):]
	}
	return nom
}

func guillemets(t string) string {
	var b bytes.Buffer
	j := json.NewEncoder(&b)
	j.SetEscapeHTML(false)
	_ = j.Encode(t) // texts always can
	return strings.TrimSpace(b.String())
}

// rendre writes a range of the file with its editions.
func (e *editeur) rendre(b *bytes.Buffer, debut, fin int) {
	slices.SortFunc(e.editions, func(a, b edition) int { return cmp.Compare(a.debut, b.debut) })
	source := e.r.doc.Source
	for _, x := range e.editions {
		if x.debut >= debut && x.fin <= fin {
			b.Write(source[debut:x.debut])
			b.WriteString(x.litteral)
			debut = x.fin
		}
	}
	b.Write(source[debut:fin])
}
