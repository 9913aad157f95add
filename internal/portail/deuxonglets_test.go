package portail

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
)

// onglets is a browser in which somebody works, with or without script.
type onglets struct {
	t    *testing.T
	nom  string
	sans bool
	site string
}

func (o *onglets) ouvrir(b *navigateur.Browser, chemin string) *navigateur.Page {
	o.t.Helper()
	p := b.Open(o.t, o.site+chemin, navigateur.View{Width: 360, Height: 800})
	o.script(p, false)
	return p
}

func (o *onglets) script(p *navigateur.Page, oui bool) {
	o.t.Helper()
	if !o.sans {
		return
	}
	_, err := chromedp.Call(p.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !oui})
	if err != nil {
		o.t.Fatal(err)
	}
}

// voir wants a text on the page, what was typed in its fields included, and a page that is accessible and narrow enough.
func (o *onglets) voir(p *navigateur.Page, nom string, textes ...string) {
	o.t.Helper()
	o.script(p, true)
	defer o.script(p, false)
	lu := navigateur.Evaluate[string](o.t, p, `document.body.innerText + " " + [...document.querySelectorAll("main input, main textarea")].map(c => c.value).join(" ")`)
	for _, texte := range textes {
		if !strings.Contains(lu, texte) {
			o.t.Errorf("%s: no %q in %.800s", nom, texte, lu)
		}
	}
	for _, x := range p.Violations(o.t) {
		o.t.Errorf("%s: %s", nom, x)
	}
	if n := p.Overflow(o.t); n > 0 {
		o.t.Errorf("%s: %d px too wide", nom, n)
	}
	if dossier := os.Getenv("GUICHET_ECRANS"); dossier != "" {
		p.Screenshot(o.t, filepath.Join(dossier, "onglets-"+o.nom+"-"+nom+".png"))
	}
}

func (o *onglets) aller(p *navigateur.Page, chemin string) {
	o.t.Helper()
	if err := chromedp.Do(p.Context, chromedp.Navigate(o.site+chemin)); err != nil {
		o.t.Fatal(err)
	}
}

// partager gives a tab the cookies of another: here each tab has its own.
func (o *onglets) partager(de, a *navigateur.Page) {
	o.t.Helper()
	lus, err := chromedp.Call(de.Context, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, c := range lus.Cookies {
		_, err := chromedp.Call(a.Context, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: o.site})
		if err != nil {
			o.t.Fatal(err)
		}
	}
}

// Somebody who acts by mandate for another supplier works in two tabs, changes the language, and is signed out, with and
// without script: no message goes in the wrong name, none is lost.
func TestTwoTabsInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	site, _, comptes := exposer(t)
	qui := compteDe(comptes, "proprietaire@distributeur")
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		t.Run(nom, func(t *testing.T) {
			o := &onglets{t: t, nom: nom, sans: sans, site: site.URL}
			b := navigateur.Start(t)
			un := o.ouvrir(b, "/connexion?lang=fr")
			entrer(t, un, qui)
			o.aller(un, "/agir-pour")
			un.Suivre(t, `main form button`, chromedp.Click(`#pour-`+parMandat(t, o, un)))
			o.aller(un, "/messages/nouveau")
			o.voir(un, "par-mandat", "agit pour")
			saisir := []chromedp.Action[chromedp.Void]{chromedp.SetValue(`main [name="sujet"]`, "Délai de paiement"), chromedp.SetValue(`main [name="texte"]`, "Bonjour, quel est le délai ?")}
			un.Suivre(t, `.pied [lang]`, saisir...)
			o.voir(un, "autre-langue", "New message", "Délai de paiement", "quel est le délai ?")
			un.Suivre(t, `.pied [lang]`)
			deux := o.ouvrir(b, "/statique/style.css")
			o.partager(un, deux)
			o.aller(deux, "/agir-pour")
			deux.Suivre(t, `main form button`, chromedp.Click(`input[name="pour"]:not(:checked)`))
			o.voir(deux, "accueil-de-soi", "DISTRIBUTEUR")
			un.Suivre(t, `main form button`)
			o.voir(un, "ailleurs", "Rien n'a été envoyé", "Reprendre pour")
			un.Suivre(t, `main form button`)
			o.voir(un, "reprise", "agit pour", "Voici ce que vous aviez saisi", "Délai de paiement", "quel est le délai ?")

			if err := chromedp.Do(deux.Context, chromedp.Navigate(o.site+"/accueil")); err != nil {
				t.Fatal(err)
			}
			deux.Suivre(t, `.visiteur button`)
			un.Suivre(t, `main form[enctype] button`)
			o.voir(un, "session-finie", "Votre session est terminée")
			entrer(t, un, qui)
			o.voir(un, "retrouvee", "agit pour", "Voici ce que vous aviez saisi", "Délai de paiement", "quel est le délai ?")
			un.Suivre(t, `main form[enctype] button`)
			o.voir(un, "envoye", "Le message est envoyé", "quel est le délai ?")
		})
	}
}

// parMandat is the id of the choice to act by mandate.
func parMandat(t *testing.T, o *onglets, p *navigateur.Page) string {
	t.Helper()
	o.script(p, true)
	defer o.script(p, false)
	return strings.TrimPrefix(navigateur.Evaluate[string](t, p, `[...document.querySelectorAll("input[name=pour]")].find(c => !c.value.endsWith("-0")).id`), "pour-")
}
