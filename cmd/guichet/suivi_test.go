package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"guichet/internal/carnet"
)

// ledger makes a ledger with three demandes: one accepted, one rejected, one just prepared.
func ledger(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(fillLedger(ts.MkAbs(args[0])))
}

func fillLedger(path string) error {
	ctx := context.Background()
	day := time.Date(2023, 10, 2, 12, 0, 0, 0, time.UTC)
	c, err := carnet.Ouvrir(ctx, path, func() time.Time { return day })
	if err != nil {
		return err
	}
	l, err := c.Commencer(ctx, carnet.Intention{NumeroAns: "ANS0000001", Jour: "20231002", Dossier: filepath.Dir(path), Numeros: 3, Prefixe: "A", Fichiers: 1})
	if err != nil {
		return err
	}
	f := carnet.Fichier{Nom: carnet.NomFichier("ANS0000001", "20231002", l.Rangs[0]), SHA256: "00", Rang: l.Rangs[0]}
	for i, numero := range l.Numeros {
		f.Demandes = append(f.Demandes, carnet.Demande{
			Numero: numero, NumLigne: i + 1, Reference: "=CMD-" + numero, Montant: int64(i+1) * 146000, Regime: "TTC",
			OGs:    []carnet.OG{{FINESS: "990000010", ESMS: []string{"99000002" + numero[4:]}}},
			Pieces: []carnet.Piece{{Type: "BON_COMMANDE", Nom: "MS1-DUI-Va1-BDC-" + numero + ".pdf", Chemin: "scans/bon.pdf"}},
		})
	}
	r := carnet.Retour{Nom: "retour.json", SHA256: "01", ImpID: "IMP1", Lignes: []carnet.Ligne{
		{Numero: "A0001", Etat: carnet.Acceptee, NumeroASP: "ASP1", Code: "000", Libelle: "Demande acceptée"},
		{Numero: "A0002", Etat: carnet.Rejetee, Code: "F114", Libelle: "montant\x1b[31m"},
	}}
	err = errors.Join(os.WriteFile(filepath.Join(l.Dossier, f.Nom), nil, 0o666), l.Ajouter(ctx, f), l.Decider(ctx))
	if err == nil {
		_, err = c.Enregistrer(ctx, r)
	}
	return errors.Join(err, c.Close())
}
