package preparation_test

import (
	"strings"
	"testing"

	"guichet/modele"
	"guichet/preparation"
)

// What is written is what the cell shows: told where it is not what the cell holds, refused where nobody knows.
func TestCeQueLaCelluleMontre(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ nom, balise, cellule, ecrit, dit string }{
		{"number as it is", "ancienneVersion", "#3.1|General", "3.1", ""},
		{"number without a known format", "ancienneVersion", "#3.1", "3.1", ""},
		{"zero at the end", "ancienneVersion", "#3.1|0.00", "3.10", "3.1 → 3.10, ce que la cellule montre"},
		{"zeros before", "ancienneVersion", "#12|0000", "0012", "12 → 0012, ce que la cellule montre"},
		{"word beside a number", "ancienneVersion", `#3|"V"0`, "V3", "3 → V3, ce que la cellule montre"},
		{"day in a column of texts", "ancienneVersion", "@45170|yyyy-mm-dd", "2023-09-01", "45170 → 2023-09-01, ce que la cellule montre"},
		{"month by its name", "ancienneVersion", "@45170|mmm-yy", "", "T030 la cellule contient « 45170 » et montre autre chose selon le poste (format mmm-yy)"},
		{"day without a known format", "ancienneVersion", "@45170", "", "T030 la cellule contient « 45170 » et montre autre chose selon le poste"},
		{"groups of digits", "ancienneVersion", "#12000|#,##0", "", "T030 la cellule contient « 12000 » et montre « 12 000 »"},
		{"hidden by its format", "ancienneVersion", "#12|;;;", "", "T030 la cellule contient « 12 » et montre rien"},
		{"boolean in a column of texts", "ancienneVersion", "&1", "", "T030"},
		{"boolean in its column", "isMaitreId", "&1", "true", ""},
		{"error of a formula", "ancienneVersion", "!#N/A", "", "T016 #N/A"},
		{"new error of a formula", "montantSegurHT", "!#SPILL!", "", "T016 #SPILL!"},
		{"never calculated", "operateurMessagerie", "=?", "", "T031"},
		{"never calculated, a date", "dateCommande", "=?", "", "T031"},
		{"lost character", "nomResponsableOG", "DUPR\ufffd", "", "T032 « DUPR\ufffd »"},
		{"UTF-8 taken for Windows", "nomResponsableOG", "DUPRÃ‰", "", "T032 « DUPRÃ‰ »"},
		{"UTF-8 taken for Windows, small", "ancienneVersion", "Ã©tÃ©", "", "T032 « Ã©tÃ© »"},
		{"apostrophe taken for Windows", "ancienneVersion", "lâ€™OG", "", "T032 « lâ€™OG »"},
		{"UTF-8 taken for Mac", "ancienneVersion", "√©t√©", "", "T032 « √©t√© »"},
		{"UTF-8 taken for DOS", "ancienneVersion", "├®t├®", "", "T032 « ├®t├® »"},
		{"a name of Portugal", "nomResponsableOG", "JOÃO DE SÂO", "JOÃO DE SÂO", ""},
		{"quoted capitals", "nomResponsableOG", "CHÂTEAU « ÂGÉ »", "CHÂTEAU « ÂGÉ »", ""},
		{"phone of an address book", "telephoneResponsableOG", "\u202d+33 1 99 00 10 01\u202c", "+33 1 99 00 10 01", "espaces ou signes invisibles"},
		{"zeros of a format", "FINESSGeo", "#10000016|000000000", "010000016", ""},
		{"groups of a format", "FINESSGeo", "#995000007|### ### ###", "995000007", "995 000 007 → 995000007, espaces"},
		{"zeros and groups of a format", "FINESSGeo", `#10000016|000" "000" "000`, "010000016", "010 000 016 → 010000016, espaces"},
		{"phone of a format", "telephoneResponsableOG", "#199001001|0# ## ## ## ##", "+33 1 99 00 10 01", "indicatif"},
		{"yes of a format", "isMaitreId", `#1|"oui";"non";"non"`, "true", ""},
		{"no of a format", "isMandataire", `#0|"oui";"non";"non"`, "false", ""},
		{"amount", "montantSegurHT", "#2433.33|0.00", "2433.33", ""},
		{"amount with groups", "montantSegurHT", "#2433.33|#,##0.00", "2433.33", ""},
		{"amount with its unit", "montantSegurHT", `#2433.33|#,##0.00\ "€"`, "2433.33", ""},
		{"amount that a computation left", "montantSegurHT", "#2433.3333333|0.00", "2433.33", "2433.3333333 → 2433.33, arrondi que la cellule montre"},
		{"amount rounded up", "montantSegurHT", `#2433.335|#,##0.00 "€"`, "2433.34", "arrondi que la cellule montre"},
		{"cents that do not show", "montantSegurHT", "#2433.33|0", "", "T030 la cellule contient « 2433.33 » et montre « 2433 »"},
		{"thousands", "montantSegurHT", "#2433330|0.00,", "", "T030"},
		{"percents", "montantSegurHT", "#24.3333|0.00%", "", "T030"},
		{"word beside an amount", "montantSegurHT", `#2433.33|0.00" TTC"`, "", "T030"},
		{"power of ten", "montantSegurHT", "#2433.33|0.00E+00", "", "T030"},
		{"day", "dateCommande", "@45184|dd/mm/yyyy", "15/09/2023", ""},
		{"day with a time", "dateCommande", "@45184.604|dd/mm/yyyy hh:mm", "15/09/2023", "15/09/2023 14:29:45,600 → 15/09/2023, jour de la cellule, sans son heure"},
		{"day with midnight", "dateCommande", "@45184|dd/mm/yyyy hh:mm", "15/09/2023", ""},
		{"time of a day", "dateCommande", "#45181.5|hh:mm", "", "T030 la cellule contient « 45181.5 » et montre « 12:00 »"},
		{"constant day", "dateCommande", `#45181|"12/10/2023"`, "", "T030 la cellule contient « 45181 » et montre « 12/10/2023 »"},
		{"day number that is rounded up", "dateCommande", "#45181.6|0", "", "T030"},
		{"day number with groups", "dateCommande", "#45181|#,##0", "12/09/2023", "numéro de jour"},
		{"day number with a time", "dateCommande", "#45181.5|General", "12/09/2023", "45181.5 → 12/09/2023, numéro de jour d'un tableur, sans son heure"},
		{"day number near midnight", "dateCommande", "#45181.98|General", "12/09/2023", "45181.98 → 12/09/2023, numéro de jour d'un tableur, sans son heure : vérifiez-le, minuit est proche"},
		{"day number just after midnight", "dateCommande", "#45181.01", "12/09/2023", "sans son heure : vérifiez-le"},
		{"day number a moment before midnight", "dateCommande", "#45181.999999", "13/09/2023", "45181.999999 → 13/09/2023, numéro de jour d'un tableur, sans son heure : vérifiez-le"},
		{"day number in a text, with a time", "dateCommande", "45181.6", "12/09/2023", "45181.6 → 12/09/2023, numéro de jour d'un tableur, sans son heure"},
		{"day number in a text, with a comma", "dateCommande", "45181,98", "12/09/2023", "45181,98 → 12/09/2023, numéro de jour d'un tableur, sans son heure : vérifiez-le"},
		{"day number with noughts", "dateCommande", "45181.00", "12/09/2023", "45181.00 → 12/09/2023, numéro de jour d'un tableur"},
		{"number that shows nothing, as a day", "dateCommande", "#45181|;;;", "", "T030"},
		{"amount shown as a day", "montantSegurHT", "@2433.33|dd/mm/yyyy", "", "T030 la cellule contient « 2433.33 » et montre « 29/08/1906 »"},
		{"amount shown as a day by a text format", "montantSegurHT", "@2433.33", "", "T030"},
		{"amount shown as elapsed time", "montantSegurHT", "#2433.33|[h]:mm", "", "T030"},
		{"amount that shows nothing", "montantSegurHT", "#2433.33|;;;", "", "T030"},
		{"phone shown as a day", "telephoneResponsableOG", "@199001001|dd/mm/yyyy", "", "T030"},
		{"number shown as a day", "FINESSGeo", "@10000016|dd/mm/yyyy", "", "T030"},
		{"number shown as a time", "FINESSGeo", "#10000016|hh:mm", "", "T030"},
		{"number under a constant", "FINESSGeo", `#10000016|"010000024"`, "", "T030"},
		{"yes shown as a day", "isMaitreId", "@1|dd/mm/yyyy", "", "T030"},
		{"yes that shows nothing", "isMaitreId", "#1|;;;", "", "T030"},
		{"text that shows nothing", "nomResponsableOG", "'DURAND|;;;", "", "T030 la cellule contient « DURAND » et montre rien"},
		{"text under three sections", "nomResponsableOG", "'DURAND|0;0;0", "DURAND", ""},
		{"text in its own section", "nomResponsableOG", "'DURAND|;;;@", "DURAND", ""},
		{"text as a number that shows nothing", "ancienneVersion", `#3|"V3"`, "", "T030"},
		{"day of which the month shows", "dateCommande", "@45184|mmm-yy", "", "T030 la cellule contient le 15/09/2023 et montre autre chose selon le poste (format mmm-yy) : elle ne montre pas le jour"},
		{"day of which month and year show", "dateCommande", "@45184|mm/yyyy", "", "T030 la cellule contient le 15/09/2023 et montre « 09/2023 » : elle ne montre pas le jour"},
		{"day of which the month shows by its name", "dateCommande", "@45184|[$-40C]mmmm yyyy", "", "T030 la cellule contient le 15/09/2023 et montre « septembre 2023 » : elle ne montre pas le jour"},
		{"day of which the year shows", "dateCommande", "@45184|yyyy", "", "T030 la cellule contient le 15/09/2023 et montre « 2023 » : elle ne montre pas le jour et le mois"},
		{"day without its year", "dateCommande", "@45184|dd/mm", "", "T030 la cellule contient le 15/09/2023 et montre « 15/09 » : elle ne montre pas l'année"},
		{"day that shows nothing", "dateCommande", "@45184|;;;", "", "T030 la cellule contient le 15/09/2023 et montre rien : elle ne montre pas la date entière"},
		{"day near midnight", "dateCommande", "@45181.875|dd/mm/yyyy", "12/09/2023", "12/09/2023 21:00 → 12/09/2023, jour que la cellule montre"},
		{"day a moment before midnight", "dateCommande", "@45181.99999999|dd/mm/yyyy", "13/09/2023", "12/09/2023 23:59:59,999 → 13/09/2023, jour que la cellule montre"},
		{"day with seconds", "dateCommande", "@45181.99998|dd/mm/yyyy hh:mm", "12/09/2023", "12/09/2023 23:59:58,272 → 12/09/2023, jour que"},
		{"amount, time of a day", "montantSegurHT", "@2433.5|hh:mm", "", "T030"},
		{"figures that a format leaves out", "FINESSGeo", "#995000007|0.00E+00", "995000007", ""},
		{"phone without a format", "telephoneResponsableOG", "#199001001|General", "+33 199001001", "indicatif"},
		{"day that hides in a column of numbers", "numeroCarteCPX", "@45184|yyyy", "", "T030"},
		{"date with a whole day", "dateCommande", "@45184.25|dd/mm/yyyy", "15/09/2023", ""},
		{"yes or no, as an amount", "montantSegurHT", "&1", "", "T030 la cellule contient « 1 » et montre autre chose selon le poste"},
		{"yes or no, as a day", "dateCommande", "&1", "", "T030"},
		{"yes or no, as a number", "FINESSGeo", "&1", "", "T030"},
		{"yes or no", "isMaitreId", "&1", "true", ""},
		{"format with escapes", "ancienneVersion", `@45170|mmm\\-yy`, "", "T030 la cellule contient « 45170 » et montre autre chose selon le poste (format mmm-yy)"},
		{"document", "BON_COMMANDE", `#14|"bons/"000".pdf"`, "bons/014.pdf", ""},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			lot, fichiers, fautes := preparer(t, preparation.Options{}, feuille("c.xlsx", "Commandes", titres(), juste(c.balise, c.cellule)))
			dit := ""
			for _, r := range lot.Reparations {
				dit += r.Avant + " → " + strings.Trim(r.Apres, `"`) + ", " + r.Motif.Fr
			}
			for _, f := range fautes {
				if f.Bloquante() && f.Lieu.Balise == c.balise {
					dit += f.Code + " " + f.Message.Fr
				}
			}
			if !strings.Contains(strings.NewReplacer("« ", "", " »", "").Replace(dit), strings.NewReplacer("« ", "", " »", "").Replace(c.dit)) || c.dit == "" && dit != "" {
				t.Errorf("told %q, want %q", dit, c.dit)
			}
			if c.balise == "BON_COMMANDE" {
				for d := range lot.Demandes() {
					if got := d.Documents()[0].Chemin; got != c.ecrit {
						t.Errorf("document %q, want %q", got, c.ecrit)
					}
				}
			} else if c.ecrit != "" && !strings.Contains(fichiers[0], balise(c.balise, c.ecrit)) {
				t.Errorf("want %s\n%s", balise(c.balise, c.ecrit), fichiers[0])
			}
		})
	}
}

// In strict mode what a cell shows otherwise than it holds is refused.
func TestMontreStrict(t *testing.T) {
	t.Parallel()
	for balise, cellule := range map[string]string{"ancienneVersion": "#3.1|0.00", "montantSegurHT": "#2433.3333333|0.00", "dateCommande": "@45184.9|dd/mm/yyyy", "FINESSGeo": `#995000007|000" "000" "000`} {
		_, _, fautes := preparer(t, preparation.Options{Strict: true}, feuille("c.xlsx", "Commandes", titres(), juste(balise, cellule)))
		if len(fautes) != 1 || fautes[0].Code != "T008" || fautes[0].Lieu.Balise != balise {
			t.Errorf("%s\n%s", balise, phrases(fautes))
		}
	}
}

// The words of spreadsheets for a formula that failed, in a file that has no types.
func TestErreursDeTableur(t *testing.T) {
	t.Parallel()
	for _, mot := range []string{
		"#N/D", "#N/A", "#DIV/0 !", "#DIV/0\u00a0!", "#VALEUR\u202f!", "#NOM ?", "#REF !", "#NOMBRE !", "#NUL !", "Err :502", "Err:522", "err:508",
		"#SPILL!", "#ÉPARS!", "#EPARS !", "#PROPAGATION!", "#CALC!", "#GETTING_DATA", "#CHAMP!", " #REF! ", "#ERREUR!",
		"#NAME?", "#VALUE!", "#NULL!", "#NUM!", "#DÉVERSEMENT!", "#CALCUL!", "#OBTENTION_DES_DONNÉES", "#CHARGEMENT_DONNÉES…", "#FIELD!", "#BLOCKED!", "#BLOQUÉ!", "#CONNECT!", "#CONNEXION !", "#CONNECTER!",
		"#UNKNOWN!", "#INCONNU!", "#BUSY!", "#OCCUPÉ!", "#PYTHON!", "#EXTERNAL!", "#EXTERNE!", "#TIMEOUT!", "#EXPIRATION!", "#ERROR!", "#MACRO?",
		"#N/A", "#VALUE", "#NAME", "#NULL", "#NUL", "#NUM", "#NOMBRE", "#SPILL", "#PROPAGATION", "#CALC", "#GETTING_DATA...", "#OBTENTION_DES_DONNÉES...", "#CHARGEMENT_DONNEES",
		"#OBTENTION_DONNEES", "#OBTENTION_DONNÉES", "#VALEUR", "#N/A!", "#N/A N/A", "Erreur 502", "Erreur : 502", "Error 504", "Loading...", "Loading…", "Chargement...", "Chargement en cours…", "#REF", "#NOM", "#DIV/0",
	} {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("c.csv", "", titres(), juste("ancienneVersion", "="+mot)))
		if len(fautes) != 1 || fautes[0].Code != "T016" || !strings.Contains(fautes[0].In(modele.Francais), "l'erreur d'une formule") {
			t.Errorf("%q\n%s", mot, phrases(fautes))
		}
	}
	for _, mot := range []string{"Err:", "Err", "Erreur 12", "Loading", "Chargement", "Chargement lent...", "#1", "#12!", "#!", "#Valeurs", "#REFERENCE", "Lot 502", "Erreur", "ERR:A5", "#N/A2", "E", "#A", "N/D", "REF!", "err: voir la fiche du client avant de commander"} {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("c.csv", "", titres(), juste("ancienneVersion", "="+mot)))
		for _, f := range fautes {
			if f.Code == "T016" {
				t.Errorf("%q is taken for an error", mot)
			}
		}
	}
}
