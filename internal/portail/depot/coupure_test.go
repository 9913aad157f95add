package depot_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/fichier"
	journalessai "guichet/internal/portail/journal/essai"
)

// The variables that make the test binary a counter which deposits until it is killed.
const (
	envAdresse = "GUICHET_ESSAI_ADRESSE"
	envDossier = "GUICHET_ESSAI_DOSSIER"
	envSerie   = "GUICHET_ESSAI_SERIE"
)

const (
	clientsCoupure  = 4
	demandesCoupure = 20
)

func TestMain(m *testing.M) {
	if adresse := os.Getenv(envAdresse); adresse != "" {
		if err := servirJusquAuBout(adresse, os.Getenv(envDossier), os.Getenv(envSerie)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// servirJusquAuBout deposits without end, one client for each supplier, and prints each deposit once it is
// acknowledged.
func servirJusquAuBout(adresse, dossier, serie string) error {
	ctx := context.Background()
	b, err := db.Ouvrir(ctx, adresse)
	if err != nil {
		return err
	}
	m, err := fichier.Ouvrir(dossier)
	if err != nil {
		return err
	}
	s, err := depot.Ouvrir(ctx, depot.Options{Base: b, Fichiers: m, Maintenant: time.Now})
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	var sortie sync.Mutex
	for i := range clientsCoupure {
		wg.Go(func() {
			for n := range 1000 {
				octets := fichierSerie(i, serie+base36(n))
				d, err := s.Deposer(ctx, envoi(int64(i+1), octets))
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					return
				}
				sortie.Lock()
				fmt.Println(d.ID, d.Acceptees, d.SHA256)
				sortie.Unlock()
			}
		})
	}
	wg.Wait()
	return nil
}

// fichierSerie makes a file of supplier i whose numbers are a series of three characters and a rank of two.
func fichierSerie(i int, serie string) []byte {
	octets := fichierDe(i, demandesCoupure, serie[:2], 0)
	for _, avant := range []string{`"numeroEditeur": "`, `BDC-`, `-HT-`} {
		octets = bytes.ReplaceAll(octets, []byte(avant+serie[:2]+"0"), []byte(avant+serie))
	}
	return octets
}

func base36(n int) string {
	const chiffres = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	return string([]byte{chiffres[n/36%36], chiffres[n%36]})
}

// accuse is a deposit that was acknowledged.
type accuse struct {
	id, acceptees int64
	sha           string
}

// Killed at any instant, the counter has every deposit that it acknowledged, whole, and nothing halved or
// doubled.
func TestKilled(t *testing.T) {
	t.Parallel()
	essai.Coupures(t, tuer)
}

func tuer(t *testing.T, adresse string) {
	t.Helper()
	dossier, r := t.TempDir(), rand.New(rand.NewPCG(1, 2))
	essai.Rouvrir(t, adresse, func(b *db.Base) {
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		inscrire(t, b, clientsCoupure)
	})
	var accuses []accuse
	debut, fin := time.Now(), essai.Duree()
	for tour := 0; tour < 36 && (tour < 2 || time.Since(debut) < fin); tour++ {
		serie := base36(tour)[1:]
		delai := time.Duration(r.IntN(600)) * time.Millisecond
		accuses = append(accuses, unTour(t, adresse, dossier, serie, delai)...)
		essai.Rouvrir(t, adresse, func(b *db.Base) { entiers(t, b, dossier, accuses) })
	}
	if len(accuses) == 0 {
		t.Error("nothing was acknowledged: the loop shows nothing")
	}
	t.Logf("%d deposits acknowledged", len(accuses))
}

// unTour starts the counter, kills it a while after its first deposit, and returns what it acknowledged.
func unTour(t *testing.T, adresse, dossier, serie string, delai time.Duration) (accuses []accuse) {
	t.Helper()
	essai.Tuer(t, delai, func(ligne string) {
		var a accuse
		if _, err := fmt.Sscan(ligne, &a.id, &a.acceptees, &a.sha); err != nil {
			t.Errorf("%q: %v", ligne, err)
		}
		accuses = append(accuses, a)
	}, envAdresse+"="+adresse, envDossier+"="+dossier, envSerie+"="+serie)
	return accuses
}

// entiers checks the whole database against what was acknowledged.
func entiers(t *testing.T, b *db.Base, dossier string, accuses []accuse) {
	t.Helper()
	m, err := fichier.Ouvrir(dossier)
	if err != nil {
		t.Fatal(err)
	}
	g := &guichet{b: b, m: m}
	for _, a := range accuses {
		if n := g.compter(t, `SELECT count(*) FROM depot WHERE id = $1 AND sha256 = $2 AND acceptees = $3`, a.id, a.sha, a.acceptees); n != 1 || a.acceptees != demandesCoupure {
			t.Fatalf("deposit %+v is lost", a)
		}
		if g, err := m.Garder(t.Context(), lire(t, m, a.sha), depot.MaxOctets); err != nil || g.SHA256 != a.sha {
			t.Fatalf("the bytes of deposit %d are not what was sent: %v", a.id, err)
		}
	}
	for quoi, texte := range map[string]string{
		"halved":    `SELECT count(*) FROM depot d WHERE d.acceptees <> (SELECT count(*) FROM demande x WHERE x.fournisseur_id = d.fournisseur_id AND x.depot_id = d.id)`,
		"numbers":   `SELECT count(*) FROM depot d WHERE d.demandes <> (SELECT COALESCE(sum(length(suite)), 0) / 2 FROM numero_utilise x WHERE x.fournisseur_id = d.fournisseur_id AND x.depot_id = d.id)`,
		"doubled":   `SELECT count(*) - count(DISTINCT sha256) FROM depot`,
		"orphans":   `SELECT count(*) FROM demande x WHERE NOT EXISTS (SELECT 1 FROM depot d WHERE d.id = x.depot_id)`,
		"uncounted": `SELECT (SELECT count(*) FROM demande) - COALESCE((SELECT sum(nombre) FROM demande_etat), 0)`,
		"unlogged":  `SELECT (SELECT count(*) FROM depot) - (SELECT count(*) FROM journal)`,
	} {
		if n := g.compter(t, texte); n != 0 {
			t.Fatalf("%d %s", n, quoi)
		}
	}
	for i := range int64(clientsCoupure) {
		if _, err := journalessai.Verifier(t.Context(), b, i+1); err != nil {
			t.Fatal(err)
		}
	}
}

func lire(t *testing.T, m *fichier.Magasin, sha string) io.Reader {
	t.Helper()
	octets, err := m.Octets(sha, depot.MaxOctets)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(octets)
}

// A power cut leaves the log of SQLite cut at any byte that was not yet written into the database: SQLite puts
// the log on the disk before it copies it there. What is left is whole deposits.
func TestTruncatedLog(t *testing.T) {
	t.Parallel()
	source := filepath.Join(t.TempDir(), "portail.db")
	dossier := t.TempDir()
	essai.Rouvrir(t, source, func(b *db.Base) {
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		inscrire(t, b, clientsCoupure)
	})
	unTour(t, source, dossier, "Z", time.Second)
	base, journalSQLite := octetsDe(t, source), octetsDe(t, source+"-wal")
	sur := octetsCopies(t, octetsDe(t, source+"-shm"), journalSQLite)
	if sur >= len(journalSQLite) {
		t.Fatal("no log: the test shows nothing")
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		copie := filepath.Join(t.TempDir(), "portail.db")
		coupe := journalSQLite[:sur+r.IntN(len(journalSQLite)-sur+1)]
		for nom, octets := range map[string][]byte{copie: base, copie + "-wal": coupe} {
			if err := os.WriteFile(nom, octets, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		essai.Rouvrir(t, copie, func(b *db.Base) { entiers(t, b, dossier, nil) })
	}
}

// octetsCopies returns the length of the part of the log that SQLite may have begun to copy into the database,
// read from the index it shares between its users (WAL-index header: https://www.sqlite.org/walformat.html, 2.1).
func octetsCopies(t *testing.T, index, journal []byte) int {
	t.Helper()
	const (
		copieEntamee  = 128 // nBackfillAttempted, in frames, in the order of the machine's bytes
		taillePage    = 8   // of the log's header, big-endian
		enteteJournal = 32
		enteteTrame   = 24
	)
	if len(journal) < enteteJournal || len(index) < copieEntamee+4 {
		t.Fatalf("a log of %d bytes, an index of %d: the test shows nothing", len(journal), len(index))
	}
	trames := int(binary.NativeEndian.Uint32(index[copieEntamee:]))
	if trames == 0 {
		return 0
	}
	return enteteJournal + trames*(enteteTrame+int(binary.BigEndian.Uint32(journal[taillePage:])))
}

func octetsDe(t *testing.T, nom string) []byte {
	t.Helper()
	octets, err := os.ReadFile(nom)
	if err != nil {
		t.Fatal(err)
	}
	return octets
}
