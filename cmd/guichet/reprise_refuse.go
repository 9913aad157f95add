package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"guichet/reprise"
)

// explained says in the language of the run why a file is no returned one.
func (r *retry) explained(err error) error {
	var unreadable *reprise.Illisible
	var foreign *reprise.Etranger
	var double *reprise.ErreurDouble
	switch {
	case errors.Is(err, reprise.ErrPasRetour):
		return r.errorf("ce n'est pas un fichier retourné, impId et les codes de traitement sont tous vides ; est-ce le fichier déposé ?",
			"this is no returned file, impId and the codes are all empty; is it the file that was deposited?")
	case errors.Is(err, reprise.ErrSimule):
		return r.errorf("ce retour est simulé (références SIMULATION-…, SIMULE-…) : le portail n'a rien répondu, rien n'en est retenu",
			"this returned file is simulated (references SIMULATION-…, SIMULE-…): the portal has answered nothing, nothing of it is kept")
	case errors.Is(err, reprise.ErrSansDemandes):
		return r.errorf("ce n'est pas un fichier retourné, il n'a pas de demandes", "this is no returned file, it has no requests")
	case errors.As(err, &foreign):
		return r.errorf("ce n'est pas un fichier retourné, c'est %s ; guichet retour lit les fichiers .json téléchargés sur le portail", "this is no returned file, it is %s; guichet retour reads the .json files downloaded from the portal", foreign.Nature.In(r.langue))
	case errors.As(err, &double):
		return r.errorf("la balise %s y est deux fois : rien ne dit laquelle compte, rien n'en est retenu ; téléchargez-le à nouveau",
			"the tag %s stands twice in it: nothing says which one counts, nothing of it is kept; download it again", double.Balise)
	case errors.As(err, &unreadable):
		return r.errorf("illisible, la lecture s'arrête ligne %d, colonne %d ; téléchargez-le à nouveau", "not readable, reading stops at line %d, column %d; download it again", unreadable.Ligne, unreadable.Colonne)
	}
	return err
}

// partial are the ends of names that browsers give to what they have not finished.
var partial = []string{".part", ".crdownload", ".download", ".partial", ".opdownload", ".tmp"}

// noDocument refuses by its name what a program keeps beside a document.
func (r *retry) noDocument(path string) error {
	name := filepath.Base(path)
	switch {
	case strings.HasPrefix(name, "~$"), strings.HasPrefix(name, ".~lock."):
		return r.errorf("c'est la marque d'un document ouvert ailleurs, non un fichier retourné : fermez-le", "this marks a document that is open elsewhere, it is no returned file: close it")
	case isPartial(name):
		return r.errorf("le téléchargement n'est pas fini : attendez, ou recommencez-le", "the download has not ended: wait, or start it again")
	}
	return nil
}

func isPartial(name string) bool {
	return slices.Contains(partial, strings.ToLower(filepath.Ext(name)))
}

// renamed tells whether a name was one of a returned file before a browser or a mail program made another of it: F.json.txt.
func renamed(name string) bool {
	before, after, ok := strings.Cut(strings.ToLower(name), ".json")
	return ok && after != "" && strings.HasPrefix(before, "json-") && (after == ".txt" || strings.HasPrefix(after, " (") || strings.HasPrefix(after, "_"))
}

// unfinished lists, in the folders of the run, the downloads that have not ended and the returned files that are packed.
func (r *retry) unfinished(found *expansion) (all []failure) {
	for folder := range found.folders {
		entries, _ := os.ReadDir(folder) // it has been read
		alone := !slices.ContainsFunc(found.sources, func(s source) bool { return filepath.Dir(s.real) == folder })
		for _, e := range entries {
			path := filepath.Join(folder, e.Name())
			switch {
			case isPartial(e.Name()) && strings.Contains(strings.ToLower(e.Name()), ".json"):
				all = append(all, failure{r.relative(path), r.noDocument(path)})
			case e.Type().IsRegular() && renamed(e.Name()):
				all = append(all, failure{r.relative(path), r.errorf("son nom ne finit pas par .json, et seuls ces fichiers sont lus : si c'est un fichier retourné, rendez-lui son nom",
					"its name does not end with .json, and only such files are read: if this is a returned file, give it its name back")})
			case e.Type().IsRegular() && packed(path):
				all = append(all, failure{r.relative(path), r.errorf("c'est une archive : décompressez-la ici (clic droit, « Extraire »), et relancez : seuls les fichiers .json sont lus",
					`this is an archive: unpack it here (right click, "Extract"), and try again: only .json files are read`)})
			case alone && e.Type().IsRegular() && unreadableArchive(path):
				all = append(all, failure{r.relative(path), r.errorf("c'est une archive, et elle ne peut être lue ici : décompressez-la (clic droit, « Extraire ») et relancez, ou, si elle ne s'ouvre pas, téléchargez-la à nouveau",
					`this is an archive, and it cannot be read here: unpack it (right click, "Extract") and try again, or, if it does not open, download it again`)})
			}
		}
	}
	slices.SortFunc(all, func(a, b failure) int { return strings.Compare(a.shown, b.shown) })
	return all
}
