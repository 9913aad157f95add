package contradictoire_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/contradictoire"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
)

// fragile is a counter any step of which can fail: statements, mails, what it asks of other rooms.
type fragile struct {
	*monde
	panne  *dbessai.Panne
	fa, fb int64
	a, b   etat.Cle
}

func nouveauFragile(t *testing.T) *fragile {
	t.Helper()
	b, p := dbessai.Fragile(t)
	x := &fragile{monde: nouveau(t, b), panne: p}
	x.fa, x.a = x.deposer(t, "00000000100008")
	x.fb, x.b = x.deposer(t, "00000000200006")
	x.passer, x.decisions.Lettres.Dire = p.Passer, nil // mails on letters have a transaction of their own
	return x
}

func (x *fragile) chaque(t *testing.T, nom string, faire func() error) {
	t.Helper()
	x.panne.Chaque(t, x.base, dbessai.Acte{Nom: nom, Faire: faire})
}

// demander asks for a page, or posts a form, whatever step fails on the way.
func (x *fragile) demander(t *testing.T, i compte.Identite, motif string, champs func() url.Values) {
	t.Helper()
	pages := web.Routeur(x.Routes(), &web.Site{
		Maintenant: x.Maintenant, Log: slog.New(slog.DiscardHandler), Proteger: (&compte.Service{}).Proteger,
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), i)))
			})
		},
	})
	methode, chemin, _ := strings.Cut(motif, " ")
	v := url.Values{}
	if champs != nil {
		v = champs()
	}
	x.chaque(t, motif, func() error {
		corps, genre := v.Encode(), "application/x-www-form-urlencoded"
		if strings.HasSuffix(chemin, "/reponse") { // it may have a document
			corps, genre = parties(t, v)
		}
		r := httptest.NewRequestWithContext(t.Context(), methode, chemin, strings.NewReader(corps))
		if methode == http.MethodPost {
			r.Header.Set("Content-Type", genre)
		}
		return webessai.Echec(pages, r)
	})
}

// parties writes a form as one that has files.
func parties(t *testing.T, v url.Values) (corps, genre string) {
	t.Helper()
	var b strings.Builder
	w := multipart.NewWriter(&b)
	for nom, x := range v {
		if err := w.WriteField(nom, x[0]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

// preparer makes the PDFs of what is decided: that is kept once it is made, whatever fails then.
func (x *fragile) preparer(t *testing.T, cles ...etat.Cle) {
	t.Helper()
	for _, c := range cles {
		toutes, err := x.decisions.De(t.Context(), x.base.Lire(), c)
		if err == nil {
			err = x.lettres.Preparer(t.Context(), &toutes[len(toutes)-1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (x *fragile) agent(a instruction.Agent, r compte.Role) compte.Identite {
	return compte.Identite{Compte: a.Compte, Nom: a.Nom, Role: r}
}

// lue is the version of a procedure that a form has.
func (x *fragile) lue(t *testing.T, id int64, champs url.Values) func() url.Values {
	return func() url.Values {
		champs.Set("version", fmt.Sprint(x.procedure(t, id).Version))
		return champs
	}
}

// Whatever step fails, each act of a contestation is done wholly or not at all, and each page tells that it could not be made.
func TestContestationWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	ines, victor := x.agent(x.ines, compte.Instructeur), x.agent(x.victor, compte.Valideur)
	chef := compte.Identite{Compte: 1000 + x.fa, Role: compte.Proprietaire, Fournisseur: x.fa}
	x.demander(t, ines, "GET /travail/ASP-1-1/contestation", nil)
	x.demander(t, ines, "POST /travail/ASP-1-1/contestation", func() url.Values { return url.Values{"autre": {"ASP-2-1"}, "texte": {"x"}} })
	x.demander(t, ines, "GET /contradictoires", nil)
	x.demander(t, ines, "GET /contradictoires/1", nil)
	x.demander(t, chef, "GET /contradictoires/1", nil)
	x.chaque(t, "to do", func() error { _, err := x.AFaire(t.Context(), chef); return err })
	x.chaque(t, "links", func() error { _, err := x.Liens(t.Context(), x.a); return err })
	x.demander(t, chef, "POST /contradictoires/1/reponse", func() url.Values { return url.Values{"texte": {"x"}, "reste": {"entiere"}} })
	x.le(t, "2026-11-28T07:00:00Z")
	x.chaque(t, "remind", func() error { _, err := x.Relancer(t.Context()); return err })
	x.chaque(t, "answer", func() error { return x.repondre(t.Context(), 1, x.fb, true) })
	proposition := url.Values{
		"issue-ASP-1-1": {"attribution"}, "montant-ASP-1-1": {"2920,00"}, "issue-ASP-2-1": {"refus"}, "motif-ASP-2-1": {"DEJA"},
	}
	x.demander(t, ines, "POST /contradictoires/1/proposition", x.lue(t, 1, proposition))
	x.demander(t, victor, "POST /contradictoires/1/renvoi", x.lue(t, 1, url.Values{"renvoi": {"x"}}))
	x.demander(t, ines, "POST /contradictoires/1/proposition", x.lue(t, 1, proposition))
	x.demander(t, victor, "POST /contradictoires/1/decision", x.lue(t, 1, url.Values{}))
	x.demander(t, victor, "POST /contradictoires/1/reprise", x.lue(t, 1, url.Values{"reprise": {"x"}}))
	x.demander(t, victor, "POST /contradictoires/1/decision", x.lue(t, 1, url.Values{}))
	x.demander(t, victor, "GET /contradictoires/1", nil)
	x.preparer(t, x.a, x.b)
	x.executer(t, `UPDATE decision SET notifier = notifier + 86400000000 WHERE depot_id = $1`, x.b.Depot) // one after the other: each has its own transaction
	x.horloge = x.horloge.Add(2 * time.Hour)
	x.chaque(t, "notify", func() error { _, err := x.decisions.Notifier(t.Context()); return err })
	x.horloge = x.horloge.AddDate(0, 0, 2)
	x.chaque(t, "notify the last", func() error { _, err := x.decisions.Notifier(t.Context()); return err })
	if p := x.procedure(t, 1); p.Etat != contradictoire.Close || x.etatDe(t, x.a) != etat.Validee || x.etatDe(t, x.b) != etat.Refusee {
		t.Errorf("%+v", p)
	}
}

// Whatever step fails, a contestation that ends without a decision ends wholly or not at all.
func TestContestationEndsWholly(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	id := x.contester(t, x.a, x.b)
	x.demander(t, x.agent(x.ines, compte.Instructeur), "POST /contradictoires/1/cloture", x.lue(t, id, url.Values{"cloture": {"x"}}))
	x.contester(t, x.a, x.b)
	x.chaque(t, "withdraw", func() error {
		return x.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			return x.suivis.Changer(ctx, tx, etat.Changement{Fournisseur: x.fa, Depot: x.a.Depot, Rangs: []int{0}, A: etat.Retiree, Par: etat.Fournisseur, Compte: 1000 + x.fa, Motif: "x"})
		})
	})
	if p := x.procedure(t, 2); p.Etat != contradictoire.Close {
		t.Errorf("%+v", p)
	}
}

// Whatever step fails, each act of the withdrawal of an award is done wholly or not at all.
func TestWithdrawalWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	x.attribuer(t, x.a)
	ines, victor := x.agent(x.ines, compte.Instructeur), x.agent(x.victor, compte.Valideur)
	ouvrir := func() url.Values { return url.Values{"motif": {"CONDITIONS"}, "texte": {"x"}} }
	x.demander(t, ines, "GET /travail/ASP-1-1/retrait", nil)
	x.demander(t, ines, "POST /travail/ASP-1-1/retrait", ouvrir)
	x.le(t, "2026-12-20T10:00:00Z")
	x.demander(t, victor, "POST /contradictoires/1/renvoi", x.lue(t, 1, url.Values{"renvoi": {"x"}}))
	x.demander(t, ines, "POST /travail/ASP-1-1/retrait", ouvrir)
	x.le(t, "2027-02-20T10:00:00Z")
	x.demander(t, victor, "GET /contradictoires/2", nil)
	x.demander(t, victor, "POST /contradictoires/2/decision", x.lue(t, 2, url.Values{}))
	x.preparer(t, x.a)
	x.horloge = x.horloge.AddDate(0, 0, 1)
	x.chaque(t, "notify", func() error { _, err := x.decisions.Notifier(t.Context()); return err })
	if p := x.procedure(t, 2); p.Etat != contradictoire.Close || x.etatDe(t, x.a) != etat.AttributionRetiree {
		t.Errorf("%s, %+v", x.etatDe(t, x.a), p)
	}
}
