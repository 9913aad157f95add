// Package decision is what the agency decides of demandes: what is proposed, by whom it is decided, until when that can be taken back,
// and when the supplier is told.
package decision

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// Sens is what a decision comes to.
type Sens string

// The three. A Retrait takes back an award that was notified.
const (
	Attribution Sens = "attribution"
	Rejet       Sens = "refus"
	Retrait     Sens = "retrait"
)

// Nom is what people read.
func (s Sens) Nom() modele.Texte {
	switch s {
	case Attribution:
		return modele.Texte{Fr: "Attribution", En: "Award"}
	case Retrait:
		return modele.Texte{Fr: "Retrait", En: "Withdrawal"}
	}
	return modele.Texte{Fr: "Refus", En: "Refusal"}
}

// voie is the way of a decision through the life of its demande.
type voie struct {
	proposer, decider           etat.Acte
	proposee, decidee, notifiee etat.Etat
}

// voie is that of what a decision comes to. The supplier of an award that is taken back was told before that it may be; that of a contested
// one was told of the contestation, and learns what is decided when it is notified.
func (s Sens) voie(contestee bool) voie {
	switch {
	case s == Attribution:
		return voie{etat.Proposer, etat.Decider, etat.AValider, etat.Decidee, etat.Validee}
	case s == Retrait && contestee:
		return voie{etat.Envisager, etat.Revoquer, etat.RetraitPropose, etat.RetraitTranche, etat.AttributionRetiree}
	case s == Retrait:
		return voie{etat.Envisager, etat.Revoquer, etat.RetraitEnvisage, etat.RetraitDecide, etat.AttributionRetiree}
	}
	return voie{etat.Proposer, etat.Decider, etat.AValider, etat.Decidee, etat.Refusee}
}

// Etat is how far a decision has come, as the database keeps it.
type Etat string

// The states of a decision.
const (
	Proposee Etat = "proposee"
	Renvoyee Etat = "renvoyee" // to who proposed it
	Decidee  Etat = "decidee"  // to be notified after a delay, in which it may be taken back
	Reprise  Etat = "reprise"  // taken back in that delay
	Notifiee Etat = "notifiee"
	Ecartee  Etat = "ecartee" // the award that it was to take back is kept
	Caduque  Etat = "caduque" // the supplier has withdrawn the demande
)

// Decision is one, from its proposal on.
type Decision struct {
	ID          int64
	Fournisseur int64
	etat.Cle
	Sens       Sens
	Montant    int64    // granted, cents; 0 for a refusal
	Motifs     []string // references of the catalogue
	Texte      string   // what is added in one's own words
	Etat       Etat
	ProposePar int64
	Propose    time.Time
	DecidePar  int64
	Decide     time.Time
	Notifier   time.Time // from when on it is notified
	Notifie    time.Time
	Annee      int
	Numero     int  // 0 until it is decided
	Contestee  bool // it takes a contested award back
}

// Reference is its number as people write it: "2026-000012"; "" until it is decided.
func (d *Decision) Reference() string {
	if d.Numero == 0 {
		return ""
	}
	return fmt.Sprintf("%d-%06d", d.Annee, d.Numero)
}

// MemesMotifs tells whether two choices are of the same reasons, be they codes or references of the catalogue.
func MemesMotifs(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool { return CodeDe(x) == CodeDe(y) })
}

// Config is what the decisions need of the rest of the program.
type Config struct {
	Base       *db.Base
	Maintenant func() time.Time
	Repit      time.Duration // how long a decision may be taken back; an hour for 0
	// Changer leads demandes to a state, in the transaction of what it follows from.
	Changer func(ctx context.Context, tx *sql.Tx, c etat.Changement) error
	// Inexact is the error of a step that a demande cannot take any longer, said to people; nil for another error.
	Inexact func(error) error
	// Lettres makes the letters of decisions; nothing for a counter without.
	Lettres Lettres
}

// Lettres is what becomes of the letter of a decision.
type Lettres struct {
	// Figer keeps it as it is, in the transaction of the decision. lu names the letter that who decides has read, "" for none: another
	// one is a Refus, as is one that lacks something.
	Figer func(ctx context.Context, tx *sql.Tx, d *Decision, lu string) error
	// Preparer makes what takes long, before the transaction in which Envoyer notifies.
	Preparer func(ctx context.Context, d *Decision) error
	Envoyer  func(ctx context.Context, tx *sql.Tx, d *Decision) error
	// Version names the models and settings that letters are made of now (may be nil).
	Version func(ctx context.Context, q db.Lecteur) (string, error)
	// Dire has suppliers told of what was sent, several letters together.
	Dire func(ctx context.Context) error
}

// Service decides. It is safe for concurrent use.
type Service struct{ Config }

// Nouveau makes the service.
func Nouveau(c Config) *Service {
	c.Repit = cmp.Or(c.Repit, time.Hour)
	return &Service{c}
}

// Refus says why something is not done, to the person who asked for it.
type Refus struct{ Texte modele.Texte }

// Error tells it to developers.
func (r *Refus) Error() string { return r.Texte.En }

// Refuser makes a Refus.
func Refuser(fr, en string) error { return &Refus{modele.Texte{Fr: fr, En: en}} }

// Refuses are the words of each Refus that an error is made of, in their order.
func Refuses(err error) (textes []modele.Texte) {
	switch x := err.(type) {
	case *Refus:
		return []modele.Texte{x.Texte}
	case interface{ Unwrap() []error }:
		for _, e := range x.Unwrap() {
			textes = append(textes, Refuses(e)...)
		}
	case interface{ Unwrap() error }:
		return Refuses(x.Unwrap())
	}
	return textes
}

// ErrInconnue says that there is no such decision.
var ErrInconnue = errors.New("no such decision")

const colonnes = `SELECT id, fournisseur_id, depot_id, rang, sens, montant, motifs, texte, etat, propose_par, propose, decide_par, decide, notifier, notifie, annee, numero, contestee FROM decision `

func scruter(l db.Ligne, d *Decision) error {
	var motifs string
	var instants [4]int64
	err := l.Scan(&d.ID, &d.Fournisseur, &d.Depot, &d.Rang, &d.Sens, &d.Montant, &motifs, &d.Texte, &d.Etat, &d.ProposePar, &instants[0], &d.DecidePar, &instants[1], &instants[2], &instants[3], &d.Annee, &d.Numero, &d.Contestee)
	d.Motifs = strings.Fields(motifs)
	for i, t := range []*time.Time{&d.Propose, &d.Decide, &d.Notifier, &d.Notifie} {
		*t = db.Temps(instants[i])
	}
	return err
}

// De lists the decisions on a demande, the oldest first.
func (s *Service) De(ctx context.Context, q db.Lecteur, c etat.Cle) ([]Decision, error) {
	toutes, err := db.Lignes(ctx, q, scruter, colonnes+`WHERE depot_id = $1 AND rang = $2 ORDER BY id`, c.Depot, c.Rang)
	if err != nil {
		return nil, fmt.Errorf("read the decisions: %w", err)
	}
	return toutes, nil
}

// vive reads the decision of a demande that is in a state, locked.
func (s *Service) vive(ctx context.Context, tx *sql.Tx, c etat.Cle, e Etat) (*Decision, error) {
	d := &Decision{}
	// The states are those of the index: SQLite would plan anew each time for one that is given as an argument.
	err := scruter(tx.QueryRowContext(ctx, colonnes+`WHERE depot_id = $1 AND rang = $2 AND etat IN ('proposee', 'decidee') `+s.Base.Dialecte.Verrou, c.Depot, c.Rang), d)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && d.Etat != e:
		return nil, ErrInconnue
	case err != nil:
		return nil, fmt.Errorf("read a decision: %w", err)
	}
	return d, nil
}
