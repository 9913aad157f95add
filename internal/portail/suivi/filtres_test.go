package suivi_test

import (
	"net/url"
	"strings"
	"testing"

	dbessai "guichet/internal/portail/db/essai"
	etatessai "guichet/internal/portail/etat/essai"
)

// Each filter by itself narrows the list, and offers all again; what cannot be looked for is told beside its field.
func TestFilters(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	m.deposer(t, f, "lot.json", 0, 2)
	moi := navigateurDe(t, m.site(t, f), "moi")
	for filtre, x := range map[string]struct {
		etat          int
		trouve, toute bool // the demandes are there, and all are offered
	}{
		"": {200, true, false}, "etat=autre": {422, false, true}, "q=lot": {200, true, true}, "etat=incomplete": {200, true, true}, "etat=payee": {200, false, true},
		"depot=1": {200, true, true}, "depot=2": {200, false, true}, "depot=0": {422, false, true}, "depot=x": {422, false, true},
		"du=24/11/2026": {200, true, true}, "du=25/11/2026": {200, false, true}, "au=24/11/2026": {200, true, true}, "au=23/11/2026": {200, false, true},
		"du=24/11/2026&au=24/11/2026": {200, true, true}, "du=25/11/2026&au=24/11/2026": {422, false, true},
		"q=" + strings.Repeat("a", 100): {200, false, true}, "q=" + strings.Repeat("a", 101): {422, false, true},
	} {
		v, err := url.ParseQuery(filtre)
		if err != nil {
			t.Fatal(err)
		}
		p := moi.lire("/demandes?" + v.Encode())
		trouve, toute := strings.Contains(p.corps, etatessai.NumeroASP(1, 1)), strings.Contains(p.corps, "Tout afficher</a>")
		if p.etat != x.etat || trouve != x.trouve || toute != x.toute {
			t.Errorf("%.40q: %d, found %v, all offered %v; want %+v", filtre, p.etat, trouve, toute, x)
		}
	}
}
