package compte

import (
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"guichet/internal/portail/web"
)

//go:embed *.html
var fichiers embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiers, "parties.html") })

// formulaire is a page that has a form to be shown again.
type formulaire interface {
	web.UnePage
	Lire(r *http.Request) error
	Refuser(champ, fr, en string)
}

// refuser shows a page again with what was typed and what is to be mended.
func (s *Service) refuser(w http.ResponseWriter, r *http.Request, nom string, p formulaire, err error) error {
	fautes, autre := s.fautes(err)
	if autre != nil {
		return autre
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	for _, f := range fautes {
		p.Refuser(f.Champ, f.Fr, f.En)
	}
	return gabarits().MontrerEtat(w, r, etatDe(err), nom, p)
}

// etatDe is the status of a page that is shown again.
func etatDe(err error) int {
	var trop *TropEssais
	if errors.As(err, &trop) {
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

// lu reads the form before anything is done: what is no form does nothing.
func lu(suite web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		var f web.Formulaire
		if err := f.Lire(r); err != nil {
			return err
		}
		return suite(w, r)
	}
}

func ou(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// introuvable has what is not there answered as such; that it could not be looked for is another matter.
func introuvable(err error) error {
	for _, absent := range []error{ErrMembre, ErrMandat, ErrCleAbsente, ErrInvitation, sql.ErrNoRows} {
		if errors.Is(err, absent) {
			return fmt.Errorf("%w: %w", web.Introuvable, err)
		}
	}
	return err
}
