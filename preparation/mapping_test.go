package preparation_test

import (
	"strings"
	"testing"

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
