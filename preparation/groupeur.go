package preparation

import (
	"bytes"
	"context"
	"encoding/binary"
	"maps"
	"slices"
	"unicode/utf8"

	"guichet/modele"
	"guichet/valeur"
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
}

// maxCellule bounds a cell, in bytes: a spreadsheet's holds 32,767 characters, and no tag that many.
const maxCellule = 16 << 10

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
			g.tables()
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

// tables makes the columns of a new sheet ready: what was read of another one is forgotten, since the same cell
// may mean something else.
func (g *groupeur) tables() {
	for i := range g.entetes.sources {
		s := &g.entetes.sources[i]
		s.table = g.options.Tables[s.nomTable]
		g.plan.colonnes[i].memoire = souvenirs{}
	}
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

// lire reads the cell of column i, or what it was read as before.
func (g *groupeur) lire(i int, cellules []Cellule) (ref, error) {
	s, c := &g.entetes.sources[i], g.plan.colonnes[i]
	var cell Cellule
	switch {
	case s.constante != nil:
		cell = *s.constante
	case s.indice < 0 || s.indice >= len(cellules) || cellules[s.indice].Texte == "":
		return vide, nil
	default:
		cell = cellules[s.indice]
	}
	souvenir := c.memoire.place(cell)
	if souvenir != nil && souvenir.est(cell) {
		g.noter(i, cell, souvenir.ref, souvenir.motif)
		return souvenir.ref, nil
	}
	lue := cell
	switch {
	case len(cell.Texte) > maxCellule || !utf8.ValidString(cell.Texte):
		g.fauter(regleCellule.faute(g.situer(g.ou, i), maxCellule))
		return nulle, nil
	case s.table != nil:
		var ok bool
		if lue.Texte, ok = consulter(s.table, cell.Texte); !ok {
			g.inconnue(i, cell.Texte)
			return nulle, nil
		}
		lue.Genre = Texte
	}
	litteral, m := g.lecteur.lire(c, lue)
	r, err := g.retenir(litteral)
	if err != nil {
		return vide, err
	}
	g.noter(i, cell, r, m)
	if souvenir != nil {
		souvenir.retenir(cell, r, m)
	}
	return r, nil
}

func (g *groupeur) retenir(litteral []byte) (ref, error) {
	switch {
	case len(litteral) == 0:
		return vide, nil
	case string(litteral) == "null":
		return nulle, nil
	}
	return g.memoire.garder(litteral)
}

// noter keeps why the cell of column i was repaired.
func (g *groupeur) noter(i int, cell Cellule, r ref, m motif) {
	if m != sansMotif {
		g.reparer(func() Lieu { return g.situer(g.ou, i) }, cell.Texte, string(g.memoire.lire(r)), motifs[m])
	}
}

// abreger shortens a text for a message.
func abreger(t string) string {
	const max = 60
	if utf8.RuneCountInString(t) <= max {
		return t
	}
	return string([]rune(t)[:max-1]) + "…"
}

// consulter looks a cell up in a table, then its likes but for case, accents and separators.
func consulter(table map[string]string, t string) (valeur string, ok bool) {
	propre, _ := epurer([]byte(t))
	if v, ok := table[string(propre)]; ok || len(propre) == 0 {
		return v, true
	}
	plat, trouvees := aplatir(t), 0
	for cle, v := range table {
		if aplatir(cle) == plat && v != valeur {
			valeur = v
			trouvees++
		}
	}
	return valeur, trouvees == 1
}

func (g *groupeur) inconnue(i int, t string) {
	s := &g.entetes.sources[i]
	f := regleTable.faute(g.situer(g.ou, i), abreger(t), s.nomTable)
	p := suggerer(valeur.Proche(t, slices.Sorted(maps.Keys(s.table))))
	f.Message = modele.Texte{Fr: f.Message.Fr + p.Fr, En: f.Message.En + p.En}
	g.fauter(f)
}

// ranger puts the values of the row at hand in their demande, OG and ESMS.
func (g *groupeur) ranger() error {
	d, nouvelle := g.references.chercher(g.references.hacher(g.cle), len(g.demandes), func(i int) bool {
		return bytes.Equal(g.memoire.lire(g.demandes[i].reference), g.cle)
	})
	if nouvelle {
		r, err := g.memoire.garder(g.cle)
		if err != nil {
			return err
		}
		g.demandes = append(g.demandes, demande{lieu: g.ou, reference: r, premier: aucun, fin: aucun})
	}
	g.deposer(Commande, int32(d), nouvelle)
	o, nouveau := g.trouver(&g.organismes, OG, int32(d), len(g.ogs))
	if nouveau {
		g.ogs = append(g.ogs, og{lieu: g.ou, demande: int32(d), suivant: aucun, premier: aucun, fin: aucun})
		chainer(&g.demandes[d].premier, &g.demandes[d].fin, o, func(i int32) *int32 { return &g.ogs[i].suivant })
	}
	g.deposer(OG, o, nouveau)
	e, neuf := g.trouver(&g.etablissements, ESMS, int32(d), len(g.esms))
	if !neuf {
		lieu, autre := g.situer(g.ou, g.plan.identite[ESMS]), &g.esms[e]
		f := &g.feuilles[autre.feuille]
		nom := f.fichier
		if f.nom != "" {
			nom += ", " + f.nom
		}
		g.fauter(regleESMSDouble.faute(lieu, nu(g.memoire.lire(g.refs[g.plan.identite[ESMS]])), autre.ligne, nom))
		return nil
	}
	g.esms = append(g.esms, esms{lieu: g.ou, demande: int32(d), suivant: aucun})
	chainer(&g.ogs[o].premier, &g.ogs[o].fin, e, func(i int32) *int32 { return &g.esms[i].suivant })
	g.deposer(ESMS, e, true)
	return nil
}

// trouver finds the item of level n of the row, by its demande and its identity.
func (g *groupeur) trouver(x *index, n Niveau, d int32, prochain int) (item int32, nouveau bool) {
	c := g.plan.identite[n]
	identite := g.memoire.lire(g.refs[c])
	var cle [4]byte
	binary.LittleEndian.PutUint32(cle[:], uint32(d))
	i, nouveau := x.chercher(x.hacher(cle[:], identite), prochain, func(i int) bool {
		return g.demandeDe(n, int32(i)) == d && bytes.Equal(g.litteral(c, int32(i)), identite)
	})
	return int32(i), nouveau
}

// demandeDe returns the demande of an OG or ESMS.
func (g *groupeur) demandeDe(n Niveau, i int32) int32 {
	if n == OG {
		return g.ogs[i].demande
	}
	return g.esms[i].demande
}
