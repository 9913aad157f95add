package preparation

import (
	"bytes"
	"encoding/binary"

	"golang.org/x/text/unicode/norm"

	"guichet/modele"
)

// ranger puts the values of the row at hand in their demande, OG and ESMS.
func (g *groupeur) ranger(cellules []Cellule) error {
	d, nouvelle, err := g.demande()
	if err != nil {
		return err
	}
	if nouvelle {
		g.jumelle(d, cellules)
	}
	g.deposer(Commande, d, nouvelle)
	if !nouvelle && !g.demandes.a(d).indexee {
		g.indexer(d)
	}
	o, nouveau := g.trouver(&g.organismes, OG, d, g.ogs.n)
	if nouveau {
		g.ogs.ajouter(og{lieu: g.ou, demande: d, suivant: aucun, premier: aucun, fin: aucun})
		chainer(&g.demandes.a(d).premier, &g.demandes.a(d).fin, o, func(i int32) *int32 { return &g.ogs.a(i).suivant })
	}
	g.deposer(OG, o, nouveau)
	e, neuf := g.trouver(&g.etablissements, ESMS, d, g.esms.n)
	if !neuf {
		g.double(e)
		return nil
	}
	g.esms.ajouter(esms{lieu: g.ou, demande: d, suivant: aucun})
	chainer(&g.ogs.a(o).premier, &g.ogs.a(o).fin, e, func(i int32) *int32 { return &g.esms.a(i).suivant })
	g.deposer(ESMS, e, true)
	return nil
}

// demande finds the demande of the row at hand by its reference, or begins it.
func (g *groupeur) demande() (d int32, nouvelle bool, err error) {
	i, nouvelle := g.references.chercher(g.references.hacher(g.cle), int(g.demandes.n), func(i int) bool {
		return bytes.Equal(g.memoire.lire(g.demandes.a(int32(i)).reference), g.cle)
	})
	if nouvelle {
		r, err := g.plume.garder(g.cle)
		if err != nil {
			return d, nouvelle, err
		}
		g.demandes.ajouter(demande{lieu: g.ou, reference: r, premier: aucun, fin: aucun})
	}
	return int32(i), nouvelle, nil
}

// double tells that the row at hand names an ESMS of its demande again.
func (g *groupeur) double(e int32) {
	lieu, autre := g.situer(g.ou, g.plan.identite[ESMS]), g.esms.a(e)
	f := &g.feuilles[autre.feuille]
	nom := f.fichier
	if f.nom != "" {
		nom += ", " + f.nom
	}
	g.fauter(regleESMSDouble.faute(lieu, nu(g.memoire.lire(g.refs[g.plan.identite[ESMS]])), autre.ligne, nom))
}

// trouver finds the item of level n of the row, by its demande and its identity. The first row of a demande has
// nothing to find, and most demandes have no other. An ESMS without number is no other's double.
func (g *groupeur) trouver(x *index, n Niveau, d, prochain int32) (item int32, nouveau bool) {
	if !g.demandes.a(d).indexee || n == ESMS && g.refs[g.plan.identite[n]] == vide {
		return prochain, true
	}
	return g.inscrire(x, n, d, g.memoire.lire(g.refs[g.plan.identite[n]]), prochain)
}

// indexer puts the OG and the ESMS of the first row of a demande in the indices, when a second row comes.
func (g *groupeur) indexer(d int32) {
	g.demandes.a(d).indexee = true
	o := g.demandes.a(d).premier
	e := g.ogs.a(o).premier
	g.inscrire(&g.organismes, OG, d, g.litteral(g.plan.identite[OG], o), o)
	g.inscrire(&g.etablissements, ESMS, d, g.litteral(g.plan.identite[ESMS], e), e)
}

// inscrire finds the item of a demande that has an identity, or makes it prochain.
func (g *groupeur) inscrire(x *index, n Niveau, d int32, identite []byte, prochain int32) (item int32, nouveau bool) {
	var cle [4]byte
	binary.LittleEndian.PutUint32(cle[:], uint32(d))
	i, nouveau := x.chercher(x.hacher(cle[:], identite), int(prochain), func(i int) bool {
		return g.demandeDe(n, int32(i)) == d && bytes.Equal(g.litteral(g.plan.identite[n], int32(i)), identite)
	})
	return int32(i), nouveau
}

// demandeDe returns the demande of an OG or ESMS.
func (g *groupeur) demandeDe(n Niveau, i int32) int32 {
	if n == OG {
		return g.ogs.a(i).demande
	}
	return g.esms.a(i).demande
}

// chainer puts item i at the end of a list.
func chainer(premier, fin *int32, i int32, suivant func(int32) *int32) {
	if *premier == aucun {
		*premier = i
	} else {
		*suivant(*fin) = i
	}
	*fin = i
}

// deposer keeps the values of the row that belong to an item of level n. A group that was there already has said
// them: what it left empty is filled in, what it said otherwise is a contradiction.
func (g *groupeur) deposer(n Niveau, item int32, nouveau bool) {
	de, a := g.plan.debut[n], g.plan.debut[n+1]
	if nouveau {
		g.Lot.refs[n].ajouter(g.refs[de:a])
		return
	}
	for c := de; c < a; c++ {
		r, deja := g.refs[c], g.ref(c, item)
		switch {
		case r == vide || r == *deja || r == refusee && *deja != vide || *deja == refusee:
		case *deja == vide:
			*deja = r
			g.tardives[valeurs{int32(c), item}] = g.ou
		case !memesLettres(g.memoire.lire(r), g.memoire.lire(*deja)):
			g.contredire(c, item, r)
		}
	}
}

// memesLettres tells whether two texts are the same one, their accents in the letters or behind them.
func memesLettres(a, b []byte) bool {
	return bytes.Equal(a, b) || bytes.Equal(norm.NFC.Bytes(a), norm.NFC.Bytes(b))
}

func (g *groupeur) contredire(c int, item int32, r ref) {
	ici, la := g.situer(g.ou, c), g.cellule(c, item)
	f := regleContradiction.faute(ici)
	vaut, valait := montrer(string(g.memoire.lire(r))), montrer(string(g.litteral(c, item)))
	f.Message.Fr = texte(regles[regleContradiction].Message, ici.Balise, abreger(vaut.Fr), abreger(valait.Fr), la.In(modele.Francais)).Fr
	f.Message.En = texte(regles[regleContradiction].Message, ici.Balise, abreger(vaut.En), abreger(valait.En), la.In(modele.Anglais)).En
	g.fauter(f)
}
