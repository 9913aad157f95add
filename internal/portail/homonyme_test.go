package portail

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"guichet/internal/portail/web/essai"
)

// A person of a supplier may be called as one of the agency's: the agency is told so where it reads that person, the supplier is told
// nothing.
func TestCalledAsOneOfTheAgency(t *testing.T) {
	t.Parallel()
	site, _, comptes := exposer(t)
	entrer := func(debut string) *essai.Client {
		c := (&essai.Site{URL: site.URL}).Client(t)
		c.Ouvrir("/connexion?lang=fr")
		qui := compteDe(comptes, debut)
		c.Demander("POST", "/connexion", url.Values{"courriel": {qui.Courriel}, "motdepasse": {qui.MotDePasse}})
		return c
	}
	lui, elle := entrer("proprietaire@editeur"), entrer("instruction@")
	elle.Ouvrir("/compte")
	if r := lui.Soumettre(lui.Ouvrir("/compte"), essai.Saisie{"nom": "Exemple INES"}); r.Etat != 200 {
		t.Fatalf("%d %s", r.Etat, r.Corps)
	}
	r := lui.Soumettre(lui.Ouvrir("/messages/nouveau"), essai.Saisie{"sujet": "Question", "texte": "Bonjour"})
	fil := regexp.MustCompile(`/messages/\d+`).FindString(r.Chemin)
	if fil == "" {
		t.Fatalf("%s %d\n%.2000s", r.Chemin, r.Etat, r.Corps)
	}
	const dit = "du même nom qu&#39;une personne de l&#39;agence"
	if page := lui.Ouvrir(fil); strings.Contains(page.Corps, dit) || !strings.Contains(page.Corps, "Exemple INES") {
		t.Errorf("the supplier reads\n%s", page.Corps)
	}
	if page := elle.Ouvrir(fil); !strings.Contains(page.Corps, dit) {
		t.Errorf("the agency reads\n%s", page.Corps[strings.Index(page.Corps, "<main"):])
	}
}
