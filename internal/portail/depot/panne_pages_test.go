package depot_test

import (
	"bytes"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
	fichieressai "guichet/internal/portail/fichier/essai"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
)

// pages serves them to a person of a supplier.
func (x *fragile) pages(fournisseur int64) http.Handler {
	return web.Routeur(x.Routes(), &web.Site{
		Maintenant: t0, Log: slog.New(slog.DiscardHandler), Proteger: func(r web.Route) web.Handler { return r.Servir },
		Identifier: func(suite http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				suite.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), compte.Identite{Compte: 7, Fournisseur: fournisseur, Role: compte.Deposant})))
			})
		},
	})
}

// Each route of the deposits tells that it failed, whichever step of it fails, and leaves nothing then; a route without its line here fails the
// test.
func TestPagesTellFailures(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	f := x.fournisseurs[0]
	d := x.deposer(t, envoi(f, aReparer("AA")))
	c, _ := x.controler(t, envoi(f, aReparer("BB")))
	propre, _ := x.controler(t, envoi(f, fichierDe(0, 4, "CC", 0)))
	site := x.pages(f)
	g := &webessai.Gestes{T: t, Routes: x.Routes()}
	for racine, suites := range map[string][]string{"/depots/" + d.ImpID(): {"/accuse", "/accuse.pdf", "/fichier", "/retour"}, "/controles/" + c.Jeton(): nil} {
		for _, suite := range append(suites, "", lienRegle(t, site, racine), "/rapport/csv", "/rapport/json", "/rapport/xlsx", "/rapport/sarif", "/corrige") {
			g.Lire(site, racine+suite)
		}
	}
	for _, chemin := range []string{"/deposer", "/depots", "/depots?q=json", "/depots?q=" + d.ImpID(), "/depots?avant=" + d.ImpID(), "/depots?motif=F301"} {
		g.Lire(site, chemin)
	}
	deposer := func(chemin, serie string, archives ...webessai.Fichier) {
		fichiers := append([]webessai.Fichier{{Champ: "fichier", Nom: nomFichier, Contenu: fichierDe(0, 2, serie, 0)}}, archives...)
		g.Joindre(site, chemin, url.Values{"type": {"avance"}, "numeroAns": {ans(f)}}, fichiers...)
	}
	deposer("/controler", "DD")
	deposer("/deposer", "EE")
	g.Poster(site, "/controles/"+propre.Jeton()+"/deposer", nil)
	g.Pannes(nil, func(g webessai.Geste, faire func() error) {
		x.panne.Chaque(t, x.b, essai.Acte{Nom: g.Motif, Faire: faire, Malgre: g.Malgre})
	})
}

// A deposited file that cannot be read is told as that, and never given as if it were empty, or as if nothing were wrong in it.
func TestUnreadableFile(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	racine := "/depots/" + x.deposer(t, envoi(x.fournisseurs[0], aReparer("AA"))).ImpID()
	site := x.pages(x.fournisseurs[0])
	regle := lienRegle(t, site, racine)
	fichieressai.Illisibles(t, x.racine)
	for _, suite := range []string{"", regle, "/rapport/csv", "/rapport/json", "/rapport/xlsx", "/rapport/sarif", "/corrige", "/accuse", "/accuse.pdf", "/fichier", "/retour"} {
		if err := webessai.Echec(site, httptest.NewRequestWithContext(t.Context(), http.MethodGet, racine+suite, nil)); err == nil {
			t.Errorf("%s says nothing", suite)
		}
	}
}

// lienRegle is what follows the address of a file in the first link of its page to a rule.
func lienRegle(t *testing.T, site http.Handler, racine string) string {
	t.Helper()
	w := httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, racine, nil))
	lien := regexp.MustCompile(`href="` + racine + `(/regles/[^"#]*)`).FindStringSubmatch(html.UnescapeString(w.Body.String()))
	if lien == nil {
		t.Fatalf("no rule on %s:\n%s", racine, w.Body)
	}
	return lien[1]
}

// aReparer is a file with a refused demande, and with a tag that is surely repaired in the others.
func aReparer(serie string) []byte {
	return bytes.ReplaceAll(fichierDe(0, 4, serie, 2), []byte(`"DURANDAL"`), []byte(`"Durandal"`))
}
