package controle_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"guichet/controle"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

func attribution() controle.Attribution {
	return controle.Attribution{ImpID: "SIMULATION", NumeroASP: func(i int) string { return fmt.Sprintf("SIMULE-%06d", i+1) }}
}

func TestRetour(t *testing.T) {
	t.Parallel()
	texte := strings.Replace(valide, "OLIVIER", "Olivier <\u00e9>", 1)
	retour, err := controle.Controler(ms1dui.Courante(), []byte(texte), options()).Retour(attribution())
	if err != nil {
		t.Fatal(err)
	}
	var differences []string
	avant, apres := strings.Split(texte, "\n"), strings.Split(string(retour), "\n")
	if len(avant) != len(apres) {
		t.Fatalf("%d lines, %d expected", len(apres), len(avant))
	}
	for i := range avant {
		if avant[i] != apres[i] {
			differences = append(differences, strings.TrimSpace(apres[i]))
		}
	}
	want := []string{
		`"impId": "SIMULATION",`, `"numeroASP": "SIMULE-000001",`,
		`"codeTraitement": "0000",`, `"libelleTraitement": "Demande acceptée"`,
		`"codeTraitement": "F108",`, `"libelleTraitement": "nomResponsableOG : \"Olivier <é>\" n'est pas en majuscules"`,
	}
	if strings.Join(differences, "\n") != strings.Join(want, "\n") {
		t.Errorf("differences:\n%s\nwant:\n%s", strings.Join(differences, "\n"), strings.Join(want, "\n"))
	}
}

// Answers given earlier are written as they were, whatever the control says now.
func TestRetourDe(t *testing.T) {
	t.Parallel()
	r := controle.Controler(ms1dui.Courante(), []byte(valide), options())
	retour, err := r.RetourDe(attribution(), func(int) (string, string) { return "F999", "dit autrefois" })
	if err != nil || strings.Count(string(retour), `"codeTraitement": "F999"`) != r.Demandes() || strings.Contains(string(retour), "SIMULE") {
		t.Errorf("%v\n%s", err, retour)
	}
	if _, err := controle.Controler(ms1dui.Courante(), nil, options()).RetourDe(attribution(), nil); !errors.Is(err, controle.ErrSansRetour) {
		t.Errorf("nothing to write in: %v", err)
	}
}

func TestApercu(t *testing.T) {
	t.Parallel()
	r := controle.Controler(ms1dui.Courante(), []byte(valide), options())
	a := r.Apercu(0)
	if a.Numero != "00001" || a.Montant != 486667 || a.ESMS != 2 || a.OG != "010000008" || valide[a.Debut] != '{' || valide[a.Fin-1] != '}' {
		t.Errorf("%+v", a)
	}
	for avant, apres := range map[string]string{`"numeroEditeur": "00001"`: `"numeroEditeur": "1"`, `"montantSegurHT": 4866.67`: `"montantSegurHT": "x"`, `"FINESSGeos": [`: `"FINESSGeos": 3, "x": [`} {
		if b := controle.Controler(ms1dui.Courante(), []byte(strings.Replace(valide, avant, apres, 1)), options()).Apercu(0); b.Numero == a.Numero && b.Montant == a.Montant && b.ESMS == a.ESMS {
			t.Errorf("%s: %+v", apres, b)
		}
	}
}

func TestPasDeRetourPourUnRejet(t *testing.T) {
	t.Parallel()
	for _, texte := range []string{"", "{}", strings.Replace(valide, "SIRET", "siret", 1)} {
		if _, err := controle.Controler(ms1dui.Courante(), []byte(texte), options()).Retour(attribution()); !errors.Is(err, controle.ErrSansRetour) {
			t.Errorf("%.20q: %v", texte, err)
		}
	}
}

func TestLibelleCourt(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 300)
	for _, texte := range []string{
		strings.Replace(valide, "direction@exemple.invalid", long, 1),
		strings.Replace(valide, `"MAI_15"`, `"`+long+`"`, 1),
		strings.Replace(valide, "15/09/2023", long, 1),
	} {
		f := controler(texte, options())
		if l := *f.Demandes[0].LibelleTraitement; utf8.RuneCountInString(l) > 200 || !strings.Contains(l, toutes(f)[0].Balise) {
			t.Errorf("%d characters: %s", utf8.RuneCountInString(l), l)
		}
	}
}

// FuzzControler holds the checker to what is true of any bytes: no panic, each place inside the file, a
// report that agrees with itself, and a returned file that differs in the four tags only.
func FuzzControler(f *testing.F) {
	f.Add([]byte(valide))
	f.Add([]byte(strings.ReplaceAll(valide, "null", `"null"`)))
	f.Add([]byte(`{"lignesImport":[{"scenarioInstallation":[{"FINESSGeo":"a"}],"beneficiaires":{"etablissementsClients":[{"FINESSGeos":[1,"a"]}]}}]}`))
	for _, c := range casRegles {
		f.Add([]byte(strings.Replace(valide, c.avant, c.apres, 1)))
	}
	f.Add([]byte(strings.ReplaceAll(valide, "010000024", "010000034")))
	o := tout(f)
	o.Referentiels.Eligibles, o.Referentiels.References = eligibles(f, "010000016"), references(f, profilsTous[:3]...)
	f.Fuzz(func(t *testing.T, src []byte) {
		r := controle.Controler(ms1dui.Courante(), src, o)
		for _, langue := range []modele.Langue{modele.Francais, modele.Anglais} {
			verifierRapport(t, r.Fichier(langue), src)
		}
		retour, err := r.Retour(attribution())
		if err != nil {
			return
		}
		comparerRetour(t, src, retour)
	})
}

func verifierRapport(t *testing.T, f diag.Fichier, src []byte) {
	t.Helper()
	lignes := strings.Split(string(src), "\n")
	premieres := 0
	for _, d := range toutes(f) {
		if d.Ligne < 1 || d.Ligne > len(lignes) || d.Colonne < 1 || d.Colonne > len(lignes[d.Ligne-1])+1 {
			t.Fatalf("%s is outside of the file: %d:%d", d.Code, d.Ligne, d.Colonne)
		}
		if d.Message == "" || d.Aide == "" || d.Source == "" || strings.ContainsAny(d.Message+d.Aide, "{}") && !strings.ContainsAny(string(src), "{}") {
			t.Fatalf("%+v", d)
		}
		if d.Premiere {
			premieres++
		}
	}
	rejetees := 0
	for _, d := range f.Demandes {
		if d.CodeTraitement != nil && *d.CodeTraitement != controle.CodeAccepte {
			rejetees++
		}
	}
	switch f.Verdict {
	case diag.Rejete, diag.Illisible:
		rejetees = 1
	}
	if premieres != rejetees {
		t.Fatalf("verdict %s: %d anomalies marked, %d expected", f.Verdict, premieres, rejetees)
	}
}

// comparerRetour checks that the two files are the same once the four tags are null again.
func comparerRetour(t *testing.T, src, retour []byte) {
	t.Helper()
	var avant, apres map[string]any
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(src), "\ufeff")), &avant); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(retour), "\ufeff")), &apres); err != nil {
		t.Fatalf("the returned file does not parse: %v", err)
	}
	for _, f := range []map[string]any{avant, apres} {
		f["impId"] = nil
		for _, d := range f["lignesImport"].([]any) {
			for _, balise := range []string{"numeroASP", "codeTraitement", "libelleTraitement"} {
				d.(map[string]any)[balise] = nil
			}
		}
	}
	if a, b := fmt.Sprint(avant), fmt.Sprint(apres); a != b {
		t.Fatalf("the returned file differs:\n%s\n%s", a, b)
	}
}

func TestAucuneAllocation(t *testing.T) {
	c := controle.Preparer(ms1dui.Courante(), jsondoc.Limits{})
	src := []byte(valide)
	if n := testing.AllocsPerRun(100, func() { c.Controler(src, options()) }); n != 0 {
		t.Errorf("%v allocations for a valid file", n)
	}
}

// A table without a ceiling names no amount and no ESMS: what an overview can say is the number and the place.
func TestApercuSansPlafond(t *testing.T) {
	t.Parallel()
	sans := *ms1dui.Courante()
	sans.Coherence = slices.DeleteFunc(slices.Clone(sans.Coherence), func(c modele.Coherence) bool {
		_, plafond := c.(modele.Plafond)
		return plafond
	})
	r := controle.Controler(&sans, []byte(valide), options())
	if a := r.Apercu(0); a.Numero != "00001" || a.Montant != 0 || a.ESMS != 0 || a.OG != "" || valide[a.Debut] != '{' {
		t.Errorf("%+v", a)
	}
	r.ESMS(0, func(finess []byte) { t.Errorf("%s", finess) })
}
