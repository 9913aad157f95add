package controle

import (
	"slices"

	"guichet/jsondoc"
)

// essai checks a value by itself, with the same code as those of a file: no tag is beside it, so that no condition
// holds.
type essai struct {
	parser *jsondoc.Parser
	w      parcours
}

// passe tells whether the control would take a literal in place of the value of an anomaly, and find that anomaly no
// more: what is advised must not be refused in turn.
func (r *Rapport) passe(a *anomalie, litteral string) bool {
	if litteral == "null" || a.numero == regleDoitEtreNul {
		return litteral == "null" && a.champ.obligatoire.genre != toujours
	}
	e := r.essayer()
	doc, err := e.parser.Parse([]byte(litteral))
	if err != nil {
		return false
	}
	e.w.doc, e.w.demande, e.w.nomLu, e.w.r.structure = doc, -1, nomLu{}, e.w.r.structure[:0]
	if !e.w.scalaire(site{objet: a.objet, champ: a.champ}) || r.contreditExtension(a, litteral) {
		return false
	}
	return !slices.ContainsFunc(e.w.r.structure, func(b anomalie) bool { return b.numero == a.numero })
}

// essayer makes what checks single values, once for a report.
func (r *Rapport) essayer() *essai {
	if r.essai == nil {
		r.essai = &essai{parser: jsondoc.NewParser(r.plan.vocabulary, jsondoc.Limits{}), w: parcours{plan: r.plan, r: &Rapport{plan: r.plan}}}
	}
	return r.essai
}

// contreditExtension tells whether a format would not be that of the name beside it.
func (r *Rapport) contreditExtension(a *anomalie, litteral string) bool {
	if a.champ.extension == 0 {
		return false
	}
	v := enfant(r.doc, a.porteur, a.objet.champs[a.champ.extension-1].cle)
	if v == 0 || r.doc.Nodes[v].Kind != jsondoc.String {
		return false
	}
	nom, fautive := r.plan.norme.lire(r.doc.Text(v))
	return fautive == partieAucune && string(nom.format) != r.plan.norme.Formats[litteral[1:len(litteral)-1]]
}
