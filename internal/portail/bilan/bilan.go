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
	Retrait     time.Time // an award, when its supplier was told that it is taken back; zero for not
}

// Accorde is what is granted, and neither given up nor taken back.
func (p *Prise) Accorde() int64 {
	if !p.Abandon.IsZero() || !p.Retrait.IsZero() {
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
		c.Si("(d.decide, d.id) < (" + c.Arg(place.Instant) + ", " + c.Arg(place.ID) + ")")
	}
	prises, err = db.Lignes(ctx, s.Base.Lire(), s.scruter, `SELECT d.id, d.fournisseur_id, d.depot_id, d.rang, d.sens, d.montant, d.motifs, d.etat, d.propose_par, d.decide_par, d.decide, d.notifie, d.annee, d.numero, x.recu,
		`+decision.Abandonnee+`, `+decision.Retiree+`
		FROM decision d JOIN depot x ON x.id = d.depot_id LEFT JOIN demande q ON q.fournisseur_id = d.fournisseur_id AND q.depot_id = d.depot_id AND q.rang = d.rang WHERE `+c.Tout()+` ORDER BY d.decide DESC, d.id DESC LIMIT `+c.Arg(n+1), c.Args...)
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
	c.Si("d.numero > 0")
	if !f.Toutes {
		c.Si("d.etat IN ('decidee', 'notifiee')")
	}
	f.Prises.Si(c, "d.decide")
	for _, x := range []struct {
		oui     bool
		colonne string
		valeur  any
	}{
		{f.Sens != "", "d.sens", string(f.Sens)}, {f.Fournisseur > 0, "d.fournisseur_id", f.Fournisseur}, {f.DecidePar > 0, "d.decide_par", f.DecidePar}, {f.ProposePar > 0, "d.propose_par", f.ProposePar},
	} {
		if x.oui {
			c.Si(x.colonne + " = " + c.Arg(x.valeur))
		}
	}
	if f.Motif != "" {
		// a reference is the code, or the code with its version
		c.Si("(REPLACE(' ' || d.motifs || ' ', " + c.Arg(" "+f.Motif+" ") + ", '') <> ' ' || d.motifs || ' ' OR REPLACE(' ' || d.motifs, " + c.Arg(" "+f.Motif+".") + ", '') <> ' ' || d.motifs)")
	}
	if f.Reference != "" {
		var annee, numero int
		if n, err := fmt.Sscanf(f.Reference, "%d-%d", &annee, &numero); n != 2 || err != nil {
			annee, numero = 0, -1
		}
		c.Si("d.annee = " + c.Arg(annee) + " AND d.numero = " + c.Arg(numero))
	}
	if f.Demande != nil {
		c.Si("d.depot_id = " + c.Arg(f.Demande.Depot) + " AND d.rang = " + c.Arg(f.Demande.Rang))
	}
	return c
}

func (s *Service) scruter(l db.Ligne, p *Prise) error {
	var motifs string
	var instants [5]int64
	d := decision.Decision{}
	err := l.Scan(&p.ID, &p.Fournisseur, &p.Depot, &p.Rang, &p.Sens, &p.Montant, &motifs, &p.Etat, &p.ProposePar, &p.DecidePar, &instants[0], &instants[1], &d.Annee, &d.Numero, &instants[2], &instants[3], &instants[4])
	p.Motifs, p.Decide, p.Notifie, p.Recu = strings.Fields(motifs), db.Temps(instants[0]), db.Temps(instants[1]), db.Temps(instants[2])
	p.Abandon, p.Retrait = db.Temps(instants[3]), db.Temps(instants[4])
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
