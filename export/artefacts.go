package export

import (
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// Artefact is a committed file that follows from the tag tables.
type Artefact struct {
	Path     string // from the root of the project, with slashes
	Generate func() ([]byte, error)
}

const pages = "docs/modele/"

// Artefacts lists the committed files of all editions.
func Artefacts() []Artefact {
	current := ms1dui.Courante()
	all := []Artefact{
		{pages + "modele-vide.json", sure(func() []byte { return Template(current) })},
	}
	for _, m := range ms1dui.Editions() {
		all = append(all,
			Artefact{pages + editionName(m) + ".md", sure(func() []byte { return Documentation(m, modele.Francais) })},
			Artefact{pages + schemaPage(m), func() ([]byte, error) { return Schema(m, modele.Francais) }},
		)
	}
	return append(all, lists(current.EnTete)...)
}

// lists returns the page of each list of codes. Editions share them: the current one decides.
func lists(champs []modele.Champ) []Artefact {
	var all []Artefact
	for _, c := range champs {
		if n := c.Type.Nomenclature; n != nil {
			all = append(all, Artefact{pages + listPage(c), sure(func() []byte { return Nomenclature(n, modele.Francais) })})
		}
		all = append(all, lists(c.Champs)...)
	}
	return all
}

func sure(write func() []byte) func() ([]byte, error) {
	return func() ([]byte, error) { return write(), nil }
}

// File names of an edition, its schema and a list of codes.
func editionName(m *modele.Modele) string { return nameOf(m) + "-" + m.Edition }
func schemaPage(m *modele.Modele) string  { return editionName(m) + ".schema.json" }
func listPage(c modele.Champ) string      { return c.Balise + ".md" }
