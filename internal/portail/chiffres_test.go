package portail

import (
	"net/http"
	"strings"
	"testing"

	dbessai "guichet/internal/portail/db/essai"
)

// The figures for a supervisor: what was asked, by route, what is stored, what waits. What never happened takes no room.
func TestMetrics(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			m := nouveauMonde(t, base(t))
			f, chef, deposant, _ := m.fournir(t, "A", 1)
			m.agence(t, f, chef)
			m.entrer(t, deposant).Ouvrir("/depots")
			r := m.site.Client(t).Demander(http.MethodGet, "/metrics", nil)
			for _, ligne := range []string{
				`guichet_demandes{etat="incomplete"} 1`, `guichet_demandes{etat="complete"} 1`, `guichet_demandes{etat="validee"} 0`, `guichet_enrolements_attente 1`, `guichet_travaux{etat="discarded"} 0`,
				`guichet_http_requete_secondes_count{etat="2xx",route="GET /depots"} 1`,
			} {
				if !strings.Contains(r.Corps, ligne+"\n") {
					t.Errorf("no %q in\n%.5000s", ligne, r.Corps)
				}
			}
			if len(r.Corps) > 30_000 || strings.Contains(r.Corps, deposant.Courriel) {
				t.Errorf("%d bytes", len(r.Corps))
			}
		})
	}
}
