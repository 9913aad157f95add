package relais

import (
	"net/http"
	"net/netip"
)

// ParSite is how many times more a site may do than one of its networks: it has 65,536 of them.
const ParSite = 10

// Reseau is the network that one household has: an address of IPv4, or a /64 of IPv6.
func Reseau(a netip.Addr) netip.Prefix {
	if a = a.Unmap().WithZone(""); a.Is4() {
		return netip.PrefixFrom(a, 32)
	}
	return netip.PrefixFrom(a, 64).Masked()
}

// Site is the /48 of IPv6 that a network is in; false for IPv4.
func Site(reseau netip.Prefix) (netip.Prefix, bool) {
	return netip.PrefixFrom(reseau.Addr(), 48).Masked(), reseau.Addr().Is6()
}

// ReseauDe is the network that a request comes from; false where its address is none.
func ReseauDe(r *http.Request) (netip.Prefix, bool) { return ReseauDAdresse(r.RemoteAddr) }

// ReseauDAdresse is the network of an address with its port; false where it is none.
func ReseauDAdresse(adresse string) (netip.Prefix, bool) {
	a, err := netip.ParseAddrPort(adresse)
	if err != nil {
		return netip.Prefix{}, false
	}
	return Reseau(a.Addr()), true
}
