package compte_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"testing"

	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/federe"
	federeessai "guichet/internal/portail/federe/essai"
	webessai "guichet/internal/portail/web/essai"
)

// Who is tied to the agency's provider reads so, and is untied, wholly or not at all: whichever step fails, the page does not show an account
// that is tied as one that is not.
func TestTiedPagesTellFailures(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := essai.Nouveau(t, b)
	site := m.Servir(t, slog.New(slog.DiscardHandler)).URL
	relier(m, federeessai.Nouveau(t, m.Horloge.Maintenant, "x", ""), site)
	if _, err := m.Federer(t.Context(), federe.Personne{Emetteur: m.Federation.Emetteur, Sujet: "ana", Courriel: m.Administrateur.Courriel}); err != nil {
		t.Fatal(err)
	}
	chef := m.Connecte(t, site, m.Administrateur)
	tous := &webessai.Gestes{T: t}
	for _, g := range []geste{
		{par: chef, motif: "GET /compte", chemin: "/compte"},
		{par: chef, motif: "POST /compte/agence/retrait", chemin: "/compte/agence/retrait"}, // asks once more
		{par: chef, motif: "POST /compte/agence/retrait", chemin: "/compte/agence/retrait", champs: fait},
	} {
		tous.Tous = append(tous.Tous, webessai.Geste{Motif: g.motif, Demander: g.demander, Malgre: []string{"SELECT debut FROM tentative"}})
	}
	tous.Pannes(nil, func(g webessai.Geste, faire func() error) {
		p.Chaque(t, m.Base, dbessai.Acte{Nom: g.Motif, Malgre: g.Malgre, Aussi: oublierPassage(t, m), Faire: faire})
	})
	if f, err := m.FederationDe(t.Context(), m.Administrateur.Compte); err != nil || !f.Cree.IsZero() {
		t.Errorf("%+v, %v", f, err)
	}
	if page := chef.Lire(t, "/compte"); page.Etat != http.StatusOK {
		t.Error(fmt.Sprint(page.Etat))
	}
}
