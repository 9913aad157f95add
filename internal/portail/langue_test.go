package portail

import (
	"context"
	"database/sql"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"guichet/internal/portail/db"
	"guichet/internal/portail/demo"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
)

// Each form in which something can be typed comes back filled in, in the other language, by the button of its page's foot: without
// script, and whoever fills it in. Where a page has several, each has a button of its own.
func TestLanguageKeepsWhatIsTyped(t *testing.T) {
	t.Parallel()
	vus := parcourirFormulaires(t, changerDeLangue)
	for _, acte := range []string{"fiche", "note", "modification", "refus", "attente", "confiee", "renvoi", "reprise", "reouverture"} {
		if motif := "POST /travail/{numero}/" + acte; !vus[motif] {
			t.Errorf("%s was not seen", motif)
		}
	}
	if len(vus) < 25 {
		t.Errorf("only %d forms were seen: %v", len(vus), vus)
	}
}

// Each long text says its bound where it is typed, and the counter has that bound: one character more is told, and comes back whole.
func TestLongTextsSayTheirBound(t *testing.T) {
	t.Parallel()
	n := 0
	parcourirFormulaires(t, func(t *testing.T, c *essai.Client, f unFormulaire) {
		t.Helper()
		page := c.Ouvrir(f.page)
		for _, x := range formulairesDe(t, page.Corps) {
			for nom, borne := range x.bornes {
				if !strings.HasPrefix(x.action, f.adresse+"?") {
					continue
				}
				n++
				trop := essai.Saisie{}
				for _, saisi := range x.saisi {
					trop[saisi] = x.valeurs.Get(saisi)
				}
				trop[nom] = strings.Repeat("é", borne+1)
				r := c.Agir(page, f.adresse, trop)
				dit := ecrit.Nombre(int64(borne)).Fr
				if r.Etat != http.StatusUnprocessableEntity || !strings.Contains(r.Corps, dit+" caractères au plus") || !strings.Contains(r.Corps, trop[nom]) {
					t.Errorf("%s, %s: %d of %d characters: %d\n%.300s", f.motif, nom, borne+1, borne, r.Etat, r.Corps[max(0, strings.Index(r.Corps, "<main")):])
				}
			}
		}
	})
	if n < 12 {
		t.Errorf("%d long texts were seen", n)
	}
}

// parcourirFormulaires does something with each form in which something can be typed, as somebody who finds it by the links of the
// example, and returns the patterns of their routes.
func parcourirFormulaires(t *testing.T, faire func(*testing.T, *essai.Client, unFormulaire)) map[string]bool {
	t.Helper()
	site, p, comptes := exposer(t)
	mux := http.NewServeMux()
	for _, r := range p.routes() {
		mux.HandleFunc(r.Motif, func(http.ResponseWriter, *http.Request) {})
	}
	vus, feuilles := map[string]bool{}, feuillesDe(t, p)
	for _, qui := range slices.Concat([]demo.Compte{{}}, comptes) {
		c := (&essai.Site{URL: site.URL}).Client(t)
		c.Ouvrir("/connexion?lang=fr")
		if qui.Courriel == "" {
			c.Demander("POST", "/enrolement", url.Values{})
		} else {
			c.Demander("POST", "/connexion", url.Values{"courriel": {qui.Courriel}, "motdepasse": {qui.MotDePasse}})
		}
		for _, f := range formulaires(c, mux, vus, feuilles...) {
			vus[f.motif] = true
			faire(t, c, f)
		}
	}
	return vus
}

func changerDeLangue(t *testing.T, c *essai.Client, f unFormulaire) {
	t.Helper()
	for _, x := range formulairesDe(t, c.Ouvrir(f.page).Corps) {
		switch {
		case len(x.saisi) == 0: // files and secrets alone
		case x.boutons == 0:
			t.Errorf("%s: nothing has the form of %s in the other language", f.page, x.action)
		case strings.HasPrefix(x.action, f.adresse+"?") || x.action == f.adresse:
			traduire(t, c, f, x)
		}
	}
}

// feuillesDe are the agency's sheets of all demandes of the example, where two people examine.
func feuillesDe(t *testing.T, p *Portail) []string {
	t.Helper()
	err := p.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE role SET role = role || ' instructeur' WHERE role = 'valideur'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	feuilles, err := db.Lignes(t.Context(), p.base.Lire(), func(l db.Ligne, x *string) error {
		var id int64
		var rang int
		err := l.Scan(&id, &rang)
		*x = "/travail/" + depot.NumeroASP(id, rang)
		return err
	}, `SELECT depot_id, rang FROM dossier`)
	if err != nil {
		t.Fatal(err)
	}
	return feuilles
}

func traduire(t *testing.T, c *essai.Client, f unFormulaire, x rempli) {
	t.Helper()
	envoi := url.Values{"page-langue": {"en"}}
	for nom, v := range x.valeurs {
		envoi[nom] = v
	}
	r := c.Demander("POST", x.action, envoi)
	if r.Etat != http.StatusOK || !strings.Contains(r.Corps, `<html lang="en">`) {
		t.Errorf("%s, %s in English: %d\n%.600s", f.page, f.motif, r.Etat, r.Corps)
		return
	}
	apres := formulairesDe(t, r.Corps)
	j := slices.IndexFunc(apres, func(y rempli) bool { return y.action == x.action })
	if j < 0 {
		t.Errorf("%s, %s: the form is not on the page in English", f.page, f.motif)
		return
	}
	for nom, v := range x.valeurs {
		if lu := apres[j].lus[nom]; !web.Secret(nom) && !slices.Equal(lu, v) {
			t.Errorf("%s, %s: %s comes back as %q, want %q", f.page, f.motif, nom, lu, v)
		}
	}
	c.Ouvrir("/connexion?lang=fr")
}

// rempli is a form of a page that posts.
type rempli struct {
	action  string
	lus     url.Values     // what the page holds
	saisi   []string       // fields in which something can be typed or chosen, that may be kept
	valeurs url.Values     // all, filled in
	bornes  map[string]int // of long texts, in characters
	boutons int            // of another language that send it, without script
}

func formulairesDe(t *testing.T, corps string) (tous []rempli) {
	t.Helper()
	arbre, err := html.ParseWithOptions(strings.NewReader(corps), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	pied := map[string]int{} // by the form that the button sends
	for n := range arbre.Descendants() {
		if id := attribut(n, "form"); deLangue(n) && id != "" {
			pied[id]++
		}
	}
	for n := range arbre.Descendants() {
		if n.Type != html.ElementNode || n.Data != "form" || attribut(n, "method") != "post" {
			continue
		}
		x := rempli{action: attribut(n, "action"), lus: url.Values{}, valeurs: url.Values{}, bornes: map[string]int{}, boutons: pied[attribut(n, "id")]}
		for e := range n.Descendants() {
			if x.remplir(e); deLangue(e) {
				x.boutons++
			}
		}
		tous = append(tous, x)
	}
	return tous
}

func deLangue(n *html.Node) bool {
	return n.Data == "button" && attribut(n, "name") == "page-langue"
}

// remplir fills in one field: the last of several choices, a text in the others.
func (x *rempli) remplir(n *html.Node) {
	nom, genre := attribut(n, "name"), attribut(n, "type")
	coche := genre == "radio" || genre == "checkbox"
	switch {
	case n.Type != html.ElementNode || nom == "" || n.Data == "button" || genre == "file":
		return
	case n.Data == "select":
		x.choisir(n, nom)
	case genre == "hidden":
		x.lus.Add(nom, attribut(n, "value"))
		x.valeurs.Add(nom, attribut(n, "value"))
		return
	case coche:
		if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "checked" }) {
			x.lus.Add(nom, attribut(n, "value"))
		}
		x.valeurs.Set(nom, attribut(n, "value"))
	case n.Data == "textarea":
		x.lus.Set(nom, "")
		if n.FirstChild != nil {
			x.lus.Set(nom, n.FirstChild.Data)
		}
		x.valeurs.Set(nom, "Écrit à la main,\nsur deux lignes")
		x.bornes[nom], _ = strconv.Atoi(attribut(n, "data-maxi")) // 0 where none is said: one character is not too many
	default:
		x.lus.Set(nom, attribut(n, "value"))
		x.valeurs.Set(nom, "Écrit à la main")
	}
	if !web.Secret(nom) && genre != "password" {
		x.saisi = append(x.saisi, nom)
	}
}

func (x *rempli) choisir(liste *html.Node, nom string) {
	for n := range liste.Descendants() {
		if n.Type != html.ElementNode || n.Data != "option" {
			continue
		}
		x.valeurs.Set(nom, attribut(n, "value"))
		if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "selected" }) {
			x.lus.Set(nom, attribut(n, "value"))
		}
	}
}
