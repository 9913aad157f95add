package suivi_test

import (
	"net/http"
	"strings"
	"testing"

	dbessai "guichet/internal/portail/db/essai"
)

// A document that goes with a message keeps the end of its name, a hundred characters: that tells what it is.
func TestLongNames(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	moi := navigateurDe(t, m.site(t, m.fournisseur(t, "00000000100008")), "moi")
	p := moi.joindre("/messages/nouveau", strings.Repeat("à", 5)+strings.Repeat("é", 150)+".png", png, "sujet", "x", "texte", "x")
	attendre(t, p, http.StatusOK, "/messages/1", strings.Repeat("é", 96)+".png")
	if strings.Contains(p.corps, strings.Repeat("é", 97)) {
		t.Error("more of the name is kept")
	}
}
