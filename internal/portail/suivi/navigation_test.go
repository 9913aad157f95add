package suivi_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
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

// voir checks the page that is there: accessible, and not wider than the window.
func (v *visite) voir(nom, texte string) {
	v.t.Helper()
	v.script(true)
	defer v.script(false)
	if got := navigateur.Evaluate[string](v.t, v.Page, `document.title + " " + document.querySelector("main").innerText`); !strings.Contains(got, texte) {
		v.t.Errorf("%s: no %q in %.300q", nom, texte, got)
	}
	for _, x := range v.Violations(v.t) {
		v.t.Errorf("%s: %s", nom, x)
	}
	if n := v.Overflow(v.t); n > 0 {
		v.t.Errorf("%s: %d px too wide", nom, n)
	}
	if dossier := os.Getenv("GUICHET_ECRANS"); dossier != "" {
		v.Screenshot(v.t, filepath.Join(dossier, "suivi-"+v.nom+"-"+nom+".png"))
	}
}

func (v *visite) faire(pas ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	if err := chromedp.Do(v.Context, pas...); err != nil {
		v.t.Fatal(err)
	}
}

// etre makes the visitor somebody.
func (v *visite) etre(role string) {
	v.t.Helper()
	_, err := chromedp.Call(v.Context, network.SetCookie, network.SetCookieParams{Name: "role", Value: role, URL: v.site})
	if err != nil {
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

// A supplier follows its demandes in a real browser, with and without script, on a wide and on a narrow screen.
func TestInABrowser(t *testing.T) {
	t.Parallel()
	for nom, vue := range map[string]navigateur.View{"large": {}, "etroit": {Width: 320, Height: 800, Dark: true}} {
		t.Run(nom, func(t *testing.T) {
			b := navigateur.Start(t)
			m := nouveau(t, dbessai.SQLite(t))
			f := m.fournisseur(t, "00000000100008")
			m.avecPieces()
			m.deposer(t, f, "JSON-ANS0000001-20261123-001.json", 1000, 70)
			d := m.exemple(t, f)
			n := numeroASP(d, 0)
			m.changer(t, f, d-1, etat.Complete, etat.Programme, "", 1, 2, 3, 4, 5, 6, 7, 8, 9)
			m.changer(t, f, d-1, etat.Instruction, etat.Agence, "", 1, 2, 3, 4, 5)
			m.changer(t, f, d-1, etat.Validee, etat.Agence, "", 1, 2, 3)
			m.changer(t, f, d-1, etat.Payee, etat.Agence, "", 1)
			m.changer(t, f, d-1, etat.AModifier, etat.Agence, "Le bon de commande ne porte pas le montant.", 4)
			v := &visite{t: t, site: m.site(t, f), nom: nom, sans: nom == "etroit"}
			v.Page = b.Open(t, "about:blank", vue)
			v.etre("moi")
			v.script(false)
			v.aller("/accueil?lang=fr")
			v.voir("accueil", "À faire")
			v.aller("/demandes")
			v.voir("demandes", "71 demandes")
			v.aller("/demandes?q=JSON&du=31/02/2026")
			v.voir("demandes-erreur", "Erreur : ")
			v.aller("/demandes?q=absent.json")
			v.voir("demandes-aucune", "Aucune demande")
			v.aller("/demandes/" + n)
			v.voir("demande", "Infos commande")
			v.aller("/messages/nouveau?demande=" + n)
			v.envoyer(`main form button`)
			v.voir("nouveau-erreur", "Erreur : ")
			v.envoyer(`main form button`, "sujet", "Montant de la commande", "texte", "Bonjour,\nle bon de commande est-il lisible ?")
			v.voir("conversation", "Le message est envoyé")
			v.aller("/messages")
			v.voir("messages", "Montant de la commande")
			m.changer(t, f, d, etat.Complete, etat.Programme, "", 0)
			m.changer(t, f, d, etat.Instruction, etat.Agence, "", 0)
			m.changer(t, f, d, etat.AModifier, etat.Agence, "Le bon de commande ne porte pas le montant.", 0)
			v.aller("/demandes/" + n)
			v.faire(chromedp.Click(`.avis summary`))
			v.voir("a-modifier", "Remplacer ce document")
			v.envoyer(`main form[action*="reponse"] button`)
			v.voir("a-modifier-erreur", "Erreur : ")
			v.envoyer(`main form[action*="reponse"] button`, "reponse", "Le voici, avec le montant.")
			v.voir("a-modifier-rendue", "rendue à l'instruction")
			v.aller("/demandes/" + n + "/retrait")
			v.voir("retrait", "Motif du retrait")
			v.envoyer(`main form button`, "motif", "Le client a renoncé.")
			v.voir("retrait-verifier", "Retirer la demande")
			v.envoyer(`main form button`)
			v.voir("retrait-fait", "est retirée")
			v.etre("agent")
			v.aller("/accueil")
			v.voir("agence", "À faire")
			v.aller("/messages/1")
			v.voir("agence-conversation", "Répondre")
			for _, e := range v.Errors() {
				if !strings.Contains(e, "422") {
					t.Errorf("console: %s", e)
				}
			}
		})
	}
}
