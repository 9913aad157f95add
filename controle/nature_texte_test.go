package controle_test

import (
	"strings"
	"testing"

	"guichet/controle"
)

// Tables and settings are named by their first lines; a damaged file of demandes, and prose, are not.
func TestNatureDeTexte(t *testing.T) {
	t.Parallel()
	for source, veut := range map[string]string{
		"referenceCommande;dateCommande\nA;12/09/2023\n": "tableau",
		"a\tb\n":                                "tableau",
		"\r\n\ufeffa;b":                         "tableau",
		"\ufeff\"a\";\"b\"\r1;2\r":              "tableau",
		"a,b,c,d\n1,2,3,4\n":                    "tableau",
		"Bonjour, voici, le fichier\n":          "",
		"Bonjour ; voici le fichier\nA+":        "",
		"numeroAns: ANS0000001\nSIRET: \"1\"\n": "réglages",
		"---\n# rien\nsortie:\n  - a\n- b\n":    "réglages",
		strings.Repeat("# "+strings.Repeat("x", 70)+"\n", 13) + "a: 1\n" + strings.Repeat("b", 200): "réglages",
		"# un titre\n": "",
		"\"impId\": null,\n\"numeroAns\": \"A\", \"SIRET\": \"1\"\n": "",
		"impId: null,\nnumeroAns: \"A\",\n":                          "",
		"null, null, null, null]}":                                   "",
		"SQLite format 3\x00\x10":                                    "base SQLite",
		"a;b\x00\x01":                                                "",
		`{"a;b": 1}`:                                                 "",
		"":                                                           "",
	} {
		quoi, faire, oui := controle.AutreChose([]byte(source))
		if oui != (veut != "") || !strings.Contains(quoi.Fr, veut) || oui && (quoi.En == "" || faire.Fr == "" || faire.En == "") {
			t.Errorf("%q: %v %q, want %q", source, oui, quoi.Fr, veut)
		}
		if _, _, encore := controle.AutreChose([]byte(source), controle.Tableau, controle.Reglages); encore && veut != "base SQLite" {
			t.Errorf("%q is admitted and told", source)
		}
	}
}
