package portail

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"guichet/internal/portail/demo"
)

// lecteur reads all pages that links lead to, without a browser.
type lecteur struct {
	t    *testing.T
	site string
	http *http.Client
	mux  *http.ServeMux // gives the route of a path
	lues map[string]int // by route
}

// maxLues is how many pages of one route somebody reads.
const maxLues = 4

func nouveauLecteur(t *testing.T, p *Portail, site, lang string) *lecteur {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for _, r := range p.routes() {
		mux.HandleFunc(r.Motif, func(http.ResponseWriter, *http.Request) {})
	}
	for _, chemin := range []string{"/accessibilite", "/mentions-legales", "/donnees-personnelles"} {
		mux.HandleFunc("GET "+chemin, func(http.ResponseWriter, *http.Request) {})
	}
	l := &lecteur{t: t, site: site, http: &http.Client{Jar: jar}, mux: mux, lues: map[string]int{}}
	l.page("/connexion?lang=" + lang)
	return l
}

func (l *lecteur) entrer(qui demo.Compte) {
	l.t.Helper()
	r, err := l.http.PostForm(l.site+"/connexion", url.Values{"courriel": {qui.Courriel}, "motdepasse": {qui.MotDePasse}})
	if err != nil {
		l.t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK || r.Request.URL.Path == "/connexion" {
		l.t.Fatalf("sign in as %s: %d at %s", qui.Courriel, r.StatusCode, r.Request.URL)
	}
}

// page is what an address shows, nil when it is no page.
func (l *lecteur) page(adresse string) *html.Node {
	l.t.Helper()
	r, err := l.http.Get(l.site + adresse)
	if err != nil {
		l.t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	page, err := html.Parse(r.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	return page
}

// parcourir calls voir for each page, at most some of one route.
func (l *lecteur) parcourir(voir func(adresse string, page *html.Node), file ...string) {
	l.t.Helper()
	vues := map[string]bool{}
	for len(file) > 0 {
		adresse := file[0]
		file = file[1:]
		u, err := url.Parse(adresse)
		if err != nil {
			l.t.Fatal(err)
		}
		_, motif := l.mux.Handler(&http.Request{Method: http.MethodGet, URL: u, Host: u.Host})
		if vues[adresse] || !strings.HasPrefix(motif, "GET ") || l.lues[motif] >= maxLues {
			continue
		}
		vues[adresse] = true
		page := l.page(adresse)
		if page == nil {
			continue
		}
		l.lues[motif]++
		voir(adresse, page)
		for n := range page.Descendants() {
			if h := attribut(n, "href"); n.Data == "a" && strings.HasPrefix(h, "/") && !strings.Contains(h, "lang=") {
				file = append(file, h)
			}
		}
	}
}

func attribut(n *html.Node, nom string) string {
	for _, a := range n.Attr {
		if a.Key == nom {
			return a.Val
		}
	}
	return ""
}

// cites are the elements whose words are not the counter's.
var cites = []string{"script", "style", "textarea", "code", "pre", "bdi", "kbd", "blockquote"}

// blocs begin a line of their own.
var blocs = []string{"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "div", "option", "button", "label", "legend", "br", "summary", "title", "caption", "address", "textarea"}

// paroles are the words of the counter on a page: one line for each block, and for each label that is only heard. What it
// cites is ¤.
func paroles(n *html.Node, b *strings.Builder) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
	case slices.Contains(cites, n.Data), n.Data == "article": // a letter has its own language, whatever that of the page
		b.WriteString("¤")
		return
	case slices.Contains(blocs, n.Data):
		b.WriteString("\n")
	}
	for _, a := range n.Attr {
		if slices.Contains([]string{"aria-label", "title", "alt", "placeholder"}, a.Key) {
			b.WriteString("\n" + a.Val + "\n")
		}
	}
	for e := n.FirstChild; e != nil; e = e.NextSibling {
		paroles(e, b)
	}
	if slices.Contains(blocs, n.Data) {
		b.WriteString("\n")
	}
}

// What no text in a language may have.
var (
	fautesFr = map[string]*regexp.Regexp{
		"a breakable space":            regexp.MustCompile(`\S*[ \t]+(?:[:;!?»€]|%(?:[^\w]|$))|« .?|\d \d{3}\b|\d (?:[kMG]?o|min)\b`),
		"an English date":              regexp.MustCompile(`\b\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s\d{4}`),
		"an English amount":            regexp.MustCompile(`€\d|\d[\s\x{a0}][kMG]?B\b|\d,\d{3}\b.*€`),
		"a plural of one":              regexp.MustCompile(`(?:^|[^\d,.\x{a0}])[01][\s\x{a0}](?:demandes|pièces|documents|fichiers|messages|dépôts|acceptées|refusées|règles|erreurs|alertes|jours|archives|autres|personnes|demandes)\b`),
		"a capital without its accent": regexp.MustCompile(`\b(?:A faire|Etat|Ecrire|Etape|Echéance|Echec|Editeur|Edition|Election|Equipe|Etablissement|Ecart)`),
	}
	fautesEn = map[string]*regexp.Regexp{
		"French spacing":  regexp.MustCompile(`[\s\x{a0}](?:[:;!?]|%)(?:\s|$)|[«»]`),
		"a French date":   regexp.MustCompile(`\b\d{2}/\d{2}/\d{4}`),
		"a French amount": regexp.MustCompile(`\d[\s\x{a0}]€|\d[\s\x{a0}][kMG]?o\b`),
		"a plural of one": regexp.MustCompile(`(?:^|[^\d,.\x{a0}])1[\s\x{a0}](?:requests|demandes|documents|files|messages|deposits|rules|errors|warnings|days|archives|others|people)\b`),
	}
)

// Over all pages that somebody sees in the example, in both languages: the words of the counter are set as their language
// wants.
func TestTextsOfAllPages(t *testing.T) {
	t.Parallel()
	site, p, comptes := exposer(t)
	for lang, fautes := range map[string]map[string]*regexp.Regexp{"fr": fautesFr, "en": fautesEn} {
		vues := 0
		for _, qui := range slices.Concat([]demo.Compte{{}}, comptes) {
			l := nouveauLecteur(t, p, site.URL, lang)
			debuts := []string{"/", "/connexion"}
			if qui.Courriel != "" {
				l.entrer(qui)
				debuts = []string{"/accueil", "/agir-pour"}
			}
			l.parcourir(func(adresse string, page *html.Node) {
				vues++
				relire(t, lang+" "+qui.Courriel+" "+adresse, page, fautes)
			}, debuts...)
		}
		if vues < 100 {
			t.Errorf("%s: %d pages were read", lang, vues)
		}
	}
}

// anglaisCite is what a text in English quotes of the returned file, which is French.
var anglaisCite = regexp.MustCompile(`“.*”`)

func relire(t *testing.T, ou string, page *html.Node, fautes map[string]*regexp.Regexp) {
	t.Helper()
	var b strings.Builder
	paroles(page, &b)
	for ligne := range strings.SplitSeq(b.String(), "\n") {
		ligne = anglaisCite.ReplaceAllString(strings.TrimLeft(ligne, " "), "¤")
		if strings.Contains(ligne, "31/01/2026") { // how to write a date in a field
			continue
		}
		for quoi, motif := range fautes {
			if m := motif.FindString(ligne); m != "" {
				t.Errorf("%s: %s, %q in %.200q", ou, quoi, m, ligne)
			}
		}
	}
}

// Names of a stranger: one that turns round what follows it, and one that is written from right to left.
const (
	nomRetourne = "SARL \u202egnp\u2066 \u200bX"
	nomHebreu   = "חברת נועם 12"
)

// On all pages: what a name hides is seen, and what runs from right to left stands apart, wherever a name, a reason, a
// message or the name of a file is shown.
func TestNamesOfStrangersOnAllPages(t *testing.T) {
	t.Parallel()
	site, p, comptes := exposer(t)
	for _, nom := range []string{nomRetourne, nomHebreu} {
		nommer(t, p, nom)
		vus := 0
		for _, qui := range comptes {
			l := nouveauLecteur(t, p, site.URL, "fr")
			l.entrer(qui)
			l.parcourir(func(adresse string, page *html.Node) {
				if montre(t, qui.Courriel+" "+adresse, page, false) {
					vus++
				}
			}, "/accueil", "/agir-pour")
		}
		if vus < 50 {
			t.Errorf("%d pages show the name %q", vus, nom)
		}
	}
}

// nommer gives a stranger's name to all that people name.
func nommer(t *testing.T, p *Portail, nom string) {
	t.Helper()
	err := p.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		for table, colonnes := range map[string][]string{
			"fournisseur": {"raison_sociale"}, "logiciel": {"nom"}, "compte": {"nom"}, "archive": {"nom"}, "piece": {"nom"}, "piece_ecartee": {"nom"},
			"evenement": {"motif"}, "fil": {"sujet"}, "message": {"texte", "piece_nom"}, "enrolement": {"nom", "motif"}, "depot": {"nom"},
		} {
			for _, c := range colonnes {
				if _, err := tx.ExecContext(ctx, `UPDATE `+table+` SET `+c+` = $1 WHERE `+c+` <> ''`, nom); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// montre looks at the texts of a page that strangers wrote, and tells whether there were any.
func montre(t *testing.T, ou string, n *html.Node, apart bool) (vu bool) {
	t.Helper()
	texte := ""
	switch {
	case n.Type == html.TextNode:
		texte = n.Data
	case n.Data == "textarea" || n.Data == "script" || n.Data == "style":
		return false
	case n.Data == "bdi" || n.Data == "title" || n.Data == "option":
		apart = true
	case n.Data == "article" && slices.Contains(n.Attr, html.Attribute{Key: "class", Val: "lettre"}):
		apart = true // a letter is a document by itself, in which the supplier's name has a line of its own
	}
	for _, a := range n.Attr {
		if slices.Contains([]string{"aria-label", "title", "alt", "placeholder"}, a.Key) {
			vu = relireNom(t, ou, a.Val, true) || vu
		}
	}
	vu = relireNom(t, ou, texte, apart) || vu
	for e := n.FirstChild; e != nil; e = e.NextSibling {
		vu = montre(t, ou, e, apart) || vu
	}
	return vu
}

var isole = regexp.MustCompile("\u2068[^\u2069]*\u2069")

func relireNom(t *testing.T, ou, texte string, apart bool) bool {
	t.Helper()
	seul := isole.ReplaceAllString(texte, "")
	if strings.ContainsAny(seul, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f") {
		t.Errorf("%s: hidden characters in %q", ou, texte)
	}
	if strings.Contains(seul, "נועם") && !apart {
		t.Errorf("%s: a name is not set apart in %q", ou, texte)
	}
	return strings.Contains(texte, "<U+202E>") || strings.Contains(texte, "נועם")
}
