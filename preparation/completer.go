package preparation

import (
	"bytes"
	"slices"
	"strings"

	"guichet/modele"
	"guichet/valeur"
)

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
		g.Lot.refs[n] = append(g.Lot.refs[n], g.refs[de:a]...)
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

// colonnes looks for what no sheet has, and for what nobody asked for.
func (g *groupeur) colonnes() {
	lues := slices.DeleteFunc(slices.Clone(g.feuilles), func(f feuilleLue) bool { return f.ligne == 0 })
	if len(lues) == 0 {
		g.manquent(g.options.Mapping.references(), g.feuilles)
		return
	}
	if len(g.demandes) == 0 && len(g.Fautes) == 0 {
		g.fauter(regleVide.faute(Lieu{Fichier: lues[0].fichier, Feuille: lues[0].nom, Ligne: lues[0].ligne}))
	}
	if g.options.Mapping.parDefaut() {
		g.sobre(lues)
		return
	}
	for i, c := range g.plan.colonnes {
		o, ok := g.options.Mapping.Balises[c.Nom]
		if !ok || o.Constante != nil {
			continue
		}
		if !slices.ContainsFunc(lues, func(f feuilleLue) bool { return f.sources[i].indice >= 0 }) {
			f := regleColonne.fauteProche(o.lieu(&g.options.Mapping), o.Colonne, valeur.Proche(o.Colonne, titresDe(lues)))
			f.Aide = texte(modele.Texte{Fr: "corrigez l'origine de %s dans le fichier de correspondance", En: "correct where %s comes from in the mapping file"}, c.Nom)
			g.fauter(f)
		}
	}
}

// manquent reports the columns of the reference, without which no sheet is read.
func (g *groupeur) manquent(noms []string, feuilles []feuilleLue) {
	lieu := Lieu{}
	if len(feuilles) > 0 {
		lieu = Lieu{Fichier: feuilles[0].fichier, Feuille: feuilles[0].nom}
	}
	for _, nom := range noms {
		g.fauter(regleColonne.fauteProche(lieu, nom, valeur.Proche(nom, titresDe(feuilles))))
	}
}

func titresDe(feuilles []feuilleLue) (titres []string) {
	for _, f := range feuilles {
		for _, t := range f.titres {
			if t != "" && len(t) <= valeur.MaxCompare {
				titres = append(titres, t)
			}
		}
	}
	return titres
}

// sobre reports the headings that the layout does not know.
func (g *groupeur) sobre(feuilles []feuilleLue) {
	for _, f := range feuilles {
		var absentes []string
		for i, c := range g.plan.colonnes {
			if f.sources[i].indice < 0 {
				absentes = append(absentes, c.Nom)
			}
		}
		for i, t := range f.titres {
			if f.pris[i] || t == "" {
				continue
			}
			lieu := Lieu{Fichier: f.fichier, Feuille: f.nom, Ligne: f.ligne, Colonne: Lettres(i)}
			g.fauter(regleIgnoree.fauteProche(lieu, abreger(t), valeur.Proche(t, absentes)))
		}
	}
}

// completer fills in what empty cells mean, empties what the conditions of the table want empty, and looks at
// the documents and numbers.
func (l *Lot) completer() {
	numeros := nouvelIndex()
	for d := range int32(len(l.demandes)) {
		l.niveau(Commande, d, d, 0)
		l.documents(d)
		l.numerote(&numeros, d)
		for o := l.demandes[d].premier; o != aucun; o = l.ogs[o].suivant {
			l.niveau(OG, d, o, 0)
			for e := l.ogs[o].premier; e != aucun; e = l.esms[e].suivant {
				l.niveau(ESMS, d, o, e)
			}
		}
	}
}

// niveau completes the values of one item; d, o and e are the demande, OG and ESMS at hand.
func (l *Lot) niveau(n Niveau, d, o, e int32) {
	items := [...]int32{d, o, e}
	valeurDe := func(c int) []byte { return l.litteral(c, items[l.plan.colonnes[c].Niveau]) }
	for c := l.plan.debut[n]; c < l.plan.debut[n+1]; c++ {
		if r := l.ref(c, items[n]); *r == vide {
			*r = l.plan.colonnes[c].defaut
		}
	}
	for c := l.plan.debut[n]; c < l.plan.debut[n+1]; c++ {
		col, r := l.plan.colonnes[c], l.ref(c, items[n])
		if !col.gardees || *r <= nulle || !col.nul.vaut(valeurDe) {
			continue
		}
		if *r != col.defaut {
			m := motifNul
			if col.Piece != "" {
				m = motifSansPiece
			}
			motif := modele.Texte{Fr: texte(motifs[m], col.nul.phrase.Fr).Fr, En: texte(motifs[m], col.nul.phrase.En).En}
			l.reparer(func() Lieu { return l.cellule(c, items[n]) }, string(l.memoire.lire(*r)), "null", motif)
		}
		*r = nulle
	}
}

// documents looks at the extensions of the documents of a demande.
func (l *Lot) documents(d int32) {
	for c := l.plan.debut[Commande]; c < l.plan.debut[OG]; c++ {
		r := *l.ref(c, d)
		if l.plan.colonnes[c].Piece == "" || r <= nulle {
			continue
		}
		if _, ok := l.extension(r); !ok {
			var admises []string
			for e := range l.plan.pieces.formats {
				admises = append(admises, "."+e)
			}
			slices.Sort(admises)
			l.fauter(regleExtension.faute(l.cellule(c, d), abreger(string(l.memoire.lire(r))), strings.Join(admises, ", ")))
		}
	}
}

// numerote looks whether another demande has the number of this one: the check sees one file only.
func (l *Lot) numerote(numeros *index, d int32) {
	c := l.plan.numero
	if c < 0 || *l.ref(c, d) <= nulle {
		return
	}
	numero := l.litteral(c, d)
	autre, nouveau := numeros.chercher(numeros.hacher(numero), int(d), func(i int) bool { return bytes.Equal(l.litteral(c, int32(i)), numero) })
	if nouveau {
		return
	}
	la := l.cellule(c, int32(autre))
	f := regleNumero.faute(l.cellule(c, d))
	f.Message.Fr = texte(regles[regleNumero].Message, string(numero), la.In(modele.Francais)).Fr
	f.Message.En = texte(regles[regleNumero].Message, string(numero), la.In(modele.Anglais)).En
	l.fauter(f)
}
