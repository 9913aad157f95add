package portail

import (
	"cmp"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"guichet/internal/corpus"
	"guichet/internal/navigateur"
	"guichet/internal/portail/demo"
)

// ailleurs are the GET routes that the tour does not open, with the reason. Any other one must be found by following
// links.
var ailleurs = map[string]string{
	"GET /healthz":                    "a word for a supervisor",
	"GET /metrics":                    "figures for a supervisor",
	"GET /connexion/code":             "nobody has a second factor: the tour of accounts opens it",
	"GET /connexion/secours":          "likewise",
	"GET /mot-de-passe-oublie/envoye": "follows a form: the tour of accounts opens it",
	"GET /adresse/{lien}":             "comes by mail: the tour of accounts opens it",
	"GET /invitations":                "comes by mail, to who has an account: the pages of accounts read it",
	"GET /ouverture/{lien}":           "comes by mail: the tour of accounts opens it",

	"GET /compte/adresse/confirmation/{lien}": "comes by mail: the tour of accounts opens it",

	"GET /travail/{numero}/contestation": "offered where two suppliers may claim one ESMS; those of the example are heard already: the tests of hearings open it",

	"GET /compte/second-facteur/image":         "a picture",
	"GET /compte/second-facteur/codes":         "comes after a form: the tour of accounts opens it",
	"GET /compte/second-facteur/codes/fichier": "a file",
	"GET /compte/second-facteur/retrait":       "nobody has a second factor: the tour of accounts opens it",
	"GET /compte/second-facteur/secours":       "likewise",

	"GET /personnes/{compte}/second-facteur":                            "nobody has a second factor: the tour of accounts opens it",
	"GET /fournisseurs/{fournisseur}/personnes/{compte}/second-facteur": "the same page for the agency",
	"GET /personnes/{compte}/gestion":                                   "the agency has one person: the same page of a supplier's is opened",

	"GET /enrolement/lien/{lien}":  "comes by mail: the tour of enrolment opens it",
	"GET /enrolement/entreprise":   "follows a form: the tour of enrolment opens it",
	"GET /enrolement/contact":      "likewise",
	"GET /enrolement/logiciels":    "likewise",
	"GET /enrolement/banque":       "likewise",
	"GET /enrolement/pieces":       "likewise",
	"GET /enrolement/verification": "likewise",
	"GET /enrolement/suivi":        "likewise",
	"GET /enrolement/abandon":      "likewise",

	"GET /depots/{depot}/regles/{code}":       "more places than the example has: the tests of deposits open it",
	"GET /controles/{controle}":               "follows a form: the tests of deposits open it",
	"GET /controles/{controle}/regles/{code}": "likewise",

	"GET /enrolements/{enrolement}/pieces/{piece}":     "a file",
	"GET /depots/{depot}/rapport/{format}":             "a file",
	"GET /controles/{controle}/rapport/{format}":       "a file",
	"GET /controles/{controle}/corrige":                "a file",
	"GET /depots/{depot}/accuse.pdf":                   "a file",
	"GET /depots/{depot}/fichier":                      "a file",
	"GET /depots/{depot}/retour":                       "a file",
	"GET /depots/{depot}/corrige":                      "a file",
	"GET /depots/{depot}/pieces/{rang}/{type}/fichier": "a file",
	"GET /depots/{depot}/pieces/examen":                "a number: the script of the documents' page asks for it",
	"GET /export/demandes/{format}":                    "a file",
	"GET /export/travail/{format}":                     "a file",
	"GET /export/chiffres/{format}":                    "a file",
	"GET /export/decisions/{format}":                   "a file",
	"GET /export/comptes/{format}":                     "a file",
	"GET /export/lots/{lot}/{format}":                  "a file",
	"GET /lettres/{lettre}/{format}":                   "a file",
	"GET /courriers/{courrier}/{format}":               "a file",
	"GET /lots/nouveau":                                "follows a form: the tests of lots open it",
	"GET /lots/{lot}":                                  "likewise",
	"GET /lots/{lot}/attente":                          "a number: the script of that page asks for it",
	"GET /connexion/agence":                            "the example has no identity provider: the tests of accounts have one",
	"GET /connexion/agence/retour":                     "likewise",
	"GET /confirmer/agence":                            "likewise",
	"GET /journal/export":                              "a file",
	"GET /journal/securite/export":                     "a file",
	"GET /confirmer":                                   "comes after ten minutes: the tour of accounts opens it",
	"GET /messages/{fil}/pieces/{ordre}":               "a file",
	"GET /travail/{numero}/pieces/{type}/fichier":      "a file",
	"GET /travail/{numero}/retrait":                    "stands on the sheet of an award that was notified: the tests of hearings open it",
	"GET /donner-avis/{lien}":                          "comes by mail: the tests of opinions open it",
	"GET /donner-avis/{lien}/pieces/{type}":            "a file",
}

// promeneur is somebody who follows all links.
type promeneur struct {
	*navigateur.Page
	t         *testing.T
	site, nom string
	mux       *http.ServeMux // gives the route of a path
	ouvertes  map[string]int // how many pages of a route somebody has looked at thoroughly
	lues      map[string]int // by route, how many of its pages were read for their links
}

// maxParRoute is how many pages of one route are read for the links that they hold; the first one is opened.
const maxParRoute = 12

// Everybody follows the links of the example in a real browser. Each route is found; each page is accessible, narrow
// enough, named, and breaks no rule of its own security policy.
func TestTour(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	site, p, comptes := exposer(t)

	mux := http.NewServeMux()
	for _, r := range p.routes() {
		mux.HandleFunc(r.Motif, func(http.ResponseWriter, *http.Request) {})
	}
	for _, chemin := range []string{"/accessibilite", "/mentions-legales", "/donnees-personnelles"} {
		mux.HandleFunc("GET "+chemin, func(http.ResponseWriter, *http.Request) {}) // the pages' own
	}
	ouvertes := map[string]int{} // by anybody
	for i, qui := range slices.Concat([]demo.Compte{{}}, comptes) {
		nom := cmp.Or(qui.Courriel, "visiteur")
		t.Run(nom, func(t *testing.T) {
			v := &promeneur{t: t, site: site.URL, nom: nom, mux: mux, ouvertes: ouvertes, lues: map[string]int{}}
			v.Page = navigateur.Start(t).Open(t, site.URL+langue(i), navigateur.View{Width: 320, Height: 800, Dark: i%2 == 1})
			v.parcourir(v.entrer(qui)...)
		})
	}
	for _, r := range p.routes() {
		if strings.HasPrefix(r.Motif, "GET ") && ouvertes[r.Motif] == 0 && ailleurs[r.Motif] == "" {
			t.Errorf("%s: no link of the example leads there", r.Motif)
		}
	}
	sansScript(t, navigateur.Start(t), site.URL, comptes[slices.IndexFunc(comptes, func(c demo.Compte) bool { return c.Role == "deposant" })])
}

// langue is where somebody comes in: one of them reads English.
func langue(i int) string {
	if i == 3 {
		return "/connexion?lang=en"
	}
	return "/connexion?lang=fr"
}

// entrer signs in, and returns the page to begin with.
func (v *promeneur) entrer(qui demo.Compte) []string {
	if qui.Courriel == "" {
		return []string{"/", "/connexion"}
	}
	entrer(v.t, v.Page, qui)
	return []string{"/accueil", "/agir-pour"}
}

func entrer(t *testing.T, p *navigateur.Page, qui demo.Compte) {
	t.Helper()
	err := chromedp.Do(p.Context, chromedp.SetValue(`main [name="courriel"]`, qui.Courriel), chromedp.SetValue(`main [name="motdepasse"]`, qui.MotDePasse))
	if err == nil {
		_, err = chromedp.RunResponse(p.Context, chromedp.Click(`main form button`))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// parcourir opens one page of each route that links lead to.
func (v *promeneur) parcourir(file ...string) {
	v.t.Helper()
	vues := map[string]bool{}
	for len(file) > 0 {
		adresse := file[0]
		file = file[1:]
		motif := v.motif(adresse)
		if vues[adresse] || !strings.HasPrefix(motif, "GET ") || ailleurs[motif] != "" || v.lues[motif] >= maxParRoute {
			continue
		}
		vues[adresse] = true
		if v.lues[motif]++; v.lues[motif] == 1 || v.neuve(motif) {
			v.ouvrir(motif, adresse)
		}
		file = append(file, v.liens(adresse)...)
	}
}

// neuve tells whether nobody has looked thoroughly at enough pages of a route: one, or two where there are many.
func (v *promeneur) neuve(motif string) bool {
	n := v.ouvertes[motif]
	return n == 0 || n == 1 && strings.Contains(motif, "/{")
}

func (v *promeneur) motif(adresse string) string {
	u, err := url.Parse(adresse)
	if err != nil {
		v.t.Fatal(err)
	}
	_, motif := v.mux.Handler(&http.Request{Method: http.MethodGet, URL: u, Host: u.Host})
	return motif
}

// liens are the addresses in this site that a page leads to, whatever place in the page is meant.
func (v *promeneur) liens(adresse string) []string {
	v.t.Helper()
	return navigateur.Evaluate[[]string](v.t, v.Page, `fetch("`+adresse+`").then(r => r.text()).then(t =>
		[...new DOMParser().parseFromString(t, "text/html").querySelectorAll("a[href^='/']")].map(a => a.getAttribute("href").split("#")[0]).filter(h => !h.includes("lang=")))`)
}

// ouvrir looks at a page as people do.
func (v *promeneur) ouvrir(motif, adresse string) {
	v.t.Helper()
	avant := len(v.Errors())
	r, err := chromedp.RunResponse(v.Context, chromedp.Navigate(v.site+adresse))
	if err != nil || r.Status != http.StatusOK {
		v.t.Fatalf("%s, %s: %v, %v", v.nom, adresse, r, err)
	}
	faute := func(format string, args ...any) {
		v.t.Errorf("%s, "+adresse+": "+format, slices.Insert(args, 0, any(v.nom))...)
	}
	if titre := navigateur.Evaluate[string](v.t, v.Page, `document.title`); len(titre) < 5 {
		faute("title %q", titre)
	}
	if n := navigateur.Evaluate[int](v.t, v.Page, `document.querySelectorAll("h1").length`); n != 1 {
		faute("%d h1", n)
	}
	sans := `[...document.querySelectorAll("form[method=post], [formaction]")].filter(f => !(f.getAttribute("formaction") ?? f.getAttribute("action")).includes("agit=")).length`
	if n := navigateur.Evaluate[int](v.t, v.Page, sans); n != 0 && v.nom != "visiteur" {
		faute("%d forms do not say for whom they were shown", n)
	}
	if n := v.Overflow(v.t); n != 0 {
		faute("%d pixels too wide", n)
	}
	for _, x := range navigateur.Evaluate[[]string](v.t, v.Page, cartes) {
		faute("a card: %s", x)
	}
	if v.neuve(motif) { // it takes a while
		v.ouvertes[motif]++
		for _, x := range v.Violations(v.t) {
			faute("%s", x)
		}
		defer v.photographier(motif)
	}
	for _, x := range v.Errors()[avant:] {
		faute("console: %s", x)
	}
}

// cartes lists what is wrong with the tables of a narrow page: a cell without the name of its column beside it, or that
// reaches beyond the window; a table that scrolls.
const cartes = `(() => {
	const fautes = [], large = document.documentElement.clientWidth;
	for (const t of document.querySelectorAll("main table:not(.graphique)")) {
		const noms = [...t.tHead.rows[0].cells].map(c => c.textContent.trim());
		if (t.parentElement.scrollWidth > t.parentElement.clientWidth) fautes.push("the table scrolls");
		for (const ligne of t.tBodies[0].rows) [...ligne.cells].forEach((c, i) => {
			const nom = getComputedStyle(c, "::before").content, lieu = c.getBoundingClientRect();
			if (!noms[i] || !nom.includes(JSON.stringify(noms[i]))) fautes.push(nom + " for " + noms[i]);
			if (lieu.right > large || c.scrollWidth > c.clientWidth) fautes.push(noms[i] + " is cut: " + c.textContent);
		});
	}
	return fautes;
})()`

// photographier keeps what a page looks like, when somebody wants to see: GUICHET_ECRANS names a folder.
func (v *promeneur) photographier(motif string) {
	dossier := os.Getenv("GUICHET_ECRANS")
	if dossier == "" {
		return
	}
	role, _, _ := strings.Cut(v.nom, "@")
	nom := role + strings.NewReplacer("/", "-", "{", "", "}", "", "$", "").Replace(strings.TrimPrefix(motif, "GET "))
	for largeur, taille := range map[string]int64{"etroit": 360, "large": 1280} {
		if err := chromedp.Do(v.Context, chromedp.EmulateViewport(taille, 800)); err != nil {
			v.t.Fatal(err)
		}
		v.Screenshot(v.t, filepath.Join(dossier, nom+"-"+largeur+".png"))
	}
	if err := chromedp.Do(v.Context, chromedp.EmulateViewport(320, 800)); err != nil {
		v.t.Fatal(err)
	}
}

// sansScript has a depositor deposit a file, and withdraw a demande of it, in a browser that runs no script.
func sansScript(t *testing.T, b *navigateur.Browser, site string, qui demo.Compte) {
	t.Helper()
	p := b.Open(t, site+"/connexion?lang=fr", navigateur.View{Width: 320, Height: 800})
	if _, err := chromedp.Call(p.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	entrer(t, p, qui)
	fichier := filepath.Join(t.TempDir(), "JSON-ANS0000001-20261124-001.json")
	if err := os.WriteFile(fichier, corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1, Depuis: 500}), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Suivre(t, `.etroit a[href="/deposer"]`, chromedp.Click(`.etroit summary`))
	p.Suivre(t, `main form button`, chromedp.SetUploadFiles(`main input[type=file]`, []string{fichier}))
	p.Suivre(t, `main form[action*="/deposer"] button`)
	p.Suivre(t, `.etroit a[href="/demandes"]`, chromedp.Click(`.etroit summary`))
	p.Suivre(t, `tbody th a`)
	p.Suivre(t, `main a[href$="/retrait"]`)
	p.Suivre(t, `main form button`, chromedp.SetValue(`main [name="motif"]`, "L'OG a annulé."))
	p.Suivre(t, `main form button`)
	if texte, err := chromedp.Run(p.Context, chromedp.Text(`main`)); err != nil || !strings.Contains(texte, "Retirée") {
		t.Errorf("withdrawn without script: %v\n%s", err, texte)
	}
}
