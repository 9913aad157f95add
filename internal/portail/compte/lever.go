package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"guichet/diag"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Levee asks for the second factor of somebody else to be taken away: the telephone and the recovery codes are lost.
type Levee struct {
	Par         Identite // who decides: an owner for the supplier's people, an administrator for everybody
	MotDePasse  string   // of who decides
	Fournisseur int64    // among whose people the person is; or Agence
	Compte      int64    // the person
	Motif       string   // in at most 500 characters; the person reads it
}

// maxMotif is the longest reason, in characters.
const maxMotif = 500

func nettoyerMotif(saisie string) (string, error) {
	m := diag.Neutralize(strings.Join(strings.Fields(saisie), " "))
	switch n := utf8.RuneCountInString(m); {
	case ecrit.Vide(saisie):
		return "", faute("motif", "Dites pourquoi, et comment vous avez reconnu la personne : elle le lira.",
			"Say why, and how you recognised the person, who will read it.")
	case n > maxMotif:
		return "", tropLong("motif", modele.Texte{Fr: "le motif", En: "the reason"}, maxMotif, n)
	}
	return m, nil
}

// LeverFacteur does so, ends the person's sessions and tells the person. ErrMembre when the person is not among those
// people; a *Faute when it cannot be.
func (s *Service) LeverFacteur(ctx context.Context, l Levee) error {
	if l.Compte == l.Par.Compte {
		return faute("", "C'est votre propre second facteur : changez-le depuis votre compte.", "This is your own second factor: change it from your account.")
	}
	motif, errMotif := nettoyerMotif(l.Motif)
	_, err := s.verifier(ctx, l.Par.Compte, l.MotDePasse)
	if err := errors.Join(errMotif, err); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.noter(ctx, tx, l.Fournisseur, l.Par.Compte, "role.second_facteur_leve", nombre(l.Compte), map[string]string{"motif": motif}); err != nil {
			return err
		}
		p, err := membre(ctx, tx, l.Compte, l.Fournisseur)
		if err != nil {
			return err
		}
		if err := peutLever(ctx, tx, l, p); err != nil {
			return err
		}
		chez, err := nomDe(ctx, tx, l.Par.Fournisseur, p.langue)
		if err != nil {
			return err
		}
		return s.lever(ctx, tx, p, l.Par.Nom+" ("+chez+")", motif)
	})
}

// peutLever keeps an owner from weakening what others rely on: whoever acts elsewhere, too, is the agency's affair.
func peutLever(ctx context.Context, tx *sql.Tx, l Levee, p personne) error {
	if !l.Par.Role.Comprend(Administrateur) { // before anything is told of an account that may be a stranger's
		if attente, err := enAttenteDe(ctx, tx, p, l.Fournisseur); err != nil || attente {
			return errors.Join(err, faute("", "Cette personne n'a pas encore répondu à l'invitation.", "This person has not answered the invitation yet."))
		}
	}
	if !p.facteur() {
		return sansFacteur()
	}
	if l.Par.Role.Comprend(Administrateur) {
		return nil
	}
	var ailleurs int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM role WHERE compte_id = $1 AND fournisseur_id <> $2 AND accepte = 1`, p.id, l.Fournisseur).Scan(&ailleurs)
	if err == nil && ailleurs > 0 {
		return faute("", "Cette personne n'agit pas que pour vous : seule l'agence peut retirer son second facteur. Écrivez-lui un message.",
			"This person does not act for you alone: only the agency can take the second factor away. Write it a message.")
	}
	return err
}

func sansFacteur() error {
	return faute("", "Cette personne n'a pas de second facteur : son mot de passe suffit.", "This person has no second factor: the password is enough.")
}

// LeverFacteurDe does so for the account of an address, whoever it acts for, on behalf of who runs the program.
func (s *Service) LeverFacteurDe(ctx context.Context, courriel, motif string) error {
	courriel, errCourriel := NettoyerCourriel(courriel)
	motif, errMotif := nettoyerMotif(motif)
	if err := errors.Join(errCourriel, errMotif); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := chercherPersonne(ctx, tx, courriel)
		switch {
		case errors.Is(err, errInconnu):
			return faute("courriel", "Aucun compte n'a cette adresse.", "No account has this address.")
		case err != nil:
			return err
		case !p.facteur():
			return sansFacteur()
		}
		var chez int64
		if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MIN(fournisseur_id), 0) FROM role WHERE compte_id = $1 AND accepte = 1`, p.id).Scan(&chez); err != nil {
			return err
		}
		if err := s.noter(ctx, tx, chez, 0, "role.second_facteur_leve", nombre(p.id), map[string]string{"motif": motif}); err != nil {
			return err
		}
		return s.lever(ctx, tx, p, nomExploitant.In(p.langue), motif)
	})
}

func (s *Service) lever(ctx context.Context, tx *sql.Tx, p personne, par, motif string) error {
	if err := errors.Join(oterTotp(ctx, tx, p.id), oterCles(ctx, tx, p.id), oterSecours(ctx, tx, p.id)); err != nil {
		return err
	}
	_, err := terminerSessions(ctx, tx, p.id, "")
	return errors.Join(err, liberer(ctx, tx, freinCode.pour(nombre(p.id))), s.Envoyer(ctx, tx, p.facteurLeve(par, motif, s.Adresse)))
}

// oterTotp takes the authenticator away.
func oterTotp(ctx context.Context, tx *sql.Tx, compte int64) error {
	if _, err := tx.ExecContext(ctx, `UPDATE compte SET totp_actif = 0, totp_secret = '' WHERE id = $1`, compte); err != nil {
		return fmt.Errorf("take the second factor away: %w", err)
	}
	return nil
}

// oterCles takes the passkeys away, and what was asked of them.
func oterCles(ctx context.Context, tx *sql.Tx, compte int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM cle_acces WHERE compte_id = $1`, compte)
	if err == nil {
		_, err = tx.ExecContext(ctx, `DELETE FROM cle_defi WHERE compte_id = $1`, compte)
	}
	if err != nil {
		return fmt.Errorf("take the passkeys away: %w", err)
	}
	return nil
}

// oterSecours takes the recovery codes away, which stand in for a second factor.
func oterSecours(ctx context.Context, tx *sql.Tx, compte int64) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM code_secours WHERE compte_id = $1`, compte); err != nil {
		return fmt.Errorf("take the recovery codes away: %w", err)
	}
	return nil
}
