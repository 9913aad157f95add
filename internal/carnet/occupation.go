package carnet

import (
	"context"
	"os"
	"os/user"
	"strings"
	"time"
)

// occupant is who writes the ledger.
type occupant struct {
	Qui    string    `json:"qui"`
	Poste  string    `json:"poste"`
	Depuis time.Time `json:"depuis"`
}

// occuper notes who writes from now on.
func (c *Carnet) occuper(ctx context.Context) error {
	c.occupe = &occupant{Qui: quiEcrit(), Poste: nomDuPoste(), Depuis: c.maintenant()}
	if c.incomplet && c.temoin != nil {
		c.temoin.Ecrit, c.temoin.Octets = c.occupe, nil
		return c.ecrireTemoin()
	}
	return c.signer(ctx)
}

// congedier notes that nobody writes any more. A ledger that was born in this run and has learnt nothing is no
// ledger yet: it goes as it came.
func (c *Carnet) congedier() {
	if c.occupe == nil {
		return
	}
	c.occupe = nil
	if c.ne && !c.confiance && !c.reseau {
		ctx := context.Background()
		var appris bool
		err := c.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM lot) OR EXISTS (SELECT 1 FROM ailleurs) OR EXISTS (SELECT 1 FROM retour)
			OR EXISTS (SELECT 1 FROM etranger)`).Scan(&appris)
		if err == nil && !appris && c.db.Close() == nil {
			_, _ = os.Remove(c.chemin), os.Remove(c.cheminTemoin())
			return
		}
	}
	if c.temoin != nil {
		c.temoin.Ecrit = nil
		if n, err := c.nouvelles(context.Background()); err == nil {
			c.temoin.Nouvelles = max(n, c.temoin.Nouvelles)
		}
		if c.temoin.Octets = c.relever(); c.temoin.Octets != nil {
			c.temoin.Octets.Change = c.change
		}
		_ = c.ecrireTemoin() // the next run writes it again
	}
}

// quiEcrit names the user, as well as the system knows.
func quiEcrit() string {
	if u, err := user.Current(); err == nil {
		_, nom, trouve := strings.Cut(u.Username, `\`) // DOMAIN\name
		if !trouve {
			nom = u.Username
		}
		return nom
	}
	return "?"
}

func nomDuPoste() string {
	nom, err := os.Hostname()
	if err != nil {
		return "?"
	}
	return nom
}
