package controle

import (
	"strconv"
	"strings"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/referentiel"
	"guichet/valeur"
)

// commandes are what a demande orders for each of its OGs, and the node of each one's FINESS juridique.
type commandes struct {
	lots []referentiel.Lot
	ogs  []uint32
}

func (c *coherence) plafond(w *parcours, r modele.Plafond) {
	bareme := w.options.Referentiels.Bareme
	montant, regime := w.listes[c.liste].noeuds, w.listes[c.autre].noeuds
	if bareme == nil || len(montant) == 0 || len(regime) == 0 || montant[0] == 0 || regime[0] == 0 {
		return
	}
	demande, connu := valeur.Centimes(w.doc.Raw(montant[0]))
	if !connu {
		return
	}
	cs, complet := w.r.compterESMS(w.porteurs[w.plan.demande().niveau], r)
	if !complet {
		return
	}
	max, couvert := bareme.Plafond(cs.lots, string(w.doc.Text(regime[0])) != r.Hors)
	switch {
	case !couvert:
		w.nonVerifie(w.options.selon(plafondNonCouvert))
	case demande > max:
		w.signalerValeurAvec(c.regle, c.liste, 0, regime[0], 0)
	}
}

// compterESMS counts the ESMS of each OG of a demande: those that are ordered and, where the list is loaded,
// eligible; and those that the OG has, where the register is loaded.
func (r *Rapport) compterESMS(demande uint32, p modele.Plafond) (cs commandes, complet bool) {
	doc, cle, ogs := r.doc, r.plan.vocabulary.Key, demande
	for _, balise := range p.OG {
		if ogs = enfant(doc, ogs, cle(balise)); ogs == 0 {
			return cs, false
		}
	}
	total := 0
	for og := ogs + 1; og < doc.Nodes[ogs].Next; og = doc.Nodes[og].Next {
		esms, juridique := enfant(doc, og, cle(p.ESMS)), enfant(doc, og, cle(p.Juridique))
		if esms == 0 || doc.Nodes[esms].Kind != jsondoc.Array {
			return cs, false
		}
		lot := r.lot(esms, juridique)
		total += lot.ESMS
		cs.lots, cs.ogs = append(cs.lots, lot), append(cs.ogs, juridique)
	}
	return cs, total > 0
}

// lot counts the ESMS of the array esms, ordered for the OG whose number is the node juridique. What the register
// says of the OG counts where it is known there, with at least as many ESMS as are ordered.
func (r *Rapport) lot(esms, juridique uint32) (lot referentiel.Lot) {
	eligibles, finess, commandes := r.options.Referentiels.Eligibles, r.options.Referentiels.Finess, 0
	for e := esms + 1; e < r.doc.Nodes[esms].Next; e = r.doc.Nodes[e].Next {
		commandes++
		if eligibles == nil || r.doc.Nodes[e].Kind == jsondoc.String && eligibles.Contient(r.doc.Text(e)) {
			lot.ESMS++
		}
	}
	if finess != nil && juridique != 0 && r.doc.Nodes[juridique].Kind == jsondoc.String {
		if n := finess.ESMS(r.doc.Text(juridique)); n >= commandes {
			lot.OG = n
		}
	}
	return lot
}

// plafond returns the ceiling of the demande that an anomaly is in, and how it comes about, in French `2 × 2920.00 / 1,2`,
// and where the number of ESMS of an OG comes from.
func (r *Rapport) plafond(a *anomalie, l modele.Langue) (cents int64, calcul string) {
	bareme := r.options.Referentiels.Bareme
	for _, c := range r.plan.coherence {
		if p, ok := c.Coherence.(modele.Plafond); ok {
			cs, _ := r.compterESMS(r.demandes[a.rangs[0]].noeud, p)
			tva := string(r.doc.Text(a.autre)) != p.Hors
			cents, _ = bareme.Plafond(cs.lots, tva)
			return cents, bareme.Calcul(cs.lots, tva, referentiel.EnEuros).In(l) + r.origine(cs, l)
		}
	}
	return 0, ""
}

// origine says where the tranche of each OG comes from: ` (tranche B : 4 ESMS de 990000018 au FINESS du
// 10/01/2024)`; nothing where the register does not tell.
func (r *Rapport) origine(cs commandes, l modele.Langue) string {
	var ogs []string
	for i, lot := range cs.lots {
		if lot.OG > 0 {
			ogs = append(ogs, modele.Texte{Fr: "tranche ", En: "tranche "}.In(l)+
				r.options.Referentiels.Bareme.CodeTranche(lot)+modele.Texte{Fr: " : ", En: ": "}.In(l)+
				strconv.Itoa(lot.OG)+modele.Texte{Fr: " ESMS de ", En: " ESMS of "}.In(l)+string(r.doc.Text(cs.ogs[i])))
		}
	}
	if ogs == nil {
		return ""
	}
	return " (" + strings.Join(ogs, ", ") + modele.Texte{Fr: " au FINESS", En: " in FINESS"}.In(l) + auJour(r.options.Referentiels.Finess.Meta(), l) + ")"
}
