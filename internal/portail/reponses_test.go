package portail

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"guichet/internal/portail/web/essai"
)

// chacune asks for each route, as each visitor sees it, over HTTPS: pages with what is the visitor's own, forms empty and by
// nobody, and what is no route.
func chacune(t *testing.T, voir func(t *testing.T, qui string, v essai.Visiteur, chemin string, r essai.Reponse)) {
	t.Helper()
	m := mondeSurHTTPS(t)
	visiteurs := m.visiteurs(t)
	m.quelques()
	ailleurs := []string{"GET /nulle-part", "GET /depots/%00", "POST /connexion", "DELETE /connexion", "PUT /depots", "HEAD /", "OPTIONS /connexion", "TRACE /", "GET /statique/", "GET /statique/rien.css", "GET /?lang=en"}
	ailleurs = append(ailleurs, m.statiques(t)...)
	for _, v := range visiteurs {
		for _, motif := range ailleurs {
			methode, chemin, _ := strings.Cut(motif, " ")
			voir(t, v.Nom+", "+motif, v, chemin, v.Client.Demander(methode, chemin, nil))
		}
		for _, route := range m.routes() {
			methode, chemin, _ := strings.Cut(route.Motif, " ")
			chemin = strings.TrimSuffix(chemin, "{$}")
			if l, ok := m.lignes[route.Motif]; ok {
				for groupe, sien := range l.Chemins {
					if groupe == v.Groupe || groupe == "" || v.Groupe == "" {
						chemin = sien
					}
				}
			}
			if methode == http.MethodGet {
				voir(t, v.Nom+", "+route.Motif, v, chemin, v.Client.Demander(methode, chemin, nil))
			} else if v.Groupe == "" {
				voir(t, v.Nom+", "+route.Motif, v, chemin, v.Client.Demander(methode, chemin, url.Values{}))
			}
		}
	}
}

// statiques are the static files that a page names.
func (m *monde) statiques(t *testing.T) (motifs []string) {
	t.Helper()
	for _, f := range regexp.MustCompile(`/statique/[a-z]+\.[0-9a-f]+\.[a-z]+`).FindAllString(m.site.Client(t).Ouvrir("/").Corps, -1) {
		motifs = append(motifs, "GET "+f)
	}
	if len(motifs) < 3 {
		t.Fatalf("static files: %v", motifs)
	}
	return motifs
}

// Each answer has the headers by which browsers protect people, whoever asks for whatever.
// ASVS 3.4.1, 3.4.3, 3.4.4, 3.4.5, 3.4.6: over the table of routes, errors and static files.
func TestEachAnswerProtects(t *testing.T) {
	t.Parallel()
	chacune(t, func(t *testing.T, qui string, _ essai.Visiteur, _ string, r essai.Reponse) {
		age, _, _ := strings.Cut(strings.TrimPrefix(r.Entetes.Get("Strict-Transport-Security"), "max-age="), ";")
		if n, err := strconv.Atoi(age); err != nil || n < 365*24*3600 || !strings.Contains(r.Entetes.Get("Strict-Transport-Security"), "includeSubDomains") {
			t.Errorf("%s: HSTS %q", qui, r.Entetes.Get("Strict-Transport-Security"))
		}
		if x := r.Entetes.Get("X-Content-Type-Options"); x != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q", qui, x)
		}
		if x := r.Entetes.Get("Referrer-Policy"); x != "same-origin" && x != "no-referrer" {
			t.Errorf("%s: Referrer-Policy %q", qui, x)
		}
		politique := directives(r.Entetes["Content-Security-Policy"])
		fichier := strings.Contains(r.Entetes.Get("Content-Disposition"), "filename") && !strings.HasPrefix(r.Entetes.Get("Content-Type"), "text/html")
		for directive, admis := range map[string]string{
			"default-src": "'none'", "base-uri": "'none'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self'", "img-src": "'self'",
			"frame-src": "'self'", "object-src": "'none'", "form-action": "'self' 'none'", "frame-ancestors": "'none'",
		} {
			if fichier { // shown in a frame of ours, by the browser's own viewer
				admis += map[string]string{"frame-ancestors": " 'self'", "object-src": " 'self'", "style-src": " 'unsafe-inline'"}[directive]
			}
			valeur, ok := politique[directive]
			herite := directive != "base-uri" && directive != "form-action" && directive != "frame-ancestors" && directive != "default-src"
			if !ok && !herite || ok && !strings.Contains(admis, valeur) {
				t.Errorf("%s: %s %q in the policy", qui, directive, valeur)
			}
		}
	})
}

// directives are those of a policy, by name.
func directives(politiques []string) map[string]string {
	d := map[string]string{}
	for part := range strings.SplitSeq(strings.Join(politiques, "; "), ";") {
		nom, valeur, _ := strings.Cut(strings.TrimSpace(part), " ")
		d[nom] = valeur
	}
	return d
}

// No answer is for the scripts of other sites, whatever they say that they are.
// ASVS 3.4.2: over the table of routes.
func TestNoAnswerForOtherOrigins(t *testing.T) {
	t.Parallel()
	m := mondeSurHTTPS(t)
	for _, route := range m.routes() {
		methode, chemin, _ := strings.Cut(route.Motif, " ")
		for _, methode := range []string{methode, http.MethodOptions} {
			r, err := http.NewRequestWithContext(t.Context(), methode, m.site.URL+parametre.ReplaceAllString(strings.TrimSuffix(chemin, "{$}"), "1"), nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Origin", "https://ailleurs.exemple.invalid")
			r.Header.Set("Access-Control-Request-Method", "POST")
			for nom := range m.site.Client(t).Envoyer(r).Entetes {
				if strings.HasPrefix(nom, "Access-Control-") {
					t.Errorf("%s %s: %s", methode, chemin, nom)
				}
			}
		}
	}
}

// Each answer says what it is, in which characters; nothing that a person sees stays behind in a cache.
// ASVS 4.1.1, 14.2.2, 14.3.2: over the table of routes, errors and static files.
func TestEachAnswerSaysWhatItIs(t *testing.T) {
	t.Parallel()
	chacune(t, func(t *testing.T, qui string, _ essai.Visiteur, chemin string, r essai.Reponse) {
		cache := r.Entetes.Get("Cache-Control")
		if statique := strings.HasPrefix(chemin, "/statique/") && r.Etat == http.StatusOK; !statique && cache != "no-store" || statique && !strings.Contains(cache, "immutable") {
			t.Errorf("%s: Cache-Control %q", qui, cache)
		}
		if r.Corps == "" {
			return
		}
		genre := r.Entetes.Get("Content-Type")
		sorte, reste, _ := strings.Cut(genre, ";")
		if texte := strings.HasPrefix(sorte, "text/") || strings.HasSuffix(sorte, "xml"); texte && sorte != "image/svg+xml" && !strings.Contains(strings.ToLower(reste), "charset=utf-8") {
			t.Errorf("%s: Content-Type %q", qui, genre)
		}
		page := strings.HasPrefix(r.Corps, "<!DOCTYPE html>") || r.Etat == http.StatusSeeOther && strings.HasPrefix(r.Corps, "<a href=")
		switch {
		case genre == "", page != (sorte == "text/html"):
			t.Errorf("%s: Content-Type %q of %.60q", qui, genre, r.Corps)
		case sorte == "application/json" && !json.Valid([]byte(strings.TrimPrefix(r.Corps, "\ufeff"))), sorte == "application/pdf" && !strings.HasPrefix(r.Corps, "%PDF-"), sorte == "image/png" && !strings.HasPrefix(r.Corps, "\x89PNG"):
			t.Errorf("%s: it is no %s: %.60q", qui, genre, r.Corps)
		}
	})
}

// Each cookie is this host's alone, over TLS alone, and no script's; and nobody gets a session by opening pages.
// ASVS 3.3.1, 3.3.2, 3.3.3, 3.3.4, 7.6.2: over the table of routes.
func TestEachCookieIsKeptClose(t *testing.T) {
	t.Parallel()
	n := 0
	chacune(t, func(t *testing.T, qui string, v essai.Visiteur, _ string, r essai.Reponse) {
		for _, b := range (&http.Response{Header: r.Entetes}).Cookies() {
			n++
			if !strings.HasPrefix(b.Name, "__Host-") || !b.Secure || !b.HttpOnly || b.Path != "/" || b.Domain != "" || b.SameSite != http.SameSiteLaxMode && b.SameSite != http.SameSiteStrictMode {
				t.Errorf("%s: %s", qui, b.Raw)
			}
			if v.Groupe == "" && b.Name == "__Host-guichet" && b.MaxAge >= 0 && b.Value != "" {
				t.Errorf("%s: nobody has a session", qui)
			}
			if b.Value != "" && strings.Contains(r.Corps, b.Value) {
				t.Errorf("%s: %s stands in the page", qui, b.Name)
			}
		}
	})
	if n == 0 {
		t.Error("no cookie was seen")
	}
}

var (
	adresseExterne = regexp.MustCompile(`(?i)<(?:script|link|img|iframe|object|embed|source|video|audio|form)\b[^>]*\b(?:src|href|data|action|srcset)="(?:https?:)?//`)
	commeSecret    = regexp.MustCompile(`<input[^>]* name="[^"]*(?i:motdepasse|actuel|password)[^"]*"[^>]*>`)
)

// Each page of who has signed in leads out again; secrets are typed in masked fields of forms that post, and can be pasted; nothing
// is asked of another site.
// ASVS 7.4.4, 6.2.6, 6.2.7, 14.2.1, 14.2.3: over the table of routes.
func TestEachPage(t *testing.T) {
	t.Parallel()
	secrets := 0
	chacune(t, func(t *testing.T, qui string, v essai.Visiteur, _ string, r essai.Reponse) {
		if r.Etat != http.StatusOK || !strings.HasPrefix(r.Corps, "<!DOCTYPE html>") {
			return
		}
		if sortir := strings.Contains(r.Corps, `<form method="post" action="/deconnexion`); sortir != (v.Groupe != "") {
			t.Errorf("%s: signing out is there: %t", qui, sortir)
		}
		if x := adresseExterne.FindString(r.Corps); x != "" {
			t.Errorf("%s: %s", qui, x)
		}
		for _, champ := range commeSecret.FindAllString(r.Corps, -1) {
			secrets++
			if !strings.Contains(champ, `type="password"`) || strings.Contains(champ, "onpaste") || strings.Contains(champ, `autocomplete="off"`) || !strings.Contains(champ, "autocomplete=") {
				t.Errorf("%s: %s", qui, champ)
			}
		}
		for form := range strings.SplitSeq(r.Corps, "<form ") {
			ouverture, _, _ := strings.Cut(form, ">")
			contenu, _, _ := strings.Cut(form, "</form>")
			if strings.Contains(contenu, `type="password"`) && !strings.Contains(ouverture, `method="post"`) && !strings.HasPrefix(form, "<!") {
				t.Errorf("%s: a secret goes into an address: %s", qui, ouverture)
			}
		}
	})
	if secrets < 5 {
		t.Errorf("%d fields of secrets were seen", secrets)
	}
}

// Nothing answers beside the routes: no folder, no file of the program or of its data, nothing for debugging; and no request is
// answered with itself.
// ASVS 13.4.1, 13.4.2, 13.4.3, 13.4.4, 5.3.1
func TestNothingBesideTheRoutes(t *testing.T) {
	t.Parallel()
	m := mondeSurHTTPS(t)
	_, chef, _, _ := m.fournir(t, "A", 1)
	nobody, owner := m.site.Client(t), m.entrer(t, chef)
	var sha string
	if err := m.base.Lire().QueryRowContext(t.Context(), `SELECT min(sha256) FROM piece`).Scan(&sha); err != nil {
		t.Fatal(err)
	}
	for _, chemin := range []string{
		"/.git/HEAD", "/.git/config", "/.git/", "/.svn/entries", "/.env", "/go.mod", "/statique/", "/statique", "/statique/../portail.db", "/statique/%2e%2e/portail.db", "/portail.db", "/cle", "/courriels/",
		"/fichiers/", "/fichiers/" + sha, "/fichiers/" + sha[:2] + "/" + sha, "/" + sha, "/referentiels/", "/debug/pprof/", "/debug/vars", "/debug/", "/swagger", "/api", "/openapi.json", "/server-status", "/phpinfo.php", "/graphql", "/admin",
	} {
		for qui, c := range map[string]*essai.Client{"nobody": nobody, "owner": owner} {
			if r := c.Ouvrir(chemin); r.Etat != http.StatusNotFound || strings.Contains(r.Corps, "Index of") {
				t.Errorf("%s, %s: %d", qui, chemin, r.Etat)
			}
		}
	}
	for _, route := range m.routes() {
		_, chemin, _ := strings.Cut(route.Motif, " ")
		chemin = parametre.ReplaceAllString(strings.TrimSuffix(chemin, "{$}"), "1")
		for _, methode := range []string{http.MethodTrace, "TRACK", "DEBUG", "PROPFIND"} {
			if r := owner.Demander(methode, chemin, nil); r.Etat != http.StatusMethodNotAllowed || strings.Contains(r.Corps, "guichet-connu") {
				t.Errorf("%s %s: %d", methode, chemin, r.Etat)
			}
		}
	}
	if r := m.site.Client(t).Ouvrir("/metrics"); r.Etat != http.StatusNotFound {
		t.Errorf("figures for nobody: %d", r.Etat)
	}
}
