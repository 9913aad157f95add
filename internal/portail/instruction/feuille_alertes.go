package instruction

import (
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// Regle is what a rule is about.
func (*pageFeuille) Regle(code string) modele.Texte { return titres()[code] }

// ESMSAilleurs says how many ESMS of the demande others ask for.
func (p *pageFeuille) ESMSAilleurs() string {
	r := p.Vue.Revue
	n := ecrit.Compter(int64(r.ESMSDemandeAilleurs), modele.Texte{Fr: "ESMS demandé", En: "ESMS asked for"}, modele.Texte{Fr: "ESMS demandés", En: "ESMS asked for"})
	return p.Tx(modele.Texte{Fr: n.Fr + " aussi ailleurs, sur ", En: n.En + " elsewhere, too, of "}) + p.Nombre(int64(r.ESMS))
}

// LienAutre leads to another demande: where it is worked on, or where it is followed while it lacks documents.
func (p *pageFeuille) LienAutre(a Autre) string {
	if a.Etat == etat.Incomplete || a.Etat == etat.Retiree {
		return "/demandes/" + a.NumeroASP
	}
	return adresseDossier(a.NumeroASP)
}
