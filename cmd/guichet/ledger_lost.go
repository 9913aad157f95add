package main

import (
	"context"
	"errors"
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

// tellRefused says, beside what is read of a ledger, that no number is given from it: it comes from elsewhere, is older
// than its folder, or something else wrote it.
func (p *program) tellRefused(ctx context.Context, path string) {
	err := carnet.Eprouver(ctx, path, carnet.Intention{})
	var (
		copied  *carnet.ErreurCopie
		older   *carnet.ErreurAncien
		foreign *carnet.ErreurEtranger
	)
	if errors.As(err, &copied) || errors.As(err, &older) || errors.As(err, &foreign) {
		p.say("guichet prepare refuse ce carnet : %s", "guichet prepare refuses this ledger: %s", p.fault(err))
	}
}
