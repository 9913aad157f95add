package main

import (
	"errors"
	"os"
	"path/filepath"

	"guichet/modele"
	"guichet/referentiel"
)

// loadRegisters opens the registers that are loaded, and reads the file of --bareme, which wins.
func (j *job) loadRegisters() error {
	if j.bareme == "" {
		return nil
	}
	f, err := os.Open(j.bareme)
	if err != nil {
		return j.errorf("--bareme %s : %s", "--bareme %s: %s", shown(j.bareme), j.cause(err))
	}
	defer f.Close()
	j.options.Referentiels.Bareme, err = referentiel.LireBareme(f, referentiel.Origine{Fichier: filepath.Base(j.bareme)})
	if err != nil {
		return j.errorf("--bareme %s : %s", "--bareme %s: %s", shown(j.bareme), shown(j.registerFault(err)))
	}
	return nil
}

// registerFault says what is wrong with the file of a register in the language of the run.
func (p *program) registerFault(err error) string {
	var fault interface {
		error
		In(modele.Langue) string
	}
	if errors.As(err, &fault) {
		return fault.In(p.langue)
	}
	return p.cause(err)
}
