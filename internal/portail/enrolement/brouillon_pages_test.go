package enrolement_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/enrolement"
	"guichet/internal/portail/web"
)

// The draft is found again by a cookie that lasts as long as the draft, is left again with each change, and says nothing of
// anybody; the program may have been started again meanwhile.
func TestDraftOutlivesTheBrowser(t *testing.T) {
	t.Parallel()
	x := nouveau(t, dbessai.SQLite(t))
	const adresseSite = "https://guichet.exemple.invalid"
	demarrer := func() http.Handler {
		return web.Routeur(enrolement.Nouveau(x.Service.Config).Routes(), &web.Site{Maintenant: x.Horloge.Maintenant, Log: slog.New(slog.DiscardHandler), Adresse: adresseSite})
	}
	demander := func(methode, chemin string, v url.Values, k *http.Cookie) *http.Response {
		r := httptest.NewRequestWithContext(t.Context(), methode, adresseSite+chemin, strings.NewReader(v.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if k != nil {
			r.AddCookie(k)
		}
		w := httptest.NewRecorder()
		demarrer().ServeHTTP(w, r)
		return w.Result()
	}
	var tenu *http.Cookie
	for _, pas := range []struct {
		chemin string
		v      url.Values
	}{{"/enrolement", nil}, {"/enrolement/entreprise", saisies[0].v}, {"/enrolement/contact", saisies[1].v}} {
		r := demander(http.MethodPost, pas.chemin, pas.v, tenu)
		var pose *http.Cookie
		for _, k := range r.Cookies() {
			if k.Name == "__Host-guichet-enrolement" {
				pose = k
			}
		}
		if pose == nil || pose.MaxAge != 60*24*3600 || !pose.HttpOnly || !pose.Secure || pose.Path != "/" || pose.Domain != "" || pose.SameSite != http.SameSiteLaxMode {
			t.Fatalf("%s leaves %+v", pas.chemin, pose)
		}
		if strings.ContainsAny(pose.Value, "@ .") || len(pose.Value) != 26 {
			t.Errorf("the cookie holds %q", pose.Value)
		}
		tenu = pose
	}
	x.Horloge.Avancer(59 * 24 * time.Hour)
	if err := x.Service.Balayer(t.Context()); err != nil {
		t.Fatal(err)
	}
	corps, err := io.ReadAll(demander(http.MethodGet, "/enrolement", nil, tenu).Body)
	if err != nil || !strings.Contains(string(corps), "2 étapes faites sur 6") || !strings.Contains(string(corps), "Dominique Exemple") {
		t.Errorf("%v:\n%s", err, corps)
	}
}

// The page of enrolment begins with what is done and what is left; the address of the contact has a link mailed, which leads
// back to it from another browser, once. The draft is thrown away when one has confirmed it.
func TestDraftPages(t *testing.T) {
	t.Parallel()
	x := nouveau(t, dbessai.SQLite(t))
	site := x.site(t)
	c := navigateur1(t, site.URL)
	c.lire("/enrolement", 200, "/enrolement", "Comptez un quart d'heure", "Ce qu'il vous faut", "Commencer une demande")
	c.poster("/enrolement", nil, 200, "/enrolement/entreprise")
	c.lire("/enrolement", 200, "/enrolement", "0 étape faite sur 6", "Continuer : Votre entreprise", "0 sur 3. Il manque : Certificat")
	c.poster("/enrolement", nil, 200, "/enrolement", "0 étape faite")
	c.poster("/enrolement/depart", nil, 200, "/enrolement", "0 étape faite") // no link leads back to it
	for _, s := range saisies[:2] {
		c.poster("/enrolement/"+s.chemin, s.v, 200, "/enrolement/"+s.arrivee)
	}
	c.poster("/enrolement/contact", saisies[1].v, 200, "/enrolement/logiciels")
	n, lien := x.mails(adresse)
	if n != 1 {
		t.Fatalf("%d mails", n)
	}
	c.envoyer("/enrolement/pieces/rib", "fichier-rib", image1(t), nil, 200, "/enrolement/pieces")
	c.lire("/enrolement", 200, "/enrolement", "2 étapes faites sur 6", "Un lien envoyé à", "1 sur 3")
	autre := navigateur1(t, site.URL)
	page := autre.lire("/enrolement/lien/"+lien, 200, "/enrolement", "Vous reprenez le brouillon ENR-", "2 étapes faites sur 6")
	autre.poster("/enrolement/depart", nil, 200, "/enrolement", "Ce navigateur ne suit plus le brouillon", "Commencer une demande")
	autre.lire("/enrolement/lien/"+lien, 200, "/enrolement", "2 étapes faites sur 6")
	_, reference, _ := strings.Cut(page, "<strong>ENR-")
	reference = "ENR-" + reference[:9]
	autre.lire("/enrolement/abandon", 200, "/enrolement/abandon", reference, "x.png", "Cela ne peut pas être annulé")
	autre.poster("/enrolement/abandon", nil, 200, "/enrolement/abandon", reference)
	autre.poster("/enrolement/abandon", url.Values{"reference": {reference}}, 200, "/enrolement", "Le brouillon est effacé", "Commencer une demande")
	autre.lire("/enrolement/lien/"+lien, 404, "/enrolement/lien/"+lien)
	c.lire("/enrolement/banque", 200, "/enrolement", "Commencer une demande")
}

// A browser that goes on with a draft begins another one only when it has asked for another; a link that was not mailed is told.
func TestAnotherDraft(t *testing.T) {
	t.Parallel()
	x := nouveau(t, dbessai.SQLite(t))
	c := navigateur1(t, x.site(t).URL)
	c.poster("/enrolement", nil, 200, "/enrolement/entreprise")
	for i := range 3 { // strangers have asked for the address
		secret := x.commence(t, adresse)
		if _, err := x.EnvoyerLien(t.Context(), secret, netip.AddrFrom4([4]byte{192, 0, 2, byte(i)}).String()+"/32"); err != nil {
			t.Fatal(err)
		}
	}
	c.poster("/enrolement/contact", saisies[1].v, 200, "/enrolement/logiciels", "est pas parti")
	page := c.lire("/enrolement", 200, "/enrolement", "Le lien par courriel n'est pas parti")
	_, premier, _ := strings.Cut(page, `name="autre" value="`)
	premier, _, _ = strings.Cut(premier, `"`)
	c.poster("/enrolement", url.Values{"autre": {premier}}, 200, "/enrolement/entreprise")
	if page := c.lire("/enrolement", 200, "/enrolement", "0 étape faite"); strings.Contains(page, premier) {
		t.Error("the same draft")
	}
}
