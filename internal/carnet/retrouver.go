package carnet

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"guichet/modele"
)

// Rapatrier takes back what moved demandes from one file to another, since the former was deposited after all: the
// demandes are in it again, at these ranks where they are known, and the file that they had moved to is set aside. It
// is a lot that does nothing else. Errors: [*ErreurEcart], where that file may be deposited or has others too.
func (c *Carnet) Rapatrier(ctx context.Context, ancien, nouveau string, rangs map[string]int) (e Ecartement, err error) {
	defer c.expliquer(&err, faireEcrire)
	attendus, err := c.ADeposer(ctx)
	if err != nil {
		return e, err
	}
	i := slices.IndexFunc(attendus, func(a Attendu) bool { return a.Nom == nouveau })
	if i < 0 {
		numeros, err := lire(ctx, c.db, unTexte, "SELECT d.numero FROM demande d JOIN fichier f ON f.id = d.fichier WHERE f.nom = ? ORDER BY d.id", nouveau)
		return e, errors.Join(err, &ErreurEcart{strings.Join(numeros, ", "), nouveau, dejaDepose})
	}
	f := attendus[i]
	l, err := c.Commencer(ctx, Intention{NumeroAns: f.NumeroAns, Jour: f.Jour, Dossier: f.Dossier})
	if err != nil {
		return e, err
	}
	if _, err = l.Ecarter(ctx, nouveau, nil); err == nil {
		err = l.rapatrier(ctx, ancien, f, rangs)
	}
	if err == nil {
		err = l.Decider(ctx)
	}
	if err != nil {
		return e, errors.Join(fmt.Errorf("set %s aside: %w", nouveau, err), l.Abandonner(ctx))
	}
	return Ecartement{Fichier: nouveau, Dossier: filepath.Join(f.Dossier, DossierEcartes)}, nil
}

// rapatrier moves the demandes of a file back to the one that they came from.
func (l *Lot) rapatrier(ctx context.Context, ancien string, f Attendu, rangs map[string]int) error {
	for _, numero := range f.Numeros {
		demandes, err := lire(ctx, l.tx, func(scan func(...any) error) (d [2]int64, err error) { return d, scan(&d[0], &d[1]) },
			`SELECT d.id, a.id FROM demande d JOIN evenement e ON e.demande = d.id AND e.genre = ? AND e.texte = ?2
				JOIN fichier a ON a.nom = ?2 AND a.rang IS NOT NULL WHERE d.numero = ?3 LIMIT 1`, GenreDeplacement, ancien, numero)
		if err != nil {
			return err
		}
		if len(demandes) == 0 {
			return &ErreurEcart{numero, f.Nom, melange}
		}
		_, err = l.tx.ExecContext(ctx, "UPDATE demande SET fichier = ?, num_ligne = CASE WHEN ?2 > 0 THEN ?2 ELSE num_ligne END WHERE id = ?3",
			demandes[0][1], rangs[numero], demandes[0][0])
		if err != nil {
			return fmt.Errorf("move demande %s: %w", numero, err)
		}
		if err := noterDemande(ctx, l.tx, l.carnet.instant(), demandes[0][0], GenreDeplacement, f.Nom); err != nil {
			return err
		}
	}
	return nil
}

var melange = modele.Texte{Fr: "il a aussi cette demande, qui n'est pas de l'ancien fichier", En: "it also has this request, which is not of the former one"}
