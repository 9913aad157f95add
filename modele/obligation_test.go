package modele

import "testing"

func TestObligationPhrase(t *testing.T) {
	t.Parallel()
	oui, non := Is{"a", "true"}, Is{"a", "false"}
	for _, c := range []struct {
		o      Obligation
		fr, en string
	}{
		{Obligatoire, "obligatoire", "mandatory"},
		{Facultatif, "facultatif, ou null", "optional, or null"},
		{ParASP, "null, rempli par l'ASP", "null, filled in by the ASP"},
		{Obligation{Obligatoire: oui, Nul: non}, "obligatoire si a = true ; null si a = false", "mandatory if a = true; null if a = false"},
		{
			Obligation{Obligatoire: All{oui, Is{"b", `"E"`}}, Nul: non},
			"obligatoire si a = true et b = \"E\" ; null si a = false ; sinon valeur ou null",
			"mandatory if a = true and b = \"E\"; null if a = false; otherwise value or null",
		},
	} {
		if got := c.o.Phrase(Francais); got != c.fr {
			t.Errorf("French: %q, want %q", got, c.fr)
		}
		if got := c.o.Phrase(Anglais); got != c.en {
			t.Errorf("English: %q, want %q", got, c.en)
		}
	}
}
