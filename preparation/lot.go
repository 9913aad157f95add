package preparation

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"guichet/modele"
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
	demandes liste[demande]
	ogs      liste[og]
	esms     liste[esms]
	refs     [3]tableau       // by level: the values of each demande, OG, ESMS
	tardives map[valeurs]lieu // values that a later row of the group gave
	strict   bool
	bloquant bool

	Fautes      []Faute      // what was found in the rows, sheet by sheet; at most 10,000
	Reparations []Reparation // what was repaired, at most 10,000
	// FautesOmises and ReparationsOmises count those that were not kept.
	FautesOmises, ReparationsOmises int
	Ignorees                        []Lieu            // sheets without a column of references, which were not read
	Masquees                        []RangeesMasquees // hidden rows under the headings, sheet by sheet
}

// RangeesMasquees are rows that a sheet hides.
type RangeesMasquees struct {
	Lieu   Lieu // the sheet
	Lignes []int
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
	indexee      bool  // its OGs and ESMS are in the indices: it has more than one row
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
	for n := range l.refs {
		l.refs[n].largeur = l.plan.debut[n+1] - l.plan.debut[n]
	}
	g := &groupeur{Lot: l, ctx: ctx, options: o, references: nouvelIndex(), organismes: nouvelIndex(), etablissements: nouvelIndex(), jumelles: nouvellesJumelles(), plume: plume{m: &l.memoire}}
	g.tables = map[string]*table{}
	for nom, t := range o.Tables {
		g.tables[nom] = preparerTable(t)
	}
	for _, f := range o.Mapping.verifier(l.plan, o.Tables) {
		l.fauter(f)
	}
	if len(l.Fautes) > 0 {
		return l, nil
	}
	if err := g.defauts(); err != nil {
		return nil, err
	}
	g.ronde = l.nouvelleRonde()
	defer g.ronde.fermer()
	for _, f := range feuilles {
		if err := g.feuille(f); err != nil {
			return nil, err
		}
	}
	g.colonnes()
	l.completer()
	l.ordonner()
	return l, nil
}

// ordonner puts faults and repairs in the order of the sheets: by row, then by column.
func (l *Lot) ordonner() {
	rangs := map[[2]string]int{}
	for i, f := range l.feuilles {
		rangs[[2]string{f.fichier, f.nom}] = i
	}
	comparer := func(a, b Lieu) int {
		return cmp.Or(
			cmp.Compare(rangs[[2]string{a.Fichier, a.Feuille}], rangs[[2]string{b.Fichier, b.Feuille}]),
			cmp.Compare(a.Ligne, b.Ligne), cmp.Compare(len(a.Colonne), len(b.Colonne)), cmp.Compare(a.Colonne, b.Colonne),
		)
	}
	slices.SortStableFunc(l.Fautes, func(a, b Faute) int { return comparer(a.Lieu, b.Lieu) })
	slices.SortStableFunc(l.Reparations, func(a, b Reparation) int { return comparer(a.Lieu, b.Lieu) })
}

// Bloquant tells whether a fault of the rows, kept or not, forbids to write any file.
func (l *Lot) Bloquant() bool { return l.bloquant }

func (l *Lot) fauter(f Faute) {
	l.bloquant = l.bloquant || f.Bloquante()
	if len(l.Fautes) >= maxGardees {
		l.FautesOmises++
		return
	}
	l.Fautes = append(l.Fautes, f)
}

// reparer keeps a repair of a value of an order, which is a fault in strict mode.
func (l *Lot) reparer(lieu func() Lieu, commande []byte, avant, apres string, motif modele.Texte) {
	switch {
	case l.strict && len(l.Fautes) < maxGardees:
		f := stricte(lieu(), avant, apres, motif)
		f.commandes = []string{string(commande)}
		l.fauter(f)
	case l.strict:
		l.bloquant = true
		l.FautesOmises++
	case len(l.Reparations) < maxGardees:
		l.Reparations = append(l.Reparations, Reparation{Lieu: lieu(), Avant: abreger(avant), Apres: abreger(apres), Motif: motif, Commande: string(commande)})
	default:
		l.ReparationsOmises++
	}
}

// stricte is the fault that a repair is in strict mode.
func stricte(lieu Lieu, avant, apres string, motif modele.Texte) Faute {
	f, m := regleStricte.faute(lieu), montrer(apres)
	f.Message.Fr = texte(regles[regleStricte].Message, abreger(avant), abreger(m.Fr), motif.Fr).Fr
	f.Message.En = texte(regles[regleStricte].Message, abreger(avant), abreger(m.En), motif.En).En
	return f
}

// Laisser drops the repairs of orders that are left aside, what strict mode has against them, and ESMS that they share
// with others: nothing of them is written, and the ledger knows their ESMS.
func (l *Lot) Laisser(commande func(reference string) bool) {
	l.Reparations = slices.DeleteFunc(l.Reparations, func(r Reparation) bool { return commande(r.Commande) })
	l.Fautes = slices.DeleteFunc(l.Fautes, func(f Faute) bool {
		if f.toutes {
			return !slices.ContainsFunc(f.commandes, func(reference string) bool { return !commande(reference) })
		}
		return slices.ContainsFunc(f.commandes, commande)
	})
}

// ref returns the value of column c for an item of its level.
func (l *Lot) ref(c int, item int32) *ref {
	n := l.plan.colonnes[c].Niveau
	return l.refs[n].place(int(item), c-l.plan.debut[n])
}

// litteral returns the value of column c for an item of its level, as JSON; empty for an empty cell.
func (l *Lot) litteral(c int, item int32) []byte {
	r := *l.ref(c, item)
	if r == nulle || r == refusee {
		return []byte("null")
	}
	return l.memoire.lire(r)
}

// cellule returns the place of the value of column c for an item.
func (l *Lot) cellule(c int, item int32) Lieu { return l.situer(l.rangee(c, item), c) }

// rangee returns the row that has the value of column c for an item.
func (l *Lot) rangee(c int, item int32) lieu {
	tardif, ok := l.tardives[valeurs{int32(c), item}]
	switch n := l.plan.colonnes[c].Niveau; {
	case ok:
	case n == Commande:
		tardif = l.demandes.a(item).lieu
	case n == OG:
		tardif = l.ogs.a(item).lieu
	default:
		tardif = l.esms.a(item).lieu
	}
	return tardif
}

// source returns where the sheet of the value of column c for an item has that column.
func (l *Lot) source(c int, item int32) *source {
	return &l.feuilles[l.rangee(c, item).feuille].sources[c]
}

// nommer names a row.
func (l *Lot) nommer(ou lieu) Lieu {
	f := &l.feuilles[ou.feuille]
	return Lieu{Fichier: f.fichier, Feuille: f.nom, Ligne: int(ou.ligne)}
}

// situer names the cell of a row that gives column c; without a letter when the sheet has no such column.
func (l *Lot) situer(ou lieu, c int) Lieu {
	lieu := l.nommer(ou)
	lieu.Balise, lieu.Colonne = l.plan.colonnes[c].Nom, Lettres(l.feuilles[ou.feuille].sources[c].indice)
	return lieu
}

// situerTitre names the cell of a row in column i of its sheet, by its heading.
func (l *Lot) situerTitre(ou lieu, i int) Lieu {
	lieu := l.nommer(ou)
	lieu.Balise, lieu.Colonne = l.feuilles[ou.feuille].titres[i], Lettres(i)
	return lieu
}

// pieces gives the columns of the documents that a demande has, with where their paths are kept.
func (l *Lot) pieces(d int32) iter.Seq2[int, ref] {
	return func(voir func(int, ref) bool) {
		for _, c := range l.plan.pieces.colonnes {
			if r := *l.ref(c, d); r.tenue() && !voir(c, r) {
				return
			}
		}
	}
}
