package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"guichet/export"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// compile reads the schema of a model, held against the metaschema of 2020-12.
func compile(t *testing.T, m *modele.Modele) *jsonschema.Schema {
	t.Helper()
	raw, err := export.Schema(m, modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("modele.json", parse(t, raw)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("modele.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func parse(t *testing.T, doc []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		t.Fatalf("%v in:\n%s", err, doc)
	}
	return v
}

func TestSchemaAcceptsExemple(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		if err := compile(t, m).Validate(parse(t, export.Exemple(m))); err != nil {
			t.Errorf("%s: %v", m.Edition, err)
		}
	}
}

// Each line is one change of the example, right or wrong.
func TestSchemaRules(t *testing.T) {
	t.Parallel()
	const demande = "/lignesImport/0"
	const og = demande + "/beneficiaires/etablissementsClients/0"
	const scenario = demande + "/scenarioInstallation/0"
	m := ms1dui.Courante()
	s := compile(t, m)
	for _, c := range []struct {
		pointer, value string
		ok             bool
	}{
		{"/impId", `"1"`, false},
		{"/numeroAns", `"ANS000001É"`, false},
		{"/numeroAns", `"ans0000001"`, true},
		{"/SIRET", `10000000010000`, false},
		{"/SIRET", `"0000000010000A"`, false},
		{"/inconnue", `null`, false},
		{"/lignesImport", `[]`, false},
		{"/lignesImport", `{}`, false},
		{demande + "/numLigne", `"1"`, false},
		{demande + "/numLigne", `0`, false},
		{demande + "/numLigne", `201`, false},
		{demande + "/typeAction", `"c"`, false},
		{demande + "/numeroASP", `"A"`, false},
		{demande + "/numeroEditeur", `"0001"`, false},
		{demande + "/commande", `null`, false},
		{demande + "/commande/dateCommande", `"29/02/2024"`, true},
		{demande + "/commande/dateCommande", `"29/02/2023"`, false},
		{demande + "/commande/dateCommande", `"2023-09-15"`, false},
		{demande + "/commande/regimeTVA", `"HT"`, false}, // without a PREUVE_HT
		{demande + "/commande/montantSegurHT", `0.00`, false},
		{demande + "/commande/montantSegurHT", `"2920.00"`, false},
		{demande + "/beneficiaires/isMandataire", `"false"`, false},
		{demande + "/beneficiaires/isMandataire", `true`, false}, // without the tags of a mandataire
		{demande + "/beneficiaires/nomMandataire", `"DURANDAL"`, false},
		{og + "/FINESSJuridique", `"01000000"`, false},
		{og + "/demandeCertificatServeur", `false`, false}, // with the tags of a certificate
		{og + "/contractualisationOG", `null`, false},
		{og + "/statutAdminTechnique", `"E"`, false}, // without contractualisationEditeur
		{og + "/contractualisationEditeur", `true`, true},
		{og + "/certificatServeur/numeroCarteCPX", `null`, false},
		{og + "/certificatServeur/nomAdminTechnique", `"AAAAAAAAAAAAAAAAAAAAAAAA"`, true},
		{og + "/certificatServeur/nomAdminTechnique", `"AAAAAAAAAAAAAAAAAAAAAAAAA"`, false},
		{og + "/certificatServeur/utiliteCertificat", `"INS, DMP"`, false},
		{og + "/certificatServeur", `null`, false}, // with a certificate asked for
		{og + "/telephoneResponsableOG", `"+33"`, false},
		{og + "/telephoneResponsableOG", `"+33 (0)1 99 00 12 34"`, true},
		{og + "/nomResponsableOG", `"DU\u0000"`, false},
		{og + "/nomResponsableOG", `"Durandal"`, false},
		{og + "/nomResponsableOG", `"DÉSIRÉ 2"`, true},
		{og + "/nomResponsableOG", `"désiré"`, false},
		{og + "/emailResponsableOG", `"@exemple.invalid"`, false},
		{og + "/emailResponsableOG", `"a@exemple"`, false},
		{og + "/emailResponsableOG", `"a b@exemple.invalid"`, true},
		{og + "/telephoneResponsableOG", `"01 99 00 12 34"`, false},
		{og + "/telephoneResponsableOG", `"+33.1-99 00"`, true},
		{og + "/FINESSGeos", `[]`, false},
		{og + "/FINESSGeos", `["010000016", "010000016"]`, false},
		{og + "/FINESSGeos", `[10000016]`, false},
		{demande + "/piecesJustificatives", `[]`, false},
		{demande + "/piecesJustificatives/0/nomFichier", `"MS1-DUI-Val-BDC-00001.pdf"`, true},
		{demande + "/piecesJustificatives/0/nomFichier", `"MS1-DUI-Va1-HT-00001.pdf"`, false},
		{demande + "/piecesJustificatives/0/formatFichier", `"PNG"`, false}, // beside a name in .pdf
		{demande + "/piecesJustificatives/0/typeFichier", `"PREUVE_HT"`, false},
		{scenario + "/FINESSGeo", `null`, false},
		{scenario + "/ancienneVersion", `""`, false},
		{scenario + "/isMaitreId", `false`, false}, // with IsRefSoins
		{scenario + "/IsStockageId", `1`, false},
		{scenario + "/isStockageId", `true`, false}, // beside IsStockageId
		{scenario + "/operateurMessagerie", `null`, true},
		{scenario + "/operateurMessagerie", `"CH _28"`, true},
		{scenario + "/operateurMessagerie", `"CH  28"`, true},
		{scenario + "/operateurMessagerie", `"MAILIZ"`, false},
		{scenario + "/profilMetier", `"SAAD, PA, DOM, PH"`, true},
		{scenario + "/profilMetier", `"PA, PA"`, false},
		{scenario + "/profilMetier", `"PA,PH"`, false},
		{scenario + "/IsRefSoins", `null`, false},
		{demande + "/codeTraitement", `"0000"`, false},
		{demande + "/libelleTraitement", `""`, false},
	} {
		doc := parse(t, export.Exemple(m))
		replace(t, doc, c.pointer, parse(t, []byte(c.value)))
		if err := s.Validate(doc); (err == nil) != c.ok {
			t.Errorf("%s = %s: accepted %t, want %t: %v", c.pointer, c.value, err == nil, c.ok, err)
		}
	}
}

// replace sets the value at a JSON Pointer.
func replace(t *testing.T, doc any, pointer string, value any) {
	t.Helper()
	steps := strings.Split(pointer, "/")[1:]
	for _, s := range steps[:len(steps)-1] {
		if o, ok := doc.(map[string]any); ok {
			doc = o[s]
			continue
		}
		doc = doc.([]any)[0]
	}
	if o, ok := doc.(map[string]any); ok {
		o[steps[len(steps)-1]] = value
		return
	}
	t.Fatalf("%s leads to no object", pointer)
}

// The schema is read by people too: what a tag is stands in both languages, and its limits are with it.
func TestSchemaTexts(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
		raw, err := export.Schema(m, l)
		if err != nil {
			t.Fatal(err)
		}
		var s struct {
			ID         string                    `json:"$id"`
			Comment    string                    `json:"$comment"`
			Properties map[string]map[string]any `json:"properties"`
		}
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatal(err)
		}
		if s.ID != "urn:guichet:ms1-dui:2023-10-02" {
			t.Errorf("$id = %q", s.ID)
		}
		if got, want := s.Properties["SIRET"]["title"], m.EnTete[2].Libelle.In(l); got != want {
			t.Errorf("title of SIRET = %v, want %q", got, want)
		}
		if french := strings.Contains(string(raw), `true et `); french != (l == modele.Francais) {
			t.Errorf("language %d: conditions in French: %t", l, french)
		}
		for _, limit := range export.Limites(m, l) {
			if !strings.Contains(s.Comment, limit) {
				t.Errorf("the comment lacks %q", limit)
			}
		}
	}
}

// A table that the schema language cannot follow is an error, not a schema that says less.
func TestSchemaErrors(t *testing.T) {
	t.Parallel()
	dependent := modele.Champ{Balise: "b", Type: modele.Type{Genre: modele.Booleen}, Obligation: modele.Obligation{
		Obligatoire: modele.All{modele.Is{Balise: "a", Valeur: "true"}, modele.Is{Balise: "c", Valeur: "true"}},
		Nul:         modele.Jamais,
	}}
	boolean := func(tag string) modele.Champ {
		return modele.Champ{Balise: tag, Type: modele.Type{Genre: modele.Booleen}, Obligation: modele.Obligatoire}
	}
	for want, champs := range map[string][]modele.Champ{
		"no object around": {dependent, boolean("a")},
		"items of an array": {boolean("a"), {
			Balise: "lignes", Type: modele.Type{Genre: modele.TableauObjets}, Obligation: modele.Obligatoire,
			Champs: []modele.Champ{boolean("c"), dependent},
		}},
	} {
		_, err := export.Schema(&modele.Modele{Nom: "X", EnTete: champs}, modele.Francais)
		if !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("Schema = %v, want an error with %q", err, want)
		}
	}
}
