package controle

import (
	"strings"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

var (
	procheInscrit = modele.Texte{Fr: "le numéro le plus proche est {valeur}, à un caractère près : vérifiez-le", En: "the nearest number is {valeur}, one character away: check it"}
	prochesListe  = modele.Texte{Fr: "numéros les plus proches : %s", En: "nearest numbers: %s"}
	profilsEus    = modele.Texte{
		Fr: "corrigez la valeur, ou faites compléter le référencement de %s ; ses profils : %s",
		En: "mend the value, or have the référencement of %s completed; its profiles: %s",
	}
)

// proposerProches proposes the number that was meant where one only is near.
func proposerProches(proches []string) proposition {
	switch len(proches) {
	case 0:
		return proposition{}
	case 1:
		return proposition{phrase: procheInscrit, litteral: valeur.Litteral(proches[0])}
	}
	return proposition{phrase: phraser(prochesListe, strings.Join(proches, ", "))}
}

// proposerInscrit looks in the register for the number that an anomaly's was meant to be, first among those that
// go with the other numbers of the demande.
func (r *Rapport) proposerInscrit(a *anomalie) proposition {
	finess, numero := r.options.Referentiels.Finess, string(r.doc.Text(a.noeud))
	for _, c := range r.plan.coherence {
		i, ok := c.Coherence.(modele.Inscrit)
		if !ok || r.plan.listees[c.liste].champ != a.champ {
			continue
		}
		autres := r.textesDe(r.demandes[a.rangs[0]].noeud, i.Autres)
		if i.Juridique {
			return proposerProches(finess.ProchesEJ(numero, autres...))
		}
		return proposerProches(finess.ProchesET(numero, autres...))
	}
	return proposition{}
}

// textesDe lists the texts that a path leads to, through arrays, from the node n.
func (r *Rapport) textesDe(n uint32, chemin []string) (textes []string) {
	nodes := r.doc.Nodes
	switch {
	case nodes[n].Kind == jsondoc.Array:
		vus := 0
		for e := n + 1; e < nodes[n].Next && vus < maxMembres && len(textes) < maxMembres; e = nodes[e].Next {
			textes = append(textes, r.textesDe(e, chemin)...)
			vus++
		}
	case len(chemin) > 0:
		if v := enfant(r.doc, n, r.plan.vocabulary.Key(chemin[0])); v != 0 {
			return r.textesDe(v, chemin[1:])
		}
	case nodes[n].Kind == jsondoc.String:
		textes = append(textes, string(r.doc.Text(n)))
	}
	return textes
}

// proposerProfil names the profiles that the software was referenced with.
func (r *Rapport) proposerProfil() proposition {
	ans, _ := r.texteDe(0, baliseAns)
	references := r.options.references([]byte(ans))
	if references == nil {
		return proposition{}
	}
	ref, _ := references.Reference(ans)
	if len(ref.Profils) == 0 {
		return proposition{}
	}
	nom := ans
	if ref.Logiciel != "" {
		nom = strings.TrimSpace(ref.Logiciel + " " + ref.Version)
	}
	return proposition{phrase: phraser(profilsEus, abreger(nom, maxTrouve), strings.Join(ref.Profils, ", "))}
}

// detailRegistre returns what is particular to the rules that take registers.
func (r *Rapport) detailRegistre(a *anomalie, l modele.Langue) string {
	numero := string(r.doc.Text(a.noeud))
	switch a.numero {
	case regleNumeroUtilise:
		ou, _ := r.options.NumeroUtilise(numero)
		return abreger(ou, maxTrouve)
	case alerteDejaDemande:
		par, _ := r.options.ESMSDemande(numero)
		return abreger(par, maxTrouve)
	case regleNonEligible:
		return auJour(r.options.Referentiels.Eligibles.Meta(), l)
	case regleProfil:
		for _, c := range r.plan.coherence {
			if p, ok := c.Coherence.(modele.ProfilsReferences); ok && c.regle == a.numero {
				return p.Profils[a.nombre].Libelle
			}
		}
	case alerteNonInscrit:
		return auJour(r.options.Referentiels.Finess.Meta(), l)
	case alerteNonRattache:
		e, _ := r.options.Referentiels.Finess.Etablissement(numero)
		return strings.TrimSpace(e.EJ)
	}
	return ""
}
