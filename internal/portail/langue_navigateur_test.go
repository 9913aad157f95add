package portail

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
)

// In a browser with its script, the other language keeps all forms of a page, and the files that were chosen; nothing stays in the
// browser. Without, each form of the page has its button.
func TestLanguageInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	site, _, comptes := exposer(t)
	b := navigateur.Start(t)
	visite := func(nom, debut string, sans bool) *navigateur.Visite {
		v := b.Visiter(t, site.URL, "langue-"+nom, navigateur.View{Width: 360, Height: 800}, sans)
		v.Aller("/connexion?lang=fr")
		entrer(t, v.Page, compteDe(comptes, debut))
		return v
	}
	const change = `.pied [data-adresse]`
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		v := visite(nom, "instruction@", sans)
		v.Aller("/decisions")
		v.Lu(`document.querySelectorAll("details").forEach((d) => (d.open = true)), ""`)
		v.Faire(chromedp.SetValue(`[name="q"]`, "2026-0000"))
		if sans {
			v.Suivre(t, `form[action="/decisions"] [name="lang"]`)
		} else {
			v.Faire(chromedp.Click(change), chromedp.WaitVisible(`html[lang="en"] [name="q"]`))
		}
		if lu := v.Lu(`document.documentElement.lang + " " + document.querySelector('[name="q"]').value`); lu != "en 2026-0000" {
			t.Errorf("%s: what is searched comes back as %q", nom, lu)
		}
		v.Aller("/travail?lang=fr")
		v.Suivre(t, `form[action^="/suivante"] button`)
		v.Lu(`document.querySelectorAll("details").forEach((d) => (d.open = true)), ""`)
		v.Faire(chromedp.SetValue(`[name="note"]`, "Vu au téléphone"), chromedp.SetValue(`[name="modification"]`, "Signer le bon"))
		bouton := change
		if sans {
			bouton = `form[action*="/modification"] [name="page-langue"]`
			v.Voir("avant", "Demande ASP-")
			v.Suivre(t, bouton)
		} else {
			v.Faire(chromedp.Click(bouton), chromedp.WaitVisible(`html[lang="en"] [name="note"]`))
		}
		v.Voir("apres", "Request ASP-")
		if lu := v.Lu(`document.querySelector('[name="modification"]').value`); lu != "Signer le bon" {
			t.Errorf("%s: what is to change comes back as %q", nom, lu)
		}
		if note := v.Lu(`document.querySelector('[name="note"]').value`); !sans && note != "Vu au téléphone" {
			t.Errorf("the note comes back as %q", note)
		}
	}
	fichier := filepath.Join(t.TempDir(), "piece.pdf")
	if err := os.WriteFile(fichier, []byte("%PDF-1.7"), 0o600); err != nil {
		t.Fatal(err)
	}
	v := visite("fichier", "proprietaire@editeur", false)
	v.Aller("/messages/nouveau")
	v.Faire(chromedp.SetValue(`[name="texte"]`, "Bonjour"), chromedp.SetUploadFiles(`[name="piece"]`, []string{fichier}), chromedp.Click(change), chromedp.WaitVisible(`html[lang="en"] [name="texte"]`))
	if lu := v.Lu(`document.querySelector('[name="texte"]').value + " " + document.querySelector('[name="piece"]').files[0]?.name + " " + location.search + " " + sessionStorage.length`); lu != "Bonjour piece.pdf  0" {
		t.Errorf("%q", lu)
	}
}
