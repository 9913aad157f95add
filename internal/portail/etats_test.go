package portail

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

// How many demandes are in a state is one figure: on the agency's home, among its figures, and in the list that both lead to.
func TestOneFigureForAState(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	victor := b.entrer(t, "decision@")
	numero := b.aValider(t)
	poster(t, victor, "/travail/"+numero, "/travail/"+numero+"/decision", map[string][]string{}).Attendre(t, 303) // is told of by the counter later
	tous, err := b.suivis.Etats(t.Context(), compte.Agence)
	if err != nil {
		t.Fatal(err)
	}
	accueil, chiffres := victor.Ouvrir("/accueil").Corps, victor.Ouvrir("/chiffres").Corps
	vus := 0
	for _, x := range tous {
		if x.Etat == etat.Incomplete {
			if r := victor.Ouvrir("/accueil"); x.Nombre > 0 && !strings.Contains(r.Corps, `href="/sans-pieces"`) {
				t.Error("those that lack documents lead elsewhere")
			}
			continue
		}
		liste, err := b.examens.Lister(t.Context(), instruction.Filtre{File: instruction.Toutes, Etat: x.Etat}, nil, 1000)
		if err != nil || int64(len(liste.Dossiers)) != x.Nombre {
			t.Errorf("%s: the list has %+v, the figure is %d, %v", x.Etat, liste, x.Nombre, err)
		}
		if x.Nombre == 0 {
			continue
		}
		vus++
		lien := regexp.MustCompile(`href="/travail\?file=toutes&amp;etat=` + string(x.Etat) + `"[^>]*>` + fmt.Sprint(x.Nombre) + `<`)
		if !lien.MatchString(accueil) || !lien.MatchString(chiffres) {
			t.Errorf("%s: %d is not on the home page (%v) or among the figures (%v)", x.Etat, x.Nombre, lien.MatchString(accueil), lien.MatchString(chiffres))
		}
	}
	if vus < 6 {
		t.Errorf("%d states", vus)
	}
}

// Each thing that waits leads to the list that it counts.
func TestWhatWaitsLeadsToWhatItCounts(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	denis := b.entrer(t, "deposant@editeur")
	accueil := denis.Ouvrir("/accueil")
	m := regexp.MustCompile(`href="(/lettres[^"]*)">(\d+) lettres? de décision à lire`).FindStringSubmatch(accueil.Corps)
	if m == nil {
		t.Fatalf("no letter to be read:\n%.2000s", accueil.Texte())
	}
	if n := lignesDe(denis.Ouvrir(m[1]).Corps, `href="/lettres/2`); fmt.Sprint(n) != m[2] {
		t.Errorf("%s has %d letters, %s are counted", m[1], n, m[2])
	}
	denis.Ouvrir("/lettres?file=poste").Attendre(t, 422, "Le filtre « file » demande « poste », qui n'existe pas")
}
