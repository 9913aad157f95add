package correction_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"guichet/controle"
	"guichet/correction"
	"guichet/diag"
	"guichet/export"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

func corriger(t *testing.T, texte string, toutes bool) correction.Resultat {
	t.Helper()
	return correction.Corriger(ms1dui.Courante(), []byte(texte), controle.Options{}, jsondoc.Limits{}, toutes)
}

// defauts are what suppliers' scripts and spreadsheets do to values, by what stands in the example, and
// whether the repair is sure.
var defauts = []struct {
	juste, faux string
	sure        bool
}{
	{`"nomMandataire": null`, `"nomMandataire": "null"`, true},
	{`"isMandataire": false`, `"isMandataire": "false"`, true},
	{`"isMandataire": false`, `"isMandataire": "non"`, true},
	{`"isMaitreId": true`, `"isMaitreId": 1`, false},
	{`"SIRET":`, `"siret":`, true},
	{`"piecesJustificatives":`, `"piecesjustificatives":`, true},
	{`"profilMetier":`, `"profileMetier":`, false},
	{`"IsStockageId":`, `"isStockageId":`, false}, // doubtful, and accepted as it is
	{`"isMaitreId":`, `"IsMaitreId":`, true},
	{`"montantSegurHT": 2433.33`, `"montantSegurHT": "2 433,33 €"`, true},
	{`"montantSegurHT": 2433.33`, `"montantSegurHT": "2433.33"`, true},
	{`"montantSegurHT": 2433.33`, `"montantSegurHT": "02433,33"`, true},
	{`"numeroEditeur": "00001"`, `"numeroEditeur": "00001 "`, true},
	{`"nomResponsableOG": "DURANDAL"`, `"nomResponsableOG": "Durandal"`, true},
	{`"telephoneResponsableOG": "+33 1 99 00 45 67"`, `"telephoneResponsableOG": "01 99 00 45 67"`, true},
	{`"telephoneResponsableOG": "+33 1 99 00 45 67"`, `"telephoneResponsableOG": "+33 (0)1 99 00 45 67"`, true},
	{`"dateCommande": "15/09/2023"`, `"dateCommande": "2023-09-15"`, true},
	{`"dateCommande": "15/09/2023"`, `"dateCommande": "45184"`, false},
	{`"formatFichier": "PDF"`, `"formatFichier": "pdf"`, true},
	{`"regimeTVA": "TTC"`, `"regimeTVA": "ttc"`, true},
	{`"profilMetier": "PA, PH"`, `"profilMetier": "pa;ph"`, true},
	{`"operateurMessagerie": "MAI_15"`, `"operateurMessagerie": "Mailiz"`, true},
	{`"numLigne": 1`, `"numLigne": 12`, true},
	{`"numLigne": 1`, `"numLigne": "1"`, true},
	{`"numeroASP": null`, `"numeroASP": "NULL"`, true},
	{`"numeroASP": null`, `"numeroASP": "ASP-000123"`, false},
	{`"FINESSJuridique": "010000008"`, `"FINESSJuridique": "10000008"`, false},
}

// What the JSON report offers, applied at its bytes, is the first pass of a repair: nothing is lost between
// the checker and a program that reads its report.
func TestReportCarriesTheRepairs(t *testing.T) {
	t.Parallel()
	texte := "\ufeff" + exemple()
	for _, d := range defauts {
		texte = strings.Replace(texte, d.juste, d.faux, 1)
	}
	r := controle.Controler(ms1dui.Courante(), []byte(texte), controle.Options{Nom: "f.json"})
	rapport := diag.Rapport{Fichiers: []diag.Fichier{r.Fichier(modele.Francais)}}
	var b bytes.Buffer
	if err := diag.WriteJSON(&b, &rapport, diag.Options{}); err != nil {
		t.Fatal(err)
	}
	type anomalies []struct{ Correction *diag.Correction }
	var lu struct {
		Fichiers []struct {
			Structure anomalies
			Demandes  []struct{ Anomalies anomalies }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &lu); err != nil {
		t.Fatal(err)
	}
	listees := lu.Fichiers[0].Structure
	for _, d := range lu.Fichiers[0].Demandes {
		listees = append(listees, d.Anomalies...)
	}
	var offertes []diag.Correction
	for _, a := range listees {
		if a.Correction != nil {
			offertes = append(offertes, *a.Correction)
		}
	}
	slices.SortFunc(offertes, func(a, b diag.Correction) int { return b.Debut.Octet - a.Debut.Octet })
	got := texte
	for _, c := range offertes {
		if got[c.Debut.Octet:c.Fin.Octet] != c.Avant {
			t.Errorf("%q is not at %v", c.Avant, c.Debut)
		}
		got = got[:c.Debut.Octet] + c.Apres + got[c.Fin.Octet:]
	}
	corrections := r.Corrections()
	if want := string(correction.Appliquer([]byte(texte), corrections)); got != want || len(offertes) != len(corrections) {
		t.Errorf("%d repairs offered of %d\n%s", len(offertes), len(corrections), correction.Difference("f.json", []byte(want), []byte(got)))
	}
}

func exemple() string { return string(export.Exemple(ms1dui.Courante())) }

// Each fault is repaired to what it was made from: at once when the repair is sure, else only on demand.
func TestRepairs(t *testing.T) {
	t.Parallel()
	juste := exemple()
	for _, d := range defauts {
		t.Run(d.faux, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(juste, d.juste) {
				t.Fatalf("the example has no %s", d.juste)
			}
			faux := strings.Replace(juste, d.juste, d.faux, 1)
			sures := corriger(t, faux, false)
			if repaired := string(sures.Octets) == juste; repaired != d.sure {
				t.Errorf("repaired %t\n%s", repaired, correction.Difference("x", []byte(juste), sures.Octets))
			}
			if !d.sure && (len(sures.Faites) > 0 || len(sures.Proposees) != 1) {
				t.Errorf("made %v, proposed %v", sures.Faites, sures.Proposees)
			}
			if r := corriger(t, faux, true); string(r.Octets) != juste {
				t.Errorf("on demand:\n%s", correction.Difference("x", []byte(juste), r.Octets))
			}
		})
	}
}

func TestByteOrderMark(t *testing.T) {
	t.Parallel()
	if r := corriger(t, "\ufeff"+exemple(), false); string(r.Octets) != exemple() {
		t.Error("the mark is still there")
	}
}

// Two tags that were meant to be one are not both renamed: that would be one tag given twice.
func TestTwoNamesForOneTag(t *testing.T) {
	t.Parallel()
	texte := strings.Replace(exemple(), `"SIRET":`, `"Siret": "00000000100008", "siret":`, 1)
	r := corriger(t, texte, true)
	if n := strings.Count(string(r.Octets), `"SIRET":`); n != 1 || !strings.Contains(string(r.Octets), `"siret":`) {
		t.Errorf("%d tags SIRET\n%s", n, correction.Difference("x", []byte(texte), r.Octets))
	}
}

// What may mean two things is not repaired at all.
func TestDoubtfulAmounts(t *testing.T) {
	t.Parallel()
	for _, faux := range []string{`"2,433"`, `"2.433"`, `2.433`, `2433.333`} {
		texte := strings.Replace(exemple(), "2433.33", faux, 1)
		if r := corriger(t, texte, true); string(r.Octets) != texte {
			t.Errorf("%s is repaired:\n%s", faux, correction.Difference("x", []byte(texte), r.Octets))
		}
	}
}

// After any mixture of faults, what was repaired is found no more, nothing else was touched, and a second
// repair has nothing to do.
func TestNothingRepairedIsFoundAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texte := exemple()
		for i := range defauts {
			if rapid.Bool().Draw(t, fmt.Sprint(i)) && strings.Contains(texte, defauts[i].juste) {
				texte = strings.Replace(texte, defauts[i].juste, defauts[i].faux, 1)
			}
		}
		m := ms1dui.Courante()
		r := correction.Corriger(m, []byte(texte), controle.Options{}, jsondoc.Limits{}, false)
		restantes := controle.Controler(m, r.Octets, controle.Options{}).Corrections()
		for _, c := range restantes {
			if c.Sure {
				t.Fatalf("%s is left: %s", c.Code, c.In(modele.Francais))
			}
		}
		if again := correction.Corriger(m, r.Octets, controle.Options{}, jsondoc.Limits{}, false); len(again.Faites) > 0 {
			t.Fatalf("a second repair makes %v", again.Faites)
		}
		if strings.Count(texte, "\n") != strings.Count(string(r.Octets), "\n") {
			t.Fatal("the layout has changed")
		}
		if len(restantes) == 0 && controle.Controler(m, r.Octets, controle.Options{}).Verdict != diag.Accepte {
			t.Fatalf("nothing is left to repair, yet:\n%s", r.Octets)
		}
	})
}

// patch makes the repaired file of the first one and the difference.
func TestDifferenceIsAPatch(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	faux := strings.NewReplacer(`"SIRET"`, `"siret"`, "DURANDAL", "Durandal", `"IsRefSoins": false`, `"IsRefSoins": "false"`).Replace(exemple())
	faux = strings.TrimSuffix(faux, "\n")
	r := corriger(t, faux, false)
	dir := t.TempDir()
	for name, content := range map[string][]byte{"f.json": []byte(faux), "d.patch": correction.Difference("f.json", []byte(faux), r.Octets)} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	apply := exec.Command("git", "apply", "-p0", "d.patch")
	apply.Dir = dir
	if out, err := apply.CombinedOutput(); err != nil {
		t.Fatalf("git apply: %v\n%s", err, out)
	}
	got, err := os.ReadFile(filepath.Join(dir, "f.json"))
	if err != nil || string(got) != string(r.Octets) {
		t.Errorf("patched file differs: %v\n%s", err, got)
	}
	if correction.Difference("f.json", r.Octets, r.Octets) != nil {
		t.Error("a difference of nothing")
	}
}
