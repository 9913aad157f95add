package suivi_test

import (
	"net/http"
	"strings"
	"testing"

	dbessai "guichet/internal/portail/db/essai"
	etatessai "guichet/internal/portail/etat/essai"
)

// A text over its bound, or one that shows nothing, is refused on its page, with what was typed in it.
func TestTextsThatCannotBeSent(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.exemple(t, f)
	moi := navigateurDe(t, m.site(t, f), "moi")
	attendre(t, moi.joindre("/messages/nouveau", "", nil, "sujet", "Sujet", "texte", "Un"), http.StatusOK, "/messages/1")
	long := strings.Repeat("é", 70_000)
	retrait := "/demandes/" + etatessai.NumeroASP(d, 0) + "/retrait"
	for _, x := range []struct {
		chemin, champ, borne string
		joint                bool
	}{
		{"/messages/nouveau", "texte", "4\u00a0000", true},
		{"/messages/nouveau", "sujet", "120", true},
		{"/messages/1", "texte", "4\u00a0000", true},
		{retrait, "motif", "1\u00a0000", false},
	} {
		envoyer := func(texte string) page {
			champs := []string{"sujet", "Le sujet", "texte", "Le texte"}
			for i := 0; i < len(champs); i += 2 {
				if champs[i] == x.champ {
					champs[i+1] = texte
				}
			}
			if x.joint {
				return moi.joindre(x.chemin, "", nil, champs...)
			}
			return moi.poster(x.chemin, x.champ, texte)
		}
		attendre(t, envoyer(long), http.StatusUnprocessableEntity, x.chemin, x.borne+" caractères au plus : vous en avez écrit 70\u00a0000", long)
		for _, rien := range []string{"\u200b", "\u200b\u2060 \u00a0\ufeff", "\u3164", " \n ", "\u2800\u00ad"} {
			if p := envoyer(rien); p.etat != http.StatusUnprocessableEntity || !strings.Contains(p.corps, `class="faute" id="`+x.champ) {
				t.Errorf("%s, %s: %q is answered %d at %s", x.chemin, x.champ, rien, p.etat, p.chemin)
			}
		}
	}
}
