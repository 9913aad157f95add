package carnet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"guichet/internal/durable"
)

// temoin is the file beside the ledger that tells a ledger that lives here from a copy of it: the last lot that was
// decided here, and where here is. A ledger that does not know that lot is older than this folder: it would give
// numbers again. The temoin is written after the ledger, so it never knows more than the ledger that it was written
// for.
type temoin struct {
	Note      string    `json:"note"`
	Lot       string    `json:"lot"`                 // lot.temporaire; "" before the first one
	Numeros   int       `json:"numeros"`             // how many numbers the ledger knew
	Nouvelles int       `json:"nouvelles,omitempty"` // how many lines its history had: a backup may lack answers too
	Dossier   string    `json:"dossier"`
	Poste     string    `json:"poste"`            // of the machine; "" where that is not known
	Reseau    bool      `json:"reseau,omitempty"` // the user insists on a shared folder
	Ecrit     *occupant `json:"ecrit,omitempty"`  // while a run writes
	Octets    *octets   `json:"octets,omitempty"` // nil while a run writes, and after a kill
}

const noteTemoin = "Écrit par guichet : reconnaît une copie de guichet.db. À laisser ici ; guichet.db seul est à sauvegarder."

func (c *Carnet) cheminTemoin() string { return c.chemin + "-temoin" }

// lireTemoin returns what is beside the ledger, nil for nothing that can be read.
func (c *Carnet) lireTemoin() *temoin {
	octets, err := os.ReadFile(c.cheminTemoin())
	var t temoin
	if err != nil || json.Unmarshal(octets, &t) != nil || t.Dossier == "" {
		return nil
	}
	return &t
}

// attester looks at the temoin before anything is made: a ledger that was here is missed.
func (c *Carnet) attester(context.Context) error {
	c.temoin = c.lireTemoin()
	c.ne = !rempli(c.chemin)
	c.change = (!c.confiance || c.incomplet) && c.etranger(c.temoin)
	if c.ne && c.temoin != nil && c.temoin.Lot != "" && !c.confiance {
		return &ErreurPerdu{Chemin: c.chemin, Numeros: c.temoin.Numeros}
	}
	return nil
}

// reconnaitre refuses a ledger that is not the one of this folder, or not of today, unless the user vouches for it.
func (c *Carnet) reconnaitre(ctx context.Context) error {
	if c.avant == 0 || c.confiance && !c.incomplet {
		return nil
	}
	var lots, connu int
	lot := ""
	if c.temoin != nil {
		lot = c.temoin.Lot
	}
	err := c.db.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(temporaire = ?), 0) FROM lot WHERE etat <> 'commence'", lot).Scan(&lots, &connu)
	if err != nil {
		return fmt.Errorf("read the lots: %w", err)
	}
	if lot != "" && connu == 0 {
		c.change = false // an older one, of other bytes by right
	}
	switch {
	case c.temoin == nil && (lots == 0 || c.avant < 2): // version 1 had none
		return nil
	case c.temoin == nil:
		return &ErreurCopie{Chemin: c.chemin}
	case lot != "" && connu == 0 && c.incomplet: // which is to be completed
		return nil
	case lot != "" && connu == 0:
		numeros, err := c.compter(ctx)
		return errors.Join(err, &ErreurAncien{Chemin: c.chemin, Numeros: numeros, Attendus: c.temoin.Numeros})
	case lots > 0 && !c.autrePoste() && c.deplace():
		return &ErreurCopie{Chemin: c.chemin, Origine: c.temoin.Dossier}
	case c.change:
		return &ErreurEtranger{Chemin: c.chemin}
	}
	return nil
}

// deplace tells whether the temoin was written for another folder or machine.
func (c *Carnet) deplace() bool {
	return c.temoin.Dossier != c.dossier() || c.temoin.Poste != poste() && c.temoin.Poste != "" && poste() != ""
}

// autrePoste tells whether another machine wrote last in the shared folder that the user insists on: it has its own
// name for it.
func (c *Carnet) autrePoste() bool {
	return c.reseau && c.systeme.Reseau() && (c.temoin.Poste != poste() || poste() == "")
}

// dossier is the folder of the ledger, whatever links lead to it.
func (c *Carnet) dossier() string {
	dossier := filepath.Dir(c.chemin)
	if vrai, err := filepath.EvalSymlinks(dossier); err == nil {
		return vrai
	}
	return dossier
}

// compter tells how many numbers the ledger knows.
func (c *Carnet) compter(ctx context.Context) (n int, err error) {
	err = c.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM demande) + (SELECT count(*) FROM ailleurs)").Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the numbers: %w", err)
	}
	return n, nil
}

// nouvelles tells how many lines the history has.
func (c *Carnet) nouvelles(ctx context.Context) (n int, err error) {
	if err = c.db.QueryRowContext(ctx, "SELECT count(*) FROM evenement").Scan(&n); err != nil {
		return 0, fmt.Errorf("count the history: %w", err)
	}
	return n, nil
}

// signer writes the temoin of the ledger as it is.
func (c *Carnet) signer(ctx context.Context) error {
	t := temoin{Note: noteTemoin, Dossier: c.dossier(), Poste: poste(), Ecrit: c.occupe, Reseau: c.reseau}
	err := c.db.QueryRowContext(ctx, "SELECT coalesce((SELECT temporaire FROM lot WHERE etat <> 'commence' ORDER BY id DESC LIMIT 1), '')").Scan(&t.Lot)
	if err != nil {
		return fmt.Errorf("read the last lot: %w", err)
	}
	if t.Numeros, err = c.compter(ctx); err != nil {
		return err
	}
	if t.Nouvelles, err = c.nouvelles(ctx); err != nil {
		return err
	}
	c.temoin = &t
	return c.ecrireTemoin()
}

func (c *Carnet) ecrireTemoin() error {
	octets, err := json.MarshalIndent(c.temoin, "", "  ")
	if err != nil {
		return fmt.Errorf("write the file beside the ledger: %w", err)
	}
	return durable.Ecrire(c.cheminTemoin(), append(octets, '\n'), 0o644)
}
