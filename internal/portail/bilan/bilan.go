// Package bilan is the agency's figures: what waits and since when, what will pass its legal deadline, what was decided, by week, supplier,
// person and reason. Each number leads to the list that it counts.
package bilan

import (
	"context"
	"fmt"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

// Config is what the figures need of the rest of the program.
type Config struct {
	Base       *db.Base
	Maintenant func() time.Time

	NumeroASP     func(depot int64, rang int) string
	LireNumeroASP func(string) (depot int64, rang int, ok bool)
	// Etats counts the demandes of each state: one function for all pages.
	Etats func(ctx context.Context) (map[etat.Etat]Compte, error)
	// Agents lists the people of the agency who have one of these roles.
	Agents func(ctx context.Context, q db.Lecteur, r etat.Role) ([]instruction.Agent, error)
}

// Service reads the figures. It is safe for concurrent use.
type Service struct{ Config }

// Nouveau makes the service.
func Nouveau(c Config) *Service { return &Service{c} }

// Prise is a decision that was taken, as lists and figures have it.
type Prise struct {
	etat.Cle
	ID          int64
	Fournisseur int64
	NumeroASP   string
	Sens        decision.Sens
	Montant     int64    // granted, cents
	Motifs      []string // codes
	Etat        decision.Etat
	ProposePar  int64
	DecidePar   int64
	Recu        time.Time // when the demande was deposited
	Decide      time.Time
	Notifie     time.Time // zero until its supplier is told
	Reference   string
	Abandon     time.Time // an award, when its supplier gave it up with the demande; zero for not
}

// Accorde is what is granted, and not given up.
func (p *Prise) Accorde() int64 {
	if !p.Abandon.IsZero() {
		return 0
	}
	return p.Montant
}

// Delai is how many days the decision took from the deposit, begun ones included.
func (p *Prise) Delai() int { return jours(p.Recu, p.Decide) }

// jours counts the days between two instants in Paris.
func jours(de, a time.Time) int { return int(jourDe(a).Sub(jourDe(de)).Hours()) / 24 }

// Filtre says which decisions are looked for. Its zero fields ask for nothing.
type Filtre struct {
	Prises      instruction.Jours
	Sens        decision.Sens
	Motif       string // code
	Fournisseur int64
	DecidePar   int64
	ProposePar  int64
	Reference   string // 2026-000012
	Demande     *etat.Cle
	Toutes      bool // also those that were taken back or lapsed
}

// Place is where a part of a list begins: the newest first.
type Place struct{ Instant, ID int64 }

// maxParcours is how many decisions are looked at to find those of one part, or of one period's figures.
const maxParcours = 100_000

// Lister returns the n decisions after a place, nil for the beginning, and where the next part begins, nil at the end.
func (s *Service) Lister(ctx context.Context, f Filtre, place *Place, n int) (prises []Prise, apres *Place, err error) {
	c := f.conditions()
	if place != nil {
		c.Si("(p.decide, p.id) < (" + c.Arg(place.Instant) + ", " + c.Arg(place.ID) + ")")
	}
	prises, err = db.Lignes(ctx, s.Base.Lire(), s.scruter, `SELECT p.id, p.fournisseur_id, p.depot_id, p.rang, p.sens, p.montant, p.motifs, p.etat, p.propose_par, p.decide_par, p.decide, p.notifie, p.annee, p.numero, x.recu,
		CASE WHEN q.etat = 'retiree' AND p.sens = 'attribution' AND p.etat = 'notifiee' AND NOT EXISTS (SELECT 1 FROM decision y WHERE y.depot_id = p.depot_id AND y.rang = p.rang AND y.id > p.id AND y.etat = 'notifiee')
			THEN COALESCE((SELECT MAX(e.instant) FROM evenement e WHERE e.depot_id = p.depot_id AND e.rang = p.rang AND e.a = 'retiree'), 0) ELSE 0 END
		FROM decision p JOIN depot x ON x.id = p.depot_id LEFT JOIN demande q ON q.fournisseur_id = p.fournisseur_id AND q.depot_id = p.depot_id AND q.rang = p.rang WHERE `+c.Tout()+` ORDER BY p.decide DESC, p.id DESC LIMIT `+c.Arg(n+1), c.Args...)
	if err != nil {
		return nil, nil, fmt.Errorf("list the decisions: %w", err)
	}
	if len(prises) > n {
		prises = prises[:n]
		apres = &Place{db.Instant(prises[n-1].Decide), prises[n-1].ID}
	}
	return prises, apres, nil
}

// conditions are those of the filter: by days and people along an index, the rest row by row.
func (f Filtre) conditions() *db.Conditions {
	c := &db.Conditions{}
	c.Si("p.numero > 0")
	if !f.Toutes {
		c.Si("p.etat IN ('decidee', 'notifiee')")
	}
	f.Prises.Si(c, "p.decide")
	for _, x := range []struct {
		oui     bool
		colonne string
		valeur  any
	}{
		{f.Sens != "", "p.sens", string(f.Sens)}, {f.Fournisseur > 0, "p.fournisseur_id", f.Fournisseur}, {f.DecidePar > 0, "p.decide_par", f.DecidePar}, {f.ProposePar > 0, "p.propose_par", f.ProposePar},
	} {
		if x.oui {
			c.Si(x.colonne + " = " + c.Arg(x.valeur))
		}
	}
	if f.Motif != "" {
		// a reference is the code, or the code with its version
		c.Si("(REPLACE(' ' || p.motifs || ' ', " + c.Arg(" "+f.Motif+" ") + ", '') <> ' ' || p.motifs || ' ' OR REPLACE(' ' || p.motifs, " + c.Arg(" "+f.Motif+".") + ", '') <> ' ' || p.motifs)")
	}
	if f.Reference != "" {
		var annee, numero int
		if n, err := fmt.Sscanf(f.Reference, "%d-%d", &annee, &numero); n != 2 || err != nil {
			annee, numero = 0, -1
		}
		c.Si("p.annee = " + c.Arg(annee) + " AND p.numero = " + c.Arg(numero))
	}
	if f.Demande != nil {
		c.Si("p.depot_id = " + c.Arg(f.Demande.Depot) + " AND p.rang = " + c.Arg(f.Demande.Rang))
	}
	return c
}

func (s *Service) scruter(l db.Ligne, p *Prise) error {
	var motifs string
	var instants [4]int64
	d := decision.Decision{}
	err := l.Scan(&p.ID, &p.Fournisseur, &p.Depot, &p.Rang, &p.Sens, &p.Montant, &motifs, &p.Etat, &p.ProposePar, &p.DecidePar, &instants[0], &instants[1], &d.Annee, &d.Numero, &instants[2], &instants[3])
	p.Motifs, p.Decide, p.Notifie, p.Recu = strings.Fields(motifs), db.Temps(instants[0]), db.Temps(instants[1]), db.Temps(instants[2])
	if instants[3] > 0 {
		p.Abandon = db.Temps(instants[3])
	}
	for i, reference := range p.Motifs {
		p.Motifs[i] = decision.CodeDe(reference)
	}
	p.Reference, p.NumeroASP = d.Reference(), s.NumeroASP(p.Depot, p.Rang)
	return err
}

// Noms are the names of these suppliers.
func (s *Service) Noms(ctx context.Context, ids []int64) (map[int64]string, error) {
	noms := map[int64]string{}
	for _, id := range ids {
		if _, ok := noms[id]; ok {
			continue
		}
		var nom string
		if err := s.Base.Lire().QueryRowContext(ctx, `SELECT raison_sociale FROM fournisseur WHERE id = $1`, id).Scan(&nom); err != nil {
			return nil, fmt.Errorf("read the name of a supplier: %w", err)
		}
		noms[id] = nom
	}
	return noms, nil
}
