package suivi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/suivi"
)

// tout pages through a list to its end, then back to its beginning, and holds the two against each other.
func tout(t *testing.T, m *monde, f suivi.Filtre, n int) (cles []suivi.Cle) {
	t.Helper()
	var place *suivi.Cle
	for tour := 0; ; tour++ {
		p, err := m.Lister(t.Context(), f, place, false, n)
		if err != nil {
			t.Fatalf("%+v: %v", f, err)
		}
		for _, d := range p.Demandes {
			cles = append(cles, d.Cle)
		}
		if p.Apres == nil {
			break
		}
		if place = p.Apres; tour > 100 {
			t.Fatalf("%+v: no end", f)
		}
	}
	if len(cles) == 0 {
		return nil
	}
	place = &suivi.Cle{Depot: cles[len(cles)-1].Depot, Rang: -1}
	var retour []suivi.Cle
	for place != nil {
		p, err := m.Lister(t.Context(), f, place, true, n)
		if err != nil {
			t.Fatalf("%+v, back: %v", f, err)
		}
		var partie []suivi.Cle
		for _, d := range p.Demandes {
			partie = append(partie, d.Cle)
		}
		retour = append(partie, retour...)
		place = p.Avant
	}
	if !slices.Equal(cles, retour) {
		t.Errorf("%+v: %v, and back %v", f, cles, retour)
	}
	return cles
}

// What is listed is what the filter says, newest first, each once, whatever the size of the parts; nothing of
// another supplier.
func TestLists(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, autre := m.fournisseur(t, "00000000100008"), m.fournisseur(t, "00000000200006")
		hier, aujourdhui := m.horloge.AddDate(0, 0, -1), m.horloge
		m.horloge = hier
		un := m.deposer(t, f, "JSON-ANS0000001-20261123-001.json", 0, 3)
		m.deposer(t, autre, "JSON-ANS0000002-20261123-001.json", 0, 3)
		m.horloge = aujourdhui
		deux := m.deposer(t, f, "JSON-ANS0000001-20261124-001_100%.json", 10, 4)
		m.changer(t, f, deux, etat.Complete, etat.Programme, "", 1, 2)
		m.changer(t, f, deux, etat.Retiree, etat.Fournisseur, "double", 2)
		cles := func(depot int64, rangs ...int) (c []suivi.Cle) {
			for _, r := range rangs {
				c = append(c, suivi.Cle{Depot: depot, Rang: r})
			}
			return c
		}
		jour := func(t time.Time) time.Time { return t }
		for _, x := range []struct {
			f    suivi.Filtre
			want []suivi.Cle
		}{
			{suivi.Filtre{}, append(cles(deux, 3, 2, 1, 0), cles(un, 2, 1, 0)...)},
			{suivi.Filtre{Depot: un}, cles(un, 2, 1, 0)},
			{suivi.Filtre{Etat: etat.Incomplete}, append(cles(deux, 3, 0), cles(un, 2, 1, 0)...)},
			{suivi.Filtre{Etat: etat.Complete}, cles(deux, 1)},
			{suivi.Filtre{Etat: etat.Retiree}, cles(deux, 2)},
			{suivi.Filtre{Etat: etat.Payee}, nil},
			{suivi.Filtre{Du: jour(aujourdhui)}, cles(deux, 3, 2, 1, 0)},
			{suivi.Filtre{Au: jour(hier)}, cles(un, 2, 1, 0)},
			{suivi.Filtre{Du: jour(hier), Au: jour(aujourdhui), Etat: etat.Complete}, cles(deux, 1)},
			{suivi.Filtre{Au: jour(hier.AddDate(0, 0, -1))}, nil},
			{suivi.Filtre{Texte: numeroEditeur(11)}, cles(deux, 1)},
			{suivi.Filtre{Texte: " " + etatessai.NumeroASP(un, 2) + " "}, cles(un, 2)},
			{suivi.Filtre{Texte: etatessai.NumeroASP(un+1, 0)}, nil}, // another's
			{suivi.Filtre{Texte: "990000012"}, cles(deux, 2)},
			{suivi.Filtre{Texte: "990000012", Etat: etat.Incomplete}, nil},
			{suivi.Filtre{Texte: "20261123"}, cles(un, 2, 1, 0)},
			{suivi.Filtre{Texte: "_100%"}, cles(deux, 3, 2, 1, 0)},
			{suivi.Filtre{Texte: "%"}, cles(deux, 3, 2, 1, 0)},
			{suivi.Filtre{Texte: "json-ans"}, append(cles(deux, 3, 2, 1, 0), cles(un, 2, 1, 0)...)},
			{suivi.Filtre{Texte: `'; DROP TABLE demande; --\`}, nil},
			{suivi.Filtre{Texte: "json-ans", Etat: etat.Incomplete}, append(cles(deux, 3, 0), cles(un, 2, 1, 0)...)},
		} {
			x.f.Fournisseur = f
			for _, n := range []int{1, 2, 50} {
				if got := tout(t, m, x.f, n); !slices.Equal(got, x.want) {
					t.Errorf("%+v by %d: %v, want %v", x.f, n, got, x.want)
				}
			}
		}
	})
}

// A part of a name is found whatever its capitals, its accents and how they are stored, numbers however they are parted; all that
// is typed is letters.
func TestSearchByPart(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		creche := m.deposer(t, f, "Crèche des Lilas (100 %).json", 0, 1)
		coeur := m.deposer(t, f, "L’\u0152uvre du cœur_sacre\u0301.json", 10, 1)
		for texte, want := range map[string]int64{
			"creche": creche, "CRÈCHE": creche, "cre\u0300che DES": creche, "ILAS": creche, "Lilas": creche, "  lilas   (100": creche, "100 %": creche,
			"oeuvre": coeur, "l'œuvre": coeur, "COEUR": coeur, "sacré": coeur, "r_s": coeur, "s_l": 0, "0%": 0, `\`: 0, `"`: 0, "'": coeur,
			"990 000\u00a0010": coeur, "0000 10": coeur, "90000010": coeur, strings.ToLower(numeroEditeur(10)): coeur, numeroEditeur(10)[1:]: coeur, strings.ToLower(numeroEditeur(10)[2:]): coeur,
			strings.ToLower("asp-" + fmt.Sprint(coeur)): coeur, "Asp - " + fmt.Sprint(creche): creche, "lilas": creche, "cœur": coeur, " 9900 00000 ": creche, numeroEditeur(10)[:2] + " " + numeroEditeur(10)[2:]: coeur,
			strings.ToLower(etatessai.NumeroASP(coeur, 0)): coeur, strings.ReplaceAll(etatessai.NumeroASP(creche, 0), "-", " - "): creche,
		} {
			var veut []suivi.Cle
			if want != 0 {
				veut = []suivi.Cle{{Depot: want}}
			}
			if got := tout(t, m, suivi.Filtre{Fournisseur: f, Texte: texte}, 50); !slices.Equal(got, veut) {
				t.Errorf("%q: %v, want %v", texte, got, veut)
			}
		}
	})
}

// A search that looks at a bounded part says so, and goes on where it stopped.
func TestBoundedSearch(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	for i := range 210 {
		m.deposer(t, f, fmt.Sprintf("JSON-ANS0000001-20261124-%03d.json", i), i*100, 100)
	}
	for _, x := range []suivi.Filtre{{Texte: "990000001"}, {Texte: "990000001", Etat: etat.Incomplete}, {Texte: "20261124-000"}} {
		x.Fournisseur = f
		p, err := m.Lister(t.Context(), x, nil, false, 50)
		if err != nil {
			t.Fatal(err)
		}
		if x.Texte == "990000001" && (len(p.Demandes) > 0 || !p.Partielle || p.Apres == nil) {
			t.Errorf("%+v: %d found at once", x, len(p.Demandes))
		}
		if cles := tout(t, m, x, 50); len(cles) == 0 {
			t.Errorf("%+v: nothing found", x)
		}
	}
}
