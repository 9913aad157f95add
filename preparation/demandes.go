package preparation

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"

	"guichet/valeur"
)

// Demande is one order: what the caller needs to number it and to find its documents.
type Demande struct {
	Indice        int // in the Lot, from 0
	Reference     string
	NumeroEditeur string // the column's, or the one given to its file; "" before
	Montant       int64  // cents, 0 when it cannot be read
	Regime        string // VAT regime
	OGs           []Organisme
	Documents     []Document
	Lieu          Lieu // its first row
}

// Organisme is an OG of an order and its ESMS, by their FINESS numbers.
type Organisme struct {
	FINESS string
	ESMS   []string
}

// ESMS lists the FINESS numbers of all ESMS of the order.
func (d *Demande) ESMS() (finess []string) {
	for _, o := range d.OGs {
		finess = append(finess, o.ESMS...)
	}
	return finess
}

// Document is a document of an order, on the supplier's side.
type Document struct {
	Type   string // typeFichier
	Chemin string // as the cell has it
	Nom    string // the name by the norm, once the demande has its number
	Lieu   Lieu
}

// Nombre returns how many orders there are.
func (l *Lot) Nombre() int { return len(l.demandes) }

// Demandes goes through the orders, in the order of their first rows.
func (l *Lot) Demandes() iter.Seq[Demande] {
	return func(yield func(Demande) bool) {
		for i := range l.demandes {
			if !yield(l.commande(int32(i))) {
				return
			}
		}
	}
}

// References goes through the references of the orders, in the same order.
func (l *Lot) References() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range l.demandes {
			if !yield(string(l.memoire.lire(l.demandes[i].reference))) {
				return
			}
		}
	}
}

func (l *Lot) commande(i int32) Demande {
	d := &l.demandes[i]
	c := Demande{Indice: int(i), Reference: string(l.memoire.lire(d.reference)), Lieu: l.situer(d.lieu, -1)}
	if l.plan.numero >= 0 {
		c.NumeroEditeur = nu(l.litteral(l.plan.numero, i))
	}
	if l.plan.montant >= 0 {
		c.Montant, _ = valeur.Centimes(l.litteral(l.plan.montant, i))
	}
	if l.plan.regime >= 0 {
		c.Regime = nu(l.litteral(l.plan.regime, i))
	}
	for o := d.premier; o != aucun; o = l.ogs[o].suivant {
		og := Organisme{FINESS: nu(l.litteral(l.plan.identite[OG], o))}
		for e := l.ogs[o].premier; e != aucun; e = l.esms[e].suivant {
			og.ESMS = append(og.ESMS, nu(l.litteral(l.plan.identite[ESMS], e)))
		}
		c.OGs = append(c.OGs, og)
	}
	for p := l.plan.debut[Commande]; p < l.plan.debut[OG]; p++ {
		if r := *l.ref(p, i); l.plan.colonnes[p].Piece != "" && r > nulle {
			c.Documents = append(c.Documents, Document{
				Type: l.plan.colonnes[p].Piece, Chemin: string(l.memoire.lire(r)), Nom: l.nomPiece(p, r, c.NumeroEditeur), Lieu: l.cellule(p, i),
			})
		}
	}
	return c
}

// nu returns the text of a literal, "" for null.
func nu(litteral []byte) (t string) {
	switch {
	case len(litteral) < 2 || litteral[0] != '"':
		return ""
	case bytes.IndexByte(litteral, '\\') < 0:
		return string(litteral[1 : len(litteral)-1])
	case json.Unmarshal(litteral, &t) != nil:
		return string(litteral)
	}
	return t
}

// nomPiece returns the name of a document by the norm, "" without a number or with an unknown extension.
func (l *Lot) nomPiece(c int, chemin ref, numero string) string {
	extension, ok := l.extension(chemin)
	if numero == "" || !ok {
		return ""
	}
	n := l.plan.pieces.norme
	return n.Prefixe + "-" + n.Codes[l.plan.colonnes[c].Piece] + "-" + numero + "." + extension
}

// extension returns the extension that the norm gives a document, by that of its own file.
func (l *Lot) extension(chemin ref) (extension string, connue bool) {
	s := string(l.memoire.lire(chemin))
	format, connue := l.plan.pieces.formats[strings.ToLower(s[strings.LastIndexByte(s, '.')+1:])]
	return l.plan.pieces.norme.Formats[format], connue
}
