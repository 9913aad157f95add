package main

import (
	"errors"
	"path/filepath"

	"guichet/internal/projet"
)

// project reads the project of the folder that the person is in, with what the flags say instead.
func (p *program) project(flags map[string]string) (*projet.Projet, error) {
	return p.loadProject(projet.Sources{Getenv: p.getenv, Drapeaux: flags})
}

func (p *program) loadProject(s projet.Sources) (*projet.Projet, error) {
	desk, err := projet.Charger(".", s)
	if err := p.otherProject(desk); err != nil {
		return nil, err
	}
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

// otherProject refuses files that the project is made of and that are something else.
func (p *program) otherProject(desk *projet.Projet) error {
	if desk == nil {
		return nil
	}
	if err := p.otherKind(near(desk.Fichier), desk.Fichier, wantedProject); err != nil {
		return err
	}
	for _, v := range []struct {
		path projet.Valeur
		is   wanted
	}{{desk.Ajustements, wantedAdjustments}, {desk.Carnet, wantedLedger}} {
		if v.path.Texte == "" {
			continue
		}
		label := near(v.path.Texte)
		if from := v.path.Origine.In(p.langue); from != "" {
			label += " (" + from + ")"
		}
		if err := p.otherKind(label, v.path.Texte, v.is); err != nil {
			return err
		}
	}
	return nil
}

// projectBeside reads the project of the folder that the person is in, or where that has none the one beside the
// tables, and says so: whoever prepares a table from another folder means the desk that it belongs to.
func (p *program) projectBeside(flags map[string]string, tables []string) (*projet.Projet, error) {
	beside, err := p.besideTables(tables)
	if err != nil {
		return nil, err
	}
	desk, err := p.loadProject(projet.Sources{Getenv: p.getenv, Drapeaux: flags, Ensuite: beside})
	switch {
	case err != nil || beside == "" || real(beside) == real(desk.Fichier):
		if err == nil && beside != "" && !p.fromHere(desk) {
			p.say("projet lu à côté du tableau : %s", "project read beside the table: %s", shown(filepath.ToSlash(near(desk.Fichier))))
		}
		return desk, err
	}
	p.say("deux projets : %s est suivi, %s, à côté du tableau, ne l'est pas ; pour l'autre, lancez guichet dans son dossier",
		"two projects: %s is followed, %s, beside the table, is not; for the other one, run guichet in its folder",
		shown(filepath.ToSlash(near(desk.Fichier))), shown(filepath.ToSlash(near(beside))))
	return desk, nil
}

// fromHere tells whether the project is found without a table.
func (p *program) fromHere(desk *projet.Projet) bool {
	here, err := projet.Trouver(".")
	return err == nil && real(here) == real(desk.Fichier) || p.getenv(projet.Variable) != ""
}

// besideTables finds the project of the folders of the tables, "" for none. There is one.
func (p *program) besideTables(tables []string) (found string, err error) {
	for _, table := range tables {
		beside, err := projet.Trouver(filepath.Dir(table))
		if err != nil {
			return "", p.errorf("%s : %s", "%s: %s", shown(table), p.cause(err))
		}
		if found != "" && beside != "" && real(found) != real(beside) {
			return "", p.errorf("ces tableaux sont de deux projets, %s et %s : préparez-les l'un après l'autre", "these tables are of two projects, %s and %s: prepare them one after the other",
				shown(filepath.ToSlash(near(found))), shown(filepath.ToSlash(near(beside))))
		}
		if beside != "" {
			found = beside
		}
	}
	return found, nil
}
