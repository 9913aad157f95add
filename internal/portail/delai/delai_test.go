package delai_test

import (
	"testing"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/delai"
	"guichet/internal/portail/web"
)

func paris(mois time.Month, jour, heure int) time.Time {
	return time.Date(2026, mois, jour, heure, 0, 0, 0, web.Paris())
}

// The time for a refusal by silence is later by the days that were given to answer, or that the answer took; that of an acceptance runs
// anew from the answer. What is asked for once silence has decided changes nothing (CRPA, art. L114-5).
func TestDeadline(t *testing.T) {
	t.Parallel()
	recu, demande, limite := paris(10, 26, 9), paris(10, 28, 10), paris(12, 5, 10)
	acceptation := accuse.Usuels
	acceptation.Silence = accuse.Acceptance
	for nom, x := range map[string]struct {
		d    accuse.Delais
		s    []delai.Suspension
		want time.Time
	}{
		"nothing asked for":       {accuse.Usuels, nil, paris(12, 26, 12)},
		"asked for, not answered": {accuse.Usuels, []delai.Suspension{{Debut: demande, Limite: limite}}, paris(12, 26, 12).AddDate(0, 0, 38)},
		"answered":                {accuse.Usuels, []delai.Suspension{{demande, limite, paris(11, 29, 18)}}, paris(12, 26, 12).AddDate(0, 0, 32)},
		"answered the same day":   {accuse.Usuels, []delai.Suspension{{demande, limite, paris(10, 28, 23)}}, paris(12, 26, 12)},
		"over, noticed later":     {accuse.Usuels, []delai.Suspension{{demande, limite, paris(12, 9, 8)}}, paris(12, 26, 12).AddDate(0, 0, 38)},
		"twice":                   {accuse.Usuels, []delai.Suspension{{demande, limite, paris(11, 7, 1)}, {paris(11, 10, 1), paris(12, 10, 1), paris(11, 15, 1)}}, paris(12, 26, 12).AddDate(0, 0, 15)},
		"on the last day":         {accuse.Usuels, []delai.Suspension{{Debut: paris(12, 26, 23), Limite: paris(12, 28, 23)}}, paris(12, 28, 12)},
		"too late":                {accuse.Usuels, []delai.Suspension{{Debut: paris(12, 27, 1), Limite: paris(12, 30, 1)}}, paris(12, 26, 12)},
		"acceptance, answered":    {acceptation, []delai.Suspension{{demande, limite, paris(11, 29, 18)}}, paris(12, 29, 12).AddDate(0, 1, 0)},
		"acceptance, over":        {acceptation, []delai.Suspension{{demande, limite, paris(12, 9, 8)}}, paris(12, 5, 12).AddDate(0, 2, 0)},
		"acceptance, at once":     {acceptation, []delai.Suspension{{paris(10, 26, 10), limite, paris(10, 26, 11)}}, paris(12, 26, 12)},
	} {
		if got := delai.Echeance(x.d, recu, x.s); !got.Equal(x.want) {
			t.Errorf("%s: %s, want %s", nom, got, x.want)
		}
	}
}

// Time stands still until the last day to answer is over, unless silence had decided before.
func TestStandsStill(t *testing.T) {
	t.Parallel()
	limite := paris(12, 5, 10)
	for _, x := range []struct {
		maintenant, limite, echeance time.Time
		want                         bool
	}{
		{paris(11, 1, 0), limite, paris(12, 26, 12), true},
		{paris(12, 5, 23), limite, paris(12, 5, 12), true},
		{paris(12, 6, 0), limite, paris(12, 26, 12), false},
		{paris(12, 1, 0), limite, paris(11, 28, 12), false},
		{paris(12, 1, 0), time.Time{}, paris(12, 26, 12), false},
	} {
		if got := delai.Suspendu(x.maintenant, x.limite, x.echeance); got != x.want {
			t.Errorf("%+v: %t", x, got)
		}
	}
}
