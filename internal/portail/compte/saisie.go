package compte

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"

	"guichet/internal/portail/relais"
	"guichet/modele"
)

// fautes lists what the person can mend in an error; autre is what nobody but us can.
func (s *Service) fautes(err error) (fautes []*Faute, autre error) {
	if e, ok := err.(interface{ Unwrap() []error }); ok {
		for _, x := range e.Unwrap() {
			f, a := s.fautes(x)
			fautes, autre = append(fautes, f...), errors.Join(autre, a)
		}
		return fautes, autre
	}
	var f *Faute
	var trop *TropEssais
	switch {
	case errors.As(err, &f):
		return []*Faute{f}, nil
	case errors.As(err, &trop):
		return []*Faute{s.patience(trop)}, nil
	}
	return nil, err
}

// patience says how long to wait.
func (s *Service) patience(t *TropEssais) *Faute {
	minutes := max(1, int(math.Ceil(t.Jusqua.Sub(s.Maintenant()).Minutes())))
	return &Faute{Texte: modele.Texte{
		Fr: fmt.Sprintf("Trop d'essais : recommencez dans %s. Rien n'est perdu.", pluriel(minutes, "minute", "minutes")),
		En: fmt.Sprintf("Too many tries: try again in %s. Nothing is lost.", pluriel(minutes, "minute", "minutes")),
	}}
}

func pluriel(n int, un, plusieurs string) string {
	if n < 2 {
		return fmt.Sprintf("%d\u00a0%s", n, un)
	}
	return fmt.Sprintf("%d\u00a0%s", n, plusieurs)
}

// provenance names the network that a request comes from: behind a proxy that is trusted, whoever serves has put the
// client's address in RemoteAddr.
func provenance(r *http.Request) string {
	if reseau, ok := relais.ReseauDe(r); ok {
		return reseau.String()
	}
	return r.RemoteAddr
}

// suite is the page to go to after signing in: one of this site, else none.
func suite(adresse string) string {
	u, err := url.Parse(adresse)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(adresse, "/") ||
		strings.HasPrefix(adresse, "//") || strings.ContainsAny(adresse, "\\\r\n\t") {
		return ""
	}
	return adresse
}
