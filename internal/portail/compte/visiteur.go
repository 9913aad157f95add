package compte

import (
	"context"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// Visiteur says who makes a request, for the head of the page. menu gives the pages of the other features that
// this person may see; those of accounts follow them.
func Visiteur(menu func(Identite) []web.Lien) func(context.Context) (web.Visiteur, bool) {
	return func(ctx context.Context) (web.Visiteur, bool) {
		i, ok := De(ctx)
		if !ok {
			return web.Visiteur{}, false
		}
		v := web.Visiteur{Nom: i.Nom, Fournisseur: i.pour(web.Langue(ctx)), Mandataire: i.NomMandataire, Role: NomsRoles[i.Role].Nom, Agit: i.agit().String()}
		if menu != nil && i.Role != "" {
			v.Menu = menu(i)
		}
		v.Menu = append(v.Menu, i.pages()...)
		return v, true
	}
}

// pour is the name of whom the person acts for.
func (i Identite) pour(l modele.Langue) string {
	if i.Role == Administrateur {
		return nomAgence.In(l)
	}
	return i.NomFournisseur
}

// pages are the pages of accounts that the person may see.
func (i Identite) pages() (liens []web.Lien) {
	if i.Role == chef(i.Fournisseur) {
		liens = append(liens, web.Lien{Nom: titrePersonnes, Adresse: "/personnes"})
	}
	if i.Peut(web.Proprietaire) {
		liens = append(liens, web.Lien{Nom: titreMandats, Adresse: "/mandats"})
	}
	return append(liens, web.Lien{Nom: titreAgirPour, Adresse: "/agir-pour"}, web.Lien{Nom: titreCompte, Adresse: "/compte"})
}
