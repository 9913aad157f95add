package carnet

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// contenu is all that a ledger says of its demandes.
func contenu(t *testing.T, chemin string) (tout []Suivie) {
	t.Helper()
	c, err := Consulter(t.Context(), chemin)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	for s, err := range c.Demandes(t.Context(), Filtre{}) {
		if err != nil {
			t.Fatal(err)
		}
		tout = append(tout, s)
	}
	return tout
}

// seul copies the one file of a ledger to a folder of its own, and wants no other file of SQLite beside it.
func seul(t *testing.T, chemin string) string {
	t.Helper()
	entrees, err := os.ReadDir(filepath.Dir(chemin))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entrees {
		for _, fin := range []string{"-wal", "-shm", "-journal"} {
			if e.Name() == filepath.Base(chemin)+fin {
				t.Errorf("%s is beside the ledger", e.Name())
			}
		}
	}
	octets, err := os.ReadFile(chemin)
	copie := filepath.Join(t.TempDir(), Nom)
	if err := errors.Join(err, os.WriteFile(copie, octets, 0o666)); err != nil {
		t.Fatal(err)
	}
	return copie
}

// The one file says all that was acknowledged, also while the ledger is still open, while a reader has not
// finished, and after what went wrong.
func TestUnSeulFichier(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin := filepath.Join(dossier, Nom)
	c := ouvert(t, chemin)
	preparer(t, c, dossier, 3)
	lecteur, err := Consulter(t.Context(), chemin)
	if err != nil {
		t.Fatal(err)
	}
	for range lecteur.Demandes(t.Context(), Filtre{}) { // a terminal that shows one screen
		preparer(t, c, dossier, 2)
		break
	}
	if _, err := c.Enregistrer(t.Context(), Retour{Nom: "r.json", SHA256: "1", Lignes: []Ligne{{Numero: "A0001", Etat: Acceptee}}}); err != nil {
		t.Fatal(err)
	}
	l, err := c.Commencer(t.Context(), intention(dossier, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	f := Fichier{Nom: "absent.json"}
	if err := l.Ajouter(t.Context(), f); err == nil {
		t.Error("a file that is not there was recorded")
	}
	if err := errors.Join(l.Abandonner(t.Context()), c.Close(), lecteur.Close()); err != nil {
		t.Fatal(err)
	}
	got := contenu(t, seul(t, chemin))
	if diff := cmp.Diff(contenu(t, chemin), got); diff != "" || len(got) != 5 || got[0].Etat != Acceptee {
		t.Errorf("%d demandes in the copy\n%s", len(got), diff)
	}
}

// ancien makes a ledger as version 1 left it: a write-ahead log beside it.
func ancien(t *testing.T, chemin string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+chemin+"?_pragma=wal_autocheckpoint(0)")
	if err != nil {
		t.Fatal(err)
	}
	c := &Carnet{chemin: chemin}
	c.temoin = c.lireTemoin()
	c.temoin.Octets = nil
	if err := c.ecrireTemoin(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "PRAGMA journal_mode = wal; UPDATE demande SET reference = 'dans le journal'"); err != nil {
		t.Fatal(err)
	}
	for _, fin := range []string{"", "-wal"} { // as a kill leaves them
		octets, err := os.ReadFile(chemin + fin)
		if err := errors.Join(err, os.WriteFile(chemin+".tue"+fin, octets, 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, fin := range []string{"", "-wal"} {
		if err := os.Rename(chemin+".tue"+fin, chemin+fin); err != nil {
			t.Fatal(err)
		}
	}
}

// A log that a kill left beside a ledger of version 1 is taken in by the next run, also by one that reads.
func TestJournalDeLaVersion1(t *testing.T) {
	t.Parallel()
	for _, lire := range []bool{true, false} {
		dossier := t.TempDir()
		chemin := filepath.Join(dossier, Nom)
		c := ouvert(t, chemin)
		preparer(t, c, dossier, 1)
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		ancien(t, chemin)
		if !lire {
			if err := ouvert(t, chemin).Close(); err != nil {
				t.Fatal(err)
			}
		}
		if got := contenu(t, chemin); len(got) != 1 || got[0].Reference != "dans le journal" {
			t.Errorf("%+v", got)
		}
		if got := contenu(t, seul(t, chemin)); len(got) != 1 || got[0].Reference != "dans le journal" {
			t.Errorf("the copy has %+v", got)
		}
	}
}

// A log of another ledger, or of another day, is never played into the one that lies there now.
func TestJournalEtranger(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin := filepath.Join(dossier, Nom)
	c := ouvert(t, chemin)
	preparer(t, c, dossier, 1)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	sauvegarde, err := os.ReadFile(chemin)
	if err != nil {
		t.Fatal(err)
	}
	ancien(t, chemin)
	if err := os.WriteFile(chemin, sauvegarde, 0o666); err != nil { // put back by hand, the log left there
		t.Fatal(err)
	}
	if got := contenu(t, chemin); len(got) != 1 || got[0].Reference != "CMD-A0001" {
		t.Errorf("%+v", got)
	}
	if got := strings.Join(noms(t, dossier), " "); got != NomFichier(unNumeroAns, unJour, 1) {
		t.Errorf("files %s", got)
	}
	if aside, _ := filepath.Glob(chemin + "-wal-*"); len(aside) != 1 {
		t.Errorf("logs set aside: %v", aside)
	}
	if got := contenu(t, seul(t, chemin)); len(got) != 1 || got[0].Reference != "CMD-A0001" {
		t.Errorf("the copy has %+v", got)
	}
}

// Pages hold together: each demande once, in order, within the limits of the question.
func TestPages(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	numeros := preparer(t, c, dossier, 2*parPage+1)
	for _, f := range []Filtre{{}, {Limite: 2 * parPage}, {Limite: 3}, {Limite: parPage + 1, Decalage: 2}, {Decalage: 2*parPage + 1}} {
		var got []string
		for s, err := range c.Demandes(t.Context(), f) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, s.Numero)
		}
		want := numeros[f.Decalage:]
		if f.Limite > 0 {
			want = want[:f.Limite]
		}
		if diff := cmp.Diff(strings.Join(want, " "), strings.Join(got, " ")); diff != "" {
			t.Errorf("%+v: %d demandes, want %d", f, len(got), len(want))
		}
	}
}

// What the system refuses is told with the folder, in both languages; nothing is made.
func TestDossierQuiNeSEcritPas(t *testing.T) {
	t.Parallel()
	absent := filepath.Join(t.TempDir(), "absent")
	_, err := Ouvrir(t.Context(), filepath.Join(absent, Nom), horloge)
	var systeme *ErreurSysteme
	if !errors.As(err, &systeme) || systeme.Chemin != absent {
		t.Fatalf("%v", err)
	}
	if got := systeme.Texte(); !strings.Contains(got.Fr, "impossible d'écrire dans le dossier "+absent+" : introuvable ; ") || !strings.Contains(got.En, "cannot write to the folder "+absent+": not found; ") {
		t.Errorf("%+v", got)
	}
}
