package controle

import (
	"slices"

	"guichet/jsondoc"
	"guichet/modele"
)

// coherence is a modele.Coherence whose tags are found and whose rules have their numbers.
type coherence struct {
	modele.Coherence
	champ                   *champ // the tag that anomalies name
	liste, autre, troisieme int    // lists of values
	regle, regle2, regle3   numero
	si, sinon               condition
	bloc                    *objet // where the conditions are looked up
	objet                   *objet
	profils                 []profil
	registre                bool     // takes data besides the file
	chemin                  []string // of what other deposits are asked about (Rapport.Completer)
}

func (p *plan) compilerCoherence(c modele.Coherence) coherence {
	switch c := c.(type) {
	case modele.Compte:
		bloc, enTrop := p.chemin(c.Bloc).objet, regle(c.Regle)
		if c.EnTrop != "" {
			enTrop = regle(c.EnTrop)
		}
		return coherence{
			Coherence: c, champ: p.chemin(c.Tableau), objet: p.demande(), liste: p.collecte(c.Tableau, c.Balise),
			regle: regle(c.Regle), regle2: enTrop, si: bloc.condition(c.Si), sinon: bloc.condition(c.Sinon), bloc: bloc,
		}
	case modele.MemesValeurs:
		return coherence{
			Coherence: c, liste: p.collecte(c.A...), autre: p.collecte(c.B...),
			regle: regle(c.Absente), regle2: regle(c.EnTrop), regle3: regle(c.EnDouble),
		}
	case modele.SansDoublon:
		return coherence{Coherence: c, liste: p.collecte(c.Chemin...), regle: regle(c.Regle)}
	case modele.PiecesNommees:
		return coherence{
			Coherence: c, liste: p.collecte(c.Tableau, c.Nom), autre: p.collecte(c.Tableau, c.Type),
			troisieme: p.collecte(c.Numero), regle: regle(c.RegleNumero), regle2: regle(c.RegleType),
		}
	case modele.UniqueDansFichier:
		return coherence{Coherence: c, liste: p.collecte(c.Chemin...), regle: regle(c.Regle)}
	case modele.Plafond:
		return coherence{
			Coherence: c, liste: p.collecte(c.Montant...), autre: p.collecte(c.Regime...),
			champ: p.chemin(c.OG...), regle: regle(c.Regle), registre: true,
		}
	}
	return p.compilerRegistre(c)
}

// compilerRegistre compiles a rule that takes data besides the file.
func (p *plan) compilerRegistre(c modele.Coherence) coherence {
	switch c := c.(type) {
	case modele.JamaisUtilise:
		return coherence{Coherence: c, chemin: c.Chemin, regle: regle(c.Regle), registre: true}
	case modele.Eligible:
		return coherence{Coherence: c, liste: p.collecte(c.Chemin...), regle: regle(c.Regle), registre: true}
	case modele.ProfilsReferences:
		return p.compilerProfils(c)
	case modele.Inscrit:
		return coherence{Coherence: c, liste: p.collecte(c.Chemin...), regle: regle(c.Regle), registre: true}
	case modele.Rattache:
		og := append(slices.Clone(c.ESMS[:len(c.ESMS)-1]), c.Juridique)
		return coherence{Coherence: c, liste: p.collecte(c.ESMS...), autre: p.collecte(og...), regle: regle(c.Regle), registre: true}
	case modele.JamaisDemande:
		return coherence{Coherence: c, chemin: c.Chemin, regle: regle(c.Regle), registre: true}
	}
	panic("controle: rule over several values of an unknown kind")
}

// verifier checks the rule number i of the table on the demande at hand, but for those that Completer checks.
func (c *coherence) verifier(w *parcours, i int) {
	switch r := c.Coherence.(type) {
	case modele.Compte:
		c.compter(w, r)
	case modele.MemesValeurs:
		c.memesValeurs(w)
	case modele.SansDoublon:
		if len(w.listes[c.liste].noeuds) > 1 {
			w.trouves.vider(w.doc)
			c.unique(w, &w.trouves)
		}
	case modele.PiecesNommees:
		c.pieces(w)
	case modele.UniqueDansFichier:
		c.unique(w, &w.fichier[i])
	case modele.Eligible:
		c.eligible(w)
	case modele.ProfilsReferences:
		c.references(w)
	case modele.Inscrit:
		c.inscrit(w, r.Juridique)
	case modele.Rattache:
		c.rattache(w)
	case modele.Plafond:
		c.plafond(w, r)
	}
}

// signalerValeur reports that a rule is broken by value i of list l.
func (w *parcours) signalerValeur(n numero, l, i int) { w.signalerValeurAvec(n, l, i, 0, 0) }

// signalerValeurAvec reports the same, with another place and a number that the texts of the rule speak of.
func (w *parcours) signalerValeurAvec(n numero, l, i int, autre uint32, nombre int32) {
	tag, lieu := w.plan.listees[l], w.listes[l].places[i]
	rangs := w.rangs
	copy(w.rangs[1:], lieu.rangs[:])
	w.signalerAvec(n, site{
		objet: tag.objet, champ: tag.champ, porteur: lieu.porteur, noeud: w.listes[l].noeuds[i],
	}, autre, nombre)
	w.rangs = rangs
}

func (c *coherence) compter(w *parcours, r modele.Compte) {
	attendu := c.attendu(w)
	l := &w.listes[c.liste]
	n, enTrop := int32(0), -1
	for i, v := range l.noeuds {
		if v != 0 && string(w.doc.Text(v)) == r.Valeur {
			if n++; n > attendu && enTrop < 0 {
				enTrop = i
			}
		}
	}
	switch {
	case attendu < 0 || n == attendu || n < attendu && l.incomplet:
	case attendu == 0:
		w.signalerValeurAvec(c.regle2, c.liste, enTrop, 0, n)
	case n > attendu:
		w.signalerValeurAvec(c.regle, c.liste, enTrop, 0, n)
	default:
		w.manque(c, n)
	}
}

// attendu returns how many items the rule asks for, -1 when that cannot be known.
func (c *coherence) attendu(w *parcours) int32 {
	if c.si.genre != toujours && !w.recadrer(c.bloc) {
		return -1
	}
	switch {
	case w.evaluer(&c.si, c.bloc.niveau) == vrai:
		return 1
	case w.evaluer(&c.sinon, c.bloc.niveau) == vrai:
		return 0
	}
	return -1
}

// recadrer puts the tags of a block of the demande back in their frame, which blocks after it have used.
func (w *parcours) recadrer(bloc *objet) bool {
	v := w.cadres[bloc.parent.niveau][bloc.parent.rang(bloc.champ.Balise)]
	if v == 0 || w.doc.Nodes[v].Kind != jsondoc.Object {
		return false
	}
	w.cadrer(bloc, v)
	return true
}

// cadrer puts the tags of the object n in their frame.
func (w *parcours) cadrer(o *objet, n uint32) {
	cadre := &w.cadres[o.niveau]
	clear(cadre[:len(o.champs)])
	for e := n + 1; e < w.doc.Nodes[n].Next; e = w.doc.Nodes[e].Next {
		if rang := o.rangs[w.doc.Nodes[e].Key]; rang > 0 && cadre[rang-1] == 0 {
			cadre[rang-1] = e
		}
	}
}

// manque reports an array of the demande that lacks an item.
func (w *parcours) manque(c *coherence, n int32) {
	v := w.cadres[c.objet.niveau][c.objet.rang(c.champ.Balise)]
	if v == 0 || !w.doc.Nodes[v].Kind.Container() {
		return // the array itself is missing, and reported
	}
	w.signalerAvec(c.regle, site{objet: c.objet, champ: c.champ, porteur: w.porteurs[c.objet.niveau], noeud: v}, 0, n)
}

func (c *coherence) memesValeurs(w *parcours) {
	a, b := &w.listes[c.liste], &w.listes[c.autre]
	if w.pareilles(a, b) {
		return
	}
	w.trouves.vider(w.doc)
	for _, v := range b.noeuds {
		if v != 0 {
			w.trouves.ajouter(v)
		}
	}
	vus := 0
	for i, v := range a.noeuds {
		if v == 0 {
			continue
		}
		switch cellule := w.trouves.trouver(v); {
		case cellule == nil && !b.incomplet:
			w.signalerValeur(c.regle2, c.liste, i)
		case cellule == nil:
		case cellule.vu != 0:
			w.signalerValeurAvec(c.regle3, c.liste, i, cellule.vu, 0)
		default:
			cellule.vu = v
			vus++
		}
	}
	if vus == w.trouves.taille || a.incomplet {
		return
	}
	for i, v := range b.noeuds {
		if v != 0 && w.trouves.trouver(v).vu == 0 {
			w.signalerValeur(c.regle, c.autre, i)
		}
	}
}

// pareilles tells whether two lists have the same values in the same order, as programs write them. No
// value stands twice in b: repeated ones are reported and not listed.
func (w *parcours) pareilles(a, b *liste) bool {
	if len(a.noeuds) != len(b.noeuds) || a.incomplet || b.incomplet {
		return false
	}
	for i, v := range a.noeuds {
		if string(w.doc.Text(v)) != string(w.doc.Text(b.noeuds[i])) {
			return false
		}
	}
	return true
}

// unique reports the values that are in the set already, except those of the same demande when the set
// is the file's: they have a rule of their own.
func (c *coherence) unique(w *parcours, e *ensemble) {
	demande := w.r.demandes[w.demande].noeud
	for i, v := range w.listes[c.liste].noeuds {
		if v == 0 {
			continue
		}
		premiere, nouveau := e.ajouter(v)
		if !nouveau && (e == &w.trouves || premiere.noeud < demande) {
			w.signalerValeurAvec(c.regle, c.liste, i, premiere.noeud, 0)
		}
	}
}

func (c *coherence) pieces(w *parcours) {
	numero := w.listes[c.troisieme].noeuds
	types := w.listes[c.autre].noeuds
	for i, v := range w.listes[c.liste].noeuds {
		if v == 0 {
			continue
		}
		nom, _ := w.lireNomPiece(v)
		if len(numero) > 0 && numero[0] != 0 && string(nom.numero) != string(w.doc.Text(numero[0])) {
			w.signalerValeurAvec(c.regle, c.liste, i, numero[0], 0)
		}
		if t := types[i]; t != 0 && string(nom.code) != w.plan.norme.Codes[string(w.doc.Text(t))] {
			w.signalerValeurAvec(c.regle2, c.liste, i, t, 0)
		}
	}
}

// maxMembres bounds the members of an object that enfant looks at: the table has objects of some fifteen,
// and only a hostile file has more.
const maxMembres = 1000

// enfant returns the first member of the object n that has the key, 0 for none.
func enfant(doc *jsondoc.Document, n uint32, k jsondoc.Key) uint32 {
	vus := 0
	for e := n + 1; e < doc.Nodes[n].Next && vus < maxMembres; e = doc.Nodes[e].Next {
		if doc.Nodes[e].Key == k {
			return e
		}
		vus++
	}
	return 0
}
