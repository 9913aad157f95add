package comptabilite

import (
	"context"
	"fmt"

	"guichet/internal/portail/compteur"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
)

// compteurs compares the counters of a supplier's home with its demandes.
func (r *relecture) compteurs(ctx context.Context, f int64, attendus map[etat.Etat]compteur.Total) error {
	type compte struct {
		etat etat.Etat
		compteur.Total
	}
	tous, err := db.Lignes(ctx, r.l, func(l db.Ligne, c *compte) error {
		return l.Scan(&c.etat, &c.Nombre, &c.Montant, &c.Accorde, &c.Avance)
	}, `SELECT etat, nombre, montant, accorde, avance FROM demande_etat WHERE fournisseur_id = $1`, f)
	if err != nil {
		return fmt.Errorf("read the counters: %w", err)
	}
	trouves := map[etat.Etat]compteur.Total{}
	for _, c := range tous {
		trouves[c.etat] = c.Total
	}
	var payees int64
	for _, d := range etat.Tous {
		if err := comparer(f, d.Etat, trouves[d.Etat], attendus[d.Etat]); err != nil {
			return err
		}
		delete(trouves, d.Etat)
		if d.Etat == etat.Payee {
			payees = attendus[d.Etat].Avance
		}
	}
	for e, t := range trouves {
		if err := comparer(f, e, t, compteur.Total{}); err != nil {
			return err
		}
	}
	return r.avances(ctx, f, payees)
}

// comparer finds what a counter says otherwise than the demandes.
func comparer(f int64, e etat.Etat, trouve, attendu compteur.Total) error {
	ecart := Ecart{Quoi: compteurAutre, Fournisseur: f, Poste: string(e)}
	for _, x := range []struct {
		trouve, attendu int64
		nombre          bool
	}{{trouve.Nombre, attendu.Nombre, true}, {trouve.Montant, attendu.Montant, false}, {trouve.Accorde, attendu.Accorde, false}, {trouve.Avance, attendu.Avance, false}} {
		if x.trouve != x.attendu {
			ecart.Trouve, ecart.Attendu, ecart.Nombre = x.trouve, x.attendu, x.nombre
			return &ecart
		}
	}
	return nil
}

// avances compares what was paid to a supplier with its demandes that are paid.
func (r *relecture) avances(ctx context.Context, f, attendu int64) error {
	var trouve int64
	if err := r.l.QueryRowContext(ctx, `SELECT COALESCE(SUM(montant), 0) FROM avance_payee WHERE fournisseur_id = $1`, f).Scan(&trouve); err != nil {
		return fmt.Errorf("read what was paid: %w", err)
	}
	if trouve != attendu {
		return &Ecart{Quoi: avancesAutres, Fournisseur: f, Poste: Postes[Paye].Code, Trouve: trouve, Attendu: attendu}
	}
	return nil
}
