package preparation

import (
	"bytes"
	"encoding/binary"
	"slices"

	"guichet/modele"
)

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
		g.demandes = joindre(g.demandes, demande{lieu: g.ou, reference: r, premier: aucun, fin: aucun})
	}
	g.deposer(Commande, int32(d), nouvelle)
	if !nouvelle && !g.demandes[d].indexee {
		g.indexer(int32(d))
	}
	o, nouveau := g.trouver(&g.organismes, OG, int32(d), len(g.ogs))
	if nouveau {
		g.ogs = joindre(g.ogs, og{lieu: g.ou, demande: int32(d), suivant: aucun, premier: aucun, fin: aucun})
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
	g.esms = joindre(g.esms, esms{lieu: g.ou, demande: int32(d), suivant: aucun})
	chainer(&g.ogs[o].premier, &g.ogs[o].fin, e, func(i int32) *int32 { return &g.esms[i].suivant })
	g.deposer(ESMS, e, true)
	return nil
}

// joindre appends to a list that may become long: it grows twofold, which copies it less often than append does.
func joindre[T any](liste []T, v T) []T {
	if len(liste) == cap(liste) {
		liste = slices.Grow(liste, max(1<<10, len(liste)))
	}
	return append(liste, v)
}

// trouver finds the item of level n of the row, by its demande and its identity. The first row of a demande has
// nothing to find, and most demandes have no other.
func (g *groupeur) trouver(x *index, n Niveau, d int32, prochain int) (item int32, nouveau bool) {
	if !g.demandes[d].indexee {
		return int32(prochain), true
	}
	return g.inscrire(x, n, d, g.memoire.lire(g.refs[g.plan.identite[n]]), prochain)
}

// indexer puts the OG and the ESMS of the first row of a demande in the indices, when a second row comes.
func (g *groupeur) indexer(d int32) {
	g.demandes[d].indexee = true
	o := g.demandes[d].premier
	e := g.ogs[o].premier
	g.inscrire(&g.organismes, OG, d, g.litteral(g.plan.identite[OG], o), int(o))
	g.inscrire(&g.etablissements, ESMS, d, g.litteral(g.plan.identite[ESMS], e), int(e))
}

// inscrire finds the item of a demande that has an identity, or makes it prochain.
func (g *groupeur) inscrire(x *index, n Niveau, d int32, identite []byte, prochain int) (item int32, nouveau bool) {
	var cle [4]byte
	binary.LittleEndian.PutUint32(cle[:], uint32(d))
	i, nouveau := x.chercher(x.hacher(cle[:], identite), prochain, func(i int) bool {
		return g.demandeDe(n, int32(i)) == d && bytes.Equal(g.litteral(g.plan.identite[n], int32(i)), identite)
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
		case r == vide || r == *deja:
		case *deja == vide:
			*deja = r
			g.tardives[valeurs{int32(c), item}] = g.ou
		case !bytes.Equal(g.memoire.lire(r), g.memoire.lire(*deja)):
			g.contredire(c, item, r)
		}
	}
}

func (g *groupeur) contredire(c int, item int32, r ref) {
	ici, la := g.situer(g.ou, c), g.cellule(c, item)
	montrer := func(t []byte) string {
		if len(t) == 0 {
			return "null"
		}
		return abreger(string(t))
	}
	f := regleContradiction.faute(ici)
	vaut, valait := montrer(g.memoire.lire(r)), montrer(g.litteral(c, item))
	f.Message.Fr = texte(regles[regleContradiction].Message, ici.Balise, vaut, valait, la.In(modele.Francais)).Fr
	f.Message.En = texte(regles[regleContradiction].Message, ici.Balise, vaut, valait, la.In(modele.Anglais)).En
	g.fauter(f)
}
