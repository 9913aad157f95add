package preparation

import (
	"bytes"
	"math/bits"
	"strings"

	"guichet/modele"
	"guichet/valeur"
)

// datesColonne is what the cells of one column of a sheet say of the order of day and month. It is judged once all of
// them are read: 09/12/2023 beside 12/25/2023 is not certain.
type datesColonne struct {
	ordres valeur.Ordre // those that all cells allow
	vues   []dateVue    // cells that the other ones decide upon
	justes []dateJuste  // right as they are, unless another cell puts them in doubt
	preuve string       // the first cell that has the month first, its row
	ligne  int32
}

// dateVue is a cell that can be read in several ways, or only with the month first.
type dateVue struct {
	ligne    int32
	ref      ref
	ecrit    string
	motif    motif
	commande []byte // reference, where the cell may be repaired
}

// dateJuste is a cell in the form of the norm whose day and month could be exchanged. There are many: it is small.
type dateJuste struct {
	ligne int32
	ref   ref
}

// dater keeps what a date of the row at hand says.
func (g *groupeur) dater(r *remarque) {
	for len(g.dates) <= r.colonne {
		g.dates = append(g.dates, nil)
	}
	d := g.dates[r.colonne]
	if d == nil {
		d = &datesColonne{ordres: valeur.ToutOrdre}
		g.dates[r.colonne] = d
	}
	d.ordres &= r.ordres
	if r.ordres&valeur.JourMois == 0 && r.ordres&valeur.MoisJour != 0 && d.preuve == "" {
		d.preuve, d.ligne = strings.Clone(r.cell.Texte), g.ou.ligne
	}
	if !r.courte && r.ordres == valeur.JourMois {
		return
	}
	if r.motif == sansMotif && !r.courte && r.ordres != valeur.MoisJour {
		d.justes = append(d.justes, dateJuste{g.ou.ligne, r.ref})
		return
	}
	d.vues = append(d.vues, dateVue{ligne: g.ou.ligne, ref: r.ref, ecrit: strings.Clone(r.cell.Texte), motif: r.motif, commande: bytes.Clone(g.cle)})
}

// juger decides upon the dates of the sheet at hand, which is read.
func (g *groupeur) juger() {
	for c, d := range g.dates {
		if d == nil {
			continue
		}
		for i := range d.vues {
			g.jugerDate(c, d, &d.vues[i])
		}
		if d.ordres&valeur.JourMois != 0 {
			continue
		}
		for _, j := range d.justes {
			g.jugerDate(c, d, &dateVue{ligne: j.ligne, ref: j.ref, ecrit: nu(g.memoire.lire(j.ref))})
		}
	}
	g.dates = nil
}

func (g *groupeur) jugerDate(c int, d *datesColonne, v *dateVue) {
	ecrit, _ := epurer([]byte(v.ecrit))
	e := valeur.LireEcrite(string(ecrit))
	ou := func() Lieu { return g.situer(lieu{int32(len(g.feuilles) - 1), v.ligne}, c) }
	lue := ""
	switch {
	case len(e.Lectures()) == 1 && e.Ordres&^valeur.MoisJour != 0 && (!e.Courte || d.ordres != 0):
		lue = e.Lectures()[0]
	case !e.Courte && d.ordres&valeur.JourMois != 0:
		lue = e.Selon(valeur.JourMois)
	case e.Courte && bits.OnesCount8(uint8(d.ordres)) == 1 && d.ordres != valeur.MoisJour:
		lue = e.Selon(d.ordres)
	}
	if lue == "" {
		g.fauter(d.douteuse(ou(), v, e.Lectures()))
		return
	}
	copy(g.memoire.lire(v.ref)[1:], lue) // as long as what stands there
	if v.motif != sansMotif {
		g.reparer(ou, v.commande, v.ecrit, string(g.memoire.lire(v.ref)), motifs[v.motif])
	}
}

// douteuse is the fault of a date that can be read in several ways, or that has the month first.
func (d *datesColonne) douteuse(ou Lieu, v *dateVue, lectures []string) Faute {
	pourquoi := modele.Texte{Fr: " ; rien dans la colonne ne dit lequel", En: "; nothing in the column tells which"}
	switch {
	case d.ligne == v.ligne:
		pourquoi = modele.Texte{Fr: " : le mois y vient d'abord", En: ": the month comes first in it"}
	case d.preuve != "":
		pourquoi = texte(modele.Texte{Fr: " ; dans cette colonne, « %s » (ligne %d) a le mois d'abord", En: "; in this column, \"%s\" (row %d) has the month first"}, abreger(d.preuve), d.ligne)
	}
	f := regleOrdre.faute(ou)
	fr, en := strings.Join(lectures, " ou "), strings.Join(lectures, " or ")
	f.Message.Fr = texte(regles[regleOrdre].Message, abreger(v.ecrit), fr, pourquoi.Fr).Fr
	f.Message.En = texte(regles[regleOrdre].Message, abreger(v.ecrit), en, pourquoi.En).En
	f.Aide.Fr, f.Aide.En = texte(regles[regleOrdre].Aide, fr).Fr, texte(regles[regleOrdre].Aide, en).En
	return f
}
