package compte

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// acquis lists the roles that each access lets in.
var acquis = map[web.Acces][]Role{
	web.Lecteur:        {Lecteur, Deposant, Proprietaire},
	web.Deposant:       {Deposant, Proprietaire},
	web.Proprietaire:   {Proprietaire},
	web.Agent:          {Administrateur, Instructeur, Valideur, Comptable, Controleur},
	web.Instructeur:    {Instructeur},
	web.Valideur:       {Valideur},
	web.Administrateur: {Administrateur},
	web.Controle:       {Administrateur, Controleur},
	web.Comptes:        {Administrateur, Controleur, Comptable},
}

// Peut tells whether a person may see a page.
func (i Identite) Peut(a web.Acces) bool {
	return a <= web.Connecte || slices.ContainsFunc(acquis[a], i.Role.Comprend)
}

// Correspond tells whether a person may write to the agency, or for it: also for a supplier that is suspended, which has things to say.
func (i Identite) Correspond() bool {
	return i.Role != "" && (slices.ContainsFunc([]Role{Administrateur, Instructeur, Valideur}, i.Role.Comprend) || i.Peut(web.Deposant) || slices.Contains(acquis[web.Deposant], i.entier))
}

// avantLeFacteur are the pages that an administrator without a second factor may see.
var avantLeFacteur = []string{"/compte/second-facteur", "/compte/second-facteur/cle", "/compte/second-facteur/image", "/agir-pour", "/confirmer", "/confirmer/agence"}

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
		pour := route.Pour || route.Acces > web.Connecte || dit && !route.Soi // the page is a supplier's affair
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
			if i.Role != "" && slices.Contains(acquis[route.Acces], i.entier) {
				return &suspendu
			}
			return introuvable(ErrMembre)
		}
		s.rendue(r, route, i)
		if i.session != "" && route.Corps > 0 {
			web.Revoir(r.Context(), func(ctx context.Context) error { return s.revoir(ctx, route, i) })
		}
		return s.chezUnAutre(w, r, i, servir(w, r))
	}
}

// suspendu is the answer to who may do this again once the agency no longer suspends the supplier.
var suspendu = web.Refus{
	Etat:  http.StatusForbidden,
	Titre: modele.Texte{Fr: "Fournisseur suspendu", En: "Supplier suspended"},
	Texte: modele.Texte{
		Fr: "L'agence a suspendu ce fournisseur : rien n'est fait ni gardé. Vous suivez toujours ses demandes, et « Messages » mène à l'agence, qui dit pourquoi et peut le réactiver.",
		En: "The agency has suspended this supplier: nothing is done nor kept. You can still follow its requests, and “Messages” leads to the agency, which says why and can let it act again.",
	},
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

// chezUnAutre offers to act for another supplier to who asks for a thing of that one, where there is nothing for who acts as now.
func (s *Service) chezUnAutre(w http.ResponseWriter, r *http.Request, i Identite, err error) error {
	if i.session == "" || r.Method != http.MethodGet || !errors.Is(err, web.Introuvable) {
		return err
	}
	choix, autre := s.Choix(r.Context(), i.Compte)
	if autre != nil {
		return autre
	}
	c, autre := s.parmi(r.Context(), choix, r.URL.RequestURI())
	switch {
	case autre != nil:
		return autre
	case c == nil || c.Fournisseur == i.Fournisseur:
		return err
	}
	return web.Aller(w, r, "/agir-pour"+retour(r))
}

// parmi is the choice by which one sees the thing that an address names; nil for none.
func (s *Service) parmi(ctx context.Context, choix []Choix, adresse string) (*Choix, error) {
	if s.AQui == nil || adresse == "" {
		return nil, nil
	}
	fournisseurs, err := s.AQui(ctx, adresse)
	if err != nil {
		return nil, fmt.Errorf("look whose page that is: %w", err)
	}
	for k, c := range choix {
		if c.Fournisseur != Agence && slices.Contains(fournisseurs, c.Fournisseur) {
			return &choix[k], nil
		}
	}
	return nil, nil
}

// retour asks to come back to the page afterwards; what was sent in a form is not sent again.
func retour(r *http.Request) string {
	if r.Method != http.MethodGet || r.URL.Path == "/" {
		return ""
	}
	return "?" + url.Values{"suite": {r.URL.RequestURI()}}.Encode()
}
