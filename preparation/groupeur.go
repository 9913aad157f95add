package preparation

import (
	"context"
	"maps"
	"slices"
)

// groupeur makes orders of rows: rows with the same reference are one demande, in it rows with the same identity
// are one OG, and each row is one ESMS.
type groupeur struct {
	*Lot
	ctx     context.Context
	options Options
	lecteur lecteur
	// The indices find demandes by their reference, OGs and ESMS by their demande and identity.
	references, organismes, etablissements index

	entetes *entetes // of the sheet at hand, nil before its heading row
	ou      lieu     // the row at hand
	refs    []ref    // its values, by column of the plan
	cle     []byte   // its reference, scratch
	rangees int
	tables  map[string]*table
	// suggestions counts the values that a table lacks.
	suggestions int
}

// maxTitres bounds the rows in which the headings are looked for.
const maxTitres = 20

// defauts reads the values of empty cells, as cells are read.
func (g *groupeur) defauts() error {
	for _, nom := range slices.Sorted(maps.Keys(g.options.Defauts)) {
		i := g.plan.colonneDe(nom)
		if i < 0 {
			continue // a value of the header, or of another edition
		}
		litteral, _ := g.lecteur.lire(g.plan.colonnes[i], Cellule{Texte: g.options.Defauts[nom]})
		r, err := g.retenir(litteral)
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
	g.entetes = nil
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
	if err == nil && g.entetes == nil {
		g.Ignorees = append(g.Ignorees, Lieu{Fichier: f.Fichier, Feuille: f.Nom})
	}
	return err
}

// premiere keeps the first row of a sheet as its headings, until a better one is found.
func (g *groupeur) premiere(cellules []Cellule) *entetes {
	e := &entetes{}
	for _, c := range cellules {
		e.titres = append(e.titres, c.Texte)
	}
	return e
}

// rangee reads one row.
func (g *groupeur) rangee(ligne int, cellules []Cellule) error {
	if g.rangees++; g.rangees%1024 == 0 && g.ctx.Err() != nil {
		return g.ctx.Err()
	}
	g.ou = lieu{int32(len(g.feuilles) - 1), int32(ligne)}
	if !g.reference(cellules) {
		return nil
	}
	g.refs = g.refs[:0]
	for i := range g.plan.colonnes {
		r, err := g.lire(i, cellules)
		if err != nil {
			return err
		}
		g.refs = append(g.refs, r)
	}
	for _, n := range []Niveau{OG, ESMS} {
		if i := g.plan.identite[n]; g.refs[i] <= nulle {
			g.fauter(regleIdentite.faute(g.situer(g.ou, i), g.plan.colonnes[i].Nom))
			return nil
		}
	}
	return g.ranger()
}

// reference reads what tells the order of the row apart, false for a row that has none.
func (g *groupeur) reference(cellules []Cellule) bool {
	g.cle = g.cle[:0]
	long := 0
	for i, c := range g.entetes.reference {
		if i > 0 {
			g.cle = append(g.cle, " / "...)
		}
		if c < len(cellules) && len(cellules[c].Texte) <= maxCellule {
			t, _ := epurer([]byte(cellules[c].Texte))
			g.cle = append(g.cle, t...)
			long += len(t)
		}
	}
	if long > 0 {
		return true
	}
	for _, c := range cellules {
		if t, _ := epurer([]byte(c.Texte)); len(t) > 0 {
			lieu := g.situer(g.ou, -1)
			lieu.Colonne, lieu.Balise = Lettres(g.entetes.reference[0]), g.entetes.titres[g.entetes.reference[0]]
			g.fauter(regleReference.faute(lieu))
			break
		}
	}
	return false
}
