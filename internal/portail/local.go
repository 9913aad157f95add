package portail

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
)

// deRelais are the headers by which a proxy tells of itself.
var deRelais = []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "True-Client-Ip", "Cf-Connecting-Ip"}

// local tells whether a request comes from this machine, of a site that this machine alone reaches. A proxy here makes
// everybody look like this machine, and need not tell of itself: a site whose own address is elsewhere is never local.
func (p *Portail) local(r *http.Request) bool {
	site, err := url.Parse(p.Adresse)
	if err != nil || !ici(site.Hostname()) || !ici(sansPort(r.Host)) || !ici(sansPort(r.RemoteAddr)) {
		return false
	}
	return !slices.ContainsFunc(deRelais, func(nom string) bool { return len(r.Header[nom]) > 0 })
}

func sansPort(adresse string) string {
	hote, _, err := net.SplitHostPort(adresse)
	if err != nil {
		return adresse
	}
	return hote
}

// ici tells whether a host is this machine.
func ici(hote string) bool {
	a, err := netip.ParseAddr(hote)
	return hote == "localhost" || err == nil && a.Unmap().IsLoopback()
}
