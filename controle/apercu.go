package controle

import (
	"iter"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// Apercu is what a list says of a demande. What is missing or at fault is left at zero.
type Apercu struct {
	Numero     string // numeroEditeur, where it is written as the table asks
	Montant    int64  // amount without tax, in cents
	ESMS       int    // ESMS ordered
	OG         string // FINESS juridique of the first OG
	Debut, Fin int    // the demande's bytes in the file
}

// Apercu sums up demande i, by the tags that the ceiling of its table names (modele.Plafond).
func (r *Rapport) Apercu(i int) Apercu {
	n := r.demandes[i].noeud
	a := Apercu{Debut: int(r.doc.Nodes[n].Start), Fin: int(r.doc.Nodes[n].End), Numero: r.numero(n)}
	p, ok := r.plan.plafond()
	if !ok {
		return a
	}
	if m := r.descendre(n, p.Montant); m != 0 {
		a.Montant, _ = valeur.Centimes(r.doc.Raw(m))
	}
	for og := range r.organismes(n, p) {
		if a.OG == "" {
			a.OG, _ = r.texteDe(og, p.Juridique)
		}
	}
	r.ESMS(i, func([]byte) { a.ESMS++ })
	return a
}

// organismes gives the OGs of a demande, whose node is n.
func (r *Rapport) organismes(n uint32, p modele.Plafond) iter.Seq[uint32] {
	return func(voir func(uint32) bool) {
		ogs := r.descendre(n, p.OG)
		if ogs == 0 || r.doc.Nodes[ogs].Kind != jsondoc.Array {
			return
		}
		for og := ogs + 1; og < r.doc.Nodes[ogs].Next; og = r.doc.Nodes[og].Next {
			if !voir(og) {
				return
			}
		}
	}
}

// ESMS calls voir with each FINESS géographique that demande i orders, as it is written, in the order of the file.
// The bytes are the file's own: read them only.
func (r *Rapport) ESMS(i int, voir func(finess []byte)) {
	p, ok := r.plan.plafond()
	if !ok {
		return
	}
	cle := r.plan.vocabulary.Key(p.ESMS)
	for og := range r.organismes(r.demandes[i].noeud, p) {
		esms := enfant(r.doc, og, cle)
		if esms == 0 {
			continue
		}
		for e := esms + 1; e < r.doc.Nodes[esms].Next; e = r.doc.Nodes[e].Next {
			if r.doc.Nodes[e].Kind == jsondoc.String {
				voir(r.doc.Text(e))
			}
		}
	}
}

// Numero is the numeroEditeur of demande i, as its Apercu has it.
func (r *Rapport) Numero(i int) string { return r.numero(r.demandes[i].noeud) }

// numero returns a numeroEditeur that has the format of the table, else "": no other can ever be used again.
func (r *Rapport) numero(demande uint32) string {
	o := r.plan.demande()
	c := &o.champs[o.rang(baliseNumero)]
	numero, _ := r.texteDe(demande, baliseNumero)
	if len(numero) != c.exact || valeur.HorsAlphabet([]byte(numero), c.alphabet) >= 0 {
		return ""
	}
	return numero
}

func (p *plan) plafond() (modele.Plafond, bool) {
	for _, c := range p.modele.Coherence {
		if plafond, ok := c.(modele.Plafond); ok {
			return plafond, true
		}
	}
	return modele.Plafond{}, false
}

// descendre follows tags from a node, 0 where one is missing.
func (r *Rapport) descendre(n uint32, balises []string) uint32 {
	for _, b := range balises {
		if n = enfant(r.doc, n, r.plan.vocabulary.Key(b)); n == 0 {
			return 0
		}
	}
	return n
}
