package sauvegarde_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/corpus"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/sauvegarde"
)

func midi() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

// ouvert is a counter that takes deposits.
type ouvert struct {
	sauvegarde.Guichet
	base        *db.Base
	depots      *depot.Service
	fournisseur int64
}

func ouvrir(t *testing.T, adresse string) *ouvert {
	t.Helper()
	dossier := t.TempDir()
	if !db.Distante(adresse) {
		adresse = filepath.Join(dossier, "portail.db")
	}
	o := &ouvert{Guichet: sauvegarde.Guichet{Base: adresse, Donnees: dossier, Referentiels: filepath.Join(dossier, "referentiels")}}
	base, err := db.Ouvrir(t.Context(), adresse)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = base.Fermer() })
	if _, err := base.Migrer(t.Context()); err != nil {
		t.Fatal(err)
	}
	err = base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree)
			VALUES ('00000000100008', 'EXEMPLE', 'actif', 'Exemple', 'contact@exemple.invalid', '+33 1 99 00 00 00', 0) RETURNING id`).Scan(&o.fournisseur)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ('ANS0000001', $1, 'EXEMPLE')`, o.fournisseur)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	o.base, o.depots = base, o.servir(t, base)
	return o
}

func (o *ouvert) servir(t *testing.T, base *db.Base) *depot.Service {
	t.Helper()
	m, err := fichier.Ouvrir(filepath.Join(o.Donnees, "fichiers"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := depot.Ouvrir(t.Context(), depot.Options{Base: base, Fichiers: m, Maintenant: midi})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// deposer deposits file number n, each with numbers of its own.
func (o *ouvert) deposer(ctx context.Context, n int) (*depot.Depot, error) {
	octets := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1})
	for _, avant := range []string{`"numeroEditeur":"`, `BDC-`} {
		octets = bytes.ReplaceAll(octets, []byte(avant+"000"), fmt.Appendf(nil, "%s%03d", avant, n))
	}
	return o.depots.Deposer(ctx, depot.Envoi{
		Fournisseur: o.fournisseur, Compte: 1, Type: depot.Avance, NumeroAns: "ANS0000001", Nom: fmt.Sprintf("JSON-ANS0000001-20261124-%03d.json", n),
		Corps: bytes.NewReader(octets),
	})
}

// Of a counter that takes deposits all the while, each that was acknowledged before is in the backup with its bytes, and
// none without them; what is restored is a counter that works on.
func TestSaveWhileWorking(t *testing.T) {
	t.Parallel()
	for nom, adresses := range map[string]func(t *testing.T) (string, string){
		"sqlite":   func(*testing.T) (string, string) { return "", "" },
		"postgres": func(t *testing.T) (string, string) { return essai.AdressePostgres(t), essai.AdressePostgres(t) },
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			adresse, ailleurs := adresses(t)
			o := ouvrir(t, adresse)
			copie := filepath.Join(t.TempDir(), "copie")
			ctx, arreter := context.WithCancel(t.Context())
			var wg sync.WaitGroup
			faits := make(chan string, 1000)
			wg.Go(func() {
				for n := 0; ctx.Err() == nil && n < 900; n++ {
					d, err := o.deposer(t.Context(), n)
					if err != nil {
						t.Error(err)
						return
					}
					faits <- d.SHA256
				}
			})
			acquis := map[string]bool{}
			var b sauvegarde.Bilan
			for range 3 { // the later ones add to the first
				for range 10 {
					acquis[<-faits] = true
				}
				var err error
				if b, err = sauvegarde.Sauver(t.Context(), o.Guichet, copie, midi()); err != nil || len(b.Absents) > 0 {
					t.Fatalf("%+v, %v", b, err)
				}
			}
			arreter()
			wg.Wait()
			if b.Fichiers < len(acquis) || b.Copies >= b.Fichiers {
				t.Errorf("%d files, of which %d new, for %d deposits", b.Fichiers, b.Copies, len(acquis))
			}
			verifier(t, copie, ailleurs, acquis)
		})
	}
}

// verifier restores a backup and reads each deposit of the counter that comes out.
func verifier(t *testing.T, copie, ailleurs string, acquis map[string]bool) {
	t.Helper()
	dossier := filepath.Join(t.TempDir(), "neuf")
	g := sauvegarde.Guichet{Base: ailleurs, Donnees: dossier, Referentiels: filepath.Join(dossier, "referentiels")}
	if g.Base == "" {
		g.Base = filepath.Join(dossier, "portail.db")
	}
	if b, err := sauvegarde.Restaurer(t.Context(), copie, g, false); err != nil || len(b.Absents) > 0 {
		t.Fatalf("%+v, %v", b, err)
	}
	if _, err := sauvegarde.Restaurer(t.Context(), copie, g, false); !errors.Is(err, sauvegarde.ErrOccupe) {
		t.Errorf("restored over a counter: %v", err)
	}
	essai.Rouvrir(t, g.Base, func(base *db.Base) {
		o := &ouvert{Guichet: g, fournisseur: 1}
		s := o.servir(t, base)
		depots, err := s.Depots(t.Context(), 1, 0, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range depots {
			f, err := s.Octets(d)
			if err != nil {
				t.Fatalf("deposit %s has no bytes: %v", d.ImpID(), err)
			}
			octets, err := io.ReadAll(f)
			if err := errors.Join(err, f.Close()); err != nil || int64(len(octets)) != d.Taille {
				t.Errorf("deposit %s: %d bytes of %d, %v", d.ImpID(), len(octets), d.Taille, err)
			}
			delete(acquis, d.SHA256)
		}
		if len(acquis) > 0 {
			t.Errorf("%d acknowledged deposits are not there", len(acquis))
		}
		if o.depots = s; len(depots) > 0 {
			if d, err := o.deposer(t.Context(), 999); err != nil || d.ID <= depots[0].ID {
				t.Errorf("the next deposit: %+v, %v", d, err)
			}
		}
	})
}

// The key is never in a backup; a file that is missing or damaged is named, and the others are saved.
func TestSaveDamaged(t *testing.T) {
	t.Parallel()
	o := ouvrir(t, "")
	var sommes []string
	for n := range 3 {
		d, err := o.deposer(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		sommes = append(sommes, d.SHA256)
	}
	chemin := func(sha string) string { return filepath.Join(o.Donnees, "fichiers", sha[:2], sha) }
	err := errors.Join(os.Remove(chemin(sommes[0])), os.WriteFile(chemin(sommes[1]), []byte("autre"), 0o600),
		os.WriteFile(filepath.Join(o.Donnees, "cle"), []byte("secret"), 0o600), os.Mkdir(filepath.Join(o.Donnees, "courriels"), 0o700),
		os.WriteFile(filepath.Join(o.Donnees, "courriels", "00000001.eml"), []byte("mail"), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	copie := t.TempDir()
	b, err := sauvegarde.Sauver(t.Context(), o.Guichet, copie, midi())
	if err != nil || len(b.Absents) != 2 || b.Fichiers != 1 {
		t.Fatalf("%+v, %v", b, err)
	}
	var noms []string
	err = filepath.WalkDir(copie, func(p string, e fs.DirEntry, err error) error {
		noms = append(noms, p)
		if info, err := e.Info(); err != nil || info.Mode().Perm()&0o077 != 0 && p != copie {
			t.Errorf("%s can be read by others: %v, %v", p, info.Mode(), err)
		}
		return err
	})
	if tous := strings.Join(noms, "\n"); err != nil || strings.Contains(tous, "cle") || strings.Contains(tous, "guichet-tmp") || !strings.Contains(tous, "00000001.eml") {
		t.Errorf("in the backup: %v\n%s", err, tous)
	}
}

// A backup that lacks a file, or has one that is damaged, is read before anything is made: nothing is left, unless the rest is asked for.
func TestRestoreIncomplete(t *testing.T) {
	t.Parallel()
	o := ouvrir(t, "")
	var sommes []string
	for n := range 3 {
		d, err := o.deposer(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		sommes = append(sommes, d.SHA256)
	}
	copie := t.TempDir()
	if b, err := sauvegarde.Sauver(t.Context(), o.Guichet, copie, midi()); err != nil || b.Fichiers != 3 {
		t.Fatalf("%+v, %v", b, err)
	}
	chemin := func(sha string) string { return filepath.Join(copie, "fichiers", sha[:2], sha) }
	if err := errors.Join(os.Remove(chemin(sommes[0])), os.WriteFile(chemin(sommes[1]), []byte("autre"), 0o600)); err != nil {
		t.Fatal(err)
	}
	neuf := filepath.Join(t.TempDir(), "neuf")
	g := sauvegarde.Guichet{Base: filepath.Join(neuf, "portail.db"), Donnees: neuf, Referentiels: filepath.Join(neuf, "referentiels")}
	b, err := sauvegarde.Restaurer(t.Context(), copie, g, false)
	if _, absent := os.Stat(neuf); !errors.Is(err, sauvegarde.ErrIncomplete) || len(b.Absents) != 2 || !errors.Is(absent, fs.ErrNotExist) {
		t.Errorf("%+v, %v, %v", b, err, absent)
	}
	if b, err := sauvegarde.Restaurer(t.Context(), copie, g, true); err != nil || len(b.Absents) != 2 || b.Fichiers != 1 {
		t.Errorf("%+v, %v", b, err)
	}
	ailleurs := filepath.Join(t.TempDir(), "ailleurs")
	g = sauvegarde.Guichet{Base: filepath.Join(ailleurs, "portail.db"), Donnees: ailleurs, Referentiels: filepath.Join(ailleurs, "referentiels")}
	fini, arreter := context.WithCancel(t.Context())
	arreter()
	_, err = sauvegarde.Restaurer(fini, copie, g, true)
	if _, absent := os.Stat(ailleurs); err == nil || !errors.Is(absent, fs.ErrNotExist) {
		t.Errorf("what is interrupted leaves a half: %v, %v", err, absent)
	}
}

// A folder for a backup is empty, or has one: what is the counter's, by a link too, and what others keep there is left alone.
func TestWhereABackupGoes(t *testing.T) {
	t.Parallel()
	o := ouvrir(t, "")
	autre, disque, lien := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "lien")
	err := errors.Join(os.WriteFile(filepath.Join(autre, "photo.jpg"), nil, 0o600), os.Mkdir(filepath.Join(disque, "lost+found"), 0o700), os.WriteFile(filepath.Join(disque, ".cache"), nil, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	lieux := map[string]error{autre: sauvegarde.ErrEtranger, disque: nil, o.Donnees: sauvegarde.ErrDedans, filepath.Join(o.Donnees, "a", "b"): sauvegarde.ErrDedans}
	if os.Symlink(o.Donnees, lien) == nil {
		lieux[lien] = sauvegarde.ErrDedans
	}
	for dossier, attendu := range lieux {
		if _, err := sauvegarde.Sauver(t.Context(), o.Guichet, dossier, midi()); !errors.Is(err, attendu) {
			t.Errorf("%s: %v, want %v", dossier, err, attendu)
		}
	}
	if entrees, err := os.ReadDir(autre); err != nil || len(entrees) != 1 {
		t.Errorf("%v, %v", entrees, err)
	}
}

// What is no backup, and one of another kind of database, is refused before anything is made.
func TestRestoreRefused(t *testing.T) {
	t.Parallel()
	vide, autre, dossier := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "neuf")
	if err := os.WriteFile(filepath.Join(autre, "sauvegarde.json"), []byte(`{"format": 1, "base": "base.pgdump"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, de := range []string{vide, autre, filepath.Join(vide, "absent")} {
		_, err := sauvegarde.Restaurer(t.Context(), de, sauvegarde.Guichet{Base: filepath.Join(dossier, "portail.db"), Donnees: dossier}, false)
		if _, absent := os.Stat(dossier); !errors.Is(err, sauvegarde.ErrPasUneSauvegarde) || !errors.Is(absent, fs.ErrNotExist) {
			t.Errorf("%s: %v, %v", de, err, absent)
		}
	}
}

// Each column that names a kept file is among those that are saved.
func TestReferencesAreAll(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	lignes, err := b.Lire().QueryContext(t.Context(), `SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name LIKE '%sha256'`)
	if err != nil {
		t.Fatal(err)
	}
	defer lignes.Close()
	n := 0
	for ; lignes.Next(); n++ {
		var nom string
		if err := lignes.Scan(&nom); err != nil {
			t.Fatal(err)
		}
		table, colonne, _ := strings.Cut(nom, ".")
		if !strings.Contains(sauvegarde.References, "SELECT "+colonne+" FROM "+table) {
			t.Errorf("%s is not saved", nom)
		}
	}
	if err := lignes.Err(); err != nil || n < 6 {
		t.Errorf("%d columns, %v", n, err)
	}
}

// A backup of a counter that an older program kept is read as that one kept it.
func TestOlderSchema(t *testing.T) {
	t.Parallel()
	o := ouvrir(t, "")
	if _, err := o.deposer(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	err := o.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `ALTER TABLE archive DROP COLUMN libere; ALTER TABLE piece DROP COLUMN libere; DELETE FROM schema_version WHERE version_id >= 32`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b, err := sauvegarde.Sauver(t.Context(), o.Guichet, t.TempDir(), midi())
	if err != nil || b.Fichiers != 1 || len(b.Absents) != 0 {
		t.Errorf("%+v, %v", b, err)
	}
}
