package compte_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
)

// A passkey in a real browser, with an authenticator that the browser plays: registered, used at the sign-in, asked for again before
// an act, copied, removed; then without script, where the page takes a code.
func TestPasskeyInABrowser(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	for nom, vue := range map[string]navigateur.View{"large": {}, "etroit": {Width: 320, Height: 800, Dark: true}} {
		t.Run(nom, func(t *testing.T) {
			m := essai.Nouveau(t, dbessai.SQLite(t))
			site := m.SurNom(m.Serveur(t).URL)
			v := b.Visiter(t, site, "cle-"+nom, vue, false)
			cle := jouer(v)
			p := m.Proprietaire
			v.Aller("/?lang=fr")
			v.Aller("/connexion?suite=/compte/second-facteur/cle")
			v.Envoyer(`main form button`, "courriel", p.Courriel, "motdepasse", essai.MotDePasse)
			v.Voir("enregistrer", "Enregistrer une clé d'accès")
			v.Envoyer(`[data-cle] button`)
			v.Voir("enregistrer-erreur", "Erreur : ") // without a name
			v.Envoyer(`[data-cle] button`, "nom", "Clé du bureau")
			v.Voir("codes", "Vos codes de secours")
			codes := strings.Fields(v.Lu(`[...document.querySelectorAll("#codes code")].map((c) => c.textContent).join(" ")`))
			v.Envoyer(`main form button`)
			v.Voir("compte", "Mon compte")
			revenir(v, p)
			v.Voir("code", "Montrer votre second facteur")
			v.Envoyer(`[data-cle] button`)
			v.Voir("dedans", "Personnes")

			m.Horloge.Avancer(11 * time.Minute)
			v.Faire(chromedp.Click(`#role-lecteur`))
			v.Envoyer(`form[action^="/personnes?"] button`, "nom", "Bo Exemple", "courriel", "bo@exemple.invalid")
			v.Voir("confirmer", "Confirmez que c'est vous")
			v.Envoyer(`[data-cle] button`, "confirme-motdepasse", essai.MotDePasse)
			v.Voir("confirme", "Personnes")
			if m.NombreCourriels("bo@exemple.invalid") != 1 {
				t.Error("the act that was interrupted did not go on")
			}

			copier(v, cle)
			revenir(v, p)
			v.Envoyer(`[data-cle] button`)
			v.Voir("copiee", "Erreur : ")
			sansScript(b, v, p, codes[0])
			v.Envoyer(`main form button[type=submit]`, "code", codes[1])
			v.Aller("/compte")
			v.Voir("doute", "Mon compte")
			v.Envoyer(`form[action*="/retrait"] button`)
			v.Voir("retirer", "Retirer la clé")
			v.Envoyer(`main form button`)
			v.Voir("retiree", "Mon compte")
			for _, e := range v.Errors() {
				if !strings.Contains(e, "422") && !strings.Contains(e, "403") {
					t.Errorf("console: %s", e)
				}
			}
		})
	}
}

// jouer has the browser play an authenticator.
func jouer(v *navigateur.Visite) webauthn.AuthenticatorID {
	v.T.Helper()
	if _, err := chromedp.Call(v.Context, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		v.T.Fatal(err)
	}
	r, err := chromedp.Call(v.Context, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: true,
		IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	if err != nil {
		v.T.Fatal(err)
	}
	return r.AuthenticatorID
}

// revenir signs out and gives the password.
func revenir(v *navigateur.Visite, p essai.Personne) {
	v.T.Helper()
	v.Envoyer(`.visiteur button`)
	v.Aller("/connexion?suite=/personnes")
	v.Envoyer(`main form button`, "courriel", p.Courriel, "motdepasse", essai.MotDePasse)
}

// copier makes the key what a copy of it would be, from before it was used.
func copier(v *navigateur.Visite, cle webauthn.AuthenticatorID) {
	v.T.Helper()
	r, err := chromedp.Call(v.Context, webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: cle})
	if err != nil || len(r.Credentials) != 1 {
		v.T.Fatal(r, err)
	}
	avant := 0.0
	_, err = chromedp.Call(v.Context, webauthn.SetCredentialProperties, webauthn.SetCredentialPropertiesParams{
		AuthenticatorID: cle, CredentialID: r.Credentials[0].CredentialID, SignCount: &avant,
	})
	if err != nil {
		v.T.Fatal(err)
	}
}

// sansScript signs the person in where no script runs: the page takes a recovery code.
func sansScript(b *navigateur.Browser, v *navigateur.Visite, p essai.Personne, code string) {
	v.T.Helper()
	w := b.Visiter(v.T, v.Site, v.Nom+"-sans", navigateur.View{Width: 320, Height: 800}, true)
	w.Aller("/?lang=fr")
	w.Aller("/connexion")
	w.Envoyer(`main form button`, "courriel", p.Courriel, "motdepasse", essai.MotDePasse)
	w.Voir("code", "Montrer votre second facteur")
	w.Envoyer(`main form button[type=submit]`, "code", code)
	w.Aller("/compte/second-facteur/cle")
	w.Voir("enregistrer", "Enregistrer une clé d'accès")
}
