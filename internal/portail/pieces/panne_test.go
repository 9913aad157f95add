package pieces_test

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/examen"
	"guichet/internal/portail/pieces"
	"guichet/modele"
)

// fragile is a counter any step of which can fail: statements, mails, jobs, what it asks of other rooms.
type fragile struct {
	*monde
	panne   *essai.Panne
	dossier string
}

func nouveauFragile(t *testing.T) *fragile {
	t.Helper()
	b, p := essai.Fragile(t)
	f := &fragile{panne: p, dossier: t.TempDir()}
	f.monde = nouveauDans(t, b, f.dossier)
	c := f.config()
	inserer, envoyer := c.Inserer, c.Envoyer
	c.Inserer = func(ctx context.Context, tx *sql.Tx, e pieces.Examen) error {
		if err := p.Passer("job"); err != nil {
			return err
		}
		return inserer(ctx, tx, e)
	}
	c.Envoyer = func(ctx context.Context, tx *sql.Tx, fournisseur int64, sujet, texte modele.Texte, page string) error {
		if err := p.Passer("mail"); err != nil {
			return err
		}
		return envoyer(ctx, tx, fournisseur, sujet, texte, page)
	}
	c.Vue = func(context.Context, *sql.Tx, int64, int, time.Time) (bool, error) { return false, p.Passer("seen") }
	c.Limite = func(context.Context, int64) (modele.Texte, error) { return modele.Texte{}, p.Passer("limit") }
	c.Analyser = func(context.Context, io.Reader) (string, error) { return "", p.Passer("antivirus") }
	c.Programme = memoire(t)
	f.Service = pieces.Nouveau(c)
	return f
}

// memoire is an examiner that is asked once for each archive, as a person cannot wait for hundreds of processes, then says
// the same again.
func memoire(t *testing.T) examen.Programme {
	t.Helper()
	moi, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return examen.Programme{"/bin/sh", "-c", `cat >"$2.question"
r="$2/$(cksum <"$2.question" | tr ' ' -)"
[ -e "$r" ] || "$0" "$1" <"$2.question" >"$r"
cat "$r"`, moi, examen.Commande, t.TempDir()}
}

// malgre are the looks of the sweep, which are made again.
var malgre = []string{"SELECT EXISTS (SELECT 1 FROM archive WHERE sha256"}

// chaque has each step of an act fail. What the store keeps counts, but for documents that an examination had unpacked:
// the sweep removes them.
func (f *fragile) chaque(t *testing.T, nom string, faire func() error) {
	t.Helper()
	f.panne.Chaque(t, f.base, essai.Acte{Nom: nom, Faire: faire, Malgre: malgre})
}

func (f *fragile) recevoir(t *testing.T, nom string, octets []byte, place *pieces.Piece) {
	t.Helper()
	f.panne.Chaque(t, f.base, essai.Acte{
		Nom: "receive " + nom, Aussi: f.stable(t),
		Faire: func() error {
			_, err := f.Recevoir(t.Context(), pieces.Envoi{Fournisseur: f.fournisseur, Compte: 1, Depot: f.depot, Nom: nom, Corps: bytes.NewReader(octets), Place: place})
			return err
		},
	})
	f.taches = f.taches[:min(1, len(f.taches))]
}

// examinerChaque examines what waits.
func (f *fragile) examinerChaque(t *testing.T, nom string) {
	t.Helper()
	if len(f.taches) == 0 {
		t.Fatalf("%s: nothing waits", nom)
	}
	tache := f.taches[0]
	f.taches = nil
	f.chaque(t, "examine "+nom, func() error { return f.Examiner(t.Context(), tache) })
}

// stable lists the files of the store each time that it is asked. What could not be removed at once is tried again, as the
// counter does: a process that starts just then holds the locks of files until it has started.
func (f *fragile) stable(t *testing.T) func() string {
	avant := ""
	return func() (la string) {
		for range 1000 {
			if la = f.gardes(t); avant == "" || la == avant {
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
		avant = la
		return la
	}
}

// gardes lists the files of the store, without those that nothing refers to.
func (f *fragile) gardes(t *testing.T) string {
	t.Helper()
	if err := f.Liberer(t.Context()); err != nil {
		t.Error(err)
	}
	var noms []string
	err := filepath.WalkDir(f.dossier, func(chemin string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			noms = append(noms, chemin)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(noms, "\n") + "\n"
}

// Whatever step fails, what is sent is kept and examined wholly or not at all, and the counter says that it could not.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	f := nouveauFragile(t)
	toutes := completes(t)
	bon := entree{toutes[0].nom, pdf("another")}
	for _, x := range []struct {
		nom    string
		octets []byte
		place  *pieces.Piece
	}{
		{"some.zip", zipper(t, toutes[0], toutes[1], entree{"inconnu.pdf", pdf("?")}, entree{toutes[3].nom, []byte("x")}), nil},
		{"again.zip", zipper(t, bon, toutes[0], toutes[2]), nil},
		{"not one.zip", []byte("x"), nil},
		{"scan.png", pngDe(t), &pieces.Piece{Rang: 2, Type: "BON_COMMANDE", Format: "PNG"}},
		{"other.png", append(pngDe(t), "more"...), &pieces.Piece{Rang: 2, Type: "BON_COMMANDE", Format: "PNG"}},
		{toutes[4].nom, toutes[4].octets, nil},
	} {
		f.recevoir(t, x.nom, x.octets, x.place)
		f.examinerChaque(t, x.nom)
	}
	if e := f.etats(t); !strings.Contains(e, "BDC-A0004 recue") {
		t.Error(e)
	}
}

// So it is for what is sent again once it could not be examined, and for what a person says of a document set aside.
func TestAgainWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	f := nouveauFragile(t)
	toutes := completes(t)
	dead := zipper(t, toutes[1], toutes[2])
	f.Programme = []string{"/bin/sh", "-c", "kill -9 $$"}
	f.recevoir(t, "dead.zip", dead, nil)
	f.examinerChaque(t, "dead.zip")
	f.Programme = memoire(t)
	f.recevoir(t, "dead.zip", dead, nil)
	f.examinerChaque(t, "dead.zip, again")
	a := f.monde.envoyer(t, "lot.zip", zipper(t, entree{"bon A0001.pdf", pdf("1")}, toutes[3]))
	e := pieces.Envoi{Fournisseur: f.fournisseur, Compte: 1, Depot: f.depot, Place: &pieces.Piece{Rang: 0, Type: "BON_COMMANDE", Format: "PDF"}}
	f.chaque(t, "give a place", func() error {
		_, err := f.Donner(t.Context(), e, a.ID, 1)
		return err
	})
	f.taches = f.taches[:1]
	f.examinerChaque(t, "lot.zip")
	if e := f.etats(t); !strings.HasPrefix(e, "BDC-A0001 recue, BDC-A0002 recue, HT-A0002 recue, BDC-A0003 recue") {
		t.Error(e)
	}
}
