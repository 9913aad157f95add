package pieces_test

import (
	"bytes"
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/quota"
)

// vue has the agency have looked at everything, or at nothing.
func (m *monde) vue(oui bool) {
	m.Vue = func(context.Context, *sql.Tx, int64, int, time.Time) (bool, error) { return oui, nil }
}

// A document that gives way to another leaves its bytes at once, and its archive too when nothing of it is left: unless the
// agency may have looked at it. Its row stays, with what tells it again.
func TestReplacedDocumentsAreFreed(t *testing.T) {
	t.Parallel()
	for nom, vue := range map[string]bool{"seen": true, "not seen": false} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			essai.Bases(t, func(t *testing.T, b *db.Base) { remplacements(t, b, vue) })
		})
	}
}

func remplacements(t *testing.T, b *db.Base, vue bool) {
	t.Helper()
	dossier := t.TempDir()
	m := nouveauDans(t, b, dossier)
	m.vue(vue)
	avant := kept(t, dossier)
	restent := func(quoi string, libres, vus int) {
		t.Helper()
		want := libres
		if vue {
			want = vus
		}
		if n := kept(t, dossier) - avant; n != want {
			t.Errorf("%s: %d files are kept, want %d", quoi, n, want)
		}
	}
	m.envoyer(t, "MS1-DUI-Va1-BDC-A0001.pdf", pdf("one"))
	m.envoyer(t, "MS1-DUI-Va1-BDC-A0001.pdf", pdf("two"))
	restent("one document twice", 1, 2)
	m.envoyer(t, "une.zip", zipper(t, entree{"MS1-DUI-Va1-BDC-A0001.pdf", pdf("three")}, entree{"MS1-DUI-Va1-BDC-A0002.pdf", pdf("other")}))
	restent("and an archive of two", 3, 5)
	m.envoyer(t, "MS1-DUI-Va1-BDC-A0001.pdf", pdf("four"))
	restent("one of them again", 3, 6)
	m.envoyer(t, "MS1-DUI-Va1-BDC-A0002.pdf", pdf("five"))
	restent("nothing is left of the archive", 2, 7)
	if n := compter(t, b, `SELECT count(*) FROM piece WHERE depot_id = $1 AND sha256 <> '' AND taille > 0`, m.depot); n != 6 {
		t.Errorf("%d documents are known, want 6", n)
	}
	m.relu(t)
}

// relu makes sure that each document that counts can be opened.
func (m *monde) relu(t *testing.T) {
	t.Helper()
	toutes, err := m.Pieces(t.Context(), m.fournisseur, m.depot, -1)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range toutes {
		if p.Etat != "recue" {
			continue
		}
		_, f, err := m.Ouvrir(t.Context(), m.fournisseur, m.depot, p.Rang, p.Type)
		if err != nil {
			t.Errorf("%s: %v", p.Attendu, err)
			continue
		}
		if lireTout(t, f) == "" {
			t.Errorf("%s is empty", p.Attendu)
		}
	}
}

// An archive of which a document was set aside keeps its bytes, though all its others gave way: the one may still be offered.
func TestSetAsideKeepsItsArchive(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.vue(false)
		a := m.envoyer(t, "lot.zip", zipper(t, entree{"MS1-DUI-Va1-BDC-A0001.pdf", pdf("one")}, entree{"bons/bon A0002 signé.pdf", pdf("aside")}))
		if a.Bonnes != 1 || len(a.Ecarts) != 1 {
			t.Fatalf("%+v", a)
		}
		m.envoyer(t, "MS1-DUI-Va1-BDC-A0001.pdf", pdf("two"))
		place := pieces.Piece{Rang: 1, Type: "BON_COMMANDE"}
		for _, avant := range []string{"", "replaced"} {
			if avant != "" {
				m.envoyer(t, "MS1-DUI-Va1-BDC-A0002.pdf", pdf(avant))
			}
			if _, err := m.Donner(t.Context(), pieces.Envoi{Fournisseur: m.fournisseur, Compte: 1, Depot: m.depot, Place: &place}, a.ID, a.Ecarts[0].Ordre); err != nil {
				t.Fatalf("%q: %v", avant, err)
			}
			m.examiner(t)
			_, f, err := m.Ouvrir(t.Context(), m.fournisseur, m.depot, 1, "BON_COMMANDE")
			if err != nil {
				t.Fatal(err)
			}
			if lireTout(t, f) != string(pdf("aside")) {
				t.Errorf("%q: the document set aside is not that which was given its place", avant)
			}
		}
	})
}

// What gave way can come back: a document, and an archive, of which the bytes were let go are examined again.
func TestFreedComesBack(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.vue(false)
		const nom = "MS1-DUI-Va1-BDC-A0001.pdf"
		envoyer := func(comme string, octets, veut []byte) {
			t.Helper()
			m.envoyer(t, comme, octets)
			_, f, err := m.Ouvrir(t.Context(), m.fournisseur, m.depot, 0, "BON_COMMANDE")
			if err != nil {
				t.Fatal(err)
			}
			if got := lireTout(t, f); got != string(veut) {
				t.Errorf("%s: the document before it counts", comme)
			}
		}
		for _, texte := range []string{"one", "two", "one"} {
			envoyer(nom, pdf(texte), pdf(texte))
		}
		for _, texte := range []string{"three", "four", "three", "four"} {
			envoyer(texte+".zip", zipper(t, entree{nom, pdf(texte)}), pdf(texte))
		}
	})
}

// What the documents of a deposit weigh is bounded, unpacked ones included: what goes beyond is set aside, with what to do.
func TestUnpackedDocumentsWeigh(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		long := func(signe string) []byte { return pdf(strings.Repeat(signe, 100_000)) }
		z := zipper(t, entree{"MS1-DUI-Va1-BDC-A0001.pdf", long("a")}, entree{"MS1-DUI-Va1-BDC-A0002.pdf", long("b")}, entree{"MS1-DUI-Va1-BDC-A0004.pdf", long("c")})
		m.Octets = int64(len(z)) + 250_000
		a := m.envoyer(t, "une.zip", z)
		if a.Bonnes != 2 || len(a.Ecarts) != 1 || a.Ecarts[0].Code != "P995" || !strings.Contains(a.Ecarts[0].Motif.Fr, "Écrivez à l'agence") {
			t.Errorf("%+v", a)
		}
		if _, err := m.prendre(t, "MS1-DUI-Va1-BDC-A0004.pdf", long("d")); err == nil || !strings.Contains(err.Error(), "4 GB") {
			t.Errorf("more than a deposit keeps: %v", err)
		}
	})
}

// At the edge of what a deposit, or a day, may have kept, a document that replaces another counts for what it takes more: in
// an archive, and by itself. One that the agency may have looked at stays, and gives nothing back.
func TestReplacingCountsTheNet(t *testing.T) {
	t.Parallel()
	const nom, neuf = "MS1-DUI-Va1-BDC-A0001.pdf", "MS1-DUI-Va1-BDC-A0004.pdf"
	long := func(signe string) []byte { return pdf(strings.Repeat(signe, 100_000)) }
	for _, jour := range []bool{false, true} {
		for _, vue := range []bool{false, true} {
			essai.Bases(t, func(t *testing.T, b *db.Base) {
				m := nouveau(t, b)
				m.vue(vue)
				m.envoyer(t, nom, long("a"))
				z := zipper(t, entree{nom, long("b")}, entree{neuf, long("c")})
				m.bord(t, jour, int64(len(z))+1000)
				a := m.envoyer(t, "lot.zip", z)
				if veut := map[bool]int{false: 1, true: 0}[vue]; a.Bonnes != veut || a.Ecartees != 2-veut {
					t.Errorf("of a day %v, seen %v: %+v", jour, vue, a)
				}
				m.bord(t, jour, 1000)
				_, err := m.prendre(t, nom, long("d"))
				if (err == nil) == vue {
					t.Errorf("by itself, of a day %v, seen %v: %v", jour, vue, err)
				}
				place := pieces.Piece{Rang: 0, Type: "BON_COMMANDE", Format: "PDF", Attendu: nom}
				_, err = m.Recevoir(t.Context(), pieces.Envoi{Fournisseur: m.fournisseur, Compte: 1, Depot: m.depot, Nom: "x.pdf", Corps: bytes.NewReader(long("e")), Place: &place})
				if vue && err == nil {
					t.Errorf("at its place, of a day %v: it is kept", jour)
				}
			})
		}
	}
}

// bord leaves so many bytes of the room of the deposit, or of the day.
func (m *monde) bord(t *testing.T, jour bool, octets int64) {
	t.Helper()
	if !jour {
		pese := compter(t, m.base, `SELECT CAST(COALESCE((SELECT SUM(taille) FROM archive WHERE depot_id = $1 AND libere = 0), 0)
			+ COALESCE((SELECT SUM(p.taille) FROM piece p JOIN archive a ON a.id = p.archive_id WHERE p.depot_id = $1 AND p.libere = 0 AND p.sha256 <> '' AND p.sha256 <> a.sha256), 0) AS BIGINT)`, m.depot)
		m.Octets = int64(pese) + octets
		return
	}
	m.sql(t, `UPDATE quota SET octets = $1`, int64(quota.ParJour)-octets)
}
