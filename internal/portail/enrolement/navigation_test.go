package enrolement_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/modele"
)

// visite is a person at a browser.
type visite struct{ *navigateur.Visite }

// A supplier asks, and the agency decides, in a real browser with and without script, wide and narrow.
func TestInABrowser(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	for nom, vue := range map[string]navigateur.View{"large": {}, "etroit": {Width: 320, Height: 800, Dark: true}} {
		t.Run(nom, func(t *testing.T) {
			x := nouveau(t, dbessai.SQLite(t))
			v := &visite{b.Visiter(t, x.site(t).URL, "enrolement-"+nom, vue, nom == "etroit")}
			brouillonRetrouve(v, b, x, vue)
			demander(v)
			lienDUneAutre(v, x)
			examiner(v, x)
		})
	}
}

// refermer closes the browser and opens it again: what lasts of its cookies is there; what is open elsewhere has none.
func (v *visite) refermer(b *navigateur.Browser, vue navigateur.View, garder bool) {
	v.T.Helper()
	lus, err := chromedp.Call(v.Context, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		v.T.Fatal(err)
	}
	v.Ouvrir(b, vue)
	for _, c := range lus.Cookies {
		if !garder || c.Session {
			continue
		}
		v.Poser(c.Name, c.Value)
	}
}

// brouillonRetrouve begins a draft, closes the browser, comes back; opens the link in another browser, then in one that has
// another draft, and throws the draft away.
func brouillonRetrouve(v *visite, b *navigateur.Browser, x *banc, vue navigateur.View) {
	v.Aller("/enrolement?lang=fr")
	v.Envoyer(`main form button`)
	v.Faire(chromedp.Click(`#horsTVA-non`))
	v.Envoyer(`main form button`, "siret", siret, "raisonSociale", "BROUILLON D'EXEMPLE", "adresse", "1 rue de l'Exemple, 99000 EXEMPLE")
	v.Faire(chromedp.Click(`#mandate`))
	v.Envoyer(`main form button`, "contact", "Camille Exemple", "courriel", "camille@exemple.invalid", "telephone", "01 99 00 45 67")
	v.Voir("lien-parti", "Vos logiciels")
	v.refermer(b, vue, true)
	v.Aller("/enrolement?lang=fr")
	v.Voir("brouillon", "Demander l'enrôlement")
	v.contient("BROUILLON D'EXEMPLE", "2 étapes faites sur 6", "0 sur 4")

	v.refermer(b, vue, false)
	_, lien := x.mails("camille@exemple.invalid")
	v.Aller("/enrolement/lien/" + lien + "?lang=fr")
	v.contient("Vous reprenez le brouillon", "BROUILLON D'EXEMPLE")

	v.refermer(b, vue, false)
	v.Aller("/enrolement?lang=fr")
	v.Envoyer(`main form button`)
	v.Aller("/enrolement/lien/" + lien)
	v.Voir("lien-autre", "Quelle demande ouvrir")
	v.contient("aucun lien par courriel")
	v.Envoyer(`main form button`)
	v.contient("Vous reprenez le brouillon", "BROUILLON D'EXEMPLE")
	v.Envoyer(`main a[href="/enrolement/abandon"]`)
	v.Voir("abandon", "Abandonner ce brouillon")
	v.Envoyer(`main form button`)
	v.contient("Le brouillon est effacé")
	v.refermer(b, vue, false)
}

// contient looks for texts in the page that is there.
func (v *visite) contient(textes ...string) {
	v.T.Helper()
	v.Script(true)
	defer v.Script(false)
	page := navigateur.Evaluate[string](v.T, v.Page, `document.body.innerText`)
	for _, x := range textes {
		if !strings.Contains(page, x) {
			v.T.Errorf("no %q in\n%s", x, page)
		}
	}
}

func demander(v *visite) {
	v.Aller("/enrolement?lang=fr")
	v.Voir("accueil", "Demander l'enrôlement")
	v.Envoyer(`main form button`)
	v.Envoyer(`main form button`, "siret", "123")
	v.Voir("entreprise-erreurs", "Erreur : ")
	v.Faire(chromedp.Click(`#horsTVA-non`))
	v.Envoyer(`main form button`, "siret", siret, "raisonSociale", "SOCIÉTÉ D'EXEMPLE", "adresse", "1 rue de l'Exemple, 99000 EXEMPLE")
	v.Voir("contact", "Votre interlocuteur")
	v.Faire(chromedp.Click(`#mandate-non`))
	v.Envoyer(`main form button`, "contact", "Dominique Exemple", "courriel", adresse, "telephone", "01 99 00 45 67")
	v.Faire(chromedp.Click(`#profils`))
	v.Envoyer(`main form button`, "numeroAns", "ANS0000009", "nom", "DOSSIER D'EXEMPLE", "version", "V1")
	v.Voir("logiciels", "Vos logiciels")
	v.Aller("/enrolement/banque")
	v.Envoyer(`main form button`, "titulaire", "SOCIÉTÉ D'EXEMPLE", "iban", iban, "bic", "EXEMFRPP")
	chemin := filepath.Join(v.T.TempDir(), "document.png")
	if err := os.WriteFile(chemin, image1(v.T), 0o600); err != nil {
		v.T.Fatal(err)
	}
	for _, g := range []string{"certificat", "identite", "rib"} {
		v.Faire(chromedp.SetUploadFiles(`#fichier-`+g, []string{chemin}))
		v.Envoyer(`form[action^="/enrolement/pieces/` + g + `"] button`)
	}
	v.Voir("pieces", "Vos documents")
	v.Aller("/enrolement/verification")
	v.Voir("verification", "Vérifiez vos réponses")
	v.Faire(chromedp.Click(`#declaration`))
	v.Envoyer(`main form button`)
	v.Voir("suivi", "Votre demande est envoyée")
}

// lienDUneAutre follows the link of another request, and keeps the own one.
func lienDUneAutre(v *visite, x *banc) {
	secret, err := x.Commencer(v.T.Context(), modele.Francais)
	if err != nil {
		v.T.Fatal(err)
	}
	v.Aller("/enrolement/lien/" + secret)
	v.Voir("lien", "Quelle demande ouvrir")
	v.Envoyer(`main a[href="/enrolement/suivi"]`)
	v.Voir("lien-garde", "Votre demande est envoyée")
}

func examiner(v *visite, x *banc) {
	v.Aller("/connexion?suite=/enrolements")
	v.Envoyer(`main form button`, "courriel", x.Administrateur.Courriel, "motdepasse", essai.MotDePasse)
	v.Envoyer(`main form button`, "code", x.Code(v.T, x.Administrateur.Secret))
	v.Voir("liste", "Demandes des fournisseurs")
	v.Envoyer(`main td a`)
	v.Voir("examen", "SOCIÉTÉ D'EXEMPLE")
	v.Faire(chromedp.Click(`#decision`))
	v.Envoyer(`main form:has(#decision) button`)
	v.Voir("decision-confirmer", "Accepter la demande")
	v.Envoyer(`main form button.danger`)
	v.Voir("decide", "SOCIÉTÉ D'EXEMPLE")
	v.Aller("/fournisseurs/2")
	v.Voir("fournisseur", "SOCIÉTÉ D'EXEMPLE")
}
