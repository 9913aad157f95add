package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/web"
)

// The pages of the foot say what the agency set, as text alone, or what the counter knows; each page leads to them.
func TestPagesOfTheFoot(t *testing.T) {
	t.Parallel()
	lire := func(textes web.Textes, chemin string) string {
		h := web.Routeur(nil, &web.Site{Maintenant: time.Now, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Textes: textes,
			Agence: web.Agence{Nom: "Agence d'essai", Courriel: "agence@exemple.invalid"}})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", chemin, nil))
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", chemin, w.Code)
		}
		return strings.ReplaceAll(w.Body.String(), "&#39;", "'")
	}
	const texte = "# Éditeur\nL'agence <b>\nune rue\r\n\r\nAutre paragraphe"
	for chemin, textes := range map[string]web.Textes{
		"/mentions-legales": {Mentions: texte}, "/donnees-personnelles": {Donnees: texte}, "/accessibilite": {Accessibilite: texte},
	} {
		page := lire(textes, chemin)
		for _, want := range []string{"<h2>Éditeur</h2>", "<p>L'agence &lt;b&gt;<br>une rue</p>", "<p>Autre paragraphe</p>", `href="/mentions-legales"`, `href="/donnees-personnelles"`, `href="/accessibilite"`} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %q in\n%s", chemin, want, page)
			}
		}
		if page := lire(web.Textes{}, chemin); !strings.Contains(page, "agence@exemple.invalid") || strings.Contains(page, "Autre paragraphe") {
			t.Errorf("%s without a text:\n%s", chemin, page)
		}
	}
}

// A date in English names its month; no number and its month are parted.
func TestDatesInBothLanguages(t *testing.T) {
	t.Parallel()
	quand := time.Date(2026, 3, 4, 23, 30, 0, 0, time.UTC) // the next day in Paris
	if d := web.Date(quand); d.Fr != "05/03/2026" || d.En != "5\u00a0Mar\u00a02026" {
		t.Errorf("%+v", d)
	}
	if h := web.Heure(quand); h.Fr != "05/03/2026 00:30" || h.En != "5\u00a0Mar\u00a02026,\u00a000:30" {
		t.Errorf("%+v", h)
	}
	if d := web.Date(time.Time{}); d.Fr != "" || d.En != "" {
		t.Errorf("no date: %+v", d)
	}
}
