package contradictoire

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"guichet/internal/portail/compte"
)

// Observations are what a supplier has written.
type Observations struct {
	Fil     int64 // the thread
	Entiere bool  // the answer is whole
	Deja    bool  // the same words were there already: the form was sent twice
}

// Repondre notes that a supplier has written in the thread of a procedure, in the transaction of the message. Once all have said that
// their answer is whole nothing needs to be waited for. What is sent twice is noted once.
func (s *Service) Repondre(ctx context.Context, tx *sql.Tx, id int64, i compte.Identite, o Observations) error {
	p, err := s.verrouiller(ctx, tx, id)
	if err != nil {
		return err
	}
	x := p.Sienne(i.Fournisseur)
	switch {
	case x == nil:
		return ErrInconnue
	case o.Deja && x.Fil == o.Fil && (!o.Entiere || !x.Repondu.IsZero()):
		return nil
	case p.Etat != Ouverte:
		return refuser("L'agence n'attend plus vos observations. Rien n'est envoyé : écrivez-lui un message.", "The agency waits for your observations no longer. Nothing is sent: write a message to it.")
	case o.Entiere && !x.Repondu.IsZero(), x.Fil > 0 && x.Fil != o.Fil:
		return refuser("Votre réponse est déjà complète. Rien n'est envoyé : écrivez un message à l'agence.", "Your answer is whole already. Nothing is sent: write a message to the agency.")
	}
	repondu, par := int64(0), int64(0)
	if o.Entiere {
		repondu, par = s.instant(), i.Compte
	}
	_, err = tx.ExecContext(ctx, `UPDATE contradictoire_partie SET fil_id = $1, repondu = $2, repondu_par = $3 WHERE contradictoire_id = $4 AND fournisseur_id = $5`, o.Fil, repondu, par, id, i.Fournisseur)
	if err != nil {
		return fmt.Errorf("keep that a supplier has answered: %w", err)
	}
	if err := s.poser(ctx, tx, id, `etat = etat`); err != nil {
		return err
	}
	if err := s.consignerPartie(ctx, tx, p, *x, i.Compte, "repondue"); err != nil || !o.Entiere {
		return err
	}
	if slices.ContainsFunc(p.Attendues(), func(y Partie) bool { return y.Fournisseur != i.Fournisseur }) {
		return nil
	}
	for _, y := range p.Vivantes() {
		if err := s.Examens.Entendue(ctx, tx, y.Cle); err != nil {
			return err
		}
	}
	return nil
}
