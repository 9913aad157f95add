package controle_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"guichet/controle"
	"guichet/diag"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// changer makes changes in the valid file, each of which must be there once.
func changer(t *testing.T, paires ...string) string {
	t.Helper()
	texte := valide
	for i := 0; i < len(paires); i += 2 {
		if n := strings.Count(texte, paires[i]); n != 1 {
			t.Fatalf("%q stands %d times", paires[i], n)
		}
		texte = strings.Replace(texte, paires[i], paires[i+1], 1)
	}
	return texte
}

// Nothing is concluded from a value that is itself at fault: neither that another lacks it, nor that it is too many.
func TestValeursFautivesNEntrainentRien(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		nom     string
		paires  []string
		attendu string
	}{
		{"FINESSGeo trop court", []string{`"FINESSGeo": "010000024"`, `"FINESSGeo": "01000024"`}, "F104 60:24"},
		{"FINESSGeo null", []string{`"FINESSGeo": "010000024"`, `"FINESSGeo": null`}, "F102 60:24"},
		{"élément de FINESSGeos trop court", []string{`"010000016", "010000024"`, `"010000016", "01000024"`}, "F104 38:41"},
		{"élément de FINESSGeos null", []string{`"010000016", "010000024"`, `"010000016", null`}, "F102 38:41"},
		{"deux éléments null", []string{`"010000016", "010000024"`, `null, null`}, "F102 38:28, F102 38:34"},
		{"élément qui est un objet", []string{`"010000016", "010000024"`, `"010000016", {}`}, "S104 38:41"},
		{"numeroEditeur fautif", []string{`"numeroEditeur": "00001"`, `"numeroEditeur": "0001"`}, "F104 10:24"},
		{"typeFichier fautif", []string{`"BON_COMMANDE"` + "\n        }\n      ],", `"BON"` + "\n        }\n      ],"}, "F116 46:26"},
		{"regimeTVA fautif", []string{`"regimeTVA": "HT"`, `"regimeTVA": "H"`}, "F116 79:22"},
		{"demandeCertificatServeur fautif", []string{`"FINESSJuridique": "020000006",` + "\n            \"demandeCertificatServeur\": false", `"FINESSJuridique": "020000006",` + "\n            \"demandeCertificatServeur\": \"false\""}, "F101 90:41"},
		{"isMandataire null", []string{`"isMandataire": true`, `"isMandataire": null`}, "F102 83:25"},
		{"deux fautes sur un OG", []string{`"FINESSJuridique": "2A0000001"`, `"FINESSJuridique": "020000006"`, `"2A0000002"]`, `"2A000002"]`}, "F104 122:28, A517 107:32"},
		{"ESMS déplacé", []string{`"FINESSGeo": "010000024"`, `"FINESSGeo": "010000040"`}, "C304 60:24, C303 38:41"},
	} {
		if got := codes(controler(changer(t, c.paires...), options())); got != c.attendu {
			t.Errorf("%s: found %s, want %s", c.nom, got, c.attendu)
		}
	}
}

// An ESMS is compared with the OG of its own object, whichever of the others are at fault.
func TestRattachementDeChaqueOG(t *testing.T) {
	t.Parallel()
	o := tout(t)
	for _, c := range []struct {
		nom     string
		paires  []string
		attendu string
	}{
		{"second OG", []string{`"FINESSGeos": ["2A0000002"]`, `"FINESSGeos": ["020000022"]`, `"FINESSGeo": "2A0000002"`, `"FINESSGeo": "020000022"`}, "C403 122:28, A510 122:28"},
		{"premier OG fautif, second faux", []string{
			`"FINESSJuridique": "020000006"`, `"FINESSJuridique": "02000006"`,
			`"FINESSGeos": ["2A0000002"]`, `"FINESSGeos": ["010000016"]`, `"FINESSGeo": "2A0000002"`, `"FINESSGeo": "010000016"`,
		}, "F104 89:32, A507 122:28, A510 122:28"},
		{"ESMS fautif, le suivant d'un autre OG", []string{`"010000016", "010000024"`, `"01000024", "020000022"`, `"FINESSGeo": "010000024"`, `"FINESSGeo": "020000022"`}, "F104 38:28, C403 38:40, A510 38:40"},
		{"OG fautif", []string{`"FINESSJuridique": "2A0000001"`, `"FINESSJuridique": "2A000001"`}, "F104 107:32"},
	} {
		if got := codes(controler(changer(t, c.paires...), o)); got != c.attendu {
			t.Errorf("%s: found %s, want %s", c.nom, got, c.attendu)
		}
	}
}

// The days at the border: today is no future, the first day of the programme is not before it, the day of a name that is
// today's is not over.
func TestJoursAuBord(t *testing.T) {
	t.Parallel()
	for jour, attendu := range map[string]string{
		"02/10/2023": "", "03/10/2023": "A503 12:25", "12/02/2022": "", "11/02/2022": "A504 12:25", "31/12/2021": "A504 12:25", "01/01/2024": "A503 12:25",
	} {
		if got := codes(controler(changer(t, "15/09/2023", jour), options())); got != attendu {
			t.Errorf("%s: found %s, want %s", jour, got, attendu)
		}
	}
	o := options()
	for nom, attendu := range map[string]string{"20231002": "", "20231001": "A602 1:1", "20230930": "A602 1:1", "20221231": "A602 1:1", "20240101": ""} {
		o.Nom = "JSON-ANS0000001-" + nom + "-001.json"
		if got := codes(controler(valide, o)); got != attendu {
			t.Errorf("%s: found %s, want %s", nom, got, attendu)
		}
	}
	o.Aujourdhui, o.Nom = time.Time{}, "JSON-ANS0000001-19990101-001.json"
	if got := codes(controler(valide, o)); got != "" {
		t.Errorf("no day is known, yet %s", got)
	}
}

// Names of 10 digits or letters, ranks of 3 digits, each border by itself.
func TestNomsAuBord(t *testing.T) {
	t.Parallel()
	o := options()
	for nom, attendu := range map[string]string{
		"JSON-ANS000001-20231002-001.json": "numeroAns", "JSON-ANS00000011-20231002-001.json": "numeroAns", "JSON-ANS000000é-20231002-001.json": "numeroAns",
		"JSON-ANS0000001-2023100-001.json": "AAAAMMJJ", "JSON-ANS0000001-202310020-001.json": "AAAAMMJJ", "JSON-ANS0000001-20231301-001.json": "AAAAMMJJ",
		"JSON-ANS0000001-20231002-01.json": "trois chiffres", "JSON-ANS0000001-20231002-0001.json": "trois chiffres", "JSON-ANS0000001-20231002-00A.json": "trois chiffres",
		"JSON-ANS0000001-20231002.json": "quatre parties", "JSON-ANS0000001-20231002-001-1.json": "quatre parties", "JSON-ANS0000001-20231002-001": "quatre parties",
		"JSON-ANS0000001-20231002-.json": "quatre parties",
	} {
		o.Nom = nom
		f := controler(valide, o)
		if codes(f) != "S301 1:1" || !strings.Contains(f.Structure[0].Message, attendu) || f.Structure[0].Longueur != 0 || *f.Structure[0].Valeur != nom {
			t.Errorf("%s: %+v", nom, f.Structure)
		}
	}
	for nom, propose := range map[string]string{"7.json": "007", "999.json": "999", "1000.json": "001", "0.json": "001", "x_12_y.json": "012"} {
		o.Nom = nom
		if aide := controler(valide, o).Structure[0].Aide; !strings.Contains(aide, "JSON-ANS0000001-20231002-"+propose+".json") {
			t.Errorf("%s: %s", nom, aide)
		}
	}
}

// A long value is cut where a reader has seen enough, and only there.
func TestValeursAbregees(t *testing.T) {
	t.Parallel()
	for n, coupe := range map[int]bool{57: false, 58: false, 59: true} { // with the quotes, 60 characters are shown
		texte := changer(t, `"DURANDAL"`, `"`+strings.Repeat("É", n)+`"`)
		d := toutes(controler(texte, options()))[0]
		if d.Code != "F105" || strings.Contains(d.Message, "…") != coupe || d.Longueur != n+2 {
			t.Errorf("%d: %+v", n, d)
		}
	}
	f := controler(changer(t, "MS1-DUI-Va1-BDC-00001.pdf", strings.Repeat("x", 49)), options())
	if l := *f.Demandes[0].LibelleTraitement; len([]rune(l)) > 200 || *f.Demandes[0].CodeTraitement != "F121" {
		t.Errorf("%s", l)
	}
}

// What cannot be told from one value is not proposed as sure: zeros by a key, booleans by a number, codes that are near.
func TestPropositionsIncertaines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		avant, apres, propose string
		sure                  bool
	}{
		{`"FINESSJuridique": "010000008"`, `"FINESSJuridique": 10000008`, `"010000008"`, false},
		{`"FINESSJuridique": "010000008"`, `"FINESSJuridique": 100000084`, `"100000084"`, true},
		{`"FINESSJuridique": "010000008"`, `"FINESSJuridique": 1e8`, "", false},
		{`"SIRET": "00000000100008"`, `"SIRET": 10000000100008`, `"10000000100008"`, true},
		{`"isMandataire": false`, `"isMandataire": 1`, "true", false},
		{`"isMandataire": false`, `"isMandataire": 0`, "false", false},
		{`"isMandataire": false`, `"isMandataire": 2`, "", false},
		{`4866.67`, `4866`, "4866.00", true},
		{`4866.67`, `0`, "", false},
		{`"15/09/2023"`, `45184`, `"15/09/2023"`, false},
		{`"+33 1 99 00 45 67"`, `199004567`, `"+33 1 99 00 45 67"`, false},
		{`"MAI_15"`, `"MAI15"`, `"MAI_15"`, true},
		{`"MAI_15"`, `"MAI"`, "", false},
		{`"emailMandataire": null`, `"emailMandataire": "N/A"`, "null", true},
		{`"emailMandataire": null`, `"emailMandataire": "x"`, "", false},
	} {
		corrections := controle.Controler(ms1dui.Courante(), []byte(strings.Replace(valide, c.avant, c.apres, 1)), options()).Corrections()
		got := ""
		for _, x := range corrections {
			got += fmt.Sprintf("%s %t", strings.ReplaceAll(x.Apres, "+33 199004567", "+33 1 99 00 45 67"), x.Sure)
		}
		want := ""
		if c.propose != "" {
			want = fmt.Sprintf("%s %t", c.propose, c.sure)
		}
		if got != want {
			t.Errorf("%s: proposed %s, want %s", c.apres, got, want)
		}
	}
}

// A file has at most 200 demandes; the 201st is one too many, the array's own place.
func TestBordDesDemandes(t *testing.T) {
	t.Parallel()
	demande := func(i int) string {
		return fmt.Sprintf(`{"numLigne":%d,"typeAction":"C"}`, i)
	}
	for _, n := range []int{199, 200, 201} {
		var liste []string
		for i := range n {
			liste = append(liste, demande(i+1))
		}
		f := controler(`{"impId":null,"numeroAns":"ANS0000001","SIRET":"00000000100008","lignesImport":[`+strings.Join(liste, ",")+`]}`, options())
		trop := strings.Contains(codes(f), "S106")
		if trop != (n > 200) || strings.Contains(codes(f), "F119") || len(f.Demandes) != n {
			t.Errorf("%d demandes: too many %t, %d listed", n, trop, len(f.Demandes))
		}
	}
}

// The one that the portal reports is the first error of a demande, not its first remark, and stands alone.
func TestPremiereApresUneAlerte(t *testing.T) {
	t.Parallel()
	f := controler(changer(t, `"FINESSJuridique": "010000008"`, `"FINESSJuridique": "010000009"`, `"DURANDAL"`, `"Durandal"`, `"direction@exemple.invalid"`, `"direction"`), options())
	var premieres []string
	for _, d := range toutes(f) {
		premieres = append(premieres, fmt.Sprintf("%s %t", d.Code, d.Premiere))
	}
	if got := strings.Join(premieres, ", "); got != "A502 false, F108 true, F109 false" || *f.Demandes[0].CodeTraitement != "F108" || f.Verdict != diag.Partiel {
		t.Errorf("found %s, %s, verdict %s", got, *f.Demandes[0].CodeTraitement, f.Verdict)
	}
}

// English has its own plural, and its own words for each part.
func TestPlurielsEnAnglais(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{`"3700123456"`, `"3"`, "1 character in"}, {`"3700123456"`, `"37"`, "2 characters in"},
		{"\"typeFichier\": \"BON_COMMANDE\"\n        }\n      ],", "\"typeFichier\": \"PREUVE_HT\"\n        }\n      ],", "0 documents BON_COMMANDE, exactly 1 expected"},
		{`"regimeTVA": "TTC"`, `"regimeTVA": "HT"`, `0 documents PREUVE_HT, exactly 1 expected if regimeTVA = "HT"`},
		{`"ancienneVersion": "V3.2"`, `"ancienneVersion": " "`, "has nothing but blanks"},
		{`"SIRET":`, `" SIRET":`, "“␣SIRET” is not a tag of the file's object"},
		{`"MS1-DUI-Va1-BDC-00001.pdf"`, `"MS1-DUI-Va1-XXX-00001.pdf"`, "the code BDC or HT must come next"},
		{`"isMandataire": false`, `"isMandataire": []`, "isMandataire: an array found, expected: a plain value"},
	} {
		texte := strings.Replace(valide, c[0], c[1], 1)
		f := controle.Controler(ms1dui.Courante(), []byte(texte), options()).Fichier(modele.Anglais)
		if d := toutes(f)[0]; !strings.Contains(d.Message, c[2]) {
			t.Errorf("%q does not say %q", d.Message, c[2])
		}
	}
}
