package controle

import (
	"guichet/jsondoc"
	"guichet/modele"
)

// signaler reports that a rule is broken at a place.
func (w *parcours) signaler(n numero, s site) { w.signalerAvec(n, s, 0, 0) }

// signalerAvec reports that a rule is broken at a place, with another place and a number that its texts
// speak of.
func (w *parcours) signalerAvec(n numero, s site, autre uint32, nombre int32) {
	g := w.gravites[n]
	if s.champ != nil && s.champ.entete && g == modele.Erreur {
		n, g = regleEntete, modele.Rejet
	}
	w.garder(anomalie{site: s, numero: n, autre: autre, nombre: nombre, rangs: w.rangs}, g)
}

// garder keeps an anomaly, in the list of the file or of the demande at hand.
func (w *parcours) garder(a anomalie, g modele.Gravite) {
	r := w.r
	if g == modele.Rejet || w.demande < 0 {
		if len(r.structure) >= maxAnomalies {
			r.omises[g]++
			return
		}
		r.structure = append(r.structure, a)
		return
	}
	d := &r.demandes[w.demande]
	premiere := g == modele.Erreur && d.premiere < 0
	if len(r.anomalies) >= maxAnomalies && !premiere {
		r.omises[g]++
		return
	}
	if premiere {
		d.premiere = int32(len(r.anomalies))
	}
	r.anomalies = append(r.anomalies, a)
}

// inconnues notes that values are missing beneath a tag that is missing itself, or at fault: rules over
// several values do not conclude anything from their absence.
func (w *parcours) inconnues(c *champ) {
	if c.liste > 0 {
		w.listes[c.liste-1].incomplet = true
	}
	if c.objet == nil {
		return
	}
	for i := range c.objet.champs {
		w.inconnues(&c.objet.champs[i])
	}
}

// manquante reports a missing tag, unless reading stopped before it could come.
func (w *parcours) manquante(s site) {
	if w.doc.Nodes[s.porteur].Flags&jsondoc.Truncated == 0 {
		s.noeud = s.porteur
		w.signaler(regleManquante, s)
	}
}
