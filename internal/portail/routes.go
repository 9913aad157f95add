package portail

import (
	"slices"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// routes lists all ways in.
func (p *Portail) routes() []web.Route {
	return slices.Concat(
		[]web.Route{
			{Motif: "GET /{$}", Acces: web.Public, Servir: p.accueil},
			{Motif: "GET /healthz", Acces: web.Public, Servir: p.sante},
			{Motif: "GET /metrics", Acces: web.Public, Servir: p.mesures},
		},
		p.comptes.Routes(),
	)
}

// menu lists the pages that a person sees at the head of each page, by role.
func menu(i compte.Identite) []web.Lien {
	return []web.Lien{{Nom: modele.Texte{Fr: "Accueil", En: "Home"}, Adresse: "/"}}
}
