package appariement

import (
	"path"
	"strings"
)

// Repertoire finds files by what a person calls them. Between systems and by hand names change in ways that nobody
// sees: accents in one sign or two, blanks that do not break, a case that Windows overlooks.
type Repertoire struct {
	entrees []entree
	parNom  map[string][]int // by the loosest form of the last part of the path
}

type entree struct {
	fichier string   // the file itself: one may be entered under several paths
	formes  []string // its path, by precision
	mots    []string // of its name, for those that look for something like it
}

// Precision is how much of a name has to be alike.
type Precision uint8

// The precisions, each looser than the one before it.
const (
	Exacte    Precision = iota
	Ecriture            // signs that look alike: accents, blanks, apostrophes, dashes, %20
	Casse               // upper and lower case
	Extension           // .jpeg and .jpg
	nombrePrecisions
)

// Trouvaille is what was found under a path.
type Trouvaille struct {
	Fichiers    []string // none; one; several that fit alike, and it is not known which one is meant
	Precision   Precision
	SousDossier bool // in a folder that the path does not name
}

// Ajouter enters a file under a path from the folder that is looked into.
func (r *Repertoire) Ajouter(fichier, relatif string) {
	e := entree{fichier: fichier, formes: formes(relatif)}
	if r.parNom == nil {
		r.parNom = map[string][]int{}
	}
	nom := path.Base(e.formes[nombrePrecisions-1])
	r.parNom[nom] = append(r.parNom[nom], len(r.entrees))
	r.entrees = append(r.entrees, e)
}

// Chercher looks for a path: as it is written, then more and more loosely; where its folder has no such file, in the
// folders below.
func (r *Repertoire) Chercher(chemin string) Trouvaille {
	cherchees := formes(chemin)
	candidats := r.parNom[path.Base(cherchees[nombrePrecisions-1])]
	for _, dessous := range []bool{false, true} {
		for p := range nombrePrecisions {
			if f := r.retenir(candidats, p, cherchees[p], dessous); len(f) > 0 {
				return Trouvaille{f, p, dessous}
			}
		}
	}
	return Trouvaille{}
}

// retenir returns the files whose path is the one that is looked for, or ends with it.
func (r *Repertoire) retenir(candidats []int, p Precision, cherchee string, dessous bool) (fichiers []string) {
	vus := map[string]bool{}
	for _, i := range candidats {
		e := &r.entrees[i]
		forme := e.formes[p]
		if fits := forme == cherchee || dessous && strings.HasSuffix(forme, "/"+cherchee); fits && !vus[e.fichier] {
			vus[e.fichier] = true
			fichiers = append(fichiers, e.fichier)
		}
	}
	return fichiers
}
