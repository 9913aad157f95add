package preparation_test

import (
	"slices"
	"strings"
	"testing"

	"guichet/modele"
	"guichet/preparation"
)

// texteSeul makes a sheet that comes from a text file.
func texteSeul(rangees ...[]string) preparation.Feuille {
	f := feuille("c.csv", "", rangees...)
	f.Lignes = true
	return f
}

// What stands under no heading is told: in a text it may have moved the rest of its row, which is refused; in a workbook it
// is a note.
func TestHorsTitres(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		nom     string
		feuille preparation.Feuille
		dit     string // code and place
		refuse  bool
	}{
		{"text, a cell too many", texteSeul(titres(), append(juste(), "note")), "T034 c.csv, ligne 2, colonne AF : la ligne a 32 cellules pour 31 titres : « note »", true},
		{"text, as wide as its headings", texteSeul(titres(), juste()), "", false},
		{"text, an empty cell too many", texteSeul(titres(), append(juste(), " ", "")), "", false},
		{"text, under an empty heading", texteSeul(append(titres(), ""), append(juste(), "note"), append(juste("referenceCommande", "CMD-2", "numeroEditeur", "A0002"), "note")), "T036 c.csv, ligne 1, colonne AF : la colonne n'a pas de titre : ce qu'elle contient est ignoré (cellules remplies : 2, la première ligne 2)", false},
		{"text, short rows", texteSeul(titres(), juste()[:29], juste("referenceCommande", "CMD-2", "numeroEditeur", "A0002")[:28]), "T037 c.csv, ligne 2 : la ligne s'arrête à la colonne AC, et les titres à la colonne AE : ce qui manque est lu comme vide ; lignes courtes en tout : 2", true},
		{"workbook, a note", feuille("c.xlsx", "F", titres(), append(juste(), "", "note")), "T036 c.xlsx, feuille F, ligne 1, colonne AG", false},
		{"workbook, short row", feuille("c.xlsx", "F", append(titres(), "Commentaire"), juste()), "T013", false},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			lot, _, fautes := preparer(t, preparation.Options{}, c.feuille)
			dites := phrasesCodees(lot.Fautes)
			if len(dites) > 0 && c.dit == "" || c.dit != "" && !slices.ContainsFunc(dites, func(s string) bool { return strings.HasPrefix(s, c.dit) }) {
				t.Errorf("told %q, want %q", dites, c.dit)
			}
			if refuse := slices.ContainsFunc(fautes, preparation.Faute.Bloquante); refuse != c.refuse {
				t.Errorf("refused: %v\n%s", refuse, phrases(fautes))
			}
		})
	}
}

func phrasesCodees(fautes []preparation.Faute) (dites []string) {
	for _, f := range fautes {
		dites = append(dites, f.Code+" "+f.In(modele.Francais))
	}
	return dites
}

// Two columns that give the same value are refused, however their headings are spelt: nothing tells which one is meant.
func TestTitresDoubles(t *testing.T) {
	t.Parallel()
	for _, autre := range []string{"emailResponsableOG", "Email Responsable OG", "telephoneAdminTechnique", "référence commande", "BON_COMMANDE"} {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("c.xlsx", "F", append(titres(), autre), append(juste(), "autre chose")))
		if len(fautes) == 0 || fautes[0].Code != "T035" || fautes[0].Lieu.Colonne != "AF" || !strings.Contains(fautes[0].Message.Fr, "« "+autre+" » fait double emploi avec la colonne ") {
			t.Errorf("%s:\n%s", autre, phrases(fautes))
		}
	}
	m := preparation.Mapping{Commande: []string{"N°"}, Balises: map[string]preparation.Origine{"dateCommande": {Colonne: "Date"}}}
	for titre, double := range map[string]bool{"Date": true, "DATE": false} {
		lot, _, _ := preparer(t, preparation.Options{Mapping: m}, feuille("c.xlsx", "F", []string{"N°", "Date", titre}, []string{"1", "15/09/2023", "16/09/2023"}))
		if got := slices.ContainsFunc(lot.Fautes, func(f preparation.Faute) bool { return f.Code == "T035" }); got != double {
			t.Errorf("mapping, %s: %v", titre, got)
		}
	}
}

// An order whose reference has lost characters may be another one; a text of two encodings is told with both readings; a
// guessed encoding is told.
func TestEncodageDit(t *testing.T) {
	t.Parallel()
	_, _, fautes := preparer(t, preparation.Options{}, feuille("c.csv", "", titres(), juste("referenceCommande", "CMD-\ufffd")))
	if len(fautes) != 1 || fautes[0].Code != "T032" {
		t.Errorf("reference:\n%s", phrases(fautes))
	}
	_, _, fautes = preparer(t, preparation.Options{}, feuille("c.csv", "", titres(), juste("nomResponsableOG", "L\ufdd3ETOILE")))
	if len(fautes) != 1 || fautes[0].Code != "T032" || fautes[0].Message.Fr != "« L´ETOILE » (Windows) ou « LŽETOILE » (ISO-8859-15) : rien ne dit dans quel encodage le fichier est écrit" || !strings.Contains(fautes[0].Aide.Fr, "CSV UTF-8") {
		t.Errorf("two readings:\n%s", phrases(fautes))
	}
	table := preparation.Options{
		Mapping: preparation.Mapping{Commande: []string{"N°"}, Balises: map[string]preparation.Origine{"nomResponsableOG": {Colonne: "Nom", Table: "t"}}},
		Tables:  map[string]map[string]string{"t": {"a": "DUPR\ufffd"}},
	}
	if lot, _, _ := preparer(t, table, feuille("c.csv", "", []string{"N°", "Nom"}, []string{"1", "a"})); !slices.ContainsFunc(lot.Fautes, func(f preparation.Faute) bool { return f.Code == "T032" }) {
		t.Errorf("table:\n%s", phrases(lot.Fautes))
	}
	mac := feuille("c.csv", "", titres(), juste())
	mac.Encodage = "Mac Roman"
	if lot, _, _ := preparer(t, preparation.Options{}, mac); len(lot.Fautes) != 1 || lot.Fautes[0].Code != "T033" || lot.Bloquant() || !strings.Contains(lot.Fautes[0].Message.Fr, "Mac Roman") {
		t.Errorf("Mac:\n%s", phrases(lot.Fautes))
	}
}

// A column without which no row belongs to anything is told once, at the mapping where that lacks it.
func TestSansIdentite(t *testing.T) {
	t.Parallel()
	m := preparation.Options{Mapping: preparation.Mapping{Nom: "m.yaml", Commande: []string{"N°"}, Balises: map[string]preparation.Origine{"FINESSGeo": {Colonne: "ET"}}}}
	lot, _, _ := preparer(t, m, feuille("c.csv", "", []string{"N°", "ET"}, []string{"1", "995000007"}, []string{"2", "995000007"}))
	if len(lot.Fautes) != 1 || lot.Fautes[0].Code != "T010" || lot.Fautes[0].Lieu.Fichier != "m.yaml" || !strings.Contains(lot.Fautes[0].Message.Fr, "d'où vient FINESSJuridique") || !strings.Contains(lot.Fautes[0].Aide.En, "FINESSJuridique: {colonne") {
		t.Errorf("mapping:\n%s", phrases(lot.Fautes))
	}
	h := titres()
	h[slices.Index(h, "FINESSGeo")] = "FINESS géo 2"
	lot, _, _ = preparer(t, preparation.Options{}, feuille("c.csv", "", h, juste(), juste()))
	if f := lot.Fautes; len(f) != 2 || f[1].Code != "T010" && f[0].Code != "T010" || !lot.Bloquant() {
		t.Errorf("layout:\n%s", phrases(lot.Fautes))
	}
}
