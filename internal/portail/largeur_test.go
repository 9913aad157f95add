package portail

import (
	"testing"

	"guichet/internal/navigateur"
)

// On a wide screen the queue and the sheet of a demande take its width: no column of the queue is cut.
func TestWideScreen(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	site, _, comptes := exposer(t)
	v := navigateur.Start(t).Visiter(t, site.URL, "large", navigateur.View{Width: 1600, Height: 1000}, false)
	v.Aller("/connexion?lang=fr")
	entrer(t, v.Page, compteDe(comptes, "instruction@"))
	v.Aller("/travail")
	v.Voir("file", "Travail")
	if coupe := v.Lu(`String(document.querySelector(".tableau.file").scrollWidth - document.querySelector(".tableau.file").clientWidth)`); coupe != "0" {
		t.Errorf("%s px of the queue are cut", coupe)
	}
	v.Aller(v.Lu(`document.querySelector("tbody th a").getAttribute("href")`))
	v.Voir("feuille", "Demande")
	if large := navigateur.Evaluate[float64](t, v.Page, `document.querySelector(".feuille").clientWidth`); large < 1400 {
		t.Errorf("the sheet takes %v px of 1600", large)
	}
}
