package carnet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ecarter makes a lot that takes a file of three demandes apart: the first is taken back, the second moves, the third
// is replaced.
func ecarter(t *testing.T, c *Carnet, dossier string) error {
	t.Helper()
	l, err := c.Commencer(t.Context(), intention(dossier, 1, 2))
	if err != nil {
		t.Fatal(err)
	}
	_, err = l.Ecarter(t.Context(), NomFichier(unNumeroAns, unJour, 1), []string{"A0001"})
	if err != nil {
		return errors.Join(err, l.Abandonner(t.Context()))
	}
	neuf, err := ecrire(l, l.Rangs[0], l.Numeros)
	if err != nil {
		t.Fatal(err)
	}
	neuf.Demandes[0].Remplace = "A0003"
	reste, err := ecrire(l, l.Rangs[1], []string{"A0002"})
	if err != nil {
		t.Fatal(err)
	}
	reste.Demandes, reste.Deplacees = nil, []Deplacee{{"A0002", 1}}
	return errors.Join(l.Ajouter(t.Context(), neuf), l.Ajouter(t.Context(), reste), l.Decider(t.Context()))
}

// avecArchive prepares a file of three demandes with an archive.
func avecArchive(t *testing.T, c *Carnet, dossier string) {
	t.Helper()
	l, err := c.Commencer(t.Context(), intention(dossier, 3, 1))
	if err != nil {
		t.Fatal(err)
	}
	f, err := ecrire(l, l.Rangs[0], l.Numeros)
	if err != nil {
		t.Fatal(err)
	}
	zip := strings.TrimSuffix(f.Nom, ".json") + "-01.zip"
	if err := os.WriteFile(filepath.Join(l.Dossier, zip), []byte("PK"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(l.Ajouter(t.Context(), f), l.Ajouter(t.Context(), Fichier{Nom: zip, SHA256: "00"}), l.Decider(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// situation is what a ledger and its folder say, in words.
func situation(t *testing.T, c *Carnet, dossier string) string {
	t.Helper()
	var mots []string
	for d, err := range c.Demandes(t.Context(), Filtre{}) {
		if err != nil {
			t.Fatal(err)
		}
		mots = append(mots, fmt.Sprintf("%s %s %s %d", d.Numero, d.Etat, d.Fichier[len(d.Fichier)-8:], d.NumLigne))
	}
	for _, sous := range []string{".", DossierEcartes} {
		entrees, _ := os.ReadDir(filepath.Join(dossier, sous))
		for _, e := range entrees {
			if strings.HasPrefix(e.Name(), "JSON-") || strings.HasPrefix(e.Name(), debutTemporaire) {
				mots = append(mots, filepath.Join(sous, e.Name()[len("JSON-ANS0000001-20231002-"):]))
			}
		}
	}
	return strings.Join(mots, ", ")
}

const (
	avantEcart = "A0001 préparée 001.json 1, A0002 préparée 001.json 2, A0003 préparée 001.json 3, 001-01.zip, 001.json"
	apresEcart = "A0001 annulée 001.json 1, A0002 préparée 003.json 1, A0003 remplacée 001.json 3, A0004 préparée 002.json 1, 002.json, 003.json, ecartes/001-01.zip, ecartes/001.json"
)

// etapesTuees does something to a ledger and takes a copy of its folder at each step. Each is opened as after a kill;
// what is found then is counted.
func etapesTuees(t *testing.T, avant func(c *Carnet, dossier string), faire func(c *Carnet, dossier string) error) (vues map[string]int) {
	t.Helper()
	dossier := t.TempDir()
	var copies []string
	copier := false
	c, err := (&Carnet{maintenant: horloge, etape: func(nom string) {
		if copier {
			copie := filepath.Join(t.TempDir(), nom)
			if err := os.CopyFS(copie, os.DirFS(dossier)); err != nil {
				t.Error(err)
			}
			copies = append(copies, copie)
		}
	}}).ouvrir(t.Context(), filepath.Join(dossier, Nom))
	if err != nil {
		t.Fatal(err)
	}
	avant(c, dossier)
	copier = true
	if err := errors.Join(faire(c, dossier), c.Close()); err != nil {
		t.Fatal(err)
	}
	vues = map[string]int{}
	for _, copie := range append(copies, "") {
		if copie != "" { // a ledger has one place: what was there is put there again
			if err := errors.Join(os.RemoveAll(dossier), os.CopyFS(dossier, os.DirFS(copie))); err != nil {
				t.Fatal(err)
			}
		}
		tue, err := Ouvrir(t.Context(), filepath.Join(dossier, Nom), horloge)
		if err != nil {
			t.Fatal(err)
		}
		vues[situation(t, tue, dossier)]++
		if err := tue.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return vues
}

// Killed at any step, setting a file aside has happened or it has not.
func TestEcarterTue(t *testing.T) {
	t.Parallel()
	vues := etapesTuees(t, func(c *Carnet, dossier string) {
		avecArchive(t, c, dossier)
		if got := situation(t, c, dossier); got != avantEcart {
			t.Fatalf("before: %s", got)
		}
	}, func(c *Carnet, dossier string) error {
		if err := ecarter(t, c, dossier); err != nil {
			return err
		}
		if got := situation(t, c, dossier); got != apresEcart {
			t.Errorf("after: %s", got)
		}
		if attendus, err := c.ADeposer(t.Context()); err != nil || len(attendus) != 2 || !slices.Equal(attendus[1].Numeros, []string{"A0002"}) || attendus[1].Verifier() != nil {
			t.Errorf("to be deposited: %+v, %v", attendus, err)
		}
		return nil
	})
	if vues[avantEcart] < 2 || vues[apresEcart] < 4 || len(vues) != 2 {
		t.Error(vues)
	}
}

// Nothing is taken out of a file that was deposited, that is none, or that would leave a demande without a file.
func TestEcarterRefuse(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	avecArchive(t, c, dossier)
	l, err := c.Commencer(t.Context(), intention(dossier, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	var inconnu *ErreurInconnu
	if _, err := l.Ecarter(t.Context(), "JSON-autre.json", nil); !errors.As(err, &inconnu) {
		t.Errorf("a file that the ledger does not have: %v", err)
	}
	_, err = l.Ecarter(t.Context(), NomFichier(unNumeroAns, unJour, 1), []string{"A0001"})
	if err := errors.Join(err, l.Decider(t.Context())); err == nil || !strings.Contains(err.Error(), "A0002 would be in no file") {
		t.Errorf("a demande without a file: %v", err)
	}
	if err := l.Abandonner(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := situation(t, c, dossier); got != avantEcart {
		t.Errorf("after giving up: %s", got)
	}
	if _, err := c.Deposer(t.Context(), NomFichier(unNumeroAns, unJour, 1)); err != nil {
		t.Fatal(err)
	}
	var numero *ErreurNumero
	if err := ecarter(t, c, dossier); !errors.As(err, &numero) || !strings.Contains(numero.Texte().Fr, "son fichier a été déposé") {
		t.Errorf("a file that was deposited: %v", err)
	}
}

// A lot that cannot set a file aside is refused before anything is decided: nothing has changed.
func TestEcarterSansPlace(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	avecArchive(t, c, dossier)
	if err := os.WriteFile(filepath.Join(dossier, DossierEcartes), []byte("notes"), 0o666); err != nil {
		t.Fatal(err)
	}
	var chemin *fs.PathError
	if err := ecarter(t, c, dossier); !errors.As(err, &chemin) || filepath.Base(chemin.Path) != DossierEcartes {
		t.Errorf("a file of that name: %v", err)
	}
	if err := os.Remove(filepath.Join(dossier, DossierEcartes)); err != nil {
		t.Fatal(err)
	}
	if got := situation(t, c, dossier); got != avantEcart {
		t.Errorf("after the refusal: %s", got)
	}
	if err := ecarter(t, c, dossier); err != nil {
		t.Errorf("with a place: %v", err)
	}
}
