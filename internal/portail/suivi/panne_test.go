package suivi_test

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
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
	m.Homonymes = func(context.Context, []string) ([]string, error) { return nil, p.Passer("names") }
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

// formulaire posts a form, with a document if octets has any; nil for a form that takes none.
func formulaire(t *testing.T, chemin string, octets []byte, champs url.Values) *http.Request {
	t.Helper()
	var corps bytes.Buffer
	f := multipart.NewWriter(&corps)
	for nom := range champs {
		if err := f.WriteField(nom, champs.Get(nom)); err != nil {
			t.Fatal(err)
		}
	}
	if len(octets) > 0 {
		w, err := f.CreateFormFile("piece", "un.png")
		if err == nil {
			_, err = w.Write(octets)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, chemin, &corps)
	r.Header.Set("Content-Type", f.FormDataContentType())
	if octets == nil {
		r = httptest.NewRequestWithContext(t.Context(), http.MethodPost, chemin, strings.NewReader(champs.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

var (
	deposant = compte.Identite{Compte: 7, Nom: "Camille", Role: compte.Deposant}
	agent    = compte.Identite{Compte: 9, Nom: "Ana", Role: compte.Administrateur}
)

// Whatever step fails, a demande changes and a message is written wholly or not at all, and the counter says that it
// could not.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	i := deposant
	i.Fournisseur = x.f
	moi, lui := x.pages(i), x.pages(agent)
	n := etatessai.NumeroASP(x.d, 0)
	poster := func(h http.Handler, chemin string, octets []byte, champs ...string) {
		t.Helper()
		v := url.Values{}
		for i := 0; i+1 < len(champs); i += 2 {
			v.Set(champs[i], champs[i+1])
		}
		x.chaque(t, chemin, func() error { return webessai.Echec(h, formulaire(t, chemin, octets, v)) })
	}
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
	x.chaque(t, "open", func() error {
		return x.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			return x.Ouvrir(ctx, tx, suivi.Cle{Depot: x.d}, []string{leMontant})
		})
	})
	poster(moi, "/demandes/"+n+"/reponse", nil, "reponse", "Voici", "valeur.commande.montantSegurHT", "4000")
	poster(moi, "/demandes/"+etatessai.NumeroASP(x.e, 2)+"/retrait", nil, "motif", "Client parti", "acte", "faire")
	poster(moi, "/messages/nouveau", png, "demande", n, "sujet", "Sujet", "texte", "Bonjour")
	poster(lui, "/messages/1", []byte{}, "texte", "Merci")
	x.Charge = func(context.Context, *sql.Tx, suivi.Cle) (int64, error) { return 0, nil }
	x.Examinent = func(context.Context, db.Lecteur) ([]int64, error) { return []int64{100}, nil }
	poster(moi, "/messages/1", []byte{}, "texte", "Encore un mot")
	x.horloge = x.horloge.Add(2 * time.Hour)
	x.chaque(t, "tell the agency", func() error { return x.Condenser(t.Context()) })
	x.chaque(t, "read", func() error { return webessai.Echec(moi, lecture(t, "/messages/1")) })
	for requete, veut := range map[string]int64{
		`SELECT count(*) FROM demande WHERE etat IN ('payee', 'refusee', 'retiree')`: 3, `SELECT count(*) FROM message`: 3, `SELECT count(*) FROM a_dire_agence`: 0, `SELECT count(*) FROM correction WHERE nouvelle = '4000.00'`: 1, `SELECT non_lus_fournisseur FROM fil`: 0,
	} {
		var got int64
		if err := x.base.Lire().QueryRowContext(t.Context(), requete).Scan(&got); err != nil || got != veut {
			t.Errorf("%s: %d, %v; want %d", requete, got, err, veut)
		}
	}
}

func lecture(t *testing.T, chemin string) *http.Request {
	t.Helper()
	return httptest.NewRequestWithContext(t.Context(), http.MethodGet, chemin, nil)
}

// Whatever step fails, a page is not shown as if it were whole, and no file is given as if it were.
func TestPagesTellFailures(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	i := deposant
	i.Fournisseur = x.f
	x.monde.changer(t, x.f, x.d, etat.Complete, etat.Programme, "", 0)
	x.monde.changer(t, x.f, x.d, etat.Instruction, etat.Agence, "", 0)
	x.monde.changer(t, x.f, x.d, etat.AModifier, etat.Agence, "Motif", 0)
	if err := x.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		return x.Ouvrir(ctx, tx, suivi.Cle{Depot: x.d}, []string{leMontant})
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Ecrire(t.Context(), suivi.Ecrit{Auteur: i, Demande: suivi.Cle{Depot: x.d}, Sujet: "Sujet", Texte: "Texte", Nom: "un.png", Octets: png}); err != nil {
		t.Fatal(err)
	}
	n := etatessai.NumeroASP(x.d, 0)
	for qui, h := range map[string]http.Handler{"supplier": x.pages(i), "agency": x.pages(agent)} {
		for _, chemin := range []string{
			"/accueil", "/demandes", "/demandes?q=a", "/demandes?q=" + n, "/demandes?etat=incomplete&apres=1.1", "/demandes/" + n, "/export/demandes/csv", "/export/demandes/xlsx", "/export/demandes/json",
			"/messages", "/messages?q=sujet", "/messages/nouveau?demande=" + n, "/messages/1", "/messages/1/pieces/1",
		} {
			x.chaque(t, qui+" "+chemin, func() error { return webessai.Echec(h, lecture(t, chemin)) })
		}
	}
	x.chaque(t, "withdrawal", func() error {
		return webessai.Echec(x.pages(i), lecture(t, "/demandes/"+etatessai.NumeroASP(x.e, 1)+"/retrait"))
	})
	x.chaque(t, "deadline", func() error { _, err := x.LimitePieces(t.Context(), x.d); return err })
	x.chaque(t, "reference", func() error { _, err := x.Reference(t.Context(), "x"); return err })
}
