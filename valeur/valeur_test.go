package valeur_test

import (
	"testing"

	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/valeur"
)

func TestMontant(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{
		"2920": "2920.00", "2920.0": "2920.00", "2 920,00 €": "2920.00", "4866,67": "4866.67", "2\u202f920,5 EUR": "2920.50", "007": "7.00",
		"2.920,00": "2920.00", "14.000,12": "14000.12", "1 234,5": "1234.50", "1'234.50": "1234.50", "1’234": "1234.00", "1,234.5": "1234.50",
		"1.234.567": "1234567.00", "1,234,567.8": "1234567.80", "€ 2920": "2920.00", "2920 euros": "2920.00", "2920.": "2920.00",
		"2,920": "", "2.920": "", "29 20": "", "2 920 000,1 2": "", "1.23,45": "", "1,23.45": "", "2920 HT": "", "2920 EUR TTC": "", "2 920 EUR x2": "",
		"2920EUR2433": "", "~2920": "", "2920/2": "", "2920,123": "", "2 9200": "", "0,00": "", "2920 $": "", "2 920 EUR EUR": "", "0": "", "-5": "", "1e3": "", "": "", "deux": "",
	} {
		if got := valeur.Montant(ecrit); got != want {
			t.Errorf("Montant(%q) = %q, want %q", ecrit, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ecrit, want string
		certaine    bool
	}{
		{"2023-10-02", "02/10/2023", true}, {"20231002", "02/10/2023", true}, {"2/10/2023", "02/10/2023", false}, {"02.10.2023", "02/10/2023", false},
		{"10/31/2023", "", false}, {"hier", "", false},
	} {
		if got, certaine := valeur.Date(c.ecrit); got != c.want || certaine != c.certaine {
			t.Errorf("Date(%q) = %q, %t", c.ecrit, got, certaine)
		}
	}
	if got := valeur.Jour("45184") + valeur.Jour("12") + valeur.Jour("45184.5"); got != "15/09/2023" {
		t.Errorf("days: %q", got)
	}
}

func TestTelephone(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{
		"+33 (0) 1 99 00 45 67": "+33 1 99 00 45 67", "0 1 99 00 45 67": "+33 1 99 00 45 67",
		"01 99 00 45 67": "+33 1 99 00 45 67", "0033 1 99 00 45 67": "+33 1 99 00 45 67", "+33 (0)1 99 00 45 67": "+33 1 99 00 45 67",
		"0262 99 00 45": "+262 262 99 00 45", "0262 99 00 45 67": "", "poste 12": "", "": "", "0": "",
	} {
		if got, _ := valeur.Telephone(ecrit); got != want {
			t.Errorf("Telephone(%q) = %q, want %q", ecrit, got, want)
		}
	}
}

func TestZeros(t *testing.T) {
	t.Parallel()
	finess := modele.Type{Genre: modele.Chaine, Exact: 9, Alphabet: modele.Alphanumerique, Cle: modele.CleFINESS}
	for ecrit, want := range map[string]string{
		"10000016": "010000016", "990000010": "990000010", "16": "", "2A0000016": "", "1E8": "", "": "", "1234567890": "",
	} {
		if got := valeur.Zeros(finess, ecrit); got != want {
			t.Errorf("Zeros(%q) = %q, want %q", ecrit, got, want)
		}
	}
	if !valeur.Cle(modele.CleFINESS, "010000016") || valeur.Cle(modele.CleFINESS, "010000017") || !valeur.Cle(modele.SansCle, "x") {
		t.Error("keys")
	}
}

// A code is found by its spellings and its label, and never where two could be meant.
func TestCodes(t *testing.T) {
	t.Parallel()
	c := valeur.Indexer(&modele.Nomenclature{Codes: []modele.Entree{{Code: "AB_1", Libelle: "Alpha Bêta"}, {Code: "AB1", Libelle: "Autre"}, {Code: "CD_2", Libelle: "Delta"}}})
	if c.DeLibelle(valeur.Plat("ALPHA-BÊTA")) != "AB_1" || c.DeGraphie("ab1") != "" || c.DeGraphie("cd2") != "CD_2" || c.Tolere([]byte("CD _2")) != "CD_2" {
		t.Error("a spelling is not found, or is guessed")
	}
	if p := c.PlusProches("delt"); len(p) != 1 || p[0].Code != "CD_2" {
		t.Errorf("nearest: %v", p)
	}
	if p := c.PlusProches("zzzzqq"); len(p) > 0 {
		t.Errorf("nothing is near: %v", p)
	}
	if _, connu := c.Code([]byte("CD_2")); !connu {
		t.Error("CD_2 is not known")
	}
}

// No label of the list in force stands for two codes: what its label gives is certain.
func TestLibellesUniques(t *testing.T) {
	t.Parallel()
	var voir func(champs []modele.Champ)
	voir = func(champs []modele.Champ) {
		for _, c := range champs {
			voir(c.Champs)
			if c.Type.Nomenclature == nil {
				continue
			}
			libelles := map[string]string{}
			for _, e := range c.Type.Nomenclature.Codes {
				if autre := libelles[valeur.Plat(e.Libelle)]; autre != "" {
					t.Errorf("%s and %s have one label, %s", autre, e.Code, e.Libelle)
				}
				libelles[valeur.Plat(e.Libelle)] = e.Code
			}
		}
	}
	voir(ms1dui.Courante().EnTete)
}

// Whatever is written, what is proposed is right.
func FuzzValeur(f *testing.F) {
	for _, s := range []string{"2 920,00 €", "45184", "2023-10-02", "01 99 00 45 67", "2,601E+13", "é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if m := valeur.Montant(s); m != "" {
			if c, ok := valeur.Centimes([]byte(m)); !ok || c <= 0 {
				t.Errorf("Montant(%q) = %q", s, m)
			}
		}
		d, _ := valeur.Date(s)
		for _, d := range []string{d, valeur.Jour(s)} {
			if _, _, existe := valeur.LireDate([]byte(d)); d != "" && !existe {
				t.Errorf("%q is read as the date %q", s, d)
			}
		}
		if n, _ := valeur.Telephone(s); n != "" && (n[0] != '+' || valeur.HorsTelephone([]byte(n)) >= 0) {
			t.Errorf("Telephone(%q) = %q", s, n)
		}
	})
}

func TestAdresses(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string][2]bool{ // what the source asks for, and what mail can reach
		"a@b.c": {true, true}, "jean.d'exemple+ms1@sous.exemple.fr": {true, true}, "é@exemple.fr": {true, true}, "a@b-c.d": {true, true},
		"": {}, "@b.c": {}, "a@b": {}, "a.b": {}, "a@": {}, ".@": {true, false}, "@a.b@c": {true, false},
		"a.b@c": {true, false}, "a@.b": {true, false}, "a@b.": {true, false}, "a@b..c": {true, false}, "a@@b.c": {true, false},
		"a@b@c.d": {true, false}, "a b@c.d": {true, false}, "a@b.c ": {true, false}, "a@b.c\u00a0": {true, false}, "a@b.c\u202e": {true, false},
		"a@b.c;d@e.f": {true, false}, "a@b.c,d@e.f": {true, false}, "A <a@b.c>": {true, false}, "mailto:a@b.c": {true, false},
		`"a"@b.c`: {true, false}, "a@b.c\x7f": {true, false}, "a@[1.2.3.4]": {true, false},
	} {
		if got := [2]bool{valeur.CourrielAdmis([]byte(ecrit)), valeur.Courriel([]byte(ecrit))}; got != want {
			t.Errorf("%q: %v, want %v", ecrit, got, want)
		}
	}
}

// A prefix alone is no number: those of one, two and three digits.
func TestSuitIndicatif(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]bool{
		"+1": false, "+12": true, "+7": false, "+71": true, "+0": false, "+01": true,
		"+33": false, "+33 ": false, "+33 x": false, "+331": true, "+33 1": true, "+3 3 1": true, "+20": false, "+201": true, "+98": false, "+981": true,
		"+35": false, "+352": false, "+3521": true, "+212 ": false, "+212 6": true, "+999": false, "+9991": true, "+2": false, "+83": false, "+831": false, "+8311": true,
	} {
		if got := valeur.SuitIndicatif([]byte(ecrit)); got != want {
			t.Errorf("%q: %t", ecrit, got)
		}
	}
}

func TestCorseEtIllisible(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]bool{
		"2A0000001": true, "2B0000001": true, "2A0": true, "2C0000001": false, "1A0000001": false, "2a0000001": false, "A20000001": false, "2A00000O1": false, "2A": false, "": false,
	} {
		if valeur.Corse([]byte(ecrit)) != want {
			t.Errorf("Corse(%q) = %t", ecrit, !want)
		}
	}
	for ecrit, want := range map[string]bool{
		"V3": false, " V3 ": false, "É\u00a0x": false, "中": false, " ": true, "\u00a0\u3000": true, "a\tb": true, "a\u200bb": true, "a\u202eb": true,
		"a\u2028b": true, "a\x7f": true, "\ufffd": true, "\u00ad": true, "\ue000": true,
	} {
		if valeur.Illisible([]byte(ecrit)) != want {
			t.Errorf("Illisible(%q) = %t", ecrit, !want)
		}
	}
}
