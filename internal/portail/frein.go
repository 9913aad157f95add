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
	reseau := reseauDe(r)
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.maintenant()
	if t.Sub(f.debut) >= periode || len(f.compte) >= maxReseaux {
		f.debut = t
		clear(f.compte)
	}
	if f.compte[reseau]++; f.compte[reseau] > f.max {
		return web.TropVite(int((periode - t.Sub(f.debut)).Seconds()) + 1)
	}
	return nil
}

// reseauDe is the network of who asks: an IPv4 address, or the 64 bits that one household has of IPv6.
func reseauDe(r *http.Request) netip.Prefix {
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Prefix{}
	}
	if ip := a.Addr().Unmap(); ip.Is4() {
		return netip.PrefixFrom(ip, 32)
	}
	p, err := a.Addr().Prefix(64)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}
