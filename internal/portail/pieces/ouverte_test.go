package pieces_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/pieces"
)

// mettreLe puts a demande in a state at an instant.
func (m *monde) mettreLe(t *testing.T, rang int, etat string, le time.Time) {
	t.Helper()
	err := m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE demande SET etat = $1, maj = $2 WHERE depot_id = $3 AND rang = $4`, etat, db.Instant(le), m.depot, rang)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (m *monde) recevoir(t *testing.T, nom string, octets []byte) (*pieces.Archive, error) {
	t.Helper()
	return m.Recevoir(t.Context(), pieces.Envoi{Fournisseur: m.fournisseur, Compte: 1, Depot: m.depot, Nom: nom, Corps: bytes.NewReader(octets)})
}

const premiere = "MS1-DUI-Va1-BDC-A0001.pdf"

// What was sent while a demande was open is taken, though an agent takes the demande up before it is examined; what is
// sent afterwards is not.
func TestSentWhileOpen(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		if _, err := m.recevoir(t, premiere, pdf("à temps")); err != nil {
			t.Fatal(err)
		}
		m.mettreLe(t, 0, "instruction", midi.Add(time.Second))
		m.examiner(t)
		_, f, err := m.Ouvrir(t.Context(), m.fournisseur, m.depot, 0, "BON_COMMANDE")
		if err != nil || lireTout(t, f) != string(pdf("à temps")) {
			t.Errorf("sent while it was open: %v", err)
		}
		m.mettreLe(t, 0, "instruction", midi)
		if a := m.envoyer(t, premiere, pdf("trop tard")); a.Ecartees != 1 {
			t.Errorf("sent afterwards: %+v", a)
		}
	})
}

// The same bytes do something again once the agency asks for documents, and once another document has taken their place.
func TestSameAgain(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.envoyer(t, premiere, pdf("un"))
		if a := m.envoyer(t, premiere, pdf("un")); !a.DejaRecue {
			t.Errorf("the very same: %+v", a)
		}
		m.envoyer(t, premiere, pdf("deux"))
		if a := m.envoyer(t, premiere, pdf("un")); a.DejaRecue || a.Bonnes != 1 {
			t.Errorf("the first one again, after another: %+v", a)
		}
		m.mettreLe(t, 0, "instruction", midi)
		if a := m.envoyer(t, premiere, pdf("trois")); a.Ecartees != 1 {
			t.Errorf("while it is examined: %+v", a)
		}
		m.mettreLe(t, 0, "a_modifier", midi.Add(time.Hour))
		if a := m.envoyer(t, premiere, pdf("trois")); a.DejaRecue || a.Bonnes != 1 {
			t.Errorf("once the agency asks for it: %+v", a)
		}
	})
}

// Whether the same bytes do something again is seen at their own place, however they came there.
func TestSameAgainAtItsPlace(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		pour := func(rang int, octets []byte) *pieces.Archive {
			t.Helper()
			a, err := m.Recevoir(t.Context(), pieces.Envoi{
				Fournisseur: m.fournisseur, Compte: 1, Depot: m.depot, Nom: "scan.pdf", Corps: bytes.NewReader(octets),
				Place: &pieces.Piece{Rang: rang, Type: "BON_COMMANDE", Format: "PDF"},
			})
			if err != nil {
				t.Fatal(err)
			}
			m.examiner(t)
			return a
		}
		for _, texte := range []string{"un", "deux", "un"} {
			if a := m.envoyer(t, premiere, pdf(texte)); a.DejaRecue || a.Bonnes != 1 {
				t.Errorf("%s: %+v", texte, a)
			}
		}
		if a := m.envoyer(t, premiere, pdf("un")); !a.DejaRecue {
			t.Errorf("it counts, though it was replaced once: %+v", a)
		}
		pour(0, pdf("scan"))
		pour(3, pdf("scan"))
		pour(0, pdf("autre"))
		if a := pour(0, pdf("scan")); a.DejaRecue {
			t.Errorf("it counts at another place alone: %+v", a)
		}
		m.envoyer(t, "lot.zip", zipper(t, entree{premiere, pdf("du lot")}))
		m.envoyer(t, premiere, pdf("du lot")) // has come before, in the archive
		m.envoyer(t, premiere, pdf("encore un"))
		if a := m.envoyer(t, premiere, pdf("du lot")); a.DejaRecue || a.Bonnes != 1 {
			t.Errorf("it came in an archive, then another document took its place: %+v", a)
		}
	})
}

// When no demande of a deposit takes documents any more, sending some is refused before anything is kept.
func TestNoneOpen(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		for rang, etat := range []string{"retiree", "refusee", "payee", "instruction"} {
			m.mettre(t, rang, etat)
		}
		var refus pieces.Refuse
		if _, err := m.recevoir(t, premiere, pdf("1")); !errors.As(err, &refus) || !strings.Contains(refus.Fr, "n'attend plus") {
			t.Errorf("%v", err)
		}
		m.mettre(t, 3, "a_modifier")
		if _, err := m.recevoir(t, premiere, pdf("1")); err != nil {
			t.Errorf("with one open: %v", err)
		}
	})
}

func document(t testing.TB, champ, nom string, octets []byte) (genre string, corps *bytes.Buffer) {
	t.Helper()
	corps = &bytes.Buffer{}
	f := multipart.NewWriter(corps)
	w, err := f.CreateFormFile(champ, nom)
	if err == nil {
		_, err = w.Write(octets)
	}
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return f.FormDataContentType(), corps
}

// One document is sent by itself, under any name; the page of the documents has its form as long as a demande is open.
func TestOneDocument(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	demande := "/demandes/" + depot.NumeroASP(m.depot, 0)
	envoyer := func(chemin, champ string) (int, string, string) {
		genre, corps := document(t, champ, "scan du 12.pdf", pdf("bon"))
		c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		r, err := c.Post(site+m.chemin()+chemin, genre, corps)
		if err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, r.Header.Get("Location"), lireTout(t, r.Body)
	}
	if etat, ou, page := envoyer("/0/BON_COMMANDE", "document-BON_COMMANDE"); etat != http.StatusSeeOther || ou != demande {
		t.Fatalf("%d to %s\n%s", etat, ou, page)
	}
	m.examiner(t)
	if e := m.etats(t); !strings.HasPrefix(e, "BDC-A0001 recue") {
		t.Error(e)
	}
	for chemin, veut := range map[string]int{"/0/PREUVE_HT": 404, "/9/BON_COMMANDE": 404, "/x/BON_COMMANDE": 404} {
		if etat, _, _ := envoyer(chemin, "document"); etat != veut {
			t.Errorf("%s: %d", chemin, etat)
		}
	}
	if etat, ou, _ := envoyer("/0/BON_COMMANDE", "autre"); etat != 303 || ou != demande {
		t.Errorf("no file: %d", etat)
	}
	m.mettre(t, 0, "retiree")
	if etat, ou, _ := envoyer("/0/BON_COMMANDE", "document"); etat != 303 || ou != demande {
		t.Errorf("withdrawn: %d to %s", etat, ou)
	}
	pages := map[string]string{"retiree": "Aucune demande de ce dépôt", "a_modifier": "<h2>Remplacer des pièces", "complete": "<h2>Remplacer des pièces", "payee": "Aucune demande de ce dépôt"}
	m.envoyer(t, "tout.zip", zipper(t, completes(t)...))
	for etat, texte := range pages {
		for rang := range 4 {
			m.mettre(t, rang, etat)
		}
		_, page, _ := demander(t, "GET", site+m.chemin(), "", nil)
		if !strings.Contains(page, texte) || strings.Contains(page, `type="file"`) != strings.Contains(texte, "Remplacer") {
			t.Errorf("%s: no %q in\n%s", etat, texte, page)
		}
	}
}
