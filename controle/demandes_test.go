package controle_test

import (
	"fmt"
	"strings"
	"testing"

	"guichet/controle"
	"guichet/modele/ms1dui"
)

// What a list says of a demande and the ESMS that it orders, in the order of the file and nothing else of it.
func TestESMSDesDemandes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ nom, avant, apres, want string }{
		{"as it is", "", "", "[010000016 010000024] [020000014 2A0000002]"},
		{"no number", `["020000014"]`, `[null, 7, "020000014"]`, "[010000016 010000024] [020000014 2A0000002]"},
		{"none at all", `["020000014"]`, `[]`, "[010000016 010000024] [2A0000002]"},
		{"a text in place of the list", `["020000014"]`, `"020000014"`, "[010000016 010000024] [2A0000002]"},
		{"without the list", `,
            "FINESSGeos": ["2A0000002"]`, "", "[010000016 010000024] [020000014]"},
		{"without OGs", `"etablissementsClients": [
          {
            "FINESSJuridique": "010000008"`, `"x": [
          {
            "FINESSJuridique": "010000008"`, "[] [020000014 2A0000002]"},
		{"OGs last", valide, `{"lignesImport": [{"beneficiaires": {"etablissementsClients": [{"FINESSGeos": ["010000016"]}]}}]}`, "[010000016]"},
	} {
		r := controle.Controler(ms1dui.Courante(), []byte(strings.Replace(valide, c.avant, c.apres, 1)), options())
		var got []string
		for i := range r.Demandes() {
			vus := []string{}
			r.ESMS(i, func(finess []byte) { vus = append(vus, string(finess)) })
			got = append(got, fmt.Sprint(vus))
			if n := r.Apercu(i).ESMS; n != len(vus) {
				t.Errorf("%s: demande %d has %d ESMS in a list, %d one by one", c.nom, i, n, len(vus))
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s, want %s", c.nom, strings.Join(got, " "), c.want)
		}
	}
}

// Where a demande lacks what tells whether a proof is asked for, nothing is said of the proof.
func TestPreuveSansCommande(t *testing.T) {
	t.Parallel()
	commande := "\"commande\": {\n        \"dateCommande\": \"16/09/2023\",\n        \"regimeTVA\": \"HT\",\n        \"montantSegurHT\": 2920.00\n      }"
	for apres, want := range map[string]string{`"commande": null`: "S104 77:19", `"commande": []`: "S104 77:19", `"commande": "HT"`: "S104 77:19", `"commande": {"dateCommande": "16/09/2023", "montantSegurHT": 2920.00}`: "S102 77:19"} {
		if got := codes(controler(changer(t, commande, apres), options())); got != want {
			t.Errorf("%s: found %s, want %s", apres, got, want)
		}
	}
}

// A demande is named by the rank and the number that it gives itself, where these are what they should be.
func TestNumerosDesDemandes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ avant, apres, want string }{
		{"", "", "1 00001, 2 0000B"},
		{`"numLigne": 2`, `"numLigne": 7`, "1 00001, 7 0000B"},
		{`"numLigne": 2`, `"numLigne": "7"`, "1 00001, 2 0000B"},
		{`"numLigne": 2`, `"numLigne": 2.5`, "1 00001, 2 0000B"},
		{"      \"numLigne\": 1,\n", "", "1 00001, 2 0000B"},
		{`"numeroEditeur": "0000B"`, `"numeroEditeur": "B"`, "1 00001, 2 B"},
		{`"numeroEditeur": "0000B"`, `"numeroEditeur": null`, "1 00001, 2 -"},
		{"      \"numeroEditeur\": \"0000B\",\n", "", "1 00001, 2 -"},
	} {
		var got []string
		for _, d := range controler(strings.Replace(valide, c.avant, c.apres, 1), options()).Demandes {
			numero := "-"
			if d.NumeroEditeur != nil {
				numero = *d.NumeroEditeur
			}
			got = append(got, fmt.Sprint(d.NumLigne, " ", numero))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %s, want %s", c.apres, strings.Join(got, ", "), c.want)
		}
	}
}

// grande is the valid file with n ESMS in its first demande, and what else these are given as.
func grande(t *testing.T, n int, autres ...string) string {
	t.Helper()
	var geos, scenarios []string
	for i := range n {
		geos = append(geos, fmt.Sprintf("%q", fmt.Sprintf("01%07d", i)))
		scenarios = append(scenarios, fmt.Sprintf(`{"FINESSGeo": "01%07d", "ancienneVersion": "V3.1", "isMaitreId": false, "IsStockageId": false, "operateurMessagerie": null, "profilMetier": "SAAD", "IsRefSoins": null}`, i))
	}
	texte := changer(t, `["010000016", "010000024"]`, "["+strings.Join(append(geos, autres...), ", ")+"]")
	debut := strings.Index(texte, `"scenarioInstallation": [`) + len(`"scenarioInstallation": [`)
	fin := debut + strings.Index(texte[debut:], "]")
	return texte[:debut] + strings.Join(scenarios, ",") + texte[fin:]
}

// However many ESMS a demande has, each is found again: none is lacking or too many, and one that stands twice is told with
// its first place.
func TestGrandesDemandes(t *testing.T) {
	t.Parallel()
	for _, n := range []int{31, 32, 33, 64, 65, 300} {
		for _, d := range toutes(controler(grande(t, n), options())) {
			if d.Code != "A502" { // their check keys are not right
				t.Fatalf("%d ESMS: %s %s", n, d.Code, d.Message)
			}
		}
		premier, dernier := `"010000000"`, fmt.Sprintf(`"01%07d"`, n-1)
		var doubles []string
		for _, d := range toutes(controler(grande(t, n, premier, dernier), options())) {
			if d.Code == "F123" {
				doubles = append(doubles, fmt.Sprint(*d.Valeur, " ", d.Autre.Colonne))
			}
		}
		if got, want := strings.Join(doubles, ", "), fmt.Sprintf("%s 28, %s %d", premier, dernier, 28+13*(n-1)); got != want {
			t.Errorf("%d ESMS: twice %s, want %s", n, got, want)
		}
	}
}

// Each of what is known besides the file is looked at, alone too.
func TestUnSeulRegistre(t *testing.T) {
	t.Parallel()
	oui := func(string) (string, bool) { return "ailleurs", true }
	for nom, c := range map[string]struct {
		changer func(*controle.Options)
		want    string
	}{
		"numbers":  {func(o *controle.Options) { o.NumeroUtilise = oui }, "C402 10:24, C402 76:24"},
		"ESMS":     {func(o *controle.Options) { o.ESMSDemande = oui }, "A511 38:28, A511 38:41, A511 104:28, A511 122:28"},
		"software": {func(o *controle.Options) { o.Logiciel = references(t, profilsTous[1:]...) }, "C404 53:25, C404 142:25, C404 151:25"},
		"eligible": {func(o *controle.Options) {
			o.Referentiels.Eligibles = eligibles(t, "010000016", "010000024", "020000014")
		}, "C403 122:28"},
		"nothing":      {func(*controle.Options) {}, ""},
		"no objection": {func(o *controle.Options) { o.NumeroUtilise = func(string) (string, bool) { return "", false } }, ""},
	} {
		o := options()
		c.changer(&o)
		if got := codes(controler(valide, o)); got != c.want {
			t.Errorf("%s: found %s, want %s", nom, got, c.want)
		}
	}
}

// A demande of one ESMS has a ceiling; one whose ESMS are all refused has none besides.
func TestPlafondDUnESMS(t *testing.T) {
	t.Parallel()
	un := changer(t, `["010000016", "010000024"]`, `["010000016"]`, `4866.67`, `2916.68`) // 3500 / 1.2 = 2916.67
	debut, fin := strings.Index(un, `,
        {
          "FINESSGeo": "010000024"`), strings.Index(un, "\n      ],\n      \"codeTraitement\"")
	un = un[:debut] + un[fin:]
	o := options()
	o.Referentiels.Bareme = bareme(t)
	if got := codes(controler(un, o)); got != "A506 14:27" {
		t.Errorf("a cent over the ceiling: found %s", got)
	}
	if got := codes(controler(strings.Replace(un, "2916.68", "2916.67", 1), o)); got != "" {
		t.Errorf("at the ceiling: found %s", got)
	}
	for _, manque := range []string{"beneficiaires", "etablissementsClients", "FINESSGeos"} { // how many ESMS cannot be told
		if got := codes(controler(strings.Replace(un, `"`+manque+`"`, `"x"`, 1), o)); strings.Contains(got, "A506") {
			t.Errorf("without %s: found %s", manque, got)
		}
	}
	o.Referentiels.Eligibles = eligibles(t, "020000014", "2A0000002")
	if got := codes(controler(un, o)); got != "C403 38:28" {
		t.Errorf("none may be ordered: found %s", got)
	}
}

// A remark on the file is not what the portal reports: nothing is, where it takes the file.
func TestRemarqueSurLeFichier(t *testing.T) {
	t.Parallel()
	o := options()
	o.Nom = "brouillon.json"
	f := controler(changer(t, `"00000000100008"`, `"00000000100009"`), o)
	if got := codes(f); got != "A501 4:12, A601 1:1" || f.Structure[0].Premiere || f.Structure[1].Premiere {
		t.Errorf("found %s, first %t %t", got, f.Structure[0].Premiere, f.Structure[1].Premiere)
	}
}

// Where a rule comes from: the document of the rule, else of the tag.
func TestSourceDesRegles(t *testing.T) {
	t.Parallel()
	livre := map[string]string{}
	for _, r := range controle.Regles() {
		livre[r.Code] = r.Source
	}
	for _, c := range casRegles {
		for _, d := range toutes(controler(strings.Replace(valide, c.avant, c.apres, 1), options())) {
			if d.Source == "" || livre[d.Code] != "" && d.Source != livre[d.Code] {
				t.Errorf("%s: %s comes from %q, want %q", c.nom, d.Code, d.Source, livre[d.Code])
			}
		}
	}
	o := options()
	for _, rang := range []string{"A01", "0A1", "00A"} {
		o.Nom = "JSON-ANS0000001-20231002-" + rang + ".json"
		if got := codes(controler(valide, o)); got != "S301 1:1" {
			t.Errorf("rank %s: found %s", rang, got)
		}
	}
}

// What is missing or of another kind is told once; no rule that needs it adds a word.
func TestUnSeulMot(t *testing.T) {
	t.Parallel()
	pieces := "\"piecesJustificatives\": [\n        {\n          \"nomFichier\": \"MS1-DUI-Va1-BDC-00001.pdf\",\n          \"formatFichier\": \"PDF\",\n          \"typeFichier\": \"BON_COMMANDE\"\n        }\n      ],"
	for _, c := range []struct{ avant, apres, attendu string }{
		{pieces, "", "S102 6:5"},
		{pieces, `"piecesJustificatives": "x",`, "S104 42:31"},
		{pieces, `"piecesJustificatives": [],`, "C301 42:31"},
		{"\"libelleTraitement\": null\n    },", "\"libelleTraitement\": false\n    },", "F103 70:28"},
		{`"telephoneMandataire": null`, `"telephoneMandataire": false`, "C202 20:32"},
	} {
		if got := codes(controler(changer(t, c.avant, c.apres), options())); got != c.attendu {
			t.Errorf("%s: found %s, want %s", c.apres, got, c.attendu)
		}
	}
	o := options()
	o.Logiciel = references(t, profilsTous[:3]...) // no profile of a kind of establishment
	if got := codes(controler(changer(t, `"profilMetier": "PA, PH"`, `"profilMetier": 7`), o)); !strings.HasPrefix(got, "F101 56:27") || strings.Contains(got, "C404 56:27") || !strings.Contains(got, "C404 65:27") {
		t.Errorf("a number in place of profiles: found %s", got)
	}
}

// A container is shown by its first sign.
func TestLongueurDUnConteneur(t *testing.T) {
	t.Parallel()
	for apres, want := range map[string]string{`{"a": 1}`: "{…} 1", `[1, 2]`: "[…] 1", `12345`: "12345 5"} {
		d := toutes(controler(changer(t, `"regimeTVA": "TTC"`, `"regimeTVA": `+apres), options()))[0]
		if got := fmt.Sprint(*d.Valeur, " ", d.Longueur); got != want {
			t.Errorf("%s: %s, want %s", apres, got, want)
		}
	}
}
