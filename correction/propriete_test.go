package correction_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"guichet/controle"
	"guichet/correction"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// degat damages a literal in a way that programs, spreadsheets and people do; it returns the literal itself where it
// has nothing to damage.
type degat struct {
	nom   string
	faire func(litteral string) string
}

// texte makes a damage of what is done to the characters of a text; numbers and words are damaged as their text is.
func texte(f func(string) string) func(string) string {
	return func(litteral string) string {
		var s string
		if json.Unmarshal([]byte(litteral), &s) != nil {
			s = litteral
		}
		b, _ := json.Marshal(f(s))
		return string(b)
	}
}

// brut makes a damage of what is done to the literal between its quotes, escapes included.
func brut(f func(string) string) func(string) string {
	return func(litteral string) string { return `"` + f(strings.Trim(litteral, `"`)) + `"` }
}

func remplace(paires ...string) func(string) string {
	return texte(strings.NewReplacer(paires...).Replace)
}

func fixe(litteral string) func(string) string { return func(string) string { return litteral } }

// milieu puts a text in the middle of another.
func milieu(s string) func(string) string {
	return brut(func(t string) string { return t[:len(t)/2] + s + t[len(t)/2:] })
}

var degats = []degat{
	{"espace avant", texte(func(s string) string { return " " + s })},
	{"espace après", texte(func(s string) string { return s + " " })},
	{"espaces autour", texte(func(s string) string { return "  " + s + "  " })},
	{"espace insécable après", texte(func(s string) string { return s + "\u00a0" })},
	{"espace fine avant", texte(func(s string) string { return "\u202f" + s })},
	{"tabulation après", texte(func(s string) string { return s + "\t" })},
	{"retour à la ligne après", texte(func(s string) string { return s + "\n" })},
	{"espace à la place du premier caractère", texte(func(s string) string { return " " + s[min(1, len(s)):] })},
	{"espace à la place du dernier caractère", texte(func(s string) string { return s[:max(0, len(s)-1)] + " " })},
	{"majuscules", texte(strings.ToUpper)},
	{"minuscules", texte(strings.ToLower)},
	{"initiale", texte(func(s string) string {
		return strings.ToUpper(s[:min(1, len(s))]) + strings.ToLower(s[min(1, len(s)):])
	})},
	{"guillemets", texte(func(s string) string { return s })},
	{"guillemets doubles", texte(func(s string) string { return `"` + s + `"` })},
	{"apostrophe de tableur", texte(func(s string) string { return "'" + s })},
	{"formule de texte", texte(func(s string) string { return `="` + s + `"` })},
	{"sans guillemets", func(l string) string { return numeroSeul(l) }},
	{"sans guillemets ni zéros", func(l string) string { return strings.TrimLeft(numeroSeul(l), "0") + zeroSi(l) }},
	{"sans zéros", texte(func(s string) string { return strings.TrimLeft(s, "0") })},
	{"zéro de trop", texte(func(s string) string { return "0" + s })},
	{"dernier caractère perdu", texte(func(s string) string { return s[:max(0, len(s)-1)] })},
	{"moitié perdue", texte(func(s string) string { return s[:len(s)/2] })},
	{"caractère de trop", texte(func(s string) string { return s + "X" })},
	{"deux fois", texte(func(s string) string { return s + s })},
	{"beaucoup trop long", texte(func(s string) string { return s + strings.Repeat("a", 200) })},
	{"vide", fixe(`""`)},
	{"espace seule", fixe(`" "`)},
	{"null", fixe(`null`)},
	{`"null"`, fixe(`"null"`)},
	{`"None"`, fixe(`"None"`)},
	{`"N/A"`, fixe(`"N/A"`)},
	{`"oui"`, fixe(`"oui"`)},
	{`"FAUX"`, fixe(`"FAUX"`)},
	{"true", fixe(`true`)},
	{"un", fixe(`1`)},
	{"zéro", fixe(`0`)},
	{"notation de tableur", fixe(`"2,601E+13"`)},
	{"nombre en notation de tableur", fixe(`2.601E+13`)},
	{"nombre à virgule", fixe(`2.1`)},
	{"montant à virgule", fixe(`"2 433,33 €"`)},
	{"montant en toutes monnaies", fixe(`"2433.33 EUR"`)},
	{"milliers", fixe(`"2,433"`)},
	{"date ISO", fixe(`"2023-09-15"`)},
	{"date à l'américaine", fixe(`"09/15/2023"`)},
	{"date à points", fixe(`"15.9.2023"`)},
	{"jour de tableur", fixe(`45184`)},
	{"téléphone national", fixe(`"01 99 00 45 67"`)},
	{"téléphone 0033", fixe(`"0033199004567"`)},
	{"téléphone (0)", fixe(`"+33 (0)1 99 00 45 67"`)},
	{"téléphone et zéro", fixe(`"+33 01 99 00 45 67"`)},
	{"indicatif seul", fixe(`"+ "`)},
	{"lettre O", remplace("0", "O")},
	{"lettre l", remplace("1", "l")},
	{"chiffres pleins", remplace("0", "０", "1", "１", "2", "２")},
	{"points-virgules", remplace(", ", ";", ",", ";")},
	{"tirets bas", remplace(" ", "_", "-", "_")},
	{"sans séparateurs", remplace(" ", "", "_", "", "-", "", "/", "")},
	{"autre extension", remplace(".pdf", ".png", "PDF", "png")},
	{"caractère nul", milieu(`\u0000`)},
	{"moitié de caractère", milieu(`\ud83d`)},
	{"sens d'écriture", milieu("\u202e")},
	{"tableau", func(l string) string { return "[" + l + "]" }},
	{"objet", fixe(`{}`)},
}

// numeroSeul is the number that stands between quotes; another literal is left as it is.
func numeroSeul(l string) string {
	s := strings.Trim(l, `"`)
	if s == "" || strings.IndexFunc(s, func(c rune) bool { return !unicode.IsDigit(c) }) >= 0 || len(s) > 1 && s[0] == '0' {
		return l
	}
	return s
}

func zeroSi(l string) string {
	if strings.Trim(l, `"0`) == "" {
		return "0"
	}
	return ""
}

// valeurs lists the byte ranges of the plain values of a file, items of arrays included.
func valeurs(t *testing.T, octets []byte) (lieux [][2]int) {
	t.Helper()
	doc, err := jsondoc.NewParser(jsondoc.NewVocabulary(nil), jsondoc.Limits{}).Parse(octets)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range doc.Nodes {
		if !n.Kind.Container() {
			lieux = append(lieux, [2]int{int(n.Start), int(n.End)})
		}
	}
	return lieux
}

// bases are right files that use each tag: the example, and one of an agent under the HT regime.
func bases() []string {
	ht := strings.NewReplacer(
		`"regimeTVA": "TTC"`, `"regimeTVA": "HT"`, `"isMandataire": false`, `"isMandataire": true`,
		`"nomMandataire": null`, `"nomMandataire": "ÉLOI"`, `"emailMandataire": null`, `"emailMandataire": "eloi@exemple.invalid"`,
		`"telephoneMandataire": null`, `"telephoneMandataire": "+33 1 99 00 45 67"`,
		`"typeFichier": "BON_COMMANDE"`, `"typeFichier": "BON_COMMANDE" }, { "nomFichier": "MS1-DUI-Va1-HT-00001.jpg", "formatFichier": "JPG", "typeFichier": "PREUVE_HT"`,
		`"statutAdminTechnique": "S"`, `"statutAdminTechnique": "E"`, `"contractualisationEditeur": null`, `"contractualisationEditeur": true`,
	).Replace(exemple())
	return []string{exemple(), ht}
}

// anomalies lists what is found in a file.
func anomalies(c *controle.Controleur, octets []byte) (liste []diag.Diagnostic) {
	f := c.Controler(octets, controle.Options{}).Fichier(modele.Francais)
	liste = f.Structure
	for _, d := range f.Demandes {
		liste = append(liste, d.Anomalies...)
	}
	return liste
}

func preparer() *controle.Controleur { return controle.Preparer(ms1dui.Courante(), jsondoc.Limits{}) }

func TestBasesJustes(t *testing.T) {
	t.Parallel()
	for _, base := range bases() {
		if a := anomalies(preparer(), []byte(base)); len(a) > 0 {
			t.Errorf("%s: %s", a[0].Code, a[0].Message)
		}
	}
}

// A repair that is marked sure leaves no error at its place, and not its own anomaly either; one that is not sure
// leaves at least not its own. Whatever the damage, whatever the tag.
func TestSureReparationPasse(t *testing.T) {
	t.Parallel()
	sures, ctl := 0, preparer()
	for _, base := range bases() {
		for _, lieu := range valeurs(t, []byte(base)) {
			for _, d := range degats {
				abime := base[:lieu[0]] + d.faire(base[lieu[0]:lieu[1]]) + base[lieu[1]:]
				for _, c := range ctl.Controler([]byte(abime), controle.Options{}).Corrections() {
					verifier(t, ctl, d.nom, abime, c)
					if c.Sure {
						sures++
					}
				}
			}
		}
	}
	if sures < 500 {
		t.Errorf("only %d sure repairs were tried", sures)
	}
}

func verifier(t *testing.T, ctl *controle.Controleur, nom, abime string, c controle.Correction) {
	t.Helper()
	repare := correction.Appliquer([]byte(abime), []controle.Correction{c})
	for _, a := range anomalies(ctl, repare) {
		if a.Pointeur != c.Pointeur {
			continue
		}
		if a.Code == c.Code || c.Sure && a.Gravite >= modele.Erreur {
			t.Errorf("%s: %s (sure %t), and yet %s %s", nom, c.In(modele.Francais), c.Sure, a.Code, a.Message)
		}
	}
}

// Several damages at once: after a repair nothing sure is left, no sure repair has left its anomaly, and the lines of
// the file are as many.
func TestSuresReparationsEnsemble(t *testing.T) {
	t.Parallel()
	base := bases()[1]
	lieux, ctl := valeurs(t, []byte(base)), preparer()
	rapid.Check(t, func(t *rapid.T) {
		abime, fin := "", 0
		for i, lieu := range lieux {
			if rapid.IntRange(0, 5).Draw(t, fmt.Sprint(i)) > 0 {
				continue
			}
			d := rapid.SampledFrom(degats).Draw(t, "dégât")
			abime += base[fin:lieu[0]] + d.faire(base[lieu[0]:lieu[1]])
			fin = lieu[1]
		}
		abime += base[fin:]
		r := correction.Corriger(ms1dui.Courante(), []byte(abime), controle.Options{}, jsondoc.Limits{}, false)
		for _, c := range ctl.Controler(r.Octets, controle.Options{}).Corrections() {
			if c.Sure {
				t.Fatalf("%s is left: %s", c.Code, c.In(modele.Francais))
			}
		}
		for _, a := range anomalies(ctl, r.Octets) {
			for _, c := range r.Faites {
				if a.Code == c.Code && a.Pointeur == c.Pointeur {
					t.Fatalf("%s, and yet %s %s", c.In(modele.Francais), a.Code, a.Message)
				}
			}
		}
		if strings.Count(abime, "\n") != strings.Count(string(r.Octets), "\n") {
			t.Fatal("the layout has changed")
		}
	})
}
