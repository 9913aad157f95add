package pieces_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/pieces"
	webessai "guichet/internal/portail/web/essai"
)

// Each page of documents and each mail on them says what it said, at each step of a deposit whose documents come as people send them:
// whoever changes one of them reads what that changes.
func TestPlanches(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	toutes := completes(t)
	var b strings.Builder
	lire := func(quand string) {
		for _, x := range []struct {
			role    compte.Role
			chemins []string
		}{
			{compte.Deposant, []string{m.chemin(), m.chemin() + "?lang=en", m.chemin() + "/0/BON_COMMANDE", m.chemin() + "/1/PREUVE_HT", "/incompletes", m.chemin() + "/examen", m.chemin() + "/9/BON_COMMANDE"}},
			{compte.Lecteur, []string{m.chemin()}},
		} {
			for _, chemin := range x.chemins {
				w := httptest.NewRecorder()
				m.pages(m.fournisseur, x.role).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, chemin, nil))
				fmt.Fprintf(&b, "=== %s, %s (%s): %d\n%s\n", quand, chemin, x.role, w.Code, webessai.Planche(w.Body.String()))
			}
		}
	}
	lire("nothing has come")
	a := m.envoyer(t, "lot.zip", zipper(t, toutes[0], entree{"inconnu.pdf", pdf("?")}, entree{"bon A0003.pdf", pdf("3")}, entree{toutes[1].nom, []byte("x")}, entree{"__MACOSX/._x", []byte("y")}))
	lire("an archive")
	m.envoyer(t, "encore.zip", zipper(t, toutes[0], toutes[2]))
	m.envoyer(t, "vide.zip", zipper(t))
	m.envoyer(t, "faux.zip", []byte("PK faux"))
	m.envoyer(t, toutes[1].nom, toutes[1].octets)
	lire("more of them")
	e := pieces.Envoi{Fournisseur: m.fournisseur, Compte: 1, Depot: m.depot, Place: &pieces.Piece{Rang: 2, Type: "BON_COMMANDE", Format: "PDF"}}
	if _, err := m.Donner(t.Context(), e, a.ID, 2); err != nil {
		t.Log(err)
	}
	m.examiner(t)
	for _, x := range toutes[3:] {
		m.envoyer(t, x.nom, x.octets)
	}
	lire("all")
	webessai.Comparer(t, "pages", b.String())
	b.Reset()
	for _, c := range m.courriels {
		fmt.Fprintf(&b, "%s\n%s\n%s\n", c.Fr, c.En, strings.Repeat("-", 20))
	}
	webessai.Comparer(t, "courriels", b.String())
}
