// Package accuse is the receipt of a deposit (CRPA, art. L.112-11 and R.112-11-1): one value, and the words that its
// page, its PDF and its mail all show, so that the three cannot differ.
package accuse

import (
	"time"

	"guichet/internal/portail/web"
)

// Accuse is a receipt. Its texts may come from strangers: Rubriques and Details make them harmless.
type Accuse struct {
	Numero     string // impId
	Recu       time.Time
	Type       string // avance, solde
	Fichier    string // name of the file
	Taille     int64  // bytes
	SHA256     string
	Logiciel   string // numeroAns
	Nom, SIRET string // of the supplier
	Mandataire string // who deposited for the supplier, "" for itself

	Rejet             *Rejet // of the file as a whole: it leaves this trace, and no demande
	Nombre, Acceptees int    // demandes
	Demandes          []Demande
	Mentions
}

// Mentions are what the agency says on every receipt of a time.
type Mentions struct {
	Agence web.Agence
	Delais Delais
}

// Rejet is why the first control rejected a file.
type Rejet struct{ Code, Libelle string }

// Demande is the answer to one demande of the file.
type Demande struct {
	Ligne         int      // its row, from 1
	NumeroEditeur string   // "" when the file gives none
	NumeroASP     string   // "" for one that was refused
	Code, Libelle string   // of one that was refused
	Pieces        []string // names of the documents that it expects
}

// Rubrique is a part of the receipt: named facts, then sentences.
type Rubrique struct {
	Titre   string
	Faits   []Fait
	Phrases []string
}

// Fait is a named fact.
type Fait struct{ Nom, Valeur string }

// Refusees counts the demandes that were refused one by one.
func (a *Accuse) Refusees() int { return a.Nombre - a.Acceptees }
