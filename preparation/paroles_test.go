package preparation_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// A cell has one error, the heaviest; remarks stay where there is none, each once.
func TestUneErreurParCellule(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{
		"99": "F104", "99500000É": "F107", "995000008": "A502",
	} {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("FINESSGeo", ecrit)))
		var codes []string
		for _, f := range fautes {
			codes = append(codes, f.Code)
			if f.Lieu.Balise != "FINESSGeo" || strings.Contains(f.Message.Fr, "FINESSGeos") || strings.Contains(f.Message.Fr, `"`) || strings.Contains(f.Message.En, "FINESSGeos") {
				t.Errorf("%q: %s", ecrit, f.In(modele.Francais))
			}
		}
		if len(codes) != 1 || codes[0][0] != want[0] {
			t.Errorf("%q: %v, want one %s", ecrit, codes, want)
		}
	}
}

// A table has no null: its cell is left empty.
func TestSansOperateur(t *testing.T) {
	t.Parallel()
	for _, ecrit := range []string{"pas encore", "?"} {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("operateurMessagerie", ecrit)))
		if len(fautes) != 1 || !strings.Contains(fautes[0].Aide.Fr, "laissez la cellule vide") || !strings.Contains(fautes[0].Aide.En, "leave the cell empty") {
			t.Errorf("%q: %s", ecrit, phrases(fautes))
		}
	}
}

// What a table lacks is said in its words, in both languages: an empty cell, a column that is not there, a document.
func TestManque(t *testing.T) {
	t.Parallel()
	sans := func(nom string) (titres2, rangee []string) {
		for i, n := range titres() {
			if n != nom {
				titres2, rangee = append(titres2, n), append(rangee, juste()[i])
			}
		}
		return titres2, rangee
	}
	h, r := sans("nomResponsableOG")
	_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", h, r))
	if len(fautes) != 1 || !strings.HasPrefix(fautes[0].Message.Fr, "la colonne manque : la valeur est obligatoire ; attendu : ") || !strings.Contains(fautes[0].Message.En, "the column is missing: the value is mandatory; expected: ") ||
		!strings.Contains(fautes[0].Aide.Fr, "n'a pas de colonne nomResponsableOG") || !strings.Contains(fautes[0].Aide.En, "no column nomResponsableOG") {
		t.Errorf("%s", phrases(fautes))
	}
	for balise, want := range map[string][3]string{
		"isMaitreId":           {"la colonne est vide : la valeur est obligatoire ; attendu : oui ou non", "the column is empty: the value is mandatory; expected: yes or no", "remplissez la cellule : le système"},
		"montantSegurHT":       {"la colonne est vide : la valeur est obligatoire ; attendu : un montant positif", "the column is empty: the value is mandatory; expected: an amount above 0", "remplissez la cellule : montant"},
		"statutAdminTechnique": {"la colonne est vide : la valeur est obligatoire si demandeCertificatServeur = oui", "the column is empty: the value is mandatory if demandeCertificatServeur = yes", "remplissez"},
		"BON_COMMANDE":         {"la colonne est vide : une pièce est attendue", "the column is empty: a document is expected", "écrivez le nom du fichier"},
	} {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(balise, "")))
		if len(fautes) != 1 || !strings.HasPrefix(fautes[0].Message.Fr, want[0]) || !strings.HasPrefix(fautes[0].Message.En, want[1]) || !strings.HasPrefix(fautes[0].Aide.Fr, want[2]) {
			t.Errorf("%s: %s", balise, phrases(fautes))
		}
	}
	_, _, fautes = preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("regimeTVA", "HT")))
	if len(fautes) != 1 || !strings.Contains(fautes[0].Message.Fr, "une pièce est attendue si regimeTVA = « HT »") || !strings.Contains(fautes[0].Message.En, `a document is expected if regimeTVA = "HT"`) {
		t.Errorf("%s", phrases(fautes))
	}
}

// A repair shows what is written as a table would: no quotes of JSON, yes and no, nothing.
func TestReparationMontree(t *testing.T) {
	t.Parallel()
	lieu := preparation.Lieu{Fichier: "a.csv", Ligne: 2}
	for apres, want := range map[string][2]string{
		"true": {"oui", "yes"}, "false": {"non", "no"}, "null": {"(vide)", "(empty)"}, "2920.00": {"2920.00", "2920.00"}, `"A\"B"`: {`« A"B »`, `"A"B"`}, `"cut`: {`"cut`, `"cut`},
	} {
		r := preparation.Reparation{Lieu: lieu, Avant: "x", Apres: apres, Motif: modele.Texte{Fr: "m", En: "w"}}
		if fr, en := r.In(modele.Francais), r.In(modele.Anglais); fr != "a.csv, ligne 2 : « x » → "+want[0]+", m" || en != `a.csv, row 2: "x" → `+want[1]+", w" {
			t.Errorf("%s: %s / %s", apres, fr, en)
		}
	}
}

// A refused cell contradicts no other row, whichever comes first, and is told once.
func TestRefuseNeContredit(t *testing.T) {
	t.Parallel()
	for _, versions := range [][2]string{{"V3.2", "=#REF!"}, {"=#REF!", "V3.2"}} {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("nomResponsableOG", versions[0]), juste("FINESSGeo", "995000015", "nomResponsableOG", versions[1])))
		if len(fautes) != 1 {
			t.Errorf("%v: %s", versions, phrases(fautes))
		}
	}
	for _, balise := range []string{"FINESSGeo", "FINESSJuridique"} { // a row whose ESMS or OG cannot be read is told once
		_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(balise, "=#REF!"), juste("FINESSGeo", "995000015")))
		if len(fautes) != 1 || fautes[0].Lieu.Balise != balise {
			t.Errorf("%s: %s", balise, phrases(fautes))
		}
	}
}

// An ESMS in two orders is a warning with both rows, wherever the files are cut; an order that is left aside takes its
// warnings and its repairs with it.
func TestESMSDeDeuxCommandes(t *testing.T) {
	t.Parallel()
	lire := func(strict bool) *preparation.Lot {
		lot, _, _ := preparer(t, preparation.Options{Strict: strict}, feuille("a.csv", "", titres(), juste("nomResponsableOG", "durandal"), juste("referenceCommande", "CMD-2", "numeroEditeur", "A0002"),
			juste("referenceCommande", "CMD-3", "numeroEditeur", "A0003", "FINESSGeo", "995000015", "nomResponsableOG", "durandal")))
		return lot
	}
	lot := lire(false)
	if len(lot.Fautes) != 1 || lot.Fautes[0].Code != "T021" || lot.Fautes[0].Bloquante() || lot.Bloquant() {
		t.Fatalf("%s", phrases(lot.Fautes))
	}
	if fr, en := lot.Fautes[0].In(modele.Francais), lot.Fautes[0].In(modele.Anglais); fr != "a.csv, ligne 3, colonne Y (FINESSGeo) : l'ESMS 995000007 est déjà dans la commande CMD-1 : a.csv, ligne 2, colonne Y (FINESSGeo)" ||
		en != "a.csv, row 3, column Y (FINESSGeo): the ESMS 995000007 is in the order CMD-1 already: a.csv, row 2, column Y (FINESSGeo)" {
		t.Errorf("%s\n%s", fr, en)
	}
	for laissee, want := range map[string][3]int{"CMD-1": {1, 0, 1}, "CMD-2": {2, 0, 2}, "CMD-3": {1, 1, 1}, "": {2, 1, 2}} { // repairs, warnings, strict faults
		lot := lire(false)
		lot.Laisser(func(reference string) bool { return reference == laissee })
		stricts := lire(true)
		stricts.Laisser(func(reference string) bool { return reference == laissee })
		n := len(slices.DeleteFunc(slices.Clone(stricts.Fautes), func(f preparation.Faute) bool { return f.Code != "T008" }))
		if len(lot.Reparations) != want[0] || len(lot.Fautes) != want[1] || n != want[2] {
			t.Errorf("%q left aside: %d repairs, %d warnings, %d strict faults", laissee, len(lot.Reparations), len(lot.Fautes), n)
		}
	}
}

// Strict mode refuses even what there is no room to tell.
func TestStrictSansPlace(t *testing.T) {
	t.Parallel()
	rangees := [][]string{titres()}
	for range 10_001 {
		rangees = append(rangees, juste("referenceCommande", " ", "nomResponsableOG", "durandal"))
	}
	lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", rangees...)}, preparation.Options{Strict: true})
	if err != nil || !lot.Bloquant() || len(lot.Fautes) != 10_000 || lot.FautesOmises != 1 {
		t.Errorf("%v, %d faults, %d left out", err, len(lot.Fautes), lot.FautesOmises)
	}
}

// References are read as they are, but a number that a spreadsheet shortened.
func TestReferences(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{"12E3": "12E3", "#2.02309E+11": "202309000000", "==\"007\"": "007", " CMD 7 ": "CMD 7", "'007": "007", "2,02309E+11": "", "#2.02309123456789012E+25": "",
		"#202309123456789": "202309123456789", "#2023091234567890": "", "#2.0230912345678899E+17": "", "2023091234567890": "2023091234567890"} {
		lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("referenceCommande", ecrit)))
		got := strings.Join(slices.Collect(lot.References()), " ")
		if got != want || (want == "") != (len(lot.Fautes) == 1 && lot.Fautes[0].Code == "T017" && lot.Fautes[0].Lieu.Colonne == "A") {
			t.Errorf("%q: %q\n%s", ecrit, got, phrases(lot.Fautes))
		}
	}
}

// A mapping is read whatever its editor made of it.
func TestMappingEncodage(t *testing.T) {
	t.Parallel()
	const texte = "commande: \"N° BC\"\nbalises:\n  FINESSGeo: {colonne: \"Numéro\"}\n"
	utf16 := "\xff\xfe"
	for _, c := range texte {
		utf16 += string([]byte{byte(c), byte(c >> 8)})
	}
	for _, octets := range []string{texte, "\ufeff" + texte, utf16, strings.NewReplacer("°", "\xb0", "é", "\xe9").Replace(texte)} {
		m, fautes := preparation.LireMapping(ms1dui.Courante(), "m.yaml", []byte(octets))
		if len(fautes) > 0 || m.Commande[0] != "N° BC" || m.Balises["FINESSGeo"].Colonne != "Numéro" {
			t.Errorf("%q: %v\n%s", octets[:10], m.Commande, phrases(fautes))
		}
	}
	_, fautes := preparation.LireMapping(ms1dui.Courante(), "m.yaml", []byte("commande: a\ncommande: b\n"))
	if len(fautes) != 1 || fautes[0].Message.Fr != "cette clé est déjà donnée plus haut" || fautes[0].Lieu.Ligne != 2 {
		t.Errorf("%s", phrases(fautes))
	}
}
