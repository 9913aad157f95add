package carnet

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"guichet/internal/partage"
)

func surReseau(ctx context.Context, nom string) context.Context {
	return partage.Simuler(ctx, partage.Systeme{Nom: nom})
}

// Where locks may not hold nothing is made, and what is there is read.
func TestReseauRefuse(t *testing.T) {
	t.Parallel()
	_, chemin, _ := deuxLots(t)
	neuf := filepath.Join(t.TempDir(), Nom)
	for _, ou := range []string{chemin, neuf} {
		ctx := surReseau(t.Context(), "cifs")
		_, err := Ouvrir(ctx, ou, horloge)
		var reseau *ErreurReseau
		if !errors.As(err, &reseau) || reseau.Systeme != "cifs" {
			t.Errorf("%s: %v", ou, err)
		}
		if err := Eprouver(ctx, ou, Intention{}); !errors.As(err, &reseau) {
			t.Errorf("%s, rehearsed: %v", ou, err)
		}
	}
	if restes, err := os.ReadDir(filepath.Dir(neuf)); err != nil || len(restes) > 0 {
		t.Errorf("left: %v, %v", restes, err)
	}
	c, err := Consulter(surReseau(t.Context(), "cifs"), chemin)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// The word of the user is remembered: another machine may then write under another name of the folder, and no
// older ledger is believed for it. On a disk of its own the copy of such a folder is a copy.
func TestReseauVoulu(t *testing.T) {
	t.Parallel()
	dossier, chemin, apresUn := deuxLots(t)
	ctx := surReseau(t.Context(), "nfs")
	if err := Adopter(ctx, chemin, true, horloge); err != nil {
		t.Fatal(err)
	}
	autre := filepath.Join(t.TempDir(), "autre")
	if err := os.CopyFS(autre, os.DirFS(dossier)); err != nil {
		t.Fatal(err)
	}
	refuse[*ErreurCopie](t, filepath.Join(autre, Nom))
	temoigner(t, filepath.Join(autre, Nom), func(e *temoin) { e.Poste = "un autre" })
	refuse[*ErreurCopie](t, filepath.Join(autre, Nom))
	c, err := Ouvrir(ctx, filepath.Join(autre, Nom), horloge)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(chemin, apresUn, 0o666); err != nil {
		t.Fatal(err)
	}
	var ancien *ErreurAncien
	if _, err := Ouvrir(ctx, chemin, horloge); !errors.As(err, &ancien) {
		t.Errorf("an older one: %v", err)
	}
}

// temoigner changes what is beside a ledger.
func temoigner(t *testing.T, chemin string, changer func(*temoin)) {
	t.Helper()
	c := &Carnet{chemin: chemin}
	if c.temoin = c.lireTemoin(); c.temoin == nil {
		t.Fatal("no temoin")
	}
	changer(c.temoin)
	if err := c.ecrireTemoin(); err != nil {
		t.Fatal(err)
	}
}

// A rehearsal foretells the refusal, and leaves all as it is.
func TestEprouver(t *testing.T) {
	t.Parallel()
	dossier, chemin, apresUn := deuxLots(t)
	eprouver := func() error {
		return Eprouver(t.Context(), chemin, Intention{Dossier: dossier, NumeroAns: unNumeroAns})
	}
	if err := eprouver(); err != nil {
		t.Error(err)
	}
	var fichiers *ErreurFichiers
	inconnu := filepath.Join(dossier, NomFichier(unNumeroAns, unJour, 9))
	if err := os.WriteFile(inconnu, []byte(`{"numeroEditeur": "A0042"}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := eprouver(); !errors.As(err, &fichiers) || fichiers.Vide || fichiers.Premier != "A0042" {
		t.Errorf("%+v, %v", fichiers, err)
	}
	if err := errors.Join(os.Remove(inconnu), os.WriteFile(chemin, apresUn, 0o666)); err != nil {
		t.Fatal(err)
	}
	var ancien *ErreurAncien
	if err := eprouver(); !errors.As(err, &ancien) {
		t.Error(err)
	}
	if err := os.Remove(chemin); err != nil {
		t.Fatal(err)
	}
	var perdu *ErreurPerdu
	if err := eprouver(); !errors.As(err, &perdu) || perdu.Numeros != 2 {
		t.Error(err)
	}
	if err := Eprouver(t.Context(), filepath.Join(t.TempDir(), Nom), Intention{Dossier: filepath.Join(dossier, "absent"), NumeroAns: unNumeroAns}); err != nil {
		t.Errorf("a first run: %v", err)
	}
}
