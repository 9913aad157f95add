package preparation_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// balisesHorsTable are the tags that no column has: who filled a table in never saw them.
func balisesHorsTable(m *modele.Modele) map[string]bool {
	hors := map[string]bool{}
	var voir func([]modele.Champ)
	voir = func(champs []modele.Champ) {
		for _, c := range champs {
			hors[c.Balise] = true
			voir(c.Champs)
		}
	}
	voir(m.EnTete)
	for _, c := range preparation.Disposition(m) {
		delete(hors, c.Nom)
	}
	for _, c := range []string{"numeroAns", "SIRET", "commande"} { // settings of the project, and a word of French
		delete(hors, c)
	}
	return hors
}

// Whatever stands in a cell, what is said of a table has none of the words of JSON: no null, no quotes, no tag that is no column.
func TestAucunMotDeJSON(t *testing.T) {
	t.Parallel()
	abimes := []string{
		"", " ", "null", "«", "x", "?", "-", "IDEM", "n.c.", "oui", "non", "1", "0", "12", "-5", "2,920", "2920.123", "100000000", "é", "É\u200b", "a\x01b", "#REF!", "=A1", "2,3E+11", "#45184", "01/01/2030", "15/09/2021",
		"99/99/9999", "15/09/0023", "HT", "TTC", "PA", "PA, PA", "SAAD", "MAI_15", "CH 28", "995000007", "99500000É", "O10000008", "2A0000001", "+33 1", "+33 1 99 00 45", "+33 (0)1 99 00 45 67", "+999999999999999999", "a@b", "a b@c.d", "x@x.fr",
		"A0001", "a.docx", "a.pdf", strings.Repeat("X", 60), "2433.33", "3.1|0.00",
	}
	restes := [][]string{nil, {"PREUVE_HT", "p.pdf"}, {"regimeTVA", "HT", "PREUVE_HT", "p.pdf"}, {"isMaitreId", "non"}, {"demandeCertificatServeur", "oui"}, {"isMandataire", "oui"}}
	mot, vus := regexp.MustCompile(`\pL[\pL\d_]*`), map[string]string{}
	hors := balisesHorsTable(ms1dui.Courante())
	for _, interdit := range []string{"null", "guillemets", "quotes", "JSON", "true", "false", "balise", "tag", "objet", "object"} {
		hors[interdit] = true
	}
	regarder := func(fautes []preparation.Faute) {
		for _, f := range fautes {
			for _, phrase := range []string{f.Message.Fr, f.Message.En, f.Aide.Fr, f.Aide.En, f.Lieu.Balise} {
				for _, m := range mot.FindAllString(regexp.MustCompile(`« [^»]*»|"[^"]*"`).ReplaceAllString(phrase, ""), -1) {
					if hors[m] && m != "objet" {
						vus[f.Code+" "+m] = phrase
					}
				}
			}
		}
	}
	for _, titre := range titres()[1:] {
		rangees := [][]string{titres()}
		for i, abime := range abimes {
			rangees = append(rangees, juste(append(slices.Clone(restes[i%len(restes)]), "referenceCommande", "CMD-"+abime, titre, abime)...))
		}
		_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", rangees...))
		regarder(fautes)
	}
	for _, code := range slices.Sorted(maps.Keys(vus)) {
		t.Errorf("%s: %s", code, vus[code])
	}
}
