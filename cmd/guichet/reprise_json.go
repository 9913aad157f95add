package main

import (
	"encoding/json"
	"io"
	"slices"

	"guichet/diag"
	"guichet/internal/carnet"
	"guichet/modele"
	"guichet/reprise"
)

// The account in JSON. A minor version adds, a major one breaks.
type accountJSON struct {
	Version  string          `json:"format_version"`
	Fichiers []returnedJSON  `json:"fichiers"`
	Refuses  []refusedJSON   `json:"refuses"`
	Ecartes  []asideJSON     `json:"ecartes"`
	Reprises []retryFileJSON `json:"reprises"`
	Manques  []string        `json:"piecesManquantes"`
}

type refusedJSON struct {
	Fichier string `json:"fichier"`
	Raison  string `json:"raison"`
}

type returnedJSON struct {
	Fichier   string       `json:"fichier"`
	ImpID     string       `json:"impId"`
	NumeroAns string       `json:"numeroAns"`
	DejaLu    bool         `json:"dejaLu"`
	Remarques []string     `json:"remarques"`
	Coupe     bool         `json:"coupe"`
	Depot     string       `json:"depot"`   // the file of the ledger that it answers
	Compare   bool         `json:"compare"` // with what was deposited
	Demandes  []lineJSON   `json:"demandes"`
	Absentes  []absentJSON `json:"absentes"`
}

type absentJSON struct {
	NumeroEditeur string      `json:"numeroEditeur"`
	Reference     string      `json:"reference"`
	Etat          carnet.Etat `json:"etat"` // in the ledger, before this file
}

type differenceJSON struct {
	Balise string `json:"balise"`
	Depose string `json:"depose"`
	Revenu string `json:"revenu"`
}

type answerJSON struct {
	Etat              carnet.Etat `json:"etat"`
	NumeroASP         string      `json:"numeroASP"`
	CodeTraitement    string      `json:"codeTraitement"`
	LibelleTraitement string      `json:"libelleTraitement"`
}

type changeJSON struct {
	Avant        answerJSON `json:"avant"`
	Apres        answerJSON `json:"apres"`
	Contredit    bool       `json:"contredit"`
	RemplaceePar string     `json:"remplaceePar"`
}

type lineJSON struct {
	Ligne             int               `json:"ligne"`
	NumLigne          string            `json:"numLigne"`
	NumeroEditeur     string            `json:"numeroEditeur"`
	NumeroASP         string            `json:"numeroASP"`
	CodeTraitement    string            `json:"codeTraitement"`
	LibelleTraitement string            `json:"libelleTraitement"`
	Etat              reprise.Etat      `json:"etat"`
	Doutes            []string          `json:"doutes"`
	Ecarts            []differenceJSON  `json:"ecarts"`
	Carnet            *changeJSON       `json:"carnet"`
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
	out := accountJSON{Version: "1.1", Fichiers: []returnedJSON{}, Refuses: []refusedJSON{}, Ecartes: r.asidesJSON(a), Reprises: []retryFileJSON{}, Manques: []string{}}
	for _, f := range a.files {
		out.Fichiers = append(out.Fichiers, r.returnedJSON(f))
	}
	for _, f := range a.refused {
		out.Refuses = append(out.Refuses, refusedJSON{f.shown, r.cause(f.err)})
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
		Remarques: r.told(slices.Concat(f.retour.Remarques, f.doubts, f.remarks)), Demandes: []lineJSON{}, Absentes: []absentJSON{},
		Coupe: f.retour.Coupe, Depot: f.depot.Fichier.Nom, Compare: f.base != nil,
	}
	for _, s := range f.missing {
		x.Absentes = append(x.Absentes, absentJSON{s.Numero, s.Reference, s.Etat})
	}
	for _, l := range f.lines {
		d := l.demande
		y := lineJSON{
			Ligne: d.Ligne, NumLigne: d.NumLigne, NumeroEditeur: d.NumeroEditeur, NumeroASP: d.NumeroASP, CodeTraitement: d.Code,
			LibelleTraitement: d.Libelle, Etat: l.state(), Suite: l.fate, Remarques: r.told(d.Remarques),
			Doutes: r.told(l.doubts), Ecarts: differences(l), Carnet: ledgerChange(l),
			Regles: append([]diag.Diagnostic{}, l.rules...), Reste: append([]diag.Diagnostic{}, l.left...),
		}
		if !r.dryRun {
			y.NouveauNumero = l.number
		}
		x.Demandes = append(x.Demandes, y)
	}
	return x
}

func differences(l *line) []differenceJSON {
	all := []differenceJSON{}
	for _, d := range l.differs {
		all = append(all, differenceJSON{d.Balise, d.Avant.Litteral, d.Apres.Litteral})
	}
	return all
}

// ledgerChange is what the answer does in the ledger; null where nothing of it is kept.
func ledgerChange(l *line) *changeJSON {
	if l.ours == nil || len(l.doubts) > 0 {
		return nil
	}
	c := l.change
	return &changeJSON{inJSON(c.Avant), inJSON(c.Apres), c.Contraire, l.ours.RemplaceePar}
}

func inJSON(a carnet.Reponse) answerJSON { return answerJSON{a.Etat, a.NumeroASP, a.Code, a.Libelle} }

func (r *retry) told(texts []modele.Texte) []string {
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = t.In(r.langue)
	}
	return all
}
