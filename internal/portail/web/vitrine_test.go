package web_test

import (
	"context"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// visiteurEssai is somebody with a long name and a menu.
func visiteurEssai(context.Context) (web.Visiteur, bool) {
	return web.Visiteur{
		Nom: "Camille Exemple-Dessai", Fournisseur: "ÉDITEUR D'EXEMPLE ET ASSOCIÉS", Role: modele.Texte{Fr: "Propriétaire", En: "Owner"},
		Menu: []web.Lien{
			{Nom: modele.Texte{Fr: "Accueil", En: "Home"}, Adresse: "/"}, {Nom: modele.Texte{Fr: "Déposer", En: "Deposit"}, Adresse: "/depots"},
			{Nom: modele.Texte{Fr: "Demandes", En: "Requests"}, Adresse: "/vitrine"}, {Nom: modele.Texte{Fr: "Tableau de bord", En: "Dashboard"}, Adresse: "/tableau"},
		},
	}, true
}
