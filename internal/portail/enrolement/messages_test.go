package enrolement

import (
	"testing"

	"guichet/internal/portail/courriel/essai"
	"guichet/modele"
)

// Each mail about an enrolment, in both languages: what it is about, where to go, why nobody can refuse it.
func TestMessages(t *testing.T) {
	t.Parallel()
	const adresse, lien = "https://guichet.exemple.invalid", "https://guichet.exemple.invalid/enrolement/lien/SECRET"
	for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
		e := Enrolement{Reference: "E-1234", Langue: l, Dossier: Dossier{Contact: "Ana Exemple", Courriel: "a@exemple.invalid"}}
		f := Fournisseur{Langue: l, Dossier: e.Dossier}
		tous := map[string]string{}
		noter := func(nom, sujet, texte string) {
			tous[nom] = sujet
			essai.Verifier(t, nom, sujet, texte, l)
		}
		for nom, c := range map[string]struct{ sujet, texte string }{
			"recu": {e.recu(lien).Sujet, e.recu(lien).Texte}, "refusee": {e.refusee("RIB : illisible", lien).Sujet, e.refusee("RIB : illisible", lien).Texte},
			"acceptee": {e.acceptee(adresse).Sujet, e.acceptee(adresse).Texte}, "lienDuBrouillon": {e.lienDuBrouillon(lien).Sujet, e.lienDuBrouillon(lien).Texte},
			"etatChange": {f.etatChange("actif", "X", adresse).Sujet, f.etatChange("suspendu", "X", adresse).Texte},
		} {
			noter(nom, c.sujet, c.texte)
		}
		for _, nom := range essai.Sortes(t) {
			if tous[nom] == "" && nom != "ecrire" {
				t.Errorf("%s is a mail that this test does not know", nom)
			}
		}
	}
}
