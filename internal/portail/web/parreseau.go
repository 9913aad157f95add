package web

import (
	"net"
	"net/netip"
	"sync"

	"guichet/internal/portail/relais"
)

// ParReseau bounds the connections that one network has open: whoever holds thousands leaves room for others. A
// connection over the bound is closed at once. sansBorne, which may be nil, names those that speak for many: proxies that
// are trusted.
func ParReseau(l net.Listener, max int, sansBorne func(netip.Addr) bool) net.Listener {
	return &parReseau{Listener: l, max: max, sansBorne: sansBorne, ouvertes: map[netip.Prefix]int{}}
}

type parReseau struct {
	net.Listener
	max       int
	sansBorne func(netip.Addr) bool

	mu       sync.Mutex
	ouvertes map[netip.Prefix]int // only networks that have one
}

// Accept waits for a connection of a network that may have one more.
func (p *parReseau) Accept() (net.Conn, error) {
	for {
		c, err := p.Listener.Accept()
		if err != nil {
			return nil, err
		}
		reseau, bornee := p.reseau(c)
		switch {
		case !bornee:
			return c, nil
		case p.entrer(reseau):
			return &comptee{Conn: c, sortir: sync.OnceFunc(func() { p.sortir(reseau) })}, nil
		}
		_ = c.Close()
	}
}

// reseau is the network of a connection; false for one that has no bound.
func (p *parReseau) reseau(c net.Conn) (reseau netip.Prefix, bornee bool) {
	a, err := netip.ParseAddrPort(c.RemoteAddr().String())
	if err != nil || p.sansBorne != nil && p.sansBorne(a.Addr()) {
		return netip.Prefix{}, false
	}
	return relais.Reseau(a.Addr()), true
}

func (p *parReseau) entrer(reseau netip.Prefix) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ouvertes[reseau] >= p.max {
		return false
	}
	p.ouvertes[reseau]++
	return true
}

func (p *parReseau) sortir(reseau netip.Prefix) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ouvertes[reseau]--; p.ouvertes[reseau] == 0 {
		delete(p.ouvertes, reseau)
	}
}

// comptee is a connection that is counted until it closes.
type comptee struct {
	net.Conn
	sortir func()
}

// Close closes it, and lets its network have another.
func (c *comptee) Close() error {
	defer c.sortir()
	return c.Conn.Close()
}
