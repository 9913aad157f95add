package portail

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/depot"
)

// A refusal keeps the text that it was proposed with, when the administrators change it afterwards; who has read the older text is told.
func TestReasonsChange(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	f, _, _, _ := m.fournir(t, "A", 1)
	m.instruire(t, f)
	admin, ines := m.entrer(t, m.agent(t, compte.Administrateur)), m.entrer(t, m.agent(t, compte.Instructeur))
	var id int64
	if err := m.base.Lire().QueryRow(`SELECT MIN(id) FROM depot`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	adresse := "/travail/" + depot.NumeroASP(id, 0)
	changer := func(texte, version string) int {
		return admin.Demander("POST", "/motifs/PLAFOND", url.Values{"nom_fr": {"Plafond"}, "nom_en": {"Ceiling"}, "texte_fr": {texte}, "texte_en": {"Over it."}, "article": {"art. 1"}, "actif": {"oui"}, "version": {version}}).Etat
	}
	if e := changer("Le premier texte.", "0"); e != 303 {
		t.Fatal(e)
	}
	if e := changer("Un autre.", "0"); e != 422 {
		t.Errorf("over a version that was not read: %d", e)
	}
	ines.Demander("POST", adresse+"/prise", nil)
	if r := poster(t, ines, adresse, adresse+"/refus", url.Values{"motif": {"PLAFOND.0"}}); r.Etat != 422 || !strings.Contains(r.Corps, "a changé depuis que vous l'avez lu") && !strings.Contains(r.Corps, "a changé depuis que vous l&#39;avez lu") {
		t.Errorf("as it was shipped, and read before: %d", r.Etat)
	}
	if r := poster(t, ines, adresse, adresse+"/refus", url.Values{"motif": {"PLAFOND.1"}}); r.Etat != 303 {
		t.Fatalf("%d\n%.3000s", r.Etat, r.Corps)
	}
	if e := changer("Le second texte.", "1"); e != 303 {
		t.Fatal(e)
	}
	if r := ines.Ouvrir(adresse); !strings.Contains(r.Corps, "Le premier texte.") || strings.Contains(r.Corps, "Le second texte.") {
		t.Errorf("the proposal:\n%.3000s", r.Corps)
	}
	if r := admin.Ouvrir("/motifs/PLAFOND"); !strings.Contains(r.Corps, "Le premier texte.") || !strings.Contains(r.Corps, "Le second texte.") || !strings.Contains(r.Corps, "D'origine") && !strings.Contains(r.Corps, "D&#39;origine") {
		t.Errorf("the versions:\n%.3000s", r.Corps)
	}
	if r := ines.Ouvrir("/motifs"); r.Etat == 200 {
		t.Error("an examiner changes the catalogue")
	}
}

// The pages of the catalogue in a browser, with and without script.
func TestReasonsInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			site, _, comptes := exposer(t)
			x := navigateur.Start(t).Visiter(t, site.URL, "motifs-"+nom, navigateur.View{Width: 320, Height: 800, Dark: sans}, sans)
			x.Aller("/connexion?lang=fr")
			entrer(t, x.Page, compteDe(comptes, "agence@"))
			x.Aller("/motifs")
			x.Voir("catalogue", "Motifs de refus et de retrait")
			x.Suivre(t, `tbody tr:first-child th a`)
			x.Voir("motif", "Motif PLAFOND")
			x.Suivre(t, `main form button`, chromedp.SetValue(`[name="texte_fr"]`, "Le montant dépasse le plafond."), chromedp.Click(`[name="actif"]`))
			x.Voir("retire", "Motifs de refus et de retrait")
			if lu := x.Lu(`document.querySelector('tbody tr:first-child').innerText`); !strings.Contains(lu, "Le montant dépasse le plafond.") || !strings.Contains(lu, "retiré") {
				t.Errorf("%q", lu)
			}
			for _, e := range x.Errors() {
				t.Error(e)
			}
		})
	}
}
