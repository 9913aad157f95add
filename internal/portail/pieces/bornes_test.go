package pieces_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/quota"
)

// prendre sends something with the deposit, without having it examined.
func (m *monde) prendre(t *testing.T, nom string, octets []byte) (*pieces.Archive, error) {
	t.Helper()
	return m.Recevoir(t.Context(), pieces.Envoi{Fournisseur: m.fournisseur, Compte: 1, Depot: m.depot, Nom: nom, Corps: strings.NewReader(string(octets))})
}

func (m *monde) sql(t *testing.T, ordre string, args ...any) {
	t.Helper()
	err := m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, ordre, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What waits to be examined is bounded for each supplier, and free again as soon as it was examined; so are the bytes of a
// deposit. Each refusal says what to do, and nothing of what is refused stays on the disk.
func TestWhatASupplierMayLeave(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		dossier := t.TempDir()
		m := nouveauDans(t, b, dossier)
		refuse := func(dit string) {
			t.Helper()
			_, err := m.prendre(t, "une.zip", zipper(t, completes(t)...))
			var r pieces.Refuse
			if !errors.As(err, &r) || !strings.Contains(r.Fr, dit) || r.En == "" {
				t.Errorf("%v, want %q", err, dit)
			}
		}
		ligne := `INSERT INTO archive (fournisseur_id, depot_id, compte_id, nom, sha256, taille, recu, etat) VALUES ($1, $2, 1, 'x.zip', $3, $4, 1, $5)`
		for range 500 {
			m.sql(t, ligne, m.fournisseur, m.depot, "", 1000, "recue")
		}
		refuse("attendent déjà d'être examinées")
		m.sql(t, `UPDATE archive SET etat = 'examinee'`)
		if _, err := m.prendre(t, "une.zip", zipper(t, completes(t)...)); err != nil {
			t.Errorf("free again: %v", err)
		}
		m.sql(t, `DELETE FROM archive`)
		m.sql(t, ligne, m.fournisseur, m.depot, "", int64(4<<30), "examinee")
		refuse("pèsent déjà 4 Go")
		m.sql(t, `UPDATE archive SET etat = 'refusee', libere = 1`)
		if _, err := m.prendre(t, "une.zip", zipper(t, completes(t)...)); err != nil {
			t.Errorf("what was refused weighs nothing: %v", err)
		}
	})
}

// The bytes of an archive that was refused go as it is refused; the same ones are refused again, and examined again where it was the
// examination that failed.
func TestRefusedArchivesAreFreed(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		dossier := t.TempDir()
		m := nouveauDans(t, b, dossier)
		abimee := []byte("PK\x03\x04 et rien de plus")
		avant := kept(t, dossier)
		for _, encore := range []bool{false, true} {
			if a := m.envoyer(t, "abimee.zip", abimee); a.Etat != pieces.Refusee || a.DejaRecue != encore {
				t.Fatalf("%+v", a)
			}
			if n := kept(t, dossier); n != avant {
				t.Errorf("%d files stay", n-avant)
			}
		}
		z := zipper(t, completes(t)...)
		m.Programme = []string{"/bin/sh", "-c", "kill -9 $$"}
		if a := m.envoyer(t, "une.zip", z); a.Code != "P991" {
			t.Fatalf("%+v", a)
		}
		if n := kept(t, dossier); n != avant {
			t.Errorf("%d files stay of what could not be examined", n-avant)
		}
		m.Programme = nil
		m.envoyer(t, "une.zip", z)
		if e := m.etats(t); e != toutEstLa {
			t.Error(e)
		}
	})
}

// kept counts the files that a counter keeps.
func kept(t *testing.T, dossier string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dossier, func(_ string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A document is replaced twenty times; then the last one stays, and who sends another reads what to do.
func TestVersionsAreBounded(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.envoyer(t, "une.zip", zipper(t, completes(t)...))
		m.sql(t, `UPDATE piece SET ordre = 20 WHERE depot_id = $1`, m.depot)
		autres := completes(t)
		for i := range autres {
			autres[i].octets = pdf("une autre version")
		}
		a := m.envoyer(t, "deux.zip", zipper(t, autres...))
		if a.Bonnes != 0 || len(a.Ecarts) == 0 || a.Ecarts[0].Code != "P994" || !strings.Contains(a.Ecarts[0].Motif.Fr, "déjà été envoyée 20 fois") {
			t.Errorf("%+v", a)
		}
	})
}

// A supplier's examinations have three places: what they sent more waits, and another supplier's is examined meanwhile.
func TestExaminationsTakeTurns(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		for _, nom := range []string{"a.zip", "b.zip", "c.zip", "d.zip"} {
			if _, err := m.prendre(t, nom, append(zipper(t, completes(t)...), nom...)); err != nil {
				t.Fatal(err)
			}
		}
		taches := m.taches
		dossier := t.TempDir()
		m.Programme = []string{"/bin/sh", "-c", `: >"$0/$$"; while [ ! -e "$0/fin" ]; do sleep 0.02; done; exit 1`, dossier}
		finies := make(chan error, 3)
		for _, e := range taches[:3] {
			go func() { finies <- m.Examiner(t.Context(), e) }()
		}
		for n := 0; n < 3; time.Sleep(10 * time.Millisecond) {
			n = kept(t, dossier)
		}
		if err := m.Examiner(t.Context(), taches[3]); !errors.Is(err, pieces.ErrTour) {
			t.Errorf("a fourth one at once: %v", err)
		}
		m.sql(t, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree) VALUES ('00000000200006', 'AUTRE', 'actif', 'x', 'x@exemple.invalid', '1', 1)`)
		m.sql(t, `UPDATE archive SET fournisseur_id = (SELECT id FROM fournisseur WHERE siret = '00000000200006') WHERE id = $1`, taches[3].Archive)
		if err := m.Examiner(t.Context(), taches[3]); errors.Is(err, pieces.ErrTour) {
			t.Error("another supplier waits for this one")
		}
		if err := os.WriteFile(filepath.Join(dossier, "fin"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if err := <-finies; err != nil {
				t.Error(err)
			}
		}
		m.sql(t, `UPDATE archive SET fournisseur_id = $1`, m.fournisseur)
		if err := m.Examiner(t.Context(), taches[3]); err != nil {
			t.Errorf("once there is a place: %v", err)
		}
	})
}

// What a supplier sends weighs on its day: whatever the deposit, until it is refused or gives way. Once the day is full nothing
// more is kept, of an archive nor of what is in one.
func TestRoomOfADay(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.vue(false)
		reste := func() int64 {
			t.Helper()
			n, err := quota.Reste(t.Context(), b.Lire(), m.fournisseur, midi)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		debut := reste()
		m.envoyer(t, "abimee.zip", []byte("PK\x03\x04 et rien de plus"))
		if n := debut - reste(); n != 0 {
			t.Errorf("a refused archive weighs %d", n)
		}
		un, deux := pdf("one"), pdf("another one")
		m.envoyer(t, "MS1-DUI-Va1-BDC-A0001.pdf", un)
		m.envoyer(t, "MS1-DUI-Va1-BDC-A0001.pdf", deux)
		if n := debut - reste(); n != int64(len(deux)) {
			t.Errorf("one document, sent twice, weighs %d, want %d", n, len(deux))
		}
		z := zipper(t, entree{"MS1-DUI-Va1-BDC-A0001.pdf", un}, entree{"MS1-DUI-Va1-BDC-A0002.pdf", deux})
		m.envoyer(t, "une.zip", z)
		if n := debut - reste(); n != int64(len(z)+len(un)+len(deux)) {
			t.Errorf("an archive and what is in it weigh %d, want %d", n, len(z)+len(un)+len(deux))
		}
		autres := zipper(t, entree{"MS1-DUI-Va1-BDC-A0004.pdf", pdf("x")})
		m.sql(t, `UPDATE quota SET octets = $1`, int64(quota.ParJour-len(autres))) // room for the archive, not for what is in it
		if a := m.envoyer(t, "deux.zip", autres); a.Bonnes != 0 || len(a.Ecarts) != 1 || a.Ecarts[0].Code != "P995" || !strings.Contains(a.Ecarts[0].Motif.Fr, "20 Go") {
			t.Errorf("%+v", a)
		}
		m.sql(t, `UPDATE quota SET octets = $1`, int64(quota.ParJour))
		_, err := m.prendre(t, "trois.zip", zipper(t, completes(t)...))
		var r pieces.Refuse
		if !errors.As(err, &r) || r.Texte != quota.Texte {
			t.Errorf("%v", err)
		}
	})
}
