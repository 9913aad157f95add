// Package asvs makes docs/asvs.md: each requirement of the OWASP ASVS 5.0.0, levels 1 and 2, with the tests that show it, or why
// none does. The list is exigences.txt; the tests say by a tag in their comment what they show. The two are held together: what
// is in doubt is an error, and no document is made.
package asvs

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

//go:embed exigences.txt
var liste string

// Document makes docs/asvs.md of the tests under root.
func Document(root string) ([]byte, error) {
	chapitres, err := lire(liste)
	if err != nil {
		return nil, err
	}
	etiquettes, err := lireEtiquettes(root)
	if err != nil {
		return nil, err
	}
	if err := rapprocher(root, chapitres, etiquettes); err != nil {
		return nil, err
	}
	return document(chapitres), nil
}

// rapprocher gives each requirement its tests, and tells whatever does not fit.
func rapprocher(root string, chapitres []chapitre, etiquettes []etiquette) error {
	var fautes []error
	par := map[string][]epreuve{}
	for _, e := range etiquettes {
		if !connue(chapitres, e.exigence) {
			fautes = append(fautes, fmt.Errorf("%s: %s names %s, which is no requirement of the levels 1 and 2", e.lieu, e.epreuve, e.exigence))
		}
		par[e.exigence] = append(par[e.exigence], e.epreuve)
	}
	for _, c := range chapitres {
		for i := range c.exigences {
			e := &c.exigences[i]
			e.epreuves = par[e.id]
			fautes = append(fautes, e.verifier(root))
		}
	}
	return errors.Join(fautes...)
}

func connue(chapitres []chapitre, id string) bool {
	return slices.ContainsFunc(chapitres, func(c chapitre) bool {
		return slices.ContainsFunc(c.exigences, func(e exigence) bool { return e.id == id })
	})
}

// lieux are the files that a reason names.
var lieux = regexp.MustCompile("`([^`]+/[^`]+|[A-Z]+\\.md|go\\.mod|Makefile)`")

// verifier holds a requirement to one answer: tests, or a reason for there being none.
func (e exigence) verifier(root string) error {
	switch {
	case len(e.epreuves) > 0 && e.etat != "":
		return fmt.Errorf("exigences.txt: %s has the reason %q, but %s shows it: take the reason or the tag away", e.id, e.etat, e.epreuves[0])
	case len(e.epreuves) == 0 && e.etat == "":
		return fmt.Errorf("exigences.txt: %s has no test and no reason: tag a test, or say why none shows it", e.id)
	}
	places := lieux.FindAllStringSubmatch(e.raison, -1)
	if e.etat == conception && len(places) == 0 {
		return fmt.Errorf("exigences.txt: %s is held by design, but does not name the file, `like/this`", e.id)
	}
	for _, p := range places {
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(p[1]))); err != nil {
			return fmt.Errorf("exigences.txt: %s names %s: %w", e.id, p[1], err)
		}
	}
	return nil
}
