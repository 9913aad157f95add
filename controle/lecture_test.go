package controle_test

import (
	"strings"
	"testing"

	"guichet/controle"
	"guichet/diag"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// A code with a blank before its underscore is as right without it: no remark, and no repair either way.
func TestCodesAvecEtSansBlanc(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"CH _28", "CH_28", "C.L_71", "CL _253", "LA_335"} {
		r := controle.Controler(ms1dui.Courante(), []byte(strings.Replace(valide, `"CH_28"`, `"`+code+`"`, 1)), options())
		if f := r.Fichier(modele.Francais); len(toutes(f)) > 0 || len(r.Corrections()) > 0 {
			t.Errorf("%s: found %s", code, codes(f))
		}
	}
	for ecrit, code := range map[string]string{"CH 28": "CH _28", "CH_ 28": "CH _28", "CH  _ 28": "CH _28", "CL_71": "C.L_71", "GIP _1": "GIP_1"} {
		f := controler(strings.Replace(valide, `"CH_28"`, `"`+ecrit+`"`, 1), options())
		if codes(f) != "I703 144:34" || !strings.Contains(toutes(f)[0].Message, code) {
			t.Errorf("%s: found %s", ecrit, codes(f))
		}
	}
	for _, faux := range []string{"CH__28", "CH28", "CH_28 ", "CH_028", "ch_28", "_28", "CL_ 72"} {
		if f := controler(strings.Replace(valide, `"CH_28"`, `"`+faux+`"`, 1), options()); codes(f) != "F117 144:34" {
			t.Errorf("%s: found %s", faux, codes(f))
		}
	}
}

// What would turn a page or a terminal round is shown by its number, in messages as in what the portal gives back.
func TestSensDEcritureMontre(t *testing.T) {
	t.Parallel()
	f := controler(strings.Replace(valide, "MS1-DUI-Va1-BDC-00001.pdf", "x\u202efdp.exe", 1), options())
	d := f.Demandes[0]
	for _, texte := range []string{d.Anomalies[0].Message, d.Anomalies[0].Aide, *d.LibelleTraitement} {
		if strings.ContainsRune(texte, '\u202e') {
			t.Errorf("%q", texte)
		}
	}
	if !strings.HasPrefix(*d.LibelleTraitement, `nomFichier : "x<U+202E>fdp.exe" ne suit pas la nomenclature : il doit commencer par MS1-DUI-Va1-`) {
		t.Error(*d.LibelleTraitement)
	}
}

// An anomaly that rests on a doubtful reading says so; the others of the tag do not.
func TestDouteDansLeRapport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ avant, apres, doute string }{
		{`"telAdminTechnique": "+33 1 99 00 12 34"`, `"telephoneAdminTechnique": "+33 1 99 00 12 34"`, "mal imprimée"},
		{`"DURANDAL"`, `"` + strings.Repeat("A", 50) + `"`, "VARCHAR(<n)"},
		{`"IsRefSoins": null`, `"IsRefSoins": true`, "ALORS null"},
		{`"profilMetier": "PA, PH"`, `"profilMetier": "PA,PH"`, "sans dire comment les séparer"},
		{`"DURANDAL"`, `"durandal"`, ""},
		{`"SIRET":`, `"siret":`, ""},
	} {
		d := toutes(controler(strings.Replace(valide, c.avant, c.apres, 1), options()))[0]
		if c.doute == "" && d.Doute != "" || !strings.Contains(d.Doute, c.doute) {
			t.Errorf("%s: doubt %q, want %q", c.apres, d.Doute, c.doute)
		}
	}
}

// A name that the control would refuse in turn is never advised.
func TestNomAviseDeSaPropreForme(t *testing.T) {
	t.Parallel()
	texte := strings.NewReplacer(`"numeroEditeur": "00001"`, `"numeroEditeur": "00-01"`, "BDC-00001.pdf", "BDC-00-01.pdf").Replace(valide)
	f := controler(texte, options())
	if codes(f) != "F107 10:24, F121 44:25" {
		t.Fatalf("found %s", codes(f))
	}
	if aide := f.Demandes[0].Anomalies[1].Aide; aide != "nommez la pièce MS1-DUI-Va1-BDC-<numeroEditeur>.pdf" {
		t.Error(aide)
	}
}

// A file that has nothing to show is told without an extract.
func TestSansExtrait(t *testing.T) {
	t.Parallel()
	for _, texte := range []string{"", " \n", "PK\x03\x04\x00", "%PDF-1.4"} {
		f := controler(texte, options())
		if d := f.Structure[0]; d.Placed() || f.Verdict != diag.Illisible || d.Aide == "" {
			t.Errorf("%q: %+v", texte, d)
		}
	}
}

// A retired code leads to the rule that took its place, and is no rule's own.
func TestCodesRetires(t *testing.T) {
	t.Parallel()
	for code, nouveau := range map[string]string{"F111": "A515", "c306": "A517"} {
		if r, ok := controle.Remplacee(code); !ok || r.Code != nouveau {
			t.Errorf("%s leads to %s", code, r.Code)
		}
		if _, ok := controle.Regle(code); ok {
			t.Errorf("%s is used again", code)
		}
	}
	if r, ok := controle.Remplacee("F101"); ok {
		t.Errorf("F101 was never retired: %s", r.Code)
	}
}
