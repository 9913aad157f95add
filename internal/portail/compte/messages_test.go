package compte

import (
	"testing"
	"time"

	"guichet/internal/portail/courriel/essai"
	"guichet/modele"
)

// Each mail about an account, in both languages: what it is about, where to go, why nobody can refuse it.
func TestMessages(t *testing.T) {
	t.Parallel()
	const adresse, lien = "https://guichet.exemple.invalid", "https://guichet.exemple.invalid/ouverture/SECRET"
	avant := modele.Texte{Fr: "L'agence a accepté votre dossier.", En: "The agency accepted your file."}
	fait := modele.Texte{Fr: "L'agence a terminé vos sessions.", En: "The agency has ended your sessions."}
	for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
		p := personne{courriel: "a@exemple.invalid", nom: "Ana Exemple", langue: l}
		tous := map[string]Courriel{
			"invitation": p.invitation(avant, "SOCIETE", lien), "rolePropose": p.rolePropose(modele.Texte{}, "SOCIETE", adresse), "declinee": p.declinee("Bo (b@exemple.invalid)", "SOCIETE", adresse), "roleChange": p.roleChange("X", "y", "SOCIETE", adresse), "mandatDonne": p.mandatDonne("A", "B", adresse), "mandatFini": p.mandatFini("A", "B", adresse),
			"roleRetire": p.roleRetire("SOCIETE", adresse),
			"dejaFerme":  p.dejaFerme(avant, adresse), "motDePasseOublie": p.motDePasseOublie(lien), "motDePasseChange": p.motDePasseChange(adresse),
			"secondFacteurChange": p.secondFacteurChange(true, adresse), "cleChange": p.cleChange(true, "bureau", adresse), "federationChange": p.federationChange(true, modele.Texte{Fr: "Compte Agence", En: "Compte Agence"}, adresse), "nouveauNavigateur": p.nouveauNavigateur("Firefox", time.Unix(1, 0), adresse),
			"facteurLeve": p.facteurLeve(nomExploitant.In(l), "X", adresse), "mesure": p.mesure(fait, "X", adresse), "secoursPris": p.secoursPris(3, adresse),
			"aNouvelleAdresse": p.aNouvelleAdresse("b@exemple.invalid", lien), "adressePrise": p.adressePrise(adresse), "adresseDemandee": p.adresseDemandee("b@exemple.invalid", lien),
			"adresseChangee": p.adresseChangee("b@exemple.invalid", lien), "adresseEnPlace": p.adresseEnPlace(adresse), "adresseArretee": p.adresseArretee(lien),
		}
		for _, nom := range essai.Sortes(t) {
			c, ok := tous[nom]
			switch {
			case nom == "ecrire" || nom == "Annoncer": // make the others
			case !ok:
				t.Errorf("%s is a mail that this test does not know", nom)
			default:
				essai.Verifier(t, nom, c.Sujet, c.Texte, l)
			}
		}
	}
}
