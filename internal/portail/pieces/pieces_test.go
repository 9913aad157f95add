package pieces_test

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"guichet/internal/portail/antivirus"
	avessai "guichet/internal/portail/antivirus/essai"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	journalessai "guichet/internal/portail/journal/essai"
	"guichet/internal/portail/pieces"
)

const (
	toutManque = "BDC-A0001 manquante, BDC-A0002 manquante, HT-A0002 manquante, BDC-A0003 manquante, BDC-A0004 manquante"
	toutEstLa  = "BDC-A0001 recue, BDC-A0002 recue, HT-A0002 recue, BDC-A0003 recue, BDC-A0004 recue"
)

func (m *monde) incompletes(t *testing.T) int {
	t.Helper()
	n, err := m.Incompletes(t.Context(), m.fournisseur)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Documents come in several archives; demandes become complete one after another, the counter goes with them,
// and each document is given back byte for byte.
func TestComplete(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		if e := m.etats(t); e != toutManque || m.incompletes(t) != 4 {
			t.Fatalf("at first: %s, %d incomplete", e, m.incompletes(t))
		}
		toutes := completes(t)
		if a := m.envoyer(t, "un.zip", zipper(t, toutes[:2]...)); a.Etat != pieces.Examinee || a.Bonnes != 2 || a.Mauvaises+a.Ecartees != 0 {
			t.Errorf("first archive: %+v", a)
		}
		if n := m.incompletes(t); n != 3 {
			t.Errorf("%d incomplete, want 3: A0002 lacks its second document", n)
		}
		m.envoyer(t, "deux.zip", zipper(t, toutes[2:]...))
		if e := m.etats(t); e != toutEstLa || m.incompletes(t) != 0 {
			t.Errorf("at the end: %s, %d incomplete", e, m.incompletes(t))
		}
		p, f, err := m.Ouvrir(t.Context(), m.fournisseur, m.depot, 1, "PREUVE_HT")
		if err != nil || lireTout(t, f) != string(jpg(t)) || p.Format != "JPG" {
			t.Errorf("%+v, %v", p, err)
		}
		if _, err := journalessai.Verifier(t.Context(), b, m.fournisseur); err != nil {
			t.Error(err)
		}
	})
}

// The same archive twice is the same Archive, and changes nothing.
func TestTwice(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		z := zipper(t, completes(t)...)
		a, encore := m.envoyer(t, "un.zip", z), m.envoyer(t, "copie de un.zip", z)
		if a.ID != encore.ID || a.DejaRecue || !encore.DejaRecue || m.etats(t) != toutEstLa {
			t.Errorf("%+v, then %+v", a, encore)
		}
		// The job done again, as after a stop before it was noted as done.
		if err := m.Examiner(t.Context(), pieces.Examen{Archive: a.ID}); err != nil {
			t.Error(err)
		}
		var n int
		if err := b.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM piece`).Scan(&n); err != nil || n != 5 {
			t.Errorf("%d documents, %v", n, err)
		}
	})
}

// What cannot be accepted says why, and what is set aside names the nearest expected document.
func TestRefused(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		a := m.envoyer(t, "lot.zip", zipper(t,
			entree{"MS1-DUI-Va1-BDC-A0001.pdf", pdf("x")[:90]},      // cut short
			entree{"MS1-DUI-Va1-BDC-A0002.pdf", pngDe(t)},           // lies
			entree{"MS1-DUI-Va1-BDC-A0003.PNG", pngDe(t)},           // misnamed
			entree{"MS1-DUI-Va1-BDC-A0009.pdf", pdf("9")},           // no such demande
			entree{"<script>alert(1)</script>/bon.pdf", pdf("bon")}, // no name at all
		))
		if a.Etat != pieces.Refusee || a.Code != "P905" {
			t.Errorf("names of a web page: %+v", a)
		}
		a = m.envoyer(t, "lot2.zip", zipper(t,
			entree{"MS1-DUI-Va1-BDC-A0001.pdf", pdf("x")[:90]},
			entree{"MS1-DUI-Va1-BDC-A0002.pdf", pngDe(t)},
			entree{"MS1-DUI-Va1-BDC-A0003.PNG", pngDe(t)},
			entree{"MS1-DUI-Va1-BDC-A0009.pdf", pdf("9")},
		))
		if e := m.etats(t); e != "BDC-A0001 refuseeP814, BDC-A0002 refuseeP813, HT-A0002 manquante, BDC-A0003 manquante, BDC-A0004 manquante" {
			t.Error(e)
		}
		if a.Bonnes != 0 || a.Mauvaises != 2 || len(a.Ecarts) != 2 {
			t.Fatalf("%+v", a)
		}
		for i, veut := range []string{"MS1-DUI-Va1-BDC-A0003.PNG P804 MS1-DUI-Va1-BDC-A0003.png", "MS1-DUI-Va1-BDC-A0009.pdf P802 MS1-DUI-Va1-BDC-A0001.pdf"} {
			e := a.Ecarts[i]
			if got := strings.TrimPrefix(e.Nom, "lot2.zip/") + " " + e.Code + " " + e.Proche; got != veut {
				t.Errorf("set aside: %s, want %s", got, veut)
			}
		}
		if dernier := m.courriels[len(m.courriels)-1].Fr; !strings.Contains(dernier, "Pièces refusées : 2") || !strings.Contains(dernier, "Pièces encore attendues : 5") {
			t.Errorf("mail: %s", dernier)
		}
	})
}

// A better document takes the place of a refused one; a worse one does not take that of a good one.
func TestReplace(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		nom := "MS1-DUI-Va1-BDC-A0001.pdf"
		m.envoyer(t, nom, pdf("x")[:90])
		if a := m.envoyer(t, nom, pdf("bon")); a.Bonnes != 1 || m.incompletes(t) != 3 {
			t.Errorf("a document by itself: %+v", a)
		}
		if a := m.envoyer(t, nom, pdf("autre")[:90]); a.Ecartees != 1 || a.Ecarts[0].Code != "P814" {
			t.Errorf("a worse one: %+v", a)
		}
		m.envoyer(t, nom, pdf("meilleur"))
		_, f, err := m.Ouvrir(t.Context(), m.fournisseur, m.depot, 0, "BON_COMMANDE")
		if err != nil || lireTout(t, f) != string(pdf("meilleur")) {
			t.Errorf("the later one does not count: %v", err)
		}
		m.mettre(t, 0, "instruction")
		if a := m.envoyer(t, nom, pdf("trop tard")); a.Ecartees != 1 || a.Ecarts[0].Code != "P993" {
			t.Errorf("after the demande has gone on: %+v", a)
		}
	})
}

func (m *monde) mettre(t *testing.T, rang int, etat string) {
	t.Helper()
	err := m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE demande SET etat = $1 WHERE depot_id = $2 AND rang = $3`, etat, m.depot, rang)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// One supplier sees nothing of another's, whatever it asks.
// ASVS 8.2.2.
func TestStrangers(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.envoyer(t, "un.zip", zipper(t, completes(t)...))
		autre := m.ajouterFournisseur(t, "00000000200006")
		if _, err := m.Pieces(t.Context(), autre, m.depot, -1); !errors.Is(err, pieces.ErrInconnu) {
			t.Errorf("documents: %v", err)
		}
		if _, _, err := m.Ouvrir(t.Context(), autre, m.depot, 0, "BON_COMMANDE"); !errors.Is(err, pieces.ErrInconnu) {
			t.Errorf("a document: %v", err)
		}
		if toutes, err := m.Archives(t.Context(), autre, m.depot); len(toutes) != 0 || err != nil {
			t.Errorf("archives: %v, %v", toutes, err)
		}
		if _, err := m.Recevoir(t.Context(), pieces.Envoi{Fournisseur: autre, Depot: m.depot, Nom: "x.zip", Corps: strings.NewReader("PK")}); !errors.Is(err, pieces.ErrInconnu) {
			t.Errorf("sends: %v", err)
		}
	})
}

// Documents that another supplier sends need its mandate, until they are recorded.
func TestMandate(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		autre := m.ajouterFournisseur(t, "00000000200006")
		ecrire := func(texte string, args ...any) {
			err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, texte, args...)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
		revoquer := func() { ecrire(`UPDATE mandat SET etat = 'revoque'`) }
		envoyer := func(corps io.Reader) error {
			_, err := m.Recevoir(t.Context(), pieces.Envoi{Fournisseur: m.fournisseur, Compte: 1, Mandataire: autre, Depot: m.depot, Nom: "un.zip", Corps: corps})
			return err
		}
		z := zipper(t, completes(t)...)
		var refus pieces.Refuse
		if err := envoyer(bytes.NewReader(z)); !errors.As(err, &refus) || refus.Texte != compte.SansMandat {
			t.Errorf("without a mandate: %v", err)
		}
		ecrire(`INSERT INTO mandat (mandant_id, mandataire_id, etat, debut) VALUES ($1, $2, 'actif', 1)`, m.fournisseur, autre)
		if err := envoyer(io.MultiReader(bytes.NewReader(z), &enChemin{revoquer})); !errors.As(err, &refus) {
			t.Errorf("revoked on the way: %v", err)
		}
		if toutes, err := m.Archives(t.Context(), m.fournisseur, m.depot); len(toutes) != 0 || err != nil {
			t.Errorf("archives: %v, %v", toutes, err)
		}
		ecrire(`UPDATE mandat SET etat = 'actif'`)
		if err := envoyer(bytes.NewReader(z)); err != nil {
			t.Errorf("with a mandate: %v", err)
		}
	})
}

// enChemin is an empty end of a body, at which something happens.
type enChemin struct{ faire func() }

func (e *enChemin) Read([]byte) (int, error) {
	e.faire()
	return 0, io.EOF
}

// The list of incomplete demandes goes from page to page without missing or repeating one, the deposit first whose time ends first.
func TestIncompletes(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.envoyer(t, "MS1-DUI-Va1-BDC-A0003.png", pngDe(t))
		premier, second := m.depot, m.deposerAvec(t, "B", "002")
		var vues []string
		apres := &pieces.Apres{}
		for apres != nil {
			liste, suite, err := m.ListerIncompletes(t.Context(), m.fournisseur, *apres, 1)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range liste {
				vues = append(vues, fmt.Sprintf("%d %s:%d", slices.Index([]int64{premier, second}, i.Depot), i.Numero, len(i.Pieces)))
			}
			apres = suite
		}
		if got := strings.Join(vues, " "); got != "0 A0001:1 0 A0002:2 0 A0004:1 1 B0001:1 1 B0002:2 1 B0003:1 1 B0004:1" {
			t.Error(got)
		}
	})
}

// An archive that is too large is listed with why; the deposit and what came before stay.
// ASVS 5.2.1.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.envoyer(t, "un.zip", zipper(t, completes(t)[0]))
		a, err := m.Recevoir(t.Context(), pieces.Envoi{Fournisseur: m.fournisseur, Depot: m.depot, Nom: "lourde.zip", Corps: zeros(pieces.MaxArchive + 1)})
		if err != nil || a.Etat != pieces.Refusee || a.Code != "P901" {
			t.Fatalf("%+v, %v", a, err)
		}
		if toutes, err := m.Archives(t.Context(), m.fournisseur, m.depot); len(toutes) != 2 || err != nil || m.incompletes(t) != 3 {
			t.Errorf("%v, %v", toutes, err)
		}
	})
}

// zeros gives so many bytes.
func zeros(n int64) io.Reader { return io.LimitReader(sansFin{}, n) }

type sansFin struct{}

func (sansFin) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// bombe is a little more than a megabyte that says it unpacks to more than a gigabyte.
func bombe(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "bombe.pdf", Method: zip.Deflate, CompressedSize64: 1_100_000, UncompressedSize64: 1<<30 + 1})
	if err == nil {
		_, err = w.Write(make([]byte, 1_100_000))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Whatever an archive is, the outcome is a refusal with its reason, and the next one is examined.
func TestHostile(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	nombreuses := make([]entree, 20_000)
	for i := range nombreuses {
		nombreuses[i].nom = fmt.Sprintf("%05d.pdf", i)
	}
	deux := zipper(t, entree{"a.pdf", pdf("a")}, entree{"A.pdf", pdf("b")})
	for nom, c := range map[string]struct {
		octets []byte
		code   string
	}{
		"vide.zip":      {[]byte{}, "P902"},
		"texte.zip":     {[]byte("ce n'est pas une archive"), "P902"},
		"coupee.zip":    {zipper(t, completes(t)...)[:300], "P902"},
		"nombreuse.zip": {zipper(t, nombreuses...), "P903"},
		"evadee.zip":    {zipper(t, entree{"../../etc/bon.pdf", pdf("x")}), "P905"},
		"double.zip":    {deux, "P907"},
		"bombe.zip":     {bombe(t), "P910"},
	} {
		if a := m.envoyer(t, nom, c.octets); a.Etat != pieces.Refusee || a.Code != c.code || a.Motif.Fr == "" || a.Motif.En == "" {
			t.Errorf("%s: %+v, want %s", nom, a, c.code)
		}
	}
	if e := m.etats(t); e != toutManque {
		t.Error(e)
	}
	m.envoyer(t, "bonne.zip", zipper(t, completes(t)...))
	if e := m.etats(t); e != toutEstLa {
		t.Error(e)
	}
}

// A process that dies, or answers nonsense, is a refused archive; sent again, it is examined again.
func TestDeadExaminer(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		z := zipper(t, completes(t)...)
		m.Programme = []string{"/bin/sh", "-c", "kill -9 $$"}
		a := m.envoyer(t, "un.zip", z)
		if a.Etat != pieces.Refusee || a.Code != "P991" || !strings.Contains(a.Motif.Fr, "n'a pas pu être examinée") {
			t.Errorf("%+v", a)
		}
		m.Programme = []string{"/bin/sh", "-c", `echo '{"genre":"bonne","piece":99,"taille":3}'`}
		if a := m.envoyer(t, "un.zip", z); a.Code != "P991" {
			t.Errorf("%+v", a)
		}
		m.Programme = nil
		m.envoyer(t, "un.zip", z)
		if e := m.etats(t); e != toutEstLa {
			t.Error(e)
		}
	})
}

// A document in which the antivirus finds something is refused with its name; without the antivirus nothing is
// accepted, and the job is left to be tried again.
// ASVS 5.4.3, 16.5.3.
func TestAntivirus(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.Analyser = func(context.Context, io.Reader) (string, error) { return "", errors.New("nobody answers") }
		z := zipper(t, completes(t)...)
		a, err := m.Recevoir(t.Context(), pieces.Envoi{Fournisseur: m.fournisseur, Depot: m.depot, Nom: "un.zip", Corps: bytes.NewReader(z)})
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Examiner(t.Context(), pieces.Examen{Archive: a.ID}); err == nil || m.etats(t) != toutManque {
			t.Errorf("%v, %s", err, m.etats(t))
		}
		m.Analyser = func(_ context.Context, r io.Reader) (string, error) {
			octets, err := io.ReadAll(r)
			if bytes.Equal(octets, pdf("4")) {
				return "Fictif.Test", err
			}
			return "", err
		}
		m.examiner(t)
		if e := m.etats(t); !strings.HasSuffix(e, "BDC-A0003 recue, BDC-A0004 refuseeP992") {
			t.Error(e)
		}
	})
}

// The real daemon: the document in which it finds something is refused by name on the page, the others are accepted.
func TestClamd(t *testing.T) {
	t.Parallel()
	demon := avessai.Nouveau(t)
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.Analyser = antivirus.Clamd{Adresse: demon.Adresse}.Analyser
		site := m.site(t, m.fournisseur, compte.Lecteur)
		toutes := completes(t)
		toutes[1].octets = pdf("un document " + avessai.Signature())
		m.envoyer(t, "lot.zip", zipper(t, toutes...))
		if e := m.etats(t); e != strings.Replace(toutEstLa, "BDC-A0002 recue", "BDC-A0002 refuseeP992", 1) {
			t.Error(e)
		}
		if _, page, _ := demander(t, "GET", site+m.chemin(), "", nil); !strings.Contains(page, "y reconnaît "+avessai.Trouve) {
			t.Errorf("the page does not say what was found:\n%s", page)
		}
	})
}
