package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// partager lists the files that every archive has beside the program.
func (p *paquet) partager() ([]fichier, error) {
	bom, err := nomenclature(p.oeuvres, p.version, p.date)
	if err != nil {
		return nil, err
	}
	files := []fichier{{"NOTICES.txt", 0o644, notices(p.oeuvres)}, {"guichet.cdx.json", 0o644, bom}}
	for _, nom := range []string{"LICENSE", "README.md", "CHANGELOG.md", "docs/guide-fournisseur.md", "docs/guide-du-guichet.md", "docs/guide-de-deploiement.md"} {
		octets, err := os.ReadFile(nom)
		if err != nil {
			return nil, err
		}
		files = append(files, fichier{path.Base(nom), 0o644, octets})
	}
	exemples, err := dossier("exemples", "exemples")
	return append(files, exemples...), err
}

// dossier reads the files below a folder, in the order of their names.
func dossier(racine, sous string) (files []fichier, err error) {
	err = filepath.WalkDir(racine, func(nom string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		octets, err := os.ReadFile(nom)
		if err != nil {
			return err
		}
		relatif, err := filepath.Rel(racine, nom)
		files = append(files, fichier{path.Join(sous, filepath.ToSlash(relatif)), 0o644, octets})
		return err
	})
	return files, err
}

// documenter has the program of this machine write its own man pages and completions, and say its version.
func (p *paquet) documenter(ctx context.Context) error {
	moi := filepath.Join(p.travail, "ici")
	if err := construire(ctx, moi, cible{runtime.GOOS, runtime.GOARCH}); err != nil {
		return err
	}
	guichet := func(args ...string) ([]byte, error) {
		cmd := exec.CommandContext(ctx, moi, args...)
		cmd.Env = []string{"SOURCE_DATE_EPOCH=" + strconv.FormatInt(p.date.Unix(), 10)}
		cmd.Stderr = os.Stderr
		return cmd.Output()
	}
	said, err := guichet("version", "--lang", "en")
	if err != nil {
		return fmt.Errorf("ask the program for its version: %w", err)
	}
	if p.version, err = version(string(said)); err != nil {
		return err
	}
	for langue, sous := range map[string]string{"en": "man/man1", "fr": "man/fr/man1"} {
		pages := filepath.Join(p.travail, "man-"+langue)
		if _, err := guichet("man", pages, "--lang", langue); err != nil {
			return fmt.Errorf("man pages: %w", err)
		}
		files, err := dossier(pages, sous)
		if err != nil {
			return err
		}
		p.unix = append(p.unix, files...)
	}
	for _, shell := range []struct{ nom, fichier string }{{"bash", "guichet.bash"}, {"zsh", "_guichet"}, {"fish", "guichet.fish"}} {
		script, err := guichet("completion", shell.nom)
		if err != nil {
			return fmt.Errorf("completion of %s: %w", shell.nom, err)
		}
		p.unix = append(p.unix, fichier{"completion/" + shell.fichier, 0o644, script})
	}
	p.powshell, err = guichet("completion", "powershell")
	p.powshell = bytes.ReplaceAll(p.powshell, []byte("\n"), []byte("\r\n"))
	return err
}

var versionDite = regexp.MustCompile(`^guichet (\S+) \((?:commit ([0-9a-f]{7,}), (\d{4}-\d\d-\d\d)(, modified)?, )?`)

// version is how a release is called: as the program calls itself, and between two releases with its day and commit.
func version(said string) (string, error) {
	m := versionDite.FindStringSubmatch(said)
	if m == nil {
		return "", fmt.Errorf("the program says no version: %q", said)
	}
	if m[2] == "" {
		return "", fmt.Errorf("the program does not know its commit: %q", said)
	}
	v := m[1]
	if strings.HasSuffix(v, "-dev") {
		v += "." + strings.ReplaceAll(m[3], "-", "") + "." + m[2][:7]
	}
	if m[4] != "" {
		fmt.Fprintln(os.Stderr, "paquet: files have changed since the commit: these are no releases to give away")
		v += ".modified"
	}
	return v, nil
}
