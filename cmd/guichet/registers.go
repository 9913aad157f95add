package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"guichet/modele"
	"guichet/referentiel"
)

// registerChoice is what the flags say of the registers to use.
type registerChoice struct {
	folder string // "" for the one of the project
	none   bool
}

// registersFlags adds the flags of a command that uses the loaded registers.
func (p *program) registersFlags(c *cobra.Command, o *registerChoice) {
	f := c.Flags()
	f.Var(&option{&o.folder, p.t("DOSSIER", "FOLDER"), nil}, "referentiels", p.t("dossier des registres chargés (par défaut celui du projet)", "folder of the loaded registers (that of the project by default)"))
	_ = c.MarkFlagDirname("referentiels") // the flag exists: it was added just before
	f.BoolVar(&o.none, "sans-referentiels", false, p.t("n'utilise aucun registre chargé", "use no loaded register"))
}

// openRegisters opens the registers that the flags choose. A folder that is named must exist; the one of the
// project need not.
func (p *program) openRegisters(command string, o registerChoice) (registers referentiel.Jeu, err error) {
	switch {
	case o.none && o.folder != "":
		return registers, usageError{command, p.errorf("choisissez --referentiels ou --sans-referentiels", "choose --referentiels or --sans-referentiels")}
	case o.none:
		return registers, nil
	case o.folder == "":
		if o.folder, err = p.projectRegisters(); err != nil {
			return registers, err
		}
	default:
		if _, err := os.ReadDir(o.folder); err != nil {
			return registers, p.errorf("--referentiels %s : %s", "--referentiels %s: %s", shown(o.folder), p.cause(err))
		}
	}
	registers, err = referentiel.Ouvrir(o.folder)
	if err != nil {
		return registers, p.errorf("%s (ou passez --sans-referentiels)", "%s (or give --sans-referentiels)", shown(p.registerFault(err)))
	}
	return registers, nil
}

// projectRegisters returns the folder of the registers of the project.
func (p *program) projectRegisters() (string, error) {
	desk, err := p.project(nil)
	if err != nil {
		return "", err
	}
	return near(desk.Referentiels.Texte), nil
}

// loadRegisters opens the registers that are loaded, and reads the file of --bareme, which wins.
func (j *job) loadRegisters(command string) (err error) {
	if j.options.Referentiels, err = j.openRegisters(command, j.registers); err != nil || j.bareme == "" {
		return err
	}
	if err := j.otherKind("--bareme "+j.bareme, j.bareme, wantedRegister); err != nil {
		return err
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
	var path *fs.PathError
	switch {
	case errors.As(err, &fault):
		return fault.In(p.langue)
	case errors.As(err, &path):
		return filepath.ToSlash(path.Path) + p.t(" : ", ": ") + p.cause(err)
	}
	return p.cause(err)
}
