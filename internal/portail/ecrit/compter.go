package ecrit

import (
	"guichet/diag"
	"guichet/modele"
)

// Compter says how many there are of something, in both languages: "1 fichier", "1 200 fichiers". None is one in French, and
// several in English.
func Compter(n int64, un, plusieurs modele.Texte) modele.Texte {
	nom := diag.Noun{One: un, Several: plusieurs}
	return modele.Texte{Fr: nom.Count(int(n), modele.Francais), En: nom.Count(int(n), modele.Anglais)}
}

// Autres says how many more there are than what is listed.
func Autres(n int) modele.Texte {
	return Compter(int64(n), modele.Texte{Fr: "autre", En: "more"}, modele.Texte{Fr: "autres", En: "more"})
}

// Nombre is a whole number as people read it: 12 345.
func Nombre(n int64) modele.Texte {
	return modele.Texte{Fr: diag.Number(int(n), modele.Francais), En: diag.Number(int(n), modele.Anglais)}
}
