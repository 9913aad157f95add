package enrolement_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/modele"
)

// visite is a person at a browser.
type visite struct {
	*navigateur.Page
	t         *testing.T
	site, nom string
	sans      bool // without script
}

// script switches the page's scripts; the checks of voir are scripts too.
func (v *visite) script(oui bool) {
	v.t.Helper()
	if !v.sans {
		return
	}
	if _, err := chromedp.Call(v.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !oui}); err != nil {
		v.t.Fatal(err)
	}
}

// voir checks the page that is there: its title, and that it is accessible.
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
	if dossier := os.Getenv("GUICHET_ECRANS"); dossier != "" {
		v.Screenshot(v.t, filepath.Join(dossier, "enrolement-"+v.nom+"-"+nom+".png"))
	}
}

func (v *visite) faire(pas ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	if err := chromedp.Do(v.Context, pas...); err != nil {
		v.t.Fatal(err)
	}
}

func (v *visite) aller(chemin string) { v.t.Helper(); v.faire(chromedp.Navigate(v.site + chemin)) }

// envoyer fills fields in (names and values by turns) and presses a button.
func (v *visite) envoyer(bouton string, champs ...string) {
	v.t.Helper()
	for i := 0; i+1 < len(champs); i += 2 {
		v.faire(chromedp.SetValue(`main [name="`+champs[i]+`"]`, champs[i+1]))
	}
	if _, err := chromedp.RunResponse(v.Context, chromedp.Click(bouton)); err != nil {
		v.t.Fatal(err)
	}
}

// A supplier asks, and the agency decides, in a real browser with and without script, wide and narrow.
func TestInABrowser(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	for nom, vue := range map[string]navigateur.View{"large": {}, "etroit": {Width: 320, Height: 800, Dark: true}} {
		t.Run(nom, func(t *testing.T) {
			x := nouveau(t, dbessai.SQLite(t))
			v := &visite{t: t, site: x.site(t).URL, nom: nom, sans: nom == "etroit"}
			v.Page = b.Open(t, "about:blank", vue)
			v.script(false)
			brouillonRetrouve(v, b, x, vue)
			demander(v)
			lienDUneAutre(v, x)
			examiner(v, x)
		})
	}
}

// refermer closes the browser and opens it again: what lasts of its cookies is there; what is open elsewhere has none.
func (v *visite) refermer(b *navigateur.Browser, vue navigateur.View, garder bool) {
	v.t.Helper()
	lus, err := chromedp.Call(v.Context, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		v.t.Fatal(err)
	}
	v.Page = b.Open(v.t, "about:blank", vue)
	v.script(false)
	for _, c := range lus.Cookies {
		if !garder || c.Session {
			continue
		}
		if _, err := chromedp.Call(v.Context, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: v.site}); err != nil {
			v.t.Fatal(err)
		}
	}
}

// brouillonRetrouve begins a draft, closes the browser, comes back; opens the link in another browser, then in one that has
// another draft, and throws the draft away.
func brouillonRetrouve(v *visite, b *navigateur.Browser, x *banc, vue navigateur.View) {
	v.aller("/enrolement?lang=fr")
	v.envoyer(`main form button`)
	v.faire(chromedp.Click(`#horsTVA-non`))
	v.envoyer(`main form button`, "siret", siret, "raisonSociale", "BROUILLON D'EXEMPLE", "adresse", "1 rue de l'Exemple, 99000 EXEMPLE")
	v.faire(chromedp.Click(`#mandate`))
	v.envoyer(`main form button`, "contact", "Camille Exemple", "courriel", "camille@exemple.invalid", "telephone", "01 99 00 45 67")
	v.voir("lien-parti", "Vos logiciels")
	v.refermer(b, vue, true)
	v.aller("/enrolement?lang=fr")
	v.voir("brouillon", "Demander l'enrôlement")
	v.contient("BROUILLON D'EXEMPLE", "2 étapes faites sur 6", "0 sur 4")

	v.refermer(b, vue, false)
	_, lien := x.mails("camille@exemple.invalid")
	v.aller("/enrolement/lien/" + lien + "?lang=fr")
	v.contient("Vous reprenez le brouillon", "BROUILLON D'EXEMPLE")

	v.refermer(b, vue, false)
	v.aller("/enrolement?lang=fr")
	v.envoyer(`main form button`)
	v.aller("/enrolement/lien/" + lien)
	v.voir("lien-autre", "Quelle demande ouvrir")
	v.contient("aucun lien par courriel")
	v.envoyer(`main form button`)
	v.contient("Vous reprenez le brouillon", "BROUILLON D'EXEMPLE")
	v.envoyer(`main a[href="/enrolement/abandon"]`)
	v.voir("abandon", "Abandonner ce brouillon")
	v.envoyer(`main form button`)
	v.contient("Le brouillon est effacé")
	v.refermer(b, vue, false)
}

// contient looks for texts in the page that is there.
func (v *visite) contient(textes ...string) {
	v.t.Helper()
	v.script(true)
	defer v.script(false)
	page := strings.ReplaceAll(navigateur.Evaluate[string](v.t, v.Page, `document.body.innerText`), "\u00a0", " ")
	for _, x := range textes {
		if !strings.Contains(page, x) {
			v.t.Errorf("no %q in\n%s", x, page)
		}
	}
}

func demander(v *visite) {
	v.aller("/enrolement?lang=fr")
	v.voir("accueil", "Demander l'enrôlement")
	v.envoyer(`main form button`)
	v.envoyer(`main form button`, "siret", "123")
	v.voir("entreprise-erreurs", "Erreur : ")
	v.faire(chromedp.Click(`#horsTVA-non`))
	v.envoyer(`main form button`, "siret", siret, "raisonSociale", "SOCIÉTÉ D'EXEMPLE", "adresse", "1 rue de l'Exemple, 99000 EXEMPLE")
	v.voir("contact", "Votre interlocuteur")
	v.faire(chromedp.Click(`#mandate-non`))
	v.envoyer(`main form button`, "contact", "Dominique Exemple", "courriel", adresse, "telephone", "01 99 00 45 67")
	v.faire(chromedp.Click(`#profils`))
	v.envoyer(`main form button`, "numeroAns", "ANS0000009", "nom", "DOSSIER D'EXEMPLE", "version", "V1")
	v.voir("logiciels", "Vos logiciels")
	v.aller("/enrolement/banque")
	v.envoyer(`main form button`, "titulaire", "SOCIÉTÉ D'EXEMPLE", "iban", iban, "bic", "EXEMFRPP")
	chemin := filepath.Join(v.t.TempDir(), "document.png")
	if err := os.WriteFile(chemin, image1(v.t), 0o600); err != nil {
		v.t.Fatal(err)
	}
	for _, g := range []string{"certificat", "identite", "rib"} {
		v.faire(chromedp.SetUploadFiles(`#fichier-`+g, []string{chemin}))
		v.envoyer(`form[action^="/enrolement/pieces/` + g + `"] button`)
	}
	v.voir("pieces", "Vos documents")
	v.aller("/enrolement/verification")
	v.voir("verification", "Vérifiez vos réponses")
	v.faire(chromedp.Click(`#declaration`))
	v.envoyer(`main form button`)
	v.voir("suivi", "Votre demande est envoyée")
}

// lienDUneAutre follows the link of another request, and keeps the own one.
func lienDUneAutre(v *visite, x *banc) {
	secret, err := x.Commencer(v.t.Context(), modele.Francais)
	if err != nil {
		v.t.Fatal(err)
	}
	v.aller("/enrolement/lien/" + secret)
	v.voir("lien", "Quelle demande ouvrir")
	v.envoyer(`main a[href="/enrolement/suivi"]`)
	v.voir("lien-garde", "Votre demande est envoyée")
}

func examiner(v *visite, x *banc) {
	v.aller("/connexion?suite=/enrolements")
	v.envoyer(`main form button`, "courriel", x.Administrateur.Courriel, "motdepasse", essai.MotDePasse)
	v.envoyer(`main form button`, "code", x.Code(v.t, x.Administrateur.Secret))
	v.voir("liste", "Demandes des fournisseurs")
	v.envoyer(`main td a`)
	v.voir("examen", "SOCIÉTÉ D'EXEMPLE")
	v.faire(chromedp.Click(`#decision`))
	v.envoyer(`main form:has(#decision) button`)
	v.voir("decision-confirmer", "Accepter la demande")
	v.envoyer(`main form button.danger`)
	v.voir("decide", "SOCIÉTÉ D'EXEMPLE")
	v.aller("/fournisseurs/2")
	v.voir("fournisseur", "SOCIÉTÉ D'EXEMPLE")
}
