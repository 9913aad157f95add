// Package essai keeps the accounts of demandes that tests put into the database by themselves.
package essai

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/db"
)

// Deposer accounts for the demandes of a deposit, as a deposit does.
func Deposer(ctx context.Context, tx *sql.Tx, b *db.Base, fournisseur, depot int64) error {
	var recu int64
	e := comptabilite.Ecriture{Acte: "depot.accepte", Depot: depot, Fournisseur: fournisseur}
	if err := tx.QueryRowContext(ctx, `SELECT recu, numero_ans, compte_id FROM depot WHERE id = $1`, depot).Scan(&recu, &e.NumeroAns, &e.Compte); err != nil {
		return err
	}
	pas, err := db.Lignes(ctx, tx, func(l db.Ligne, p *comptabilite.Pas) error {
		return l.Scan(&p.Rang, &p.A.Etat, &p.A.Montant, &p.A.Accorde)
	},
		`SELECT rang, etat, montant, accorde FROM demande WHERE fournisseur_id = $1 AND depot_id = $2 ORDER BY rang`, fournisseur, depot)
	e.Recu, e.Instant, e.Pas = db.Temps(recu), db.Temps(recu), pas
	return errors.Join(err, comptabilite.Passer(ctx, tx, b.Dialecte, e))
}

// Fataler is a test, or what draws one.
type Fataler interface {
	Fatal(args ...any)
}

// Verifier wants the accounts to be what the demandes say.
func Verifier(t Fataler, b *db.Base) comptabilite.Verifie {
	if h, ok := t.(testing.TB); ok {
		h.Helper()
	}
	v, err := (&comptabilite.Service{Base: b}).Verifier(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Suivre wants the balances of suppliers to be what their demandes say.
func Suivre(t Fataler, b *db.Base, fournisseurs ...int64) {
	ctx := context.Background()
	for _, f := range fournisseurs {
		var attendus comptabilite.Soldes
		demandes, err := db.Lignes(ctx, b.Lire(), func(l db.Ligne, d *comptabilite.Demande) error { return l.Scan(&d.Etat, &d.Montant, &d.Accorde) },
			`SELECT CASE WHEN etape = '' THEN etat ELSE etape END, montant, accorde FROM demande WHERE fournisseur_id = $1`, f)
		for _, d := range demandes {
			attendus = attendus.Plus(d.Soldes())
		}
		soldes, errSolde := (&comptabilite.Service{Base: b}).Solder(ctx, b.Lire(), comptabilite.Filtre{Fournisseur: f})
		if err != nil || errSolde != nil || soldes != attendus {
			t.Fatal("balances", soldes, err, errSolde, "of", attendus, demandes)
		}
	}
}
