package depot_test

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
)

// A file that holds nothing is no deposit: it is refused before anything is kept, however it comes. What is JSON, or only looks like a
// beginning of it, is a file: it is rejected for its structure, and acknowledged.
func TestEmptyFiles(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 1)
		for nom, octets := range map[string]string{
			"no byte": "", "blanks": " \r\n\t\n", "mark": "\ufeff", "mark and blanks": "\ufeff \n", "UTF-16": "\xff\xfe", "UTF-16 blanks": "\xfe\xff\x00 \x00\n",
			"zeros": strings.Repeat("\x00", 3000), "DOS end": "\r\n\x1a", "much": strings.Repeat("\n", 1<<19),
		} {
			e := envoi(g.fournisseurs[0], nil)
			e.Corps, e.Taille = bytes.NewReader([]byte(octets)), int64(len(octets))
			var refus depot.Refuse
			for quoi, prendre := range map[string]func() (*depot.Depot, error){
				"deposit": func() (*depot.Depot, error) { return g.Deposer(t.Context(), e) },
				"control": func() (*depot.Depot, error) { return g.Garder(t.Context(), e) },
			} {
				e.Corps = bytes.NewReader([]byte(octets))
				if d, err := prendre(); !errors.As(err, &refus) || !strings.Contains(refus.Fr, "est vide") {
					t.Errorf("%s, %s: %+v, %v", quoi, nom, d, err)
				}
			}
		}
		if d, err := g.Depots(t.Context(), g.fournisseurs[0], 0, 10); err != nil || len(d) != 0 {
			t.Errorf("%d deposits, %v", len(d), err)
		}
		for _, octets := range []string{"[]", "{}", "null", "0", `""`, "{"} {
			e := envoi(g.fournisseurs[0], nil)
			e.Corps, e.Taille = strings.NewReader(octets), int64(len(octets))
			if d, err := g.Deposer(t.Context(), e); err != nil || d.Traitee() {
				t.Errorf("%s: %+v, %v", octets, d, err)
			}
		}
	})
}

// The form says so beside the file, in either order of its fields.
func TestEmptyFileInTheForm(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1).avecMentions(t, mentions("+33 1 99 00 00 00"))
	c := g.siteDe(t, g.fournisseurs[0], compte.Deposant).Client(t)
	controlerPage(t, c, nomFichier, nil).Attendre(t, http.StatusUnprocessableEntity, "Ce fichier est vide")
	c.Ouvrir("/depots").Attendre(t, http.StatusOK, "Aucun dépôt")
}
