package main

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"guichet/internal/carnet"
	"guichet/modele"
)

// recorded is what the ledger keeps of a demande, read from the file itself.
type recorded struct {
	number  string
	regime  string
	amount  int64  // in cents
	literal string // the same as it is written
	ogs     []carnet.OG
	pieces  []carnet.Piece // their types and names
}

// recordedOf reads all demandes of a file, where the table has their values. What is not of its type is left out.
func recordedOf(m *modele.Modele, octets []byte) []recorded {
	var file map[string]json.RawMessage
	var lines []json.RawMessage
	_ = json.Unmarshal(octets, &file) // the control has read it
	_ = json.Unmarshal(file[m.Lignes], &lines)
	at, named := ruleOf[modele.Plafond](m), ruleOf[modele.PiecesNommees](m)
	all := make([]recorded, len(lines))
	for i, line := range lines {
		var read any
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.UseNumber() // an amount keeps its two decimals
		_ = decoder.Decode(&read)
		all[i].read(read, at)
		all[i].readPieces(read, named)
	}
	return all
}

func (r *recorded) read(demande any, at modele.Plafond) {
	r.regime, _ = inside(demande, at.Regime).(string)
	if amount, ok := inside(demande, at.Montant).(json.Number); ok {
		r.literal = amount.String()
		r.amount = cents(r.literal)
	}
	ogs, _ := inside(demande, at.OG).([]any)
	for _, og := range ogs {
		o := carnet.OG{}
		o.FINESS, _ = inside(og, []string{at.Juridique}).(string)
		esms, _ := inside(og, []string{at.ESMS}).([]any)
		for _, e := range esms {
			if finess, ok := e.(string); ok {
				o.ESMS = append(o.ESMS, finess)
			}
		}
		r.ogs = append(r.ogs, o)
	}
}

// readPieces reads what the rule on documents names: the number, and the documents that carry it.
func (r *recorded) readPieces(demande any, at modele.PiecesNommees) {
	r.number, _ = inside(demande, []string{at.Numero}).(string)
	pieces, _ := inside(demande, []string{at.Tableau}).([]any)
	for _, piece := range pieces {
		p := carnet.Piece{}
		p.Type, _ = inside(piece, []string{at.Type}).(string)
		p.Nom, _ = inside(piece, []string{at.Nom}).(string)
		r.pieces = append(r.pieces, p)
	}
}

// ruleOf is the rule of a kind: it knows where an order has its amount, or its documents.
func ruleOf[T modele.Coherence](m *modele.Modele) (rule T) {
	for _, c := range m.Coherence {
		if found, ok := c.(T); ok {
			rule = found
		}
	}
	return rule
}

// inside returns the value at the end of a way, nil when there is none.
func inside(v any, way []string) any {
	for _, tag := range way {
		object, _ := v.(map[string]any)
		v = object[tag]
	}
	return v
}

// demandes are the demandes of a retry file as the ledger keeps them.
func (f *retryFile) demandes(m *modele.Modele) []carnet.Demande {
	read := recordedOf(m, f.fichier.Octets)
	all := make([]carnet.Demande, len(f.lines))
	for i, l := range f.lines {
		all[i] = carnet.Demande{Numero: l.number, NumLigne: i + 1, Remplace: l.demande.NumeroEditeur, Pieces: f.pieces(i), Incertaine: !l.asPrepared()}
		if i < len(read) {
			all[i].Regime, all[i].Montant, all[i].OGs = read[i].regime, read[i].amount, read[i].ogs
		}
	}
	return all
}

// asPrepared tells whether what is sent again are the bytes that were prepared, not those that came back, or were edited.
func (l *line) asPrepared() bool { return l.basis != nil && l.of.sent.exact }

// pieces are the documents of one demande, with where they were found.
func (f *retryFile) pieces(demande int) []carnet.Piece {
	if f.found == nil {
		return nil
	}
	var all []carnet.Piece
	for _, p := range f.found.Paires {
		if p.Piece.Demande == demande {
			all = append(all, carnet.Piece{Type: p.Piece.Type, Nom: p.Piece.Nom, Chemin: p.Document.Chemin})
		}
	}
	return all
}

// cents reads an amount with two decimals, 0 for another.
func cents(amount string) int64 {
	whole, decimals, ok := strings.Cut(amount, ".")
	if !ok || len(decimals) != 2 {
		return 0
	}
	n, err := strconv.ParseInt(whole+decimals, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
