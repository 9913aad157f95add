package suivi

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/journal"
)

// Changement leads demandes of one deposit to a state.
type Changement struct {
	Fournisseur int64
	Depot       int64
	Rangs       []int
	A           etat.Etat
	Par         etat.Acteur
	Compte      int64  // who does it, 0 for the program
	Motif       string // why, where the step needs a reason; at most MaxMotif characters
}

// MaxMotif is how long a reason may be, in characters.
const MaxMotif = 1000

// Refus says that a demande cannot take a step from where it stands.
type Refus struct {
	De, A etat.Etat
	Motif bool // the reason is missing, or too long
}

// Error tells it to developers.
func (r *Refus) Error() string { return fmt.Sprintf("a demande cannot go from %q to %q", r.De, r.A) }

// demandeLue is what a change needs of a demande.
type demandeLue struct {
	rang    int
	de      etat.Etat
	numero  string
	montant int64
}

// Changer changes states, in the transaction of what the change follows from: all or none of the demandes. It is
// the only way a state changes: history, counters, journal and mails go with it. A *Refus says which step is not
// allowed; ErrInconnue that a demande is not that supplier's.
func (s *Service) Changer(ctx context.Context, tx *sql.Tx, c Changement) error {
	if len(c.Rangs) == 0 {
		return nil
	}
	maintenant := s.Maintenant()
	avant, avances := map[etat.Etat]total{}, int64(0)
	var lues []demandeLue
	for _, rang := range c.Rangs {
		d, err := s.avancer(ctx, tx, c, rang, maintenant)
		if err != nil {
			return err
		}
		lues = append(lues, d)
		avant[d.de] = avant[d.de].plus(total{1, d.montant, Avance(d.montant)})
		avances += Avance(d.montant)
	}
	if err := errors.Join(recompter(ctx, tx, c, avant), payer(ctx, tx, c, avances)); err != nil {
		return fmt.Errorf("count the demandes: %w", err)
	}
	if err := s.consigner(ctx, tx, c, lues, maintenant); err != nil {
		return err
	}
	return s.ecrireEtats(ctx, tx, c, lues)
}

// avancer takes the step of one demande.
func (s *Service) avancer(ctx context.Context, tx *sql.Tx, c Changement, rang int, maintenant time.Time) (d demandeLue, err error) {
	d.rang = rang
	err = tx.QueryRowContext(ctx, `SELECT etat, numero, montant FROM demande
		WHERE fournisseur_id = $1 AND depot_id = $2 AND rang = $3 `+s.Base.Dialecte.Verrou, c.Fournisseur, c.Depot, rang).
		Scan(&d.de, &d.numero, &d.montant)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return d, ErrInconnue
	case err != nil:
		return d, fmt.Errorf("read a demande: %w", err)
	}
	pas, ok := etat.Pas(d.de, c.A, c.Par)
	if !ok {
		return d, &Refus{De: d.de, A: c.A}
	}
	if n := utf8.RuneCountInString(c.Motif); n > MaxMotif || pas.Motif && ecrit.Vide(c.Motif) {
		return d, &Refus{De: d.de, A: c.A, Motif: true}
	}
	_, err = tx.ExecContext(ctx, `UPDATE demande SET etat = $1, maj = $2 WHERE fournisseur_id = $3 AND depot_id = $4 AND rang = $5`,
		string(c.A), db.Instant(maintenant), c.Fournisseur, c.Depot, rang)
	if err != nil {
		return d, fmt.Errorf("change a demande: %w", err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO evenement (depot_id, rang, ordre, instant, acteur, compte_id, de, a, motif, echeance)
		SELECT $1, $2, COALESCE(MAX(ordre), 0) + 1, $3, $4, $5, $6, $7, $8, $9 FROM evenement WHERE depot_id = $1 AND rang = $2`,
		c.Depot, rang, db.Instant(maintenant), int64(c.Par), c.Compte, string(d.de), string(c.A), c.Motif, s.echeance(c, maintenant))
	if err != nil {
		return d, fmt.Errorf("write the history: %w", err)
	}
	return d, nil
}

// echeance is by when what a change asks for is expected, as the database keeps it: 0 for one that asks for nothing.
func (s *Service) echeance(c Changement, maintenant time.Time) int64 {
	if c.A != etat.AModifier {
		return 0
	}
	return db.Instant(s.Delais.LimiteReponse(maintenant))
}

// total is how many demandes, their amount and their advances in cents.
type total struct{ nombre, montant, avance int64 }

func (c total) plus(d total) total {
	return total{c.nombre + d.nombre, c.montant + d.montant, c.avance + d.avance}
}

func (c total) moins() total { return total{-c.nombre, -c.montant, -c.avance} }

// recompter moves demandes from the counters of their old states to that of the new one. Counters are locked in
// the order of their names, so that two changes do not wait for each other for ever.
func recompter(ctx context.Context, tx *sql.Tx, c Changement, avant map[etat.Etat]total) error {
	ecarts := map[etat.Etat]total{}
	for de, n := range avant {
		ecarts[de] = ecarts[de].plus(n.moins())
		ecarts[c.A] = ecarts[c.A].plus(n)
	}
	for _, e := range trier(ecarts) {
		n := ecarts[e]
		_, err := tx.ExecContext(ctx, `INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant, avance) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (fournisseur_id, etat) DO UPDATE SET nombre = demande_etat.nombre + excluded.nombre, montant = demande_etat.montant + excluded.montant, avance = demande_etat.avance + excluded.avance`,
			c.Fournisseur, string(e), n.nombre, n.montant, n.avance)
		if err != nil {
			return err
		}
	}
	if n := ecarts[etat.Incomplete].nombre; n != 0 {
		_, err := tx.ExecContext(ctx, `UPDATE depot SET incompletes = incompletes + $1 WHERE id = $2`, n, c.Depot)
		return err
	}
	return nil
}

// payer adds to what was paid. Nothing leads out of that state: it is never taken back.
func payer(ctx context.Context, tx *sql.Tx, c Changement, avances int64) error {
	if c.A != etat.Payee {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO avance_payee (fournisseur_id, montant) VALUES ($1, $2)
		ON CONFLICT (fournisseur_id) DO UPDATE SET montant = avance_payee.montant + excluded.montant`, c.Fournisseur, avances)
	return err
}

// consigner adds one row to the journal for all the demandes.
func (s *Service) consigner(ctx context.Context, tx *sql.Tx, c Changement, lues []demandeLue, maintenant time.Time) error {
	details := map[string]string{"de": string(lues[0].de), "demandes": strconv.Itoa(len(lues))}
	if len(lues) > 1 {
		var rangs []string
		for _, d := range lues {
			rangs = append(rangs, strconv.Itoa(d.rang+1))
		}
		details["rangs"] = strings.Join(rangs, " ")
	}
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: c.Fournisseur, Instant: maintenant, Acteur: c.Compte, Action: "demande." + string(c.A),
		Objet: s.NumeroASP(c.Depot, lues[0].rang), Details: details,
	})
}
