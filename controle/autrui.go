package controle

import (
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// Completer adds to a report what other deposits have to say: the numbers that they have used, the ESMS that they claim
// (Options.NumeroUtilise, Options.ESMSDemande; nil where that is not known). The file is not walked again. Call it once,
// for a file that was checked without them.
func (r *Rapport) Completer(numeroUtilise, esmsDemande func(string) (string, bool)) {
	r.options.NumeroUtilise, r.options.ESMSDemande = numeroUtilise, esmsDemande
	v := visite{Rapport: r}
	for i := range r.demandes {
		v.demande = i
		if n := r.demandes[i].noeud; r.doc.Nodes[n].Flags&jsondoc.Truncated == 0 {
			v.visiter(n)
		}
	}
	if len(v.trouvees) > 0 {
		r.inserer(v.trouvees)
		r.Verdict = r.conclu()
	}
}

// visite looks for the values of a file that other deposits have.
type visite struct {
	*Rapport
	demande  int
	rangs    [maxTableaux]int32
	regle    numero
	connu    func(string) (string, bool)
	dites    map[string]bool // values of the demande at hand: each is told once
	trouvees []trouvee
}

// trouvee is an anomaly of a demande, by its index.
type trouvee struct {
	anomalie
	demande int
}

// visiter applies the rules that take what others know to the demande n.
func (v *visite) visiter(n uint32) {
	v.rangs[0] = int32(v.demande)
	for i := range v.plan.coherence {
		c := &v.plan.coherence[i]
		switch c.Coherence.(type) {
		case modele.JamaisUtilise:
			v.connu = v.options.NumeroUtilise
		case modele.JamaisDemande:
			v.connu = v.options.ESMSDemande
		default:
			continue
		}
		if v.connu != nil {
			v.regle, v.dites = c.regle, nil
			v.objet(v.plan.demande(), n, c.chemin, 1)
		}
	}
}

// objet follows a path of tags from an object; tableaux counts the arrays around it.
func (v *visite) objet(o *objet, n uint32, chemin []string, tableaux int) {
	rang := o.rang(chemin[0])
	membre := v.membre(o, n, rang)
	if membre == 0 {
		return
	}
	c, nodes := &o.champs[rang], v.doc.Nodes
	if nodes[membre].Kind != jsondoc.Array {
		v.valeur(site{objet: o, champ: c, porteur: n, noeud: membre}, chemin[1:], tableaux)
		return
	}
	v.rangs[tableaux] = 0
	for e := membre + 1; e < nodes[membre].Next; e = nodes[e].Next {
		v.valeur(site{objet: o, champ: c, porteur: n, noeud: e}, chemin[1:], tableaux+1)
		v.rangs[tableaux]++
	}
	v.rangs[tableaux] = 0
}

// valeur goes on with the rest of a path, or looks at the value at its end.
func (v *visite) valeur(s site, reste []string, tableaux int) {
	switch kind := v.doc.Nodes[s.noeud].Kind; {
	case len(reste) > 0 && kind == jsondoc.Object:
		v.objet(s.champ.objet, s.noeud, reste, tableaux)
	case len(reste) == 0 && kind == jsondoc.String:
		texte := string(v.doc.Text(s.noeud))
		if _, deja := v.connu(texte); deja && !v.dites[texte] {
			if v.dites == nil {
				v.dites = map[string]bool{}
			}
			v.dites[texte] = true
			v.trouvees = append(v.trouvees, trouvee{anomalie{site: s, numero: v.regle, rangs: v.rangs}, v.demande})
		}
	}
}

// membre returns the first member of the object n that has a tag of the table, also by a tolerated name; 0 for none.
func (r *Rapport) membre(o *objet, n uint32, rang int) uint32 {
	vus := 0
	for e := n + 1; e < r.doc.Nodes[n].Next && vus < maxMembres; e = r.doc.Nodes[e].Next {
		if o.rangs[r.doc.Nodes[e].Key] == uint8(rang+1) {
			return e
		}
		vus++
	}
	return 0
}

// inserer puts anomalies, which are in the order of the demandes, behind those that each demande has.
func (r *Rapport) inserer(trouvees []trouvee) {
	toutes := make([]anomalie, 0, len(r.anomalies)+len(trouvees))
	for i := range r.demandes {
		d := &r.demandes[i]
		debut := int32(len(toutes))
		toutes = append(toutes, r.anomalies[d.debut:d.fin]...)
		if d.premiere >= 0 {
			d.premiere += debut - d.debut
		}
		for ; len(trouvees) > 0 && trouvees[0].demande == i; trouvees = trouvees[1:] {
			toutes = r.joindre(toutes, d, &trouvees[0].anomalie)
		}
		d.debut, d.fin = debut, int32(len(toutes))
	}
	r.anomalies = toutes
}

// joindre keeps one more anomaly of a demande, within the bound that the walk has.
func (r *Rapport) joindre(toutes []anomalie, d *demande, a *anomalie) []anomalie {
	g := livre()[a.numero].Gravite
	premiere := g == modele.Erreur && d.premiere < 0
	if len(toutes) >= maxAnomalies && !premiere {
		r.omises[g]++
		return toutes
	}
	if premiere {
		d.premiere = int32(len(toutes))
	}
	return append(toutes, *a)
}

// RefusUtilise is the answer to a demande whose only error is a numeroEditeur that another deposit, which ou names, used
// before: what Rapport.Traitement says after Completer, for who no longer has the Rapport.
func RefusUtilise(m *modele.Modele, numero, ou string) (code, libelle string) {
	for _, c := range m.Coherence {
		if jamais, ok := c.(modele.JamaisUtilise); ok {
			regle := &livre()[regle(jamais.Regle)]
			mots := map[string]string{
				"balise": jamais.Chemin[len(jamais.Chemin)-1], "trouve": abreger(valeur.Litteral(numero), maxTrouve), "detail": abreger(ou, maxTrouve),
			}
			message := remplir(regle.Message.In(modele.Francais), func(nom string) string { return mots[nom] })
			return regle.Code, abreger(diag.Neutralize(message), maxLibelle)
		}
	}
	return "", ""
}
