package main

import (
	"errors"
	"os"
	"strings"
	"time"

	"guichet/internal/panne"
	"guichet/internal/projet"
	"guichet/modele"
)

// fault says what is wrong in the language of the run, where the error knows it.
func (p *program) fault(err error) string {
	var told interface {
		error
		In(modele.Langue) string
	}
	var text interface {
		error
		Texte() modele.Texte
	}
	switch {
	case errors.As(err, &told):
		return shown(told.In(p.langue))
	case errors.As(err, &text):
		return shown(text.Texte().In(p.langue))
	}
	if place := panne.Fichier(err); place != "" {
		return shown(near(place)) + p.t(" : ", ": ") + p.cause(err)
	}
	return p.cause(err)
}

// open reads the project and the registers, and says what is missing to prepare anything.
func (o *preparing) open(tables []string) (err error) {
	given := map[string]string{}
	for name, value := range o.desk {
		given[name] = *value
	}
	given["siret"] = strings.ReplaceAll(given["siret"], " ", "")
	if o.projet, err = o.projectBeside(given, tables); err != nil {
		return err
	}
	o.modele, o.jour = o.projet.Modele(), o.now()
	if o.date != "" {
		o.jour, _ = time.Parse(time.DateOnly, o.date) // isDate has seen it
	}
	if o.guess {
		return nil
	}
	if at := o.projet.Pieces.Texte; !o.noPieces {
		if info, err := os.Stat(at); err == nil && !info.IsDir() {
			return o.errorf("%s : ce n'est pas un dossier ; pour les pièces, indiquez le dossier où elles sont", "%s: this is not a folder; for the documents, name the folder that they are in", shown(near(at)))
		}
	}
	var missing []string
	for _, v := range []struct {
		flag string
		is   projet.Valeur
	}{{"--numero-ans", o.projet.NumeroAns}, {"--siret", o.projet.SIRET}} {
		if v.is.Texte == "" {
			missing = append(missing, v.flag)
		}
	}
	if len(missing) > 0 {
		return usageError{"guichet prepare", o.errorf("indiquez %s, ou créez guichet.yaml avec guichet init", "give %s, or make guichet.yaml with guichet init", o.and(missing))}
	}
	o.referentiels, err = o.openRegisters("guichet prepare", o.registers)
	return err
}
