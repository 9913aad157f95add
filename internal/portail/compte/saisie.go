package compte

import (
	"errors"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

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

// provenance is the network that a request comes from: an address, or for IPv6 the /64 that one household has.
// Behind a proxy that is trusted, whoever serves has put the client's address in RemoteAddr.
func provenance(r *http.Request) string {
	hote, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		hote = r.RemoteAddr
	}
	a, err := netip.ParseAddr(hote)
	if err != nil || a.Unmap().Is4() {
		return hote
	}
	if p, err := a.WithZone("").Prefix(64); err == nil {
		return p.String()
	}
	return hote
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
