package preparation_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/controle"
	"guichet/diag"
	"guichet/internal/corpus"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// commande draws one order as rows of the layout.
func commande(t *rapid.T, i int) (rangees [][]string) {
	choix := func(nom string, valeurs ...string) string { return rapid.SampledFrom(valeurs).Draw(t, nom) }
	entier := func(nom string, de, a int) int { return rapid.IntRange(de, a).Draw(t, nom) }
	telephone := func(nom string) string {
		return fmt.Sprintf("+33 %d 99 00 %02d %02d", entier(nom, 1, 5), entier(nom, 0, 99), entier(nom, 0, 99))
	}
	ordre := []string{
		"referenceCommande", fmt.Sprintf("CMD-%d", i), "numeroEditeur", fmt.Sprintf("%05d", i),
		"dateCommande", time.Date(2023, 9, 1+entier("jour", 0, 29), 0, 0, 0, 0, time.UTC).Format("02/01/2006"),
		"montantSegurHT", fmt.Sprintf("%d.%02d", entier("euros", 1, 9999), entier("cents", 0, 99)),
		"regimeTVA", choix("regime", "TTC", "HT"), "BON_COMMANDE", choix("bon", "a.pdf", "b.PNG", "c.jpeg"),
	}
	if ordre[9] == "HT" {
		ordre = append(ordre, "PREUVE_HT", "preuve.pdf")
	}
	if choix("mandataire", "true", "false") == "true" {
		ordre = append(ordre, "isMandataire", "true", "nomMandataire", "GROUPEMENT", "emailMandataire", "m@exemple.invalid", "telephoneMandataire", telephone("mandataire"))
	}
	for o := range entier("OG", 1, 3) {
		og := append(slices.Clone(ordre), "FINESSJuridique", corpus.Finess(10*i+o), "nomResponsableOG", choix("nom", "DURANDAL", "ÉLOI D'EXEMPLE"),
			"telephoneResponsableOG", telephone("og"))
		if choix("certificat", "true", "false") == "false" {
			for _, nom := range []string{"contractualisationOG", "statutAdminTechnique", "numeroCarteCPX", "nomAdminTechnique", "telAdminTechnique", "emailAdminTechnique", "utiliteCertificat"} {
				og = append(og, nom, "")
			}
			og = append(og, "demandeCertificatServeur", "false")
		}
		for e := range entier("ESMS", 1, 3) {
			maitre := choix("maitre", "true", "false")
			soins := ""
			if maitre == "true" {
				soins = choix("soins", "true", "false")
			}
			rangees = append(rangees, juste(append(slices.Clone(og), "FINESSGeo", corpus.Finess(500_000+100*i+10*o+e),
				"isMaitreId", maitre, "IsRefSoins", soins, "profilMetier", choix("profil", "PA", "PH, SAAD", "DOM"),
				"operateurMessagerie", choix("operateur", "MAI_15", ""))...))
		}
	}
	return rangees
}

// abimer damages a right cell as spreadsheets and scripts do, in a way that can be undone.
func abimer(r *rand.Rand, balise, v string) string {
	switch {
	case v == "" || r.IntN(3) == 0:
		return v
	case r.IntN(4) == 0 && balise != "referenceCommande":
		return v + "\u00a0"
	}
	switch balise {
	case "dateCommande":
		d, _ := time.Parse("02/01/2006", v)
		serie := strconv.Itoa(int(d.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
		return []string{d.Format("2006-01-02"), d.Format("2/1/2006"), serie, "@" + serie}[r.IntN(4)]
	case "montantSegurHT":
		return []string{strings.Replace(v, ".", ",", 1) + " €", "#" + v}[r.IntN(2)]
	case "isMandataire", "demandeCertificatServeur", "contractualisationOG", "isMaitreId", "IsStockageId", "IsRefSoins":
		return map[string][]string{"true": {"oui", "X", "1", "VRAI"}, "false": {"Non", "0", "n", "faux"}}[v][r.IntN(4)]
	case "telephoneResponsableOG", "telAdminTechnique", "telephoneMandataire":
		return "0" + strings.TrimPrefix(v, "+33 ")
	case "nomResponsableOG", "nomMandataire", "nomAdminTechnique":
		return strings.ToLower(v)
	case "FINESSGeo", "FINESSJuridique":
		return []string{v[:2] + " " + v[2:8] + " " + v[8:], v + ".0", "#" + v}[r.IntN(3)]
	case "numeroEditeur":
		return "#" + strings.TrimLeft(v, "0")
	case "numeroCarteCPX":
		return v[:1] + "," + v[1:] + "E+9"
	case "profilMetier":
		return strings.ReplaceAll(v, ", ", "/")
	case "regimeTVA", "statutAdminTechnique":
		return strings.ToLower(v)
	case "operateurMessagerie":
		return []string{"Mailiz", "MAI _15", "mai 15"}[r.IntN(3)]
	}
	return v
}

// Whatever the orders, their rows damaged in ways that can be undone, shuffled and spread over sheets give the
// files of the right rows, and the check accepts these.
func TestPropriete(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		justes, abimees := [][]string{titres()}, [][]string{titres()}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "graine"), 1))
		for i := range rapid.IntRange(1, 8).Draw(t, "commandes") {
			for j, rangee := range commande(t, i+1) {
				justes = append(justes, rangee)
				mauvaise := slices.Clone(rangee)
				for k, nom := range titres() {
					mauvaise[k] = abimer(r, nom, mauvaise[k])
					if j > 0 && nom == "dateCommande" && r.IntN(2) == 0 {
						mauvaise[k] = "" // said once is said
					}
				}
				abimees = append(abimees, mauvaise)
			}
		}
		coupe := 1 + r.IntN(len(abimees)-1)
		_, attendus, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", justes...))
		if len(fautes) > 0 {
			t.Fatalf("right rows:\n%s", phrases(fautes))
		}
		_, obtenus, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", abimees[:coupe]...), feuille("b.csv", "", append([][]string{titres()}, abimees[coupe:]...)...))
		if len(fautes) > 0 {
			t.Fatalf("damaged rows:\n%s", phrases(fautes))
		}
		for i := range attendus {
			if obtenus[i] != attendus[i] {
				t.Fatalf("file %d:\n%s\nwant\n%s", i, obtenus[i], attendus[i])
			}
			v := controle.Controler(ms1dui.Courante(), []byte(obtenus[i]), controle.Options{Aujourdhui: jour}).Verdict
			if v != diag.Accepte {
				t.Fatalf("verdict %s of\n%s", v, obtenus[i])
			}
		}
	})
}
