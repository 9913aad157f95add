package main

import (
	"errors"

	"guichet/internal/projet"
)

// project reads the project of the folder that the person is in, with what the flags say instead.
func (p *program) project(flags map[string]string) (*projet.Projet, error) {
	desk, err := projet.Charger(".", projet.Sources{Getenv: p.getenv, Drapeaux: flags})
	var faults projet.Erreurs
	if errors.As(err, &faults) {
		for _, f := range faults {
			p.say("%s", "%s", shown(f.In(p.langue)))
		}
		return nil, misuse
	}
	if err != nil {
		return nil, p.errorf("%s : %s", "%s: %s", projet.Nom, p.cause(err))
	}
	return desk, nil
}
