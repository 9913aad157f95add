package suivi_test

import (
	"bytes"
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"guichet/diag"
	dbessai "guichet/internal/portail/db/essai"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/suivi"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
)

// choixDe are the values and the words that a page offers for a tag, the chosen one with a star.
func choixDe(t *testing.T, corps, pointeur string) (dits []string) {
	t.Helper()
	liste := regexp.MustCompile(`(?s)<select[^>]*name="valeur` + regexp.QuoteMeta(strings.ReplaceAll(pointeur, "/", ".")) + `".*?</select>`).FindString(corps)
	for _, o := range regexp.MustCompile(`<option value="([^"]*)"( selected)?>([^<]*)`).FindAllStringSubmatch(liste, -1) {
		choisi := ""
		if o[2] != "" {
			choisi = "*"
		}
		dits = append(dits, o[1]+"="+o[3]+choisi)
	}
	return dits
}

// A tag of a closed list is chosen from it: with what stands chosen, though it is a spelling that is only tolerated; and a value can be taken away.
func TestCorrectedFromAList(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.instruite(t, f)
	n := etatessai.NumeroASP(d, 0)
	const regime, mandataire, messagerie, identite, soins = "/commande/regimeTVA", "/beneficiaires/isMandataire", "/scenarioInstallation/0/operateurMessagerie", "/scenarioInstallation/0/isMaitreId", "/scenarioInstallation/0/IsRefSoins"
	m.demander(t, f, d, regime, mandataire, messagerie, identite, soins)
	moi := navigateurDe(t, m.site(t, f), "moi")
	p := moi.lire("/demandes/" + n)
	for pointeur, veut := range map[string]string{
		mandataire: "=(sans valeur), true=oui, false=non*", identite: "=(sans valeur), true=oui*, false=non", regime: "=(sans valeur), TTC=TTC*, HT=HT",
	} {
		if got := strings.Join(choixDe(t, p.corps, pointeur), ", "); got != veut {
			t.Errorf("%s offers %s, want %s", pointeur, got, veut)
		}
	}
	if got := strings.Join(choixDe(t, p.corps, messagerie), ", "); !strings.Contains(got, "MAI_15=MAI_15 – ") || strings.Count(got, "*") != 1 {
		t.Errorf("%s offers %s", messagerie, got)
	}
	attendre(t, moi.poster("/demandes/"+n+"/reponse", "reponse", "Voici", "valeur.scenarioInstallation.0.isMaitreId", "false", "valeur.scenarioInstallation.0.IsRefSoins", ""), http.StatusOK, "/demandes/"+n)
	if un, autre := m.valeur(t, d, identite), m.valeur(t, d, soins); un != "false" || autre != "null" {
		t.Errorf("what is chosen otherwise is %s, what is taken away is %s", un, autre)
	}
}

// A value may have 10,000 characters, and not one more, whatever the controls say of it.
func TestLongestValue(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.instruite(t, f)
	n := etatessai.NumeroASP(d, 0)
	m.demander(t, f, d, "/scenarioInstallation/0/ancienneVersion")
	m.Recontroler = func(context.Context, int64, int64, []byte, modele.Langue) (*suivi.Recontrole, error) {
		return &suivi.Recontrole{}, nil
	}
	moi := navigateurDe(t, m.site(t, f), "moi")
	corriger := func(n2 int) page {
		return moi.poster("/demandes/"+n+"/reponse", "reponse", "Voici", "valeur.scenarioInstallation.0.ancienneVersion", strings.Repeat("é", n2))
	}
	attendre(t, corriger(10_001), http.StatusUnprocessableEntity, "", `href="#valeur.scenarioInstallation.0.ancienneVersion"`)
	attendre(t, corriger(10_000), http.StatusOK, "/demandes/"+n)
}

// What was wrong before a correction does not refuse it, and what was not is told at its field: another fault, of another tag, or of which the
// controls say something else.
func TestOnlyNewFaultsRefuse(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.instruite(t, f)
	n := etatessai.NumeroASP(d, 0)
	m.demander(t, f, d, leMontant)
	moi := navigateurDe(t, m.site(t, f), "moi")
	deja := diag.Diagnostic{Code: "F110", Pointeur: "/lignesImport/0/commande/montantSegurHT", Message: "comme avant"}
	for _, x := range []struct {
		apres diag.Diagnostic
		etat  int
	}{
		{diag.Diagnostic{Code: "F111", Pointeur: deja.Pointeur, Message: deja.Message}, 422},
		{diag.Diagnostic{Code: deja.Code, Pointeur: "/lignesImport/0/commande/dateCommande", Message: deja.Message}, 422},
		{diag.Diagnostic{Code: deja.Code, Pointeur: deja.Pointeur, Message: "autrement"}, 422}, {deja, 200},
	} {
		fois := 0
		m.Recontroler = func(context.Context, int64, int64, []byte, modele.Langue) (*suivi.Recontrole, error) {
			fois++
			if fois == 1 {
				return &suivi.Recontrole{Anomalies: []diag.Diagnostic{deja}}, nil
			}
			return &suivi.Recontrole{Anomalies: []diag.Diagnostic{deja, x.apres}}, nil
		}
		p := moi.poster("/demandes/"+n+"/reponse", "reponse", "Voici", "valeur.commande.montantSegurHT", "4500")
		attendre(t, p, x.etat, "")
		if x.etat == 422 && (strings.Count(p.corps, "Règle "+x.apres.Code) == 0 || strings.Contains(p.corps, "comme avant") && x.apres.Message != "comme avant") {
			t.Errorf("%+v: %s", x.apres, p.corps)
		}
	}
}

// An answer that the agency waits for no longer becomes a message with what was typed, the values that were given others included, and no others.
func TestAnswerTooLateBecomesAMessage(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.instruite(t, f)
	n := etatessai.NumeroASP(d, 0)
	m.demander(t, f, d, leMontant, laDate)
	moi := navigateurDe(t, m.site(t, f), "moi")
	attendre(t, moi.poster("/demandes/"+n+"/reponse", "reponse", "Un"), http.StatusOK, "/demandes/"+n)
	p := moi.poster("/demandes/"+n+"/reponse", "reponse", "Deux", "valeur.commande.montantSegurHT", "4500", "valeur.commande.dateCommande", "15/09/2023")
	message := webessai.Espacer(regexp.MustCompile(`(?s)<textarea[^>]*name="texte".*?</textarea>`).FindString(p.corps))
	if p.etat != http.StatusUnprocessableEntity || !strings.Contains(message, "Deux") || !strings.Contains(message, "(montantSegurHT) : 4500") || strings.Contains(message, "dateCommande") {
		t.Errorf("%d %s in %.6000s", p.etat, message, p.corps)
	}
}

// A document that a message cannot have is told why, in words that say what to do.
func TestDocumentsThatDoNotDo(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	moi := navigateurDe(t, m.site(t, f), "moi")
	for veut, octets := range map[string][]byte{
		"dépasse 3 Mo": append(bytes.Clone(png), make([]byte, 3<<20)...), "est vide": {}, "n'est ni PDF": []byte("texte"), "abîmé ou incomplet": png[:40],
	} {
		attendre(t, moi.joindre("/messages/nouveau", "a.png", octets, "sujet", "x", "texte", "x"), http.StatusUnprocessableEntity, "/messages/nouveau", `href="#piece"`, veut)
	}
	attendre(t, moi.lire("/messages"), http.StatusOK, "", "Aucun message")
}
