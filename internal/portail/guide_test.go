package portail

import (
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"guichet/internal/attente"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/demo"
	"guichet/internal/portail/reglages"
	"guichet/internal/portail/web/essai"
)

// What the guide of the agency says is done, as it says it: names in italics are followed in their order on the demonstration, by
// whom a comment before them names. A link leads on, a button is pressed, all else must be there to be read. Each paragraph begins
// anew, where its comment says.
func TestGuideOfTheAgency(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	if _, err := b.examens.Revoir(t.Context()); err != nil {
		t.Fatal(err)
	}
	go b.lots.Tourner(t.Context())
	texte, err := os.ReadFile("../../docs/guide-agence.md")
	if err != nil {
		t.Fatal(err)
	}
	g := &guide{t: t, b: b, entres: map[string]*essai.Client{}}
	for _, alinea := range regexp.MustCompile(`\n\s*\n|\n(?:- |## )`).Split(string(texte), -1) {
		g.alinea(alinea)
	}
	if g.noms < 60 || g.boutons < 10 {
		t.Errorf("%d names and %d buttons of the guide were followed", g.noms, g.boutons)
	}
	for _, reglage := range regexp.MustCompile("`--([a-z-]+)").FindAllStringSubmatch(string(texte), -1) {
		if !slices.ContainsFunc(reglages.Tous(), func(s reglages.Reglage) bool { return s.Nom == reglage[1] }) {
			t.Errorf("there is no setting --%s", reglage[1])
		}
	}
	for _, role := range regexp.MustCompile(`(?m)^\| ([^|]+) \|`).FindAllStringSubmatch(string(texte), -1)[1:] {
		if _, ok := g.compteDe(role[1]); !ok {
			t.Errorf("nobody of the demonstration is %s", role[1])
		}
	}
	touches := strings.ToLower(g.client("Instructeur").Ouvrir("/travail/touches").Corps)
	_, clavier, _ := strings.Cut(string(texte), "\n## Au clavier")
	for _, touche := range regexp.MustCompile(`\*\*([^*]+)\*\*`).FindAllStringSubmatch(clavier, -1) {
		if !strings.Contains(touches, "<kbd>"+strings.ToLower(touche[1])+"</kbd>") {
			t.Errorf("the page of keys has no %s", touche[1])
		}
	}
}

// guide is somebody who reads the guide, and does what it says.
type guide struct {
	t             *testing.T
	b             *bureau
	entres        map[string]*essai.Client
	qui           *essai.Client
	depart        []string
	page          essai.Reponse
	fiche         string // where the last button was, when it led elsewhere
	noms, boutons int
}

var (
	unDepart = regexp.MustCompile(`<!-- ([^:>]+?)(?: : (.+?))? -->`)
	unNom    = regexp.MustCompile(`(?:^|[^*])\*([^*]+)\*(?:[^*]|$)`)
)

// alinea follows the names of one paragraph.
func (g *guide) alinea(texte string) {
	texte = strings.Join(strings.Fields(texte), " ")
	if d := unDepart.FindStringSubmatch(texte); d != nil {
		g.qui, g.depart = g.client(d[1]), nil
		if d[2] != "" {
			g.depart = strings.Split(d[2], " › ")
		}
	}
	noms := unNom.FindAllStringSubmatch(unDepart.ReplaceAllString(texte, ""), -1)
	if len(noms) == 0 {
		return
	}
	if g.qui == nil {
		g.t.Fatalf("nobody follows %s", texte)
	}
	g.page, g.fiche = g.qui.Ouvrir("/accueil"), ""
	for _, nom := range g.depart {
		g.suivre(nom, texte)
	}
	for _, nom := range noms {
		for _, x := range strings.Split(nom[1], " › ") {
			g.noms++
			g.suivre(x, texte)
		}
	}
}

func (g *guide) compteDe(role string) (demo.Compte, bool) {
	i := slices.IndexFunc(g.b.comptes, func(c demo.Compte) bool { return compte.NomsRoles[c.Role].Nom.Fr == role })
	if i < 0 {
		return demo.Compte{}, false
	}
	return g.b.comptes[i], true
}

func (g *guide) client(role string) *essai.Client {
	g.t.Helper()
	if g.entres[role] == nil {
		c, ok := g.compteDe(role)
		if !ok {
			g.t.Fatalf("nobody of the demonstration is %s", role)
		}
		g.entres[role] = g.b.entrer(g.t, c.Courriel)
	}
	return g.entres[role]
}

// suivre does with a name of the page what people do with it. What is still being prepared is waited for.
func (g *guide) suivre(nom, texte string) {
	g.t.Helper()
	n := trouver(g.page.Corps, nom)
	for fin := time.Now().Add(attente.Patience); n == nil && strings.Contains(g.page.Corps, "data-suivi") && time.Now().Before(fin); time.Sleep(50 * time.Millisecond) {
		g.page = g.qui.Ouvrir(g.page.Chemin)
		n = trouver(g.page.Corps, nom)
	}
	if n == nil && g.fiche != "" { // as one goes back
		g.page, g.fiche = g.qui.Ouvrir(g.fiche), ""
		n = trouver(g.page.Corps, nom)
	}
	switch {
	case n == nil:
		_, corps, _ := strings.Cut(g.page.Texte(), "Profil et sécurité")
		g.t.Errorf("no %q on %s, where the guide says %q\n%.1500s", nom, g.page.Chemin, texte, corps)
	case n.Data == "a":
		g.aller(attribut(n, "href"))
	case n.Data == "button":
		g.boutons++
		g.presser(n, nom)
	}
}

// aller follows a link to another page; one to a place in a page, or to a file, is only there.
func (g *guide) aller(adresse string) {
	g.t.Helper()
	vers, err := url.Parse(g.page.Chemin)
	if err == nil {
		vers, err = vers.Parse(adresse)
	}
	if err != nil {
		g.t.Fatal(err)
	}
	r := g.qui.Ouvrir(vers.RequestURI())
	if r.Etat != 200 {
		g.t.Fatalf("%s answers %d", adresse, r.Etat)
	}
	if strings.HasPrefix(r.Entetes.Get("Content-Type"), "text/html") {
		g.page = r
	}
}

// presser sends the form of a button, with what is to be filled in; what it answers must not be a refusal.
func (g *guide) presser(bouton *html.Node, nom string) {
	g.t.Helper()
	form := bouton.Parent
	for form != nil && form.Data != "form" {
		form = form.Parent
	}
	if form == nil { // a button of a script
		return
	}
	action, methode := attribut(form, "action"), strings.ToUpper(attribut(form, "method"))
	if a := attribut(bouton, "formaction"); a != "" {
		action = a
	}
	champs := saisir(form)
	if c := attribut(bouton, "name"); c != "" {
		champs.Set(c, attribut(bouton, "value"))
	}
	if methode != "POST" {
		g.aller(action + "?" + champs.Encode())
		return
	}
	g.fiche = g.page.Chemin
	r := g.qui.Demander("POST", action, champs)
	if r.Etat == 200 { // it shows something, with the form
		g.page, g.page.Chemin = r, g.fiche
		return
	}
	if r.Etat != 303 {
		g.t.Fatalf("%s, on %s: %d\n%.1500s", nom, g.fiche, r.Etat, r.Texte())
	}
	g.aller(r.Entetes.Get("Location"))
}

// saisir fills in a form as somebody would who has to: texts that are asked for, a day to come, the first of choices to tick.
func saisir(form *html.Node) url.Values {
	v, coches := url.Values{}, map[string]bool{}
	for n := range form.Descendants() {
		nom, genre := attribut(n, "name"), attribut(n, "type")
		if n.Type != html.ElementNode || nom == "" {
			continue
		}
		switch {
		case n.Data == "textarea":
			v.Set(nom, "Comme le guide le dit.")
		case n.Data == "select":
			for o := range n.Descendants() {
				if o.Type == html.ElementNode && o.Data == "option" && (attribut(o, "value") != "" && v.Get(nom) == "" || porte(o, "selected")) {
					v.Set(nom, attribut(o, "value"))
				}
			}
		case genre == "checkbox" && !coches[nom]:
			coches[nom] = true
			v.Add(nom, attribut(n, "value"))
		case genre == "radio" && porte(n, "checked"), genre == "hidden":
			v.Add(nom, attribut(n, "value"))
		case n.Data == "input" && genre != "checkbox" && genre != "radio":
			v.Set(nom, attribut(n, "value"))
			if v.Get(nom) == "" && strings.Contains(nom, "jusqua") {
				v.Set(nom, "25/11/2026")
			} else if v.Get(nom) == "" {
				v.Set(nom, "Guide")
			}
		}
	}
	return v
}

// nommes are the elements that have a name which people read.
var nommes = []string{"button", "a", "summary", "h1", "h2", "h3", "th", "legend", "label", "option", "dt", "li"}

// trouver finds what a page calls so: what can be pressed or followed first.
func trouver(corps, nom string) *html.Node {
	racine, err := html.ParseWithOptions(strings.NewReader(corps), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil
	}
	for _, ou := range []string{"main", "body"} { // what the page is about, then its menus
		for _, genre := range nommes {
			for n := range racine.Descendants() {
				if n.Type == html.ElementNode && n.Data == genre && appele(n, nom) && dans(n, ou) {
					return n
				}
			}
		}
	}
	return nil
}

func dans(n *html.Node, genre string) bool {
	for n != nil && n.Data != genre {
		n = n.Parent
	}
	return n != nil
}

// appele tells whether an element is called so, whatever number, remark or mark follows.
func appele(n *html.Node, nom string) bool {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data + " ")
		}
	}
	lu := strings.Join(strings.Fields(essai.Espacer(b.String())), " ")
	reste, ok := strings.CutPrefix(lu, nom)
	if !ok {
		return false
	}
	reste = strings.TrimSpace(reste)
	return reste == "" || !unicode.IsLetter([]rune(reste)[0])
}

func porte(n *html.Node, nom string) bool {
	return slices.ContainsFunc(n.Attr, func(x html.Attribute) bool { return x.Key == nom })
}
