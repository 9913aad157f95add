package portail

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"guichet/internal/navigateur"
)

// clavier is somebody who has a keyboard and nothing else.
type clavier struct {
	*navigateur.Visite
	presses int
}

// touche presses a key; page says that this leads to another page.
func (c *clavier) touche(t *testing.T, cle string, page bool, avec ...chromedp.KeyOption) {
	t.Helper()
	c.presses++
	ctx, fin := context.WithTimeout(c.Context, 20*time.Second)
	defer fin()
	var err error
	if page {
		_, err = chromedp.RunResponse(ctx, presser(cle, avec))
	} else {
		err = chromedp.Do(ctx, presser(cle, avec))
	}
	if err != nil {
		t.Fatalf("key %q at %s: %v; keys:%s", cle, c.Lu(`location.pathname + " " + document.activeElement.tagName`), err, c.Lu(`[...document.querySelectorAll("[data-touche]")].map((x) => " " + x.dataset.touche).join("")`))
	}
}

// presser sends a key as a keyboard does: what it types follows from its going down, unless a script prevents that.
func presser(cle string, avec []chromedp.KeyOption) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, cible *chromedp.Target) error {
		for _, r := range cle {
			pas := kb.Encode(r)
			for _, k := range pas {
				for _, o := range avec {
					o(k)
				}
				if k.Type == kb.KeyChar && k.Modifiers&^int64(chromedp.ModifierShift) == 0 {
					pas[0].Type, pas[0].Text = input.DispatchKeyEventTypeKeyDown, k.Text
				}
			}
			for _, k := range pas {
				if k.Type == kb.KeyChar {
					continue
				}
				if _, err := cdp.Call(ctx, cible, input.DispatchKeyEvent, *k); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// jusqua goes on with Tab until an element has the focus.
func (c *clavier) jusqua(t *testing.T, selecteur string) {
	t.Helper()
	for range 80 {
		if c.Lu(`String(document.activeElement.matches(`+"`"+selecteur+"`"+`))`) == "true" {
			return
		}
		c.touche(t, kb.Tab, false)
	}
	t.Fatalf("Tab never comes to %s", selecteur)
}

// ici is what has the focus, and whether the eye sees that it has.
func (c *clavier) ici() string {
	return c.Lu(`(document.activeElement.name || document.activeElement.id || document.activeElement.tagName) + (document.activeElement.matches(":focus-visible") ? "" : " unseen")`)
}

// Somebody who has nothing but a keyboard signs in, switches the single keys on, and clears ten demandes.
func TestKeyboardAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	site, _, comptes := exposer(t)
	ines := compteDe(comptes, "instruction@")
	c := &clavier{Visite: navigateur.Start(t).Visiter(t, site.URL, "clavier", navigateur.View{Width: 1600, Height: 900}, false)}
	c.Aller("/connexion?lang=fr")
	c.jusqua(t, `main [name="courriel"]`)
	c.Faire(chromedp.KeyEvent(ines.Courriel))
	c.jusqua(t, `main [name="motdepasse"]`)
	c.Faire(chromedp.KeyEvent(ines.MotDePasse))
	c.touche(t, kb.Enter, true)

	c.Aller("/travail")
	c.touche(t, "s", false)
	if lu := c.Lu(`location.pathname`); lu != "/travail" {
		t.Fatalf("a key that is switched off leads to %s", lu)
	}
	c.Aller("/compte")
	c.jusqua(t, `[name="touches"]`)
	c.touche(t, " ", false)
	c.Voir("compte", "Mon compte")
	c.jusqua(t, `form[action^="/compte?"] button`)
	c.touche(t, kb.Enter, true)

	c.Aller("/travail")
	c.touche(t, "?", true)
	c.Voir("touches", "Touches du clavier")
	c.Aller("/travail")
	c.touche(t, "j", false)
	c.touche(t, "j", false)
	c.Voir("file", "Travail")
	if lu := c.Lu(`String([...document.querySelectorAll("[data-ligne]")].indexOf(document.activeElement.closest("tr")))`); lu != "1" {
		t.Errorf("j twice leads to row %s", lu)
	}
	c.touche(t, "k", false)
	premiere := c.Lu(`document.activeElement.textContent`)
	c.touche(t, "o", true)
	c.Voir("ouverte", premiere)
	for c.Lu(`String(document.querySelector("[data-touche=e]"))`) == "null" { // she holds the first ones, by the example
		c.touche(t, "]", true)
	}
	libre := c.Lu(`document.title`)
	c.touche(t, "]", true)
	c.touche(t, "[", true)
	c.Voir("revenue", libre)
	c.touche(t, "e", true)
	c.panneaux(t)

	debut := time.Now()
	c.presses = 0
	for n := range 10 {
		if n > 0 {
			c.touche(t, "s", true)
		}
		c.traiter(t, n%2 == 0)
	}
	t.Logf("ten demandes: %d key presses, %s", c.presses, time.Since(debut).Round(time.Second))
	if c.presses > 100 {
		t.Errorf("%d key presses for ten demandes", c.presses)
	}
	for _, x := range c.Errors() {
		t.Error(x)
	}
}

// panneaux opens each panel of a demande that is held: each goes to its first field, in which no key acts, and closes again.
func (c *clavier) panneaux(t *testing.T) {
	t.Helper()
	for _, x := range []struct{ cle, champ string }{{"v", "montant"}, {"m", "modification"}, {"r", "motif"}, {"h", "jusqua"}, {"n", "note"}} {
		c.touche(t, x.cle, false)
		if ici := c.ici(); ici != x.champ {
			t.Errorf("%s leads to %s", x.cle, ici)
		}
		if x.champ == "jusqua" || x.champ == "note" {
			for _, cle := range []string{"s", "a", "d", "1", "?", "j"} {
				c.touche(t, cle, false)
			}
			if lu := c.Lu(`document.activeElement.value`); lu != "sad1?j" {
				t.Errorf("typed into %s: %q", x.champ, lu)
			}
		}
		c.touche(t, kb.Escape, false)
		if ici := c.ici(); ici == x.champ {
			t.Errorf("Esc leaves %s where it is", ici)
		}
	}
	c.Aller(c.Lu(`location.pathname`)) // what was typed goes
}

// traiter clears the demande in the page: each point by itself, or all of them at once.
func (c *clavier) traiter(t *testing.T, unParUn bool) {
	t.Helper()
	if !strings.HasPrefix(c.Lu(`location.pathname`), "/travail/ASP-") {
		t.Fatalf("no demande is taken: %s\n%.800s", c.Lu(`location.pathname`), c.Lu(`document.querySelector("main").innerText`))
	}
	if unParUn {
		c.touche(t, "2", false) // a mistake, mended
		c.touche(t, "k", false)
		for c.Lu(`String(document.querySelectorAll("[data-point]:not(:has(input:checked))").length)`) != "0" || c.Lu(`String(document.querySelectorAll("[value=non]:checked").length)`) != "0" {
			c.touche(t, "1", false)
			if ici := c.ici(); !strings.HasPrefix(ici, "r-") || strings.Contains(ici, "unseen") {
				t.Fatalf("an answer leads to %s", ici)
			}
		}
		c.Voir("repondue", "Demande ASP-")
	} else {
		c.touche(t, "a", true)
		c.touche(t, "v", false)
	}
	c.touche(t, kb.Enter, true, chromedp.KeyModifiers(chromedp.ModifierCtrl))
	if lu := c.Lu(`location.pathname + " " + document.querySelector("main").innerText`); !strings.HasPrefix(lu, "/travail ") || !strings.Contains(lu, "L'attribution est proposée") {
		t.Fatalf("the award is not proposed: %.3000s", lu)
	}
}

// The page of the keys lists each key that a page of the work names, and none besides but those of the script.
func TestKeysAreListed(t *testing.T) {
	t.Parallel()
	nommees := map[string]bool{"j": true, "k": true, "o": true, "1": true, "2": true, "3": true, "Ctrl+Entrée": true, "Échap": true}
	for _, nom := range []string{"instruction/travail.html", "instruction/feuille.html", "instruction/communs.html", "web/parties.go"} {
		octets, err := os.ReadFile(nom)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range regexp.MustCompile(`\.Touche[ (]"([^"]+)"`).FindAllSubmatch(octets, -1) {
			nommees[string(x[1])] = true
		}
	}
	octets, err := os.ReadFile("instruction/touches.go")
	if err != nil {
		t.Fatal(err)
	}
	listees := map[string]bool{}
	for _, x := range regexp.MustCompile(`(?m)^\t\t\{"([^"]+)", modele`).FindAllSubmatch(octets, -1) {
		listees[string(x[1])] = true
	}
	if len(listees) != len(nommees) {
		t.Errorf("listed: %v, named: %v", listees, nommees)
	}
	for cle := range nommees {
		if !listees[cle] {
			t.Errorf("%s is not listed", cle)
		}
	}
}
