package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"

	"golang.org/x/net/netutil"

	"guichet/internal/portail/relais"
)

// Limites are how long, and how many, others may make the counter wait. Nothing bounds how long a whole file
// takes: a slow line may send a large archive, as long as it goes on.
type Limites struct {
	Entete     time.Duration // for the head of a request
	Progres    time.Duration // for each pas bytes of a body; twice as long for each piece of an answer
	Repos      time.Duration // that a connection stays open between two requests
	EnRepos    int           // connections that wait for a request: over it, one of the network that has most of them is closed
	Connexions int           // connections in all: others wait to be let in
}

// pas is how many bytes must come in within Progres.
const pas = 64 << 10

// LimitesOrdinaires are those of a counter that people use.
func LimitesOrdinaires() Limites {
	return Limites{Entete: 10 * time.Second, Progres: 30 * time.Second, Repos: 2 * time.Minute, EnRepos: 512, Connexions: 4096}
}

// Borner bounds the connections of a listener in all.
func (l Limites) Borner(listener net.Listener) net.Listener {
	return netutil.LimitListener(listener, l.Connexions)
}

// Servir makes the server of a site.
func (l Limites) Servir(h http.Handler) *http.Server {
	a := &attente{max: l.EnRepos}
	return &http.Server{
		Handler: h, ReadHeaderTimeout: l.Entete, IdleTimeout: l.Repos, MaxHeaderBytes: 64 << 10, ConnState: a.noter,
	}
}

// attente is the connections that wait for a request, the longest first.
type attente struct {
	max int

	mu     sync.Mutex
	toutes []enRepos
}

// enRepos is a connection that waits for a request, and the network that has it.
type enRepos struct {
	net.Conn
	reseau netip.Prefix
}

// noter follows the state of a connection.
func (a *attente) noter(c net.Conn, etat http.ConnState) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if i := slices.IndexFunc(a.toutes, func(x enRepos) bool { return x.Conn == c }); i >= 0 {
		a.toutes = slices.Delete(a.toutes, i, i+1)
	}
	if etat != http.StateNew && etat != http.StateIdle {
		return
	}
	if a.toutes = append(a.toutes, enRepos{c, reseauDuCable(c)}); len(a.toutes) > a.max {
		i := a.deTrop()
		_ = a.toutes[i].Close() // its server hears of it, and says that it is closed
		a.toutes = slices.Delete(a.toutes, i, i+1)
	}
}

// deTrop chooses which connection is closed: of the network that has most of them, the one that waits longest. Who has one
// does not lose it to a stranger who opens hundreds.
func (a *attente) deTrop() int {
	par, plus := map[netip.Prefix]int{}, 0
	for _, x := range a.toutes {
		par[x.reseau]++
		plus = max(plus, par[x.reseau])
	}
	return slices.IndexFunc(a.toutes, func(x enRepos) bool { return par[x.reseau] == plus })
}

// reseauDuCable is the network at the other end of the wire, which is known at once: whom a proxy speaks for is only known
// when it has said so, and nothing waits for that here.
func reseauDuCable(c net.Conn) netip.Prefix {
	switch dessous := c.(type) {
	case interface{ NetConn() net.Conn }: // TLS
		return reseauDuCable(dessous.NetConn())
	case interface{ Raw() net.Conn }: // the PROXY protocol
		return reseauDuCable(dessous.Raw())
	}
	reseau, _ := relais.ReseauDAdresse(c.RemoteAddr().String())
	return reseau
}
