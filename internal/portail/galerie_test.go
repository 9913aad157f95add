package portail

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/depot"
)

// The documents of a demande, those whose place others took and those of its messages stand in one gallery beside the data: an earlier one
// beside the one that replaces it, images larger and turned, each in a window of its own, also without script.
func TestGallery(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	site, _, comptes := exposer(t)
	victor := compteDe(comptes, "decision@")
	numero := depot.NumeroASP(1, 7) // asked to be changed, and answered with another order form
	b := navigateur.Start(t)
	for nom, vue := range map[string]navigateur.View{"large": {Width: 1600, Height: 900}, "etroit": {Width: 320, Height: 800, Dark: true}} {
		for _, sans := range []bool{false, true} {
			if sans {
				nom += "-sans"
			}
			v := b.Visiter(t, site.URL, "galerie-"+nom, vue, sans)
			v.Aller("/connexion?lang=fr")
			entrer(t, v.Page, victor)
			v.Aller("/travail/" + numero)
			v.Voir("bon", "Demande ASP-")
			if lu := v.Lu(`document.querySelector("#pieces").innerText`); !strings.Contains(lu, "Remplace") || !strings.Contains(lu, "Pièce jointe du fournisseur du") || strings.Contains(lu, ".pdf") {
				t.Errorf("%s: %s", nom, lu)
			}
			if lu := v.Lu(`document.querySelector("main").innerText`); strings.Count(lu, "trouvé, page 1") < 3 || !strings.Contains(lu, "Mention de la prise en charge") {
				t.Errorf("%s: what the order form says is not told: %s", nom, lu)
			}
			v.Suivre(t, `#pieces p a[href*="avec="]`)
			v.Voir("a-cote", "Demande ASP-")
			if n := v.Lu(`String(document.querySelectorAll("#pieces iframe").length)`); n != "2" {
				t.Errorf("%s: %s frames", nom, n)
			}
			v.Suivre(t, `#pieces nav a[href*="messages"]`)
			v.Voir("image", "Demande ASP-")
			if outils := v.Lu(`String(document.querySelector(".outils").checkVisibility())`); outils != map[bool]string{false: "true", true: "false"}[sans] {
				t.Errorf("%s: tools: %s", nom, outils)
			}
			if !sans {
				avant := v.Lu(`document.querySelector("[data-image] img").decode().then(() => String(document.querySelector("[data-image] img").clientWidth))`)
				v.Faire(chromedp.Click(`[data-geste="plus"]`), chromedp.Click(`[data-geste="tourner"]`))
				v.Examiner("tournee")
				if apres := v.Lu(`String(document.querySelector("[data-image] img").clientWidth) + document.querySelector("[data-image] img").style.transform`); apres == avant || !strings.Contains(apres, "rotate(90deg)") {
					t.Errorf("%s: %s before, %s after", nom, avant, apres)
				}
			}
			for _, x := range v.Errors() {
				t.Error(x)
			}
		}
	}
}
