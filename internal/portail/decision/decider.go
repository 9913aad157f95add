package decision

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Proposition is what who examined a demande proposes.
type Proposition struct {
	Fournisseur int64
	etat.Cle
	Sens    Sens
	Montant int64    // cents
	Demande int64    // what was asked, cents
	Plafond int64    // the ceiling, cents; 0 where it is not known
	Motifs  []string // of a refusal or a withdrawal, codes or references of the catalogue
	Texte   string
	Compte  int64
	Roles   etat.Role   // of who proposes
	Par     etat.Acteur // the agency for 0
	Dit     bool        // its supplier is told by another mail

	Contestee bool // it takes back an award that others contest
}

// MaxTexte is how long the words that are added may be, in characters.
const MaxTexte = 2000

// verifier refuses what cannot be proposed.
func (p *Proposition) verifier(c *Catalogue) error {
	switch {
	case utf8.RuneCountInString(p.Texte) > MaxTexte:
		return &Refus{ecrit.TropLong(modele.Texte{Fr: "le texte", En: "the text"}, MaxTexte, utf8.RuneCountInString(p.Texte))}
	case p.Sens == Rejet && len(p.Motifs) == 0:
		return Refuser("Choisissez le motif du refus : il est obligatoire (CRPA, art. L211-2).", "Choose the reason for the refusal: it is required (CRPA, art. L211-2).")
	case p.Sens == Retrait && len(p.Motifs) == 0:
		return Refuser("Choisissez le motif du retrait : il est obligatoire (CRPA, art. L211-2).", "Choose the reason for the withdrawal: it is required (CRPA, art. L211-2).")
	case p.Sens == Rejet || p.Sens == Retrait:
		p.Montant = 0
		var err error
		p.Motifs, err = c.choisir(p.Motifs, p.Sens)
		return err
	case p.Sens != Attribution:
		return Refuser("Choisissez une attribution ou un refus.", "Choose an award or a refusal.")
	}
	p.Motifs = nil
	if refus := Accordable(p.Montant, p.Demande, p.Plafond); refus != nil {
		return refus
	}
	return nil
}

// Accordable says why an amount cannot be granted of what is asked, where the ceiling is known (not 0); nil when it can. All in cents.
func Accordable(montant, demande, plafond int64) *Refus {
	d, p := web.Montant(demande), web.Montant(plafond)
	switch {
	case montant <= 0:
		return &Refus{modele.Texte{Fr: "Le montant accordé doit être supérieur à 0 €.", En: "The amount granted must be above €0."}}
	case montant > demande:
		return &Refus{modele.Texte{Fr: "Le montant accordé dépasse les " + d.Fr + " demandés.", En: "The amount granted is over the " + d.En + " asked for."}}
	case plafond > 0 && montant > plafond:
		return &Refus{modele.Texte{Fr: "Le montant accordé dépasse le plafond de " + p.Fr + ".", En: "The amount granted is over the ceiling of " + p.En + "."}}
	}
	return nil
}

// Proposer puts a proposal before those who decide, in the transaction of who examined the demande.
func (s *Service) Proposer(ctx context.Context, tx *sql.Tx, p Proposition) error {
	c, err := s.Catalogue(ctx, tx)
	if err != nil {
		return err
	}
	if err := p.verifier(c); err != nil {
		return err
	}
	if err := s.dansLeDelai(ctx, tx, p.Cle, p.Sens, p.Motifs); err != nil {
		return err
	}
	v := p.Sens.voie(p.Contestee)
	if err := s.mener(ctx, tx, etat.Changement{Fournisseur: p.Fournisseur, A: v.proposee, Par: p.Par, Acte: v.proposer, Compte: p.Compte, Roles: p.Roles, Motif: c.motif(p.Motifs, p.Texte, p.Sens), Dit: p.Dit}, p.Cle); err != nil {
		return err
	}
	err = db.Poser(ctx, tx, `INSERT INTO decision (fournisseur_id, depot_id, rang, sens, montant, motifs, texte, etat, propose_par, propose, contestee)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposee', $8, $9, $10)`,
		p.Fournisseur, p.Depot, p.Rang, string(p.Sens), p.Montant, strings.Join(p.Motifs, " "), p.Texte, p.Compte, s.instant(), db.Chiffre(p.Contestee))
	if err != nil {
		return fmt.Errorf("propose a decision: %w", err)
	}
	return nil
}

// Lu is the proposal that somebody has read: what is decided is what was read, or nothing.
type Lu struct {
	etat.Cle
	Decision int64 // id
	Compte   int64
	Roles    etat.Role // of who has read it
	Lettre   string    // the letter that was read with it; "" for none
}

// Renvoyer sends a proposal back to who made it, for a reason.
func (s *Service) Renvoyer(ctx context.Context, tx *sql.Tx, l Lu, motif string) error {
	d, err := s.lue(ctx, tx, l, Proposee)
	if err != nil {
		return err
	}
	if err := s.mener(ctx, tx, l.changement(d, etat.Renvoyer, etat.Instruction, motif), d.Cle); err != nil {
		return err
	}
	return s.poser(ctx, tx, d.ID, `etat = 'renvoyee'`)
}

// Maintenir keeps the award that a proposal was to take back, for a reason. dit says that its supplier is told by another mail.
func (s *Service) Maintenir(ctx context.Context, tx *sql.Tx, l Lu, motif string, dit bool) error {
	d, err := s.lue(ctx, tx, l, Proposee)
	if err != nil {
		return err
	}
	c := l.changement(d, etat.Maintenir, etat.Validee, motif)
	c.Dit = dit
	if err := s.mener(ctx, tx, c, d.Cle); err != nil {
		return err
	}
	return s.poser(ctx, tx, d.ID, `etat = 'ecartee'`)
}

// Decider decides as it was proposed. The decision gets its number, and is notified once Repit has passed.
func (s *Service) Decider(ctx context.Context, tx *sql.Tx, l Lu) (*Decision, error) {
	d, err := s.lue(ctx, tx, l, Proposee)
	if err != nil {
		return nil, err
	}
	if err := s.dansLeDelai(ctx, tx, d.Cle, d.Sens, d.Motifs); err != nil {
		return nil, err
	}
	v := d.Sens.voie(d.Contestee)
	if err := s.mener(ctx, tx, l.changement(d, v.decider, v.decidee, ""), d.Cle); err != nil {
		return nil, err
	}
	d.Etat, d.DecidePar, d.Decide = Decidee, l.Compte, s.Maintenant()
	d.Notifier, d.Annee = d.Decide.Add(s.Repit), d.Decide.In(web.Paris()).Year()
	if d.Numero, err = numeroter(ctx, tx, d.Annee); err != nil {
		return nil, fmt.Errorf("number a decision: %w", err)
	}
	if s.Lettres.Figer != nil {
		if err := s.Lettres.Figer(ctx, tx, d, l.Lettre); err != nil {
			return nil, err
		}
	}
	return d, s.poser(ctx, tx, d.ID, `etat = 'decidee', decide_par = $2, decide = $3, notifier = $4, annee = $5, numero = $6`,
		d.DecidePar, db.Instant(d.Decide), db.Instant(d.Notifier), d.Annee, d.Numero)
}

// Reprendre takes a decision back before its supplier is told. Its number stays its own; the proposal is there again, to be decided anew.
func (s *Service) Reprendre(ctx context.Context, tx *sql.Tx, l Lu, motif string) error {
	d, err := s.lue(ctx, tx, l, Decidee)
	if err != nil {
		return err
	}
	if err := s.mener(ctx, tx, l.changement(d, etat.Reprendre, d.Sens.voie(d.Contestee).proposee, motif), d.Cle); err != nil {
		return err
	}
	if err := s.poser(ctx, tx, d.ID, `etat = 'reprise'`); err != nil {
		return err
	}
	err = db.Poser(ctx, tx, `INSERT INTO decision (fournisseur_id, depot_id, rang, sens, montant, motifs, texte, etat, propose_par, propose, contestee)
		SELECT fournisseur_id, depot_id, rang, sens, montant, motifs, texte, 'proposee', propose_par, propose, contestee FROM decision WHERE id = $1`, d.ID)
	if err != nil {
		return fmt.Errorf("propose a decision again: %w", err)
	}
	return nil
}

// lue finds the decision that somebody has read, if it is still the one of its demande and still stands so.
func (s *Service) lue(ctx context.Context, tx *sql.Tx, l Lu, e Etat) (*Decision, error) {
	d, err := s.vive(ctx, tx, l.Cle, e)
	switch {
	case errors.Is(err, ErrInconnue), err == nil && d.ID != l.Decision:
		return nil, Refuser("La décision a changé depuis que vous l'avez lue : relisez-la. Rien n'est fait.", "The decision has changed since you read it: read it again. Nothing is done.")
	}
	return d, err
}

// changement is an act of who has read a decision.
func (l Lu) changement(d *Decision, acte etat.Acte, a etat.Etat, motif string) etat.Changement {
	return etat.Changement{Fournisseur: d.Fournisseur, A: a, Acte: acte, Compte: l.Compte, Roles: l.Roles, Motif: motif}
}

// mener leads the demande of a decision to a state: for the agency unless the change says otherwise.
func (s *Service) mener(ctx context.Context, tx *sql.Tx, c etat.Changement, cle etat.Cle) error {
	c.Depot, c.Rangs, c.Par = cle.Depot, []int{cle.Rang}, cmp.Or(c.Par, etat.Agence)
	err := s.Changer(ctx, tx, c)
	if err != nil && s.Inexact != nil {
		if dit := s.Inexact(err); dit != nil {
			return dit
		}
	}
	return err
}

func (s *Service) poser(ctx context.Context, tx *sql.Tx, id int64, quoi string, args ...any) error {
	err := db.Poser(ctx, tx, `UPDATE decision SET `+quoi+` WHERE id = $1`, append([]any{id}, args...)...)
	if err != nil {
		return fmt.Errorf("write a decision: %w", err)
	}
	return nil
}

func (s *Service) instant() int64 { return db.Instant(s.Maintenant()) }

// Suivre has the decision on a demande that its supplier withdraws lapse, in the transaction of the withdrawal.
func (s *Service) Suivre(ctx context.Context, tx *sql.Tx, pas []etat.Passage) error {
	for _, p := range pas {
		if p.A != etat.Retiree {
			continue
		}
		err := db.Poser(ctx, tx, `UPDATE decision SET etat = 'caduque' WHERE depot_id = $1 AND rang = $2 AND etat IN ('proposee', 'decidee')`, p.Depot, p.Rang)
		if err != nil {
			return fmt.Errorf("let a decision lapse: %w", err)
		}
	}
	return nil
}

// parTour is how many decisions one look notifies: the next look goes on.
const parTour = 1000

// Notifier tells the suppliers of the decisions whose delay has passed. Each is told in its own transaction, once: a counter that dies
// between two goes on with the next. It returns how many were told.
func (s *Service) Notifier(ctx context.Context) (n int, err error) {
	dues, err := db.Lignes(ctx, s.Base.Lire(), scruter, colonnes+`WHERE etat = 'decidee' AND notifier <= $1 ORDER BY notifier, id LIMIT $2`, s.instant(), parTour)
	if err != nil {
		return 0, fmt.Errorf("look for what is to be notified: %w", err)
	}
	var echecs []error
	for _, d := range dues {
		err := s.notifierUne(ctx, d)
		switch {
		case errors.Is(err, ErrInconnue): // taken back, or told by another process meanwhile
		case err != nil:
			echecs = append(echecs, fmt.Errorf("notify decision %s: %w", d.Reference(), err))
		default:
			n++
		}
	}
	if s.Lettres.Dire != nil {
		echecs = append(echecs, s.Lettres.Dire(ctx))
	}
	return n, errors.Join(echecs...)
}

func (s *Service) notifierUne(ctx context.Context, d Decision) error {
	if s.Lettres.Preparer != nil {
		if err := s.Lettres.Preparer(ctx, &d); err != nil {
			return err
		}
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.notifier(ctx, tx, d) })
}

func (s *Service) notifier(ctx context.Context, tx *sql.Tx, due Decision) error {
	d, err := s.vive(ctx, tx, due.Cle, Decidee)
	if err != nil {
		return err
	}
	if d.ID != due.ID {
		return ErrInconnue
	}
	c, err := s.Catalogue(ctx, tx)
	if err != nil {
		return err
	}
	if err := s.mener(ctx, tx, etat.Changement{Fournisseur: d.Fournisseur, A: d.Sens.voie(d.Contestee).notifiee, Par: etat.Programme, Motif: c.motif(d.Motifs, d.Texte, d.Sens), Accorde: d.Montant, Dit: s.Lettres.Envoyer != nil}, d.Cle); err != nil {
		return err
	}
	if s.Lettres.Envoyer != nil {
		if err := s.Lettres.Envoyer(ctx, tx, d); err != nil {
			return err
		}
	}
	return s.poser(ctx, tx, d.ID, `etat = 'notifiee', notifie = $2`, s.instant())
}
