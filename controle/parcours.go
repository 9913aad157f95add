package controle

import (
	"errors"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/referentiel"
	"guichet/valeur"
)

// parcours is the state of one walk over a file, in the order of the table.
type parcours struct {
	plan       *plan
	doc        *jsondoc.Document
	r          *Rapport
	options    Options
	aujourdhui int  // AAAAMMJJ, 0 when not known
	registres  bool // something is known besides the file
	gravites   [nombreRegles]modele.Gravite

	cadres   [maxNiveaux][maxChamps]uint32 // by level: the node of each tag of the object at hand, 0 for none
	porteurs [maxNiveaux]uint32            // by level: the object at hand
	rangs    [maxTableaux]int32            // indexes in the arrays at hand
	tableaux int                           // arrays at hand
	demande  int                           // index of the demande at hand, -1 outside

	listes  []liste    // values that the rules over several values need
	trouves ensemble   // scratch
	items   ensemble   // values of a TableauValeurs in this demande
	fichier []ensemble // by rule: values of the demandes before
	nomLu   nomLu
	dernier dernierCode
}

// dernierCode is the last code found in a nomenclature: most orders of a file are for the same operator.
type dernierCode struct {
	champ *champ
	code  string
}

// liste is the values of one tag in the demande at hand, 0 for one that is missing or at fault.
type liste struct {
	noeuds    []uint32
	places    []place
	incomplet bool // one of them is missing or at fault
}

// place is where a listed value stands, for the anomaly that it may become part of: the object that holds
// it, and its index in each array of the demande around it.
type place struct {
	porteur uint32
	rangs   [maxTableaux - 1]int32
}

func (w *parcours) commencer(doc *jsondoc.Document, o Options) {
	w.doc, w.options, w.demande, w.tableaux = doc, o, -1, 0
	w.registres = o.Referentiels != referentiel.Jeu{} || o.Logiciel != nil
	w.nomLu = nomLu{}
	w.plan.racine.oublier()
	w.aujourdhui = jourDe(o.Aujourdhui)
	for i := range livre() {
		w.gravites[i] = livre()[i].Gravite
	}
	for i := range w.fichier {
		w.fichier[i].vider(doc)
	}
	*w.r = Rapport{
		plan: w.plan, doc: doc, options: o, limites: w.r.limites, essai: w.r.essai,
		structure: w.r.structure[:0], anomalies: w.r.anomalies[:0], demandes: w.r.demandes[:0],
		nonVerifie: w.r.nonVerifie[:0],
	}
}

func (w *parcours) illisible(err error) {
	var e *jsondoc.Error
	if !errors.As(err, &e) {
		return
	}
	numeros := map[jsondoc.Fault]numero{
		jsondoc.InvalidUTF8: regleUTF8, jsondoc.TooDeep: regleProfondeur, jsondoc.Trailing: regleSuite,
		jsondoc.TooLarge: regleTaille, jsondoc.TooMany: regleTaille,
	}
	n, special := numeros[e.Fault]
	switch {
	case e.Fault != jsondoc.TooLarge && valeur.FormeDe(w.doc.Source).Multiple() && autreNature(w.doc.Source) == inconnue:
		n = regleUTF8
	case !special || autreNature(w.doc.Source) != inconnue:
		n = regleJSON
	}
	w.garder(anomalie{numero: n, erreur: e}, modele.Rejet)
}

func (w *parcours) racine() {
	racine := w.plan.racine
	if w.doc.Nodes[0].Kind != jsondoc.Object {
		if w.doc.Nodes[0].Flags&jsondoc.Truncated == 0 {
			w.signaler(regleNature, site{objet: racine})
		}
		return
	}
	w.objet(racine, 0)
	w.entete()
}

// objet walks the tags of an object: first those of the file, then those of the table, in its order.
func (w *parcours) objet(o *objet, n uint32) {
	cadre := &w.cadres[o.niveau]
	w.porteurs[o.niveau] = n
	if !w.enOrdre(o, n, cadre) {
		w.ranger(o, n, cadre)
	}
	for i := range o.champs {
		c, v := &o.champs[i], cadre[i]
		switch {
		case v == 0 || !c.direct:
			w.champ(o, c, v, n)
		case c.acquis>>w.doc.Nodes[v].Kind&1 == 0:
			w.scalaire(site{objet: o, champ: c, porteur: n, noeud: v})
		}
	}
}

// enOrdre puts the tags of an object in their frame when they are those of the table, in its order, as
// they mostly are.
func (w *parcours) enOrdre(o *objet, n uint32, cadre *[maxChamps]uint32) bool {
	nodes, e := w.doc.Nodes, n+1
	fin := nodes[n].Next
	for i := range o.champs {
		if e >= fin || nodes[e].Key != o.champs[i].cle {
			return false
		}
		cadre[i] = e
		e = nodes[e].Next
	}
	return e == fin
}

// ranger puts the tags of an object in their frame, whatever they are, and reports those that are none
// of the table's, or given twice.
func (w *parcours) ranger(o *objet, n uint32, cadre *[maxChamps]uint32) {
	clear(cadre[:len(o.champs)])
	nodes, inconnues := w.doc.Nodes, false
	for e := n + 1; e < nodes[n].Next; e = nodes[e].Next {
		rang := o.rangs[nodes[e].Key]
		switch {
		case rang == 0:
			w.signaler(regleInconnue, site{objet: o, porteur: n, noeud: e})
			inconnues = true
		case cadre[rang-1] != 0:
			w.signalerAvec(regleDouble, site{objet: o, champ: &o.champs[rang-1], porteur: n, noeud: e}, cadre[rang-1], 0)
		default:
			cadre[rang-1] = e
			if o.toleres[nodes[e].Key] {
				w.signaler(infoBalise, site{objet: o, champ: &o.champs[rang-1], porteur: n, noeud: e})
			}
		}
	}
	if inconnues {
		w.adopter(o, n, cadre)
	}
}

// adopter takes an unknown tag for the missing one that it is but for case and separators: what it holds is
// checked at once, and the missing one is not reported besides.
func (w *parcours) adopter(o *objet, n uint32, cadre *[maxChamps]uint32) {
	nodes, vues := w.doc.Nodes, 0
	for e := n + 1; e < nodes[n].Next && vues < maxVoisines; e = nodes[e].Next {
		if o.rangs[nodes[e].Key] != 0 {
			continue
		}
		vues++
		if debut, fin := w.doc.NameRange(e); fin-debut > valeur.MaxCompare {
			continue
		}
		nom := valeur.Plat(w.doc.Name(e))
		for i := range o.champs {
			if cadre[i] == 0 && o.champs[i].plat == nom {
				cadre[i] = e
				w.r.adoptees = true
			}
		}
	}
}

// champ checks the value v of a tag, 0 when it is missing, and keeps it where other rules need it.
func (w *parcours) champ(o *objet, c *champ, v, porteur uint32) {
	s := site{objet: o, champ: c, porteur: porteur, noeud: v}
	switch {
	case v == 0:
		w.manquante(s)
		w.inconnues(c)
	case c.genre.Conteneur():
		if w.conteneur(s) {
			return
		}
		w.inconnues(c)
		v = 0
	case !w.scalaire(s):
		v = 0
	}
	if c.liste > 0 {
		w.collecter(c, v, porteur)
	}
}

// conteneur walks what a tag holds and tells whether it is of the right nature.
func (w *parcours) conteneur(s site) bool {
	o, c, v, porteur := s.objet, s.champ, s.noeud, s.porteur
	kind := w.doc.Nodes[v].Kind
	switch {
	case c.genre == modele.Objet && kind == jsondoc.Object:
		w.objet(c.objet, v)
	case c.genre == modele.TableauObjets && kind == jsondoc.Array:
		w.tableau(o, c, v, porteur)
	case c.genre == modele.TableauValeurs && kind == jsondoc.Array:
		w.valeurs(o, c, v, porteur)
	case kind == jsondoc.Null && w.evaluer(&c.nulTolere, o.niveau) == vrai:
		w.signaler(infoNul, s)
	default:
		return w.refuser(s, regleNature)
	}
	return true
}

func (w *parcours) uneDemande(o *objet, n uint32) {
	r := w.r
	w.demande = len(r.demandes)
	debut := int32(len(r.anomalies))
	r.demandes = append(r.demandes, demande{noeud: n, debut: debut, premiere: -1})
	w.items.vider(w.doc)
	for i := range w.listes {
		l := &w.listes[i]
		l.noeuds, l.places, l.incomplet = l.noeuds[:0], l.places[:0], false
	}
	w.objet(o, n)
	if w.doc.Nodes[n].Flags&jsondoc.Truncated == 0 {
		for i := range w.plan.coherence {
			if c := &w.plan.coherence[i]; w.registres || !c.registre {
				c.verifier(w, i)
			}
		}
	}
	r.demandes[w.demande].fin = int32(len(r.anomalies))
	w.demande = -1
}
