package portail

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/depot"
)

// A demande that lacks documents has its sheet; it can be proposed to be refused once the time for them is over, not before, and by who
// examines alone.
func TestRefusalWithoutDocuments(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	m.fournir(t, "A", 1)
	m.agent(t, compte.Administrateur)
	ines, victor := m.entrer(t, m.agent(t, compte.Instructeur)), m.entrer(t, m.agent(t, compte.Valideur))
	var id int64
	if err := m.base.Lire().QueryRow(`SELECT MIN(id) FROM depot`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	n := depot.NumeroASP(id, 1)
	adresse := "/travail/" + n
	if r := ines.Ouvrir("/sans-pieces"); r.Etat != 200 || !strings.Contains(r.Corps, `href="`+adresse+`"`) || strings.Contains(r.Corps, "de retard") {
		t.Errorf("the list: %d\n%.3000s", r.Etat, r.Corps)
	}
	if r := ines.Ouvrir(adresse); r.Etat != 200 || strings.Contains(r.Corps, "refus-sans-pieces") || !strings.Contains(r.Corps, "pièces au plus tard le 24/12/2026") {
		t.Errorf("before the day: %d\n%.3000s", r.Etat, r.Corps)
	}
	refus := url.Values{"motif": {"SANS_REPONSE"}}
	if r := ines.Demander("POST", adresse+"/refus-sans-pieces", refus); r.Etat != 422 || !strings.Contains(r.Corps, "peuvent arriver jusqu") {
		t.Errorf("too early: %d", r.Etat)
	}
	m.executer(t, `UPDATE depot SET recu = $1`, db.Instant(midi.AddDate(0, 0, -35).Add(-time.Hour)))
	if r := ines.Ouvrir("/sans-pieces"); !strings.Contains(r.Corps, "jours de retard") {
		t.Errorf("late:\n%.3000s", r.Corps)
	}
	if r := victor.Demander("POST", adresse+"/refus-sans-pieces", refus); r.Etat != 404 && r.Etat != 403 {
		t.Errorf("a decider proposes: %d", r.Etat)
	}
	if r := ines.Demander("POST", adresse+"/note", url.Values{"note": {"Relancé par téléphone."}}); r.Etat != 303 {
		t.Errorf("a note: %d", r.Etat)
	}
	if r := ines.Demander("POST", adresse+"/refus-sans-pieces", url.Values{}); r.Etat != 422 {
		t.Errorf("without a reason: %d", r.Etat)
	}
	if r := poster(t, ines, adresse, adresse+"/refus-sans-pieces", refus); r.Etat != 303 {
		t.Fatalf("%d\n%s", r.Etat, r.Corps)
	}
	if r := ines.Demander("POST", adresse+"/refus-sans-pieces", refus); r.Etat != 303 {
		t.Errorf("twice: %d", r.Etat)
	}
	ines.Demander("POST", adresse+"/refus-sans-pieces", url.Values{"motif": {"SANS_REPONSE"}, "texte": {"Autre chose."}}).Attendre(t, 422, "Autre chose.", "Rien n'est fait")
	if r := victor.Ouvrir(adresse); !strings.Contains(r.Corps, "Décider ainsi") || !strings.Contains(r.Corps, "Relancé par téléphone.") {
		t.Errorf("to be decided:\n%.3000s", r.Corps)
	}
}

// The same in a browser, with and without script, on the example.
func TestRefusalWithoutDocumentsInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			site, _, comptes := exposer(t)
			b := navigateur.Start(t)
			x := b.Visiter(t, site.URL, "sans-pieces-"+nom, navigateur.View{Width: 320, Height: 800}, sans)
			x.Aller("/connexion?lang=fr")
			entrer(t, x.Page, compteDe(comptes, "instruction@"))
			x.Aller("/sans-pieces")
			x.Voir("liste", "Incomplètes")
			x.Suivre(t, `tbody tr:first-child th a`)
			x.Voir("fiche", "Demande ASP-")
			if lu := x.Lu(`document.querySelector('[name="motif"]:checked').value`); lu != "SANS_REPONSE.0" {
				t.Errorf("suggested: %q", lu)
			}
			x.Suivre(t, `form[action*="/refus-sans-pieces"] button`, chromedp.SetValue(`[name="texte"]`, "Trois rappels sont restés sans suite."))
			x.Voir("proposee", "Travail")
			for _, e := range x.Errors() {
				t.Error(e)
			}
		})
	}
}
