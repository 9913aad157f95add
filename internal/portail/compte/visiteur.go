package compte

import (
	"context"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// Visiteur says who makes a request, for the head of the page. menu gives the pages of the other features that
// this person may see: those of every day, and those about the company or the agency.
func Visiteur(menu func(Identite) (tous, chez []web.Lien)) func(context.Context) (web.Visiteur, bool) {
	return func(ctx context.Context) (web.Visiteur, bool) {
		i, ok := De(ctx)
		if !ok {
			return web.Visiteur{}, false
		}
		v := web.Visiteur{Nom: i.Nom, Fournisseur: i.pour(web.Langue(ctx)), Mandataire: i.NomMandataire, Role: i.Role.Nom(), Agit: i.agit().String(), Suspendu: i.Suspendu && i.Role != "", Touches: i.Touches && i.DeAgence(), LitSeul: i.DeAgence() && !i.Peut(web.Administrateur)}
		var chez []web.Lien
		if menu != nil && i.Role != "" {
			v.Menu, chez = menu(i)
		}
		v.Groupes = i.groupes(chez)
		return v, true
	}
}

// pour is the name of whom the person acts for.
func (i Identite) pour(l modele.Langue) string {
	if i.DeAgence() {
		return nomAgence.In(l)
	}
	return i.NomFournisseur
}

var (
	nomEntreprise     = modele.Texte{Fr: "Entreprise", En: "Company"}
	nomAdministration = modele.Texte{Fr: "Administration", En: "Administration"}
	nomMoi            = modele.Texte{Fr: "Mon compte", En: "My account"}
)

// groupes are the menus that open: what concerns the company or the agency, and the person.
func (i Identite) groupes(chez []web.Lien) (groupes []web.Groupe) {
	if i.Role.Comprend(chef(i.Fournisseur)) || i.Peut(web.Controle) {
		chez = append(chez, web.Lien{Nom: titrePersonnes, Adresse: "/personnes"})
	}
	if i.Peut(web.Proprietaire) {
		chez = append(chez, web.Lien{Nom: titreMandats, Adresse: "/mandats"})
	}
	if len(chez) > 0 {
		nom := nomEntreprise
		if i.DeAgence() {
			nom = nomAdministration
		}
		groupes = append(groupes, web.Groupe{Nom: nom, Liens: chez})
	}
	return append(groupes, web.Groupe{Nom: nomMoi, Liens: []web.Lien{
		{Nom: modele.Texte{Fr: "Profil et sécurité", En: "Profile and safety"}, Adresse: "/compte"}, {Nom: titreAgirPour, Adresse: "/agir-pour"},
	}})
}
