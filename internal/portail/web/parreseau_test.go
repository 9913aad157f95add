package web_test

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"testing"

	"guichet/internal/portail/web"
)

// ecoute gives connections that come from the addresses it is told.
type ecoute struct{ arrivent chan net.Conn }

func (e ecoute) Accept() (net.Conn, error) {
	c, ok := <-e.arrivent
	if !ok {
		return nil, io.EOF
	}
	return c, nil
}
func (ecoute) Close() error   { return nil }
func (ecoute) Addr() net.Addr { return &net.TCPAddr{} }

type de struct {
	net.Conn
	adresse string
	fermee  bool
}

func (d *de) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(d.adresse))
}
func (d *de) Close() error { d.fermee = true; return nil }

// One network has so many connections and no more, whatever its addresses; others come in, proxies that are trusted have no
// bound, and one that closes makes room.
func TestParReseau(t *testing.T) {
	t.Parallel()
	e := ecoute{make(chan net.Conn, 20)}
	l := web.ParReseau(e, 2, func(a netip.Addr) bool { return a == netip.MustParseAddr("10.0.0.1") })
	var toutes []*de
	for _, adresse := range []string{
		"192.0.2.1:1", "192.0.2.1:2", "192.0.2.1:3", "[::ffff:192.0.2.1]:4", "192.0.2.2:1",
		"[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1", "[2001:db8:0:1::1]:1", "10.0.0.1:1", "10.0.0.1:2", "10.0.0.1:3",
	} {
		c := &de{adresse: adresse}
		toutes = append(toutes, c)
		e.arrivent <- c
	}
	var prises []net.Conn
	for range 9 {
		c, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		prises = append(prises, c)
	}
	for i, c := range toutes {
		if refusee := i == 2 || i == 3 || i == 7; c.fermee != refusee {
			t.Errorf("%s: closed %t, want %t", c.adresse, c.fermee, refusee)
		}
	}
	for range 2 { // twice closed counts once
		if err := prises[0].Close(); err != nil {
			t.Error(err)
		}
	}
	for range 2 {
		e.arrivent <- &de{adresse: "192.0.2.1:9"}
	}
	close(e.arrivent)
	if _, err := l.Accept(); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if _, err := l.Accept(); !errors.Is(err, io.EOF) {
		t.Errorf("one too many: %v", err)
	}
}
