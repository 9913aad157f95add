package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"guichet/controle"
	"guichet/diag"
	"guichet/modele"
)

// retours writes the files that the portal would return.
type retours struct {
	folder  string
	found   *expansion
	first   map[string]string // by name: the file that has it, by its real path
	nameOf  func(source) string
	spare   func(name string) error // a return of the portal itself is not written over
	replace func(name string, write func(io.Writer) error) error
}

// retour is what came of one returned file.
type retour struct {
	written bool
	err     error
}

// nameOf returns the name that a file has, or will have; "" for none.
func (j *job) nameOf(s source) string {
	switch {
	case j.nom != "":
		return j.nom
	case s.path == standardInput:
		return ""
	}
	return filepath.Base(s.path)
}

// newRetours makes ready to write returned files; nil when none are asked for.
func (j *job) newRetours(found *expansion) *retours {
	if j.retour == "" {
		return nil
	}
	r := &retours{folder: j.retour, found: found, first: map[string]string{}, nameOf: j.nameOf, spare: j.spare, replace: j.replace}
	for _, s := range found.sources {
		if name := j.nameOf(s); r.first[name] == "" {
			r.first[name] = s.real
		}
	}
	return r
}

// sparesInputs refuses a run that would write over what it reads, or cannot write at all.
func (j *job) sparesInputs(found *expansion) error {
	if j.output != "" && found.seen[real(j.output)] && j.output != standardOutput {
		return j.errorf("--output %s : %s", "--output %s: %s", shown(j.output), j.cause(errSource))
	}
	if j.retour == "" {
		return nil
	}
	if found.seen[standardInput] && j.nom == "" {
		return usageError{"guichet check", j.errorf("--retour avec l'entrée standard demande --nom", "--retour with standard input needs --nom")}
	}
	if err := os.MkdirAll(j.retour, 0o777); err != nil {
		return j.errorf("--retour %s : %s", "--retour %s: %s", shown(j.retour), j.cause(err))
	}
	return nil
}

// write writes the returned file of one file.
func (r *retours) write(s source, o controle.Options, source []byte, report *controle.Rapport) retour {
	target := filepath.Join(r.folder, r.nameOf(s))
	switch {
	case r.found.seen[real(target)]:
		return retour{err: errSource}
	case r.first[r.nameOf(s)] != s.real:
		return retour{err: errSameName}
	}
	content, err := report.Retour(simulated(o))
	if err == nil {
		err = r.spare(target)
	}
	if err == nil {
		err = r.replace(target, func(w io.Writer) error {
			_, err := w.Write(sealSimulated(content))
			return err
		})
	}
	return retour{written: err == nil, err: err}
}

// simulated gives references that nobody can take for the portal's, and that are the same for the same
// file and day: the end of impId is left to the seal.
func simulated(o controle.Options) controle.Attribution {
	return controle.Attribution{
		ImpID:     fmt.Sprintf("SIMULATION-%s-%s", o.Aujourdhui.Format("20060102"), simulatedSeal),
		NumeroASP: func(i int) string { return fmt.Sprintf("SIMULE-%06d", i+1) },
	}
}

// tellRetours says what was written, and for which files there is nothing to write. It returns the files
// whose returned file should be there and is not.
func (j *job) tellRetours(found *expansion, results []result) []failure {
	written := 0
	var failures []failure
	for i, r := range results {
		name := found.sources[i].shown
		switch {
		case errors.Is(r.retour.err, controle.ErrSansRetour):
			j.say("%s : pas de fichier retourné, le premier contrôle rejette le fichier", "%s: no returned file, the first control rejects the file", shown(name))
		case r.retour.err != nil:
			failures = append(failures, failure{name, r.retour.err})
		case r.retour.written:
			written++
		}
	}
	if written > 0 {
		j.say("%s dans %s, avec des numéros simulés", "%s in %s, with simulated numbers", writtenRetour.Count(written, j.langue), shown(j.retour))
	}
	return failures
}

var writtenRetour = diag.Noun{
	One:     modele.Texte{Fr: "fichier retourné écrit", En: "returned file written"},
	Several: modele.Texte{Fr: "fichiers retournés écrits", En: "returned files written"},
}
