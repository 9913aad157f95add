package controle_test

import (
	"slices"
	"strings"
	"testing"

	"guichet/controle"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/referentiel"
)

// etablissements are those of the valid file, and a few more: ET, EJ.
var etablissements = [][2]string{
	{"010000016", "010000008"}, {"010000024", "010000008"}, {"010000040", "010000008"}, {"010000057", "010000008"},
	{"020000014", "020000006"}, {"020000022", "020000006"}, {"2A0000002", "2A0000001"},
}

// extraitFiness is an extract of the register with these établissements.
func extraitFiness(etablissements [][2]string) string {
	b := strings.Builder{}
	b.WriteString("finess;etalab;98;2023-09-12\n")
	for _, e := range etablissements {
		b.WriteString("structureet;" + e[0] + ";" + e[1] + ";RÉSIDENCE D'EXEMPLE;;;;;;;;;001;99;;99001 EXEMPLE;;;500;;4401;;00000000100008;;;;;;;;;\n")
	}
	return b.String()
}

// profilsTous are the labels of all profiles, written as people write them.
var profilsTous = []string{
	"DUI - Referentiel d’identité", "DUI — ESCLAVE D'IDENTITE", "DUI - Stockage des copies de titre d'identité",
	"Spécifique - PA", "Spécifique–PH", "Spécifique - Domicile", "Spécifique - SAAD",
	"Solutions déployées aux professionnels, organismes ou établissements dispensant des actes ou prestations remboursables par l'assurance maladie en application des articles L. 131-31 et L. 161-33 du CSS",
	"Solutions déployées aux professionnels, organismes ou établissements qui ne dispensent pas d'actes ou prestations remboursables par l'assurance maladie et aux solutions destinées aux services autonomie à domicile",
}

func references(t testing.TB, profils ...string) *referentiel.References {
	t.Helper()
	texte := "numeroAns;SIRET;logiciel;version;profils\n"
	for _, p := range profils {
		texte += "ANS0000001;00000000100008;DOSSIER D'EXEMPLE;V4;\"" + strings.ReplaceAll(p, ",", "") + "\"\n"
	}
	r, err := referentiel.LireReferences(strings.NewReader(texte), referentiel.Origine{Fichier: "references-2023-09-01.csv"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func finess(t testing.TB, etablissements [][2]string) *referentiel.Finess {
	t.Helper()
	f, err := referentiel.LireFiness(strings.NewReader(extraitFiness(etablissements)), referentiel.Origine{Fichier: "etalab-cs1100502-stock-20230912-0338.csv"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func eligibles(t testing.TB, numeros ...string) *referentiel.Eligibles {
	t.Helper()
	e, err := referentiel.LireEligibles(strings.NewReader(strings.Join(numeros, "\n")), referentiel.Origine{Fichier: "eligibles-20230901.csv"})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func bareme(t testing.TB) *referentiel.Bareme {
	t.Helper()
	b, err := referentiel.LireBareme(strings.NewReader("tranche;esms_min;esms_max;montant_ttc\nA;1;3;3500.00\nB;4;4;2920.00\n"), referentiel.Origine{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tout is options with all registers and a ledger.
func tout(t testing.TB) controle.Options {
	t.Helper()
	o := options()
	o.Referentiels = referentiel.Jeu{
		Finess: finess(t, etablissements), References: references(t, profilsTous...), Bareme: bareme(t),
		Eligibles: eligibles(t, "010000016", "010000024", "020000014", "2A0000002"),
	}
	o.NumeroUtilise = func(numero string) (string, bool) {
		return "JSON-ANS0000001-20230901-001.json, demande 3", numero == "00003"
	}
	o.ESMSDemande = func(finess string) (string, bool) { return "demande 00007, acceptée", finess == "010000032" }
	return o
}

// A file that the registers confirm has nothing to report, and says which registers these were.
func TestRegistresConfirment(t *testing.T) {
	t.Parallel()
	f := controler(valide, tout(t))
	if f.Verdict != diag.Accepte || len(toutes(f)) > 0 || len(f.NonVerifie) > 0 {
		t.Fatalf("verdict %s, found %s, not checked: %q", f.Verdict, codes(f), f.NonVerifie)
	}
	var phrases []string
	for _, r := range f.Registres {
		phrases = append(phrases, r.Phrase)
	}
	want := []string{
		"FINESS du 12/09/2023 (etalab-cs1100502-stock-20230912-0338.csv)", "référencements du 01/09/2023 (references-2023-09-01.csv)",
		"ESMS éligibles du 01/09/2023 (eligibles-20230901.csv)", "barème",
	}
	if !slices.Equal(phrases, want) {
		t.Errorf("registers %q", phrases)
	}
}

// What is not loaded is said once, one line each, and is never an anomaly.
func TestRegistresNonCharges(t *testing.T) {
	t.Parallel()
	f := controler(valide, options())
	if len(toutes(f)) > 0 || len(f.NonVerifie) != 5 || f.Registres != nil {
		t.Errorf("found %s, not checked: %q", codes(f), f.NonVerifie)
	}
	o := tout(t)
	o.Referentiels.References = references(t, "Spécifique – PA")
	f = controler(strings.Replace(valide, "ANS0000001", "ANS0000002", 1), controle.Options{Referentiels: o.Referentiels})
	if got := codes(f); got != "" || !slices.Contains(f.NonVerifie, "profils du logiciel : ANS0000002 n'est pas dans les référencements chargés") {
		t.Errorf("an unknown numeroAns: found %s, not checked: %q", got, f.NonVerifie)
	}
}

// casRegistres are the faults that only a register shows, made from the valid file by one change.
var casRegistres = []struct {
	nom, avant, apres string
	changer           func(testing.TB, *controle.Options)
	attendu, dit      string
}{
	{
		nom: `numéro déjà utilisé`, avant: `"numeroEditeur": "00001"`, apres: `"numeroEditeur": "00003"`,
		attendu: `C307 44:25, C402 10:24`, dit: `celui de la demande est "00003"`,
	},
	{
		nom: `ESMS non éligible`, avant: ``, apres: ``,
		changer: func(t testing.TB, o *controle.Options) {
			o.Referentiels.Eligibles = eligibles(t, "010000017", "010000024", "020000014", "2A0000002")
			o.Referentiels.Bareme = nil
		},
		attendu: `C403 38:28`, dit: `"010000016" n'est pas dans la liste des ESMS éligibles du 01/09/2023 | le numéro le plus proche est "010000017"`,
	},
	{
		nom: `profil maître`, changer: sansProfil(0), attendu: `C404 53:25, C404 142:25, C404 151:25`,
		dit: `isMaitreId : true demande le profil « DUI – Référentiel d'identité »`,
	},
	{nom: `profil esclave`, changer: sansProfil(1), attendu: `C404 62:25`, dit: `le référencement de DOSSIER D'EXEMPLE V4 ; ses profils : DUI - Referentiel`},
	{nom: `profil stockage`, changer: sansProfil(2), attendu: `C404 54:27`, dit: `« DUI – Stockage des copies de titre d'identité »`},
	{nom: `profil PA`, changer: sansProfil(3), attendu: `C404 56:27, C404 154:27`, dit: `"PA, PH" demande le profil « Spécifique – PA »`},
	{nom: `profil PH`, changer: sansProfil(4), attendu: `C404 56:27, C404 154:27`, dit: `« Spécifique – PH »`},
	{nom: `profil domicile`, changer: sansProfil(5), attendu: `C404 145:27, C404 154:27`, dit: `« Spécifique – Domicile »`},
	{nom: `profil SAAD`, changer: sansProfil(6), attendu: `C404 65:27, C404 154:27`, dit: `« Spécifique – SAAD »`},
	{nom: `profil avec actes`, changer: sansProfil(7), attendu: `C404 146:25, C404 155:25`, dit: `dispensant des actes`},
	{nom: `profil sans actes`, changer: sansProfil(8), attendu: `C404 57:25`, dit: `qui ne dispensent pas d'actes`},
	{
		nom: `valeur qui devrait être null, sans profil de plus`, avant: `"IsRefSoins": null`, apres: `"IsRefSoins": false`,
		changer: sansProfil(8), attendu: `C202 66:25, C404 57:25`, dit: `null attendu`,
	},
	{
		nom: `OG inconnu`, avant: `"FINESSJuridique": "010000008"`, apres: `"FINESSJuridique": "010000080"`,
		attendu: `A509 23:32`, dit: `"010000080" n'est pas au registre FINESS du 12/09/2023 : numéro inconnu ou fermé | le numéro le plus proche est "010000008", à un caractère près : vérifiez-le`,
	},
	{
		nom: `ESMS inconnu`, avant: `"FINESSGeos": ["010000016", "010000024"]`, apres: `"FINESSGeos": ["010000016", "010000042"]`,
		changer: func(_ testing.TB, o *controle.Options) { o.Referentiels.Eligibles = nil },
		attendu: `C304 60:24, C303 38:41, A509 38:41`, dit: `"010000024" n'est dans aucun FINESSGeos`,
	},
	{
		nom: `clé fausse au registre`, changer: func(t testing.TB, o *controle.Options) {
			o.Referentiels.Finess = finess(t, append(slices.Clone(etablissements), [2]string{"010000099", "010000008"}))
			o.Referentiels.Eligibles, o.Referentiels.Bareme = nil, nil
		},
		avant: `"FINESSGeos": ["010000016", "010000024"]`, apres: `"FINESSGeos": ["010000016", "010000024", "010000099"]`,
		attendu: `C303 38:54`, dit: `aucun scénario`,
	},
	{
		nom: `ESMS d'un autre OG`, avant: ``, apres: ``, changer: func(t testing.TB, o *controle.Options) {
			o.Referentiels.Finess = finess(t, [][2]string{
				{"010000016", "010000008"}, {"010000024", "020000006"}, {"020000014", "020000006"}, {"2A0000002", "2A0000001"},
			})
			o.Referentiels.Bareme = nil
		},
		attendu: `A510 38:41`, dit: `"010000024" appartient à l'OG 020000006, pas à "010000008"`,
	},
	{
		nom: `ESMS déjà demandé`, avant: ``, apres: ``, changer: func(_ testing.TB, o *controle.Options) {
			o.ESMSDemande = func(f string) (string, bool) { return "demande 00007, acceptée", f == "020000014" }
		},
		attendu: `A511 104:28`, dit: `"020000014" est déjà demandé (demande 00007, acceptée)`,
	},
	{
		nom: `plafond de la tranche de l'OG`, avant: `4866.67`, apres: `4866.68`,
		attendu: `A506 14:27`, dit: `plafond 4866.67 € HT : 2 × 2920.00 / 1,2 (tranche B : 4 ESMS de 010000008 au FINESS du 12/09/2023)`,
	},
	{
		nom: `plafond sans registre : la tranche la plus favorable`, avant: `4866.67`, apres: `5833.33`,
		changer: func(_ testing.TB, o *controle.Options) { o.Referentiels.Finess = nil },
	},
}

// sansProfil takes one of profilsTous away.
func sansProfil(i int) func(testing.TB, *controle.Options) {
	return func(t testing.TB, o *controle.Options) {
		o.Referentiels.References = references(t, slices.Delete(slices.Clone(profilsTous), i, i+1)...)
	}
}

func TestReglesRegistres(t *testing.T) {
	t.Parallel()
	for _, c := range casRegistres {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			o := tout(t)
			if c.changer != nil {
				c.changer(t, &o)
			}
			f := controler(strings.Replace(valide, c.avant, c.apres, 1), o)
			if got := codes(f); got != c.attendu {
				t.Fatalf("found %s\nwant  %s", got, c.attendu)
			}
			texte := ""
			for _, d := range toutes(f) {
				texte += d.Message + " | " + d.Aide + "\n"
			}
			if !strings.Contains(texte, c.dit) {
				t.Errorf("%q does not say %q", texte, c.dit)
			}
		})
	}
}

// The second control reports values, then coherence, then registers, then what other deposits have: C402 is the first
// error only where there is no other.
func TestAutruiEnDernier(t *testing.T) {
	t.Parallel()
	o := tout(t)
	o.NumeroUtilise = func(numero string) (string, bool) { return "ailleurs", true }
	o.Referentiels.References = references(t, "Spécifique – PA")
	juste := strings.Replace(valide, `"4866.67"`, `4866.67`, 1)
	if f := controler(juste, o); *f.Demandes[0].CodeTraitement != "C404" {
		t.Errorf("a register comes before: %s", *f.Demandes[0].CodeTraitement)
	}
	o.Referentiels.References = nil
	o.Logiciel = nil
	f := controler(juste, o)
	if *f.Demandes[0].CodeTraitement != "C402" || *f.Demandes[0].LibelleTraitement != `numeroEditeur : "00001" a déjà servi (ailleurs)` {
		t.Errorf("%s: %s", *f.Demandes[0].CodeTraitement, *f.Demandes[0].LibelleTraitement)
	}
	f = controler(strings.Replace(valide, `BDC-00001`, `BDC-00002`, 1), o)
	if *f.Demandes[0].CodeTraitement != "C307" {
		t.Errorf("%s", *f.Demandes[0].CodeTraitement)
	}
}

// What the register proposes is written only when it is asked for, and mends the fault.
func TestPropositionsDuRegistre(t *testing.T) {
	t.Parallel()
	texte := strings.ReplaceAll(valide, `010000024`, `010000034`)
	o := tout(t)
	o.Referentiels.Eligibles = nil
	corrections := controle.Controler(ms1dui.Courante(), []byte(texte), o).Corrections()
	if len(corrections) != 2 {
		t.Fatalf("%d repairs", len(corrections))
	}
	for _, c := range slices.Backward(corrections) {
		if c.Sure || c.Code != "A509" {
			t.Errorf("%+v", c)
		}
		texte = texte[:c.Debut] + c.Apres + texte[c.Fin:]
	}
	if texte != valide {
		t.Error("the repaired file is not the valid one")
	}
}

// The texts of the rules that take registers exist in English too, and with no register at all nothing panics.
func TestRegistresEnAnglais(t *testing.T) {
	t.Parallel()
	o := tout(t)
	o.Referentiels.Finess = finess(t, [][2]string{{"990000018", "990000026"}})
	o.Referentiels.Eligibles, o.Referentiels.References = eligibles(t, "990000018"), references(t, "x")
	f := controle.Controler(ms1dui.Courante(), []byte(valide), o).Fichier(modele.Anglais)
	for _, d := range toutes(f) {
		if strings.ContainsAny(d.Message+d.Aide, "{}«") {
			t.Errorf("%s: %s | %s", d.Code, d.Message, d.Aide)
		}
	}
}

// A check with FINESS loaded allocates nothing either.
func TestAucuneAllocationAvecFiness(t *testing.T) {
	c := controle.Preparer(ms1dui.Courante(), jsondoc.Limits{})
	o := options()
	o.Referentiels.Finess = finess(t, etablissements)
	src := []byte(valide)
	if n := testing.AllocsPerRun(100, func() { c.Controler(src, o) }); n != 0 {
		t.Errorf("%v allocations for a valid file", n)
	}
}

// What a depositor declared of its own software counts where the register does not know it, and is named among the
// registers; at the counter what is not checked is told in the counter's words, never those of a desk.
func TestOwnSoftwareAtTheCounter(t *testing.T) {
	t.Parallel()
	propre := referentiel.Declarer(referentiel.Reference{NumeroAns: "ANS0000001", Profils: []string{"Spécifique – PA"}})
	o := controle.Options{Logiciel: propre, Guichet: true}
	f := controler(valide, o)
	if f.Verdict != diag.Refuse || len(f.Registres) != 1 || f.Registres[0].Phrase != "profils de ANS0000001, de son enrôlement" {
		t.Errorf("own software: %s, %+v", f.Verdict, f.Registres)
	}
	for _, ligne := range f.NonVerifie {
		if strings.Contains(ligne, "carnet") || strings.Contains(ligne, "guichet referentiel") || !strings.Contains(ligne, " ; ") {
			t.Errorf("at the counter: %s", ligne)
		}
	}
	o.Referentiels.References = references(t, profilsTous...)
	f = controler(valide, o)
	if f.Verdict != diag.Accepte || len(f.Registres) != 1 || f.Registres[0].Nom != string(referentiel.NomReferences) {
		t.Errorf("the register comes first: %s, %+v", f.Verdict, f.Registres)
	}
}
