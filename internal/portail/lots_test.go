package portail

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"guichet/internal/attente"
	"guichet/internal/navigateur"
	"guichet/internal/portail/demo"
	"guichet/internal/portail/instruction"
)

// Demandes of the example are proposed in a batch by one person and decided in another batch by another one, with and without script:
// each page says what will happen to each of them before it does.
func TestBatchesInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			site, p, comptes := exposer(t)
			qui := func(debut string) demo.Compte {
				return compteDe(comptes, debut)
			}
			if _, err := p.examens.Revoir(t.Context()); err != nil {
				t.Fatal(err)
			}
			go p.lots.Tourner(t.Context())
			b := navigateur.Start(t)
			visite := func(nomVisite, debut string, v navigateur.View) *navigateur.Visite {
				x := b.Visiter(t, site.URL, "lots-"+nom+"-"+nomVisite, v, sans)
				x.Aller("/connexion?lang=fr")
				entrer(t, x.Page, qui(debut))
				return x
			}
			ines := visite("ines", "instruction@", navigateur.View{Width: 1280, Height: 900})
			victor := visite("victor", "decision@", navigateur.View{Width: 320, Height: 800, Dark: true})

			ines.Aller("/travail?alerte=" + instruction.SansAlerte)
			ines.Suivre(t, `button[value="attribuer"]`)
			dit(t, ines, "Cochez au moins une demande")
			ines.Suivre(t, `button[value="attribuer"]`, chromedp.Click(`tbody tr:nth-child(1) input[type="checkbox"]`), chromedp.Click(`tbody tr:nth-child(2) input[type="checkbox"]`))
			ines.Voir("nouveau", "Proposer l'attribution en lot")
			dit(t, ines, "2 demandes cochées")
			ines.Suivre(t, `form[action*="/propositions"] button`, chromedp.Click(`input[name="reste"]`))
			mener(t, ines, sans, "Confirmer : proposer 2 demandes")
			ines.Voir("prepare", "Lot ")
			ines.Suivre(t, `form[action*="/confirmer"] button`)
			mener(t, ines, sans, "Toutes 2 Faites 2")
			ines.Voir("fini", "Lot ")

			ines.Aller("/travail?alerte=" + instruction.SansAlerte)
			ines.Suivre(t, `button[value="refuser"]`, chromedp.Click(`tbody tr:nth-child(1) input[type="checkbox"]`))
			ines.Suivre(t, `form[action*="/propositions"] button`, chromedp.Click(`input[value="SIGNATURE.0"]`))
			mener(t, ines, sans, "Confirmer : proposer 1 demande")
			dit(t, ines, "Motif Le bon de commande")
			dit(t, ines, "Refus : ")
			ines.Suivre(t, `form[action*="/arreter"] button`)

			victor.Aller("/travail?file=valider")
			victor.Voir("liste", "Travail")
			victor.Suivre(t, `button[value="decider-liste"]`)
			victor.Voir("nouveau", "Décider comme proposé en lot")
			victor.Suivre(t, `form[action*="/decisions"] button`)
			mener(t, victor, sans, "Confirmer : décider")
			victor.Voir("prepare", "Lot ")
			victor.Suivre(t, `form[action*="/confirmer"] button`)
			mener(t, victor, sans, "Fini")
			victor.Voir("fini", "Lot ")
			victor.Aller("/lots")
			victor.Voir("lots", "Lots")
			for _, v := range []*navigateur.Visite{ines, victor} {
				v.Aller("/decisions")
				v.Voir("decisions", "Décisions")
				dit(t, v, "2026-000003")
				v.Aller("/chiffres")
				v.Voir("chiffres", "Chiffres")
			}
			for _, x := range slices.Concat(ines.Errors(), victor.Errors()) {
				t.Error(x)
			}
		})
	}
}

func dit(t *testing.T, v *navigateur.Visite, mots string) {
	t.Helper()
	if lu := strings.Join(strings.Fields(v.Lu(`document.querySelector("main").innerText`)), " "); !strings.Contains(lu, mots) {
		t.Fatalf("%q is not on the page: %.1500s", mots, lu)
	}
}

// mener waits until the page of a lot says something: by itself with script, asked again without.
func mener(t *testing.T, v *navigateur.Visite, sans bool, mots string) {
	t.Helper()
	for fin := time.Now().Add(attente.Patience); ; time.Sleep(100 * time.Millisecond) {
		lu := strings.Join(strings.Fields(v.Lu(`document.querySelector("main").innerText`)), " ")
		if strings.Contains(lu, mots) {
			return
		}
		if time.Now().After(fin) {
			t.Fatalf("%q is not on the page: %.1500s", mots, lu)
		}
		if sans {
			v.Aller(v.Lu(`location.pathname`))
		}
	}
}
