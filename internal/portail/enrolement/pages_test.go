package enrolement_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/enrolement"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
)

// site serves the pages of enrolment behind the accounts.
func (x *banc) site(t testing.TB) *httptest.Server {
	t.Helper()
	routes := append(x.Service.Routes(), x.Monde.Service.Routes()...)
	accueil := func(w http.ResponseWriter, _ *http.Request) error { _, err := io.WriteString(w, "accueil"); return err }
	routes = append(routes, web.Route{Motif: "GET /{$}", Servir: accueil},
		web.Route{Motif: "GET /favicon.ico", Servir: func(w http.ResponseWriter, _ *http.Request) error { w.WriteHeader(204); return nil }})
	s := httptest.NewServer(web.Routeur(routes, &web.Site{
		Maintenant: x.Horloge.Maintenant, Log: slog.New(slog.DiscardHandler),
		Identifier: x.Identifier, Proteger: x.Proteger, Visiteur: compte.Visiteur(nil),
	}))
	t.Cleanup(s.Close)
	return s
}

// client is a browser without script.
type client struct {
	*http.Client
	t      testing.TB
	racine string
}

func navigateur1(t testing.TB, racine string) *client {
	t.Helper()
	pot, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &client{&http.Client{Jar: pot}, t, racine}
}

func (c *client) lue(r *http.Response, err error, etat int, chemin string, textes ...string) string {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	corps, err := io.ReadAll(r.Body)
	if err := errors.Join(err, r.Body.Close()); err != nil {
		c.t.Fatal(err)
	}
	page := strings.ReplaceAll(string(corps), "&#39;", "'")
	if r.StatusCode != etat || r.Request.URL.RequestURI() != chemin {
		c.t.Errorf("%d at %s, want %d at %s", r.StatusCode, r.Request.URL.RequestURI(), etat, chemin)
	}
	for _, x := range textes {
		if !strings.Contains(webessai.Espacer(page), webessai.Espacer(x)) {
			c.t.Errorf("%s: no %q in\n%s", chemin, x, page)
		}
	}
	return page
}

func (c *client) lire(chemin string, etat int, arrivee string, textes ...string) string {
	c.t.Helper()
	r, err := c.Get(c.racine + chemin)
	return c.lue(r, err, etat, arrivee, textes...)
}

func (c *client) poster(chemin string, v url.Values, etat int, arrivee string, textes ...string) string {
	c.t.Helper()
	r, err := c.PostForm(c.racine+chemin, v)
	return c.lue(r, err, etat, arrivee, textes...)
}

func (c *client) envoyer(chemin, champ string, octets []byte, v url.Values, etat int, arrivee string, textes ...string) {
	c.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for nom, valeurs := range v {
		for _, x := range valeurs {
			if err := m.WriteField(nom, x); err != nil {
				c.t.Fatal(err)
			}
		}
	}
	f, err := m.CreateFormFile(champ, "x.png")
	if err == nil {
		_, err = f.Write(octets)
	}
	if err := errors.Join(err, m.Close()); err != nil {
		c.t.Fatal(err)
	}
	r, err := c.Post(c.racine+chemin, m.FormDataContentType(), &b)
	c.lue(r, err, etat, arrivee, textes...)
}

var saisies = []struct {
	chemin, arrivee string
	v               url.Values
}{
	{"entreprise", "contact", url.Values{"siret": {siret}, "raisonSociale": {"SOCIÉTÉ <script>"}, "adresse": {"1 rue de l'Exemple"}, "horsTVA": {"non"}}},
	{"contact", "logiciels", url.Values{"contact": {"Dominique Exemple"}, "courriel": {adresse}, "telephone": {"01 99 00 45 67"}, "mandate": {"non"}}},
	{"logiciels", "logiciels", url.Values{"numeroAns": {"ANS0000009"}, "nom": {"=1+1"}, "version": {"V1"}, "profils": enrolement.Profils()[:1]}},
	{"banque", "pieces", url.Values{"titulaire": {"SOCIÉTÉ"}, "iban": {iban}, "bic": {"EXEMFRPP"}}},
}

// From the first page to the agency's decision, without script: each page refuses what is empty beside its fields,
// and keeps what is right.
// ASVS 2.2.2.
func TestPages(t *testing.T) {
	t.Parallel()
	x := nouveau(t, dbessai.SQLite(t))
	site := x.site(t)
	c := navigateur1(t, site.URL)
	c.lire("/enrolement/banque", 200, "/enrolement", "3 Mo au plus")
	c.poster("/enrolement", nil, 200, "/enrolement/entreprise", "14 chiffres")
	for _, s := range saisies {
		c.poster("/enrolement/"+s.chemin, nil, 422, "/enrolement/"+s.chemin, "<title>Erreur", "Il y a un problème")
		c.poster("/enrolement/"+s.chemin, s.v, 200, "/enrolement/"+s.arrivee)
	}
	const retrait = "/enrolement/logiciels/retrait"
	c.poster(retrait, url.Values{"numeroAns": {"ANS0000009"}}, 200, retrait, "(ANS0000009) ?", "effacés du brouillon")
	c.poster(retrait, url.Values{"numeroAns": {"ANS0000009"}, "acte": {"renoncer"}}, 200, retrait, "Retirer ANS0000009")
	c.lire("/enrolement/banque", 200, "/enrolement/banque", "•••• "+iban[23:])
	c.envoyer("/enrolement/pieces/rib", "fichier-rib", []byte("<html>"), nil, 422, "/enrolement/pieces/rib", `href="#fichier-rib"`, "ni un PDF")
	c.envoyer("/enrolement/pieces/rib", "fichier-rib", make([]byte, 10<<20), nil, 413, "/enrolement/pieces/rib")
	c.envoyer("/enrolement/pieces/autre", "fichier-autre", image1(t), nil, 404, "/enrolement/pieces/autre")
	c.poster("/enrolement/verification", nil, 422, "/enrolement/verification", "Il manque un document", `href="#declaration"`)
	for _, g := range []string{"certificat", "identite", "rib"} {
		c.envoyer("/enrolement/pieces/"+g, "fichier-"+g, image1(t), nil, 200, "/enrolement/pieces", "Le document est reçu")
	}
	page := c.lire("/enrolement/verification", 200, "/enrolement/verification", "SOCIÉTÉ &lt;script&gt;")
	if strings.Contains(page, iban) {
		t.Error("the IBAN is shown")
	}
	c.poster("/enrolement/verification", url.Values{"declaration": {"oui"}}, 200, "/enrolement/suivi", "ENR-")
	c.lire("/enrolement/banque", 200, "/enrolement/suivi", "Votre demande est envoyée")

	a := x.Connecte(t, site.URL, x.Administrateur)
	admin := &client{a.Client, t, site.URL}
	admin.lire("/enrolements?cherche=soci", 200, "/enrolements?cherche=soci", `href="/enrolements/1"`)
	examen := admin.lire("/enrolements/1", 200, "/enrolements/1", "à examiner", `/enrolements/1/pieces/1`)
	_, envoi, _ := strings.Cut(examen, `name="envoi" value="`)
	envoi, _, _ = strings.Cut(envoi, `"`)
	r, err := admin.Get(site.URL + "/enrolements/1/pieces/1")
	if err != nil || r.Header.Get("Content-Type") != "image/png" || r.Header.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.Contains(strings.Join(r.Header.Values("Content-Security-Policy"), ";"), "sandbox") || !strings.Contains(r.Header.Get("Content-Disposition"), "x.png") {
		t.Errorf("%v, %v", r, err)
	}
	_ = r.Body.Close()
	admin.poster("/enrolements/1", nil, 422, "/enrolements/1", "Choisissez d'accepter")
	admin.poster("/enrolements/1", url.Values{"decision": {"refuser"}, "envoi": {envoi}}, 422, "/enrolements/1", `href="#motif"`)
	admin.poster("/enrolements/1", url.Values{"decision": {"accepter"}, "envoi": {envoi}, "acte": {"faire"}}, 200, "/enrolements/1", "La décision est prise", "acceptée")
	admin.poster("/enrolements/1", url.Values{"decision": {"accepter"}, "envoi": {envoi}, "acte": {"faire"}}, 422, "/enrolements/1", "a déjà accepté")
	admin.poster("/fournisseurs/1", url.Values{"motif": {"Contrôle"}, "acte": {"faire"}}, 200, "/fournisseurs/1", "suspendu")
	c.lire("/enrolement/suivi", 200, "/enrolement/suivi", "acceptée")
}

// A link that leads to another request than that of the browser asks first, and replaces it only when told to.
func TestLinkToAnotherRequest(t *testing.T) {
	t.Parallel()
	x := nouveau(t, dbessai.SQLite(t))
	site := x.site(t)
	lien, err := x.Commencer(t.Context(), modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	etranger, err := x.Lire(t.Context(), lien)
	if err != nil {
		t.Fatal(err)
	}
	c := navigateur1(t, site.URL)
	c.poster("/enrolement", nil, 200, "/enrolement/entreprise")
	c.poster("/enrolement/entreprise", saisies[0].v, 200, "/enrolement/contact")
	c.lire("/enrolement/lien/"+lien, 200, "/enrolement/lien/"+lien, etranger.Reference, "SOCIÉTÉ", "Garder cette demande")
	c.lire("/enrolement/entreprise", 200, "/enrolement/entreprise", "SOCIÉTÉ")
	c.poster("/enrolement/lien/"+lien, nil, 200, "/enrolement", etranger.Reference)
	if page := c.lire("/enrolement/entreprise", 200, "/enrolement/entreprise"); strings.Contains(page, "SOCIÉTÉ") {
		t.Error("the request of the link was not opened")
	}
	c.lire("/enrolement/lien/"+lien, 200, "/enrolement", etranger.Reference)
	c.poster("/enrolement/lien/INCONNU", nil, 404, "/enrolement/lien/INCONNU")
	navigateur1(t, site.URL).lire("/enrolement/lien/"+lien, 200, "/enrolement", "Vous reprenez le brouillon "+etranger.Reference)
}

// A supplier's page, and what only its owner may ask; what is the agency's does not exist for it.
func TestOwnPages(t *testing.T) {
	t.Parallel()
	x := nouveau(t, dbessai.SQLite(t))
	site := x.site(t)
	x.demande(t)
	p := &client{x.Connecte(t, site.URL, x.Proprietaire).Client, t, site.URL}
	p.lire("/entreprise", 200, "/entreprise", "ÉDITEUR D'EXEMPLE", "/entreprise/banque")
	p.envoyer("/entreprise/banque", "fichier-rib", nil, nil, 422, "/entreprise/banque", `href="#iban"`, `href="#fichier-rib"`)
	p.envoyer("/entreprise/banque", "fichier-rib", image1(t), saisies[3].v, 200, "/entreprise", "est envoyée à l'agence")
	p.envoyer("/entreprise/logiciel", "fichier-certificat", image1(t), saisies[2].v, 200, "/entreprise", "Logiciel de plus")
	for _, chemin := range []string{"/enrolements", "/enrolements/1", "/enrolements/1/pieces/1", "/fournisseurs/1"} {
		p.lire(chemin, 404, chemin)
	}
	l := &client{x.Connecte(t, site.URL, x.Lecteur).Client, t, site.URL}
	if page := l.lire("/entreprise", 200, "/entreprise"); strings.Contains(page, "/entreprise/banque") {
		t.Error("a reader is offered a change")
	}
	l.lire("/entreprise/banque", 404, "/entreprise/banque")
	navigateur1(t, site.URL).lire("/enrolement/lien/INCONNU", 404, "/enrolement/lien/INCONNU")
}
