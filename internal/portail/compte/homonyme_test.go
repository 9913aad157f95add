package compte_test

import (
	"slices"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// Names that are read as that of one of the agency's people are found, however they are written; nobody is refused them, so that no
// answer tells who works there.
func TestNamesOfTheAgencysPeople(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		agent := m.AjouterPersonne(t, compte.Agence, compte.Instructeur)
		if err := m.ChangerProfil(t.Context(), agent.Compte, compte.Profil{Nom: "Inès Le Gall"}); err != nil {
			t.Fatal(err)
		}
		oui := []string{"Inès Le Gall", "INES LE GALL", "Le Gall Inès", "lnes  le  ga11", "Inès Le-Gall"}
		non := []string{"Inès", "Le Gall", "Inès Le Gallo", "Agnès Le Gall", ""}
		got, err := m.Homonymes(t.Context(), slices.Concat(oui, non))
		if err != nil || !slices.Equal(got, oui) {
			t.Errorf("%q, %v; want %q", got, err, oui)
		}
		for _, nom := range oui[:2] {
			if err := m.ChangerProfil(t.Context(), m.Lecteur.Compte, compte.Profil{Nom: nom}); err != nil {
				t.Errorf("%q: %v", nom, err)
			}
		}
	})
}
