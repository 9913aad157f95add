package avis_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/avis"
	"guichet/internal/portail/compte"
	dbessai "guichet/internal/portail/db/essai"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
	webessai "guichet/internal/portail/web/essai"
)

// chaque does something, whatever step fails on the way.
func (m *monde) chaque(t *testing.T, nom string, faire func() error) {
	t.Helper()
	m.panne.Chaque(t, m.base, dbessai.Acte{Nom: nom, Faire: faire})
}

// passer asks for a page, or posts a form, whatever step fails on the way.
func (m *monde) passer(t *testing.T, h http.Handler, motif string, champs url.Values) {
	t.Helper()
	methode, chemin, _ := strings.Cut(motif, " ")
	m.chaque(t, motif, func() error {
		r := httptest.NewRequestWithContext(t.Context(), methode, chemin, strings.NewReader(champs.Encode()))
		if methode == http.MethodPost {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		return webessai.Echec(h, r)
	})
}

// Whatever step fails, each act on opinions is done wholly or not at all, and the counter says that it could not.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := nouveau(t, b, p)
	f, cles := m.deposer(t, "00000000100008", 2)
	c, n := cles[0], etatessai.NumeroASP(cles[0].Depot, 0)
	ines, ivan, dehors := m.pages(m.ines, compte.Instructeur), m.pages(m.ivan, compte.Instructeur), m.pages(instruction.Agent{})
	m.passer(t, ines, "POST /travail/"+n+"/avis", url.Values{
		"adresses": {"a@ailleurs.exemple.invalid"},
		"piece":    {"BON_COMMANDE"}, "question": {"Est-ce plausible ?"}, "limite": {"04/12/2026"},
	})
	if tous := m.de(t, c); len(tous) != 1 || tous[0].Courriel != "a@ailleurs.exemple.invalid" || len(tous[0].Pieces) != 1 || !tous[0].Limite.Equal(paris(2026, 12, 4)) {
		t.Fatalf("%+v", tous)
	}
	m.horloge = m.horloge.Add(avis.Fenetre)
	dire := func() error { _, err := m.Dire(t.Context()); return err }
	m.chaque(t, "tell", dire)
	secret := ""
	for _, x := range m.courriels { // those of what failed are not sent: they are jobs of the transaction
		if x.A == "a@ailleurs.exemple.invalid" {
			secret = lien(t, x)
		}
	}
	tous := m.demander(t, m.question(c, nil, m.ivan))
	m.horloge = m.horloge.Add(avis.Fenetre)
	m.chaque(t, "tell a colleague", dire)
	tous = append(tous, m.demander(t, m.question(c, nil, m.iris, m.victor))...)
	m.dire(t)
	m.passer(t, dehors, "GET /donner-avis/"+secret, nil)
	m.passer(t, dehors, "GET /donner-avis/"+secret+"/pieces/BON_COMMANDE", nil)
	m.passer(t, ines, "GET /travail/"+n+"/avis", nil)
	m.passer(t, ivan, "GET /avis", nil)
	m.passer(t, ivan, fmt.Sprintf("GET /avis/%d", tous[0].ID), nil)
	m.passer(t, dehors, "POST /donner-avis/"+secret, url.Values{"sens": {"favorable"}})
	m.passer(t, ivan, fmt.Sprintf("POST /avis/%d", tous[0].ID), url.Values{"faire": {"decliner"}, "texte": {"Absent"}})
	m.passer(t, ines, fmt.Sprintf("POST /travail/%s/avis/%d/retrait", n, tous[1].ID), nil)
	relancer := func() error { _, err := m.Relancer(t.Context()); return err }
	m.horloge = paris(2026, 12, 2).AddDate(0, 0, 1)
	m.chaque(t, "remind", relancer)
	m.horloge = m.horloge.Add(avis.Fenetre)
	m.dire(t)
	m.horloge = paris(2026, 12, 5)
	m.chaque(t, "end", relancer)
	m.horloge = m.horloge.Add(avis.Fenetre)
	m.chaque(t, "tell who asked", dire)
	m.chaque(t, "count", func() error { _, err := m.Compter(t.Context(), m.ivan.Compte, 10); return err })
	m.chaque(t, "opinions of a sheet", func() error { _, err := m.Opinions(t.Context(), c); return err })
	var etats []string
	for _, x := range m.de(t, c) {
		etats = append(etats, string(x.Etat))
	}
	if got := strings.Join(etats, " "); got != "rendu decline retire echu" {
		t.Errorf("%s", got)
	}
	m.journal(t, f, "avis.demande", "avis.demande", "avis.demande", "avis.ouvert", "avis.ouvert", "avis.rendu", "avis.decline", "avis.retire", "avis.rappel", "avis.echu")
}
