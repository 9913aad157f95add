package depot_test

import (
	"context"
	"database/sql"
	"testing"

	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
)

// fragile is a counter any step of which can fail: statements, and what it asks of other rooms.
type fragile struct {
	*guichet
	panne    *essai.Panne
	archives *depot.Archives
}

func nouveauFragile(t *testing.T) *fragile {
	t.Helper()
	b, p := essai.Fragile(t)
	g := ouvrir(t, b, 1)
	x := &fragile{g, p, &depot.Archives{
		MaxOctets: 1 << 20,
		Lister:    func(context.Context, *depot.Depot) ([]depot.Jointe, error) { return nil, p.Passer("archives") },
	}}
	x.chaque(t, "open", func() (err error) {
		g.Service, err = depot.Ouvrir(t.Context(), depot.Options{
			Base: b, Fichiers: g.m, Brouillons: brouillons(t, g.controles), Maintenant: t0, Mentions: mentions("+33 1 99 00 00 00"), Adresse: "https://guichet.exemple.invalid",
			Apres:       func(context.Context, *sql.Tx, *depot.Depot) error { return p.Passer("jobs") },
			Incompletes: func(context.Context, int64) (int, error) { return 1, p.Passer("incomplete") },
			Attente: func(context.Context, *depot.Depot) (depot.Attente, error) {
				return depot.Attente{}, p.Passer("documents")
			},
			Archives: x.archives,
		})
		return err
	})
	return x
}

func (x *fragile) chaque(t *testing.T, nom string, faire func() error) {
	t.Helper()
	x.panne.Chaque(t, x.b, essai.Acte{Nom: nom, Faire: faire})
}

// Whatever step fails, a file is deposited wholly or not at all, and the counter says that it could not.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	f := x.fournisseurs[0]
	for _, e := range []struct {
		nom    string
		octets []byte
	}{
		{"accepted", fichierDe(0, 3, "AA", 0)}, {"in part", fichierDe(0, 4, "BB", 2)}, {"rejected", []byte("{}")},
		{"numbers that were used", fichierDe(0, 5, "AA", 0)}, {"the same as the first", fichierDe(0, 3, "AA", 0)},
	} {
		x.chaque(t, e.nom, func() error {
			_, err := x.Deposer(t.Context(), envoi(f, e.octets))
			return err
		})
	}
	var c *depot.Depot
	x.chaque(t, "control", func() (err error) {
		c, err = x.Garder(t.Context(), envoi(f, fichierDe(0, 3, "CC", 1)))
		return err
	})
	x.chaque(t, "deposit what was controlled", func() error {
		_, err := x.DeposerControle(t.Context(), c, 7, 0)
		return err
	})
	x.panne.Chaque(t, x.b, essai.Acte{
		Nom: "put the ESMS in their places", Faire: func() error { return x.RangerESMS(t.Context()) },
		Malgre: []string{"SELECT EXISTS (SELECT 1 FROM esms_attente)"}, // looked for again when some are in their places
	})
	x.chaque(t, "load the filter", func() error { return x.Charger(t.Context()) })
	if n := x.compter(t, `SELECT (SELECT count(*) FROM depot) * 100 + (SELECT count(*) FROM esms_attente)`); n != 500 {
		t.Errorf("%d", n)
	}
}
