package portail

import (
	"regexp"
	"strings"
	"testing"
)

// Who audits reads all that governs the agency, finds it in the menu, and is shown no act.
func TestAuditorReadsAllAndChangesNothing(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	carla, agathe := b.entrer(t, "controle@"), b.entrer(t, "agence@")
	menu := carla.Ouvrir("/accueil").Corps
	pages := []string{"/journal", "/journal/securite", "/motifs", "/modeles", "/personnes", "/enrolements", "/referentiels", "/travaux"}
	for _, p := range pages {
		if p != "/journal/securite" && !strings.Contains(menu, `href="`+p+`"`) {
			t.Errorf("%s is not in the menu", p)
		}
	}
	pages = append(pages, "/motifs/PLAFOND", "/modeles/attribution-fr", "/modeles/attribution-fr/versions/1", ditesParLesLettres, ditesParLesLettres+"/editions/1", "/fournisseurs/1", "/fournisseurs/1/personnes")
	for motif, page := range map[string]string{`href="(/personnes/\d+)"`: "/personnes", `href="(/enrolements/\d+)"`: "/enrolements", `href="(/fournisseurs/1/personnes/\d+/gestion)"`: "/fournisseurs/1/personnes"} {
		x := regexp.MustCompile(motif).FindStringSubmatch(agathe.Ouvrir(page).Corps)
		if x == nil {
			t.Fatalf("%s leads to nothing like %s", page, motif)
		}
		pages = append(pages, x[1])
	}
	for _, p := range pages {
		r := carla.Ouvrir(p)
		if r.Etat != 200 {
			t.Errorf("%s: %d", p, r.Etat)
			continue
		}
		for _, f := range formulairesDe(t, r.Corps) {
			if !strings.HasPrefix(f.action, "/deconnexion") && !strings.HasPrefix(f.action, "/langue") {
				t.Errorf("%s has an act: %s", p, f.action)
			}
		}
		if agathe.Ouvrir(p).Etat != 200 {
			t.Errorf("%s is closed to administrators", p)
		}
	}
}
