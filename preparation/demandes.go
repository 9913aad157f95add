package preparation

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"

	"guichet/valeur"
)

// Demande is one order of a Lot: what the caller needs to number it and to find its documents. Most of it is read from
// the Lot when it is asked for.
type Demande struct {
	Indice        int    // in the Lot, from 0
	NumeroEditeur string // the column's, or the one given to its file; "" before
	lot           *Lot
}

// Organisme is an OG of an order and its ESMS, by their FINESS numbers.
type Organisme struct {
	FINESS string
	ESMS   []string
}

// Document is a document of an order, on the supplier's side.
type Document struct {
	Type   string // typeFichier
	Chemin string // as the cell has it
	Nom    string // the name by the norm, once the demande has its number
	Lieu   Lieu
}

// Nombre returns how many orders there are.
func (l *Lot) Nombre() int { return int(l.demandes.n) }

// Demandes goes through the orders, in the order of their first rows.
func (l *Lot) Demandes() iter.Seq[Demande] {
	return func(yield func(Demande) bool) {
		for i := range l.demandes.n {
			if !yield(l.commande(i)) {
				return
			}
		}
	}
}

// References goes through the references of the orders, in the same order.
func (l *Lot) References() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range l.demandes.n {
			if !yield(string(l.memoire.lire(l.demandes.a(i).reference))) {
				return
			}
		}
	}
}

func (l *Lot) commande(i int32) Demande {
	d := Demande{Indice: int(i), lot: l}
	if l.plan.numero >= 0 {
		d.NumeroEditeur = nu(l.litteral(l.plan.numero, i))
	}
	return d
}

// Demande returns the order of an Indice.
func (l *Lot) Demande(indice int) Demande { return l.commande(int32(indice)) }

func (d *Demande) indice() int32 { return int32(d.Indice) }

// Reference is what tells the order apart from the others.
func (d *Demande) Reference() string {
	return string(d.lot.memoire.lire(d.lot.demandes.a(d.indice()).reference))
}

// Lieu is its first row.
func (d *Demande) Lieu() Lieu { return d.lot.nommer(d.lot.demandes.a(d.indice()).lieu) }

// SansNumero is the fault of an order that has no number where nobody gives one; it stands at the cell of the number.
func (d *Demande) SansNumero() Faute {
	lieu := d.Lieu()
	if c := d.lot.plan.numero; c >= 0 {
		lieu = d.lot.cellule(c, d.indice())
	}
	return regleSansNumero.faute(lieu, d.Reference())
}

// Montant is its amount in cents, 0 when it cannot be read.
func (d *Demande) Montant() (centimes int64) {
	if c := d.lot.plan.montant; c >= 0 {
		centimes, _ = valeur.Centimes(d.lot.litteral(c, d.indice()))
	}
	return centimes
}

// Regime is its VAT regime.
func (d *Demande) Regime() string {
	if c := d.lot.plan.regime; c >= 0 {
		return nu(d.lot.litteral(c, d.indice()))
	}
	return ""
}

// OGs lists its OGs and their ESMS, by their FINESS numbers.
func (d *Demande) OGs() (ogs []Organisme) {
	l := d.lot
	for o := l.demandes.a(d.indice()).premier; o != aucun; o = l.ogs.a(o).suivant {
		og := Organisme{FINESS: nu(l.litteral(l.plan.identite[OG], o))}
		for e := l.ogs.a(o).premier; e != aucun; e = l.esms.a(e).suivant {
			og.ESMS = append(og.ESMS, nu(l.litteral(l.plan.identite[ESMS], e)))
		}
		ogs = append(ogs, og)
	}
	return ogs
}

// ESMS lists the FINESS numbers of all its ESMS.
func (d *Demande) ESMS() (finess []string) {
	for _, o := range d.OGs() {
		finess = append(finess, o.ESMS...)
	}
	return finess
}

// Documents lists its documents; their names follow from NumeroEditeur.
func (d *Demande) Documents() (documents []Document) {
	l := d.lot
	for c, r := range l.pieces(d.indice()) {
		documents = append(documents, Document{
			Type: l.plan.colonnes[c].Piece, Chemin: string(l.memoire.lire(r)), Nom: l.nomPiece(c, r, d.NumeroEditeur), Lieu: l.cellule(c, d.indice()),
		})
	}
	return documents
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
