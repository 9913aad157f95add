package suivi

import (
	"testing"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// A deadline that has passed says so, by the days of Paris.
func TestPastDeadline(t *testing.T) {
	t.Parallel()
	limite := time.Date(2026, 11, 20, 22, 30, 0, 0, time.UTC) // 23:30 in Paris
	e := echeance(etat.AModifier, time.Time{}, accuse.Usuels, limite)
	for _, c := range []struct {
		apres time.Duration
		want  string
	}{
		{-12 * 24 * time.Hour, "Réponse au plus tard le 20/11/2026"},
		{-10 * 24 * time.Hour, "Réponse au plus tard le 20/11/2026 (dans 10 jours)"},
		{-24 * time.Hour, "Réponse au plus tard le 20/11/2026 (dans 1 jour)"},
		{-time.Hour, "Réponse au plus tard le 20/11/2026 (aujourd'hui)"},
		{20 * time.Minute, "Réponse au plus tard le 20/11/2026 (aujourd'hui)"},
		{time.Hour, "Réponse au plus tard le 20/11/2026 (dépassé depuis 1 jour)"},
		{10 * 24 * time.Hour, "Réponse au plus tard le 20/11/2026 (dépassé depuis 10 jours)"},
	} {
		if got := e.au(limite.Add(c.apres)).Texte(); got.In(modele.Francais) != c.want {
			t.Errorf("%v after: %q, want %q", c.apres, got.Fr, c.want)
		}
	}
	if got := (Echeance{}).au(limite); got.Retard != 0 || got.Texte().Fr != "" {
		t.Errorf("nothing is expected: %+v", got)
	}
	if got := e.au(limite.Add(48 * time.Hour)).Texte().En; got != "Answer no later than 20\u00a0Nov\u00a02026 (2 days past)" {
		t.Error(got)
	}
}
