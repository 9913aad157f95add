package compte_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// An administrator's first day, then an owner's, in a real browser, with and without script, on a wide and on a
// narrow screen.
func TestInABrowser(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	for nom, vue := range map[string]navigateur.View{"large": {}, "etroit": {Width: 320, Height: 800, Dark: true}} {
		t.Run(nom, func(t *testing.T) {
			m := essai.Vide(dbessai.SQLite(t))
			v := b.Visiter(t, m.Serveur(t).URL, "compte-"+nom, vue, nom == "etroit")
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

func premierJour(v *navigateur.Visite, m *essai.Monde) {
	lien, _, err := m.PremierAdministrateur(v.T.Context())
	if err != nil {
		v.T.Fatal(err)
	}
	v.Aller("/?lang=fr") // the browser asks for English
	v.Aller(strings.TrimPrefix(lien, essai.Adresse))
	v.Voir("ouvrir", "Ouvrir le compte du premier administrateur")
	v.Envoyer(`main form button`, "courriel", "x", "motdepasse", "court")
	v.Voir("ouvrir-erreurs", "Erreur : ")
	v.Envoyer(`main form button`, "courriel", "admin@exemple.invalid", "nom", "Ana Exemple", "motdepasse", essai.MotDePasse)
	v.Voir("facteur", "Mettre en place le second facteur")
	cle := strings.ReplaceAll(navigateur.Evaluate[string](v.T, v.Page, `document.querySelector("main code").textContent`), " ", "")
	if !navigateur.Evaluate[bool](v.T, v.Page, `document.querySelector("main img").naturalWidth > 100`) {
		v.T.Error("the QR code is not drawn")
	}
	v.Envoyer(`main form button`, "code", m.Code(v.T, cle))
	v.Voir("secours", "Vos codes de secours")
	v.Aller("/compte")
	v.Voir("compte", "Mon compte")
	v.Aller("/compte/second-facteur/retrait")
	v.Voir("retrait", "Changer de second facteur")
	v.Aller("/compte/second-facteur/secours")
	v.Voir("renouveler", "nouveaux codes")
	v.Aller("/agir-pour")
	v.Voir("agirpour", "Pour qui agir")
	v.Aller("/compte")
	v.Envoyer(`form[action^="/compte/session"] button`)
	v.Voir("connexion", "Se connecter")
	v.Envoyer(`main form button`, "courriel", "admin@exemple.invalid", "motdepasse", "faux")
	v.Voir("connexion-erreur", "Erreur : ")
	v.Envoyer(`main form button`, "courriel", "admin@exemple.invalid", "motdepasse", essai.MotDePasse)
	v.Voir("code", "Saisir le code")
	v.Aller("/connexion/secours")
	v.Voir("code-secours", "code de secours")
	v.Aller("/mot-de-passe-oublie")
	v.Voir("oublier", "Mot de passe oublié")
	v.Envoyer(`main form button`, "courriel", "admin@exemple.invalid")
	v.Voir("oublier-envoye", "Consultez votre messagerie")
	v.Aller("/ouverture/" + m.Lien(v.T, "admin@exemple.invalid"))
	v.Voir("nouveau", "Choisir un nouveau mot de passe")
	v.Aller("/ouverture/INCONNU")
	v.Voir("lienmort", "Ce lien ne fonctionne plus")
}

func jourDuProprietaire(v *navigateur.Visite, m *essai.Monde) {
	f := m.AjouterFournisseur(v.T, "00000000100008", "ÉDITEUR D'EXEMPLE")
	m.AjouterFournisseur(v.T, "00000000200006", "DISTRIBUTEUR D'EXEMPLE")
	p := m.AjouterPersonne(v.T, f, compte.Proprietaire)
	v.Aller("/connexion?suite=/personnes")
	v.Envoyer(`main form button`, "courriel", p.Courriel, "motdepasse", essai.MotDePasse)
	v.Voir("personnes", "Personnes")
	v.Envoyer(`form[action^="/personnes?"] button`, "nom", "Bo Exemple", "courriel", "bo")
	v.Voir("personnes-erreurs", "Erreur : ")
	v.Faire(chromedp.Click(`#role-deposant`))
	v.Envoyer(`form[action^="/personnes?"] button`, "courriel", "bo@exemple.invalid")
	v.Voir("personnes-invite", "Personnes")
	v.Envoyer(`main tbody tr:first-child a`)
	v.Voir("personne", "Bo Exemple")
	perdu(v, m, m.AjouterPersonne(v.T, f, compte.Lecteur))
	v.Aller("/mandats")
	v.Envoyer(`form[action^="/mandats"] button`, "siret", "00000000200006")
	v.Voir("mandats", "Mandats")
	m.Horloge.Avancer(10 * time.Minute)
	v.Aller("/mandats")
	v.Envoyer(`form[action^="/mandats?"] button`, "siret", "123")
	v.Voir("confirmer", "Confirmez que c'est vous")
	v.Envoyer(`main form button`, "confirme-motdepasse", "faux")
	v.Voir("confirmer-erreur", "Erreur : ")
	v.Envoyer(`main form button`, "confirme-motdepasse", essai.MotDePasse)
	v.Voir("mandats-erreur", "Erreur : ")
	v.Aller("/compte/mot-de-passe")
	v.Voir("motdepasse", "Changer de mot de passe")
}

// assiege signs in to an account that strangers guess at: at a browser that is not known, then with the code.
func assiege(v *navigateur.Visite, m *essai.Monde) {
	p := m.AjouterPersonneA(v.T, compte.Agence, compte.Administrateur, "assiege@exemple.invalid")
	p.Secret = m.DonnerFacteur(v.T, p.Compte)
	assieger(m, v.T, p.Courriel)
	v.Envoyer(`.visiteur button`)
	v.Aller("/connexion")
	v.Envoyer(`main form button`, "courriel", p.Courriel, "motdepasse", essai.MotDePasse)
	v.Voir("connexion-freinee", "Erreur : ")
	v.Envoyer(`main form button`, "courriel", p.Courriel, "motdepasse", essai.MotDePasse, "codeAvance", m.Code(v.T, p.Secret))
	v.Voir("connexion-par-code", "Accueil")
}

// perdu takes somebody's second factor away, from the list of people.
func perdu(v *navigateur.Visite, m *essai.Monde, p essai.Personne) {
	m.DonnerFacteur(v.T, p.Compte)
	v.Aller("/personnes/" + id(p.Compte))
	v.Voir("personne-facteur", p.Courriel[:4])
	v.Envoyer(`main a[href$="/second-facteur"]`)
	v.Voir("facteur-perdu", "Second facteur perdu")
	v.Envoyer(`main form button`)
	v.Voir("facteur-perdu-erreurs", "Erreur : ")
	v.Envoyer(`main form button`, "motif", "Téléphone volé, reconnue de vive voix.", "actuel", essai.MotDePasse)
	v.Voir("facteur-leve", "Personnes")
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
	dehors(t, c)
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
