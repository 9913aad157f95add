package main

import (
	"context"
	"path/filepath"

	"guichet/internal/carnet"
)

// tellReturned says that files of the portal lie beside a ledger that begins: it may stand for one that was lost.
// Those of an earlier day are refused by the ledger; these may be an example.
func (w *making) tellReturned(ctx context.Context) error {
	found, err := carnet.RetoursInconnus(ctx, w.projet.Carnet.Texte, carnet.Intention{NumeroAns: w.projet.NumeroAns.Texte, Jour: w.jour.Format("20060102")})
	if err != nil || found == nil {
		return err
	}
	name := shown(filepath.ToSlash(near(filepath.Join(found.Dossier, found.Fichiers[0]))))
	w.say("le carnet commence, et %s a déjà des numéros (%s…) : si un carnet a été perdu, ne déposez rien ; remettez sa sauvegarde (guichet carnet restaurer FICHIER), ou refaites-le : guichet carnet nouveau, guichet carnet reconstruire %s, puis guichet prepare",
		"the ledger begins, and %s has numbers already (%s…): if a ledger was lost, deposit nothing; put its backup back (guichet carnet restaurer FILE), or make it again: guichet carnet nouveau, guichet carnet reconstruire %s, then guichet prepare",
		name, found.Premier, shown(filepath.ToSlash(near(found.Dossier))))
	return nil
}
