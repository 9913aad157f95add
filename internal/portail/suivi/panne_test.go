package suivi_test

import (
	"context"
	"database/sql"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// fragile is a counter any step of which can fail: statements, mails, what it asks of other rooms.
type fragile struct {
	*monde
	panne *dbessai.Panne
	f     int64 // a supplier
	d, e  int64 // its deposits: that of the example, and one of three demandes
}

func nouveauFragile(t *testing.T) *fragile {
	t.Helper()
	b, p := dbessai.Fragile(t)
	m := nouveau(t, b)
	x := &fragile{monde: m, panne: p, f: m.fournisseur(t, "00000000100008")}
	x.d, x.e = m.exemple(t, x.f), m.deposer(t, x.f, "b.json", 100, 3)
	m.suitPieces = true
	m.Destinataires = func(ctx context.Context, tx *sql.Tx, fournisseur int64, g compte.GenreCourriel) ([]compte.Destinataire, error) {
		if err := p.Passer("people"); err != nil {
			return nil, err
		}
		return m.destinataires(ctx, tx, fournisseur, g)
	}
	m.Envoyer = func(context.Context, *sql.Tx, compte.Courriel) error { return p.Passer("mail") }
	m.Recontroler = func(ctx context.Context, f, d int64, demande []byte, l modele.Langue) (*suivi.Recontrole, error) {
		if err := p.Passer("control"); err != nil {
			return nil, err
		}
		return m.recontroler(ctx, f, d, demande, l)
	}
	m.Reclamer = func(context.Context, *sql.Tx, suivi.Cle, []string, []string) error { return p.Passer("claims") }
	m.Pieces = func(context.Context, int64, suivi.Cle) ([]suivi.PieceJointe, error) {
		return nil, p.Passer("documents")
	}
	m.Lettres = func(context.Context, suivi.Cle) ([]web.Lien, error) { return nil, p.Passer("letters") }
	m.Entendre = func(context.Context, suivi.Cle) ([]web.Lien, error) { return nil, p.Passer("hearings") }
	m.Suivre = func(context.Context, *sql.Tx, []etat.Passage) error { return p.Passer("steps") }
	m.Toucher = func(context.Context, *sql.Tx, suivi.Cle) error { return p.Passer("version") }
	m.Relire = func(context.Context, *sql.Tx, int64, suivi.Cle) error { return p.Passer("texts") }
	m.Homonymes = func(context.Context, []string) ([]string, error) { return nil, p.Passer("names") }
	m.Courrier = func(context.Context, *sql.Tx, suivi.Cle) (modele.Texte, string, error) {
		return modele.Texte{}, "", p.Passer("the letter of a mail")
	}
	m.AFaire = func(context.Context, compte.Identite) ([]web.Lien, error) { return nil, p.Passer("to do") }
	m.Analyser = func(context.Context, io.Reader) (string, error) { return "", p.Passer("antivirus") }
	return x
}

// pages serves them to a person.
func (x *fragile) pages(i compte.Identite) http.Handler {
	return web.Routeur(x.Routes(), &web.Site{
		Maintenant: func() time.Time { return x.horloge }, Log: slog.New(slog.DiscardHandler), Proteger: (&compte.Service{}).Proteger,
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), i)))
			})
		},
	})
}

func (x *fragile) chaque(t *testing.T, nom string, faire func() error) {
	t.Helper()
	x.panne.Chaque(t, x.base, dbessai.Acte{Nom: nom, Faire: faire})
}

// changer leads a demande to a state, whatever step fails on the way.
func (x *fragile) changer(t *testing.T, depot int64, a etat.Etat, par etat.Acteur, rangs ...int) {
	t.Helper()
	x.chaque(t, "to "+string(a), func() error {
		return x.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			return x.Changer(ctx, tx, suivi.Changement{Fournisseur: x.f, Depot: depot, Rangs: rangs, A: a, Par: par, Compte: agentDe(a), Motif: "Motif"})
		})
	})
}

var (
	deposant = compte.Identite{Compte: 7, Nom: "Camille", Role: compte.Deposant}
	agent    = compte.Identite{Compte: 9, Nom: "Ana", Role: compte.Administrateur}
)

// ecrit is a message of somebody.
func (x *fragile) ecrit(t *testing.T, e suivi.Ecrit) {
	t.Helper()
	x.chaque(t, "write", func() error { _, err := x.Ecrire(t.Context(), e); return err })
}

// Whatever step fails, a demande changes and a message is written wholly or not at all, and the counter says that it
// could not.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	i := deposant
	i.Fournisseur = x.f
	for _, pas := range []struct {
		depot int64
		a     etat.Etat
		par   etat.Acteur
		rangs []int
	}{
		{x.e, etat.Complete, etat.Programme, []int{0, 1}}, {x.e, etat.Instruction, etat.Agence, []int{0, 1}}, {x.e, etat.AValider, etat.Agence, []int{0, 1}},
		{x.e, etat.Decidee, etat.Agence, []int{0, 1}}, {x.e, etat.Validee, etat.Programme, []int{0}},
		{x.e, etat.Payee, etat.Agence, []int{0}}, {x.e, etat.Refusee, etat.Programme, []int{1}},
		{x.d, etat.Complete, etat.Programme, []int{0}}, {x.d, etat.Instruction, etat.Agence, []int{0}}, {x.d, etat.AModifier, etat.Agence, []int{0}},
	} {
		x.changer(t, pas.depot, pas.a, pas.par, pas.rangs...)
	}
	x.chaque(t, "open", func() error { return x.ouvrirMontant(t) })
	x.ecrit(t, suivi.Ecrit{Auteur: i, Demande: suivi.Cle{Depot: x.d}, Sujet: "Sujet", Texte: "Bonjour", Nom: "un.png", Octets: png})
	x.ecrit(t, suivi.Ecrit{Auteur: agent, Fil: 1, Texte: "Merci"})
	x.Charge = func(context.Context, *sql.Tx, suivi.Cle) (int64, error) { return 0, x.panne.Passer("who holds it") }
	x.Examinent = func(context.Context, db.Lecteur) ([]int64, error) {
		return []int64{100}, x.panne.Passer("who examines")
	}
	x.ecrit(t, suivi.Ecrit{Auteur: i, Fil: 1, Texte: "Encore un mot"})
	x.horloge = x.horloge.Add(2 * time.Hour)
	x.chaque(t, "tell the agency", func() error { return x.Condenser(t.Context()) })
	x.compter(t, map[string]int64{
		`SELECT count(*) FROM demande WHERE etat IN ('payee', 'refusee')`: 2, `SELECT count(*) FROM message`: 3, `SELECT count(*) FROM a_dire_agence`: 0,
	})
}

// ouvrirMontant lets a supplier correct an amount.
func (x *fragile) ouvrirMontant(t *testing.T) error {
	return x.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		return x.Ouvrir(ctx, tx, suivi.Cle{Depot: x.d}, []string{leMontant})
	})
}

// compter checks numbers in the database.
func (x *fragile) compter(t *testing.T, voulus map[string]int64) {
	t.Helper()
	for requete, veut := range voulus {
		var got int64
		if err := x.base.Lire().QueryRowContext(t.Context(), requete).Scan(&got); err != nil || got != veut {
			t.Errorf("%s: %d, %v; want %d", requete, got, err, veut)
		}
	}
}
