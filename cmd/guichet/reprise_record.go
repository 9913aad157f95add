package main

import (
	"encoding/json"
	"strconv"
	"strings"

	"guichet/internal/carnet"
)

// recorded is what the ledger keeps of a demande, read from the file itself.
type recorded struct {
	Commande struct {
		RegimeTVA      string      `json:"regimeTVA"`
		MontantSegurHT json.Number `json:"montantSegurHT"`
	} `json:"commande"`
	Beneficiaires struct {
		EtablissementsClients []struct {
			FINESSJuridique string
			FINESSGeos      []string
		} `json:"etablissementsClients"`
	} `json:"beneficiaires"`
}

// demandes are the demandes of a retry file as the ledger keeps them. Of a draft, what is not of its type is left
// out.
func (f *retryFile) demandes() []carnet.Demande {
	var file struct {
		LignesImport []json.RawMessage `json:"lignesImport"`
	}
	_ = json.Unmarshal(f.fichier.Octets, &file) // the control has read it
	all := make([]carnet.Demande, len(f.lines))
	for i, l := range f.lines {
		d := carnet.Demande{Numero: l.number, NumLigne: i + 1, Remplace: l.demande.NumeroEditeur, Pieces: f.pieces(i)}
		var read recorded
		if i < len(file.LignesImport) {
			_ = json.Unmarshal(file.LignesImport[i], &read)
		}
		d.Regime, d.Montant = read.Commande.RegimeTVA, cents(read.Commande.MontantSegurHT.String())
		for _, og := range read.Beneficiaires.EtablissementsClients {
			d.OGs = append(d.OGs, carnet.OG{FINESS: og.FINESSJuridique, ESMS: og.FINESSGeos})
		}
		all[i] = d
	}
	return all
}

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
