package referentiel

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"guichet/modele"
)

// Erreur says what is wrong with a register's file, and where.
type Erreur struct {
	Ligne   int    // from 1
	Colonne string // "" when it is the whole line
	Trouve  string
	Attendu modele.Texte
}

// Error tells the fault in English.
func (e *Erreur) Error() string { return e.In(modele.Anglais) }

// In tells the fault in a language.
func (e *Erreur) In(l modele.Langue) string {
	lieu := fmt.Sprintf(modele.Texte{Fr: "ligne %d", En: "line %d"}.In(l), e.Ligne)
	if e.Colonne != "" {
		lieu += ", " + e.Colonne
	}
	return fmt.Sprintf(modele.Texte{Fr: "%s : %q trouvé, attendu : %s", En: "%s: %q found, expected: %s"}.In(l),
		lieu, extrait(e.Trouve), e.Attendu.In(l))
}

// maxFautes is how many faults of a file are told one by one.
const maxFautes = 5

// Erreurs are several faults of one file: the first ones, and how many there are.
type Erreurs struct {
	Premieres []*Erreur
	Nombre    int
}

// Error tells the faults in English.
func (e *Erreurs) Error() string { return e.In(modele.Anglais) }

// In tells the faults in a language, joined by semicolons.
func (e *Erreurs) In(l modele.Langue) string {
	fautes := make([]string, len(e.Premieres))
	for i, f := range e.Premieres {
		fautes[i] = f.In(l)
	}
	texte := strings.Join(fautes, " ; ")
	if reste := e.Nombre - len(e.Premieres); reste > 0 {
		texte += fmt.Sprintf(modele.Texte{Fr: " ; et %d autres lignes", En: "; and %d more lines"}.In(l), reste)
	}
	return texte
}

// fautes gathers the faults of the lines of a file.
type fautes struct{ Erreurs }

// ajouter keeps a fault, and tells whether there was one.
func (f *fautes) ajouter(e *Erreur) bool {
	if e == nil {
		return false
	}
	if f.Nombre++; len(f.Premieres) < maxFautes {
		f.Premieres = append(f.Premieres, e)
	}
	return true
}

func (f *fautes) erreur() error {
	switch f.Nombre {
	case 0:
		return nil
	case 1:
		return f.Premieres[0]
	}
	return &f.Erreurs
}

// maxExtrait is how much of a value a message shows, in characters.
const maxExtrait = 60

func extrait(t string) string {
	if utf8.RuneCountInString(t) <= maxExtrait {
		return t
	}
	return string([]rune(t)[:maxExtrait-1]) + "…"
}
