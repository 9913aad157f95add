package valeur_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"guichet/valeur"
)

// Each digit weighs as the key of Luhn has it, in both kinds of places: one check digit is right, and no other sign counts.
func TestChaqueChiffreDeLaCle(t *testing.T) {
	t.Parallel()
	for d := range 10 {
		double := 2*d/10 + 2*d%10
		for derriere, poids := range map[string]int{"": double, "0": d} {
			for cle := range 10 {
				numero := fmt.Sprintf("%d%s%d", d, derriere, cle)
				want := (poids+cle)%10 == 0
				if juste, chiffres := valeur.Luhn([]byte(numero)); juste != want || !chiffres {
					t.Errorf("%s: %t", numero, juste)
				}
			}
		}
	}
	for _, autre := range []string{"01000001:", "01000001/", "0100000 8", "/10000016"} {
		if _, chiffres := valeur.Luhn([]byte(autre)); chiffres {
			t.Errorf("%q is made of digits", autre)
		}
	}
}

// Months and days by each of their names.
func TestNomsDuCalendrier(t *testing.T) {
	t.Parallel()
	for i, noms := range []string{
		"janvier janv. jan. january", "février févr. fév february feb", "mars mar. march", "avril avr. april apr", "mai may", "juin june jun.", "juillet juil. july jul",
		"août aou. august aug", "septembre sept. sep september", "octobre oct. october", "novembre nov. november", "décembre déc. dec december",
	} {
		want := fmt.Sprintf("12/%02d/2023", i+1)
		for nom := range strings.FieldsSeq(noms) {
			e := valeur.LireEcrite("12 " + nom + " 2023")
			if got := strings.Join(e.Lectures(), " "); got != want || e.Courte || e.Ordres != valeur.ToutOrdre {
				t.Errorf("%s: %s, want %s (%+v)", nom, got, want, e)
			}
			if e := valeur.LireEcrite(strings.TrimSuffix(nom, ".") + " 12, 2023"); strings.Join(e.Lectures(), " ") != want {
				t.Errorf("%s 12: %v", nom, e.Lectures())
			}
		}
	}
	for i, noms := range []string{"dimanche dim. sunday sun", "lundi lun. monday mon", "mardi mar. tuesday tue", "mercredi mer. wednesday wed", "jeudi jeu. thursday thu", "vendredi ven. friday fri", "samedi sam. saturday sat"} {
		jour := time.Date(2023, 10, 1+i, 0, 0, 0, 0, time.UTC) // 1 October was a Sunday
		for nom := range strings.FieldsSeq(noms) {
			for ecart, want := range map[int]bool{0: true, 1: false} {
				ecrit := nom + " " + jour.AddDate(0, 0, ecart).Format("2") + " octobre 2023"
				if e := valeur.LireEcrite(ecrit); (len(e.Lectures()) == 1) != want {
					t.Errorf("%s: %v", ecrit, e.Lectures())
				}
			}
		}
	}
}

// Years at the borders of what eight figures can mean, and of the calendar.
func TestAnneesAuBord(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{
		"19001025": "25/10/1900", "18991025": "", "20991231": "31/12/2099", "21001231": "", "21101899": "21/10/1899", "02/01/0001": "02/01/0001 01/02/0001", "02/01/0000": "", "0001-01-02": "02/01/0001",
		"31/12/1999": "31/12/1999", "2023-10": "", "20": "", "": "",
	} {
		e := valeur.LireEcrite(ecrit)
		if got := strings.Join(e.Lectures(), " "); got != want {
			t.Errorf("%q reads as %q, want %q", ecrit, got, want)
		}
	}
}

// The day in Paris, to the minute of the zone and in years whose April begins on a Sunday.
func TestInstantsAuBord(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{
		"2023-09-12T03:15:00+05:30": "11/09/2023", "2023-09-12T03:30:00+05:30": "", "2023-09-11T18:30:00-03:30": "12/09/2023", "2023-09-11T18:29:00-03:30": "",
		"25/09/2023 23:00:00Z": "26/09/2023", "2029-03-26T22:30:00Z": "27/03/2029", "2029-03-24T22:30:00Z": "", "2029-10-28T22:30:00Z": "", "2028-10-28T22:30:00Z": "29/10/2028",
	} {
		e := valeur.LireEcrite(ecrit)
		if len(e.Lectures()) != 1 || e.AParis() != want {
			t.Errorf("%q is %q in Paris, want %q (%v)", ecrit, e.AParis(), want, e.Lectures())
		}
	}
}

// What is not read is nothing: no day, no amount, and no certainty.
func TestRienDeLu(t *testing.T) {
	t.Parallel()
	for _, ecrit := range []string{"", "2023-10-02", "0a/10/2023", "01-10-2023"} {
		if jour, _, _ := valeur.LireDate([]byte(ecrit)); jour != 0 {
			t.Errorf("%q: day %d", ecrit, jour)
		}
	}
	for _, ecrit := range []string{"", "1.0", "1:0.00", "1/.00", "a.00", "1e3.00", "1.0a"} {
		if n, ok := valeur.Centimes([]byte(ecrit)); n != 0 || ok {
			t.Errorf("%q: %d cents", ecrit, n)
		}
	}
	for _, ecrit := range []string{"", "poste 12", "199004567", "+33 1 99 00 45", "01 99 00 45 67 poste 2"} {
		if n, certain := valeur.Telephone(ecrit); n != "" || certain {
			t.Errorf("%q: %q, certain %t", ecrit, n, certain)
		}
	}
}

// A name is near with a third of its letters wrong, not with more.
func TestProcheAuTiers(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{"moxxant": "montant", "moxxxnt": "", "regixxxx": "", "regimxxA": "regimeTVA", "regimxxxA": "regimeTVA", "regixxxxA": ""} {
		if got := valeur.Proche(ecrit, []string{"montant", "regimeTVA"}); got != want {
			t.Errorf("%s: %q, want %q", ecrit, got, want)
		}
	}
}

// The prefix of a country alone is no number, be it of one, two or three digits (E.164).
func TestIndicatifsDeChaqueLongueur(t *testing.T) {
	t.Parallel()
	deux := "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"
	for i := range 100 {
		p := fmt.Sprintf("%02d", i)
		longueur := 3
		switch {
		case strings.ContainsAny(p[:1], "017"):
			longueur = 1
		case strings.Contains(deux, p):
			longueur = 2
		}
		indicatif := (p + "3")[:longueur]
		if valeur.SuitIndicatif([]byte("+"+indicatif)) || !valeur.SuitIndicatif([]byte("+"+indicatif+"5")) {
			t.Errorf("the prefix +%s has %d digits", indicatif, longueur)
		}
	}
}
