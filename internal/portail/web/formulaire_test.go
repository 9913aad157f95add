package web_test

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"guichet/internal/portail/web"
	"guichet/modele"
)

func saisi(champ, valeur string) *web.Formulaire {
	f := &web.Formulaire{}
	f.Garder(url.Values{champ: {valeur}})
	return f
}

// ASVS 1.4.2: amounts that do not fit are refused.
func TestAmountsAndDates(t *testing.T) {
	t.Parallel()
	for texte, want := range map[string]int64{
		"": 0, "0": 0, "12": 1200, "1 234,56": 123456, "1\u00a0234,5 €": 123450, "1\u202f234.56": 123456, "999999999999,99": 99999999999999,
	} {
		if f := saisi("m", texte); f.Centimes("m") != want || !f.Valide() {
			t.Errorf("%q: %d %v", texte, f.Centimes("m"), f.Fautes)
		}
	}
	for _, texte := range []string{"-1", "1,234", "1e3", "NaN", "1234567890123", "1,2,3", "douze", "１２", "12 34,5", "1 23", "1234 567", "1  234", "1 234 5", "1,5 0"} {
		if f := saisi("m", texte); f.Centimes("m") != 0 || f.Valide() {
			t.Errorf("%q is an amount", texte)
		}
	}
	for texte, want := range map[string]string{"31/01/2026": "2026-01-31", "1/2/2026": "2026-02-01", "2026-02-01": "2026-02-01", "01.02.2026": "2026-02-01"} {
		if f := saisi("d", texte); f.Date("d").Format("2006-01-02") != want || !f.Valide() {
			t.Errorf("%q: %v", texte, f.Fautes)
		}
	}
	for _, texte := range []string{"30/02/2026", "01/13/2026", "hier", "2026"} {
		if f := saisi("d", texte); !f.Date("d").IsZero() || f.Valide() || !strings.HasPrefix(f.Fautes[0].Texte.Fr, "« "+texte+" » n'est pas une date") {
			t.Errorf("%q is a date, or is not told back: %v", texte, f.Fautes)
		}
	}
	f := saisi("m", strings.Repeat("douze ", 20)+"\u202e")
	if f.Centimes("m"); !strings.HasPrefix(f.Fautes[0].Texte.Fr, "« douze douze douze douze douze … » n'est pas un montant") {
		t.Errorf("%v", f.Fautes)
	}
}

// What is written in a field comes without what nobody types.
// ASVS 1.3.3.
func TestValuesAreClean(t *testing.T) {
	t.Parallel()
	if v := saisi("x", " \x00a\r\nb\x1b[31m\u0085\xff ").Valeur("x"); v != "a\nb[31m\uFFFD" {
		t.Errorf("%q", v)
	}
	f := saisi("x", strings.Repeat("é", 11))
	if f.Requis("x", 10, modele.Texte{Fr: "le nom", En: "the name"}); f.Valide() || !strings.Contains(f.Fautes[0].Texte.Fr, "vous en avez écrit 11") {
		t.Errorf("faults %v", f.Fautes)
	}
}

// An amount is written so that it is read again as it was.
func TestAmountsAreReadAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 99_999_999_999_999).Draw(t, "cents")
		f := saisi("m", web.Montant(n).Fr)
		if got := f.Centimes("m"); got != n || !f.Valide() {
			t.Errorf("%d is written %q and read %d", n, web.Montant(n).Fr, got)
		}
	})
}

func TestWriting(t *testing.T) {
	t.Parallel()
	for got, want := range map[modele.Texte]modele.Texte{
		web.Montant(-123456):    {Fr: "-1\u00a0234,56\u00a0€", En: "-€1,234.56"},
		web.Montant(5):          {Fr: "0,05\u00a0€", En: "€0.05"},
		web.Nombre(1_000_000):   {Fr: "1\u00a0000\u00a0000", En: "1,000,000"},
		web.Taille(999):         {Fr: "999\u00a0o", En: "999\u00a0B"},
		web.Taille(1500):        {Fr: "1,5\u00a0ko", En: "1.5\u00a0kB"},
		web.Taille(200_000_000): {Fr: "200\u00a0Mo", En: "200\u00a0MB"},
	} {
		if got != want {
			t.Errorf("%+q, want %+q", got, want)
		}
	}
}
