package controle

import (
	"strings"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/referentiel"
)

// profil is a modele.Profil made ready: the index of its tag, and the key of its label.
type profil struct {
	rang     int
	litteral string
	texte    string // the literal without its quotes, of a choice of several
	cle      string
}

func (p *plan) compilerProfils(c modele.ProfilsReferences) coherence {
	objet := p.chemin(c.Tableau).objet
	compile := coherence{Coherence: c, champ: p.chemin(c.Tableau), objet: objet, regle: regle(c.Regle), registre: true}
	for _, x := range c.Profils {
		compile.profils = append(compile.profils, profil{
			rang: objet.rang(x.Balise), litteral: x.Valeur, texte: strings.Trim(x.Valeur, `"`), cle: referentiel.Cle(x.Libelle),
		})
	}
	return compile
}

func (c *coherence) eligible(w *parcours) {
	eligibles := w.options.Referentiels.Eligibles
	if eligibles == nil {
		return
	}
	for i, v := range w.listes[c.liste].noeuds {
		if v != 0 && !eligibles.Contient(w.doc.Text(v)) {
			w.signalerValeur(c.regle, c.liste, i)
		}
	}
}

func (c *coherence) inscrit(w *parcours, juridique bool) {
	finess := w.options.Referentiels.Finess
	if finess == nil {
		return
	}
	for i, v := range w.listes[c.liste].noeuds {
		if v == 0 {
			continue
		}
		if t := w.doc.Text(v); juridique && !finess.ConnaitEJ(t) || !juridique && finess.EJ(t) == nil {
			w.signalerValeur(c.regle, c.liste, i)
		}
	}
}

// rattache compares each ESMS with the OG of the object that holds both. A number that the register does not
// know has an anomaly of its own.
func (c *coherence) rattache(w *parcours) {
	finess := w.options.Referentiels.Finess
	if finess == nil {
		return
	}
	esms, ogs, j := &w.listes[c.liste], &w.listes[c.autre], 0
	for i, v := range esms.noeuds {
		for j < len(ogs.places) && ogs.places[j].porteur < esms.places[i].porteur {
			j++
		}
		if v == 0 || j == len(ogs.places) || ogs.noeuds[j] == 0 || ogs.places[j].porteur != esms.places[i].porteur {
			continue
		}
		og := w.doc.Text(ogs.noeuds[j])
		if ej := finess.EJ(w.doc.Text(v)); ej != nil && string(ej) != string(og) && finess.ConnaitEJ(og) {
			w.signalerValeurAvec(c.regle, c.liste, i, ogs.noeuds[j], 0)
		}
	}
}

// references looks in each object of the array for values whose profile the software was not referenced with.
func (c *coherence) references(w *parcours) {
	if w.options.Referentiels.References == nil && w.options.Logiciel == nil {
		return
	}
	ans, ok := w.r.texteDe(0, baliseAns)
	tableau := enfant(w.doc, w.porteurs[w.plan.demande().niveau], c.champ.cle)
	if !ok || tableau == 0 || w.doc.Nodes[tableau].Kind != jsondoc.Array {
		return
	}
	references := w.options.references([]byte(ans))
	if references == nil {
		w.nonVerifie(phraser(w.options.selon(ansNonReference), ans))
		return
	}
	rangs, rang := w.rangs, int32(0)
	for e := tableau + 1; e < w.doc.Nodes[tableau].Next; e = w.doc.Nodes[e].Next {
		w.rangs[1] = rang
		rang++
		if w.doc.Nodes[e].Kind == jsondoc.Object {
			w.cadrer(c.objet, e)
			c.profilsDe(w, e, references, []byte(ans))
		}
	}
	w.rangs = rangs
}

// references returns the référencements that know a software, nil for none: those of the register come before
// what its depositor declared.
func (o *Options) references(ans []byte) *referentiel.References {
	for _, r := range []*referentiel.References{o.Referentiels.References, o.Logiciel} {
		if r == nil {
			continue
		}
		if connu, _ := r.Profil(ans, ""); connu {
			return r
		}
	}
	return nil
}

// profilsDe checks the values of the object n, whose tags are in their frame.
func (c *coherence) profilsDe(w *parcours, n uint32, references *referentiel.References, ans []byte) {
	for i := range c.profils {
		p := &c.profils[i]
		champ, v := &c.objet.champs[p.rang], w.cadres[c.objet.niveau][p.rang]
		if v == 0 || !w.demandeProfil(champ, v, p) || w.evaluer(&champ.nul, c.objet.niveau) == vrai {
			continue
		}
		if _, profil := references.Profil(ans, p.cle); !profil {
			w.signalerAvec(c.regle, site{objet: c.objet, champ: champ, porteur: n, noeud: v}, 0, int32(i))
		}
	}
}

// demandeProfil tells whether a value needs a profile: it has the literal, or has it among others.
func (w *parcours) demandeProfil(c *champ, v uint32, p *profil) bool {
	if c.genre != modele.ChoixMultiple {
		return string(w.doc.Raw(v)) == p.litteral
	}
	if w.doc.Nodes[v].Kind != jsondoc.String {
		return false
	}
	reste, fini := w.doc.Text(v), false
	for !fini {
		var valeur []byte
		if valeur, reste, fini = avantVirgule(reste); string(valeur) == p.texte {
			return true
		}
	}
	return false
}
