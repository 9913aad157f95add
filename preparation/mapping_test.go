package preparation_test

import (
	"fmt"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

const correspondance = `
feuille: Ventes
commande: [Agence, "N° BC"]
balises:
  dateCommande: {colonne: "Date BC"}
  regimeTVA: {constante: TTC}
  montantSegurHT: {colonne: Montant}
  isMandataire: {constante: non}
  FINESSJuridique: {colonne: EJ}
  demandeCertificatServeur: {constante: "non"}
  nomResponsableOG: {colonne: Directeur}
  emailResponsableOG: {colonne: Mail}
  telephoneResponsableOG: {colonne: "Tél."}
  FINESSGeo: {colonne: ET}
  ancienneVersion: {colonne: Version}
  isMaitreId: {constante: non}
  IsStockageId: {constante: oui}
  operateurMessagerie: {colonne: Opérateur, table: operateurs.csv}
  profilMetier: {colonne: Profil}
  BON_COMMANDE: {colonne: Fichier}
`

var ventes = [][]string{
	{"Agence", "N° BC", "Date BC", "Montant", "EJ", "Directeur", "Mail", "Tél.", "ET", "Version", "Opérateur", "Profil", "Fichier"},
	{"Nord", "1", "@45184", "#2920", "990000010", "durandal", "direction@exemple.invalid", "01 99 00 10 01", "995000007", "V3", "Notre messagerie", "PA/PH", "1.PDF"},
	{"Sud", "1", "@45184", "#2920", "990000028", "durandal", "direction@exemple.invalid", "01 99 00 10 01", "995000015", "V3", "", "PA", "2.jpeg"},
}

// Another layout is read through a mapping: columns, constants and a lookup.
func TestMapping(t *testing.T) {
	t.Parallel()
	m, fautes := preparation.LireMapping(ms1dui.Courante(), "ventes.yaml", []byte(correspondance))
	if len(fautes) > 0 {
		t.Fatal(phrases(fautes))
	}
	o := preparation.Options{Mapping: m, Tables: map[string]map[string]string{"operateurs.csv": {"NOTRE  messagerie": "mailiz"}}}
	autre := feuille("crm.xlsx", "Autre", ventes...)
	lot, fichiers, fautes := preparer(t, o, autre, feuille("crm.xlsx", "Ventes", ventes...))
	if len(fautes) > 0 || lot.Nombre() != 2 || len(fichiers) != 1 {
		t.Fatalf("%d orders\n%s", lot.Nombre(), phrases(fautes))
	}
	for _, want := range []string{
		`"numeroEditeur": "Z0001"`, `"montantSegurHT": 2920.00`, `"operateurMessagerie": "MAI_15"`, `"nomResponsableOG": "DURANDAL"`,
		`"nomFichier": "MS1-DUI-Va1-BDC-Z0001.pdf"`, `"nomFichier": "MS1-DUI-Va1-BDC-Z0002.jpg"`, `"formatFichier": "JPG"`, `"IsRefSoins": null`,
	} {
		if !strings.Contains(fichiers[0], want) {
			t.Errorf("no %s in\n%s", want, fichiers[0])
		}
	}
	for d := range lot.Demandes() {
		if d.Reference() == "Nord / 1" && (d.Montant() != 292000 || d.Documents()[0].Chemin != "1.PDF" || d.ESMS()[0] != "995000007" || d.Lieu().Ligne != 2) {
			t.Errorf("demande %+v", d)
		}
	}
}

// A value that the table lacks, and a column that the sheets lack, are named with the nearest.
func TestMappingQuiManque(t *testing.T) {
	t.Parallel()
	m, _ := preparation.LireMapping(ms1dui.Courante(), "ventes.yaml", []byte(strings.Replace(correspondance, "colonne: Montant", "colonne: Montants", 1)))
	o := preparation.Options{Mapping: m, Tables: map[string]map[string]string{"operateurs.csv": {"Notre messageries": "MAI_15"}}}
	lot, _, _ := preparer(t, o, feuille("crm.xlsx", "Ventes", ventes...))
	got := ""
	for _, f := range lot.Fautes {
		got += f.Code + " " + f.In(modele.Francais) + "\n"
	}
	want := `T006 crm.xlsx, feuille Ventes, ligne 2, colonne K (operateurMessagerie) : « Notre messagerie » n'est pas dans la table operateurs.csv ; la plus proche : « Notre messageries »
T010 ventes.yaml, ligne 7, colonne 3 : aucune feuille n'a de colonne « Montants » ; la plus proche : « Montant »
`
	if got != want {
		t.Errorf("faults:\n%swant\n%s", got, want)
	}
}

// A constant may be empty: the tag has no value.
func TestConstanteVide(t *testing.T) {
	t.Parallel()
	m, fautes := preparation.LireMapping(ms1dui.Courante(), "v.yaml", []byte(strings.Replace(correspondance, "{colonne: Opérateur, table: operateurs.csv}", `{constante: ""}`, 1)))
	if len(fautes) > 0 || len(m.Tables()) > 0 {
		t.Fatal(phrases(fautes), m.Tables())
	}
	if _, fichiers, fautes := preparer(t, preparation.Options{Mapping: m}, feuille("crm.xlsx", "Ventes", ventes...)); len(fautes) > 0 || !strings.Contains(fichiers[0], `"operateurMessagerie": null`) {
		t.Error(phrases(fautes))
	}
}

// Faults of a mapping file name their line and column.
func TestFautesDuMapping(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ yaml, lieu, message string }{
		{"commande: A\nbalises:\n  dateComande: {colonne: B}", "ligne 3, colonne 3", "dateCommande"},
		{"comande: A\n", "ligne 1, colonne 1", "commande"},
		{"commande: A\nbalises:\n  dateCommande: {colone: B}", "ligne 3, colonne 18", "colonne"},
		{"commande: A\nbalises:\n  dateCommande: {}", "ligne 3, colonne 3", "ni colonne ni constante"},
		{"commande: A\nbalises:\n  dateCommande: {colonne: B, constante: C}", "ligne 3, colonne 3", "ni colonne ni table"},
		{"commande: A\nbalises:\n  dateCommande: B", "ligne 3, colonne 17", "couples"},
		{"commande: {a: b}\n", "ligne 1", "texte"},
		{"commande: \"A\nbalises: [", "ligne", "YAML"},
		{"", "", "vide"},
		{"balises:\n  dateCommande: {colonne: B}", "", "commande manque"},
		{"balises: {}\nbalises: {}", "ligne 2", ""},
	} {
		_, fautes := preparation.LireMapping(ms1dui.Courante(), "m.yaml", []byte(c.yaml))
		if len(fautes) == 0 {
			t.Errorf("%q: no fault", c.yaml)
			continue
		}
		f := fautes[0]
		if !strings.Contains(f.Lieu.In(modele.Francais), c.lieu) || !strings.Contains(f.Message.Fr, c.message) || f.Code != "T011" {
			t.Errorf("%q: %s, want %s, %s", c.yaml, f.In(modele.Francais), c.lieu, c.message)
		}
	}
}

// Whatever the bytes, a mapping file is read or refused.
func FuzzLireMapping(f *testing.F) {
	f.Add([]byte(correspondance))
	f.Add([]byte("commande: [a, {b: c}]\nbalises: {FINESSGeo: *x}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, fautes := preparation.LireMapping(ms1dui.Courante(), "m.yaml", b)
		if len(fautes) == 0 && len(m.Commande) == 0 {
			t.Error("a mapping without a reference was taken")
		}
	})
}

// A constant that needs a repair is told once, where the mapping has it, and refused in strict mode; one that cannot be
// read is told once as well.
func TestConstanteReparee(t *testing.T) {
	t.Parallel()
	rangees := [][]string{titres()}
	for i := range 201 { // two files
		rangees = append(rangees, juste("referenceCommande", fmt.Sprint("CMD-", i), "numeroEditeur", fmt.Sprintf("A%04d", i), "FINESSGeo", corpus.Finess(500_000+i)))
	}
	dite := func(strict bool, balise, constante string) (dites []string) {
		m := preparation.Mapping{Nom: "m.yaml", Commande: []string{"referenceCommande"}, Balises: map[string]preparation.Origine{}}
		for _, titre := range titres()[1:] {
			m.Balises[titre] = preparation.Origine{Colonne: titre}
		}
		m.Balises[balise] = preparation.Origine{Constante: &constante, Lieu: preparation.Lieu{Fichier: "m.yaml", Ligne: 9, Colonne: "3"}}
		lot, _, fautes := preparer(t, preparation.Options{Mapping: m, Strict: strict}, feuille("c.csv", "", rangees...))
		for _, r := range lot.Reparations {
			dites = append(dites, r.In(modele.Francais))
		}
		for _, f := range fautes {
			dites = append(dites, f.Code+" "+f.In(modele.Francais))
		}
		return dites
	}
	for _, c := range []struct{ balise, constante, want string }{
		{"telephoneResponsableOG", "+33 1 99 00 10 01", ""},
		{"isMaitreId", "oui", ""},
		{"telephoneResponsableOG", "01 99 00 10 01", "m.yaml, ligne 9, colonne 3 (telephoneResponsableOG) : « 01 99 00 10 01 » → « +33 1 99 00 10 01 », "},
		{"operateurMessagerie", "mailiz", "m.yaml, ligne 9, colonne 3 (operateurMessagerie) : « mailiz » → « MAI_15 », "},
		{"dateCommande", "2023-09-15", "m.yaml, ligne 9, colonne 3 (dateCommande) : « 2023-09-15 » → « 15/09/2023 », "},
		{"ancienneVersion", "#REF!", "T016 m.yaml, ligne 9, colonne 3 (ancienneVersion) : "},
		{"nomResponsableOG", "à compléter", "T038 m.yaml, ligne 9, colonne 3 (nomResponsableOG) : "},
		{"montantSegurHT", "#N/A", "T016 m.yaml, ligne 9, colonne 3 (montantSegurHT) : "},
		{"montantSegurHT", "à voir", "T009 m.yaml, ligne 9, colonne 3 (montantSegurHT) : "},
		{"isMaitreId", "peut-être", "T009 m.yaml, ligne 9, colonne 3 (isMaitreId) : "},
		{"emailResponsableOG", "personne", "F109 m.yaml, ligne 9, colonne 3 (emailResponsableOG) : "},
		{"FINESSJuridique", "12", "F104 m.yaml, ligne 9, colonne 3 (FINESSJuridique) : "},
		{"ancienneVersion", "", "F102 m.yaml, ligne 9, colonne 3 (ancienneVersion) : "},
	} {
		got := dite(false, c.balise, c.constante)
		if (len(got) > 0) != (c.want != "") || len(got) > 1 || len(got) > 0 && !strings.HasPrefix(got[0], c.want) {
			t.Errorf("%s %q: %q, want %q", c.balise, c.constante, got, c.want)
		}
		if strict := dite(true, c.balise, c.constante); len(strict) != len(got) || len(got) > 0 && !strings.HasPrefix(strict[0], "T0") && strict[0] != got[0] {
			t.Errorf("%s %q, strict: %q", c.balise, c.constante, strict)
		}
	}
	// What two figures of a year stand for is not guessed of a constant.
	if got := dite(false, "dateCommande", "15/09/23"); len(got) == 0 || !strings.HasPrefix(got[0], "F") {
		t.Errorf("a short year: %q", got)
	}
}

// A mapping made by a program is held to the same: it says which column tells orders apart, and names what is not known.
func TestMappingSansFichier(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mapping preparation.Mapping
		want    string
	}{
		{preparation.Mapping{Nom: "m.yaml", Balises: map[string]preparation.Origine{"dateCommande": {Colonne: "dateCommande"}}}, "T011 m.yaml : commande manque"},
		{preparation.Mapping{Nom: "m.yaml", Commande: []string{"referenceCommande"}, Balises: map[string]preparation.Origine{"dateComande": {Colonne: "dateCommande"}}}, "T011 m.yaml : « dateComande » n'est pas connu"},
		{preparation.Mapping{Nom: "m.yaml", Commande: []string{"referenceCommande"}, Balises: map[string]preparation.Origine{"dateCommande": {Colonne: "dateCommande", Table: "t.csv"}}}, "T011 m.yaml : dateCommande : la table t.csv n'a pas été lue"},
		{preparation.Mapping{Nom: "m.yaml", Commande: []string{"referenceCommande"}}, "T010 m.yaml : la correspondance ne dit pas d'où vient FINESSJuridique"},
	} {
		lot, _, _ := preparer(t, preparation.Options{Mapping: c.mapping}, feuille("c.csv", "", titres(), juste()))
		if len(lot.Fautes) == 0 || !strings.HasPrefix(lot.Fautes[0].Code+" "+lot.Fautes[0].In(modele.Francais), c.want) {
			t.Errorf("%s\nwant %s", phrases(lot.Fautes), c.want)
		}
	}
}
