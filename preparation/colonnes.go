package preparation

import (
	"slices"

	"guichet/modele"
	"guichet/valeur"
)

// colonnes looks for what no sheet has, and for what nobody asked for.
func (g *groupeur) colonnes() {
	lues := slices.DeleteFunc(slices.Clone(g.feuilles), func(f feuilleLue) bool { return f.ligne == 0 })
	if len(lues) == 0 {
		g.manquent(g.options.Mapping.references(), g.feuilles)
		return
	}
	g.sansIdentite(lues)
	if g.demandes.n == 0 && len(g.Fautes) == 0 {
		g.fauter(regleVide.faute(Lieu{Fichier: lues[0].fichier, Feuille: lues[0].nom, Ligne: lues[0].ligne}))
	}
	g.doubler(lues)
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

// sansIdentite reports the columns without which no row belongs to anything, sheet by sheet; at the mapping, where it
// says nothing of them.
func (g *groupeur) sansIdentite(lues []feuilleLue) {
	m := &g.options.Mapping
	for _, n := range []Niveau{OG, ESMS} {
		i := g.plan.identite[n]
		nom := g.plan.colonnes[i].Nom
		_, dite := m.Balises[nom]
		switch {
		case dite: // what is not found of a mapping is told
		case !m.parDefaut():
			f := regleColonne.faute(Lieu{Fichier: m.Nom})
			f.Message = texte(modele.Texte{Fr: "la correspondance ne dit pas d'où vient %s : sans elle, aucune ligne n'est rattachée", En: "the mapping does not say where %s comes from: without it no row belongs to anything"}, nom)
			f.Aide = texte(modele.Texte{Fr: "ajoutez, sous « balises », la ligne %s: {colonne: \"titre de la colonne\"}", En: "add, under “balises”, the line %s: {colonne: \"heading of the column\"}"}, nom)
			g.fauter(f)
		default:
			for _, f := range lues {
				if f.sources[i].absente() {
					lieu := Lieu{Fichier: f.fichier, Feuille: f.nom, Ligne: f.ligne}
					g.fauter(regleColonne.fauteProche(lieu, nom, valeur.Proche(nom, titresDe([]feuilleLue{f}))))
				}
			}
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
		titres = append(titres, f.titres...)
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
