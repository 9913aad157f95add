package preparation

import (
	"slices"
	"strings"

	"guichet/modele"
)

// largeurs is what a sheet has beside the columns that have headings.
type largeurs struct {
	lignes    bool // of a text
	courtes   int  // rows that end before the headings do, of a text
	courte    int  // the first of them, and its cells
	cellules  int
	sansTitre map[int]*debord // by column
}

// debord is what a column without a heading holds.
type debord struct{ premiere, cellules int }

// mesurer looks for what stands under no heading. In a line of a text that has more values than there are headings, one
// separator too many may have moved all of them: the row is refused.
func (g *groupeur) mesurer(ligne int, cellules []Cellule) (refusee bool) {
	titres, l := len(g.entetes.titres), &g.largeurs
	if len(cellules) < titres && l.lignes {
		if l.courtes++; l.courtes == 1 {
			l.courte, l.cellules = ligne, len(cellules)
		}
	}
	for _, i := range g.entetes.sansTitre {
		if i < len(cellules) && !cellules[i].vide() {
			l.deborder(i, ligne)
		}
	}
	for i := titres; i < len(cellules); i++ {
		switch {
		case cellules[i].vide():
		case l.lignes:
			f := &g.feuilles[len(g.feuilles)-1]
			lieu := Lieu{Fichier: f.fichier, Ligne: ligne, Colonne: Lettres(i)}
			g.fauter(regleTropDeCellules.faute(lieu, len(cellules), titres, abreger(cellules[i].Texte)))
			return true
		default:
			l.deborder(i, ligne)
		}
	}
	return false
}

func (c *Cellule) vide() bool { return c.Genre != SansValeur && strings.TrimSpace(c.Texte) == "" }

func (l *largeurs) deborder(colonne, ligne int) {
	d := l.sansTitre[colonne]
	if d == nil {
		if l.sansTitre == nil {
			l.sansTitre = map[int]*debord{}
		}
		d = &debord{premiere: ligne}
		l.sansTitre[colonne] = d
	}
	d.cellules++
}

// direLargeurs tells, at the end of a sheet, what was left aside because it has no heading, and which rows are short.
func (g *groupeur) direLargeurs() {
	l, f := &g.largeurs, &g.feuilles[len(g.feuilles)-1]
	lieu := Lieu{Fichier: f.fichier, Feuille: f.nom}
	for _, i := range triees(l.sansTitre) {
		d := l.sansTitre[i]
		lieu.Ligne, lieu.Colonne = f.ligne, Lettres(i)
		g.fauter(regleSansTitre.faute(lieu, d.cellules, d.premiere))
	}
	if l.courtes > 0 {
		lieu.Ligne, lieu.Colonne = l.courte, ""
		faute := regleCourte.faute(lieu, Lettres(l.cellules-1), Lettres(len(f.titres)-1))
		if n := l.courtes - 1; n > 0 {
			autres := texte(modele.Texte{Fr: " ; lignes courtes en tout : %d", En: "; short rows in all: %d"}, l.courtes)
			faute.Message.Fr, faute.Message.En = faute.Message.Fr+autres.Fr, faute.Message.En+autres.En
		}
		g.fauter(faute)
	}
}

func triees(m map[int]*debord) (cles []int) {
	for c := range m {
		cles = append(cles, c)
	}
	slices.Sort(cles)
	return cles
}

// doubler reports the headings that stand twice for what one column gives.
func (g *groupeur) doubler(lues []feuilleLue) {
	for _, f := range lues {
		for _, d := range f.doubles {
			lieu := Lieu{Fichier: f.fichier, Feuille: f.nom, Ligne: f.ligne, Colonne: Lettres(d.autre)}
			g.fauter(regleTitreDouble.faute(lieu, abreger(f.titres[d.autre]), Lettres(d.lue), abreger(f.titres[d.lue])))
		}
	}
}
