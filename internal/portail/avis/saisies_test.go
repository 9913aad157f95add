package avis_test

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	dbessai "guichet/internal/portail/db/essai"
	etatessai "guichet/internal/portail/etat/essai"
)

// A question to somebody, and an opinion, that can no longer be sent are shown again on the page that says why.
func TestWhatWasTypedIsNeverLost(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := nouveau(t, b, p)
	_, cles := m.deposer(t, "00000000100008", 1)
	c, n := cles[0], etatessai.NumeroASP(cles[0].Depot, 0)
	ines, ivan := m.pages(m.ines, compte.Instructeur), m.pages(m.ivan, compte.Instructeur)
	tous := m.demander(t, m.question(c, nil, m.ivan))
	retirer := fmt.Sprintf("/travail/%s/avis/%d/retrait", n, tous[0].ID)
	if code, page := saisir(t, ines, "fr", retirer, nil); code != http.StatusSeeOther {
		t.Fatal(code, page)
	}
	if err := m.examens.Rendre(t.Context(), m.ines, c); err != nil {
		t.Fatal(err)
	}
	for langue, dits := range map[string][]string{
		"fr": {"Ce que vous aviez tapé", "<dt>La question</dt><dd>Est-ce plausible ?", "<dt>Des adresses extérieures</dt><dd>a@ailleurs.exemple.invalid", "<dt>Ce que vous voulez en dire</dt><dd>Trop cher"},
		"en": {"What you had typed", "<dt>The question</dt><dd>Est-ce plausible ?", "<dt>Addresses outside</dt><dd>a@ailleurs.exemple.invalid", "<dt>What you want to say of it</dt><dd>Trop cher"},
	} {
		code, page := saisir(t, ines, langue, "/travail/"+n+"/avis", url.Values{"adresses": {"a@ailleurs.exemple.invalid"}, "question": {"Est-ce plausible ?"}, "limite": {"04/12/2026"}})
		autre, rendu := saisir(t, ivan, langue, fmt.Sprintf("/avis/%d", tous[0].ID), url.Values{"sens": {"defavorable"}, "texte": {"Trop cher"}})
		if code != http.StatusUnprocessableEntity || autre != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d, %d", langue, code, autre)
		}
		for _, d := range dits {
			if !strings.Contains(page+rendu, d) {
				t.Errorf("%s: %q is not in\n%s\n%s", langue, d, page, rendu)
			}
		}
	}
}

// saisir sends a form in a language, and gives the answer and its page.
func saisir(t *testing.T, h http.Handler, langue, chemin string, champs url.Values) (int, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, chemin, strings.NewReader(champs.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", langue)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, strings.ReplaceAll(html.UnescapeString(w.Body.String()), "\u00a0", " ")
}
