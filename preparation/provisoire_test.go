package preparation_test

import (
	"strings"
	"testing"

	"guichet/modele"
	"guichet/preparation"
)

// What stands for a value that is missing, for a letter that is lost, or for a number that became a day is no text.
func TestTextesQuiNEnSontPas(t *testing.T) {
	t.Parallel()
	for code, cas := range map[string]string{
		"T032": "nomResponsableOG:DUPR… DU…PR DUPRƒ DUPR? DUPR&#201; DUPR&Eacute; DUPR&#xC9; DUPR=C3=89 DUPR=C9 DUPR\\u00c9 DUPR%C3%89 DUPR‚|ancienneVersion:V&#201; l&rsquo;OG",
		"T038": "nomResponsableOG:? ??? TBD tbc à_compléter À_COMPLÉTER|nomAdminTechnique:TBD à_définir xxx|ancienneVersion:? TBD à_renseigner",
		"T039": "ancienneVersion:mars-01 janv-02 01-mars 1-avr. févr.-03 Mar-01 déc-12 31-déc",
		"":     "nomResponsableOG:NÉANT-DUPRÉ SAINT-ANDRÉ L'HÔPITAL DE_LA_TOUR_(SIÈGE) GAL·LA CARTER_&_FILS RIEN SO|ancienneVersion:3.1 V3-01 mars-2001 octave-12 V=2 100% Titan-05 dec|telephoneResponsableOG:+33_1_99_00_10_01",
	} {
		for colonne := range strings.SplitSeq(cas, "|") {
			balise, valeurs, _ := strings.Cut(colonne, ":")
			for _, v := range strings.Fields(valeurs) {
				v = strings.ReplaceAll(v, "_", " ")
				_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(balise, v)))
				got := ""
				for _, f := range fautes {
					if f.Bloquante() {
						got += f.Code
					}
				}
				if got != code {
					t.Errorf("%s %q: %q, want %q", balise, v, got, code)
				}
			}
		}
	}
}

// What fills a cell in may be a value: it is put in doubt, and written.
func TestRemplissagesDouteux(t *testing.T) {
	t.Parallel()
	for balise, valeurs := range map[string]string{
		"nomResponsableOG": "N.C. NC NÉANT RAS IDEM x XX TEST VRAI TRUE FAUX OUI . *** 0", "nomMandataire": "NÉANT IDEM TEST", "nomAdminTechnique": "IDEM",
		"emailResponsableOG": "test@test.fr nc@nc.fr x@x.com", "ancienneVersion": "idem test vrai 0",
	} {
		for v := range strings.FieldsSeq(valeurs) {
			_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("isMandataire", "oui", "nomMandataire", "GROUPEMENT", "emailMandataire", "m@exemple.invalid", "telephoneMandataire", "+33 1 99 00 10 01", balise, v)))
			codes := ""
			for _, f := range fautes {
				if f.Lieu.Balise == balise {
					codes += f.Code
				}
			}
			if want := "A518"; codes != want && (v != "." || codes != "F102") {
				t.Errorf("%s %q: %q, want %q\n%s", balise, v, codes, want, phrases(fautes))
			}
		}
	}
}

// Words and signs for nothing are missing values where one is mandatory.
func TestNeantObligatoire(t *testing.T) {
	t.Parallel()
	for balise, mots := range map[string]string{"nomResponsableOG": "- — -- / aucun", "nomAdminTechnique": "- —", "ancienneVersion": "- — aucune néant NC none"} {
		for _, mot := range strings.Fields(mots) {
			_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(balise, mot)))
			if len(fautes) != 1 || !strings.Contains(fautes[0].In(modele.Francais), "dit qu'il n'y a rien : la valeur est obligatoire") {
				t.Errorf("%s %q\n%s", balise, mot, phrases(fautes))
			}
		}
	}
}

// The headings once more, between two orders: one line, and the row is left aside.
func TestTitresRepetes(t *testing.T) {
	t.Parallel()
	lot, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(), titres(), juste("referenceCommande", "CMD-2", "numeroEditeur", "A0002", "FINESSGeo", "995000015")))
	if len(fautes) != 1 || fautes[0].Code != "T040" || fautes[0].Lieu.Ligne != 3 || fautes[0].Bloquante() {
		t.Errorf("told\n%s", phrases(fautes))
	}
	n := 0
	for range lot.Demandes() {
		n++
	}
	if n != 2 {
		t.Errorf("%d orders", n)
	}
}

// A blank behind the sign of a prefix is taken away.
func TestIndicatifEcarte(t *testing.T) {
	t.Parallel()
	_, fichiers, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("telephoneResponsableOG", "+ 33 1 99 00 10 01")))
	if len(fautes) > 0 || !strings.Contains(fichiers[0], balise("telephoneResponsableOG", "+33 1 99 00 10 01")) {
		t.Errorf("%s\n%s", phrases(fautes), fichiers[0])
	}
}

// Hidden columns that are read are told in one line; those that give nothing are not.
func TestColonnesMasqueesLues(t *testing.T) {
	t.Parallel()
	f := feuille("a.xlsx", "Commandes", append(titres(), ""), juste())
	f.ColonnesMasquees = func() []int { return []int{1, 3, len(titres()), 500} }
	_, _, fautes := preparer(t, preparation.Options{}, f)
	if want := "a.xlsx, feuille Commandes, ligne 1 : colonnes masquées et lues comme les autres : B (numeroEditeur), D ("; len(fautes) != 1 || !strings.HasPrefix(fautes[0].In(modele.Francais), want) || strings.Count(fautes[0].Message.Fr, "(") != 2 {
		t.Errorf("%s\nwant %s", phrases(fautes), want)
	}
}
