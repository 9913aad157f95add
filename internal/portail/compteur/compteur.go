// Package compteur keeps how many demandes each supplier has in each state, and their amounts, so that no list is counted to show it.
package compteur

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
)

// Total is how many demandes; what they ask for, what of it is granted, and the advances, in cents.
type Total struct{ Nombre, Montant, Accorde, Avance int64 }

// De is one demande in a state, that asks for so much and is granted so much of it, in cents.
func De(e etat.Etat, montant, accorde int64) Total {
	t := Total{Nombre: 1, Montant: montant, Avance: etat.Avance(e.Base(montant, accorde))}
	if e.Accordee() {
		t.Accorde = accorde
	}
	return t
}

// Plus adds.
func (t Total) Plus(a Total) Total {
	return Total{t.Nombre + a.Nombre, t.Montant + a.Montant, t.Accorde + a.Accorde, t.Avance + a.Avance}
}

// Moins is the opposite.
func (t Total) Moins() Total { return Total{-t.Nombre, -t.Montant, -t.Accorde, -t.Avance} }

// place is a counter: of a supplier, in a state that it sees.
type place struct {
	fournisseur int64
	etat        etat.Etat
}

// ecart is what is added to a counter.
type ecart struct {
	place
	Total
}

// Ajouter adds to the demandes of a supplier in a state, as it sees it, when the transaction ends: others wait for the counter no longer
// than its commit takes.
func Ajouter(ctx context.Context, tx *sql.Tx, fournisseur int64, e etat.Etat, t Total) error {
	return db.Differer(ctx, tx, ecart{place{fournisseur, e}, t}, ecrire)
}

// ecrire writes each counter once, in one order: two transactions do not wait for each other for ever.
func ecrire(ctx context.Context, tx *sql.Tx, ecarts []ecart) error {
	sommes := map[place]Total{}
	for _, e := range ecarts {
		sommes[e.place] = sommes[e.place].Plus(e.Total)
	}
	places := slices.SortedFunc(maps.Keys(sommes), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.fournisseur, b.fournisseur), cmp.Compare(a.etat, b.etat))
	})
	for _, p := range places {
		t := sommes[p]
		if t == (Total{}) {
			continue
		}
		err := db.Poser(ctx, tx, `INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant, accorde, avance) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (fournisseur_id, etat) DO UPDATE SET nombre = demande_etat.nombre + excluded.nombre, montant = demande_etat.montant + excluded.montant,
			accorde = demande_etat.accorde + excluded.accorde, avance = demande_etat.avance + excluded.avance`,
			p.fournisseur, string(p.etat), t.Nombre, t.Montant, t.Accorde, t.Avance)
		if err != nil {
			return fmt.Errorf("count the demandes: %w", err)
		}
	}
	return nil
}
