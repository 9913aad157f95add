// Package referentiel holds the registers that a check can use beside the file: the national extract of
// FINESS, the référencements of software, the list of eligible ESMS, and the barème. All are optional and
// local: each is read from the file that its publisher gives, kept in a form of its own beside the project
// (Registre.Ecrire, Ouvrir), and immutable once read.
package referentiel

import (
	"io"
	"time"

	"guichet/modele"
)

// Nom names a register, as the command line does.
type Nom string

// The registers.
const (
	NomFiness     Nom = "finess"
	NomReferences Nom = "references"
	NomEligibles  Nom = "eligibles"
	NomBareme     Nom = "bareme"
)

// Noms lists the registers, in the order in which they are shown.
func Noms() []Nom { return []Nom{NomFiness, NomReferences, NomEligibles, NomBareme} }

// In names the register to a reader.
func (n Nom) In(l modele.Langue) string {
	return map[Nom]modele.Texte{
		NomFiness:     {Fr: "FINESS", En: "FINESS"},
		NomReferences: {Fr: "référencements", En: "référencements"},
		NomEligibles:  {Fr: "ESMS éligibles", En: "eligible ESMS"},
		NomBareme:     {Fr: "barème", En: "barème"},
	}[n].In(l)
}

// Fichier is the name of the register's stored form, in the folder of the registers.
func (n Nom) Fichier() string {
	if n == NomFiness {
		return "finess.txt"
	}
	return string(n) + ".csv"
}

// Meta says where a register comes from.
type Meta struct {
	Registre Nom
	Fichier  string    // name of the file of origin, without folder
	Valide   time.Time // day that the register is valid on; zero when nothing tells it
	Charge   time.Time // day that it was loaded
	Lignes   int       // établissements, référencements, ESMS or tranches
	SHA256   string    // of the file of origin, in hexadecimal
}

// Origine is what a reader knows of the file that it reads. The validity date is that of the file's first
// line, else of its name, else the day it was last modified.
type Origine struct {
	Fichier string
	Modifie time.Time
	Charge  time.Time
}

// Registre is one of the four registers.
type Registre interface {
	Meta() Meta
	// Ecrire writes the stored form, which Ouvrir reads back.
	Ecrire(w io.Writer) error
}

// Jeu is the registers that are loaded; nil for one that is not.
type Jeu struct {
	Finess     *Finess
	References *References
	Eligibles  *Eligibles
	Bareme     *Bareme
}

// Metas describes the loaded registers, in the order of Noms.
func (j Jeu) Metas() []Meta {
	var metas []Meta
	if j.Finess != nil {
		metas = append(metas, j.Finess.Meta())
	}
	if j.References != nil {
		metas = append(metas, j.References.Meta())
	}
	if j.Eligibles != nil {
		metas = append(metas, j.Eligibles.Meta())
	}
	if j.Bareme != nil {
		metas = append(metas, j.Bareme.Meta())
	}
	return metas
}

// Lire reads a register from the file of its publisher. What is wrong with the file comes as an *Erreur or
// as Erreurs; what is wrong with reading, as the reader's own error, wrapped.
func Lire(n Nom, r io.Reader, o Origine) (Registre, error) {
	switch n {
	case NomFiness:
		return registre(LireFiness(r, o))
	case NomReferences:
		return registre(LireReferences(r, o))
	case NomEligibles:
		return registre(LireEligibles(r, o))
	}
	return registre(LireBareme(r, o))
}

// registre keeps a nil pointer from becoming a Registre that is not nil.
func registre[R Registre](r R, err error) (Registre, error) {
	if err != nil {
		return nil, err
	}
	return r, nil
}
