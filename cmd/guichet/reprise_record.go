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

// recordedOf reads all demandes of a file. What is not of its type is left out.
func recordedOf(octets []byte) []recorded {
	var file struct {
		LignesImport []json.RawMessage `json:"lignesImport"`
	}
	_ = json.Unmarshal(octets, &file) // the control has read it
	all := make([]recorded, len(file.LignesImport))
	for i, line := range file.LignesImport {
		_ = json.Unmarshal(line, &all[i])
	}
	return all
}

// demandes are the demandes of a retry file as the ledger keeps them.
func (f *retryFile) demandes() []carnet.Demande {
	read := recordedOf(f.fichier.Octets)
	all := make([]carnet.Demande, len(f.lines))
	for i, l := range f.lines {
		d := carnet.Demande{Numero: l.number, NumLigne: i + 1, Remplace: l.demande.NumeroEditeur, Pieces: f.pieces(i)}
		if i < len(read) {
			d.Regime, d.Montant = read[i].Commande.RegimeTVA, cents(read[i].Commande.MontantSegurHT.String())
			for _, og := range read[i].Beneficiaires.EtablissementsClients {
				d.OGs = append(d.OGs, carnet.OG{FINESS: og.FINESSJuridique, ESMS: og.FINESSGeos})
			}
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
