package carnet

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// Retour is a file that the portal returned.
type Retour struct {
	Nom    string // of the file
	SHA256 string // of the returned bytes, in hexadecimal: the same file is read once
	ImpID  string
	Lignes []Ligne
	// Partiel says that lines were left out which another reading of the same bytes may believe.
	Partiel bool
}

// Ligne is what a returned file says of a demande. Texts are kept as they are.
type Ligne struct {
	Numero    string // numeroEditeur; a line without one is counted as odd
	Etat      Etat   // what the caller makes of the code; "" when it does not know
	NumeroASP string
	Code      string
	Libelle   string
	Texte     string // the line itself, where it has no number; else words for the history alone
	// Contredire has this answer win over a final one that it contradicts, and count again in a file read before.
	Contredire bool
}

// Bilan counts what a returned file changed.
type Bilan struct {
	DejaLu         bool         // the same bytes were recorded before: nothing changed
	Etats          map[Etat]int // demandes that took a new state
	Inchangees     int
	Inconnues      []string // numbers that the ledger did not have: recorded as used
	Contradictions []string // numbers of which something later was known: their state stays
	Bizarres       int      // lines without a number
}

// Enregistrer records a returned file. It may be done again: the same bytes change nothing, and older news never
// undo later ones, unless that is asked for. No line keeps the others from being recorded.
func (c *Carnet) Enregistrer(ctx context.Context, r Retour) (_ Bilan, err error) {
	defer c.expliquer(&err, faireEcrire)
	if c.lot != nil {
		return Bilan{}, ErrLotOuvert
	}
	b := Bilan{Etats: map[Etat]int{}}
	err = c.transaction(ctx, func(tx *sql.Tx) error {
		e := enregistrement{tx: tx, retour: r, bilan: &b, instant: c.instant()}
		return e.tout(ctx)
	})
	if err != nil {
		return Bilan{}, fmt.Errorf("record the returned file %s: %w", r.Nom, err)
	}
	return b, nil
}

// contredit tells whether some line is to win over what the ledger has.
func (r Retour) contredit() bool {
	return slices.ContainsFunc(r.Lignes, func(l Ligne) bool { return l.Contredire })
}
