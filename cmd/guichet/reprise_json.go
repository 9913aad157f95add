package main

import (
	"encoding/json"
	"io"

	"guichet/diag"
	"guichet/modele"
	"guichet/reprise"
)

// The account in JSON. A minor version adds, a major one breaks.
type accountJSON struct {
	Version  string          `json:"format_version"`
	Fichiers []returnedJSON  `json:"fichiers"`
	Reprises []retryFileJSON `json:"reprises"`
	Manques  []string        `json:"piecesManquantes"`
}

type returnedJSON struct {
	Fichier   string     `json:"fichier"`
	ImpID     string     `json:"impId"`
	NumeroAns string     `json:"numeroAns"`
	DejaLu    bool       `json:"dejaLu"`
	Remarques []string   `json:"remarques"`
	Demandes  []lineJSON `json:"demandes"`
}

type lineJSON struct {
	Ligne             int               `json:"ligne"`
	NumLigne          string            `json:"numLigne"`
	NumeroEditeur     string            `json:"numeroEditeur"`
	NumeroASP         string            `json:"numeroASP"`
	CodeTraitement    string            `json:"codeTraitement"`
	LibelleTraitement string            `json:"libelleTraitement"`
	Etat              reprise.Etat      `json:"etat"`
	Suite             fate              `json:"suite"`
	NouveauNumero     string            `json:"nouveauNumero"`
	Remarques         []string          `json:"remarques"`
	Regles            []diag.Diagnostic `json:"regles"`
	Reste             []diag.Diagnostic `json:"reste"`
}

type retryFileJSON struct {
	Fichier   string   `json:"fichier"`
	Brouillon bool     `json:"brouillon"`
	Demandes  int      `json:"demandes"`
	Archives  []string `json:"archives"`
}

func (r *retry) tellJSON(w io.Writer, a *account) error {
	out := accountJSON{Version: "1.0", Fichiers: []returnedJSON{}, Reprises: []retryFileJSON{}, Manques: []string{}}
	for _, f := range a.files {
		out.Fichiers = append(out.Fichiers, r.returnedJSON(f))
	}
	for _, f := range a.retries {
		if r.dryRun {
			break
		}
		x := retryFileJSON{Fichier: r.relative(r.written(f.name)), Brouillon: f.draft, Demandes: len(f.lines), Archives: []string{}}
		for _, z := range f.archives {
			x.Archives = append(x.Archives, r.relative(r.written(z)))
		}
		out.Reprises = append(out.Reprises, x)
	}
	for _, d := range a.missing {
		out.Manques = append(out.Manques, d.Message)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func (r *retry) returnedJSON(f *returned) returnedJSON {
	x := returnedJSON{
		Fichier: f.source.shown, ImpID: f.retour.ImpID, NumeroAns: f.retour.NumeroAns, DejaLu: f.known,
		Remarques: r.told(f.retour.Remarques), Demandes: []lineJSON{},
	}
	for _, l := range f.lines {
		d := l.demande
		y := lineJSON{
			Ligne: d.Ligne, NumLigne: d.NumLigne, NumeroEditeur: d.NumeroEditeur, NumeroASP: d.NumeroASP, CodeTraitement: d.Code,
			LibelleTraitement: d.Libelle, Etat: d.Etat, Suite: l.fate, Remarques: r.told(d.Remarques),
			Regles: append([]diag.Diagnostic{}, l.rules...), Reste: append([]diag.Diagnostic{}, l.left...),
		}
		if !r.dryRun {
			y.NouveauNumero = l.number
		}
		x.Demandes = append(x.Demandes, y)
	}
	return x
}

func (r *retry) told(texts []modele.Texte) []string {
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = t.In(r.langue)
	}
	return all
}
