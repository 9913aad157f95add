// Package essai tests the counter's pages as people use them: a server on this machine, browsers with and
// without script, forms that are filled in as they stand on the page, and who may see what. It is imported by
// tests alone.
package essai

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

// Horloge is a clock that tests move.
type Horloge struct{ micros atomic.Int64 }

// NouvelleHorloge shows a working day at noon, until it is moved.
func NouvelleHorloge() *Horloge {
	h := &Horloge{}
	h.micros.Store(time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC).UnixMicro())
	return h
}

// Maintenant is the time that it shows.
func (h *Horloge) Maintenant() time.Time { return time.UnixMicro(h.micros.Load()).UTC() }

// Avancer moves it forward.
func (h *Horloge) Avancer(d time.Duration) { h.micros.Add(d.Microseconds()) }

// Site is a counter that answers on this machine, until the test ends.
type Site struct {
	URL   string
	porte http.RoundTripper // nil for the network
}

// Servir starts a site. faire makes its handler, once its address is known.
func Servir(t testing.TB, faire func(adresse string) http.Handler) *Site {
	t.Helper()
	s := httptest.NewUnstartedServer(nil)
	adresse := "http://" + s.Listener.Addr().String()
	s.Config.Handler = faire(adresse)
	s.Config.ReadHeaderTimeout = 10 * time.Second
	s.Start()
	t.Cleanup(s.Close)
	return &Site{URL: adresse}
}

// Direct is a site that answers at the address that it says, HTTPS too, without a network.
func Direct(adresse string, h http.Handler) *Site {
	return &Site{adresse, porte(func(r *http.Request) (*http.Response, error) {
		recu := r.Clone(r.Context())
		recu.RequestURI, recu.RemoteAddr, recu.Host = r.URL.RequestURI(), "127.0.0.1:1", r.URL.Host
		if recu.Body == nil {
			recu.Body = http.NoBody
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, recu)
		a := w.Result()
		a.Request = r
		return a, nil
	})}
}

type porte func(*http.Request) (*http.Response, error)

func (p porte) RoundTrip(r *http.Request) (*http.Response, error) { return p(r) }
