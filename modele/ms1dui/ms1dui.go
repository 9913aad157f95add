// Package ms1dui holds the tag tables of the corridor Médico-social, software DUI (MS1-DUI): one
// file for each edition of the source document, each complete.
package ms1dui

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"

	"guichet/modele"
)

// Editions returns all editions, the current one first. The values are shared: read them only.
var Editions = sync.OnceValue(func() []*modele.Modele {
	return []*modele.Modele{edition20231002(), edition20230309()}
})

// Courante returns the edition in force.
func Courante() *modele.Modele { return Editions()[0] }

// Edition returns the edition of that date (AAAA-MM-JJ), or nil.
func Edition(date string) *modele.Modele {
	for _, m := range Editions() {
		if m.Edition == date {
			return m
		}
	}
	return nil
}

// The list of §4 as printed on 2 October 2023, OCR repaired: 355 lines `code;libelle`.
//
//go:embed operateurs-messagerie.csv
var operateursCSV string

var operateurs = sync.OnceValue(func() *modele.Nomenclature {
	r := csv.NewReader(strings.NewReader(operateursCSV))
	r.Comma = ';'
	lignes, err := r.ReadAll()
	if err != nil {
		panic("ms1dui: embedded operator list: " + err.Error()) // a build fault, caught by any test
	}
	n := &modele.Nomenclature{
		Nom:      modele.Texte{Fr: "liste des opérateurs de messagerie (§4)", En: "list of messaging operators (§4)"},
		Tolerees: map[string]string{"CL_71": "C.L_71"}, // as the source prints it
		Imprimes: map[string]string{
			"C.H.l. ELBEUF-LOUVIERS-VAL DE REUIL": "C.H_68", "C.H.Il.P.E.AFONDATION VALLEE": "C.H_69",
			"CH DE BOURGES - JACQUES CCEUR": "CH _119", "CH PIERRE DEZAMAULDS": "CH _211",
		},
	}
	for _, l := range lignes[1:] {
		n.Codes = append(n.Codes, modele.Entree{Code: l[0], Libelle: l[1]})
	}
	return n
})

// blocs are the English titles of the blocks.
func blocs() map[string]string {
	return map[string]string{
		"Entête fichier JSON": "Head of the JSON file", "Entête demande": "Head of the request", "Infos commande": "Order",
		"Infos certificats serveur": "Server certificates", "Bénéficiaires": "Beneficiaries", "Scénario d'installation": "Installation scenario",
		"Pièces justificatives": "Supporting documents", "Informations traitement de la demande": "Processing of the request",
	}
}
