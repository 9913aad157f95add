package suivi_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
)

// visite is a person at a browser.
type visite struct{ *navigateur.Visite }

// voir wants a text in the title or the page.
func (v *visite) voir(nom, texte string) {
	v.T.Helper()
	if got := v.Lu(`document.title + " " + document.querySelector("main").innerText`); !strings.Contains(got, texte) {
		v.T.Errorf("%s: no %q in %.300q", nom, texte, got)
	}
	v.Examiner(nom)
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
			n := etatessai.NumeroASP(d, 0)
			m.changer(t, f, d-1, etat.Complete, etat.Programme, "", 1, 2, 3, 4, 5, 6, 7, 8, 9)
			m.changer(t, f, d-1, etat.Instruction, etat.Agence, "", 1, 2, 3, 4, 5)
			m.changer(t, f, d-1, etat.AValider, etat.Agence, "", 1, 2, 3)
			m.changer(t, f, d-1, etat.Decidee, etat.Agence, "", 1, 2, 3)
			m.changer(t, f, d-1, etat.Validee, etat.Programme, "", 1, 2, 3)
			m.changer(t, f, d-1, etat.Payee, etat.Agence, "", 1)
			m.changer(t, f, d-1, etat.AModifier, etat.Agence, "Le bon de commande ne porte pas le montant.", 4)
			v := &visite{b.Visiter(t, m.site(t, f), "suivi-"+nom, vue, nom == "etroit")}
			v.Poser("role", "moi")
			v.Aller("/accueil?lang=fr")
			v.voir("accueil", "À faire")
			v.Aller("/demandes")
			v.voir("demandes", "71 demandes")
			v.Aller("/demandes?q=JSON&du=31/02/2026")
			v.voir("demandes-erreur", "Erreur : ")
			v.Aller("/demandes?q=absent.json")
			v.voir("demandes-aucune", "Aucune demande")
			v.Aller("/demandes/" + n)
			v.voir("demande", "Infos commande")
			v.Aller("/messages/nouveau?demande=" + n)
			v.Envoyer(`main form button`)
			v.voir("nouveau-erreur", "Erreur : ")
			v.Envoyer(`main form button`, "sujet", "Montant de la commande", "texte", "Bonjour,\nle bon de commande est-il lisible ?")
			v.voir("conversation", "Le message est envoyé")
			v.Aller("/messages")
			v.voir("messages", "Montant de la commande")
			m.changer(t, f, d, etat.Complete, etat.Programme, "", 0)
			m.changer(t, f, d, etat.Instruction, etat.Agence, "", 0)
			m.changer(t, f, d, etat.AModifier, etat.Agence, "Le bon de commande ne porte pas le montant.", 0)
			v.Aller("/demandes/" + n)
			v.Faire(chromedp.Click(`.avis summary`))
			v.voir("a-modifier", "Remplacer ce document")
			v.Envoyer(`main form[action*="reponse"] button`)
			v.voir("a-modifier-erreur", "Erreur : ")
			v.Envoyer(`main form[action*="reponse"] button`, "reponse", "Le voici, avec le montant.")
			v.voir("a-modifier-rendue", "rendue à l'instruction")
			v.Aller("/demandes/" + n + "/retrait")
			v.voir("retrait", "Motif du retrait")
			v.Envoyer(`main form button`, "motif", "Le client a renoncé.")
			v.voir("retrait-verifier", "Retirer la demande")
			v.Envoyer(`main form button`)
			v.voir("retrait-fait", "est retirée")
			v.Poser("role", "agent")
			v.Aller("/accueil")
			v.voir("agence", "À faire")
			v.Aller("/messages/1")
			v.voir("agence-conversation", "Répondre")
			for _, e := range v.Errors() {
				if !strings.Contains(e, "422") {
					t.Errorf("console: %s", e)
				}
			}
		})
	}
}
