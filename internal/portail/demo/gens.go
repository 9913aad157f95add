package demo

import (
	"strings"

	"guichet/internal/portail/compte"
	"guichet/modele"
)

// ouvrir opens an account by its link, and notes it among those that are told.
func (p *recit) ouvrir(lien string, i compte.Identite) compte.Identite {
	if p.err != nil {
		return i
	}
	o := compte.Ouverture{Courriel: i.Courriel, Nom: i.Nom, MotDePasse: motDePasse()}
	id, err := p.Comptes.Ouvrir(p.ctx, lien[strings.LastIndexByte(lien, '/')+1:], o)
	if p.rater("open the account "+i.Courriel, err) {
		return i
	}
	i.Compte = id
	chez := modele.Texte{Fr: i.NomFournisseur, En: i.NomFournisseur}
	if i.Role.DeAgence() {
		chez = modele.Texte{Fr: "l'agence", En: "the agency"}
	}
	p.comptes = append(p.comptes, Compte{i.Courriel, o.MotDePasse, i.Role, chez})
	return i
}

// inviter has an owner invite somebody, who opens the account an hour later.
func (p *recit) inviter(jours int, par compte.Identite, r compte.Role, nom, courriel string) compte.Identite {
	i := compte.Identite{Nom: nom, Courriel: courriel, Role: r, Fournisseur: par.Fournisseur, NomFournisseur: par.NomFournisseur}
	if p.err != nil {
		return i
	}
	p.le(jours, 9)
	err := p.Comptes.Inviter(p.ctx, par.Compte, compte.Invitation{Fournisseur: par.Fournisseur, Role: r, Courriel: courriel, Nom: nom})
	if p.rater("invite "+courriel, err) {
		return i
	}
	p.le(jours, 10)
	return p.ouvrir(p.Scene.lien(courriel), i)
}

// mandater lets another supplier deposit for one.
func (p *recit) mandater(jours int, par compte.Identite, siret string) {
	if p.err == nil {
		p.le(jours, 11)
		p.rater("give a mandate", p.Comptes.DonnerMandat(p.ctx, par.Compte, par.Fournisseur, siret))
	}
}

// pour is somebody who acts for another supplier by mandate.
func pour(i, mandant compte.Identite) compte.Identite {
	i.Mandataire, i.NomMandataire = i.Fournisseur, i.NomFournisseur
	i.Fournisseur, i.NomFournisseur = mandant.Fournisseur, mandant.NomFournisseur
	i.Role = compte.Deposant
	return i
}
