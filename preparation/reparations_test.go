package preparation_test

import (
	"fmt"
	"strings"
	"testing"

	"guichet/modele"
	"guichet/preparation"
)

// Each thing that spreadsheets and scripts do to a value, and that can be undone for certain: what is written is
// what the right row gives, and the repair names its cell.
func TestReparations(t *testing.T) {
	t.Parallel()
	_, attendu, fautes := preparer(t, preparation.Options{}, feuille("c.xlsx", "Commandes", titres(), juste()))
	if len(fautes) > 0 {
		t.Fatalf("the right row has faults:\n%s", phrases(fautes))
	}
	for _, c := range []struct{ nom, balise, ecrit, ensuite, motif string }{
		{"trailing blank", "nomResponsableOG", "DURANDAL  ", "DURANDAL", "espaces"},
		{"no-break blank", "telephoneResponsableOG", "+33\u00a01\u00a099\u00a000\u00a010\u00a001", "+33 1 99 00 10 01", "espaces"},
		{"byte order mark", "nomResponsableOG", "\ufeffDURANDAL", "DURANDAL", "espaces"},
		{"lower case", "nomResponsableOG", "durandal", "DURANDAL", "majuscules"},
		{"lost zero of a number cell", "numeroEditeur", "#42", "00042", "zéros"},
		{"grouped digits", "FINESSGeo", "99 500 000 7", "995000007", "espaces"},
		{"float of a script", "FINESSGeo", "995000007.0", "995000007", "décimales"},
		{"scientific, all digits there", "numeroCarteCPX", "3,700123456E+9", "3700123456", "scientifique"},
		{"scientific, in a number cell", "numeroCarteCPX", "#3.7E+9", "3700000000", "scientifique"},
		{"day number", "dateCommande", "45184", "15/09/2023", "jour"},
		{"ISO date", "dateCommande", "2023-09-15", "15/09/2023", "date"},
		{"ISO date at midnight", "dateCommande", "2023-09-15 00:00:00", "15/09/2023", "date"},
		{"date with a no-break space", "dateCommande", "15\u00a0/09/2023", "15/09/2023", "date"},
		{"date with blanks", "dateCommande", "15 / 9 / 2023", "15/09/2023", "date"},
		{"short date", "dateCommande", "5/9/2023", "05/09/2023", "date"},
		{"date at midnight", "dateCommande", "15/09/2023 00:00", "15/09/2023", "date"},
		{"grouped amount with its unit", "montantSegurHT", "2 920,00 €", "2920.00", "montant"},
		{"amount with narrow blank", "montantSegurHT", "2\u202f920,5", "2920.50", "montant"},
		{"amount with one decimal", "montantSegurHT", "2920.0", "2920.00", "montant"},
		{"computed amount", "montantSegurHT", "#4866.6700000000001", "4866.67", "calcul"},
		{"x for yes", "IsStockageId", "X", "true", "oui ou non"},
		{"1 for yes", "isMaitreId", "1", "true", "oui ou non"},
		{"0 for no", "isMandataire", "0", "false", "oui ou non"},
		{"national phone", "telephoneResponsableOG", "01 99 00 10 01", "+33 1 99 00 10 01", "indicatif"},
		{"phone of a number cell", "telephoneResponsableOG", "#199001001", "+33 199001001", "indicatif"},
		{"phone of nine figures", "telephoneResponsableOG", "1 99 00 10 01", "+33 1 99 00 10 01", "indicatif"},
		{"phone with prefix and zero", "telephoneResponsableOG", "+33 01 99 00 10 01", "+33 1 99 00 10 01", "indicatif"},
		{"phone with its zero in parentheses", "telephoneResponsableOG", "+33 (0)1 99 00 10 01", "+33 1 99 00 10 01", "indicatif"},
		{"phone with 00 and a zero", "telephoneResponsableOG", "0033 (0)1.99.00.10.01", "+33 1.99.00.10.01", "indicatif"},
		{"phone with invisible marks", "telephoneResponsableOG", "\u202a+33 1 99 00 10 01\u202c", "+33 1 99 00 10 01", "invisibles"},
		{"thin blanks", "telephoneResponsableOG", "+33\u20091\u200999\u200900\u200910\u200901", "+33 1 99 00 10 01", "espaces"},
		{"number as a formula", "FINESSGeo", "==\"995000007\"", "995000007", "signes d'un tableur"},
		{"number behind an apostrophe", "FINESSGeo", "'995000007", "995000007", "signes d'un tableur"},
		{"name behind an apostrophe", "nomResponsableOG", "'DUPRE", "DUPRE", "signes d'un tableur"},
		{"mail behind an apostrophe", "emailResponsableOG", "'a@b.fr", "a@b.fr", "signes d'un tableur"},
		{"version behind an apostrophe", "ancienneVersion", "'V3", "V3", "signes d'un tableur"},
		{"nothing to say", "operateurMessagerie", "n/a", "null", "dit qu'il n'y a rien"},
		{"a dash", "operateurMessagerie", " - ", "null", "dit qu'il n'y a rien"},
		{"a word for nothing", "operateurMessagerie", "Néant", "null", "dit qu'il n'y a rien"},
		{"the null of scripts", "operateurMessagerie", "NULL", "null", "dit qu'il n'y a rien"},
		{"no document", "PREUVE_HT", "sans objet", "", "dit qu'il n'y a rien"},
		{"text as a formula", "nomResponsableOG", "==\"L\"\"EXEMPLE\"", "L\"EXEMPLE", "signes d'un tableur"},
		{"ISO date with its time", "dateCommande", "2023-09-15T00:00:00", "15/09/2023", "date"},
		{"date with a time", "dateCommande", "15/09/2023 14:30", "15/09/2023", "sans son heure"},
		{"instant of the same day in Paris", "dateCommande", "2023-09-15T12:00:00Z", "15/09/2023", "sans son heure"},
		{"date with points", "dateCommande", "15.09.2023", "15/09/2023", "date"},
		{"date with the year first", "dateCommande", "2023/09/15", "15/09/2023", "date"},
		{"date in words", "dateCommande", "15 septembre 2023", "15/09/2023", "date"},
		{"date with the day of the week", "dateCommande", "vendredi 15 sept. 2023", "15/09/2023", "date"},
		{"two figures, one reading", "dateCommande", "15/09/23", "15/09/2023", "date"},
		{"date cell near midnight", "dateCommande", "@45184.9999", "15/09/2023", "minuit"},
		{"date cell a moment before midnight", "dateCommande", "@45183.999999", "15/09/2023", "minuit"},
		{"thousands with a point", "montantSegurHT", "14.000,12", "14000.12", "montant"},
		{"thousands with an apostrophe", "montantSegurHT", "1'234.50", "1234.50", "montant"},
		{"thousands with a comma", "montantSegurHT", "1,234.50", "1234.50", "montant"},
		{"number shortened in a number cell", "ancienneVersion", "#2.02309E+11", "202309000000", "scientifique"},
		{"phone with 00", "telephoneResponsableOG", "0033 1 99 00 10 01", "+33 1 99 00 10 01", "indicatif"},
		{"operator's label", "operateurMessagerie", "mailiz", "", "libellé"},
		{"operator's code in lower case", "operateurMessagerie", "mai-15", "MAI_15", "code"},
		{"profiles with another separator", "profilMetier", "PA/PH", "PA, PH", "graphie"},
		{"choice in lower case", "regimeTVA", "ttc", "TTC", "graphie"},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			lot, fichiers, fautes := preparer(t, preparation.Options{}, feuille("c.xlsx", "Commandes", titres(), juste(c.balise, c.ecrit)))
			if c.nom == "operator's label" || c.nom == "no document" {
				c.balise = "" // its code is the list's business
			}
			if len(fautes) > 0 {
				t.Fatalf("faults:\n%s", phrases(fautes))
			}
			if c.balise != "" {
				want := strings.Replace(attendu[0], balise(c.balise, valeursJustes[c.balise]), balise(c.balise, c.ensuite), 1)
				want = suites(want, c.balise, c.ensuite)
				if fichiers[0] != want {
					t.Errorf("written otherwise: no %s in\n%s", balise(c.balise, c.ensuite), fichiers[0])
				}
			}
			if len(lot.Reparations) != 1 || !strings.Contains(lot.Reparations[0].Motif.Fr, c.motif) {
				t.Fatalf("repairs: %v", lot.Reparations)
			}
			if r := lot.Reparations[0].Lieu; r.Ligne != 2 || r.Colonne == "" || r.Feuille != "Commandes" {
				t.Errorf("place: %s", r.In(modele.Francais))
			}
			strict, _, _ := preparer(t, preparation.Options{Strict: true}, feuille("c.xlsx", "Commandes", titres(), juste(lot.Reparations[0].Lieu.Balise, c.ecrit)))
			if !strict.Bloquant() || strict.Fautes[0].Code != "T008" || strict.Fautes[0].Lieu != lot.Reparations[0].Lieu {
				t.Errorf("strict: %s", phrases(strict.Fautes))
			}
		})
	}
}

// balise writes a tag of a file and its value.
func balise(nom, valeur string) string {
	switch {
	case valeur == "true", valeur == "false", valeur == "null", nom == "montantSegurHT":
		return fmt.Sprintf("%q: %s", nom, valeur)
	}
	return fmt.Sprintf("%q: %q", nom, valeur)
}

// suites puts what other tags make of the same value.
func suites(fichier, nom, valeur string) string {
	switch nom {
	case "numeroEditeur":
		return strings.ReplaceAll(fichier, "BDC-A0001.pdf", "BDC-"+valeur+".pdf")
	case "FINESSGeo":
		return strings.ReplaceAll(fichier, `["995000007"]`, `["`+valeur+`"]`)
	}
	return fichier
}

// What spreadsheets and their lists mean by themselves is no repair, so that strict mode takes them.
func TestSansReparation(t *testing.T) {
	t.Parallel()
	_, attendu, _ := preparer(t, preparation.Options{}, feuille("c.xlsx", "Commandes", titres(), juste()))
	for balise, ecrit := range map[string]string{
		"dateCommande": "@45184", "montantSegurHT": "#2433.33", "isMandataire": "non", "isMaitreId": "VRAI",
		"operateurMessagerie": "MAI_15", "FINESSGeo": "995000007",
	} {
		lot, fichiers, fautes := preparer(t, preparation.Options{Strict: true}, feuille("c.xlsx", "Commandes", titres(), juste(balise, ecrit)))
		if len(fautes)+len(lot.Reparations) > 0 || fichiers[0] != attendu[0] {
			t.Errorf("%s %q: %s%v\n%s", balise, ecrit, phrases(fautes), lot.Reparations, fichiers[0])
		}
	}
}

// Under a condition that wants no value, the no of every row, a constant of the mapping and a default do not count.
func TestNulSelonCondition(t *testing.T) {
	t.Parallel()
	lot, fichiers, fautes := preparer(t, preparation.Options{Defauts: map[string]string{"nomAdminTechnique": "fictif"}}, feuille("c.xlsx", "Commandes", titres(),
		juste("isMaitreId", "non", "demandeCertificatServeur", "non", "contractualisationOG", "", "statutAdminTechnique", "", "numeroCarteCPX", "",
			"nomAdminTechnique", "", "telAdminTechnique", "", "emailAdminTechnique", "", "utiliteCertificat", "")))
	if len(fautes) > 0 {
		t.Fatalf("faults:\n%s", phrases(fautes))
	}
	if !strings.Contains(fichiers[0], `"IsRefSoins": null`) || !strings.Contains(fichiers[0], `"nomAdminTechnique": null`) {
		t.Errorf("written:\n%s", fichiers[0])
	}
	want := "c.xlsx, feuille Commandes, ligne 2, colonne AE (IsRefSoins) : « non » → (vide), pas de valeur si isMaitreId = non"
	if len(lot.Reparations) != 1 || lot.Reparations[0].In(modele.Francais) != want {
		t.Errorf("repairs: %v\nwant\n%s", lot.Reparations, want)
	}
	mapping := preparation.Mapping{Commande: []string{"referenceCommande"}, Balises: map[string]preparation.Origine{}}
	for _, titre := range titres()[1:] {
		mapping.Balises[titre] = preparation.Origine{Colonne: titre}
	}
	constante := "GCS X"
	mapping.Balises["nomMandataire"] = preparation.Origine{Constante: &constante}
	lot, _, fautes = preparer(t, preparation.Options{Mapping: mapping}, feuille("c.csv", "", titres(), juste("isMandataire", "non")))
	if want := "c.csv, ligne 2 (nomMandataire) : « GCS X » → (vide), pas de valeur si isMandataire = non"; len(fautes) > 0 || len(lot.Reparations) != 1 || lot.Reparations[0].In(modele.Francais) != want {
		t.Errorf("a constant: %s%v, want %s", phrases(fautes), lot.Reparations, want)
	}
}

// A cell that is filled in where another one wants it empty is an error that names both: which is wrong, nobody knows.
func TestCelluleContreCondition(t *testing.T) {
	t.Parallel()
	sans := []string{"demandeCertificatServeur", "non", "contractualisationOG", "", "statutAdminTechnique", "", "numeroCarteCPX", "",
		"nomAdminTechnique", "", "telAdminTechnique", "", "emailAdminTechnique", "", "utiliteCertificat", ""}
	for _, c := range []struct {
		balise, valeur, dit, si string
		autres                  []string
	}{
		{"nomMandataire", "GCS X", "« GCS X »", "isMandataire = non", nil},
		{"emailMandataire", "m@exemple.invalid", "« m@exemple.invalid »", "isMandataire = non", nil},
		{"telephoneMandataire", "+33 1 99 00 10 01", "« +33 1 99 00 10 01 »", "isMandataire = non", nil},
		{"nomAdminTechnique", "DURAND", "« DURAND »", "demandeCertificatServeur = non", sans},
		{"statutAdminTechnique", "S", "« S »", "demandeCertificatServeur = non", sans},
		{"contractualisationOG", "oui", "oui", "demandeCertificatServeur = non", sans},
		{"IsRefSoins", "oui", "oui", "isMaitreId = non", []string{"isMaitreId", "non"}},
	} {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("c.csv", "", titres(), juste(append(append([]string{}, c.autres...), c.balise, c.valeur)...)))
		debut := c.balise + " vaut " + c.dit + ", mais est sans objet si " + c.si + ", ce que dit la cellule c.csv, ligne 2, colonne "
		if len(fautes) != 1 || fautes[0].Code != "T045" || fautes[0].Lieu.Balise != c.balise || !strings.HasPrefix(fautes[0].Message.Fr, debut) {
			t.Errorf("%s:\n%s\nwant %s", c.balise, phrases(fautes), debut)
		}
	}
}

// A proof of exemption under TTC is kept and remarked: the source asks for it in one case, and forbids it in none.
func TestPreuveSousTTC(t *testing.T) {
	t.Parallel()
	lot, fichiers, fautes := preparer(t, preparation.Options{}, feuille("c.csv", "", titres(), juste("regimeTVA", "TTC", "PREUVE_HT", "preuve.pdf")))
	if len(lot.Reparations) > 0 || !strings.Contains(fichiers[0], "PREUVE_HT") {
		t.Errorf("%v\n%s", lot.Reparations, fichiers[0])
	}
	if len(fautes) != 1 || fautes[0].Bloquante() || fautes[0].Code != "A516" || fautes[0].Lieu.Balise != "PREUVE_HT" {
		t.Errorf("remarks:\n%s", phrases(fautes))
	}
}

// A number whose key fails with the zero, or without a key in a text, has no certain zeros: the check says where.
func TestZerosCertains(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		balise, ecrit string
		certain       bool
	}{
		{"FINESSGeo", "10000016", true}, // 010000016 passes the key
		{"FINESSGeo", "#10000016", true},
		{"FINESSGeo", "10000017", false},
		{"FINESSGeo", "1 0000016", true},
		{"FINESSGeo", "10 000 016", true},
		{"FINESSGeo", "10-000-016", true},
		{"FINESSGeo", "10.000.016", true},
		{"FINESSGeo", "1 0000017", false},
		{"FINESSGeo", "1.0000016", false}, // a number with decimals
		{"FINESSGeo", "10000016.0", true},
		{"telephoneResponsableOG", "1 99 00 10 01", true},
		{"telephoneResponsableOG", "1.99.00.10.01", true},
		{"numeroEditeur", "4 2", false},
		{"numeroEditeur", "42", false},
		{"numeroEditeur", "#42", true},
	} {
		lot, _, fautes := preparer(t, preparation.Options{}, feuille("c.xlsx", "", titres(), juste(c.balise, c.ecrit)))
		bloquantes := 0
		for _, f := range fautes {
			if f.Bloquante() {
				bloquantes++
			}
		}
		if (len(lot.Reparations) == 1) != c.certain || (bloquantes == 0) != c.certain {
			t.Errorf("%s %s: %v\n%s", c.balise, c.ecrit, lot.Reparations, phrases(fautes))
		}
	}
}

// Repairs of one number are told together.
func TestReparationsEnsemble(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string][2]string{
		"1 0000016": {"espaces", "zéros"}, "10000016.0": {"décimales", "zéros"}, "1.0000016E7": {"notation", "zéros"}, "10000016": {"zéros", ""}, "0 10000016": {"espaces", ""},
	} {
		lot, _, _ := preparer(t, preparation.Options{}, feuille("c.xlsx", "", titres(), juste("FINESSGeo", map[bool]string{true: "#"}[strings.Contains(ecrit, "E")]+ecrit)))
		if len(lot.Reparations) != 1 || !strings.Contains(lot.Reparations[0].Motif.Fr, want[0]) || !strings.Contains(lot.Reparations[0].Motif.Fr, want[1]) || lot.Reparations[0].Apres != `"010000016"` {
			t.Errorf("%s: %v", ecrit, lot.Reparations)
		}
	}
}

// A blank that looks like an ordinary one is named, where nothing else tells before from after.
func TestBlancsNommes(t *testing.T) {
	t.Parallel()
	lot, _, _ := preparer(t, preparation.Options{}, feuille("c.csv", "", titres(), juste("nomResponsableOG", "LE\u00a0GALL")))
	if len(lot.Reparations) != 1 || !strings.Contains(lot.Reparations[0].In(modele.Francais), "« LE[espace insécable]GALL » → « LE GALL »") || !strings.Contains(lot.Reparations[0].In(modele.Anglais), `"LE[no-break space]GALL" → "LE GALL"`) {
		t.Errorf("%v", lot.Reparations)
	}
	lot, _, _ = preparer(t, preparation.Options{}, feuille("c.csv", "", titres(), juste("isMaitreId", "x")))
	if r := lot.Reparations[0]; r.Ecrit(modele.Francais) != "oui" || r.Ecrit(modele.Anglais) != "yes" || r.Trouve(modele.Anglais) != "x" {
		t.Errorf("%v", lot.Reparations)
	}
}
