package main

import (
	"encoding/json"
	"io"

	"guichet/modele"
	"guichet/preparation"
)

// The JSON report of prepare: a contract, as that of check is. A minor version adds, a major one breaks.
type (
	preparedJSON struct {
		Version     string           `json:"format_version"`
		Valid       bool             `json:"valid"` // nothing keeps the files from being written
		Ecrit       bool             `json:"ecrit"` // they are written
		Total       preparedTotal    `json:"total"`
		Fichiers    []preparedFile   `json:"fichiers"`
		Laissees    []preparedAside  `json:"commandesLaissees"`
		Reparations []preparedRepair `json:"reparations"`
		Fautes      []preparedFault  `json:"fautes"`
		Masquees    []preparedHidden `json:"lignesMasquees"`
		Changees    []preparedChange `json:"commandesChangees"`
		Disparues   []preparedAside  `json:"commandesDisparues"` // prepared from these tables, which no longer have them
		Modifies    []string         `json:"fichiersModifies"`   // since they were made
		Absents     []string         `json:"fichiersAbsents"`
		Ecartes     []string         `json:"fichiersEcartes"` // by --refaire
	}
	preparedChange struct {
		preparedAside
		Refaite bool            `json:"refaite"`
		Valeurs []preparedValue `json:"valeurs"`
	}
	preparedValue struct {
		Lieu  preparedPlace `json:"lieu"`
		Avant string        `json:"avant"`
		Apres string        `json:"apres"`
		Motif string        `json:"motif"`
	}
	preparedHidden struct {
		Fichier string `json:"fichier"`
		Feuille string `json:"feuille"`
		Lignes  []int  `json:"lignes"`
	}
	preparedTotal struct {
		Commandes   int `json:"commandes"`
		Preparees   int `json:"commandesPreparees"`
		Laissees    int `json:"commandesLaissees"`
		Fichiers    int `json:"fichiers"`
		Reparations int `json:"reparations"`
		Fautes      int `json:"fautes"`
	}
	preparedFile struct {
		Fichier  string   `json:"fichier"`
		Demandes int      `json:"demandes"`
		Premier  string   `json:"premierNumeroEditeur"`
		Dernier  string   `json:"dernierNumeroEditeur"`
		Pieces   int      `json:"pieces"`
		Archives []string `json:"archives"`
	}
	preparedPlace struct {
		Fichier string `json:"fichier"`
		Feuille string `json:"feuille"`
		Ligne   int    `json:"ligne"`
		Colonne string `json:"colonne"`
		Balise  string `json:"balise"`
	}
	preparedRepair struct {
		Lieu  preparedPlace `json:"lieu"`
		Avant string        `json:"avant"`
		Apres string        `json:"apres"`
		Motif string        `json:"motif"`
	}
	preparedFault struct {
		Lieu    preparedPlace  `json:"lieu"`
		Code    string         `json:"code"`
		Gravite modele.Gravite `json:"gravite"`
		Message string         `json:"message"`
		Aide    string         `json:"aide"`
	}
)

// preparedVersion is the version of the contract.
const preparedVersion = "1.1"

// json writes the report for a program.
func (o *preparing) json(w io.Writer, r *outcome) error {
	c := preparedJSON{
		Version: preparedVersion, Valid: !r.blocking, Ecrit: !r.blocking && !o.dryRun,
		Fichiers: []preparedFile{}, Laissees: []preparedAside{}, Reparations: []preparedRepair{}, Fautes: []preparedFault{}, Masquees: []preparedHidden{},
		Total: preparedTotal{
			Commandes: r.lot.Nombre(), Fichiers: len(r.files), Fautes: len(r.faults) + r.omitted,
			Reparations: len(r.lot.Reparations) + r.lot.ReparationsOmises,
		},
	}
	if r.orders != nil {
		c.Total.Preparees, c.Total.Laissees = r.orders.number, len(r.orders.aside)
		for _, m := range r.orders.aside {
			c.Laissees = append(c.Laissees, preparedAside{m.Reference, m.Numero, m.Etat, m.Fichier})
		}
	}
	for _, f := range r.files {
		c.Fichiers = append(c.Fichiers, preparedFile{f.name, f.demandes, f.first, f.last, f.documents, append([]string{}, f.archives...)})
	}
	for _, repair := range r.lot.Reparations {
		c.Reparations = append(c.Reparations, preparedRepair{place(repair.Lieu), repair.Avant, repair.Apres, repair.Motif.In(o.langue)})
	}
	for _, f := range r.faults {
		c.Fautes = append(c.Fautes, preparedFault{place(f.Lieu), f.Code, f.Gravite, f.Message.In(o.langue), f.Aide.In(o.langue)})
	}
	for _, m := range r.lot.Masquees {
		c.Masquees = append(c.Masquees, preparedHidden{m.Lieu.Fichier, m.Lieu.Feuille, m.Lignes})
	}
	o.jsonChanges(&c, r.changes)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(c)
}

func (o *preparing) jsonChanges(c *preparedJSON, found *changes) {
	c.Changees, c.Disparues = []preparedChange{}, []preparedAside{}
	c.Modifies, c.Absents, c.Ecartes = []string{}, []string{}, []string{}
	for _, d := range found.orders {
		values := []preparedValue{}
		for _, v := range d.values {
			values = append(values, preparedValue{place(v.Lieu), v.Avant.In(o.langue), v.Apres.In(o.langue), v.Motif.In(o.langue)})
		}
		c.Changees = append(c.Changees, preparedChange{preparedAside{d.was.Reference, d.was.Numero, d.was.Etat, d.was.Fichier}, d.redone, values})
	}
	for _, d := range found.gone {
		c.Disparues = append(c.Disparues, preparedAside{d.Reference, d.Numero, d.Etat, d.Fichier})
	}
	for _, f := range found.edited {
		c.Modifies = append(c.Modifies, f.Nom)
	}
	for _, f := range found.away {
		c.Absents = append(c.Absents, f.Nom)
	}
	for _, f := range found.redo {
		c.Ecartes = append(c.Ecartes, f.file.Nom)
	}
}

func place(l preparation.Lieu) preparedPlace {
	return preparedPlace{l.Fichier, l.Feuille, l.Ligne, l.Colonne, l.Balise}
}
