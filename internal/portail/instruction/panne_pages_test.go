package instruction_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
)

// pages serves the agency's pages to a person; what they ask of other rooms can fail.
func (x *fragile) pages(a instruction.Agent, r ...compte.Role) http.Handler {
	x.Lire = func(context.Context, *instruction.Dossier) (*instruction.Vue, error) {
		return &instruction.Vue{Pieces: []instruction.Piece{{Type: "BON_COMMANDE", Format: "PNG"}}}, x.panne.Passer("demande")
	}
	x.Ouvrir = func(context.Context, *instruction.Dossier, string, int) (*instruction.Piece, io.ReadSeekCloser, error) {
		return &instruction.Piece{Format: "PNG", Nom: "a.png"}, rien{bytes.NewReader([]byte("png"))}, x.panne.Passer("document")
	}
	x.OuvrirBalises = func(context.Context, *sql.Tx, etat.Cle, []string) error { return x.panne.Passer("tags") }
	x.Agents = func(ctx context.Context, q db.Lecteur, r etat.Role) ([]instruction.Agent, error) {
		if err := x.panne.Passer("agents"); err != nil {
			return nil, err
		}
		return x.agents(ctx, q, r)
	}
	opinions := x.avis.Opinions
	x.Opinions = func(ctx context.Context, c etat.Cle) ([]instruction.Opinion, error) {
		if err := x.panne.Passer("opinions"); err != nil {
			return nil, err
		}
		return opinions(ctx, c)
	}
	x.EnLot = func(instruction.Agent, instruction.File, modele.Langue) []web.Choix { return nil }
	i := compte.Identite{Compte: a.Compte, Nom: a.Nom, Role: compte.Ensemble(r...)}
	return web.Routeur(x.Routes(), &web.Site{
		Maintenant: func() time.Time { return x.horloge }, Log: slog.New(slog.DiscardHandler), Proteger: (&compte.Service{}).Proteger,
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), i)))
			})
		},
	})
}

// rien is a file that is closed without a word.
type rien struct{ io.ReadSeeker }

func (rien) Close() error { return nil }

// poster sends a form of the agency, whatever step fails on the way.
func (x *fragile) poster(t *testing.T, h http.Handler, chemin string, champs url.Values) {
	t.Helper()
	x.chaque(t, chemin, func() error {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, chemin, strings.NewReader(champs.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return webessai.Echec(h, r)
	})
}

// lu are the fields of a sheet that somebody has read.
func (x *fragile) lu(t *testing.T, c etat.Cle, champs ...string) url.Values {
	t.Helper()
	v := url.Values{"version": {strconv.FormatInt(x.dossier(t, c).Version, 10)}, "lue": {strconv.FormatInt(x.horloge.UnixMicro(), 10)}}
	toutes, err := x.decisions.De(t.Context(), x.base.Lire(), c)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range toutes {
		if d.Etat == decision.Proposee || d.Etat == decision.Decidee {
			v.Set("decision", strconv.FormatInt(d.ID, 10))
		}
	}
	for i := 0; i+1 < len(champs); i += 2 {
		v.Set(champs[i], champs[i+1])
	}
	return v
}

// veut checks in which state a demande is by now.
func (x *fragile) veut(t *testing.T, c etat.Cle, e etat.Etat) {
	t.Helper()
	if d := x.dossier(t, c); d.Etat != e {
		t.Fatalf("%+v is %s, want %s", c, d.Etat, e)
	}
}

// Whatever step fails, each act of who examines and who decides is done wholly or not at all, and the counter says that it could not.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	fournisseur, depot := x.deposer(t, "00000000100008", 5)
	x.monde.changer(t, etat.Changement{Fournisseur: fournisseur, Depot: depot, Rangs: []int{4}, A: etat.Incomplete, Par: etat.Programme})
	ines, victor := x.pages(x.ines, compte.Instructeur), x.pages(x.victor, compte.Valideur)
	ici := func(rang int) (etat.Cle, func(h http.Handler, acte string, champs url.Values)) {
		return etat.Cle{Depot: depot, Rang: rang}, func(h http.Handler, acte string, champs url.Values) {
			t.Helper()
			x.poster(t, h, "/travail/"+etatessai.NumeroASP(depot, rang)+"/"+acte, champs)
		}
	}
	c, agir := ici(0)
	agir(ines, "prise", nil)
	agir(ines, "note", url.Values{"note": {"Vu au téléphone"}})
	agir(ines, "fiche", url.Values{"faire": {"oui"}})
	proposer := []string{"faire", "proposer", "montant", "2920"}
	for _, p := range instruction.Points {
		proposer = append(proposer, "r-"+p.Code, "oui", "lu-"+p.Code, "oui:")
	}
	agir(ines, "fiche", x.lu(t, c, proposer...))
	x.veut(t, c, etat.AValider)
	agir(victor, "renvoi", x.lu(t, c, "renvoi", "Relire la page 2"))
	x.veut(t, c, etat.Instruction)
	agir(ines, "prise", nil)
	agir(ines, "fiche", x.lu(t, c, proposer...))
	agir(victor, "decision", x.lu(t, c))
	agir(victor, "reprise", x.lu(t, c, "reprise", "Le montant est faux"))
	x.veut(t, c, etat.AValider)
	agir(victor, "decision", x.lu(t, c))
	x.veut(t, c, etat.Decidee)
	x.horloge = x.horloge.Add(2 * time.Hour)
	dire := x.decisions.Lettres.Dire
	x.decisions.Lettres.Dire = nil // follows in a transaction of its own
	notifier := func() error { _, err := x.decisions.Notifier(t.Context()); return err }
	x.preparer(t, c)
	x.chaque(t, "notify an award", notifier)
	x.chaque(t, "tell of its letter", func() error { return dire(t.Context()) })
	x.veut(t, c, etat.Validee)

	d, agir := ici(1)
	agir(ines, "prise", nil)
	agir(ines, "modification", x.lu(t, d, "modification", "Signer le bon"))
	x.veut(t, d, etat.AModifier)
	agir(ines, "rappel", nil)
	agir(ines, "prise", nil)
	agir(ines, "attente", url.Values{"jusqua": {"01/12/2026"}, "attente": {"Réponse de l'ANS"}})
	agir(ines, "attente-finie", nil)
	if x.dossier(t, d).Attend(x.horloge) {
		t.Error("it still waits")
	}
	agir(ines, "attente", url.Values{"jusqua": {"01/12/2026"}, "attente": {"Réponse de l'ANS"}})
	agir(ines, "confiee", url.Values{"a": {strconv.FormatInt(x.ivan.Compte, 10)}})
	if got := x.dossier(t, d).Agent; got != x.ivan.Compte {
		t.Errorf("held by %d", got)
	}

	e, agir := ici(2)
	agir(ines, "prise", nil)
	refus := x.lu(t, e, "texte", "Deux fois le plafond")
	refus["motif"] = []string{"PLAFOND", "SIGNATURE"}
	agir(ines, "refus", refus)
	agir(victor, "decision", x.lu(t, e))
	x.horloge = x.horloge.Add(2 * time.Hour)
	x.preparer(t, e)
	x.chaque(t, "notify a refusal", notifier)
	x.veut(t, e, etat.Refusee)
	agir(victor, "reouverture", x.lu(t, e, "reouverture", "Le plafond a changé"))
	x.veut(t, e, etat.Instruction)

	f, agir := ici(3)
	x.poster(t, ines, "/suivante?file=prendre", nil)
	agir(ines, "rendue", nil)
	x.poster(t, ines, "/suivante", nil)
	x.poster(t, ines, "/filtres", url.Values{"nom": {"Grands"}, "requete": {"min=5000"}})
	x.poster(t, ines, "/filtres", url.Values{"nom": {"Grands"}, "requete": {"min=5000"}, "oublier": {"oui"}})
	x.poster(t, ines, "/absence", url.Values{"a": {strconv.FormatInt(x.ivan.Compte, 10)}})
	if got := x.dossier(t, f).Agent; got != x.ivan.Compte {
		t.Errorf("held by %d", got)
	}

	g, agir := ici(4)
	x.horloge = x.horloge.AddDate(0, 0, 31)
	agir(ines, "refus-sans-pieces", url.Values{"motif": {"SANS_REPONSE"}, "lue": {strconv.FormatInt(x.horloge.UnixMicro(), 10)}})
	x.veut(t, g, etat.AValider)
}

// Whatever step fails, a page of the agency is not shown as if it were whole, and no file is given as if it were.
func TestPagesTellFailures(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	_, c := x.tenue(t, x.ines)
	for _, err := range []error{x.Noter(t.Context(), x.ines, c, "Vu"), x.proposer(x.ines, c, decision.Attribution)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	n := etatessai.NumeroASP(c.Depot, c.Rang)
	for qui, h := range map[string]http.Handler{"examiner": x.pages(x.ines, compte.Instructeur), "decider": x.pages(x.victor, compte.Valideur), "head": x.pages(x.iris, compte.Administrateur)} {
		for _, chemin := range []string{
			"/travail", "/travail?file=toutes&fournisseur=1&og=990000001&etat=a_valider&min=1&max=5000&age=1&tri=montant", "/travail?file=valider", "/travail?q=A0000&file=toutes", "/travail/" + n, "/travail/" + n + "?file=toutes&tri=montant",
			"/travail/" + n + "/pieces/BON_COMMANDE/fichier", "/export/travail/csv?file=toutes", "/export/travail/xlsx?file=toutes", "/absence", "/sans-pieces",
		} {
			if chemin == "/absence" && qui == "decider" {
				continue // not theirs
			}
			x.chaque(t, fmt.Sprint(qui, " ", chemin), func() error {
				return webessai.Echec(h, httptest.NewRequestWithContext(t.Context(), http.MethodGet, chemin, nil))
			})
		}
	}
}

// preparer has the letter of a decision made ready to go out: that stays, whatever becomes of the notification.
func (x *fragile) preparer(t *testing.T, c etat.Cle) {
	t.Helper()
	toutes, err := x.decisions.De(t.Context(), x.base.Lire(), c)
	if err != nil {
		t.Fatal(err)
	}
	x.chaque(t, "make a letter ready", func() error { return x.lettres.Preparer(t.Context(), &toutes[len(toutes)-1]) })
}
