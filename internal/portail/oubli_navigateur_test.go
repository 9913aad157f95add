package portail

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
)

// The browser asks before a text that was typed is lost: by a link, or by another form than its own. It asks nothing of a text that is sent, and a
// button that is pressed twice at once sends it once.
func TestTypedTextIsNotLeftBehind(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	site, _, comptes := exposer(t)
	v := navigateur.Start(t).Visiter(t, site.URL, "oubli", navigateur.View{Width: 1280, Height: 900}, false)
	v.Aller("/connexion?lang=fr")
	entrer(t, v.Page, compteDe(comptes, "instruction@"))
	v.Aller("/travail")
	v.Suivre(t, `form[action^="/suivante"] button`)
	const note, noter, fiche = `[name="note"]`, `form[action*="/note"] button`, `form[action*="/fiche"] button:not([name])`
	demande := func(quoi string, fois int) {
		t.Helper()
		if lu := v.Dialogs(); len(lu) != fois || slices.ContainsFunc(lu, func(d string) bool { return d != "beforeunload" }) {
			t.Errorf("%s: the browser has asked %q, want %d times", quoi, lu, fois)
		}
	}
	v.Suivre(t, fiche)
	demande("nothing typed", 0)
	v.Suivre(t, noter, chromedp.SendKeys(note, "Vu page 2"))
	demande("what is sent", 0)
	v.Suivre(t, fiche, chromedp.SendKeys(note, "Vu page 3"))
	demande("another form", 1)
	adresse := v.Lu(`location.pathname`)
	v.Suivre(t, `main a[href^="/messages/nouveau"]`, chromedp.Click(note), chromedp.SendKeys(note, "Vu page 4"))
	demande("a link", 2)
	v.Aller(adresse)
	if lu := v.Lu(`document.querySelector(".notes").innerText`); !strings.Contains(lu, "Vu page 2") || strings.Contains(lu, "Vu page 3") {
		t.Errorf("the notes:\n%s", lu)
	}
	const deuxFois = `(() => {
		const form = document.querySelector('form[action*="/note"]');
		let n = 0;
		addEventListener("submit", (e) => { n += e.defaultPrevented ? 0 : 1; e.preventDefault(); });
		form.requestSubmit();
		form.requestSubmit();
		return String(n);
	})()`
	if n := v.Lu(deuxFois); n != "1" {
		t.Errorf("pressed twice, sent %s times", n)
	}
}
