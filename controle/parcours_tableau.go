package controle

import (
	"guichet/jsondoc"
)

func (w *parcours) collecter(c *champ, v, porteur uint32) {
	l := &w.listes[c.liste-1]
	l.noeuds = append(l.noeuds, v)
	l.places = append(l.places, place{porteur, [...]int32{w.rangs[1], w.rangs[2], w.rangs[3]}})
	l.incomplet = l.incomplet || v == 0
}

// tableau walks an array of objects. The array of demandes is one of them.
func (w *parcours) tableau(o *objet, c *champ, v, porteur uint32) {
	nodes, demandes := w.doc.Nodes, c.Balise == w.plan.modele.Lignes && o.parent == nil
	rang := int32(0)
	w.tableaux++
	for e := v + 1; e < nodes[v].Next; e = nodes[e].Next {
		w.rangs[w.tableaux-1] = rang
		rang++
		switch {
		case demandes && rang > maxDemandes:
		case nodes[e].Kind != jsondoc.Object:
			w.signaler(regleNature, site{objet: o, champ: c, porteur: porteur, noeud: e})
			w.inconnues(c)
		case demandes:
			w.uneDemande(c.objet, e)
		default:
			w.objet(c.objet, e)
		}
	}
	w.tableaux--
	w.compter(o, c, v, porteur, rang)
}

// compter checks the number of items of an array.
func (w *parcours) compter(o *objet, c *champ, v, porteur uint32, n int32) {
	numero := regleAucune
	switch {
	case w.doc.Nodes[v].Flags&jsondoc.Truncated != 0:
		return
	case int(n) < c.Type.Min && c.entete:
	case int(n) < c.Type.Min:
		numero = regleTableauVide
	case c.Type.Max > 0 && int(n) > c.Type.Max:
		numero = regleTrop
	default:
		return
	}
	w.signalerAvec(numero, site{objet: o, champ: c, porteur: porteur, noeud: v}, 0, n)
	w.inconnues(c)
}

// valeurs walks an array of texts.
func (w *parcours) valeurs(o *objet, c *champ, v, porteur uint32) {
	nodes := w.doc.Nodes
	rang := int32(0)
	w.tableaux++
	for e := v + 1; e < nodes[v].Next; e = nodes[e].Next {
		w.rangs[w.tableaux-1] = rang
		rang++
		w.valeurDeTableau(site{objet: o, champ: c, porteur: porteur, noeud: e})
	}
	w.tableaux--
	w.compter(o, c, v, porteur, rang)
}

func (w *parcours) valeurDeTableau(s site) {
	v := s.noeud
	switch {
	case w.doc.Nodes[v].Kind.Container():
		w.signaler(regleNature, s)
		v = 0
	case w.doc.Nodes[v].Kind == jsondoc.Null:
		w.signaler(regleVide, s)
		v = 0
	case !w.texte(s):
		v = 0
	case s.champ.Type.Unique && w.repete(s):
		return
	}
	if s.champ.liste > 0 {
		w.collecter(s.champ, v, s.porteur)
	}
}

// repete reports a value that the demande already has.
func (w *parcours) repete(s site) bool {
	premiere, nouveau := w.items.ajouter(s.noeud)
	if !nouveau {
		w.signalerAvec(regleItemDouble, s, premiere.noeud, 0)
	}
	return !nouveau
}
