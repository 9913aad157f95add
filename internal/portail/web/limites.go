package web

import (
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/net/netutil"
)

// Limites are how long, and how many, others may make the counter wait. Nothing bounds how long a whole file
// takes: a slow line may send a large archive, as long as it goes on.
type Limites struct {
	Entete     time.Duration // for the head of a request
	Progres    time.Duration // for each pas bytes of a body; twice as long for each piece of an answer
	Repos      time.Duration // that a connection stays open between two requests
	EnRepos    int           // connections that wait for a request: over it, the one that waits longest is closed
	Connexions int           // connections in all: others wait to be let in
}

// pas is how many bytes must come in within Progres.
const pas = 64 << 10

// LimitesOrdinaires are those of a counter that people use.
func LimitesOrdinaires() Limites {
	return Limites{Entete: 10 * time.Second, Progres: 30 * time.Second, Repos: 2 * time.Minute, EnRepos: 512, Connexions: 4096}
}

// Servir makes the server of a site. Its connections come from listener, which is given back bounded.
func (l Limites) Servir(h http.Handler, listener net.Listener) (*http.Server, net.Listener) {
	a := &attente{max: l.EnRepos}
	return &http.Server{
		Handler: h, ReadHeaderTimeout: l.Entete, IdleTimeout: l.Repos, MaxHeaderBytes: 64 << 10, ConnState: a.noter,
	}, netutil.LimitListener(listener, l.Connexions)
}

// attente is the connections that wait for a request, the longest first.
type attente struct {
	max int

	mu     sync.Mutex
	toutes []net.Conn
}

// noter follows the state of a connection.
func (a *attente) noter(c net.Conn, etat http.ConnState) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if i := slices.Index(a.toutes, c); i >= 0 {
		a.toutes = slices.Delete(a.toutes, i, i+1)
	}
	if etat != http.StateNew && etat != http.StateIdle {
		return
	}
	if a.toutes = append(a.toutes, c); len(a.toutes) > a.max {
		_ = a.toutes[0].Close() // its server hears of it, and says that it is closed
		a.toutes = slices.Delete(a.toutes, 0, 1)
	}
}
