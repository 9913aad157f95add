package referentiel_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"guichet/modele"
	"guichet/referentiel"
)

// One line for each référencement or one for each profile, in any order of columns and with any separator.
func TestReferences(t *testing.T) {
	t.Parallel()
	une := "numeroAns;SIRET;logiciel;version;profils\nANS0000001;00000000100008;DOSSIER D'EXEMPLE;V4;Spécifique – PA | DUI – Référentiel d’identité\n"
	windows, err := charmap.Windows1252.NewEncoder().String(une)
	if err != nil {
		t.Fatal(err)
	}
	for nom, texte := range map[string]string{
		"une ligne": une, "windows-1252": windows, "bom": "\ufeff" + une,
		"virgules":            "numeroAns,profils,logiciel\nANS0000001,\"Spécifique – PA, DUI – Référentiel d’identité\",DOSSIER D'EXEMPLE\n",
		"tabulations":         "Numéro ANS\tProfil\tLogiciel\nANS0000001\tSpécifique – PA\tDOSSIER D'EXEMPLE\n\nANS0000001\tDUI – Référentiel d’identité\t\n",
		"une ligne de profil": "logiciel;numeroAns;commentaire;profil\nDOSSIER D'EXEMPLE;ANS0000001;x;Spécifique – PA\n;ANS0000001;;DUI – Référentiel d’identité\n;ANS0000001;;SPECIFIQUE PA\n",
	} {
		r, err := referentiel.LireReferences(strings.NewReader(texte), referentiel.Origine{})
		if err != nil {
			t.Errorf("%s: %v", nom, err)
			continue
		}
		ref, ok := r.Reference("ANS0000001")
		if !ok || ref.Logiciel != "DOSSIER D'EXEMPLE" || len(ref.Profils) != 2 || r.Meta().Lignes != 1 || len(r.Liste()) != 1 {
			t.Errorf("%s: %+v", nom, ref)
		}
		for libelle, attendu := range map[string]bool{"DUI - REFERENTIEL D'IDENTITE": true, "Spécifique — PA": true, "Spécifique – PH": false} {
			if connu, profil := r.Profil([]byte("ANS0000001"), referentiel.Cle(libelle)); !connu || profil != attendu {
				t.Errorf("%s: %s is %t", nom, libelle, profil)
			}
		}
		if connu, _ := r.Profil([]byte("ANS0000002"), ""); connu {
			t.Errorf("%s: a numeroAns that is not there is known", nom)
		}
	}
}

func TestEligibles(t *testing.T) {
	t.Parallel()
	for nom, texte := range map[string]string{
		"nue":               "990000042\r\n990000026\r\n\r\n990000042\r\n",
		"entête":            "FINESSGeo\n990000026\n990000042\n",
		"autres colonnes":   "FINESSGeo;dateFin\n990000042;31/12/2026\n990000026;\n",
		"colonne déplacée":  "Nom,N° FINESS géographique\nFOYER,990000042\n\"RÉSIDENCE, A\",990000026\n",
		"juridique d'abord": "finess_ej;finess_et;commune\n990000018;990000042;LYON\n990000018;990000026;LYON\n",
		"export":            "FINESS juridique;Raison sociale;Catégorie;N° FINESS;Date d'ouverture;Montant plafond\n990000018;A;500;990000042;01/01/2000;2433.33\n990000018;B;500;990000026;;\n",
		"espaces, sans nom": " 990000042 ; 2026-12-31\n990000026\n",
	} {
		e, err := referentiel.LireEligibles(strings.NewReader(texte), referentiel.Origine{})
		if err != nil || e.Meta().Lignes != 2 || !e.Contient([]byte("990000042")) || !e.Contient([]byte("990000026")) || e.Contient([]byte("990000034")) {
			t.Errorf("%s: %v", nom, err)
			continue
		}
		if p := e.Proches("990000024"); len(p) != 2 {
			t.Errorf("%s: near 990000024: %q", nom, p)
		}
	}
}

// A table of orders has a column of FINESS géographiques as well; it is no list of those that are eligible.
func TestCommandesPourEligibles(t *testing.T) {
	t.Parallel()
	for _, titres := range []string{"referenceCommande;dateCommande;FINESSJuridique;FINESSGeo", "FINESSGeo;N° de commande", "N° FINESS;Bon de commande;x", "FINESSGeo;montantSegurHT"} {
		_, err := referentiel.LireEligibles(strings.NewReader(titres+"\n990000042;990000042;990000042;990000042\n"), referentiel.Origine{})
		var faute *referentiel.Erreur
		if !errors.As(err, &faute) || !strings.Contains(faute.In(modele.Francais), "a l'air d'un tableau de commandes") || !strings.Contains(faute.In(modele.Anglais), "looks like a table of orders") {
			t.Errorf("%s: %v", titres, err)
		}
	}
}

// What is wrong with a list names its line and column, in both languages.
func TestListesFautives(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		registre referentiel.Nom
		texte    string
		fr, en   string
	}{
		{referentiel.NomReferences, "", `ligne 1, numeroAns : "" trouvé, attendu : numeroAns;SIRET;logiciel;version;profils`, `line 1, numeroAns: "" found, expected: numeroAns;`},
		{referentiel.NomReferences, "a;b\n", `ligne 1, numeroAns : "a;b" trouvé`, `"a;b" found`},
		{referentiel.NomReferences, "numeroAns;profils\n", "au moins un référencement", "at least one référencement"},
		{referentiel.NomReferences, "numeroAns;profils\n\nANS1;x\n", `ligne 3, numeroAns : "ANS1" trouvé, attendu : 10 caractères`, "10 characters"},
		{referentiel.NomReferences, "numeroAns;SIRET;profils\nANS0000001;2,601E+13;x\n", `ligne 2, SIRET : "2,601E+13" trouvé, attendu : 14 chiffres`, "14 digits"},
		{referentiel.NomEligibles, "", `ligne 1, FINESSGeo : "" trouvé, attendu : au moins un FINESS`, "at least one"},
		{referentiel.NomEligibles, "FINESSGeo\n99000042\n990000026\nabc\n", `ligne 2, FINESSGeo : "99000042" trouvé, attendu : un FINESS géographique de 9 caractères, par exemple 990000018 (colonne au format texte dans un tableur) ; ligne 4`, `line 4, FINESSGeo: "abc" found`},
		{referentiel.NomBareme, "tranche;esms_min;esms_max;montant_ttc\nB;4;4;2920,00\n", `ligne 2, montant_ttc : "2920,00" trouvé`, "an amount with two decimals"},
	} {
		_, err := referentiel.Lire(c.registre, strings.NewReader(c.texte), referentiel.Origine{})
		var faute interface{ In(modele.Langue) string }
		if !errors.As(err, &faute) || !strings.Contains(faute.In(modele.Francais), c.fr) || !strings.Contains(faute.In(modele.Anglais), c.en) {
			t.Errorf("%s %q: %v", c.registre, c.texte, err)
		}
	}
}

// The tranche is that of the OG's own size where the register tells it, else the most favourable that can hold
// the order.
func TestTranches(t *testing.T) {
	t.Parallel()
	b, err := referentiel.LireBareme(strings.NewReader("tranche,esms_min,esms_max,montant_ttc\nA,1,3,3500.00\nB,4,9,2920.00\nC,10,,1000.00\n"), referentiel.Origine{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lots    []referentiel.Lot
		tva     bool
		plafond int64
		calcul  string
	}{
		{[]referentiel.Lot{{ESMS: 2}}, true, 583_334, "2 × 3500.00 / 1,2"},
		{[]referentiel.Lot{{ESMS: 2, OG: 4}}, true, 486_667, "2 × 2920.00 / 1,2"},
		{[]referentiel.Lot{{ESMS: 2, OG: 50}}, false, 200_000, "2 × 1000.00"},
		{[]referentiel.Lot{{ESMS: 1, OG: 3}, {ESMS: 1, OG: 9}}, false, 642_000, "1 × 3500.00 + 1 × 2920.00"},
	} {
		plafond, connu := b.Plafond(c.lots, c.tva)
		if got := b.Calcul(c.lots, c.tva, referentiel.EnEuros); plafond != c.plafond || !connu || got.Fr != c.calcul || got.En != strings.ReplaceAll(c.calcul, "1,2", "1.2") {
			t.Errorf("%+v: %d, %s", c, plafond, got)
		}
	}
	b.Tranches = b.Tranches[:2]
	if _, connu := b.Plafond([]referentiel.Lot{{ESMS: 2, OG: 10}}, true); connu {
		t.Error("no tranche is of 10 ESMS")
	}
}
