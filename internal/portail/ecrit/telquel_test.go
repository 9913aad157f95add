package ecrit_test

import (
	"strings"
	"testing"

	"guichet/internal/portail/ecrit"
)

// What a letter would show raw of a plain text is told with its place; what people write is not.
func TestWhatIsReadAsTyped(t *testing.T) {
	t.Parallel()
	for texte, veut := range map[string]string{
		"Le bon n'est pas signé (page 2).\n- un\n- deux\n1. trois": "",
		"le fichier BON__DE.pdf, R&D; 2027":                        "",
		"__gras__":                                                 "Ligne 1, colonne 1 : « __ »",
		"Montant < 5 000 € & TVA > 0 ; 5 * 3, n° 3_4, R&D, a@b.fr": "",
		"l'offre <nom de l'offre> du client":                       "",
		"un\n**gras**":                                             "Ligne 2, colonne 1 : « ** »",
		"é <b>x</b>":                                               "Ligne 1, colonne 3 : « <b> »",
		"à \u202efin":                                              "Ligne 1, colonne 3 : un caractère invisible (U+202E)",
		"de {{agence}}":                                            "Ligne 1, colonne 4 : « {{agence}} »",
		"x\x00y":                                                   "U+0000",
		"`code`":                                                   "« ` »",
		"voir [ici](https://exemple.fr)":                           "« ]( »",
		"un\n\n# Titre":                                            "Ligne 3, colonne 1 : « # »",
		strings.Repeat("**", 1000) + "x":                           "« ** »",
	} {
		tous := ecrit.TelsQuels(texte)
		dit := ""
		if len(tous) > 0 {
			dit = tous[0].Dire().Fr
		}
		if veut == "" && dit != "" || !strings.Contains(dit, veut) || len(tous) > 8 {
			t.Errorf("%.60q: %d, %q, want %q", texte, len(tous), dit, veut)
		}
	}
}
