package portail

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
)

// Whoever acts for several suppliers and has chosen none is asked for whom on every page that is somebody's affair, and led back there; a page
// that is one supplier's offers that one, also to who acts for another.
func TestWhoHasChosenNobody(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	m.visiteurs(t)
	m.entendre(t)
	var a, autre int64
	if err := m.base.Lire().QueryRow(`SELECT MIN(fournisseur_id) FROM depot`).Scan(&a); err != nil {
		t.Fatal(err)
	}
	autre = m.gens.AjouterFournisseur(t, "00000000700005", "AUTRE MAISON")
	p := m.gens.AjouterPersonne(t, autre, compte.Proprietaire)
	m.executer(t, `INSERT INTO role (compte_id, fournisseur_id, role, accepte, expire) VALUES ($1, $2, 'proprietaire', 1, 0)`, p.Compte, a)
	c := m.entrer(t, p)
	siens, simples := 0, 0
	for _, route := range m.routes() {
		methode, chemin, _ := strings.Cut(route.Motif, " ")
		personnel := route.Acces == web.Public || strings.HasPrefix(chemin, "/compte") || strings.HasPrefix(chemin, "/confirmer") || chemin == "/invitations" || chemin == "/agir-pour"
		if methode != http.MethodGet || personnel || route.Acces > web.Proprietaire {
			continue
		}
		chemin = strings.ReplaceAll(chemin, "{format}", "csv")
		if strings.Contains(chemin, "{") {
			if chemin = m.lignes[route.Motif].Chemins["A"]; chemin == "" {
				continue
			}
		}
		simples++
		r := c.Demander("GET", chemin, nil)
		veut := "/agir-pour?" + url.Values{"suite": {chemin}}.Encode()
		if r.Etat != http.StatusSeeOther || r.Entetes.Get("Location") != veut {
			t.Errorf("%s: %d, to %q, want %q", chemin, r.Etat, r.Entetes.Get("Location"), veut)
			continue
		}
		for _, genre := range []string{"/demandes/", "/depots/", "/lettres/", "/courriers/", "/messages/", "/contradictoires/"} {
			if !strings.HasPrefix(chemin, genre) || chemin == "/messages/nouveau" {
				continue
			}
			siens++
			c.Ouvrir(veut).Attendre(t, 200, "La page demandée est celle de", "ÉDITEUR A")
		}
	}
	if siens < 10 || simples < 25 {
		t.Errorf("%d pages of A, of %d", siens, simples)
	}
	lue := m.lignes["GET /demandes/{numero}"].Chemins["A"]
	page := c.Ouvrir(lue)
	if !strings.HasPrefix(page.Chemin, "/agir-pour") || !strings.Contains(page.Corps, fmt.Sprintf(`value="%d-0" checked`, a)) {
		t.Errorf("%s does not offer A: %.1500s", page.Chemin, page.Corps)
	}
	pour := func(f int64, suite string) {
		if r := c.Demander("POST", "/agir-pour", url.Values{"pour": {fmt.Sprintf("%d-0", f)}, "suite": {suite}}); r.Entetes.Get("Location") != suite {
			t.Fatalf("back to %q, want %q", r.Entetes.Get("Location"), suite)
		}
	}
	pour(autre, lue)
	c.Ouvrir(lue).Attendre(t, 200, "La page demandée est celle de", "ÉDITEUR A")
	c.Demander("GET", m.lignes["GET /demandes/{numero}"].Chemins["B"], nil).Attendre(t, http.StatusNotFound, "Page introuvable")
	pour(a, lue)
	c.Ouvrir(lue).Attendre(t, 200, "Demande")
}
