package portail

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
)

// What the agency opens is corrected, and all follows: what the demande claims, the queue, the exports. The deposited file, the returned one
// and the receipt stay as they were.
func TestCorrectionIsFollowed(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			m := nouveauMonde(t, base(t))
			f, _, deposant, _ := m.fournir(t, "A", 1)
			m.instruire(t, f)
			var id int64
			if err := m.base.Lire().QueryRow(`SELECT MIN(id) FROM depot`).Scan(&id); err != nil {
				t.Fatal(err)
			}
			if err := m.depots.RangerESMS(t.Context()); err != nil {
				t.Fatal(err)
			}
			n := depot.NumeroASP(id, 0)
			m.agent(t, compte.Administrateur)
			instructeur, d := m.entrer(t, m.agent(t, compte.Instructeur)), m.entrer(t, deposant)
			avant := []string{d.Ouvrir("/depots/" + depot.ImpID(id) + "/fichier").Corps, d.Ouvrir("/depots/" + depot.ImpID(id) + "/retour").Corps, d.Ouvrir("/depots/" + depot.ImpID(id) + "/accuse.pdf").Corps}
			instructeur.Demander("POST", "/travail/"+n+"/prise", nil)
			const geos, scenario = "/beneficiaires/etablissementsClients/0/FINESSGeos", "/scenarioInstallation/0/FINESSGeo"
			r := poster(t, instructeur, "/travail/"+n, "/travail/"+n+"/modification", url.Values{"modification": {"Corriger"}, "balises": {geos, scenario, "/commande/montantSegurHT", "/numeroEditeur"}})
			if r.Etat != 422 || !strings.Contains(r.Corps, "ne peut pas être ouverte") {
				t.Fatalf("the number of a demande is opened: %d", r.Etat)
			}
			r = poster(t, instructeur, "/travail/"+n, "/travail/"+n+"/modification", url.Values{"modification": {"Corriger"}, "balises": {geos, scenario, "/commande/montantSegurHT"}})
			if r.Etat != 303 {
				t.Fatalf("%d\n%s", r.Etat, r.Corps)
			}
			p := d.Ouvrir("/demandes/" + n)
			if !strings.Contains(p.Corps, "Valeurs ouvertes à la correction") {
				t.Errorf("what is open is not told:\n%.3000s", p.Corps)
			}
			r = d.Demander("POST", "/demandes/"+n+"/reponse", url.Values{"reponse": {"Voici"}, "valeur.commande.montantSegurHT": {"1234,50"},
				"valeur.beneficiaires.etablissementsClients.0.FINESSGeos": {"995000023"}, "valeur.scenarioInstallation.0.FINESSGeo": {"995000023"}})
			if r.Etat != 303 {
				t.Fatalf("%d\n%s", r.Etat, r.Corps)
			}
			var montant, reclames int64
			err := m.base.Lire().QueryRow(`SELECT x.montant, (SELECT COUNT(*) FROM esms e WHERE e.place = x.depot_id * 65536) FROM dossier x WHERE x.depot_id = $1 AND x.rang = 0`, id).Scan(&montant, &reclames)
			if err != nil || montant != 123450 || reclames != 1 {
				t.Errorf("%d cents, %d claims, %v", montant, reclames, err)
			}
			lues, err := db.Lignes(t.Context(), m.base.Lire(), func(l db.Ligne, finess *int64) error { return l.Scan(finess) }, `SELECT finess FROM esms WHERE place = $1`, id*65536)
			if err != nil || len(lues) != 1 || lues[0] != base36(t, "995000023") {
				t.Errorf("claims %v, %v", lues, err)
			}
			if r := instructeur.Demander("GET", "/export/travail/csv?file=toutes", nil); !strings.Contains(r.Corps, "1234,50") {
				t.Errorf("the export of the queue:\n%s", r.Corps)
			}
			if r := instructeur.Ouvrir("/travail/" + n); !strings.Contains(r.Corps, "Valeurs corrigées") || strings.Count(r.Corps, "déclaré") < 3 {
				t.Errorf("the sheet:\n%.3000s", r.Corps)
			}
			apres := []string{d.Ouvrir("/depots/" + depot.ImpID(id) + "/fichier").Corps, d.Ouvrir("/depots/" + depot.ImpID(id) + "/retour").Corps, d.Ouvrir("/depots/" + depot.ImpID(id) + "/accuse.pdf").Corps}
			if avant[0] == "" || !slices.Equal(avant, apres) {
				t.Error("the deposited file, the returned one or the receipt has changed")
			}
		})
	}
}

// A correction in a browser, with and without script: the sheet says no, suggests the tag, the supplier corrects it on the page that answers.
func TestCorrectionInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			site, _, comptes := exposer(t)
			b := navigateur.Start(t)
			visite := func(debut string, v navigateur.View) *navigateur.Visite {
				x := b.Visiter(t, site.URL, "correction-"+nom+"-"+debut[:3], v, sans)
				x.Aller("/connexion?lang=fr")
				entrer(t, x.Page, compteDe(comptes, debut))
				return x
			}
			ines := visite("instruction@", navigateur.View{Width: 1280, Height: 900})
			ines.Aller("/travail?file=muettes")
			ines.Voir("sans-reponse", "Travail")
			ines.Aller("/travail")
			ines.Suivre(t, `form[action^="/suivante"] button`)
			adresse := ines.Lu(`location.pathname`)
			ines.Suivre(t, `form[action*="/fiche"] p button:last-child`, chromedp.Click(`[name="r-BC_MONTANT"][value="non"]`))
			if lu := ines.Lu(`Array.from(document.querySelectorAll('[name="balises"]:checked')).map(x => x.value).join(' ')`); lu != "/commande/montantSegurHT" {
				t.Errorf("suggested: %q", lu)
			}
			ines.Lu(`(document.querySelectorAll('details').forEach(d => { if (d.querySelector('[name="modification"], [name="balises"]')) d.open = true }), "")`)
			ines.Voir("demande", "Demande ASP-")
			ines.Suivre(t, `form[action*="/modification"] [value="apercu"]`)
			ines.Voir("lettre-vue", "Demande ASP-")
			ines.Suivre(t, `form[action*="/modification"] > button`)
			editeur := visite("proprietaire@editeur", navigateur.View{Width: 320, Height: 800, Dark: true})
			numero := strings.TrimPrefix(adresse, "/travail/")
			editeur.Aller("/demandes/" + numero)
			editeur.Voir("a-modifier", "Demande ASP-")
			editeur.Aller("/courriers")
			editeur.Voir("lettres", "Lettres sans décision")
			editeur.Suivre(t, `tbody a[href^="/courriers/"]`)
			editeur.Voir("lettre", "Demande de modification")
			editeur.Aller("/demandes/" + numero)
			const champ = `[name="valeur.commande.montantSegurHT"]`
			editeur.Suivre(t, `form[action*="/reponse"] button`, chromedp.SetValue(champ, "beaucoup"), chromedp.SetValue(`[name="reponse"]`, "Le bon montant."))
			editeur.Voir("fautive", "Erreur")
			if lu := editeur.Lu(`document.querySelector('` + champ + `').value + ' ' + document.querySelector('[href="#valeur.commande.montantSegurHT"]').textContent`); !strings.HasPrefix(lu, "beaucoup « beaucoup » n'est pas un montant") {
				t.Errorf("the fault is told: %q", lu)
			}
			editeur.Suivre(t, `form[action*="/reponse"] button`, chromedp.SetValue(champ, "1 000,00"))
			editeur.Voir("repondue", "Demande ASP-")
			if lu := editeur.Lu(`document.querySelector("main").innerText`); !strings.Contains(lu, "Valeurs corrigées") || !strings.Contains(lu, "En instruction") {
				t.Errorf("what was corrected: %.1500s", lu)
			}
			ines.Aller(adresse)
			ines.Voir("corrigee", "Demande ASP-")
			if lu := ines.Lu(`document.querySelector("main").innerText`); !strings.Contains(lu, "Valeurs corrigées") || !strings.Contains(lu, "Patricia") && !strings.Contains(lu, "corrigé") {
				t.Errorf("what the agency reads: %.1500s", lu)
			}
			for _, x := range editeur.Errors() {
				if !strings.Contains(x, "422") { // an answer that was refused, on purpose
					t.Error(x)
				}
			}
		})
	}
}

// base36 is a FINESS as claims have it.
func base36(t *testing.T, finess string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(finess, 36, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
