package compte

import (
	"net/http"
	"net/url"
	"slices"

	"guichet/internal/portail/web"
)

// acquis lists the roles that each access lets in.
var acquis = map[web.Acces][]Role{
	web.Lecteur:        {Lecteur, Deposant, Proprietaire},
	web.Deposant:       {Deposant, Proprietaire},
	web.Proprietaire:   {Proprietaire},
	web.Administrateur: {Administrateur},
}

// Peut tells whether a person may see a page.
func (i Identite) Peut(a web.Acces) bool {
	return a <= web.Connecte || slices.Contains(acquis[a], i.Role)
}

// avantLeFacteur are the pages that an administrator without a second factor may see.
var avantLeFacteur = []string{"/compte/second-facteur", "/compte/second-facteur/image", "/agir-pour", "/confirmer"}

// Proteger lets only those see a page who may. Whoever has not signed in is led to do so, and back; whoever may
// not see the page is told that there is none.
func (s *Service) Proteger(route web.Route) web.Handler {
	servir := route.Servir
	if route.Confirme {
		servir = s.confirmer(route)
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		i, connecte := De(r.Context())
		a, dit := lireAgit(r)
		pour := route.Acces > web.Connecte || dit && !route.Soi // the page is a supplier's affair
		switch {
		case route.Acces == web.Public:
		case !connecte && a.Compte > 0, connecte && dit && a.Compte != i.Compte:
			return s.demanderConnexion(w, r, route, a)
		case !connecte:
			return web.Aller(w, r, "/connexion"+retour(r))
		case i.FacteurDu && !slices.Contains(avantLeFacteur, r.URL.Path):
			return web.Aller(w, r, "/compte/second-facteur")
		case pour && i.Role == "":
			return s.demanderChoix(w, r, route, i)
		case dit && i.autre(a, route):
			return s.demanderPour(w, r, route, i, a)
		case !i.Peut(route.Acces):
			web.Tracer(r.Context(), web.Trace{Genre: "acces.refuse", Objet: route.Motif})
			return introuvable(ErrMembre)
		}
		s.rendue(r, route, i)
		return servir(w, r)
	}
}

// demanderChoix asks for whom a person acts, who does not say or may no longer: what was typed is kept meanwhile.
func (s *Service) demanderChoix(w http.ResponseWriter, r *http.Request, route web.Route, i Identite) error {
	apres := retour(r)
	if a, dit := lireAgit(r); dit && i.session != "" {
		g := lireGardee(r, route, a)
		if err := s.garder(r.Context(), g); err != nil {
			return err
		}
		apres = "?" + url.Values{"suite": {g.Page}}.Encode()
	}
	if i.MandatFini {
		return web.AllerAvertir(w, r, "/agir-pour"+apres, SansMandat)
	}
	return web.Aller(w, r, "/agir-pour"+apres)
}

// retour asks to come back to the page afterwards; what was sent in a form is not sent again.
func retour(r *http.Request) string {
	if r.Method != http.MethodGet || r.URL.Path == "/" {
		return ""
	}
	return "?" + url.Values{"suite": {r.URL.RequestURI()}}.Encode()
}
