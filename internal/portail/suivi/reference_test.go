package suivi_test

import (
	"testing"

	dbessai "guichet/internal/portail/db/essai"
)

// A kept file is a message's, or it is not: a sweep removes those that nobody refers to.
func TestReference(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	c := navigateurDe(t, m.site(t, f), "moi")
	attendre(t, c.joindre("/messages/nouveau", "un.png", png, "sujet", "Question", "texte", "Bonjour"), 200, "/messages/1")
	var sha string
	if err := m.base.Lire().QueryRow(`SELECT piece_sha256 FROM message WHERE piece_sha256 <> ''`).Scan(&sha); err != nil {
		t.Fatal(err)
	}
	for x, want := range map[string]bool{sha: true, "autre": false, "": false} {
		if got, err := m.Reference(t.Context(), x); got != want || err != nil {
			t.Errorf("%q: %v, %v", x, got, err)
		}
	}
}
