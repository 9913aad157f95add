package portail

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"guichet/internal/portail/web/essai"
)

// nombreLie is a link whose text begins with a number.
var nombreLie = regexp.MustCompile(`<a href="([^"]+)"[^>]*>(\d+)[^<]*</a>`)

// lignesDe counts the rows of a page's table; of one table among several, where the address says which.
func lignesDe(corps, fragment string) (n int) {
	if _, suite, ok := strings.Cut(corps, `id="`+fragment+`"`); ok && fragment != "" {
		corps = suite
	}
	debut, _, _ := strings.Cut(corps, "</tbody>")
	arbre, err := html.Parse(strings.NewReader(debut))
	if err != nil {
		return -1
	}
	for x := range arbre.Descendants() {
		if x.Type == html.ElementNode && x.Data == "tr" && x.Parent.Data == "tbody" {
			n++
		}
	}
	return n
}

// sommeDe adds what a page counts for each supplier; each of those numbers leads to as many rows.
func sommeDe(t *testing.T, c *essai.Client, corps string) (somme int) {
	t.Helper()
	for _, x := range nombreLie.FindAllStringSubmatch(corps, -1) {
		n, _ := strconv.Atoi(x[2])
		if lues := lignesDe(c.Ouvrir(html.UnescapeString(x[1])).Corps, ""); lues != n {
			t.Errorf("%s leads to %d rows", x[0], lues)
		}
		somme += n
	}
	return somme
}

var uneFois = regexp.MustCompile(`data-colonne="Fois" class="n">(\d+)</td>`)

// foisDe adds up how often a reason was given in the deposits of a list.
func foisDe(corps string) (somme int) {
	for _, x := range uneFois.FindAllStringSubmatch(corps, -1) {
		n, _ := strconv.Atoi(x[1])
		somme += n
	}
	return somme
}

// Each number that is a link leads to as many rows as it says, for a supplier and for the agency.
func TestCountsLeadToWhatTheyCount(t *testing.T) {
	t.Parallel()
	site, _, comptes := exposer(t)
	vus := map[string]int{}
	for _, qui := range comptes {
		c := (&essai.Site{URL: site.URL}).Client(t)
		c.Demander("POST", "/connexion", url.Values{"courriel": {qui.Courriel}, "motdepasse": {qui.MotDePasse}})
		pages := []string{"/accueil", "/depots"}
		for _, x := range regexp.MustCompile(`href="(/depots/DEP-[^"/]+)"`).FindAllStringSubmatch(c.Ouvrir("/depots").Corps, -1) {
			pages = append(pages, x[1])
		}
		if r := c.Ouvrir("/demandes?etat=complete"); strings.Contains(r.Corps, "Choisissez le fournisseur") && sommeDe(t, c, r.Corps) > 0 { // of each supplier, so many
			vus["agency"]++
		}
		for _, page := range pages {
			for _, x := range nombreLie.FindAllStringSubmatch(c.Ouvrir(page).Corps, -1) {
				vers, _ := url.Parse(page)
				vers, err := vers.Parse(html.UnescapeString(x[1]))
				if err != nil {
					t.Fatal(err)
				}
				want, _ := strconv.Atoi(x[2])
				corps := c.Ouvrir(vers.RequestURI()).Corps
				n := lignesDe(corps, vers.Fragment)
				if vers.Query().Has("motif") { // deposits, which tell how often each
					n = foisDe(corps)
					vus["motif"]++
				}
				if n != want {
					t.Errorf("%s, %s: %s leads to %d rows at %s", qui.Role, page, x[2], n, vers)
				}
				vus[vers.Path]++
			}
		}
	}
	for _, liste := range []string{"/demandes", "/incompletes", "/messages", "/enrolements", "/travail", "/sans-pieces", "/lettres", "agency", "motif"} {
		if vus[liste] == 0 {
			t.Errorf("no number leads to %s: %v", liste, vus)
		}
	}
}
