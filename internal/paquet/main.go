// Command paquet makes the releases: an archive for each system, Debian packages, and their checksums. All dates are
// the commit's and all orders are fixed, so that anybody who makes them again from the same commit, with the same Go,
// gets the same bytes.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// cible is a system that has a release.
type cible struct{ os, arch string }

var cibles = []cible{
	{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	out := flag.String("sortie", "paquets", "folder of the releases")
	only := flag.String("cible", "", "one system alone: linux/amd64")
	flag.Parse()
	if err := publier(ctx, *out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "paquet:", err)
		os.Exit(2)
	}
}

// publier makes the releases in a folder, which it empties first.
func publier(ctx context.Context, out, only string) error {
	p, err := preparer(ctx)
	if err != nil {
		return err
	}
	defer os.RemoveAll(p.travail)
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	for _, c := range cibles {
		if only != "" && only != c.os+"/"+c.arch {
			continue
		}
		if err := p.cible(ctx, out, c); err != nil {
			return fmt.Errorf("%s/%s: %w", c.os, c.arch, err)
		}
	}
	return sommes(out)
}

// paquet is what all releases of a commit share.
type paquet struct {
	version  string
	date     time.Time // of the commit
	travail  string    // a folder, removed at the end
	oeuvres  []oeuvre
	communs  []fichier // guides, licence, examples
	unix     []fichier // man pages and completions
	powshell []byte
}

func preparer(ctx context.Context) (p *paquet, err error) {
	p = &paquet{}
	if p.date, err = dateDuCommit(ctx); err != nil {
		return nil, err
	}
	if p.travail, err = os.MkdirTemp("", "guichet-paquet-"); err != nil {
		return nil, err
	}
	if p.oeuvres, err = oeuvres(ctx); err != nil {
		return nil, err
	}
	if err := p.documenter(ctx); err != nil {
		return nil, err
	}
	p.communs, err = p.partager()
	return p, err
}

// dateDuCommit is SOURCE_DATE_EPOCH, or the time of the commit that is built.
func dateDuCommit(ctx context.Context) (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		out, err := exec.CommandContext(ctx, "git", "log", "-1", "--format=%ct").Output()
		if err != nil {
			return time.Time{}, fmt.Errorf("date of the commit: %w", err)
		}
		text = strings.TrimSpace(string(out))
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("date of the commit: %w", err)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// cible makes what one system has.
func (p *paquet) cible(ctx context.Context, out string, c cible) error {
	programme := filepath.Join(p.travail, c.os+"-"+c.arch)
	if err := construire(ctx, programme, c); err != nil {
		return err
	}
	binaire, err := os.ReadFile(programme)
	if err != nil {
		return err
	}
	nom := "guichet-" + p.version + "-" + c.os + "-" + c.arch
	if c.os == "windows" {
		files := slices.Concat([]fichier{{"guichet.exe", 0o755, binaire}, {"completion/guichet.ps1", 0o644, p.powshell}}, p.communs)
		return p.zip(filepath.Join(out, nom+".zip"), nom, files)
	}
	files := slices.Concat([]fichier{{"guichet", 0o755, binaire}}, p.unix, p.communs)
	if err := p.tarGz(filepath.Join(out, nom+".tar.gz"), nom, files); err != nil || c.os != "linux" {
		return err
	}
	return p.debian(ctx, out, c.arch, binaire)
}

// profil is what the compiler optimises the program by (make profile). It does not stand beside the program under the
// name that the compiler looks for: tests of the program could then not be linked with the coverage of other packages.
const profil = "internal/paquet/guichet.pgo"

// construire builds the program: without paths of this machine, with the commit inside.
func construire(ctx context.Context, sortie string, c cible) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-pgo="+profil, "-buildvcs=true", "-ldflags=-s -w -buildid=", "-o", sortie, "./cmd/guichet")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+c.os, "GOARCH="+c.arch, "GOFLAGS=", "GOAMD64=v1")
	cmd.Stderr = os.Stderr
	return cmd.Run()
}
