package page_test

import (
	"os"
	"path/filepath"
	"testing"

	"guichet/diag"
	"guichet/diag/internal/essai"
	"guichet/diag/page"
	"guichet/internal/navigateur"
	"guichet/modele"
)

// views are those of a phone and of a desk, by day and by night, and on paper, with the page's background.
var views = []struct {
	name, background string
	navigateur.View
}{
	{"narrow", "rgb(250, 249, 245)", navigateur.View{Width: 320, Height: 640}},
	{"wide", "rgb(250, 249, 245)", navigateur.View{Width: 1280, Height: 800}},
	{"narrow-dark", "rgb(21, 24, 27)", navigateur.View{Width: 320, Height: 640, Dark: true}},
	{"wide-dark", "rgb(21, 24, 27)", navigateur.View{Width: 1280, Height: 800, Dark: true}},
	{"print", "rgb(255, 255, 255)", navigateur.View{Width: 700, Height: 900, Print: true, Dark: true}},
}

// TestBrowser opens the page as its reader does. Screenshots go to the folder that SCREENSHOTS names.
func TestBrowser(t *testing.T) {
	t.Parallel()
	browser := navigateur.Start(t)
	accepted := &diag.Rapport{Fichiers: essai.Rapport().Fichiers[2:3]}
	accepted.Summarize()
	for name, r := range map[string]*diag.Rapport{"several": essai.Rapport(), "accepted": accepted} {
		url := "file://" + write(t, r)
		for _, view := range views {
			t.Run(name+"-"+view.name, func(t *testing.T) {
				p := browser.Open(t, url, view.View)
				if dir := os.Getenv("SCREENSHOTS"); dir != "" {
					p.Screenshot(t, filepath.Join(dir, name+"-"+view.name+".png"))
				}
				checkPage(t, p, url)
				if got := navigateur.Evaluate[string](t, p, `getComputedStyle(document.body).backgroundColor`); got != view.background {
					t.Errorf("background %s, want %s", got, view.background)
				}
			})
		}
	}
}

func checkPage(t *testing.T, p *navigateur.Page, url string) {
	t.Helper()
	if n := p.Overflow(t); n != 0 {
		t.Errorf("scrolls sideways by %d px", n)
	}
	for _, v := range p.Violations(t) {
		t.Errorf("accessibility: %s", v)
	}
	if r := p.Requests(); len(r) != 1 || r[0] != url {
		t.Errorf("requests %q, want the file alone", r)
	}
	if e := p.Errors(); len(e) != 0 {
		t.Errorf("console: %q", e)
	}
}

// TestLongListFoldsOnScreenOnly looks for the last demande of a long list, on screen and on paper.
func TestLongListFoldsOnScreenOnly(t *testing.T) {
	t.Parallel()
	browser := navigateur.Start(t)
	f, code := diag.Fichier{Fichier: "a.json", Verdict: diag.Accepte}, diag.Accepted
	for i := range 30 {
		f.Demandes = append(f.Demandes, diag.Demande{NumLigne: i + 1, CodeTraitement: &code})
	}
	r := &diag.Rapport{Fichiers: []diag.Fichier{f}}
	r.Summarize()
	url := "file://" + write(t, r)
	for _, printed := range []bool{false, true} {
		p := browser.Open(t, url, navigateur.View{Print: printed})
		if seen := navigateur.Evaluate[bool](t, p, `document.querySelector("tbody tr:last-child").checkVisibility({contentVisibilityAuto: true})`); seen != printed {
			t.Errorf("printed %t, list seen %t", printed, seen)
		}
	}
}

func write(t *testing.T, r *diag.Rapport) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "rapport.html")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := page.Write(f, r, diag.Options{Langue: modele.Francais, Regles: essai.Regles(), Outil: "1.0.0"}); err != nil {
		t.Fatal(err)
	}
	return name
}
