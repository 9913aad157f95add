package projet

import (
	"fmt"
	"path/filepath"
	"strings"

	"guichet/modele"
)

// Origine is where a value comes from. The zero value is the default.
type Origine struct {
	Drapeau        string // the flag, without dashes
	Variable       string // the environment variable
	Fichier        string // the project file, where both others are empty
	Ligne, Colonne int    // in the project file, from 1
}

// In names the place: `--siret`, `variable GUICHET_SIRET`, `guichet.yaml, ligne 3, colonne 8`, `par défaut`.
func (o Origine) In(l modele.Langue) string {
	switch {
	case o.Drapeau != "":
		return "--" + o.Drapeau
	case o.Variable != "":
		return modele.Texte{Fr: "variable ", En: "variable "}.In(l) + o.Variable
	case o.Ligne > 0:
		return fmt.Sprintf(modele.Texte{Fr: "%s, ligne %d, colonne %d", En: "%s, line %d, column %d"}.In(l), filepath.Base(o.Fichier), o.Ligne, o.Colonne)
	case o.Fichier != "":
		return filepath.Base(o.Fichier)
	}
	return modele.Texte{Fr: "par défaut", En: "by default"}.In(l)
}

// Erreur is a value that cannot be, or a line of the project file that says nothing.
type Erreur struct {
	Origine Origine
	Message modele.Texte
}

// In tells the place and the fault.
func (e Erreur) In(l modele.Langue) string {
	return e.Origine.In(l) + modele.Texte{Fr: " : ", En: ": "}.In(l) + e.Message.In(l)
}

// Erreurs are all faults of a project, in the order in which they were found.
type Erreurs []Erreur

// Error tells the faults in English.
func (e Erreurs) Error() string { return e.In(modele.Anglais) }

// In tells the faults, one a line.
func (e Erreurs) In(l modele.Langue) string {
	lignes := make([]string, len(e))
	for i := range e {
		lignes[i] = e[i].In(l)
	}
	return strings.Join(lignes, "\n")
}

// ou returns the faults as an error, nil when there is none.
func (e Erreurs) ou() error {
	if len(e) == 0 {
		return nil
	}
	return e
}
