package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"guichet/archive"
	"guichet/diag"
	"guichet/internal/classeur"
	"guichet/internal/projet"
)

// errSpared says that a file is there which a person may have edited, and which --force alone replaces.
type errSpared struct {
	p    *program
	name string
	info fs.FileInfo
}

func (e errSpared) Error() string {
	return e.p.errorf("%s existe déjà (modifié le %s, %s octets) et n'est pas remplacé : choisissez un autre nom, ou ajoutez --force",
		"%s exists already (changed on %s, %s bytes) and is not replaced: choose another name, or add --force",
		shown(filepath.ToSlash(e.name)), e.info.ModTime().In(e.p.now().Location()).Format(e.p.t("02/01/2006 à 15:04", "2006-01-02 at 15:04")),
		diag.Number(int(e.info.Size()), e.p.langue)).Error()
}

// spare refuses to write over a file that a person may have edited, unless --force says so. What may be written over
// is an empty file, what this run wrote, and what guichet wrote for programs or browsers, which nobody edits. What
// is no plain file (/dev/null, a pipe) is written to, not over.
func (p *program) spare(name string) error {
	if name == "" || name == standardOutput || p.force || p.written[real(name)] {
		return nil
	}
	info, err := os.Stat(name)
	switch {
	case err != nil || !info.Mode().IsRegular() || info.Size() == 0:
		return nil // whoever writes meets the error
	case unedited(name, info.Size()):
		return nil
	}
	return errSpared{p, name, info}
}

// wrote notes a file of this run, so that a run that goes on (--watch) may write it again.
func (p *program) wrote(name string) {
	if p.written == nil {
		p.written = map[string]bool{}
	}
	p.written[real(name)] = true
}

// forceFlags gives --force to all commands that write a file where --output says.
func (p *program) forceFlags(c *cobra.Command) {
	if c.Flags().Lookup("output") != nil {
		p.forceFlag(c)
	}
	for _, sub := range c.Commands() {
		p.forceFlags(sub)
	}
}

func (p *program) forceFlag(c *cobra.Command) {
	c.Flags().BoolVar(&p.force, "force", false, p.t("remplace un fichier déjà présent, même modifié à la main", "replace a file that is there already, even if a person has edited it"))
}

// keepInputs refuses an --output that is one of the files to read: not even --force writes over these.
func (p *program) keepInputs(c *cobra.Command, args []string) error {
	flag := c.Flags().Lookup("output")
	if flag == nil || flag.Value.String() == standardOutput {
		return nil
	}
	name := flag.Value.String()
	for _, a := range args {
		if name != "" && real(a) == real(name) {
			return p.errorf("--output %s : c'est un des fichiers à lire, il n'est pas remplacé", "--output %s: this is one of the files to read, it is not replaced", shown(name))
		}
	}
	if name != "" && p.ofProject(name) {
		return p.errorf("--output %s : c'est un fichier du projet (carnet, son témoin ou guichet.yaml), il n'est pas remplacé, même avec --force", "--output %s: this belongs to the project (ledger, its witness or guichet.yaml), it is not replaced, even with --force", shown(name))
	}
	return nil
}

// ofProject tells whether a file is one that the desk lives on. What is wrong with the project, its reader says.
func (p *program) ofProject(name string) bool {
	desk, err := projet.Charger(".", projet.Sources{Getenv: p.getenv})
	if err != nil {
		return false
	}
	for _, own := range []string{desk.Fichier, desk.Carnet.Texte, desk.Carnet.Texte + "-temoin", desk.Carnet.Texte + "-verrou"} {
		if own != "" && real(own) == real(name) {
			return true
		}
	}
	return false
}

// marked is how far into a file its marks stand.
const marked = 4096

// unedited tells whether guichet wrote a file and nobody has saved it since, as far as it shows.
func unedited(name string, size int64) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, marked)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	if o := ownOf(head[:n]); o != nil {
		return o.intact(f, size)
	}
	return bytes.HasPrefix(head, []byte("PK")) && (classeur.Intact(f, size) || archive.Reconnaitre(f, size))
}
