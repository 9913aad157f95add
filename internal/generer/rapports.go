package main

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"guichet/appariement"
	"guichet/controle"
	"guichet/diag"
	"guichet/diag/format"
	"guichet/export"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// exemples are the files that are committed with their reports.
var exemples = []string{
	"exemples/JSON-ANS0000001-20231002-001.json",
	"exemples/JSON-ANS0000001-20231002-002.json",
}

// jour is the day of the reports: the examples' own.
var jour = time.Date(2023, 10, 2, 0, 0, 0, 0, time.UTC)

// rapports lists the reports of the examples under root, and the rule book.
func rapports(root string) []export.Artefact {
	all := []export.Artefact{{Path: "docs/regles.md", Generate: func() ([]byte, error) {
		return export.ReglesMarkdown(ms1dui.Courante(), append(controle.Regles(), appariement.Regles()...), modele.Francais), nil
	}}}
	for _, exemple := range exemples {
		base := strings.TrimSuffix(path.Base(exemple), ".json")
		for extension, f := range map[string]format.Format{".txt": "text", ".json": "json", ".html": "html"} {
			all = append(all, export.Artefact{
				Path:     "docs/rapports/" + base + extension,
				Generate: func() ([]byte, error) { return rapport(root, exemple, f) },
			})
		}
	}
	return all
}

// rapport is what `guichet check --date 2023-10-02 --format f exemple` writes.
func rapport(root, exemple string, f format.Format) ([]byte, error) {
	octets, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(exemple)))
	if err != nil {
		return nil, fmt.Errorf("reading the example: %w", err)
	}
	o := controle.Options{Nom: path.Base(exemple), Aujourdhui: jour}
	fichier := controle.Controler(ms1dui.Courante(), octets, o).Fichier(modele.Francais)
	fichier.Fichier = exemple
	r := &diag.Rapport{Fichiers: []diag.Fichier{fichier}}
	r.Summarize()
	var b bytes.Buffer
	if err := format.Write(&b, f, r, diag.Options{Regles: controle.Regles()}); err != nil {
		return nil, fmt.Errorf("writing the report: %w", err)
	}
	return b.Bytes(), nil
}
