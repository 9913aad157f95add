package referentiel_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"guichet/internal/corpus"
	"guichet/modele"
	"guichet/referentiel"
)

const premiereLigne = "finess;etalab;98;2024-01-10\n"

// etablissement is a line of the extract with so many columns.
func etablissement(et, ej, nom string, colonnes int) string {
	champs := make([]string, colonnes)
	copy(champs, []string{"structureet", et, ej, nom})
	champs[13], champs[18], champs[20], champs[22] = "99", "500", "4401", "00000000100008"
	return strings.Join(champs, ";") + "\n"
}

func lire(t testing.TB, texte string) *referentiel.Finess {
	t.Helper()
	f, err := referentiel.LireFiness(strings.NewReader(texte), referentiel.Origine{Fichier: "f.csv"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFiness(t *testing.T) {
	t.Parallel()
	f := lire(t, premiereLigne+
		etablissement("990000042", "990000018", "RÉSIDENCE D'EXEMPLE", 32)+
		etablissement("990000026", "990000018", "RÉSIDENCE DES ESSAIS", 31)+
		strings.Replace(etablissement("2A0000002", "2A0000001", "FOYER", 34), "4401", "1102", 1)+
		"geolocalisation;990000026;1;2;3;2024-01-08\n\n")
	e, ok := f.Etablissement("990000042")
	if want := (referentiel.Etablissement{ET: "990000042", EJ: "990000018", SIRET: "00000000100008", Nom: "RÉSIDENCE D'EXEMPLE"}); !ok || e != want {
		t.Errorf("%+v", e)
	}
	if _, ok := f.Etablissement("990000018"); ok || f.EJ([]byte("99")) != nil || f.EJ(nil) != nil {
		t.Error("a number that no établissement has is found")
	}
	if !f.ConnaitEJ([]byte("2A0000001")) || f.ConnaitEJ([]byte("990000026")) {
		t.Error("the FINESS juridiques are others")
	}
	if n, sanitaire, absent := f.ESMS([]byte("990000018")), f.ESMS([]byte("2A0000001")), f.ESMS([]byte("990000034")); n != 2 || sanitaire != 0 || absent != 0 {
		t.Errorf("%d ESMS, %d in health care, %d of an OG that is not there", n, sanitaire, absent)
	}
	m := f.Meta()
	if m.Lignes != 3 || m.Valide.Format(time.DateOnly) != "2024-01-10" || len(m.SHA256) != 64 || m.Registre != referentiel.NomFiness {
		t.Errorf("%+v", m)
	}
}

// Both encodings, a byte order mark, carriage returns and quotes give the same register.
func TestEncodagesFiness(t *testing.T) {
	t.Parallel()
	utf8 := premiereLigne + etablissement("990000042", "990000018", "RÉSIDENCE « L'ÉTÉ » ŒUVRE", 32)
	windows, err := charmap.Windows1252.NewEncoder().String(utf8)
	if err != nil {
		t.Fatal(err)
	}
	for nom, texte := range map[string]string{
		"utf-8": utf8, "windows-1252": windows, "bom": "\ufeff" + utf8, "cr": strings.ReplaceAll(utf8, "\n", "\r\n"),
		"sans fin de ligne": strings.TrimSuffix(utf8, "\n"),
		"guillemets":        strings.ReplaceAll(strings.ReplaceAll(utf8, "RÉSIDENCE", `"RÉSIDENCE`), "ŒUVRE", `ŒUVRE"`),
	} {
		if e, _ := lire(t, texte).Etablissement("990000042"); !strings.HasPrefix(e.Nom, "RÉSIDENCE « L'ÉTÉ »") || e.SIRET != "00000000100008" {
			t.Errorf("%s: %+v", nom, e)
		}
	}
}

// A long name is cut between letters; a quote inside of one is a letter; of two lines the last one counts.
func TestNomsFiness(t *testing.T) {
	t.Parallel()
	f := lire(t, premiereLigne+etablissement("990000042", "990000018", "AVANT", 32)+
		etablissement("990000042", "990000034", strings.Repeat("É", 40), 32)+etablissement("990000026", "990000018", `FOYER "LE TEST`, 32))
	if e, _ := f.Etablissement("990000042"); e.EJ != "990000034" || e.Nom != strings.Repeat("É", 15) {
		t.Errorf("%+v", e)
	}
	if e, _ := f.Etablissement("990000026"); e.Nom != `FOYER "LE TEST` || f.Meta().Lignes != 2 {
		t.Errorf("%+v, %d lines", e, f.Meta().Lignes)
	}
}

// casDates are where the validity date comes from: the first line, else the name, else the file.
var casDates = []struct{ premiere, fichier, attendu string }{
	{premiereLigne, "etalab-cs1100502-stock-20240311-0338.csv", "2024-01-10"},
	{"finess;etalab;98;11/01/2024\n", "f.csv", "2024-01-11"},
	{"finess;etalab\n", "etalab-cs1100502-stock-20240311-0338.csv", "2024-03-11"},
	{"", "finess_2024-03-12.csv", "2024-03-12"},
	{"", "finess.csv", "2024-05-06"},
	{"", "finess-20241399.csv", "2024-05-06"},
}

func TestDateDeValidite(t *testing.T) {
	t.Parallel()
	for _, c := range casDates {
		f, err := referentiel.LireFiness(strings.NewReader(c.premiere+etablissement("990000042", "990000018", "X", 32)),
			referentiel.Origine{Fichier: c.fichier, Modifie: time.Date(2024, 5, 6, 23, 59, 0, 0, time.UTC)})
		if err != nil || f.Meta().Valide.Format(time.DateOnly) != c.attendu {
			t.Errorf("%+v: %v, %v", c, f.Meta().Valide, err)
		}
	}
}

// casFautes are files that are no extract, or a damaged one: what is said in French.
var casFautes = []struct{ texte, dit string }{
	{"", `ligne 1 : "" trouvé, attendu : une ligne finess;etalab;…;date`},
	{premiereLigne, `ligne 1 : "finess;etalab;98;2024-01-10" trouvé`},
	{"PK\x03\x04\x00\xff", "ligne 1 : \"PK\\x03\\x04\\x00ÿ\" trouvé, attendu : une ligne finess"},
	{strings.Repeat("a", 70_000), "ligne 1 : \"" + strings.Repeat("a", 60) + "\" trouvé"},
	{premiereLigne + etablissement("9900000", "990000018", "X", 32), `ligne 2, nofinesset : "9900000" trouvé, attendu : 9 chiffres ou lettres`},
	{premiereLigne + etablissement("990000042", "", "X", 32), `ligne 2, nofinessej : "" trouvé`},
	{premiereLigne + etablissement("990000042", "990000018", "X", 30), `ligne 2, structureet : "30" trouvé, attendu : 32 colonnes`},
	{premiereLigne + etablissement("990000042", "990000018", "X", 35), `ligne 2, structureet : "> 34" trouvé`},
	{premiereLigne + etablissement("990000042", "990000018", "X", 32) + "autre;chose\n", `ligne 3 : "autre;chose" trouvé`},
	{premiereLigne + strings.Repeat("structureet;x\n", 12), "ligne 6, structureet : \"2\" trouvé, attendu : 32 colonnes séparées par des points-virgules ; et 7 autres lignes"},
}

func TestExtraitsFautifs(t *testing.T) {
	t.Parallel()
	for _, c := range casFautes {
		f, err := referentiel.LireFiness(strings.NewReader(c.texte), referentiel.Origine{})
		var faute interface{ In(modele.Langue) string }
		if f != nil || !errors.As(err, &faute) || !strings.Contains(faute.In(modele.Francais), c.dit) {
			t.Errorf("%.40q: %v does not say %q", c.texte, err, c.dit)
		}
	}
}

// What the reader cannot give is an error of its own, wrapped.
func TestLectureInterrompue(t *testing.T) {
	t.Parallel()
	for _, n := range referentiel.Noms() {
		r := io.MultiReader(strings.NewReader(premiereLigne), iotest.ErrReader(errors.ErrUnsupported))
		if r, err := referentiel.Lire(n, r, referentiel.Origine{}); !errors.Is(err, errors.ErrUnsupported) || r != nil {
			t.Errorf("%s: %v, %v", n, r, err)
		}
	}
}

// A number one slip away is proposed; where the OG is known, its own come alone.
func TestProches(t *testing.T) {
	t.Parallel()
	f := lire(t, premiereLigne+etablissement("990000042", "990000018", "X", 32)+etablissement("990000048", "990000075", "X", 32)+
		etablissement("990100040", "990000075", "X", 32)+etablissement("2A0000002", "2A0000001", "X", 32))
	for _, c := range []struct{ numero, ej, attendu string }{
		{"990000043", "", "990000042 990000048"},
		{"990000043", "990000075", "990000048"},
		{"990000024", "990000018", "990000042"}, // neighbours swapped
		{"990010040", "", "990100040"},
		{"2B0000002", "", "2A0000002"},
		{"200000002", "", "2A0000002"},
		{"990999999", "", ""},
		{"99000004", "", ""},
		{"9900000é", "", ""},
	} {
		if got := strings.Join(f.ProchesET(c.numero, c.ej), " "); got != c.attendu {
			t.Errorf("%s of %q: %q, want %q", c.numero, c.ej, got, c.attendu)
		}
	}
	if got := strings.Join(f.ProchesEJ("990000078", "990000042", "990000048"), " "); got != "990000018 990000075" && got != "990000075" {
		t.Errorf("of the FINESS juridique: %q", got)
	}
}

// All that the extract has is found, and nothing else: whatever the order of its lines and the encoding.
func TestToutEstTrouve(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		numero := rapid.StringMatching(`[0-9][0-9AB][0-9]{2}00000`)
		paires := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) [2]string {
			return [2]string{numero.Draw(t, "ET"), rapid.SampledFrom([]string{"990000018", "2A0000001", "010000008"}).Draw(t, "EJ")}
		}), 1, 60, func(p [2]string) string { return p[0] }).Draw(t, "établissements")
		texte, compte := premiereLigne, map[string]int{}
		for _, p := range paires {
			texte += etablissement(p[0], p[1], "X", 32)
			compte[p[1]]++
		}
		f, err := referentiel.LireFiness(strings.NewReader(texte), referentiel.Origine{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paires {
			if string(f.EJ([]byte(p[0]))) != p[1] {
				t.Fatalf("%s belongs to %s", p[0], f.EJ([]byte(p[0])))
			}
		}
		for ej, n := range compte {
			if f.ESMS([]byte(ej)) != n {
				t.Fatalf("%s has %d ESMS, not %d", ej, f.ESMS([]byte(ej)), n)
			}
		}
		autre := numero.Draw(t, "autre")
		if dedans := slices.ContainsFunc(paires, func(p [2]string) bool { return p[0] == autre }); dedans != (f.EJ([]byte(autre)) != nil) {
			t.Fatalf("%s: found %t", autre, !dedans)
		}
	})
}

// The maker of the corpus gives what the reader takes, in both encodings the same.
func TestCorpusFiness(t *testing.T) {
	t.Parallel()
	var noms []string
	for _, latin1 := range []bool{false, true} {
		f, err := referentiel.LireFiness(bytes.NewReader(corpus.Extrait{Etablissements: 1000, ParOG: 4, Latin1: latin1}.Octets()), referentiel.Origine{})
		if err != nil || f.Meta().Lignes != 1000 || f.ESMS([]byte(corpus.Finess(7))) != 4 {
			t.Fatalf("%v", err)
		}
		e, _ := f.Etablissement(corpus.Finess(500_027))
		noms = append(noms, fmt.Sprint(e))
	}
	if noms[0] != noms[1] || !strings.Contains(noms[0], "RÉSIDENCE D'EXEMPLE 27") {
		t.Errorf("%q", noms)
	}
}

// FuzzLireFiness holds the reader to what is true of any bytes: a register or an error, never both, and a
// register whose stored form is read back.
func FuzzLireFiness(f *testing.F) {
	f.Add([]byte(premiereLigne + etablissement("990000042", "990000018", "É", 32)))
	for _, c := range casFautes {
		f.Add([]byte(c.texte))
	}
	f.Fuzz(func(t *testing.T, octets []byte) {
		r, err := referentiel.LireFiness(bytes.NewReader(octets), referentiel.Origine{})
		if (r == nil) == (err == nil) {
			t.Fatalf("%v, %v", r, err)
		}
		if err == nil {
			relu := relire(t, r)
			if relu.Finess.Meta() != r.Meta() {
				t.Fatalf("%+v, read back %+v", r.Meta(), relu.Finess.Meta())
			}
		}
	})
}
