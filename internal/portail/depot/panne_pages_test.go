package depot_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	fichieressai "guichet/internal/portail/fichier/essai"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
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
	for chemin, serie := range map[string]string{"/controler": "DD", "/deposer": "EE"} {
		genre, corps := formulaire(t, partie{"fichier", nomFichier, fichierDe(0, 2, serie, 0)}, partie{"numeroAns", "", []byte(ans(f))}, partie{"type", "", []byte("avance")})
		g.Envoyer(site, http.MethodPost, chemin, genre, corps)
	}
	genre, corps := formulaire(t, partie{"numeroAns", "", []byte(ans(f))}, partie{"type", "", []byte("avance")}, partie{"fichier", nomFichier, fichierDe(0, 2, "FF", 0)})
	g.Envoyer(site, http.MethodPost, "/deposer", genre, corps) // by a program, which has the fields first
	g.Poster(site, "/controles/"+propre.Jeton()+"/deposer", nil)
	g.Pannes(nil, func(g webessai.Geste, faire func() error) {
		x.panne.Chaque(t, x.b, essai.Acte{Nom: g.Motif, Faire: faire, Malgre: g.Malgre})
	})
}

// partie is a field of a form, or a file with its name.
type partie struct {
	champ, nom string
	octets     []byte
}

// formulaire is a form in the order of its parts.
func formulaire(t *testing.T, parties ...partie) (genre string, corps []byte) {
	t.Helper()
	var b bytes.Buffer
	f := multipart.NewWriter(&b)
	for _, p := range parties {
		w, err := f.CreateFormField(p.champ)
		if p.nom != "" {
			w, err = f.CreateFormFile(p.champ, p.nom)
		}
		if err == nil {
			_, err = w.Write(p.octets)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f.FormDataContentType(), b.Bytes()
}

// An archive that cannot be kept, though nothing is wrong with it, undoes no deposit: the answer says that it is the counter's fault, and which
// deposit stands, with how many archives. Those that are refused are told by name, three at most.
func TestArchivesBesideADeposit(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	f := x.fournisseurs[0]
	x.archives.Prendre = func(_ context.Context, _ *depot.Depot, _ compte.Identite, nom string, corps io.Reader) error {
		_, err := io.Copy(io.Discard, corps)
		if strings.HasPrefix(nom, "refus") {
			err = depot.Refuse{Texte: modele.Texte{Fr: "est vide.", En: "is empty."}}
		}
		if strings.HasPrefix(nom, "panne") {
			err = essai.ErrPanne
		}
		return err
	}
	site := x.pages(f)
	envoyer := func(serie string, archives ...string) *httptest.ResponseRecorder {
		t.Helper()
		parties := []partie{{"fichier", nomFichier, fichierDe(0, 2, serie, 0)}, {"numeroAns", "", []byte(ans(f))}, {"type", "", []byte("avance")}}
		for _, nom := range archives {
			parties = append(parties, partie{"archives", nom, []byte("PK")})
		}
		genre, corps := formulaire(t, parties...)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/deposer", bytes.NewReader(corps))
		r.Header.Set("Content-Type", genre)
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		return w
	}
	w := envoyer("AA", "bonne.zip", "panne.zip", "jamais.zip")
	if n := x.compter(t, `SELECT count(*) FROM depot`); w.Code != http.StatusInternalServerError || n != 1 ||
		!strings.Contains(w.Body.String(), "est déposé sous la référence DEP-") || !strings.Contains(webessai.Espacer(w.Body.String()), "1 archive reçue") {
		t.Errorf("%d deposits, %d %s", n, w.Code, w.Body)
	}
	for n, veut := range map[int]string{3: "refus2.zip : est vide.", 4: "Et 1 autre."} {
		var archives []string
		for i := range n {
			archives = append(archives, fmt.Sprintf("refus%d.zip", i))
		}
		w = envoyer(fmt.Sprint("B", n), append(archives, "bonne.zip")...)
		suite := httptest.NewRequestWithContext(t.Context(), http.MethodGet, w.Header().Get("Location"), nil)
		for _, c := range w.Result().Cookies() {
			suite.AddCookie(c)
		}
		page := httptest.NewRecorder()
		site.ServeHTTP(page, suite)
		dit := html.UnescapeString(webessai.Espacer(page.Body.String()))
		if w.Code != http.StatusSeeOther || !strings.Contains(dit, veut) || !strings.Contains(dit, "1 archive reçue avec le dépôt.") || strings.Contains(dit, "refus3.zip") || n == 3 && strings.Contains(dit, "Et ") {
			t.Errorf("%d refused: %d %s", n, w.Code, dit)
		}
	}
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
