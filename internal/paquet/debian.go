package main

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// The files of the package that the program does not write itself.
var (
	//go:embed linux/guichet.service
	service []byte
	//go:embed linux/default
	reglages []byte
	//go:embed linux/postinst
	postinst []byte
)

// debian makes the package: the program with its man pages and completions, and a service that nobody has started.
func (p *paquet) debian(ctx context.Context, out, arch string, binaire []byte) error {
	racine := filepath.Join(p.travail, "deb-"+arch)
	for _, f := range p.arbre(arch, binaire) {
		if err := p.poser(racine, f); err != nil {
			return err
		}
	}
	if err := p.dater(racine); err != nil {
		return err
	}
	nom := filepath.Join(out, "guichet_"+p.versionDebian()+"_"+arch+".deb")
	cmd := exec.CommandContext(ctx, "dpkg-deb", "--root-owner-group", "-Zxz", "--build", racine, nom)
	cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH="+strconv.FormatInt(p.date.Unix(), 10))
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("dpkg-deb: %w: %s", err, said)
	}
	return nil
}

// versionDebian has what comes before a release before it: 0.1.0~dev < 0.1.0.
func (p *paquet) versionDebian() string { return strings.ReplaceAll(p.version, "-", "~") }

// arbre lists the files of the package where they will be.
func (p *paquet) arbre(arch string, binaire []byte) []fichier {
	const doc = "usr/share/doc/guichet/"
	files := []fichier{
		{"usr/bin/guichet", 0o755, binaire},
		{"usr/lib/systemd/system/guichet.service", 0o644, service},
		{"etc/default/guichet", 0o644, reglages},
		{"DEBIAN/control", 0o644, p.control(arch, len(binaire))},
		{"DEBIAN/conffiles", 0o644, []byte("/etc/default/guichet\n")},
		{"DEBIAN/postinst", 0o755, postinst},
	}
	for _, f := range p.communs {
		if f.nom == "LICENSE" {
			f.nom = "copyright"
		}
		f.nom = doc + f.nom
		files = append(files, f)
	}
	places := map[string]string{
		"completion/guichet.bash": "usr/share/bash-completion/completions/guichet",
		"completion/_guichet":     "usr/share/zsh/vendor-completions/_guichet",
		"completion/guichet.fish": "usr/share/fish/vendor_completions.d/guichet.fish",
	}
	for _, f := range p.unix {
		if place, ok := places[f.nom]; ok {
			f.nom = place
		} else {
			f.nom, f.octets = "usr/share/"+f.nom+".gz", comprimer(f.octets)
		}
		files = append(files, f)
	}
	return files
}

func (p *paquet) control(arch string, octets int) []byte {
	return fmt.Appendf(nil, `Package: guichet
Version: %s
Architecture: %s
Maintainer: Guichet <guichet@localhost>
Installed-Size: %d
Section: utils
Priority: optional
Description: demandes de financement du Segur numerique, preparees et controlees
 Guichet prepares and checks the files of funding requests that software
 suppliers send to the Segur numerique counter (MS1-DUI), and holds a counter
 of its own: the service guichet.service, which is started by hand.
`, p.versionDebian(), arch, octets>>10)
}

func comprimer(octets []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is one there is
	_, _ = w.Write(octets)                                // a buffer takes all
	_ = w.Close()
	return b.Bytes()
}

func (p *paquet) poser(racine string, f fichier) error {
	nom := filepath.Join(racine, filepath.FromSlash(f.nom))
	if err := os.MkdirAll(filepath.Dir(nom), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(nom, f.octets, f.mode); err != nil {
		return err
	}
	return os.Chmod(nom, f.mode) // whatever the umask
}

// dater gives all files and folders the rights and the date that do not depend on who makes the package.
func (p *paquet) dater(racine string) error {
	return filepath.WalkDir(racine, func(nom string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if err := os.Chmod(nom, 0o755); err != nil {
				return err
			}
		}
		return os.Chtimes(nom, p.date, p.date)
	})
}
