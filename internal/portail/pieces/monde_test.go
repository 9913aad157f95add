package pieces_test

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/examen"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/pieces"
	"guichet/modele"
)

// TestMain lets this test binary be the process that examines, as guichet is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == examen.Commande {
		if err := examen.Repondre(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if adresse := os.Getenv(envAdresse); adresse != "" {
		if err := recevoirJusquAuBout(adresse); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const exemple = "../../../exemples/JSON-ANS0000001-20231002-001.json"

var midi = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// monde is a counter with one supplier and one deposit of the first example: demandes A0001 to A0004, which
// expect five documents.
type monde struct {
	*pieces.Service
	base        *db.Base
	fichiers    *fichier.Magasin
	fournisseur int64
	depot       int64
	mu          sync.Mutex
	taches      []pieces.Examen
	courriels   []modele.Texte
}

func nouveau(t testing.TB, b *db.Base) *monde {
	t.Helper()
	return nouveauDans(t, b, t.TempDir())
}

func nouveauDans(t testing.TB, b *db.Base, dossier string) *monde {
	t.Helper()
	f, err := fichier.Ouvrir(dossier)
	if err != nil {
		t.Fatal(err)
	}
	m := &monde{base: b, fichiers: f}
	m.Service = pieces.Nouveau(m.config())
	m.fournisseur = m.ajouterFournisseur(t, "00000000100008")
	err = b.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ('ANS0000001', $1, 'LOGICIEL FICTIF')`, m.fournisseur)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	m.depot = m.deposer(t)
	return m
}

func (m *monde) config() pieces.Config {
	return pieces.Config{
		Base: m.base, Fichiers: m.fichiers, Maintenant: func() time.Time { return midi },
		Inserer: func(_ context.Context, _ *sql.Tx, e pieces.Examen) error {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.taches = append(m.taches, e)
			return nil
		},
		Ouverte:   func(mot string) bool { return etat.Etat(mot).Ouverte() },
		Completer: completer,
		Envoyer: func(_ context.Context, _ *sql.Tx, _ int64, sujet, texte modele.Texte, _ string) error {
			m.courriels = append(m.courriels, sujet, texte)
			return nil
		},
		ImpID: depot.ImpID, LireImpID: depot.LireImpID, NumeroASP: depot.NumeroASP,
		AdresseDepot: func(d int64) string { return "/depots/" + depot.ImpID(d) },
	}
}

// completer does what the follow-up does for the counter, without its history.
func completer(ctx context.Context, tx *sql.Tx, fournisseur, depot int64, rangs []int) error {
	for _, r := range rangs {
		_, err := tx.ExecContext(ctx, `UPDATE demande SET etat = 'complete' WHERE fournisseur_id = $1 AND depot_id = $2 AND rang = $3`, fournisseur, depot, r)
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE depot SET incompletes = incompletes - $1 WHERE id = $2`, len(rangs), depot)
	return err
}

func (m *monde) ajouterFournisseur(t testing.TB, siret string) (id int64) {
	t.Helper()
	err := m.base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree)
			VALUES ($1, 'ÉDITEUR FICTIF', 'actif', 'DURANDAL', 'un@exemple.invalid', '+33 1 99 00 10 01', 1) RETURNING id`, siret).Scan(&id)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (m *monde) deposer(t testing.TB) int64 { return m.deposerAvec(t, "A", "001") }

// deposerAvec deposits the example under other numbers, which begin with a letter.
func (m *monde) deposerAvec(t testing.TB, lettre, nnn string) int64 {
	t.Helper()
	octets, err := os.ReadFile(exemple)
	if err != nil {
		t.Fatal(err)
	}
	octets = bytes.ReplaceAll(octets, []byte("A000"), []byte(lettre+"000"))
	s, err := depot.Ouvrir(context.Background(), depot.Options{Base: m.base, Fichiers: m.fichiers, Maintenant: func() time.Time { return midi }})
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Deposer(context.Background(), depot.Envoi{
		Fournisseur: m.fournisseur, Compte: 1, Type: depot.Avance, NumeroAns: "ANS0000001",
		Nom: "JSON-ANS0000001-20231002-" + nnn + ".json", Corps: bytes.NewReader(octets),
	})
	if err != nil {
		t.Fatal(err)
	}
	if d.Acceptees != 4 {
		t.Fatalf("%d demandes accepted, want 4", d.Acceptees)
	}
	return d.ID
}

// envoyer receives and examines, as a job would.
func (m *monde) envoyer(t testing.TB, nom string, octets []byte) *pieces.Archive {
	t.Helper()
	a, err := m.Recevoir(t.Context(), pieces.Envoi{Fournisseur: m.fournisseur, Compte: 1, Depot: m.depot, Nom: nom, Corps: bytes.NewReader(octets)})
	if err != nil {
		t.Fatal(err)
	}
	m.examiner(t)
	toutes, err := m.Archives(t.Context(), m.fournisseur, m.depot)
	if err != nil {
		t.Fatal(err)
	}
	for i := range toutes {
		if toutes[i].ID == a.ID {
			toutes[i].DejaRecue = a.DejaRecue
			return &toutes[i]
		}
	}
	t.Fatal("an archive that was acknowledged is not listed")
	return nil
}

func (m *monde) examiner(t testing.TB) {
	t.Helper()
	m.mu.Lock()
	taches := m.taches
	m.taches = nil
	m.mu.Unlock()
	for _, e := range taches {
		if err := m.Examiner(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
}

// etats writes the documents of the deposit in one line: "A0001 BON_COMMANDE recue, …".
func (m *monde) etats(t testing.TB) string {
	t.Helper()
	toutes, err := m.Pieces(t.Context(), m.fournisseur, m.depot, -1)
	if err != nil {
		t.Fatal(err)
	}
	var mots []string
	for _, p := range toutes {
		mots = append(mots, strings.TrimSuffix(strings.TrimPrefix(p.Attendu, "MS1-DUI-Va1-"), "."+strings.ToLower(p.Format))+" "+p.Etat+p.Code)
	}
	return strings.Join(mots, ", ")
}

type entree struct {
	nom    string
	octets []byte
}

func zipper(t testing.TB, entrees ...entree) []byte {
	t.Helper()
	octets, err := archiver(entrees...)
	if err != nil {
		t.Fatal(err)
	}
	return octets
}

func archiver(entrees ...entree) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entrees {
		w, err := z.Create(e.nom)
		if err == nil {
			_, err = w.Write(e.octets)
		}
		if err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// pdf makes the smallest PDF that readers take; the text makes it differ from others.
func pdf(texte string) []byte { return pdfAvec(texte, "") }

// pdfAvec makes one with more in its catalogue.
func pdfAvec(texte, catalogue string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%" + texte + "\n")
	var lieux []int
	for i, o := range []string{"<</Type/Catalog" + catalogue + "/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"} {
		lieux = append(lieux, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 4\n0000000000 65535 f \n")
	for _, l := range lieux {
		fmt.Fprintf(&b, "%010d 00000 n \n", l)
	}
	fmt.Fprintf(&b, "trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", table)
	return b.Bytes()
}

func dessin() image.Image { return image.NewGray(image.Rect(0, 0, 40, 30)) }

func jpg(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, dessin(), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngDe(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, dessin()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// completes are the five documents of the example.
func completes(t testing.TB) []entree {
	return []entree{
		{"MS1-DUI-Va1-BDC-A0001.pdf", pdf("1")}, {"MS1-DUI-Va1-BDC-A0002.pdf", pdf("2")}, {"MS1-DUI-Va1-HT-A0002.jpg", jpg(t)},
		{"MS1-DUI-Va1-BDC-A0003.png", pngDe(t)}, {"MS1-DUI-Va1-BDC-A0004.pdf", pdf("4")},
	}
}

func lireTout(t testing.TB, f io.ReadCloser) string {
	t.Helper()
	octets, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return string(octets)
}

func ecrireFichier(t testing.TB, nom string, octets []byte) string {
	t.Helper()
	chemin := t.TempDir() + "/" + nom
	if err := os.WriteFile(chemin, octets, 0o600); err != nil {
		t.Fatal(err)
	}
	return chemin
}
