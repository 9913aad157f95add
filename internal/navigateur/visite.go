package navigateur

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Visite is a person at a browser, who goes through a site with or without its scripts.
type Visite struct {
	*Page
	T    testing.TB
	Site string
	Nom  string // begins the names of the screenshots
	Sans bool   // without script
}

// Visiter opens a site's browser for a person, on an empty page.
func (b *Browser) Visiter(t testing.TB, site, nom string, vue View, sans bool) *Visite {
	t.Helper()
	v := &Visite{T: t, Site: site, Nom: nom, Sans: sans}
	v.Ouvrir(b, vue)
	return v
}

// Ouvrir gives the person another browser, that knows nothing of what was before.
func (v *Visite) Ouvrir(b *Browser, vue View) {
	v.T.Helper()
	v.Page = b.Open(v.T, "about:blank", vue)
	v.Script(false)
}

// Script switches the page's scripts, where the person has none: checks of pages are scripts too.
func (v *Visite) Script(oui bool) {
	v.T.Helper()
	if !v.Sans {
		return
	}
	_, err := chromedp.Call(v.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !oui})
	if err != nil {
		v.T.Fatal(err)
	}
}

// Voir wants a title with these words, of a page that Examiner is pleased with.
func (v *Visite) Voir(nom, titre string) {
	v.T.Helper()
	if got := v.Lu(`document.title`); !strings.Contains(got, titre) {
		v.T.Errorf("%s: title %q, want %q", nom, got, titre)
	}
	v.Examiner(nom)
}

// Lu is the text that an expression finds in the page.
func (v *Visite) Lu(expression string) string {
	v.T.Helper()
	v.Script(true)
	defer v.Script(false)
	return Evaluate[string](v.T, v.Page, expression)
}

// Examiner checks the page that is there: accessible, and not wider than the window. GUICHET_ECRANS is where its picture goes.
func (v *Visite) Examiner(nom string) {
	v.T.Helper()
	v.Script(true)
	defer v.Script(false)
	for _, x := range v.Violations(v.T) {
		v.T.Errorf("%s: %s", nom, x)
	}
	if n := v.Overflow(v.T); n > 0 {
		v.T.Errorf("%s: %d px too wide", nom, n)
	}
	if dossier := os.Getenv("GUICHET_ECRANS"); dossier != "" {
		v.Screenshot(v.T, filepath.Join(dossier, v.Nom+"-"+nom+".png"))
	}
}

// Faire does steps.
func (v *Visite) Faire(pas ...chromedp.Action[chromedp.Void]) {
	v.T.Helper()
	if err := chromedp.Do(v.Context, pas...); err != nil {
		v.T.Fatal(err)
	}
}

// Aller opens a page of the site.
func (v *Visite) Aller(chemin string) {
	v.T.Helper()
	v.Faire(chromedp.Navigate(v.Site + chemin))
}

// Envoyer fills fields in (names and values by turns) and presses the button of their form.
func (v *Visite) Envoyer(bouton string, champs ...string) {
	v.T.Helper()
	for i := 0; i+1 < len(champs); i += 2 {
		v.Faire(chromedp.SetValue(`main [name="`+champs[i]+`"]`, champs[i+1]))
	}
	v.Suivre(v.T, bouton)
}

// Poser leaves a cookie of the site in the browser.
func (v *Visite) Poser(nom, valeur string) {
	v.T.Helper()
	_, err := chromedp.Call(v.Context, network.SetCookie, network.SetCookieParams{Name: nom, Value: valeur, URL: v.Site})
	if err != nil {
		v.T.Fatal(err)
	}
}
