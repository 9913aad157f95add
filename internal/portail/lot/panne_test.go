package lot_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lot"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
)

// pages serves the pages of lots to a person.
func (m *monde) pages(a instruction.Agent, role compte.Role) http.Handler {
	i := compte.Identite{Compte: a.Compte, Nom: a.Nom, Role: role}
	return web.Routeur(m.Routes(), &web.Site{
		Maintenant: func() time.Time { return m.horloge }, Log: slog.New(slog.DiscardHandler), Proteger: (&compte.Service{}).Proteger,
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), i)))
			})
		},
	})
}

func poster(t *testing.T, chemin string, champs url.Values) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, chemin, strings.NewReader(champs.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// Whatever step fails, a lot is prepared, confirmed, stopped and done wholly or not at all, part by part, and the counter says that it
// could not.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := nouveau(t, b)
	c := m.deposer(t, "00000000100008", 3)
	ines, victor := m.pages(m.ines, compte.Instructeur), m.pages(m.victor, compte.Valideur)
	chaque := func(nom string, faire func() error) {
		t.Helper()
		p.Chaque(t, b, dbessai.Acte{Nom: nom, Faire: faire})
	}
	agir := func(h http.Handler, chemin string, champs url.Values) {
		t.Helper()
		chaque(chemin, func() error { return webessai.Echec(h, poster(t, chemin, champs)) })
	}
	avancer := func(nom string) {
		t.Helper()
		chaque(nom, func() error { _, err := m.Avancer(context.WithoutCancel(t.Context())); return err })
	}
	agir(ines, "/lots/nouveau/propositions", url.Values{"quoi": {"attribuer-liste"}, "requete": {"file=prendre"}, "reste": {"oui"}})
	avancer("prepare")
	agir(ines, "/lots/1/confirmer", nil)
	avancer("propose")
	agir(victor, "/lots/nouveau/decisions", url.Values{"quoi": {"decider"}, "demande": {m.numero(c[0]), m.numero(c[1])}})
	agir(victor, "/lots/2/confirmer", nil)
	avancer("decide")
	agir(victor, "/lots/nouveau/decisions", url.Values{"quoi": {"decider-liste"}, "requete": {"file=valider"}})
	agir(victor, "/lots/3/arreter", nil)
	agir(victor, "/lots/nouveau/decisions", url.Values{"quoi": {"decider"}, "demande": {m.numero(c[2])}})
	m.horloge = m.horloge.Add(lot.Oubli)
	chaque("forget", func() error { return m.Oublier(context.WithoutCancel(t.Context())) })
	for i, want := range []etat.Etat{etat.Decidee, etat.Decidee, etat.AValider} {
		if got := m.etatDe(t, c[i]); got != want {
			t.Errorf("demande %d: %s, want %s", i, got, want)
		}
	}
	for id, want := range map[int64]lot.Etat{1: lot.Fini, 2: lot.Fini, 3: lot.Arrete, 4: lot.Arrete} {
		if got := m.lot(t, id).Etat; got != want {
			t.Errorf("lot %d: %s, want %s", id, got, want)
		}
	}
}

func (m *monde) numero(c etat.Cle) string { return etatessai.NumeroASP(c.Depot, c.Rang) }

// Whatever step fails, a page of lots is not shown as if it were whole, and no file is given as if it were.
func TestPagesTellFailures(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := nouveau(t, b)
	m.deposer(t, "00000000100008", 3)
	l := m.preparer(t, m.ines, lot.Commande{Genre: lot.Refuser, Motifs: []string{"DEJA"}, Requete: "file=prendre"})
	h := m.pages(m.ines, compte.Instructeur)
	ici := "/lots/" + strconv.FormatInt(l.ID, 10)
	for _, chemin := range []string{"/lots", "/lots?avant=9", ici, ici + "?issue=attend&apres=1", ici + "/attente", "/export" + ici + "/csv", "/export" + ici + "/xlsx"} {
		p.Chaque(t, b, dbessai.Acte{Nom: chemin, Faire: func() error {
			return webessai.Echec(h, httptest.NewRequestWithContext(t.Context(), http.MethodGet, chemin, nil))
		}})
	}
}
