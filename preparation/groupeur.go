package preparation

import (
	"context"
	"maps"
	"slices"
	"strings"

	"guichet/valeur"
)

// groupeur makes orders of rows: rows with the same reference are one demande, in it rows with the same identity
// are one OG, and each row is one ESMS.
type groupeur struct {
	*Lot
	ctx     context.Context
	options Options
	// The indices find demandes by their reference, OGs and ESMS by their demande and identity.
	references, organismes, etablissements index

	jumelles jumelles

	entetes    *entetes // of the sheet at hand, nil before its heading row
	ronde      *ronde
	passage    *passage // being filled, nil for none
	plume      plume
	ou         lieu   // the row at hand
	refs       []ref  // its values, by column of the plan
	cle        []byte // its reference
	rangees    int
	largeurs   largeurs        // of the sheet at hand
	dates      []*datesColonne // of the sheet at hand, by column of the plan
	tables     map[string]*table
	constantes []int // columns of the plan whose constant was told
	// suggestions counts the values that a table lacks.
	suggestions int
}

// maxTitres bounds the rows in which the headings are looked for.
const maxTitres = 20

// defauts reads the values of empty cells, as cells are read.
func (g *groupeur) defauts() error {
	var l lecteur
	for _, nom := range slices.Sorted(maps.Keys(g.options.Defauts)) {
		i := g.plan.colonneDe(nom)
		if i < 0 {
			continue // a value of the header, or of another edition
		}
		litteral, _ := l.seule(g.plan.colonnes[i], Cellule{Texte: g.options.Defauts[nom]})
		r, err := g.plume.retenir(litteral)
		if err != nil {
			return err
		}
		g.plan.colonnes[i].defaut = r
	}
	return nil
}

func (g *groupeur) feuille(f Feuille) error {
	m := &g.options.Mapping
	if m.Feuille != "" && aplatir(f.Nom) != aplatir(m.Feuille) && f.Nom != "" || m.Feuille == "" && f.Nom == FeuilleExemple {
		return nil
	}
	g.entetes, g.largeurs = nil, largeurs{lignes: f.Lignes}
	g.feuilles = append(g.feuilles, feuilleLue{fichier: f.Fichier, nom: f.Nom, entetes: &entetes{}})
	lue, vues := &g.feuilles[len(g.feuilles)-1], 0
	err := f.Rangees(func(ligne int, cellules []Cellule) error {
		if g.entetes != nil {
			return g.rangee(ligne, cellules)
		}
		if vues++; vues > maxTitres {
			return nil
		}
		if vues == 1 {
			lue.entetes = g.premiere(cellules)
		}
		if g.entetes = m.reconnaitre(g.plan, cellules); g.entetes != nil {
			lue.entetes = g.entetes
			lue.ligne = ligne
			for i := range lue.sources {
				lue.sources[i].table = g.tables[lue.sources[i].nomTable]
			}
		}
		return nil
	})
	if err == nil {
		err = g.terminer()
	}
	if g.entetes != nil {
		g.direLargeurs()
		if f.Encodage != "" {
			g.fauter(regleEncodage.faute(Lieu{Fichier: f.Fichier}, f.Encodage))
		}
	}
	g.juger()
	if err == nil && g.entetes != nil && f.Masquees != nil {
		g.masquees(f, lue.ligne)
	}
	if err == nil && g.entetes != nil && f.ColonnesMasquees != nil {
		g.colonnesMasquees(f, lue.ligne)
	}
	if err == nil && g.entetes == nil {
		g.Ignorees = append(g.Ignorees, Lieu{Fichier: f.Fichier, Feuille: f.Nom})
	}
	return err
}

// masquees keeps the hidden rows under the headings of a sheet.
func (g *groupeur) masquees(f Feuille, entetes int) {
	var lignes []int
	for _, ligne := range f.Masquees() {
		if ligne > entetes {
			lignes = append(lignes, ligne)
		}
	}
	if len(lignes) > 0 {
		g.Masquees = append(g.Masquees, RangeesMasquees{Lieu{Fichier: f.Fichier, Feuille: f.Nom}, lignes})
	}
}

// colonnesMasquees tells in one line which columns are read that the sheet does not show.
func (g *groupeur) colonnesMasquees(f Feuille, entetes int) {
	var lues []string
	for _, c := range f.ColonnesMasquees() {
		if c < len(g.entetes.pris) && g.entetes.pris[c] {
			lues = append(lues, Lettres(c)+" ("+abreger(g.entetes.titres[c])+")")
		}
	}
	if len(lues) > 0 {
		g.fauter(regleColonneMasquee.faute(Lieu{Fichier: f.Fichier, Feuille: f.Nom, Ligne: entetes}, strings.Join(lues, ", ")))
	}
}

// premiere keeps the first row of a sheet as its headings, until a better one is found.
func (g *groupeur) premiere(cellules []Cellule) *entetes {
	e := &entetes{}
	for _, c := range cellules {
		e.titres = append(e.titres, valeur.Lisible(c.Texte))
	}
	return e
}
