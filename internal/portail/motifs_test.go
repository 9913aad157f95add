package portail

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"guichet/internal/portail/web/essai"
)

// Each reason on the figures of a supplier leads to the deposits in which something was refused for it, which count as many.
func TestReasonsLeadToTheirDeposits(t *testing.T) {
	t.Parallel()
	site, _, comptes := exposer(t)
	c := (&essai.Site{URL: site.URL}).Client(t)
	c.Ouvrir("/connexion?lang=fr")
	qui := compteDe(comptes, "proprietaire@editeur")
	c.Demander("POST", "/connexion", url.Values{"courriel": {qui.Courriel}, "motdepasse": {qui.MotDePasse}})
	liens := regexp.MustCompile(`<a href="(/depots\?motif=[^"]+)">(\d+)[^<]*</a>`).FindAllStringSubmatch(c.Ouvrir("/accueil").Corps, -1)
	if len(liens) < 2 {
		t.Fatalf("%q", liens)
	}
	for _, l := range liens {
		veut, _ := strconv.Atoi(l[2])
		page := c.Ouvrir(l[1])
		somme := foisDe(page.Corps)
		if !strings.Contains(page.Corps, "<strong>"+l[2]+"\u00a0fois</strong>") && !strings.Contains(page.Corps, "<strong>"+l[2]+" fois</strong>") || somme != veut {
			t.Errorf("%s: %d in the lines, want %d\n%s", l[1], somme, veut, page.Corps[strings.Index(page.Corps, "<main"):])
		}
	}
	if r := c.Demander("GET", "/depots?motif=%25", nil); r.Etat != 404 {
		t.Errorf("%d", r.Etat)
	}
}
