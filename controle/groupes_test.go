package controle_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"guichet/controle"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// Groups have all that the whole report has: the same counts, the same anomalies in the same words.
func TestGroupes(t *testing.T) {
	t.Parallel()
	octets := corpus.Fichier(corpus.Forme{Demandes: 60, OGs: 1, ESMS: 2, Indente: true, Fautives: 3})
	octets = []byte(strings.Replace(string(octets), `"dateCommande": "`, `"dateCommande": "x`, 25))
	r := controle.Preparer(ms1dui.Courante(), jsondoc.Limits{}).Controler(octets, controle.Options{
		Nom: "JSON-ANS0000001-20231002-001.json", Aujourdhui: time.Date(2023, 10, 2, 12, 0, 0, 0, time.UTC),
	})
	f := r.Fichier(modele.Francais)
	groupes, tous := r.Groupes(modele.Francais, 100, 3)
	if len(groupes) != tous || tous < 2 {
		t.Fatalf("%d groups of %d", len(groupes), tous)
	}
	reste := map[string]int{} // anomalies of the report that no group told
	for o := range f.All() {
		reste[o.Code+o.Balise+o.Message+o.Pointeur+o.Aide+o.Extrait.Texte]++
	}
	somme := 0
	for _, g := range groupes {
		somme += g.Nombre
		if len(g.Trouvees) != min(3, g.Nombre) || g.Titre == "" || g.Demandes == 0 || g.Demandes > g.Nombre {
			t.Errorf("%+v", g)
		}
		for debut := 0; debut < g.Nombre; debut += 7 {
			partie, ok := r.Groupe(g.Code, g.Balise, debut, 7, modele.Francais)
			if !ok || partie.Nombre != g.Nombre || partie.Demandes != g.Demandes {
				t.Fatalf("%s %s from %d: %+v", g.Code, g.Balise, debut, partie)
			}
			for _, x := range partie.Trouvees {
				d := f.Demandes[x.Rang]
				if x.NumLigne != d.NumLigne || x.NumeroEditeur != *d.NumeroEditeur {
					t.Errorf("demande %d %s, want %d %s", x.NumLigne, x.NumeroEditeur, d.NumLigne, *d.NumeroEditeur)
				}
				reste[x.Code+x.Balise+x.Message+x.Pointeur+x.Aide+x.Extrait.Texte]--
			}
		}
	}
	for quoi, n := range reste {
		if n != 0 {
			t.Errorf("%d times too few: %s", n, quoi)
		}
	}
	if n := f.Comptes(); r.Comptes() != n || n.Somme() != somme {
		t.Errorf("%v and %d, want %v", r.Comptes(), somme, n)
	}
	if _, ok := r.Groupe("F999", "", 0, 1, modele.Francais); ok {
		t.Error("a group that is not there")
	}
}

// The heaviest come first, and of those the most frequent; the one that the portal reports is marked.
func TestOrdreDesGroupes(t *testing.T) {
	t.Parallel()
	octets := corpus.Fichier(corpus.Forme{Demandes: 30, OGs: 1, ESMS: 2, Fautives: 2})
	r := controle.Controler(ms1dui.Courante(), octets, controle.Options{Nom: "JSON-ANS0000001-20231002-001.json", NomConnu: true})
	groupes, tous := r.Groupes(modele.Anglais, 2, 1)
	if len(groupes) != min(2, tous) {
		t.Fatalf("%d groups, want 2 of %d", len(groupes), tous)
	}
	toutes, _ := r.Groupes(modele.Anglais, tous, 1)
	for i, g := range toutes[1:] {
		if p := toutes[i]; p.Gravite < g.Gravite || p.Gravite == g.Gravite && p.Nombre < g.Nombre {
			t.Errorf("%s %d before %s %d", p.Code, p.Nombre, g.Code, g.Nombre)
		}
	}
	if !toutes[0].Trouvees[0].Premiere {
		t.Errorf("%+v", toutes[0].Trouvees[0])
	}
}

// Of a file that the portal rejects as a whole, the anomaly for which it does is marked, be it the first of all.
func TestGroupeQuiRejette(t *testing.T) {
	t.Parallel()
	octets := bytes.Replace(corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1}), []byte(`"00000000100008"`), []byte(`""`), 1)
	r := controle.Controler(ms1dui.Courante(), octets, controle.Options{Nom: "JSON-ANS0000001-20231002-001.json", NomConnu: true})
	groupes, tous := r.Groupes(modele.Francais, 50, 3)
	var premieres []string
	for _, g := range groupes {
		for _, x := range g.Trouvees {
			if x.Premiere {
				premieres = append(premieres, x.Balise)
			}
		}
	}
	if len(premieres) != 1 || premieres[0] != "SIRET" {
		t.Errorf("marked: %v, of %d groups", premieres, tous)
	}
}

// A file that has too many anomalies keeps the count of all.
func TestGroupesDUnFichierHostile(t *testing.T) {
	t.Parallel()
	octets := []byte(`{"x":1,` + strings.Repeat(`"y":2,`, 30_000) + `"z":3}`)
	r := controle.Controler(ms1dui.Courante(), octets, controle.Options{})
	groupes, tous := r.Groupes(modele.Francais, 5, 3)
	if len(groupes) > 5 || tous < 2 || r.Comptes().Somme() < 30_000 {
		t.Errorf("%d of %d groups, %v", len(groupes), tous, r.Comptes())
	}
}

func TestReparable(t *testing.T) {
	t.Parallel()
	for octets, want := range map[string]bool{
		string(corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1})):            false,
		"\ufeff" + string(corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1})): true,
	} {
		if got := controle.Controler(ms1dui.Courante(), []byte(octets), controle.Options{}).Reparable(); got != want {
			t.Errorf("%.20q: %v", octets, got)
		}
	}
}
