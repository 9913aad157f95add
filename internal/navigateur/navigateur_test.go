package navigateur_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"guichet/internal/navigateur"
)

const faulty = `<!DOCTYPE html><html><head><title>x</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<style>p { color: red }</style></head>
<body><div id="wide"><img src="/wide.png" width="2000" height="5"></div><script src="/fails.js"></script></body></html>`

// TestFindsFaults shows the browser a page that has each fault which the other tests hope not to find.
func TestFindsFaults(t *testing.T) {
	t.Parallel()
	browser := navigateur.Start(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte(faulty))
		case "/fails.js":
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = w.Write([]byte(`throw new Error("fails")`))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	p := browser.Open(t, server.URL+"/", navigateur.View{Width: 320, Height: 600})

	if n := p.Overflow(t); n < 1000 {
		t.Errorf("overflow %d, want that of an image of 2000 px", n)
	}
	if !slices.Contains(p.Requests(), server.URL+"/wide.png") {
		t.Errorf("requests %q lack the image", p.Requests())
	}
	violations := strings.Join(p.Violations(t), "\n")
	for _, rule := range []string{"image-alt", "html-has-lang"} {
		if !strings.Contains(violations, rule) {
			t.Errorf("no violation of %s in:\n%s", rule, violations)
		}
	}
	errors := strings.Join(p.Errors(), "\n")
	for _, fault := range []string{"Uncaught", "Content Security Policy", "404"} {
		if !strings.Contains(errors, fault) {
			t.Errorf("no %q among the errors:\n%s", fault, errors)
		}
	}
}

// TestViews reads back what the page knows of how it is looked at.
func TestViews(t *testing.T) {
	t.Parallel()
	browser := navigateur.Start(t)
	for _, test := range []struct {
		name  string
		view  navigateur.View
		query string
	}{
		{"wide", navigateur.View{}, "(width: 1280px) and (prefers-color-scheme: light)"},
		{"narrow and dark", navigateur.View{Width: 320, Dark: true}, "(width: 320px) and (prefers-color-scheme: dark)"},
		{"print", navigateur.View{Print: true}, "print"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := browser.Open(t, "about:blank", test.view)
			if !navigateur.Evaluate[bool](t, p, `matchMedia("`+test.query+`").matches`) {
				t.Errorf("%s does not match", test.query)
			}
		})
	}
}
