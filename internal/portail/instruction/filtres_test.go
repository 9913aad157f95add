package instruction_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// A person keeps twenty filters: the one after them is not said to be kept, and one of them can be written again.
func TestKeptFiltersAreBounded(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		h := (&fragile{monde: m}).pages(m.ines, compte.Instructeur)
		garder := func(nom string) (int, string) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/filtres", strings.NewReader(url.Values{"nom": {nom}, "requete": {"min=5000"}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			return w.Code, w.Body.String()
		}
		for i := range 20 {
			if code, corps := garder(fmt.Sprint("filtre ", i)); code != http.StatusSeeOther {
				t.Fatalf("filter %d: %d %s", i, code, corps)
			}
		}
		if code, corps := garder("un de trop"); code != http.StatusUnprocessableEntity || !strings.Contains(corps, "Vous gardez déjà 20 filtres") || !strings.Contains(corps, `value="un de trop"`) {
			t.Errorf("%d %s", code, corps)
		}
		if code, corps := garder("filtre 7"); code != http.StatusSeeOther {
			t.Errorf("%d %s", code, corps)
		}
	})
}
