// Package epreuves has the tests that need heavy things of others: they stay out of the modules that the counter is made of.
package epreuves

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/crypto"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/federe"
)

const secret = "un secret d'essai, que personne d'autre n'a"

// gens are the people whom the provider knows, by their names there.
type gens map[string]*storage.User

func (g gens) GetUserByUsername(nom string) *storage.User { return g[nom] }
func (g gens) ExampleClientID() string                    { return "service" }
func (g gens) GetUserByID(id string) *storage.User {
	for _, u := range g {
		if u.ID == id {
			return u
		}
	}
	return nil
}

// monde is a counter whose agency signs in at a real provider, in this process.
func monde(t *testing.T) (m *essai.Monde, site string, agent essai.Personne, magasin *storage.Storage) {
	t.Helper()
	m = essai.Nouveau(t, dbessai.SQLite(t))
	m.Horloge.Avancer(time.Since(m.Horloge.Maintenant())) // the provider has the time of this machine
	site = m.SurNom(m.Serveur(t).URL)
	agent = m.AjouterPersonneA(t, compte.Agence, compte.Instructeur, "ines@agence.invalid")
	agent.Secret = m.DonnerFacteur(t, agent.Compte)
	serveur := httptest.NewUnstartedServer(nil)
	emetteur := "http://" + serveur.Listener.Addr().String()
	connus := gens{
		"ines":    {ID: "id-ines", Username: "ines", Password: "verysecure", Email: agent.Courriel, EmailVerified: true},
		"zoe":     {ID: "id-zoe", Username: "zoe", Password: "verysecure", Email: "zoe@agence.invalid", EmailVerified: true},
		"doute":   {ID: "id-doute", Username: "doute", Password: "verysecure", Email: agent.Courriel},
		"societe": {ID: "id-societe", Username: "societe", Password: "verysecure", Email: m.Proprietaire.Courriel, EmailVerified: true},
	}
	client := storage.WebClient("guichet", secret, site+compte.CheminRetour)
	magasin = storage.NewStorageWithClients(connus, map[string]*storage.Client{"guichet": client})
	serveur.Config.Handler = exampleop.SetupServer(emetteur, magasin, nil, false, op.WithLogger(slog.New(slog.DiscardHandler)))
	serveur.Start()
	t.Cleanup(serveur.Close)
	m.Service.Federation = federe.Nouvelle(federe.Config{Emetteur: emetteur, Client: "guichet", Secret: secret, Libelle: "Compte Agence"}, site+compte.CheminRetour, m.Horloge.Maintenant)
	return m, site, agent, magasin
}

// An examiner signs in at a real provider, in a real browser: with its page, back, and the second factor here. Who it knows and the
// counter does not comes back with a reason.
func TestFederationInABrowser(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	for nom, vue := range map[string]navigateur.View{"large": {}, "etroit": {Width: 320, Height: 800, Dark: true}} {
		t.Run(nom, func(t *testing.T) {
			m, site, agent, _ := monde(t)
			v := b.Visiter(t, site, "federation-"+nom, vue, nom == "etroit")
			v.Aller("/?lang=fr")
			partir := func(qui string) {
				v.Aller("/connexion?suite=/compte")
				v.Envoyer(`main a[href^="/connexion/agence"]`)
				if !strings.Contains(v.Lu(`document.title`), "Login") {
					t.Fatalf("not at the provider: %s", v.Lu(`location.href`))
				}
				entrer(v, qui)
			}
			for qui, pourquoi := range map[string]string{"zoe": "doit d'abord vous inviter", "doute": "vérifiée", "societe": "doit d'abord vous inviter"} {
				partir(qui)
				v.Voir("refus-"+qui, "Se connecter")
				if texte := v.Lu(`document.querySelector("main").innerText`); !strings.Contains(texte, pourquoi) {
					t.Errorf("%s: %s", qui, texte)
				}
			}
			v.Aller("/connexion")
			v.Voir("connexion", "Se connecter")
			partir("ines")
			v.Voir("code", "Saisir le code")
			v.Envoyer(`main form button`, "code", m.Code(t, agent.Secret))
			v.Voir("compte", "Mon compte")
			v.Envoyer(`form[action^="/compte/agence/retrait"] button`)
			v.Voir("confirmer", "Confirmez que c'est vous")
			v.Envoyer(`main form button`, "confirme-motdepasse", essai.MotDePasse, "confirme-code", m.Code(t, agent.Secret))
			v.Voir("delier", "Délier votre compte")
			v.Envoyer(`main form button`)
			v.Voir("delie", "Mon compte")
			for _, e := range v.Errors() {
				if !strings.Contains(e, "403") && !strings.Contains(e, "favicon") && !strings.Contains(e, "404") {
					t.Errorf("console: %s", e)
				}
			}
		})
	}
}

// An examiner is sure by signing in at a real provider once more, and the form has what was typed; when the provider says that the
// session has ended there, with its own key, it has ended here.
func TestConfirmationAndEndInABrowser(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	for nom, vue := range map[string]navigateur.View{"large": {}, "etroit": {Width: 320, Height: 800, Dark: true}} {
		t.Run(nom, func(t *testing.T) {
			m, site, agent, magasin := monde(t)
			v := b.Visiter(t, site, "confirmation-"+nom, vue, nom == "etroit")
			v.Aller("/?lang=fr")
			v.Aller("/connexion?suite=/compte")
			v.Envoyer(`main a[href^="/connexion/agence"]`)
			entrer(v, "ines")
			v.Envoyer(`main form button`, "code", m.Code(t, agent.Secret))
			v.Envoyer(`form[action^="/compte/agence/retrait"] button`)
			v.Voir("confirmer", "Confirmez que c'est vous")
			partir := func(qui string) {
				v.Envoyer(`main a[href^="/confirmer/agence"]`)
				if !strings.Contains(v.Lu(`document.title`), "Login") {
					t.Fatalf("not at the provider: %s", v.Lu(`location.href`))
				}
				entrer(v, qui)
			}
			partir("zoe")
			v.Voir("une-autre", "Confirmez que c'est vous")
			if texte := v.Lu(`document.querySelector("main").innerText`); !strings.Contains(texte, "une autre personne") {
				t.Error(texte)
			}
			partir("ines")
			v.Voir("second-facteur", "Confirmez que c'est vous")
			v.Envoyer(`main form button`, "confirme-code", m.Code(t, agent.Secret))
			v.Voir("compte", "Mon compte")
			v.Envoyer(`form[action^="/compte/agence/retrait"] button`)
			v.Voir("delier", "Délier votre compte")

			cle, err := magasin.SigningKey(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			signataire, err := op.SignerFromKey(cle)
			if err != nil {
				t.Fatal(err)
			}
			m.Horloge.Avancer(time.Since(m.Horloge.Maintenant()))
			fin := oidc.NewLogoutTokenClaims(m.Service.Federation.Emetteur, "id-ines", oidc.Audience{"guichet"}, time.Now().Add(time.Minute), "un", "", 0)
			jeton, err := crypto.Sign(fin, signataire)
			if err != nil {
				t.Fatal(err)
			}
			r, err := http.PostForm(site+compte.CheminFin, url.Values{"logout_token": {jeton}})
			if err != nil || r.StatusCode != http.StatusOK {
				t.Fatal(r, err)
			}
			_ = r.Body.Close()
			v.Aller("/compte")
			v.Voir("fini", "Se connecter")
		})
	}
}

// entrer fills in the provider's page, which is not ours.
func entrer(v *navigateur.Visite, qui string) {
	v.T.Helper()
	remplir(v, `#username`, qui)
	remplir(v, `#password`, "verysecure")
	v.Suivre(v.T, `form button`)
}

func remplir(v *navigateur.Visite, champ, valeur string) {
	v.T.Helper()
	v.Faire(chromedp.SetValue(champ, valeur))
}
