package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// module is a module of others that is inside the program, on one system or another.
type module struct{ Path, Version, Dir string }

// oeuvre is what the program is made of: a module, or Go itself, and the licences it stands under.
type oeuvre struct {
	module
	licences []string // by their short names
	textes   []byte
	registre string // that it is found in, as package URLs call it
}

// oeuvres lists Go and the modules of the program. A module without a licence, or with one that nobody has looked at, is an
// error: there is no release with it.
func oeuvres(ctx context.Context) (liste []oeuvre, err error) {
	modules, err := modulesDuProgramme(ctx)
	if err != nil {
		return nil, err
	}
	racine, err := goEnv(ctx, "GOROOT")
	if err != nil {
		return nil, err
	}
	for _, m := range append([]module{{bibliotheque, runtime.Version(), racine}}, modules...) {
		o, err := m.lire()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Path, err)
		}
		liste = append(liste, o)
	}
	for _, d := range donnees {
		texte, err := os.ReadFile(d.fichier)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.Path, err)
		}
		espece := licence(string(texte))
		if espece == "" {
			return nil, fmt.Errorf("%s: no licence that is known here", d.Path)
		}
		liste = append(liste, oeuvre{d.module, []string{espece}, fmt.Appendf(nil, "\n--- %s\n\n%s\n", path.Base(d.fichier), bytes.TrimSpace(texte)), "npm"})
	}
	return liste, nil
}

// donnees are data of others that are inside the program, taken out of packages of npm, and the files that have their
// licences.
var donnees = []struct {
	module
	fichier string
}{
	{module{Path: "@zxcvbn-ts/language-common", Version: "4.1.3"}, "internal/portail/motdepasse/motscourants.LICENSE"},
	{module{Path: "@zxcvbn-ts/language-fr", Version: "4.1.2"}, "internal/portail/motdepasse/motscourants.LICENSE"},
}

// bibliotheque is how Go's own library is called among the works.
const bibliotheque = "Go, its standard library"

// notices joins the licences of all that the programs are made of.
func notices(liste []oeuvre) []byte {
	var b bytes.Buffer
	b.WriteString("Guichet is under the Apache 2.0 licence (LICENSE). It is made with the works below, each under its own terms.\n")
	for _, o := range liste {
		fmt.Fprintf(&b, "\n%s\n%s %s (%s)\n", strings.Repeat("=", 100), o.Path, o.Version, strings.Join(o.licences, ", "))
		if slices.Contains(o.licences, "MPL-2.0") {
			fmt.Fprintf(&b, "Its source, unchanged: https://proxy.golang.org/%s/@v/%s.zip\n", echappe(o.Path), o.Version)
		}
		b.Write(o.textes)
	}
	return b.Bytes()
}

func goEnv(ctx context.Context, name string) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", name).Output()
	return strings.TrimSpace(string(out)), err
}

// modulesDuProgramme lists the modules of the program on every system, in the order of their names.
func modulesDuProgramme(ctx context.Context) ([]module, error) {
	seen := map[string]module{}
	for _, c := range cibles {
		cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-f", `{{with .Module}}{{if not .Main}}{"Path":{{printf "%q" .Path}},"Version":{{printf "%q" .Version}},"Dir":{{printf "%q" .Dir}}}{{end}}{{end}}`, "./cmd/guichet")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+c.os, "GOARCH="+c.arch)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("list the modules: %w", err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var m module
			err := d.Decode(&m)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, fmt.Errorf("list the modules: %w", err)
			}
			seen[m.Path] = m
		}
	}
	var modules []module
	for _, m := range seen {
		modules = append(modules, m)
	}
	slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return modules, nil
}

var nomDeLicence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|copyright|unlicense)([-._].*)?$`)

// lire reads the licences of a module.
func (m module) lire() (oeuvre, error) {
	entries, err := os.ReadDir(m.Dir)
	if err != nil {
		return oeuvre{}, err
	}
	var textes bytes.Buffer
	especes := map[string]bool{}
	for _, e := range entries {
		if e.IsDir() || !nomDeLicence.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		texte, err := os.ReadFile(filepath.Join(m.Dir, e.Name()))
		if err != nil {
			return oeuvre{}, err
		}
		if espece := licence(string(texte)); espece != "" {
			especes[espece] = true
		}
		fmt.Fprintf(&textes, "\n--- %s\n\n%s\n", e.Name(), strings.TrimSpace(strings.ReplaceAll(string(texte), "\r\n", "\n")))
	}
	if len(especes) == 0 {
		return oeuvre{}, errors.New("no licence that is known here: look at it, then name it in notices.go")
	}
	return oeuvre{m, slices.Sorted(maps.Keys(especes)), textes.Bytes(), "golang"}, nil
}

// echappe writes a module's path as the proxy has it: capitals are marked.
func echappe(chemin string) string {
	return regexp.MustCompile(`[A-Z]`).ReplaceAllStringFunc(chemin, func(s string) string { return "!" + strings.ToLower(s) })
}

// licences are those that a release may carry, each by words that it alone has.
var licences = []struct{ nom, dit string }{
	{"Apache-2.0", "Apache License"},
	{"MPL-2.0", "Mozilla Public License Version 2.0"},
	{"MPL-2.0", "Mozilla Public License, version 2.0"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose"},
	{"ISC", "Permission to use, copy, modify, and distribute this software for any purpose"},
	{"BSD", "Redistribution and use in source and binary forms"},
	{"Unlicense", "This is free and unencumbered software released into the public domain"},
	{"CC0", "CC0 1.0 Universal"},
}

// licence names the licence of a text, "" where it is none of them.
func licence(texte string) string {
	mots := strings.Join(strings.Fields(texte), " ")
	for _, l := range licences {
		if strings.Contains(mots, l.dit) {
			return l.nom
		}
	}
	return ""
}
