package depot_test

import (
	"regexp"
	"strings"
	"testing"

	courrieressai "guichet/internal/portail/courriel/essai"
	"guichet/internal/portail/db/essai"
	"guichet/modele"
)

// cite is what a receipt in English quotes of the returned file, which is French.
var cite = regexp.MustCompile("“[^”]*”")

// The mail on a deposit of each outcome, in both languages: what it is about, where to go, how to stop it.
func TestMessages(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1).avecMentions(t, mentions("+33 1 99 00 00 00"))
	for nom, octets := range map[string][]byte{
		"accepted": fichierDe(0, 3, "AA", 0), "in part": fichierDe(0, 4, "BB", 2), "one of one": fichierDe(0, 1, "CC", 0), "none": fichierDe(0, 2, "DD", 2),
		"rejected": []byte("{}"), "unreadable": []byte("{"),
	} {
		d := g.deposer(t, envoi(g.fournisseurs[0], octets))
		for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
			r, err := g.Rediger(t.Context(), d.ImpID(), l)
			if err != nil {
				t.Fatalf("%s: %v", nom, err)
			}
			courrieressai.Verifier(t, nom, r.Sujet, cite.ReplaceAllString(r.Texte, ""), l)
			if !strings.Contains(r.Texte, "/depots/"+d.ImpID()) || !strings.Contains(r.Sujet, d.ImpID()) || len(r.Octets) == 0 || !strings.HasSuffix(r.Jointe, ".pdf") {
				t.Errorf("%s: %s, %s\n%s", nom, r.Sujet, r.Jointe, r.Texte)
			}
		}
	}
}
