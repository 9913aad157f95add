package compte_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// visite is a person at a browser.
type visite struct {
	*navigateur.Page
	t    *testing.T
	site string
	nom  string // of the screenshots
	sans bool   // without script
}

// script switches the page's scripts; the checks of voir are scripts too.
func (v *visite) script(oui bool) {
	v.t.Helper()
	if !v.sans {
		return
	}
	_, err := chromedp.Call(v.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !oui})
	if err != nil {
		v.t.Fatal(err)
	}
}

// voir checks the page that is there: accessible, without error in the console, not wider than the window.
func (v *visite) voir(nom, titre string) {
	v.t.Helper()
	v.script(true)
	defer v.script(false)
	if got := navigateur.Evaluate[string](v.t, v.Page, `document.title`); !strings.Contains(got, titre) {
		v.t.Errorf("%s: title %q, want %q", nom, got, titre)
	}
	for _, x := range v.Violations(v.t) {
		v.t.Errorf("%s: %s", nom, x)
	}
	if n := v.Overflow(v.t); n > 0 {
		v.t.Errorf("%s: %d px too wide", nom, n)
	}
	if dossier := os.Getenv("GUICHET_ECRANS"); dossier != "" {
		v.Screenshot(v.t, filepath.Join(dossier, "compte-"+v.nom+"-"+nom+".png"))
	}
}

func (v *visite) faire(pas ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	if err := chromedp.Do(v.Context, pas...); err != nil {
		v.t.Fatal(err)
	}
}

func (v *visite) aller(chemin string) {
	v.t.Helper()
	v.faire(chromedp.Navigate(v.site + chemin))
}

// envoyer fills fields in (names and values by turns) and presses the button of their form.
func (v *visite) envoyer(bouton string, champs ...string) {
	v.t.Helper()
	for i := 0; i+1 < len(champs); i += 2 {
		v.faire(chromedp.SetValue(`main [name="`+champs[i]+`"]`, champs[i+1]))
	}
	_, err := chromedp.RunResponse(v.Context, chromedp.Click(bouton))
	if err != nil {
		v.t.Fatal(err)
	}
}

// An administrator's first day, then an owner's, in a real browser, with and without script, on a wide and on a
// narrow screen.
func TestInABrowser(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	for nom, vue := range map[string]navigateur.View{"large": {}, "etroit": {Width: 320, Height: 800, Dark: true}} {
		t.Run(nom, func(t *testing.T) {
			m := essai.Vide(dbessai.SQLite(t))
			v := &visite{t: t, site: m.Serveur(t).URL, nom: nom, sans: nom == "etroit"}
			v.Page = b.Open(t, "about:blank", vue)
			v.script(false)
			premierJour(v, m)
			jourDuProprietaire(v, m)
			assiege(v, m)
			for _, e := range v.Errors() {
				if !strings.Contains(e, "422") && !strings.Contains(e, "410") && !strings.Contains(e, "429") && !strings.Contains(e, "403") {
					t.Errorf("console: %s", e)
				}
			}
		})
	}
}

func premierJour(v *visite, m *essai.Monde) {
	lien, _, err := m.PremierAdministrateur(v.t.Context())
	if err != nil {
		v.t.Fatal(err)
	}
	v.aller("/?lang=fr") // the browser asks for English
	v.aller(strings.TrimPrefix(lien, essai.Adresse))
	v.voir("ouvrir", "Ouvrir le compte du premier administrateur")
	v.envoyer(`main form button`, "courriel", "x", "motdepasse", "court")
	v.voir("ouvrir-erreurs", "Erreur : ")
	v.envoyer(`main form button`, "courriel", "admin@exemple.invalid", "nom", "Ana Exemple", "motdepasse", essai.MotDePasse)
	v.voir("facteur", "Mettre en place le second facteur")
	cle := strings.ReplaceAll(navigateur.Evaluate[string](v.t, v.Page, `document.querySelector("main code").textContent`), " ", "")
	if !navigateur.Evaluate[bool](v.t, v.Page, `document.querySelector("main img").naturalWidth > 100`) {
		v.t.Error("the QR code is not drawn")
	}
	v.envoyer(`main form button`, "code", m.Code(v.t, cle))
	v.voir("secours", "Vos codes de secours")
	v.aller("/compte")
	v.voir("compte", "Mon compte")
	v.aller("/compte/second-facteur/retrait")
	v.voir("retrait", "Changer de second facteur")
	v.aller("/compte/second-facteur/secours")
	v.voir("renouveler", "nouveaux codes")
	v.aller("/agir-pour")
	v.voir("agirpour", "Pour qui agir")
	v.aller("/compte")
	v.envoyer(`form[action^="/compte/session"] button`)
	v.voir("connexion", "Se connecter")
	v.envoyer(`main form button`, "courriel", "admin@exemple.invalid", "motdepasse", "faux")
	v.voir("connexion-erreur", "Erreur : ")
	v.envoyer(`main form button`, "courriel", "admin@exemple.invalid", "motdepasse", essai.MotDePasse)
	v.voir("code", "Saisir le code")
	v.aller("/connexion/secours")
	v.voir("code-secours", "code de secours")
	v.aller("/mot-de-passe-oublie")
	v.voir("oublier", "Mot de passe oublié")
	v.envoyer(`main form button`, "courriel", "admin@exemple.invalid")
	v.voir("oublier-envoye", "Consultez votre messagerie")
	v.aller("/ouverture/" + m.Lien(v.t, "admin@exemple.invalid"))
	v.voir("nouveau", "Choisir un nouveau mot de passe")
	v.aller("/ouverture/INCONNU")
	v.voir("lienmort", "Ce lien ne fonctionne plus")
}

func jourDuProprietaire(v *visite, m *essai.Monde) {
	f := m.AjouterFournisseur(v.t, "00000000100008", "ÉDITEUR D'EXEMPLE")
	m.AjouterFournisseur(v.t, "00000000200006", "DISTRIBUTEUR D'EXEMPLE")
	p := m.AjouterPersonne(v.t, f, compte.Proprietaire)
	v.aller("/connexion?suite=/personnes")
	v.envoyer(`main form button`, "courriel", p.Courriel, "motdepasse", essai.MotDePasse)
	v.voir("personnes", "Personnes")
	v.envoyer(`form[action^="/personnes?"] button`, "nom", "Bo Exemple", "courriel", "bo")
	v.voir("personnes-erreurs", "Erreur : ")
	v.faire(chromedp.Click(`#role-deposant`))
	v.envoyer(`form[action^="/personnes?"] button`, "courriel", "bo@exemple.invalid")
	v.voir("personnes-invite", "Personnes")
	v.envoyer(`main tbody tr:first-child a`)
	v.voir("personne", "Bo Exemple")
	perdu(v, m, m.AjouterPersonne(v.t, f, compte.Lecteur))
	v.aller("/mandats")
	v.envoyer(`form[action^="/mandats"] button`, "siret", "00000000200006")
	v.voir("mandats", "Mandats")
	m.Horloge.Avancer(10 * time.Minute)
	v.aller("/mandats")
	v.envoyer(`form[action^="/mandats?"] button`, "siret", "123")
	v.voir("confirmer", "Confirmez que c'est vous")
	v.envoyer(`main form button`, "confirme-motdepasse", "faux")
	v.voir("confirmer-erreur", "Erreur : ")
	v.envoyer(`main form button`, "confirme-motdepasse", essai.MotDePasse)
	v.voir("mandats-erreur", "Erreur : ")
	v.aller("/compte/mot-de-passe")
	v.voir("motdepasse", "Changer de mot de passe")
}

// assiege signs in to an account that strangers guess at: at a browser that is not known, then with the code.
func assiege(v *visite, m *essai.Monde) {
	p := m.AjouterPersonneA(v.t, compte.Agence, compte.Administrateur, "assiege@exemple.invalid")
	p.Secret = m.DonnerFacteur(v.t, p.Compte)
	assieger(m, v.t, p.Courriel)
	v.envoyer(`.visiteur button`)
	v.aller("/connexion")
	v.envoyer(`main form button`, "courriel", p.Courriel, "motdepasse", essai.MotDePasse)
	v.voir("connexion-freinee", "Erreur : ")
	v.envoyer(`main form button`, "courriel", p.Courriel, "motdepasse", essai.MotDePasse, "codeAvance", m.Code(v.t, p.Secret))
	v.voir("connexion-par-code", "Accueil")
}

// perdu takes somebody's second factor away, from the list of people.
func perdu(v *visite, m *essai.Monde, p essai.Personne) {
	m.DonnerFacteur(v.t, p.Compte)
	v.aller("/personnes/" + id(p.Compte))
	v.voir("personne-facteur", p.Courriel[:4])
	v.envoyer(`main a[href$="/second-facteur"]`)
	v.voir("facteur-perdu", "Second facteur perdu")
	v.envoyer(`main form button`)
	v.voir("facteur-perdu-erreurs", "Erreur : ")
	v.envoyer(`main form button`, "motif", "Téléphone volé, reconnue de vive voix.", "actuel", essai.MotDePasse)
	v.voir("facteur-leve", "Personnes")
}

// A session that is revoked while a request is under way is not made again by what the request writes.
func TestRevokedWhileUnderWay(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		c := m.Connecte(t, m.Serveur(t).URL, m.Lecteur)
		i, _ := identiteDe(t, m, c)
		h := m.Identifier(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if err := m.ChangerMotDePasse(r.Context(), i.Compte, essai.MotDePasse, "un tout autre secret", ""); err != nil {
				t.Error(err)
			}
			for _, route := range m.Routes() {
				if route.Motif == "POST /agir-pour" {
					_ = route.Servir(w, r)
				}
			}
		}))
		corps := url.Values{"pour": {id(m.Fournisseur) + "-0"}}.Encode()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/agir-pour", strings.NewReader(corps))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, k := range c.Cookies(t) {
			r.AddCookie(k)
		}
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusSeeOther {
			t.Errorf("%d", w.Code)
		}
		if _, ok := identiteDe(t, m, c); ok {
			t.Error("the session is back")
		}
	})
}

// Without a cookie, pages that need no account are served though the database is gone.
func TestNoCookieNoDatabase(t *testing.T) {
	t.Parallel()
	b, err := db.Ouvrir(t.Context(), filepath.Join(t.TempDir(), "portail.db"))
	if err != nil {
		t.Fatal(err)
	}
	m := essai.Vide(b)
	if err := b.Fermer(); err != nil {
		t.Fatal(err)
	}
	c := m.Client(t, m.Serveur(t).URL)
	for _, chemin := range []string{"/", "/connexion", "/mot-de-passe-oublie"} {
		attendre(t, c.Lire(t, chemin), 200, chemin)
	}
	attendre(t, c.Lire(t, "/compte"), 200, "/connexion?suite=%2Fcompte")
}

// When the database is gone in the middle of a session, the answer is the kit's page, with the reference that
// the log has; what is everybody's is still served.
func TestSessionWithoutDatabase(t *testing.T) {
	t.Parallel()
	b, err := db.Ouvrir(t.Context(), filepath.Join(t.TempDir(), "portail.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Migrer(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := essai.Nouveau(t, b)
	var log bytes.Buffer
	c := m.Connecte(t, m.Servir(t, slog.New(slog.NewTextHandler(&log, nil))).URL, m.Lecteur)
	page := c.Lire(t, "/compte")
	if err := b.Fermer(); err != nil {
		t.Fatal(err)
	}
	attendre(t, c.Lire(t, "/compte"), 500, "/compte", "Le guichet n'a pas pu répondre", "Guichet</title>")
	if !strings.Contains(log.String(), "requête en échec") {
		t.Error(log.String())
	}
	style := regexp.MustCompile(`/statique/style\.[0-9a-f]+\.css`).FindString(page.Corps)
	attendre(t, c.Lire(t, style), 200, style)
}
