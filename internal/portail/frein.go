package portail

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"guichet/internal/portail/relais"
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
		max *= relais.ParSite
	}
	return nil
}

// reseauxDe are the networks of who asks: that of a household, and for IPv6 the site around it.
func reseauxDe(r *http.Request) []netip.Prefix {
	reseau, _ := relais.ReseauDe(r)
	if site, ok := relais.Site(reseau); ok {
		return []netip.Prefix{reseau, site}
	}
	return []netip.Prefix{reseau}
}
