package carnet

import (
	"context"
	"path/filepath"
)

// Verification is what a look at the ledger and at its files found.
type Verification struct {
	Sauvegarde
	Fichiers int      // that the ledger knows
	EnPlace  int      // with the bytes that they were written with
	Changes  []string // with other bytes
	Absents  int      // taken elsewhere: deposited, perhaps
	// Etranger says that something else than guichet wrote the ledger, whose pages are sound.
	Etranger bool
}

// Verifier reads the ledger through and compares the files that it knows with those in their places. The error is
// [*ErreurAbime] when the ledger is damaged.
func (c *Carnet) Verifier(ctx context.Context) (v Verification, err error) {
	defer c.expliquer(&err, faireLire)
	if err := c.sain(ctx); err != nil {
		return v, err
	}
	if v.Sauvegarde, err = c.resume(ctx); err != nil {
		return v, err
	}
	v.Etranger = c.etranger(c.lireTemoin())
	type ecrit struct{ dossier, nom, somme string }
	fichiers, err := lire(ctx, c.db, func(scan func(...any) error) (e ecrit, err error) {
		return e, scan(&e.dossier, &e.nom, &e.somme)
	}, "SELECT l.dossier, f.nom, f.sha256 FROM fichier f JOIN lot l ON l.id = f.lot WHERE l.etat <> 'commence' ORDER BY f.id")
	if err != nil {
		return v, err
	}
	for _, e := range fichiers {
		if err := ctx.Err(); err != nil {
			return v, err
		}
		v.Fichiers++
		somme, err := sommeDe(filepath.Join(c.absolu(e.dossier), e.nom))
		switch {
		case absent(err):
			v.Absents++
		case err != nil:
			return v, err
		case e.somme == "" || somme == e.somme:
			v.EnPlace++
		default:
			v.Changes = append(v.Changes, e.nom)
		}
	}
	return v, nil
}
