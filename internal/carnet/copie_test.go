package carnet

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// deuxLots makes a ledger with a lot, keeps its file, and makes another lot.
func deuxLots(t *testing.T) (dossier, chemin string, apresUn []byte) {
	t.Helper()
	dossier = t.TempDir()
	chemin = filepath.Join(dossier, Nom)
	c := ouvert(t, chemin)
	preparer(t, c, dossier, 1)
	apresUn, err := os.ReadFile(chemin)
	if err != nil {
		t.Fatal(err)
	}
	preparer(t, c, dossier, 1)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return dossier, chemin, apresUn
}

func refuse[E error](t *testing.T, chemin string) {
	t.Helper()
	c, err := Ouvrir(t.Context(), chemin, horloge)
	if err == nil {
		_ = c.Close()
	}
	var e E
	if !errors.As(err, &e) {
		t.Errorf("%s: %v, want %T", chemin, err, e)
	}
}

// Whatever ledger would give numbers again is refused: an older one, one of elsewhere, one that is gone, one beside
// which nothing says what was last done here.
func TestCopie(t *testing.T) {
	t.Parallel()
	_, chemin, apresUn := deuxLots(t)
	entier, err := os.ReadFile(chemin)
	if err != nil {
		t.Fatal(err)
	}
	poser := func(octets []byte) {
		if err := os.WriteFile(chemin, octets, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	poser(apresUn)
	refuse[*ErreurAncien](t, chemin)
	refuse[*ErreurAncien](t, chemin) // being refused changes nothing
	if err := os.Remove(chemin); err != nil {
		t.Fatal(err)
	}
	refuse[*ErreurPerdu](t, chemin)
	poser(nil)
	refuse[*ErreurPerdu](t, chemin)
	poser(entier)
	if err := ouvert(t, chemin).Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(chemin + "-temoin"); err != nil {
		t.Fatal(err)
	}
	refuse[*ErreurCopie](t, chemin)
	if err := Adopter(t.Context(), chemin, false, horloge); err != nil {
		t.Fatal(err)
	}
	if err := ouvert(t, chemin).Close(); err != nil {
		t.Fatal(err)
	}
}

// A folder that is copied or moved with all it holds is another place; the word of the user makes it the place.
func TestDossierCopie(t *testing.T) {
	t.Parallel()
	dossier, _, _ := deuxLots(t)
	copie := filepath.Join(t.TempDir(), "copie")
	if err := os.CopyFS(copie, os.DirFS(dossier)); err != nil {
		t.Fatal(err)
	}
	chemin := filepath.Join(copie, Nom)
	refuse[*ErreurCopie](t, chemin)
	if err := Adopter(t.Context(), chemin, false, horloge); err != nil {
		t.Fatal(err)
	}
	c := ouvert(t, chemin)
	if got := preparer(t, c, copie, 1); got[0] != "A0003" {
		t.Errorf("number %v", got)
	}
}

// Numbers in files of the output folder that the ledger does not know are given to nobody; a ledger that was born for
// nothing goes again.
func TestNumerosDesFichiers(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin := filepath.Join(dossier, Nom)
	for nom, texte := range map[string]string{
		NomFichier(unNumeroAns, unJour, 1):    `{"lignesImport": [{"numeroEditeur" : "A0001"}, {"numeroEditeur": "A0`, // cut short
		NomFichier("ANS0000002", unJour, 1):   `{"numeroEditeur": "A0009"}`,
		"brouillon-JSON-ANS0000001-001.json":  `{"numeroEditeur": "A0009"}`,
		"JSON-ANS0000001-20231002-002-01.zip": `{"numeroEditeur": "A0009"}`,
	} {
		if err := os.WriteFile(filepath.Join(dossier, nom), []byte(texte), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	c := ouvert(t, chemin)
	_, err := c.Commencer(t.Context(), intention(dossier, 1, 1))
	var fichiers *ErreurFichiers
	if !errors.As(err, &fichiers) || !fichiers.Vide || fichiers.Numeros != 1 || fichiers.Premier != "A0001" || len(fichiers.Fichiers) != 1 {
		t.Fatalf("%+v, %v", fichiers, err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if restes, _ := filepath.Glob(chemin + "*"); len(restes) != 1 || !strings.HasSuffix(restes[0], "-verrou") {
		t.Errorf("left: %v", restes)
	}
	ecarte, autres, err := Recommencer(t.Context(), chemin, dossier, unNumeroAns, horloge)
	if err != nil || ecarte != "" || len(autres) != 1 {
		t.Fatalf("%q, %v, %v", ecarte, autres, err)
	}
	c = ouvert(t, chemin)
	if got := preparer(t, c, dossier, 1); got[0] != "A0001" {
		t.Errorf("number %v", got)
	}
}

// Who writes is told.
func TestQuiEcrit(t *testing.T) {
	t.Parallel()
	chemin := filepath.Join(t.TempDir(), Nom)
	ouvert(t, chemin)
	_, err := Ouvrir(t.Context(), chemin, horloge)
	var occupe *ErreurOccupe
	if !errors.As(err, &occupe) || occupe.Qui == "" || occupe.Poste == "" || !occupe.Depuis.Equal(midi) {
		t.Fatalf("%+v, %v", occupe, err)
	}
	if got := occupe.Texte(); !strings.Contains(got.Fr, " ("+occupe.Qui+", sur ") || !strings.Contains(got.En, "since ") {
		t.Errorf("%+v", got)
	}
}

// Files that were put in order, or that a former output folder holds, are found as those of the output folder are.
func TestNumerosDesFichiersRanges(t *testing.T) {
	t.Parallel()
	for nom, cas := range map[string]struct {
		carnet, sortie, fichier string
		trouve, ailleurs        bool
	}{
		"beside the others":     {Nom, "depots", "depots", true, false},
		"below":                 {Nom, "depots", "depots/2023/octobre", true, false},
		"set aside":             {Nom, "depots", "depots/" + DossierEcartes, true, false},
		"below, elsewhere":      {Nom, "sorties", "sorties/2023", true, false},
		"former output folder":  {Nom, "sorties", "depots/2023", true, true},
		"output in the project": {Nom, ".", "depots", true, false},
		"beside the project":    {Nom, ".", "brouillons", false, false},
		"hidden":                {Nom, "depots", "depots/.corbeille", false, false},
		"a rehearsal":           {"essai.db", "essai", "depots", false, false},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			projet := t.TempDir()
			sortie, dossier := filepath.Join(projet, cas.sortie), filepath.Join(projet, cas.fichier)
			err := errors.Join(os.MkdirAll(sortie, 0o777), os.MkdirAll(dossier, 0o777),
				os.WriteFile(filepath.Join(dossier, NomFichier(unNumeroAns, unJour, 1)), []byte(`{"numeroEditeur": "A0001"}`), 0o666))
			if err != nil {
				t.Fatal(err)
			}
			chemin := filepath.Join(projet, cas.carnet)
			c := ouvert(t, chemin)
			_, err = c.Commencer(t.Context(), intention(sortie, 1, 1))
			var fichiers *ErreurFichiers
			if errors.As(err, &fichiers) != cas.trouve {
				t.Fatal(err)
			}
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
			if !cas.trouve {
				return
			}
			if fichiers.Dossier != dossier || (fichiers.Ailleurs != "") != cas.ailleurs {
				t.Errorf("%+v", fichiers)
			}
			if _, autres, err := Recommencer(t.Context(), chemin, sortie, unNumeroAns, horloge); err != nil || len(autres) != 1 {
				t.Fatalf("%v, %v", autres, err)
			}
			c = ouvert(t, chemin)
			defer c.Close()
			if _, err := c.Commencer(t.Context(), intention(sortie, 1, 1)); err != nil {
				t.Errorf("after a new beginning: %v", err)
			}
		})
	}
}
