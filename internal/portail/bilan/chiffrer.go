package bilan

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
)

// Compte counts demandes, or decisions, and their amounts in cents.
type Compte struct{ Nombre, Montant int64 }

func (c *Compte) ajouter(montant int64) { c.Nombre, c.Montant = c.Nombre+1, c.Montant+montant }

// Delais are the days that half, and nine tenths, of what is counted did not pass.
type Delais struct{ Mediane, Dixieme int }

// Issues counts decisions by what they come to.
type Issues struct {
	Attributions, Refus, Retraits Compte
	delais                        []int
}

func (i *Issues) ajouter(p *Prise) {
	switch p.Sens {
	case decision.Attribution:
		i.Attributions.ajouter(p.Accorde())
	case decision.Retrait:
		i.Retraits.ajouter(0)
		return // the deposit was answered before
	default:
		i.Refus.ajouter(0)
	}
	i.delais = append(i.delais, p.Delai())
}

// Nombre is all of them.
func (i *Issues) Nombre() int64 { return i.Attributions.Nombre + i.Refus.Nombre + i.Retraits.Nombre }

// Delais are those from the deposit to the decision.
func (i *Issues) Delais() Delais {
	if len(i.delais) == 0 {
		return Delais{}
	}
	d := slices.Sorted(slices.Values(i.delais))
	return Delais{d[(len(d)-1)/2], d[(9*len(d)+9)/10-1]}
}

// Semaine is what was decided in a week.
type Semaine struct {
	Lundi time.Time // its first day
	Issues
}

// De is what was decided, or is open, of a supplier, or by a person of the agency.
type De struct {
	ID       int64
	Ouvertes Compte // of a supplier; what a person holds
	Proposes int64  // decisions that a person has proposed
	Issues          // decided
}

// Motif is how often a reason was given.
type Motif struct {
	Code   string
	Nombre int64
}

// Echeances are the open demandes whose deadline is in some days.
type Echeances struct {
	instruction.Jours
	Compte
}

// Chiffres are the figures of a period.
type Chiffres struct {
	Etats     map[etat.Etat]Compte // today
	Ouvertes  int64
	Ages      Delais      // of the open ones, in days since their deposit
	Echeances []Echeances // what is late, then week by week to the end of this month

	Decidees     Issues // all that follows is of the period
	Semaines     []Semaine
	Fournisseurs []De // those with most of all, at most maxRangs
	Agents       []De

	MotifsRefus, MotifsRetrait []Motif // the most frequent ones first

	Partiel bool // the period has more decisions than are looked at
}

// maxRangs is how many suppliers are listed.
const maxRangs = 20

// Chiffrer reads the figures: those of what is open as it is now, those of decisions of a period.
func (s *Service) Chiffrer(ctx context.Context, periode instruction.Jours) (*Chiffres, error) {
	c := &Chiffres{Etats: map[etat.Etat]Compte{}}
	for _, lire := range []func(context.Context, *Chiffres) error{s.etats, s.ages, s.echeances} {
		if err := lire(ctx, c); err != nil {
			return nil, fmt.Errorf("read the figures: %w", err)
		}
	}
	prises, apres, err := s.Lister(ctx, Filtre{Prises: periode}, nil, maxParcours)
	if err != nil {
		return nil, err
	}
	c.Partiel = apres != nil
	if err := s.repartir(ctx, c, prises, periode); err != nil {
		return nil, fmt.Errorf("read the figures: %w", err)
	}
	return c, nil
}

// ouverts are the states in which the agency has something to do, or waits for an answer; ouvertes is the condition of the indexes on them.
var ouverts = []etat.Etat{etat.Complete, etat.Instruction, etat.AModifier, etat.AValider}

const ouvertes = `etat IN ('complete', 'instruction', 'a_modifier', 'a_valider')`

func (s *Service) etats(ctx context.Context, c *Chiffres) error {
	tous, err := s.Etats(ctx)
	for e, x := range tous {
		c.Etats[e] = x
		if slices.Contains(ouverts, e) {
			c.Ouvertes += x.Nombre
		}
	}
	return err
}

// ages finds how long the open demandes have waited: the index on it is read as far as the middle, and nine tenths.
func (s *Service) ages(ctx context.Context, c *Chiffres) error {
	if c.Ouvertes == 0 {
		return nil
	}
	for _, x := range []struct {
		passes int64 // that are older
		age    *int
	}{{c.Ouvertes / 2, &c.Ages.Mediane}, {c.Ouvertes / 10, &c.Ages.Dixieme}} {
		var recu int64
		err := s.Base.Lire().QueryRowContext(ctx, `SELECT recu FROM dossier WHERE `+ouvertes+` ORDER BY recu LIMIT 1 OFFSET $1`, x.passes).Scan(&recu)
		if err != nil {
			return err
		}
		*x.age = jours(db.Temps(recu), s.Maintenant())
	}
	return nil
}

// echeances counts what is late, and what will be late in each week until the end of the month.
func (s *Service) echeances(ctx context.Context, c *Chiffres) error {
	for _, j := range semainesDuMois(s.Maintenant()) {
		var conditions db.Conditions
		conditions.Si(ouvertes)
		j.Si(&conditions, "echeance")
		e := Echeances{Jours: j}
		err := s.Base.Lire().QueryRowContext(ctx, `SELECT COUNT(*), CAST(COALESCE(SUM(montant), 0) AS BIGINT) FROM dossier WHERE `+conditions.Tout(), conditions.Args...).Scan(&e.Nombre, &e.Montant)
		if err != nil {
			return err
		}
		c.Echeances = append(c.Echeances, e)
	}
	return nil
}

// semainesDuMois are all days before today, then the weeks from today to the end of the month.
func semainesDuMois(t time.Time) (semaines []instruction.Jours) {
	jour := jourDe(t)
	semaines = append(semaines, instruction.Jours{Au: jour.AddDate(0, 0, -1)})
	fin := time.Date(jour.Year(), jour.Month()+1, 0, 0, 0, 0, 0, time.UTC)
	for d := jour; !d.After(fin); {
		dimanche := lundi(d).AddDate(0, 0, 6)
		if dimanche.After(fin) {
			dimanche = fin
		}
		semaines = append(semaines, instruction.Jours{Du: d, Au: dimanche})
		d = dimanche.AddDate(0, 0, 1)
	}
	return semaines
}

// repartir counts decisions by week, supplier, person and reason.
func (s *Service) repartir(ctx context.Context, c *Chiffres, prises []Prise, periode instruction.Jours) error {
	for d := lundi(periode.Du); !d.After(periode.Au); d = d.AddDate(0, 0, 7) {
		c.Semaines = append(c.Semaines, Semaine{Lundi: d})
	}
	fournisseurs, agents := map[int64]*De{}, map[int64]*De{}
	for i := range prises {
		p := &prises[i]
		c.Decidees.ajouter(p)
		if n := jours(lundi(periode.Du), p.Decide) / 7; n >= 0 && n < len(c.Semaines) {
			c.Semaines[n].ajouter(p)
		}
		de(fournisseurs, p.Fournisseur).ajouter(p)
		de(agents, p.DecidePar).ajouter(p)
		de(agents, p.ProposePar).Proposes++
	}
	if err := s.ouvertes(ctx, fournisseurs, `SELECT fournisseur_id, COUNT(*), CAST(SUM(montant) AS BIGINT) FROM dossier WHERE `+ouvertes+` GROUP BY fournisseur_id`); err != nil {
		return err
	}
	if err := s.ouvertes(ctx, agents, `SELECT agent_id, COUNT(*), CAST(SUM(montant) AS BIGINT) FROM dossier WHERE agent_id > 0 AND `+ouvertes+` GROUP BY agent_id`); err != nil {
		return err
	}
	c.Fournisseurs, c.Agents = trier(fournisseurs), trier(agents)
	c.Fournisseurs = c.Fournisseurs[:min(len(c.Fournisseurs), maxRangs)]
	c.MotifsRefus, c.MotifsRetrait = compterMotifs(prises, decision.Rejet), compterMotifs(prises, decision.Retrait)
	return nil
}

// compterMotifs counts the reasons of the decisions that come to one thing.
func compterMotifs(prises []Prise, sens decision.Sens) (motifs []Motif) {
	fois := map[string]int64{}
	for _, p := range prises {
		if p.Sens != sens {
			continue
		}
		for _, m := range p.Motifs {
			fois[m]++
		}
	}
	for code, n := range fois {
		motifs = append(motifs, Motif{code, n})
	}
	slices.SortFunc(motifs, func(a, b Motif) int { return cmp.Or(cmp.Compare(b.Nombre, a.Nombre), cmp.Compare(a.Code, b.Code)) })
	return motifs
}

func (s *Service) ouvertes(ctx context.Context, tous map[int64]*De, requete string) error {
	type ligne struct {
		id int64
		Compte
	}
	lues, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, x *ligne) error { return l.Scan(&x.id, &x.Nombre, &x.Montant) }, requete)
	for _, x := range lues {
		de(tous, x.id).Ouvertes = x.Compte
	}
	return err
}

func de(tous map[int64]*De, id int64) *De {
	if tous[id] == nil {
		tous[id] = &De{ID: id}
	}
	return tous[id]
}

// trier puts those with most decisions and open demandes first.
func trier(tous map[int64]*De) (tri []De) {
	for _, d := range tous {
		tri = append(tri, *d)
	}
	slices.SortFunc(tri, func(a, b De) int {
		return cmp.Or(cmp.Compare(b.Nombre()+b.Ouvertes.Nombre+b.Proposes, a.Nombre()+a.Ouvertes.Nombre+a.Proposes), cmp.Compare(a.ID, b.ID))
	})
	return tri
}

// jourDe is the day in Paris, at midnight UTC as days are counted here; lundi is the first of its week.
func jourDe(t time.Time) time.Time {
	a, m, j := t.In(web.Paris()).Date()
	return time.Date(a, m, j, 0, 0, 0, 0, time.UTC)
}

func lundi(jour time.Time) time.Time {
	return jour.AddDate(0, 0, -(int(jour.Weekday())+6)%7)
}
