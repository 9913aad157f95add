package web_test

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"testing/fstest"
	"time"

	"guichet/internal/portail/web"
	"guichet/modele"
)

var trivial = web.Gabarits(fstest.MapFS{"accueil.html": {Data: []byte(`{{define "contenu"}}<p>{{.T "Bonjour" "Hello"}}</p>{{end}}`)}})

func siteTrivial() http.Handler {
	return web.Routeur([]web.Route{{Motif: "GET /{$}", Servir: func(w http.ResponseWriter, r *http.Request) error {
		p := web.NouvellePage(r, modele.Texte{Fr: "Accueil", En: "Home"})
		return trivial.Montrer(w, r, "accueil.html", &p)
	}}}, &web.Site{Maintenant: time.Now, Log: slog.New(slog.NewJSONHandler(io.Discard, nil))})
}

// BenchmarkPage answers a page of the layout alone over the loopback, with keep-alive.
func BenchmarkPage(b *testing.B) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := &http.Server{Handler: siteTrivial(), ReadHeaderTimeout: time.Second}
	go func() { _ = s.Serve(l) }()
	b.Cleanup(func() { _ = s.Close() })
	demande := []byte("GET / HTTP/1.1\r\nHost: " + l.Addr().String() + "\r\n\r\n")
	avant := processeur(b)
	b.ResetTimer()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			b.Error(err)
			return
		}
		defer c.Close()
		lu := make([]byte, 64<<10)
		for pb.Next() {
			if _, err := c.Write(demande); err != nil {
				b.Error(err)
				return
			}
			if err := lireReponse(c, lu); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64((processeur(b)-avant).Microseconds())/float64(b.N), "cpu-µs/page") // the client's too
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// lireReponse reads one answer, which ends with the page.
func lireReponse(c io.Reader, lu []byte) error {
	for n := 0; ; {
		k, err := c.Read(lu[n:])
		if err != nil {
			return fmt.Errorf("after %d bytes: %w", n, err)
		}
		if n += k; n > 8 && string(lu[n-8:n]) == "</html>\n" {
			return nil
		}
	}
}
