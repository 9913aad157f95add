package compte

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/web"
)

// gardee is a form that could not be taken: the session had ended, or was another's. It waits, sealed, in the page that
// asks to sign in and then in the session, and comes back with its page: to the same person alone, without what was
// secret in it.
type gardee struct {
	Agit     agit
	Page     string // that has the form
	Champs   url.Values
	Fichiers bool
	Fin      int64 // until when it may come back
}

const (
	cleGardee    = "gardee" // in a session
	dureeGardee  = dureeTotale
	proprietaire = "compte.gardee" // of the seal
	maxGardeeLue = 900 << 10       // bytes of a sealed one that a page brings back
)

// lireGardee reads what was typed into the form that a request posts.
func lireGardee(r *http.Request, route web.Route, a agit) gardee {
	x := web.LireSaisie(r)
	return gardee{Agit: a, Page: route.Formulaire(r), Champs: x.Champs, Fichiers: x.Fichiers}
}

func (s *Service) sceller(g gardee) (string, error) {
	g.Fin = db.Instant(s.Maintenant().Add(dureeGardee))
	octets, err := json.Marshal(g)
	if err != nil {
		return "", fmt.Errorf("keep what was typed: %w", err)
	}
	return s.Coffre.Sceller(proprietaire, string(octets)), nil
}

// ouvrirGardee opens one of this person's that has not run out; what is none is none.
func (s *Service) ouvrirGardee(texte string, compte int64) (g gardee, ok bool) {
	if texte == "" || len(texte) > maxGardeeLue {
		return g, false
	}
	clair, err := s.Coffre.Ouvrir(proprietaire, texte)
	if err != nil || clair == texte || json.Unmarshal([]byte(clair), &g) != nil {
		return gardee{}, false
	}
	return g, g.Agit.Compte == compte && s.Maintenant().Before(time.UnixMicro(g.Fin))
}

// garder keeps a form in the session.
func (s *Service) garder(ctx context.Context, g gardee) error {
	texte, err := s.sceller(g)
	if err == nil {
		s.sessions.Put(ctx, cleGardee, texte)
	}
	return err
}

// enSession is the form that waits in the session of a person.
func (s *Service) enSession(ctx context.Context, compte int64) (gardee, bool) {
	return s.ouvrirGardee(s.sessions.GetString(ctx, cleGardee), compte)
}

// Reprise gives back what a person had typed into the form of a page, when it waits.
func (s *Service) Reprise(r *http.Request) (x web.Reprise, ok bool) {
	i, connecte := De(r.Context())
	if !connecte || i.session == "" {
		return x, false
	}
	g, ok := s.enSession(r.Context(), i.Compte)
	if !ok || g.Page != r.URL.Path || g.Agit != i.agit() {
		return x, false
	}
	return web.Reprise{Champs: g.Champs, Fichiers: g.Fichiers}, true
}

// retrouver leads who has signed in to the page of the form that waits, acting for whom it was shown, if that may
// still be; to suite when none waits.
func (s *Service) retrouver(ctx context.Context, compte int64, suite string) (string, error) {
	g, ok := s.enSession(ctx, compte)
	if !ok {
		return suite, nil
	}
	i, _, err := s.identifier(ctx, compte, g.Agit.Pour, g.Agit.Par)
	if err == nil && (i.Role != "" || i.FacteurDu) {
		s.agirPour(ctx, Choix{Fournisseur: g.Agit.Pour, Mandataire: g.Agit.Par})
	}
	return g.Page, err
}

// suivre has the form that waits follow its person, who goes on to its page for another.
func (s *Service) suivre(ctx context.Context, compte, pour, par int64, suite string) error {
	g, ok := s.enSession(ctx, compte)
	if !ok || g.Page != suite {
		return nil
	}
	g.Agit = agit{compte, pour, par}
	return s.garder(ctx, g)
}

// rendue forgets the form that waits once it is sent.
func (s *Service) rendue(r *http.Request, route web.Route, i Identite) {
	if i.session == "" || r.Method == http.MethodGet || r.Method == http.MethodHead {
		return
	}
	if g, ok := s.enSession(r.Context(), i.Compte); ok && g.Page == route.Formulaire(r) {
		s.sessions.Remove(r.Context(), cleGardee)
	}
}

// effacer forgets it because the person wants so.
func (s *Service) effacer(w http.ResponseWriter, r *http.Request) error {
	s.sessions.Remove(r.Context(), cleGardee)
	return web.Aller(w, r, ou(suite(r.PostFormValue("suite")), "/"))
}
