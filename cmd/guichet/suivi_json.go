package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"guichet/internal/carnet"
	"guichet/internal/classeur"
)

// suiviFormat is the version of the JSON contract: a minor one adds, a major one breaks.
const suiviFormat = "1.0"

// suivieJSON is a demande in the JSON contract. Amounts are texts with two decimals.
type suivieJSON struct {
	NumeroEditeur string         `json:"numeroEditeur"`
	Reference     string         `json:"reference"`
	Etat          carnet.Etat    `json:"etat"`
	Montant       string         `json:"montant"`
	Regime        string         `json:"regime"`
	Fichier       string         `json:"fichier"`
	NumLigne      int            `json:"numLigne"`
	OGs           []carnet.OG    `json:"ogs"`
	Pieces        []carnet.Piece `json:"pieces"`
	ImpID         string         `json:"impId"`
	NumeroASP     string         `json:"numeroASP"`
	Code          string         `json:"code"`
	Libelle       string         `json:"libelle"`
	Remplace      string         `json:"remplace"`
	RemplaceePar  string         `json:"remplaceePar"`
	Preparee      time.Time      `json:"preparee"`
	Histoire      []eventJSON    `json:"histoire,omitempty"` // with --numero
}

type eventJSON struct {
	Instant time.Time    `json:"instant"`
	Genre   carnet.Genre `json:"genre"`
	Fichier string       `json:"fichier"`
	Texte   string       `json:"texte"`
}

type totalJSON struct {
	Etat     carnet.Etat `json:"etat"`
	Demandes int         `json:"demandes"`
	Montant  string      `json:"montant"`
}

// json writes the contract one demande after the other: nothing is kept.
func (v *suiviView) json(w io.Writer) error {
	totals, err := v.ledger.Totaux(v.ctx, v.filtre)
	if err != nil {
		return fmt.Errorf("add up the ledger: %w", err)
	}
	sums := make([]totalJSON, len(totals))
	for i, t := range totals {
		sums[i] = totalJSON{t.Etat, t.Demandes, classeur.Centimes(t.Montant).String()}
	}
	text, err := json.Marshal(sums)
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	if _, err := fmt.Fprintf(w, "{\n  \"format_version\": %q,\n  \"totaux\": %s,\n  \"demandes\": [", suiviFormat, text); err != nil {
		return err
	}
	separator := "\n    "
	for s, err := range v.ledger.Demandes(v.ctx, v.filtre) {
		if err != nil {
			return fmt.Errorf("read the ledger: %w", err)
		}
		if err := v.jsonDemande(w, separator, s); err != nil {
			return err
		}
		separator = ",\n    "
	}
	_, err = io.WriteString(w, "\n  ]\n}\n")
	return err
}

func (v *suiviView) jsonDemande(w io.Writer, separator string, s carnet.Suivie) error {
	d := suivieJSON{
		NumeroEditeur: s.Numero, Reference: s.Reference, Etat: s.Etat, Montant: classeur.Centimes(s.Montant).String(), Regime: s.Regime,
		Fichier: s.Fichier, NumLigne: s.NumLigne, OGs: s.OGs, Pieces: s.Pieces, ImpID: s.ImpID, NumeroASP: s.NumeroASP,
		Code: s.Code, Libelle: s.Libelle, Remplace: s.Remplace, RemplaceePar: s.RemplaceePar, Preparee: s.Preparee,
	}
	if v.filtre.Numero != "" {
		events, err := v.ledger.Histoire(v.ctx, s.Numero)
		if err != nil {
			return fmt.Errorf("read the history: %w", err)
		}
		for _, e := range events {
			d.Histoire = append(d.Histoire, eventJSON(e))
		}
	}
	text, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	_, err = fmt.Fprintf(w, "%s%s", separator, text)
	return err
}
