package compte_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
)

// BenchmarkIdentifier measures what accounts cost each request: without a cookie, and with a session.
func BenchmarkIdentifier(b *testing.B) {
	m := essai.Nouveau(b, dbessai.SQLite(b))
	c := m.Connecte(b, m.Serveur(b).URL, m.Deposant)
	h := m.Identifier(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for nom, biscuits := range map[string][]*http.Cookie{"nobody": nil, "session": c.Cookies(b)} {
		b.Run(nom, func(b *testing.B) {
			r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/", nil)
			for _, k := range biscuits {
				r.AddCookie(k)
			}
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					h.ServeHTTP(httptest.NewRecorder(), r)
				}
			})
		})
	}
}
