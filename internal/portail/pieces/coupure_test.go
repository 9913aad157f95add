package pieces_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/fichier"
	journalessai "guichet/internal/portail/journal/essai"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/tache"
	"guichet/modele"
)

// The variables that make the test binary a counter which receives and examines until it is killed.
const (
	envAdresse = "GUICHET_ESSAI_ADRESSE"
	envDossier = "GUICHET_ESSAI_DOSSIER"
	envSerie   = "GUICHET_ESSAI_SERIE"
	envDepot   = "GUICHET_ESSAI_DEPOT"
)

const envoyeurs = 3

// examinateur does the jobs of the counter that is killed.
type examinateur struct {
	river.WorkerDefaults[pieces.Examen]
	service func() *pieces.Service
}

func (e *examinateur) Work(ctx context.Context, job *river.Job[pieces.Examen]) error {
	err := e.service().Examiner(ctx, job.Args)
	if errors.Is(err, pieces.ErrTour) {
		return river.JobSnooze(100 * time.Millisecond) // as the counter does
	}
	return err
}

// comptoir opens documents and jobs on what is there, as the counter does when it starts.
func comptoir(b *db.Base, dossier string) (s *pieces.Service, t *tache.Taches, f *fichier.Magasin, err error) {
	if f, err = fichier.Ouvrir(dossier); err != nil {
		return nil, nil, nil, err
	}
	ouvriers := river.NewWorkers()
	river.AddWorker(ouvriers, &examinateur{service: func() *pieces.Service { return s }})
	t, err = tache.Nouveau(b, tache.Options{Log: slog.New(slog.DiscardHandler), Ouvriers: ouvriers, Pause: 50 * time.Millisecond})
	if err != nil {
		return nil, nil, nil, err
	}
	m := &monde{base: b, fichiers: f}
	c := m.config()
	c.Inserer = func(ctx context.Context, tx *sql.Tx, e pieces.Examen) error { return t.Inserer(ctx, tx, e) }
	c.Envoyer = func(context.Context, *sql.Tx, int64, modele.Texte, modele.Texte, string) error { return nil }
	c.Vue = func(context.Context, *sql.Tx, int64, int, time.Time) (bool, error) { return false, nil }
	c.Versions = 1 << 30 // hundreds of archives have the same documents here
	s = pieces.Nouveau(c)
	return s, t, f, t.Demarrer(context.Background())
}

// recevoirJusquAuBout receives archives without end, and prints each once it is acknowledged.
func recevoirJusquAuBout(adresse string) error {
	ctx := context.Background()
	b, err := db.Ouvrir(ctx, adresse)
	if err != nil {
		return err
	}
	s, _, _, err := comptoir(b, os.Getenv(envDossier))
	if err != nil {
		return err
	}
	var fournisseur, depot int64
	if _, err := fmt.Sscan(os.Getenv(envDepot), &fournisseur, &depot); err != nil {
		return err
	}
	var tous sync.WaitGroup
	var sortie sync.Mutex
	for i := range envoyeurs {
		tous.Go(func() {
			for n := range 1000 {
				texte := fmt.Sprintf("%s-%d-%d", os.Getenv(envSerie), i, n)
				octets, err := archiveCoupure(texte)
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					return
				}
				a, err := s.Recevoir(ctx, pieces.Envoi{Fournisseur: fournisseur, Compte: 1, Depot: depot, Nom: texte + ".zip", Corps: bytes.NewReader(octets)})
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					return
				}
				sortie.Lock()
				fmt.Println(a.ID, a.SHA256)
				sortie.Unlock()
			}
		})
	}
	tous.Wait()
	return nil
}

// archiveCoupure is an archive of two documents, unlike all others, large enough to be cut at many places.
func archiveCoupure(texte string) ([]byte, error) {
	gros := texte + strings.Repeat("x", 100_000)
	return archiver(entree{"MS1-DUI-Va1-BDC-A0001.pdf", pdf(gros)}, entree{"MS1-DUI-Va1-BDC-A0002.pdf", pdf(gros + "2")})
}

// Killed at any instant, the counter has every archive that it acknowledged, whole; once it runs again each is
// examined, once, and the sweep leaves nothing that nobody refers to.
func TestKilled(t *testing.T) {
	t.Parallel()
	essai.Coupures(t, tuer)
}

func tuer(t *testing.T, adresse string) {
	t.Helper()
	dossier, r := t.TempDir(), rand.New(rand.NewPCG(1, 2))
	var depot string
	essai.Rouvrir(t, adresse, func(b *db.Base) {
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tache.Migrer(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		m := nouveauDans(t, b, dossier)
		depot = fmt.Sprint(m.fournisseur, m.depot)
	})
	accuses := map[int64]string{}
	debut, fin := time.Now(), essai.Duree()
	for tour := 0; tour < 2 || time.Since(debut) < fin; tour++ {
		delai := time.Duration(r.IntN(600)) * time.Millisecond
		essai.Tuer(t, delai, func(ligne string) {
			var id int64
			var sha string
			if _, err := fmt.Sscan(ligne, &id, &sha); err != nil {
				t.Errorf("%q: %v", ligne, err)
			}
			accuses[id] = sha
		}, envAdresse+"="+adresse, envDossier+"="+dossier, envDepot+"="+depot, fmt.Sprintf("%s=%d", envSerie, tour))
	}
	if len(accuses) == 0 {
		t.Fatal("nothing was acknowledged: the loop shows nothing")
	}
	essai.Rouvrir(t, adresse, func(b *db.Base) { finir(t, b, dossier, accuses) })
	t.Logf("%d archives acknowledged", len(accuses))
}

// finir lets the counter come to the end of what it has begun, sweeps, and checks all that is there.
func finir(t *testing.T, b *db.Base, dossier string, accuses map[int64]string) {
	t.Helper()
	s, taches, f, err := comptoir(b, dossier)
	if err != nil {
		t.Fatal(err)
	}
	reste := func() int { return compter(t, b, `SELECT count(*) FROM archive WHERE etat = 'recue'`) }
	for n := 0; reste() > 0 && n < 1200; n++ {
		time.Sleep(50 * time.Millisecond)
	}
	if err := taches.Arreter(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := reste(); n > 0 {
		t.Fatalf("%d archives are never examined", n)
	}
	if _, err := f.Balayer(t.Context(), func(ctx context.Context, sha string) (bool, error) {
		depots := compter(t, b, `SELECT count(*) FROM depot WHERE sha256 = $1`, sha)
		oui, err := s.Reference(ctx, sha)
		return oui || depots > 0, err
	}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for id, sha := range accuses {
		if n := compter(t, b, `SELECT count(*) FROM archive WHERE id = $1 AND sha256 = $2 AND etat = 'examinee' AND bonnes = 2 AND mauvaises = 0`, id, sha); n != 1 {
			t.Errorf("archive %d is lost, or not as it was sent", id)
		}
	}
	coherente(t, b)
	entiers(t, b, dossier)
}

// coherente checks the database: nothing halved, nothing done twice.
func coherente(t *testing.T, b *db.Base) {
	t.Helper()
	for quoi, texte := range map[string]string{
		"archives whose documents are not two":    `SELECT count(*) FROM archive a WHERE (SELECT count(*) FROM piece p WHERE p.archive_id = a.id) <> 2`,
		"archives recorded twice":                 `SELECT count(*) - count(DISTINCT sha256) FROM archive`,
		"examinations too many, or missing":       `SELECT (SELECT count(*) FROM journal WHERE action = 'pieces.examinees') - (SELECT count(*) FROM archive)`,
		"receptions too many, or missing":         `SELECT (SELECT count(*) FROM journal WHERE action = 'pieces.recues') - (SELECT count(*) FROM archive)`,
		"jobs too many, or missing":               `SELECT (SELECT count(*) FROM river_job WHERE kind = 'pieces.examen') - (SELECT count(*) FROM archive)`,
		"documents that count beside another one": `SELECT count(*) - 2 FROM piece WHERE etat = 'recue'`,
		"gaps between documents":                  `SELECT sum(n - total) FROM (SELECT max(ordre) AS n, count(*) AS total FROM piece GROUP BY depot_id, rang, type) x`,
	} {
		if n := compter(t, b, texte); n != 0 {
			t.Errorf("%s: %d", quoi, n)
		}
	}
	if _, err := journalessai.Verifier(t.Context(), b, 1); err != nil {
		t.Error(err)
	}
}

func compter(t *testing.T, b *db.Base, texte string, args ...any) (n int) {
	t.Helper()
	if err := b.Lire().QueryRowContext(t.Context(), texte, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// entiers checks every file of the store: its bytes are those of its name, and nothing is missing or too many.
func entiers(t *testing.T, b *db.Base, dossier string) {
	t.Helper()
	vus := 0
	err := filepath.WalkDir(dossier, func(chemin string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(chemin)
		if err != nil {
			return err
		}
		h := sha256.New()
		_, err = io.Copy(h, f)
		if sha := hex.EncodeToString(h.Sum(nil)); sha != d.Name() {
			t.Errorf("%s holds the bytes of %s", chemin, sha)
		}
		vus++
		return errors.Join(err, f.Close())
	})
	if err != nil {
		t.Fatal(err)
	}
	veut := compter(t, b, `SELECT count(DISTINCT sha256) FROM (SELECT sha256 FROM archive WHERE libere = 0 UNION ALL SELECT sha256 FROM piece WHERE libere = 0 UNION ALL SELECT sha256 FROM depot) x WHERE sha256 <> ''`)
	if vus != veut {
		t.Errorf("%d files are kept, want %d", vus, veut)
	}
}
