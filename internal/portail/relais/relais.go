// Package relais finds who asks behind proxies that are trusted, so that brakes hold back the one who comes too often
// and not the proxy.
package relais

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/pires/go-proxyproto"
)

// The ways in which a proxy says whom it speaks for. One is set: a header that the proxy does not write itself is its
// client's own word.
const (
	XForwardedFor = "x-forwarded-for"
	Forwarded     = "forwarded" // RFC 7239
	PROXY         = "proxy"     // the PROXY protocol, versions 1 and 2, before the bytes of the connection
)

// Relais are the networks of the proxies that are trusted, and how they say whom they speak for. The zero value trusts
// nobody.
type Relais struct {
	Reseaux []netip.Prefix
	Entete  string
}

// Reseaux reads a list of networks and addresses between commas: "10.0.0.0/8, 192.0.2.1".
func Reseaux(texte string) (liste []netip.Prefix, err error) {
	for partie := range strings.SplitSeq(texte, ",") {
		if partie = strings.TrimSpace(partie); partie == "" {
			continue
		}
		p, err := netip.ParsePrefix(partie)
		if err != nil {
			a, e := netip.ParseAddr(partie)
			if e != nil {
				return nil, fmt.Errorf("network %q: %w", partie, err)
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		liste = append(liste, p.Masked())
	}
	return liste, nil
}

// Sien tells whether an address is that of a proxy that is trusted.
func (r Relais) Sien(a netip.Addr) bool {
	for _, p := range r.Reseaux {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// Ecouter has connections of trusted proxies begin with the PROXY protocol, where that is what is set; those of others
// are taken as they are.
func (r Relais) Ecouter(l net.Listener) net.Listener {
	if r.Entete != PROXY || len(r.Reseaux) == 0 {
		return l
	}
	return &proxyproto.Listener{Listener: l, ConnPolicy: func(o proxyproto.ConnPolicyOptions) (proxyproto.Policy, error) {
		if a, err := netip.ParseAddrPort(o.Upstream.String()); err == nil && r.Sien(a.Addr()) {
			return proxyproto.REQUIRE, nil
		}
		return proxyproto.SKIP, nil
	}}
}

// Handler puts the address of who asks in RemoteAddr, where a trusted proxy says it.
func (r Relais) Handler(h http.Handler) http.Handler {
	lire := map[string]func(http.Header) []string{XForwardedFor: lireXFF, Forwarded: lireForwarded}[r.Entete]
	if lire == nil || len(r.Reseaux) == 0 {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if a, err := netip.ParseAddrPort(q.RemoteAddr); err == nil && r.Sien(a.Addr()) {
			copie := *q
			copie.RemoteAddr = netip.AddrPortFrom(r.client(a.Addr(), lire(q.Header)), 0).String()
			q = &copie
		}
		h.ServeHTTP(w, q)
	})
}

// maxSauts is how many hops are followed.
const maxSauts = 32

// client follows the hops from the nearest: the first that is no trusted proxy is who asks. Where one is no address,
// what comes before it is anybody's word, and the last trusted proxy stands for whoever is behind.
func (r Relais) client(dernier netip.Addr, sauts []string) netip.Addr {
	for n := 0; len(sauts) > 0 && n < maxSauts && r.Sien(dernier); n++ {
		a, ok := adresse(sauts[len(sauts)-1])
		if !ok {
			return dernier
		}
		dernier, sauts = a, sauts[:len(sauts)-1]
	}
	return dernier
}

// adresse reads an address, with or without a port.
func adresse(t string) (netip.Addr, bool) {
	t = strings.Trim(strings.TrimSpace(t), `"`)
	if a, err := netip.ParseAddrPort(t); err == nil {
		return a.Addr().Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(t, "["), "]"))
	return a.Unmap().WithZone(""), err == nil
}

func lireXFF(h http.Header) []string {
	return strings.Split(strings.Join(h["X-Forwarded-For"], ","), ",")
}

// lireForwarded lists the "for" of each hop.
func lireForwarded(h http.Header) (sauts []string) {
	for saut := range strings.SplitSeq(strings.Join(h["Forwarded"], ","), ",") {
		pour := ""
		for paire := range strings.SplitSeq(saut, ";") {
			if nom, valeur, ok := strings.Cut(strings.TrimSpace(paire), "="); ok && strings.EqualFold(nom, "for") {
				pour = valeur
			}
		}
		sauts = append(sauts, pour)
	}
	return sauts
}
