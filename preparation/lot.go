package preparation

import (
	"context"
	"hash/maphash"
	"iter"
	"strings"

	"guichet/modele"
	"guichet/valeur"
)

// Options are how sheets are read. The zero value reads the layout.
type Options struct {
	Mapping Mapping
	Tables  map[string]map[string]string // by the name that a mapping gives: first column → second column
	Defauts map[string]string            // by tag: what an empty cell means, as a cell would have it
	Strict  bool                         // a value that needs a repair is a fault
}

// Lot is the orders of some sheets, read and grouped.
type Lot struct {
	plan     *plan
	memoire  memoire
	feuilles []feuilleLue
	demandes []demande
	ogs      []og
	esms     []esms
	refs     [3][]ref         // by level: the values of each demande, OG, ESMS, back to back
	tardives map[valeurs]lieu // values that a later row of the group gave
	strict   bool

	Fautes      []Faute      // what was found in the rows, in their order; at most 10,000
	Reparations []Reparation // what was repaired, at most 10,000
	// FautesOmises and ReparationsOmises count those that were not kept.
	FautesOmises, ReparationsOmises int
	Ignorees                        []Lieu // sheets without a column of references, which were not read
}

// maxGardees bounds the faults and the repairs that are kept; the rest is only counted.
const maxGardees = 10_000

// feuilleLue is a sheet, and where it has the columns.
type feuilleLue struct {
	fichier, nom string
	*entetes
}

// lieu is a row of a sheet that was read.
type lieu struct{ feuille, ligne int32 }

// valeurs names one value: that of a column for an item (demande, OG or ESMS, by the level of the column).
type valeurs struct{ colonne, item int32 }

// aucun ends a list of OGs or ESMS.
const aucun = -1

type demande struct {
	lieu
	reference    ref
	premier, fin int32 // OGs
}

type og struct {
	lieu
	demande      int32
	suivant      int32
	premier, fin int32 // ESMS
}

type esms struct {
	lieu
	demande int32
	suivant int32
}

// Lire reads the orders of sheets. Faults of the rows are in the Lot; the error is that of a reader, or ctx.
func Lire(ctx context.Context, m *modele.Modele, feuilles []Feuille, o Options) (*Lot, error) {
	l := &Lot{plan: planifier(m), tardives: map[valeurs]lieu{}, strict: o.Strict}
	g := &groupeur{Lot: l, ctx: ctx, options: o, references: nouvelIndex(), organismes: nouvelIndex(), etablissements: nouvelIndex()}
	for _, f := range o.Mapping.verifier(l.plan, o.Tables) {
		l.fauter(f)
	}
	if len(l.Fautes) > 0 {
		return l, nil
	}
	if err := g.defauts(); err != nil {
		return nil, err
	}
	for _, f := range feuilles {
		if err := g.feuille(f); err != nil {
			return nil, err
		}
	}
	g.colonnes()
	l.completer()
	return l, nil
}

// Bloquant tells whether a fault of the rows keeps all files from being written.
func (l *Lot) Bloquant() bool {
	for _, f := range l.Fautes {
		if f.Bloquante() {
			return true
		}
	}
	return false
}

func (l *Lot) fauter(f Faute) {
	if len(l.Fautes) >= maxGardees {
		l.FautesOmises++
		return
	}
	l.Fautes = append(l.Fautes, f)
}

// reparer keeps a repair, which is a fault in strict mode.
func (l *Lot) reparer(lieu func() Lieu, avant, apres string, motif modele.Texte) {
	switch {
	case l.strict && len(l.Fautes) < maxGardees:
		f := regleStricte.faute(lieu())
		f.Message.Fr = texte(regles[regleStricte].Message, abreger(avant), abreger(apres), motif.Fr).Fr
		f.Message.En = texte(regles[regleStricte].Message, abreger(avant), abreger(apres), motif.En).En
		l.fauter(f)
	case l.strict:
		l.FautesOmises++
	case len(l.Reparations) < maxGardees:
		l.Reparations = append(l.Reparations, Reparation{Lieu: lieu(), Avant: abreger(avant), Apres: abreger(apres), Motif: motif})
	default:
		l.ReparationsOmises++
	}
}

// ref returns the value of column c for an item of its level.
func (l *Lot) ref(c int, item int32) *ref {
	n := l.plan.colonnes[c].Niveau
	largeur := l.plan.debut[n+1] - l.plan.debut[n]
	return &l.refs[n][int(item)*largeur+c-l.plan.debut[n]]
}

// litteral returns the value of column c for an item of its level, as JSON; empty for an empty cell.
func (l *Lot) litteral(c int, item int32) []byte {
	r := *l.ref(c, item)
	if r == nulle {
		return []byte("null")
	}
	return l.memoire.lire(r)
}

// cellule returns the place of the value of column c for an item.
func (l *Lot) cellule(c int, item int32) Lieu {
	tardif, ok := l.tardives[valeurs{int32(c), item}]
	switch n := l.plan.colonnes[c].Niveau; {
	case ok:
	case n == Commande:
		tardif = l.demandes[item].lieu
	case n == OG:
		tardif = l.ogs[item].lieu
	default:
		tardif = l.esms[item].lieu
	}
	return l.situer(tardif, c)
}

// situer names the cell of a row that gives column c, the row alone when the sheet has no such column.
func (l *Lot) situer(ou lieu, c int) Lieu {
	f := &l.feuilles[ou.feuille]
	lieu := Lieu{Fichier: f.fichier, Feuille: f.nom, Ligne: int(ou.ligne)}
	if c >= 0 {
		lieu.Balise = l.plan.colonnes[c].Nom
		if i := f.sources[c].indice; i >= 0 {
			lieu.Colonne = Lettres(i)
		}
	}
	return lieu
}

// Demande is one order: what the caller needs to number it and to find its documents.
type Demande struct {
	Indice        int // in the Lot, from 0
	Reference     string
	NumeroEditeur string // the column's, or the one given to its file; "" before
	Montant       int64  // cents, 0 when it cannot be read
	OGs, ESMS     []string
	Documents     []Document
	Lieu          Lieu // its first row
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

func (l *Lot) commande(i int32) Demande {
	d := &l.demandes[i]
	c := Demande{Indice: int(i), Reference: string(l.memoire.lire(d.reference)), Lieu: l.situer(d.lieu, -1)}
	if l.plan.numero >= 0 {
		c.NumeroEditeur = nu(l.litteral(l.plan.numero, i))
	}
	if l.plan.montant >= 0 {
		c.Montant, _ = valeur.Centimes(l.litteral(l.plan.montant, i))
	}
	for o := d.premier; o != aucun; o = l.ogs[o].suivant {
		c.OGs = append(c.OGs, nu(l.litteral(l.plan.identite[OG], o)))
		for e := l.ogs[o].premier; e != aucun; e = l.esms[e].suivant {
			c.ESMS = append(c.ESMS, nu(l.litteral(l.plan.identite[ESMS], e)))
		}
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

// nu returns a literal of letters and digits without its quotes, "" for null.
func nu(litteral []byte) string {
	if len(litteral) < 2 || litteral[0] != '"' {
		return ""
	}
	return string(litteral[1 : len(litteral)-1])
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

func (x *index) hacher(parts ...[]byte) uint64 {
	var h maphash.Hash
	h.SetSeed(x.graine)
	for _, p := range parts {
		h.Write(p)
		h.WriteByte(0xff)
	}
	return h.Sum64()
}
