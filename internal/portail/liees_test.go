package portail

import (
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/depot"
)

// A tag is opened with those that the controls hold to it: ESMS that are ordered and their scenario cannot be corrected one without the other. What the counter
// says of it is read in the language of who reads, on the page and in the mail alike.
func TestTiedTagsAreOpenedTogether(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	f, _, deposant, _ := m.fournir(t, "A", 1)
	m.instruire(t, f)
	var id int64
	if err := m.base.Lire().QueryRow(`SELECT MIN(id) FROM depot`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	n := depot.NumeroASP(id, 0)
	m.agent(t, compte.Administrateur)
	ines, d := m.entrer(t, m.agent(t, compte.Instructeur)), m.entrer(t, deposant)
	ines.Demander("POST", "/travail/"+n+"/prise", nil)
	const geos, scenario = "/beneficiaires/etablissementsClients/0/FINESSGeos", "/scenarioInstallation/0/FINESSGeo"
	feuille := "/travail/" + n
	poster(t, ines, feuille, feuille+"/modification", url.Values{"modification": {"Corriger"}, "balises": {geos}}).Attendre(t, 303)
	p := d.Ouvrir("/demandes/" + n + "?lang=en")
	for _, mot := range []string{"valeur.beneficiaires.etablissementsClients.0.FINESSGeos", "valeur.scenarioInstallation.0.FINESSGeo", "Values opened for correction: "} {
		if !strings.Contains(p.Corps, mot) {
			t.Errorf("the page has no %s:\n%.3000s", mot, p.Texte())
		}
	}
	if strings.Contains(p.Corps, "Valeurs ouvertes") {
		t.Error("French in an English page")
	}
	if r := ines.Ouvrir(feuille); !strings.Contains(r.Corps, "Valeurs ouvertes à la correction") || strings.ContainsAny(r.Corps, "\x11\x12\x13") {
		t.Errorf("what the agency reads:\n%.3000s", r.Texte())
	}
	d.Demander("POST", "/demandes/"+n+"/reponse", url.Values{"reponse": {"Voici"},
		"valeur.beneficiaires.etablissementsClients.0.FINESSGeos": {"995000023"}, "valeur.scenarioInstallation.0.FINESSGeo": {"995000023"}}).Attendre(t, 303)
}
