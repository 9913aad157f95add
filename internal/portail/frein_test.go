package portail

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"guichet/internal/portail/relais"
	"guichet/internal/portail/web"
)

// One network is held back, others are not, and an hour later it may go on.
// ASVS 2.4.1.
func TestFrein(t *testing.T) {
	t.Parallel()
	maintenant := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	f := nouveauFrein(func() time.Time { return maintenant }, 2)
	de := func(adresse string) error { return f.freiner(&http.Request{RemoteAddr: adresse}) }
	for i, c := range []struct {
		adresse string
		refus   bool
	}{
		{"192.0.2.1:1", false}, {"192.0.2.1:2", false}, {"192.0.2.1:3", true}, {"192.0.2.2:1", false},
		{"[2001:db8::1]:1", false}, {"[2001:db8::2]:1", false}, {"[2001:db8::3]:1", true}, {"[2001:db8:0:1::1]:1", false},
		{"[::ffff:192.0.2.1]:9", true}, {"", false}, {"", false}, {"", true},
	} {
		var r *web.Refus
		if err := de(c.adresse); errors.As(err, &r) != c.refus || c.refus && r.Etat != http.StatusTooManyRequests {
			t.Errorf("%d, %s: %v", i, c.adresse, err)
		}
	}
	maintenant = maintenant.Add(periode)
	if err := de("192.0.2.1:1"); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

// Who has a whole /48 of IPv6 does not come again from each of its networks.
func TestFreinSite(t *testing.T) {
	t.Parallel()
	f := nouveauFrein(func() time.Time { return time.Unix(0, 0) }, 2)
	refus := 0
	for i := range 100 {
		if err := f.freiner(&http.Request{RemoteAddr: fmt.Sprintf("[2001:db8:0:%x::1]:1", i)}); err != nil {
			refus++
		}
	}
	if refus != 100-2*relais.ParSite {
		t.Errorf("%d of 100 refused, want %d", refus, 100-2*relais.ParSite)
	}
	if err := f.freiner(&http.Request{RemoteAddr: "[2001:db8:1::1]:1"}); err != nil {
		t.Errorf("another site: %v", err)
	}
}
