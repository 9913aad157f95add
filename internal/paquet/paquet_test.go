package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// The same files give the same bytes, in whatever order they come and whenever.
func TestReproducible(t *testing.T) {
	t.Parallel()
	p := &paquet{version: "1.2.3-dev", date: time.Date(2023, 10, 2, 8, 0, 0, 0, time.UTC)}
	a, b := fichier{"b", 0o755, []byte("programme")}, fichier{"a/é.md", 0o644, []byte("texte")}
	folder := t.TempDir()
	for nom, write := range map[string]func(string, string, []fichier) error{"zip": p.zip, "tgz": p.tarGz} {
		var made [2][]byte
		for i, files := range [][]fichier{{a, b}, {b, a}} {
			chemin := filepath.Join(folder, nom)
			if err := write(chemin, "guichet", files); err != nil {
				t.Fatal(err)
			}
			octets, err := os.ReadFile(chemin)
			if err != nil {
				t.Fatal(err)
			}
			made[i] = octets
		}
		if !bytes.Equal(made[0], made[1]) {
			t.Errorf("%s: two runs differ", nom)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"guichet 1.2.3 (commit 0123456789ab, 2023-10-02, go1.26 linux/amd64)\n":               "1.2.3",
		"guichet 0.1.0-dev (commit 0123456789ab, 2023-10-02, go1.26 linux/amd64)":             "0.1.0-dev.20231002.0123456",
		"guichet 0.1.0-dev (commit 0123456789ab, 2023-10-02, modified, go1.26 linux/amd64)\n": "0.1.0-dev.20231002.0123456.modified",
		"guichet 0.1.0-dev (go1.26 linux/amd64)":                                              "",
	} {
		if got, err := version(said); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", said, got, err)
		}
	}
	if got := (&paquet{version: "0.1.0-dev.20231002.0123456"}).versionDebian(); got != "0.1.0~dev.20231002.0123456" {
		t.Errorf("Debian: %s", got)
	}
}

// Every module of the program, on every system, has a licence that a release may carry, and MPL's says where the source
// is.
func TestNotices(t *testing.T) {
	t.Chdir("../..")
	liste, err := oeuvres(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text := notices(liste)
	for _, want := range []string{"Go, its standard library", "github.com/spf13/cobra v", "github.com/inconshreveable/mousetrap", "MPL-2.0", "@zxcvbn-ts/language-fr 4.1.2 (MIT)"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the notices lack %s", want)
		}
	}
	sources := strings.Count(string(text), "Its source, unchanged: https://proxy.golang.org/")
	if mpl := strings.Count(string(text), "(MPL-2.0)\n"); sources == 0 || sources != mpl {
		t.Errorf("%d modules under MPL-2.0, %d sources", mpl, sources)
	}
}

func TestLicence(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"GNU GENERAL PUBLIC LICENSE Version 3": "", "All rights reserved.": "",
		"Mozilla Public License\nVersion 2.0": "MPL-2.0", "Redistribution and use in\nsource and binary forms": "BSD",
	} {
		if got := licence(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// The bill of materials names each work once, by the name and the version that databases of vulnerabilities know it by.
// ASVS 15.1.2.
func TestNomenclature(t *testing.T) {
	t.Parallel()
	liste := []oeuvre{
		{module{bibliotheque, runtime.Version(), ""}, []string{"BSD"}, nil, "golang"},
		{module{"github.com/Exemple/Module", "v2.0.0+incompatible", ""}, []string{"Apache-2.0"}, nil, "golang"},
		{module{"@exemple/mots", "1.0.0", ""}, []string{"MIT"}, nil, "npm"},
	}
	text, err := nomenclature(liste, "1.2.3", time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	bom := new(cdx.BOM)
	if err := cdx.NewBOMDecoder(bytes.NewReader(text), cdx.BOMFileFormatJSON).Decode(bom); err != nil {
		t.Fatal(err)
	}
	if c := bom.Metadata.Component; c.Name != "guichet" || c.Version != "1.2.3" || bom.SpecVersion != cdx.SpecVersion1_6 || bom.Metadata.Timestamp != "2026-11-28T00:00:00Z" {
		t.Errorf("%+v, %+v", c, bom.Metadata)
	}
	got := map[string]string{}
	for _, c := range *bom.Components {
		l := (*c.Licenses)[0].License
		got[c.PackageURL] = l.ID + l.Name
	}
	want := map[string]string{"pkg:golang/stdlib@v" + runtime.Version()[len("go"):]: "BSD", "pkg:golang/github.com/exemple/module@v2.0.0%2Bincompatible": "Apache-2.0", "pkg:npm/%40exemple/mots@1.0.0": "MIT"}
	if !maps.Equal(got, want) || len(*(*bom.Dependencies)[0].Dependencies) != 3 {
		t.Errorf("%v, want %v; %+v", got, want, bom.Dependencies)
	}
}
