package suivi

import (
	"context"

	"guichet/internal/portail/web"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/referentiel"
)

// Montants are the amounts of a demande, in cents.
type Montants struct {
	Demande int64
	Accorde int64 // 0 as long as nothing is
	Avance  int64 // what is paid first, if all is granted until it is known
	Plafond int64 // 0 where it is not known
	Calcul  modele.Texte
	Depasse bool // the amount is over the ceiling
}

// montants computes the amounts of a demande, with the ceiling where the barème is loaded and covers it (§3.1).
func (s *Service) montants(ctx context.Context, d *Demande, c *contenu) Montants {
	m := Montants{Demande: d.Montant, Accorde: d.Accorde, Avance: d.avance()}
	r := s.Referentiels(ctx)
	if c == nil || r.Bareme == nil {
		return m
	}
	for _, regle := range c.modele.Coherence {
		p, ok := regle.(modele.Plafond)
		if !ok {
			continue
		}
		lots, regime := c.lots(p, r), c.suivre(p.Regime)
		if len(lots) == 0 || regime == 0 || c.doc.Nodes[regime].Kind != jsondoc.String {
			continue
		}
		tva := string(c.doc.Text(regime)) != p.Hors
		if plafond, connu := r.Bareme.Plafond(lots, tva); connu {
			m.Plafond, m.Calcul, m.Depasse = plafond, r.Bareme.Calcul(lots, tva, web.Montant), d.Montant > plafond
		}
	}
	return m
}

// suivre follows tags from the demande, 0 where one is missing.
func (c *contenu) suivre(balises []string) (n uint32) {
	for _, b := range balises {
		v, ok := c.valeur(n, modele.Champ{Balise: b})
		if !ok {
			return 0
		}
		n = v
	}
	return n
}

// lots counts the ESMS of each OG as the check does: those that are eligible where the list is loaded, and those
// that the OG has where the register is.
func (c *contenu) lots(p modele.Plafond, r referentiel.Jeu) (lots []referentiel.Lot) {
	ogs := c.suivre(p.OG)
	if ogs == 0 {
		return nil
	}
	for _, og := range c.enfants(ogs) {
		esms, ok := c.valeur(og, modele.Champ{Balise: p.ESMS})
		if !ok {
			return nil
		}
		var lot referentiel.Lot
		commandes := c.enfants(esms)
		for _, e := range commandes {
			if c.doc.Nodes[e].Kind == jsondoc.String && (r.Eligibles == nil || r.Eligibles.Contient(c.doc.Text(e))) {
				lot.ESMS++
			}
		}
		if j, ok := c.valeur(og, modele.Champ{Balise: p.Juridique}); ok && r.Finess != nil && c.doc.Nodes[j].Kind == jsondoc.String {
			if n := r.Finess.ESMS(c.doc.Text(j)); n >= len(commandes) {
				lot.OG = n
			}
		}
		lots = append(lots, lot)
	}
	return lots
}
