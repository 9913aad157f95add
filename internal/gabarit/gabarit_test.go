package gabarit_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"guichet/internal/classeur"
	"guichet/internal/gabarit"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

func xlsx(t *testing.T, m *modele.Modele, exemple bool, l modele.Langue) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gabarit.XLSX(&b, m, exemple, l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lire returns the rows of each sheet, and its name.
func lire(t *testing.T, nom string, octets []byte) (noms []string, feuilles [][][]string) {
	t.Helper()
	chemin := filepath.Join(t.TempDir(), nom)
	if err := os.WriteFile(chemin, octets, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := classeur.Ouvrir(chemin, classeur.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, f := range c.Feuilles {
		var rangees [][]string
		err := f.Rangees(func(_ int, cellules []preparation.Cellule) error {
			rangee := make([]string, len(cellules))
			for i, c := range cellules {
				if rangee[i] = c.Texte; c.Genre != preparation.Texte {
					t.Errorf("%s: %q is no text", f.Nom, c.Texte)
				}
			}
			rangees = append(rangees, rangee)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		noms, feuilles = append(noms, f.Nom), append(feuilles, rangees)
	}
	return noms, feuilles
}

func colonnes(m *modele.Modele) []string {
	var liste []string
	for _, c := range preparation.Disposition(m) {
		liste = append(liste, c.Nom)
	}
	return liste
}

// The workbook reads back: headings of the layout, help for each column, the example, the codes; all of it as
// texts, in every edition and both languages.
func TestXLSX(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
			octets := xlsx(t, m, false, l)
			if !bytes.Equal(octets, xlsx(t, m, false, l)) {
				t.Error("other bytes for the same model")
			}
			noms, feuilles := lire(t, "f.xlsx", octets)
			if len(noms) != 4 || gabarit.Annexe(noms[0]) || !gabarit.Annexe(noms[1]) || !gabarit.Annexe(noms[2]) || !gabarit.Annexe(noms[3]) {
				t.Fatalf("sheets %v", noms)
			}
			entetes := feuilles[0][0]
			if len(feuilles[0]) != 1 || !slices.Equal(entetes, colonnes(m)) || !slices.Equal(feuilles[2][0], entetes) {
				t.Errorf("headings %v", feuilles[0])
			}
			if len(feuilles[1]) != 1+len(entetes)+3 || len(feuilles[2]) != 6 || len(feuilles[3]) != 356 {
				t.Errorf("%d rows of help, %d of example, %d codes", len(feuilles[1]), len(feuilles[2]), len(feuilles[3]))
			}
		}
	}
}

// A person chooses from lists what the model closes, and reads what a column is when a cell is chosen.
func TestListes(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	f, err := excelize.OpenReader(bytes.NewReader(xlsx(t, m, false, modele.Francais)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	validations, err := f.GetDataValidations("Commandes")
	if err != nil || len(validations) != len(preparation.Disposition(m)) {
		t.Fatalf("%d validations: %v", len(validations), err)
	}
	listes := map[string]string{}
	for _, v := range validations {
		if v.PromptTitle == nil || v.Prompt == nil || *v.Prompt == "" {
			t.Fatalf("no message for %s", v.Sqref)
		}
		if v.Type == "list" {
			listes[*v.PromptTitle] = fmt.Sprint(v.Formula1, " ", v.ShowErrorMessage)
		}
	}
	for nom, want := range map[string]string{
		"regimeTVA": `TTC,HT`, "isMandataire": "oui,non", "profilMetier": `PA,PH,DOM,SAAD`, "operateurMessagerie": "'Opérateurs'!$A$2:$A$356",
	} {
		if !strings.Contains(listes[nom], want) {
			t.Errorf("%s: list %q, want %s", nom, listes[nom], want)
		}
	}
	if !strings.HasSuffix(listes["regimeTVA"], "true") || !strings.HasSuffix(listes["profilMetier"], "false") {
		t.Error("one value is not enforced, or several are not allowed")
	}
}

// The example is what guichet prepare makes clean files of, without a repair, from both formats.
func TestExempleSePrepare(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		var b bytes.Buffer
		if err := gabarit.CSV(&b, m, true); err != nil {
			t.Fatal(err)
		}
		for nom, octets := range map[string][]byte{"f.csv": b.Bytes(), "f.xlsx": xlsx(t, m, true, modele.Francais)} {
			preparer(t, m, nom, octets)
		}
	}
}

func preparer(t *testing.T, m *modele.Modele, nom string, octets []byte) {
	t.Helper()
	chemin := filepath.Join(t.TempDir(), nom)
	if err := os.WriteFile(chemin, octets, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := classeur.Ouvrir(chemin, classeur.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	lot, err := preparation.Lire(t.Context(), m, c.Feuilles[:1], preparation.Options{Strict: true})
	if err != nil || len(lot.Fautes) > 0 || lot.Nombre() != 3 {
		t.Fatalf("%s: %d orders, %v, %v", nom, lot.Nombre(), err, lot.Fautes)
	}
	envoi := preparation.Envoi{
		EnTete: map[string]string{"numeroAns": "ANS0000001", "SIRET": "00000000100008"}, Jour: time.Date(2023, 10, 16, 0, 0, 0, 0, time.UTC),
	}
	demandes := 0
	for f, err := range lot.Fichiers(t.Context(), envoi) {
		if err != nil {
			t.Fatal(err)
		}
		demandes += len(f.Demandes)
		for _, faute := range f.Fautes {
			t.Errorf("%s, %s: %s", m.Edition, nom, faute.In(modele.Anglais))
		}
	}
	if demandes != 3 {
		t.Errorf("%d demandes written", demandes)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	for exemple, lignes := range map[bool]int{false: 1, true: 6} {
		var b bytes.Buffer
		if err := gabarit.CSV(&b, m, exemple); err != nil {
			t.Fatal(err)
		}
		_, feuilles := lire(t, "f.csv", b.Bytes())
		if len(feuilles[0]) != lignes || !slices.Equal(feuilles[0][0], colonnes(m)) {
			t.Errorf("%v", feuilles[0])
		}
	}
}

// The example shows three orders: one ESMS, two of one OG, and an agent without VAT for two OGs.
func TestExemple(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	vus := map[string]map[string]bool{}
	for _, rangee := range gabarit.Exemple(m) {
		for i, c := range preparation.Disposition(m) {
			if vus[c.Nom] == nil {
				vus[c.Nom] = map[string]bool{}
			}
			vus[c.Nom][rangee[i]] = true
		}
	}
	for nom, n := range map[string]int{
		"referenceCommande": 3, "numeroEditeur": 3, "FINESSJuridique": 4, "FINESSGeo": 5, "isMandataire": 2, "regimeTVA": 2,
		"montantSegurHT": 2, "nomMandataire": 2, "emailMandataire": 2, "telephoneMandataire": 2, "PREUVE_HT": 2, "BON_COMMANDE": 3,
	} {
		if len(vus[nom]) != n {
			t.Errorf("%s: %v, want %d values", nom, vus[nom], n)
		}
	}
}

// The help says that guichet numbers the demandes, in the words of a table.
func TestAide(t *testing.T) {
	t.Parallel()
	for l, want := range map[modele.Langue]string{modele.Francais: "laissez vide : guichet prepare donne le numéro", modele.Anglais: "leave empty: guichet prepare gives the number"} {
		_, feuilles := lire(t, "c.xlsx", xlsx(t, ms1dui.Courante(), false, l))
		trouve := false
		for _, r := range feuilles[1] {
			trouve = trouve || r[0] == "numeroEditeur" && r[4] == want
			if len(r) > 4 && (strings.Contains(r[4], "null") || strings.Contains(r[4], "true") || strings.Contains(r[4], "false")) {
				t.Errorf("in words of JSON: %q", r[4])
			}
		}
		if !trouve {
			t.Errorf("no %q in\n%v", want, feuilles[1])
		}
	}
}
