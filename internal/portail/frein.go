package portail

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"guichet/internal/portail/web"
)

// frein bounds how often one network does what anybody may do without an account. It forgets everything each
// periode, and when it knows too many networks: it errs on the side of letting people in.
type frein struct {
	maintenant func() time.Time
	max        int

	mu     sync.Mutex
	debut  time.Time
	compte map[netip.Prefix]int
}

const (
	periode    = time.Hour
	maxReseaux = 100_000
)

func nouveauFrein(maintenant func() time.Time, max int) *frein {
	return &frein{maintenant: maintenant, max: max, compte: map[netip.Prefix]int{}}
}

// freiner counts a request, and refuses it when its network has made too many.
func (f *frein) freiner(r *http.Request) error {
	reseaux := reseauxDe(r)
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.maintenant()
	if t.Sub(f.debut) >= periode || len(f.compte) >= maxReseaux {
		f.debut = t
		clear(f.compte)
	}
	max := f.max
	for _, reseau := range reseaux {
		if f.compte[reseau]++; f.compte[reseau] > max {
			return web.TropVite(int((periode - t.Sub(f.debut)).Seconds()) + 1)
		}
		max *= parSite
	}
	return nil
}

// parSite is how many times more a /48 of IPv6, which one site has, may do than a /64, which one household has: it has
// 65,536 of them.
const parSite = 10

// reseauxDe are the networks of who asks: an IPv4 address, or the /64 and the /48 of IPv6.
func reseauxDe(r *http.Request) []netip.Prefix {
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return []netip.Prefix{{}}
	}
	ip := a.Addr().Unmap().WithZone("")
	if ip.Is4() {
		return []netip.Prefix{netip.PrefixFrom(ip, 32)}
	}
	return []netip.Prefix{netip.PrefixFrom(ip, 64).Masked(), netip.PrefixFrom(ip, 48).Masked()}
}
