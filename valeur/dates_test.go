package valeur_test

import (
	"strings"
	"testing"

	"guichet/valeur"
)

// What a written date can mean: all of it, and nothing else.
func TestLireEcrite(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{
		"2023-10-02": "02/10/2023", "2023/10/02": "02/10/2023", "2023.10.2": "02/10/2023", "20231002": "02/10/2023", "02102023": "02/10/2023 10/02/2023",
		"25102023": "25/10/2023", "02/10/2023": "02/10/2023 10/02/2023", "2.10.2023": "02/10/2023 10/02/2023", "25-10-2023": "25/10/2023",
		"10/25/2023": "25/10/2023", "31/02/2023": "", "29/02/2024": "29/02/2024", "29/02/2023": "", "0/10/2023": "", "13/13/2023": "", "2023-13-01": "",
		"02/10/23": "02/10/2023 10/02/2023", "25/10/23": "25/10/2023 23/10/2025", "31/10/23": "31/10/2023", "23-10-02": "02/10/2023",
		"02/10/19": "", "02/10/30": "", "02/10/29": "02/10/2029 10/02/2029", "02/10/20": "02/10/2020 10/02/2020", "2/10/123": "", "123/10/2": "",
		"2023-10-023": "", "02/10-2023": "", "02/10": "",
		"2 octobre 2023": "02/10/2023", "1er août 2023": "01/08/2023", "2 OCT. 2023": "02/10/2023", "2-oct-23": "02/10/2023", "02-oct.-2023": "02/10/2023",
		"23-oct-24": "23/10/2024 24/10/2023", "lundi 2 octobre 2023": "02/10/2023", "mardi 2 octobre 2023": "", "xyz 2 octobre 2023": "", "2 brumaire 2023": "",
		"October 2, 2023": "02/10/2023", "Mon, Oct 2nd, 2023": "02/10/2023", "Tue Oct 2 2023": "", "31 avril 2023": "", "mar. 3 oct. 2023": "03/10/2023",
		"2023-10-02 23:59:59": "02/10/2023", "2023-10-02T00:00:00.000": "02/10/2023", "02/10/2023 à 14h30": "02/10/2023 10/02/2023",
		"2023-10-02 24:00": "", "2023-10-02 12:60": "", "2023-10-02 12:00:60": "", "2023-10-02T12:00 CET": "", "2023-10-02 2:30 PM": "",
		"": "", "hier": "", "45184": "", strings.Repeat("1", 200): "",
	} {
		e := valeur.LireEcrite(ecrit)
		if got := strings.Join(e.Lectures(), " "); got != want {
			t.Errorf("%q reads as %q, want %q", ecrit, got, want)
		}
		if (e.Ordres == 0) != (want == "") {
			t.Errorf("%q: orders %b", ecrit, e.Ordres)
		}
	}
}

// A time is dropped; an instant with a zone is only certain where it is the same day in Paris.
func TestInstant(t *testing.T) {
	t.Parallel()
	for ecrit, want := range map[string]string{
		"2023-09-12T00:00:00": "", "2023-09-12T12:00:00Z": "", "2023-09-11T22:00:00Z": "12/09/2023", "2023-09-11T21:59:59Z": "", "2023-12-11T22:59Z": "",
		"2023-12-11T23:00Z": "12/12/2023", "2023-09-12T00:00:00+02:00": "", "2023-09-12T01:30:00+02": "", "2023-09-12T01:30:00+0400": "11/09/2023",
		"2023-09-12T23:00:00-05:00": "13/09/2023", "2023-09-12 22:30:00 UTC": "13/09/2023", "2023-09-12 22:30 GMT": "13/09/2023", "2023-09-12T00:15:00+05:30": "11/09/2023",
		"2023-03-25T23:30:00Z": "26/03/2023", "2023-03-26T22:30:00Z": "27/03/2023", "2023-03-26T00:59:00Z": "", "2023-03-25T22:30:00Z": "",
		"2023-10-28T22:30:00Z": "29/10/2023", "2023-10-29T22:30:00Z": "", "2023-10-29T23:00:00Z": "30/10/2023",
	} {
		e := valeur.LireEcrite(ecrit)
		if len(e.Lectures()) != 1 || e.AParis() != want {
			t.Errorf("%q is %q in Paris, want %q (%v)", ecrit, e.AParis(), want, e.Lectures())
		}
	}
	for ecrit, want := range map[string]bool{"2023-09-12": false, "2023-09-12T00:00:00": false, "2023-09-12 00:00:01": true, "12/09/2023 00:01": true, "2023-09-12T10:00Z": true} {
		if e := valeur.LireEcrite(ecrit); e.Heure != want {
			t.Errorf("%q: time %t", ecrit, e.Heure)
		}
	}
}

func TestSelon(t *testing.T) {
	t.Parallel()
	e := valeur.LireEcrite("22/10/23")
	if e.Selon(valeur.JourMois) != "22/10/2023" || e.Selon(valeur.MoisJour) != "" || e.Selon(valeur.AnneeMois) != "23/10/2022" || !e.Courte {
		t.Errorf("%+v", e)
	}
	if e = valeur.LireEcrite("2023-10-22"); e.Selon(valeur.MoisJour) != "22/10/2023" || e.Courte || e.Ordres != valeur.ToutOrdre {
		t.Errorf("%+v", e)
	}
}
