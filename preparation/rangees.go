package preparation

import (
	"strings"

	"guichet/modele"
)

// rangee keeps a row, until there are enough to be read together.
func (g *groupeur) rangee(ligne int, cellules []Cellule) error {
	if g.rangees++; g.rangees%1024 == 0 && g.ctx.Err() != nil {
		return g.ctx.Err()
	}
	if g.titresRepetes(ligne, cellules) || g.mesurer(ligne, cellules) {
		return nil
	}
	if g.passage == nil {
		if err := g.entamer(); err != nil {
			return err
		}
	}
	g.passage.ajouter(ligne, cellules)
	if g.passage.pleine() {
		g.ronde.lancer(g.passage)
		g.passage = nil
	}
	return nil
}

// titresRepetes tells of a row that says the headings once more, as where two exports were put one behind the other.
func (g *groupeur) titresRepetes(ligne int, cellules []Cellule) bool {
	memes := 0
	for i := range cellules {
		switch {
		case cellules[i].vide():
		case i >= len(g.entetes.titres) || strings.TrimSpace(cellules[i].Texte) != strings.TrimSpace(g.entetes.titres[i]):
			return false
		default:
			memes++
		}
	}
	if memes < 2 {
		return false
	}
	f := &g.feuilles[len(g.feuilles)-1]
	g.fauter(regleTitresRepetes.faute(Lieu{Fichier: f.fichier, Feuille: f.nom, Ligne: ligne}))
	return true
}

// entamer takes a free passage; when there is none, the rows of the oldest are taken up first.
func (g *groupeur) entamer() error {
	if len(g.ronde.libres) == 0 {
		if err := g.reprendre(); err != nil {
			return err
		}
	}
	n := len(g.ronde.libres) - 1
	g.passage, g.ronde.libres = g.ronde.libres[n], g.ronde.libres[:n]
	g.passage.vider()
	g.passage.entetes = g.entetes
	return nil
}

// terminer takes up all rows that are left of a sheet.
func (g *groupeur) terminer() error {
	if g.passage != nil {
		g.ronde.lancer(g.passage)
		g.passage = nil
	}
	for len(g.ronde.encours) > 0 {
		if err := g.reprendre(); err != nil {
			return err
		}
	}
	return nil
}

// reprendre takes up the rows of the oldest passage.
func (g *groupeur) reprendre() error {
	t, n := g.ronde.attendre(), len(g.plan.colonnes)
	if t.err != nil {
		return t.err
	}
	var fin, cle int32
	remarques := t.remarques
	for i := range t.rangees {
		r := &t.rangees[i]
		g.ou = lieu{int32(len(g.feuilles) - 1), r.ligne}
		g.cle, g.refs = t.cles[cle:r.cle], t.refs[i*n:(i+1)*n]
		for len(remarques) > 0 && int(remarques[0].rangee) == i {
			g.dire(t, &remarques[0])
			remarques = remarques[1:]
		}
		if err := g.placer(r, t.cellules[fin:r.fin]); err != nil {
			return err
		}
		fin, cle = r.fin, r.cle
	}
	g.ronde.libres = append(g.ronde.libres, t)
	return nil
}

// placer puts the row at hand where it belongs, unless it lacks what tells that.
func (g *groupeur) placer(r *rangee, cellules []Cellule) error {
	switch {
	case r.illisible:
		return nil
	case r.sans:
		g.sansReference(cellules)
		return nil
	case sansSens(g.cle):
		g.fauter(regleReferenceVaine.faute(g.ouReference(g.ou), abreger(string(g.cle))))
		return nil
	case titreDeTotal(g.cle):
		g.fauter(regleTotal.faute(g.ouReference(g.ou), abreger(string(g.cle))))
		return nil
	}
	for _, n := range []Niveau{OG, ESMS} {
		switch i := g.plan.identite[n]; g.refs[i] {
		case refusee: // which is told
			return nil
		case vide:
			if g.entetes.sources[i].absente() { // which is told once
				return nil
			}
			g.incomplete(regleIdentite.faute(g.situer(g.ou, i), g.plan.colonnes[i].Nom), cellules)
			return nil
		case nulle:
			f := regleIdentite.faute(g.situer(g.ou, i))
			f.Message = texte(neantIdentite, g.plan.colonnes[i].Nom, g.ecrit(i, cellules))
			g.incomplete(f, cellules)
			return nil
		}
	}
	return g.ranger(cellules)
}

var neantIdentite = modele.Texte{
	Fr: "%s ne donne pas de numéro (« %s ») : la ligne ne peut être rattachée",
	En: "%s gives no number (\"%s\"): the row belongs to nothing",
}

// ecrit returns the text of the cell of column i of the plan, of a row.
func (g *groupeur) ecrit(i int, cellules []Cellule) string {
	if s := &g.entetes.sources[i]; s.constante != nil {
		return s.constante.Texte
	} else if s.indice >= 0 && s.indice < len(cellules) {
		return abreger(strings.TrimSpace(cellules[s.indice].Texte))
	}
	return "null"
}

// sansReference tells of a row that says something, but not to which order it belongs.
func (g *groupeur) sansReference(cellules []Cellule) {
	for _, c := range cellules {
		if t, _ := epurer([]byte(c.Texte)); len(t) > 0 {
			g.incomplete(regleReference.faute(g.situerReference(-1-g.entetes.reference[0])), cellules)
			return
		}
	}
}
