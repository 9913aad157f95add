package carnet

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A final answer stays, unless it is asked to give way; other news go forwards.
func TestJuger(t *testing.T) {
	t.Parallel()
	a1, a2 := Ligne{Etat: Acceptee, NumeroASP: "A1", Code: "0000"}, Ligne{Etat: Acceptee, NumeroASP: "A2", Code: "0000"}
	rejet, rien := Ligne{Etat: Rejetee, Code: "E1"}, Ligne{Etat: SansReponse}
	reponse := func(e Etat, asp, code string) Reponse { return Reponse{Etat: e, NumeroASP: asp, Code: code} }
	for _, c := range []struct {
		avant      Reponse
		l          Ligne
		genre      Genre
		apres      Reponse
		revirement bool
	}{
		{reponse(Preparee, "", ""), rien, GenreEtat, reponse(SansReponse, "", ""), false},
		{reponse(Preparee, "", ""), Ligne{Code: "Z"}, GenreEtat, reponse(SansReponse, "", "Z"), false},
		{reponse(Deposee, "", ""), rien, GenreEtat, reponse(SansReponse, "", ""), false},
		{reponse(Preparee, "", ""), rejet, GenreEtat, reponse(Rejetee, "", "E1"), false},
		{reponse(SansReponse, "", "Z"), a1, GenreEtat, reponse(Acceptee, "A1", "0000"), false},
		{reponse(SansReponse, "", "Z"), rien, GenreRetour, reponse(SansReponse, "", "Z"), false},
		{reponse(Rejetee, "", "E1"), rien, GenreRetour, reponse(Rejetee, "", "E1"), false},
		{reponse(Rejetee, "", "E0"), rejet, GenreRetour, reponse(Rejetee, "", "E1"), false},
		{reponse(Rejetee, "", "E1"), a1, GenreEtat, reponse(Acceptee, "A1", "0000"), false},
		{reponse(Remplacee, "", "E1"), rejet, GenreRetour, reponse(Remplacee, "", "E1"), false},
		{reponse(Remplacee, "", "E1"), a1, GenreEtat, reponse(Acceptee, "A1", "0000"), false},
		{reponse(Acceptee, "A1", "0000"), a1, GenreRetour, reponse(Acceptee, "A1", "0000"), false},
		{reponse(Acceptee, "", "0000"), a1, GenreRetour, reponse(Acceptee, "A1", "0000"), false},
		{reponse(Acceptee, "A1", "0000"), rien, GenreRetour, reponse(Acceptee, "A1", "0000"), false},
		{reponse(Acceptee, "A1", "0000"), rejet, GenreContradiction, reponse(Rejetee, "", "E1"), true},
		{reponse(Acceptee, "A1", "0000"), a2, GenreContradiction, reponse(Acceptee, "A2", "0000"), true},
		{reponse("payée", "A1", "0000"), a1, GenreRetour, reponse("payée", "A1", "0000"), false},
		{reponse("payée", "A1", "0000"), rejet, GenreContradiction, reponse(Rejetee, "", "E1"), true},
	} {
		got := juger(c.avant, c.l)
		want := jugement{c.apres, c.genre}
		if c.revirement {
			want.apres = c.avant
		}
		if got != want {
			t.Errorf("%+v, then %+v: %+v, want %+v", c.avant, c.l, got, want)
		}
		if c.revirement {
			want = jugement{c.apres, GenreRevirement}
		}
		c.l.Contredire = true
		if got := juger(c.avant, c.l); got != want {
			t.Errorf("asked: %+v, then %+v: %+v, want %+v", c.avant, c.l, got, want)
		}
	}
}

// Giving up a final answer is asked for, also of a file that was read before; the history keeps both, and reading
// again without being asked changes nothing.
func TestRevirement(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	preparer(t, c, dossier, 1)
	r1 := Retour{Nom: "r1", SHA256: "01", ImpID: "IMP1", Lignes: []Ligne{{Numero: "A0001", Etat: Acceptee, NumeroASP: "ASP1", Code: "0000"}}}
	r2 := Retour{Nom: "r2", SHA256: "02", ImpID: "IMP2", Lignes: []Ligne{{Numero: "A0001", Etat: Rejetee, Code: "E1"}}}
	enregistre(t, c, r1, Bilan{Etats: map[Etat]int{Acceptee: 1}})
	for range 2 { // not recorded whole: the same contradiction is in the history once
		partiel := r2
		partiel.Partiel = true
		enregistre(t, c, partiel, Bilan{Etats: map[Etat]int{}, Contradictions: []string{"A0001"}})
	}
	enregistre(t, c, r2, Bilan{Etats: map[Etat]int{}, Contradictions: []string{"A0001"}})
	r2.Lignes[0].Contredire = true
	enregistre(t, c, r2, Bilan{DejaLu: true, Etats: map[Etat]int{Rejetee: 1}})
	enregistre(t, c, r2, Bilan{DejaLu: true, Etats: map[Etat]int{}})
	enregistre(t, c, r1, Bilan{DejaLu: true, Etats: map[Etat]int{}})
	histoire, err := c.Histoire(t.Context(), "A0001")
	var got []string
	for _, e := range histoire {
		got = append(got, fmt.Sprint(e.Genre, ": ", e.Texte))
	}
	want := []string{"prepare: ", "etat: acceptée · ASP1 · 0000", "contradiction: rejetée · E1", "revirement: acceptée · ASP1 · 0000 → rejetée · E1"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if d, err := c.Depot(t.Context(), []string{"A0001"}, nil, "02"); err != nil || d.Fichier.ImpID != "IMP1" || !d.Lu || d.Demandes["A0001"].Etat != Rejetee {
		t.Errorf("%+v, %v", d, err)
	}
}

// The ledger tells which of its files a returned one answers, by most of its numbers.
func TestDepotConnu(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	if d, err := c.Depot(t.Context(), []string{"A0001"}, []string{"X"}, "01"); err != nil || d.Donne || d.Lu || d.Fichier.Nom != "" || len(d.Demandes)+len(d.Ailleurs)+len(d.ASP) != 0 {
		t.Errorf("an empty ledger knows %+v, %v", d, err)
	}
	preparer(t, c, dossier, 2)
	preparer(t, c, dossier, 3)
	enregistre(t, c, Retour{SHA256: "01", Lignes: []Ligne{{Numero: "A0002", Etat: Acceptee, NumeroASP: "X"}, {Numero: "Z0001"}}}, Bilan{Etats: map[Etat]int{Acceptee: 1}, Inconnues: []string{"Z0001"}})
	d, err := c.Depot(t.Context(), []string{"a0002", "A0003", "A0004", "z0001", "Z0002"}, []string{"X", "Y"}, "02")
	if err != nil {
		t.Fatal(err)
	}
	if f := d.Fichier; f.Nom != NomFichier(unNumeroAns, unJour, 2) || f.Chemin != filepath.Join(dossier, f.Nom) || len(f.SHA256) != 64 || f.NumeroAns != unNumeroAns {
		t.Errorf("file %+v", f)
	}
	if len(d.Demandes) != 4 || d.Demandes["A0005"].NumLigne != 3 || d.Demandes["A0002"].Fichier != NomFichier(unNumeroAns, unJour, 1) || d.Lu || !d.Donne {
		t.Errorf("%+v", d.Demandes)
	}
	if diff := cmp.Diff(map[string]string{"X": "A0002"}, d.ASP) + cmp.Diff(map[string]bool{"Z0001": true}, d.Ailleurs); diff != "" {
		t.Error(diff)
	}
}
