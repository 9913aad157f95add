package compte

import (
	"context"
	"net/http"
	"strings"

	"github.com/alexedwards/scs/v2"

	"guichet/internal/portail/web"
)

// nouvellesSessions sets the sessions up. The cookie ends with the browser; behind TLS its name binds it to
// this very host.
func (s *Service) nouvellesSessions() *scs.SessionManager {
	m := scs.New()
	m.Store = magasin{s}
	m.HashTokenInStore = true
	m.Lifetime = dureeTotale
	m.ErrorFunc = func(_ http.ResponseWriter, _ *http.Request, err error) { web.Abandonner(err) }
	m.Cookie.Persist = false
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Name = web.NomCookie(s.Adresse, "guichet")
	m.Cookie.Secure = strings.HasPrefix(s.Adresse, "https://")
	return m
}

// entrer begins a session for an account whose password was right; with attente, the second factor is still to
// come. The session has a new key: one that was planted beforehand is worth nothing.
func (s *Service) entrer(ctx context.Context, e Entree) error {
	var choix []Choix
	if !e.SecondFacteur { // read before anything of the session is changed: who cannot be let in wholly is not let in
		var err error
		if choix, err = s.Choix(ctx, e.Compte); err != nil {
			return err
		}
	}
	attend := s.sessions.GetString(ctx, cleGardee) // whose it is, is looked at when it is read
	if err := s.sessions.Clear(ctx); err != nil {
		return err
	}
	if attend != "" {
		s.sessions.Put(ctx, cleGardee, attend)
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, cleCompte, e.Compte)
	if e.Federe != "" {
		s.sessions.Put(ctx, cleFedere, e.Federe)
		s.sessions.Put(ctx, cleSessionLa, e.SessionLa)
	}
	if e.SecondFacteur {
		s.sessions.Put(ctx, cleAttente, true)
		return nil
	}
	if e.Federe == "" {
		s.sessions.Put(ctx, cleConfirme, s.Maintenant().UnixMicro()) // who signs in has given both
	}
	if len(choix) == 1 {
		s.agirPour(ctx, choix[0])
	}
	return nil
}

// agirPour notes for whom the session's person acts.
func (s *Service) agirPour(ctx context.Context, c Choix) {
	s.sessions.Put(ctx, clePour, c.Fournisseur)
	s.sessions.Put(ctx, clePar, c.Mandataire)
}

// federe is how the identity provider was believed that let in the person of a session, "" for who gave the password.
func (s *Service) federe(ctx context.Context) string {
	if _, ok := ctx.Value(clePassage{}).(*passage); !ok {
		return "" // no session is there
	}
	return s.sessions.GetString(ctx, cleFedere)
}

// enAttente returns the account whose second factor is awaited, 0 when none is.
func (s *Service) enAttente(ctx context.Context) int64 {
	if !s.sessions.GetBool(ctx, cleAttente) {
		return 0
	}
	return s.sessions.GetInt64(ctx, cleCompte)
}

// Identifier finds out who makes each request, for De. Without a cookie it asks the database nothing.
func (s *Service) Identifier(suite http.Handler) http.Handler {
	avec := s.sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, err := s.reconnaitre(r.Context())
		if err != nil {
			web.Abandonner(err)
		}
		suite.ServeHTTP(w, r.WithContext(ctx))
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := &passage{agent: r.UserAgent()}
		avec.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), clePassage{}, p)))
	})
}

// reconnaitre puts the identity of the session in the context.
func (s *Service) reconnaitre(ctx context.Context) (context.Context, error) {
	p := ctx.Value(clePassage{}).(*passage)
	compte := s.sessions.GetInt64(ctx, cleCompte)
	if p.cle == "" || compte == 0 || s.enAttente(ctx) > 0 {
		return ctx, nil
	}
	pour := int64(-1) // nobody
	if s.sessions.Exists(ctx, clePour) {
		pour = s.sessions.GetInt64(ctx, clePour)
	}
	i, ok, err := s.identifier(ctx, compte, pour, s.sessions.GetInt64(ctx, clePar))
	if err != nil || !ok {
		return ctx, err
	}
	i.session = p.cle
	return Avec(ctx, i), s.marquer(ctx, p)
}
