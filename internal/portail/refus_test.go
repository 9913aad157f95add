package portail

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/demo"
	"guichet/internal/portail/web/essai"
)

// vide clears the fields of the first form that posts to an address, and sends it.
const vide = `(adresse => {
	const f = [...document.querySelectorAll("main form[method=post]")].find(f => f.getAttribute("action").split("?")[0] === adresse);
	for (const x of f.querySelectorAll("input:not([type=hidden]), select, textarea")) {
		if (x.type === "radio" || x.type === "checkbox") x.checked = false; else if (x.type !== "file") x.value = "";
	}
	setTimeout(() => f.requestSubmit());
})(%q)`

// malRefuse lists what is wrong with a page that refuses a form: where the focus is, and each field that is at fault.
const malRefuse = `(() => {
	const fautes = [], resume = document.querySelector(".resume");
	if (!resume) return ["nothing is summed up: " + document.body.innerText.slice(0, 300)];
	const rouge = getComputedStyle(resume).borderLeftColor;
	if (!document.activeElement.classList.contains("resume")) fautes.push("the focus is on " + document.activeElement.outerHTML.slice(0, 100));
	if (!document.querySelector(".resume li").textContent.trim()) fautes.push("nothing is said");
	for (const lien of document.querySelectorAll(".resume a")) {
		const x = document.getElementById(lien.hash.slice(1));
		if (!x) { fautes.push("no " + lien.hash); continue; }
		const choix = x.closest("fieldset[role=radiogroup]") ?? x, decrit = (choix.closest("fieldset") ?? choix).getAttribute("aria-describedby") ?? "";
		if (choix.getAttribute("aria-invalid") !== "true") fautes.push(lien.hash + " is not invalid");
		const texte = document.getElementById(decrit.split(" ").find(d => d.endsWith("-faute")) ?? "");
		if (!texte || texte.textContent !== lien.textContent) fautes.push(lien.hash + " does not say: " + lien.textContent);
		const bord = getComputedStyle(x.closest(".fautif"));
		if (bord.borderLeftColor !== rouge || parseFloat(bord.borderLeftWidth) < 2) fautes.push(lien.hash + " has no red border");
	}
	return fautes;
})()`

// Each form that is refused says so where the focus is, and beside each field: focus, border, message. By everybody, over the forms
// that links lead to.
func TestRefusedForms(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	site, p, comptes := exposer(t)
	mux := http.NewServeMux()
	for _, r := range p.routes() {
		mux.HandleFunc(r.Motif, func(http.ResponseWriter, *http.Request) {})
	}
	b, refuses := navigateur.Start(t), map[string]bool{}
	for _, qui := range slices.Concat([]demo.Compte{{}}, comptes) {
		c := (&essai.Site{URL: site.URL}).Client(t)
		v := b.Open(t, site.URL+"/connexion?lang=fr", navigateur.View{})
		if qui.Courriel == "" {
			c.Demander("POST", "/enrolement", url.Values{})
			v = b.Open(t, site.URL+"/enrolement", navigateur.View{})
			v.Suivre(t, `main form button`)
		} else {
			c.Demander("POST", "/connexion", url.Values{"courriel": {qui.Courriel}, "motdepasse": {qui.MotDePasse}})
			entrer(t, v, qui)
		}
		for _, f := range formulaires(c, mux, refuses) {
			refuser(t, v, site.URL, cmp.Or(string(qui.Role), "nobody"), f, refuses)
		}
	}
	if len(refuses) < 20 {
		t.Errorf("only %d forms were refused: %v", len(refuses), refuses)
	}
}

// unFormulaire is a form, on the first page that has it.
type unFormulaire struct{ motif, page, adresse string }

var (
	lienInterne     = regexp.MustCompile(`href="(/[^"#]*)`)
	formulaireVisib = regexp.MustCompile(`(?s)<form method="post" action="([^"?]*)[^>]*>(.*?)</form>`)
)

// formulaires follows links, and lists the forms with fields that nobody has refused yet; it begins with aussi, too.
func formulaires(c *essai.Client, mux *http.ServeMux, connus map[string]bool, aussi ...string) (liste []unFormulaire) {
	vues, lues, trouves := map[string]bool{}, map[string]int{}, map[string]bool{}
	file := []string{"/", "/accueil", "/connexion", "/enrolement/entreprise", "/enrolement/contact", "/enrolement/logiciels", "/enrolement/banque", "/enrolement/pieces", "/enrolement/verification"}
	for file = append(file, aussi...); len(file) > 0; file = file[1:] {
		u, err := url.Parse(strings.ReplaceAll(file[0], "&amp;", "&"))
		if err != nil || vues[u.Path] {
			continue
		}
		_, motif := mux.Handler(&http.Request{Method: http.MethodGet, URL: u})
		if vues[u.Path] = true; motif == "" || ailleurs[motif] != "" && !strings.HasPrefix(u.Path, "/enrolement/") || lues[motif] >= 5 && motif != "GET /travail/{numero}" { // whose forms depend on how far a demande has come
			continue
		}
		lues[motif]++
		r := c.Ouvrir(u.Path)
		for _, x := range lienInterne.FindAllStringSubmatch(r.Corps, -1) {
			file = append(file, x[1])
		}
		for _, x := range formulaireVisib.FindAllStringSubmatch(r.Corps, -1) {
			_, acte := mux.Handler(&http.Request{Method: http.MethodPost, URL: &url.URL{Path: x[1]}})
			if strings.Contains(x[2], `class="champ`) && !connus[acte] && !trouves[acte] {
				trouves[acte] = true
				liste = append(liste, unFormulaire{acte, r.Chemin, x[1]})
			}
		}
	}
	return liste
}

func refuser(t *testing.T, v *navigateur.Page, site, qui string, f unFormulaire, refuses map[string]bool) {
	t.Helper()
	if err := chromedp.Do(v.Context, chromedp.Navigate(site+f.page)); err != nil {
		t.Fatal(err)
	}
	r, err := chromedp.RunResponse(v.Context, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(vide, f.adresse)))
	if err != nil {
		t.Fatalf("%s, %s on %s: %v", qui, f.motif, f.page, err)
	}
	if r.Status != http.StatusUnprocessableEntity {
		t.Logf("%s, %s on %s, empty: %d", qui, f.motif, f.page, r.Status)
		return
	}
	refuses[f.motif] = true
	for _, x := range navigateur.Evaluate[[]string](t, v, malRefuse) {
		t.Errorf("%s, %s on %s: %s", qui, f.motif, f.page, x)
	}
}
