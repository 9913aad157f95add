package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"guichet/internal/portail/db"
)

// A person changes the address by proof of both: the session is confirmed (password, second factor), and a link mailed to the new
// address is opened in it. The former address is told, with a link that stops the change, and takes it back for a while.

const (
	dureeConfirmationAdresse = 24 * time.Hour     // to open the link
	dureeRetourAdresse       = 3 * 24 * time.Hour // to take a change back
)

// ChangementAdresse is one that is asked for, or was made lately.
type ChangementAdresse struct {
	id              int64
	compte          int64
	Ancien, Nouveau string
	Fait            time.Time // zero while it waits
	Expire          time.Time
}

const changements = `SELECT id, compte_id, ancien, courriel, fait, expire FROM changement_adresse `

func scruterChangement(ligne *sql.Row) (c ChangementAdresse, err error) {
	var fait, expire int64
	err = ligne.Scan(&c.id, &c.compte, &c.Ancien, &c.Nouveau, &fait, &expire)
	if errors.Is(err, sql.ErrNoRows) {
		return c, ErrLien
	}
	if err != nil {
		return c, fmt.Errorf("read a change of address: %w", err)
	}
	if fait > 0 {
		c.Fait = db.Temps(fait)
	}
	c.Expire = db.Temps(expire)
	return c, nil
}

// AdresseAttendue is the change that a person asked for and has not confirmed; ErrLien for none.
func (s *Service) AdresseAttendue(ctx context.Context, compte int64) (ChangementAdresse, error) {
	return scruterChangement(s.Base.Lire().QueryRowContext(ctx, changements+`WHERE compte_id = $1 AND fait = 0 AND expire > $2`, compte, s.instant()))
}

// AdresseDuLien is the change that a link to the new address confirms, for the person who asked; ErrLien for others.
func (s *Service) AdresseDuLien(ctx context.Context, compte int64, lien string) (ChangementAdresse, error) {
	return scruterChangement(s.Base.Lire().QueryRowContext(ctx, changements+`WHERE compte_id = $1 AND confirme = $2 AND fait = 0 AND expire > $3`, compte, empreinte(lien), s.instant()))
}

const parArret = `WHERE (arret = $1 OR retour = $1) AND expire > $2`

// AdresseArretee is the change that a link to the former address stops or takes back; ErrLien for none.
func (s *Service) AdresseArretee(ctx context.Context, lien string) (ChangementAdresse, error) {
	return scruterChangement(s.Base.Lire().QueryRowContext(ctx, changements+parArret, empreinte(lien), s.instant()))
}

// DemanderAdresse asks for another address. Nothing that comes back tells whether an account has it: its mailbox is told.
func (s *Service) DemanderAdresse(ctx context.Context, compte int64, courriel string) error {
	propre, err := NettoyerCourriel(courriel)
	if err != nil {
		return err
	}
	p, err := lirePersonne(ctx, s.Base.Lire(), compte)
	if err != nil {
		return err
	}
	if propre == p.courriel {
		return faute("courriel", "C'est déjà votre adresse.", "This is your address already.")
	}
	if err := s.essayerPour(ctx, compte, freinAdresseSoi.pour(nombre(compte)), freinAdresseNouvelle.pour(propre)); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.noterCompte(ctx, tx, compte, "compte.adresse_demandee", nil); err != nil {
			return err
		}
		return s.garderAdresse(ctx, tx, p, propre)
	})
}

// garderAdresse keeps what is asked in place of what was asked before, and mails both addresses.
func (s *Service) garderAdresse(ctx context.Context, tx *sql.Tx, p personne, courriel string) error {
	confirme, arret := secret(), secret()
	if _, err := tx.ExecContext(ctx, `DELETE FROM changement_adresse WHERE compte_id = $1 AND fait = 0`, p.id); err != nil {
		return fmt.Errorf("ask for another address: %w", err)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO changement_adresse (compte_id, ancien, courriel, confirme, arret, retour, expire) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.id, p.courriel, courriel, empreinte(confirme), empreinte(arret), empreinte(secret()), db.Instant(s.Maintenant().Add(dureeConfirmationAdresse)))
	if err != nil {
		return fmt.Errorf("ask for another address: %w", err)
	}
	nouveau := p.aNouvelleAdresse(courriel, s.Adresse+"/compte/adresse/confirmation/"+confirme)
	switch autre, err := chercherPersonne(ctx, tx, courriel); {
	case err == nil: // it has an account: that person is told, and the link is nobody's
		nouveau = autre.adressePrise(s.Adresse)
	case !errors.Is(err, errInconnu):
		return err
	}
	return errors.Join(s.Envoyer(ctx, tx, nouveau), s.Envoyer(ctx, tx, p.adresseDemandee(courriel, s.Adresse+"/adresse/"+arret)))
}

// AbandonnerAdresse forgets what a person asked for.
func (s *Service) AbandonnerAdresse(ctx context.Context, compte int64) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM changement_adresse WHERE compte_id = $1 AND fait = 0`, compte)
		return errors.Join(err, s.noterCompte(ctx, tx, compte, "compte.adresse_arretee", nil))
	})
}

// ConfirmerAdresse makes the change that a link confirms: the person's other sessions, the links of the account and the browsers
// that were known end. session is the one that stays.
func (s *Service) ConfirmerAdresse(ctx context.Context, compte int64, lien, session string) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		mot := secret()
		c, err := scruterChangement(tx.QueryRowContext(ctx, `UPDATE changement_adresse SET fait = $1, retour = $2, expire = $3
			WHERE compte_id = $4 AND confirme = $5 AND fait = 0 AND expire > $1 RETURNING id, compte_id, ancien, courriel, fait, expire`,
			s.instant(), empreinte(mot), db.Instant(s.Maintenant().Add(dureeRetourAdresse)), compte, empreinte(lien)))
		if err != nil {
			return err
		}
		p, err := lirePersonne(ctx, tx, compte)
		if err != nil {
			return err
		}
		if p.courriel != c.Ancien { // it was taken back meanwhile
			return ErrLien
		}
		if err := s.poserAdresse(ctx, tx, p, c.Nouveau, session, "compte.adresse"); err != nil {
			return err
		}
		ancien := p.adresseChangee(c.Nouveau, s.Adresse+"/adresse/"+mot)
		p.courriel = c.Nouveau
		return errors.Join(s.Envoyer(ctx, tx, ancien), s.Envoyer(ctx, tx, p.adresseEnPlace(s.Adresse)))
	})
}

// poserAdresse gives an account an address. Nothing that was open or known with the former one stays so.
func (s *Service) poserAdresse(ctx context.Context, tx *sql.Tx, p personne, courriel, sauf, action string) error {
	if err := s.noterCompte(ctx, tx, p.id, action, nil); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE compte SET courriel = $1, connus_depuis = $2 WHERE id = $3`, courriel, s.Maintenant().Unix(), p.id)
	if db.Doublon(err) {
		return faute("", "Cette adresse est maintenant celle d'un autre compte : écrivez à l'agence.", "This address is now another account's: write to the agency.")
	}
	if err != nil {
		return fmt.Errorf("change an address: %w", err)
	}
	if err := retirerLiens(ctx, tx, p.id); err != nil {
		return err
	}
	_, err = terminerSessions(ctx, tx, p.id, sauf)
	return err
}

// ArreterAdresse stops a change, or takes it back with those that followed. Whoever asked had the password and the second factor:
// the sessions end, the password no longer works, and a link to choose another one is mailed to the former address.
func (s *Service) ArreterAdresse(ctx context.Context, lien string) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		c, err := scruterChangement(tx.QueryRowContext(ctx, changements+parArret+" "+s.Base.Dialecte.Verrou, empreinte(lien), s.instant()))
		if err != nil {
			return err
		}
		p, err := lirePersonne(ctx, tx, c.compte)
		if err != nil {
			return err
		}
		fait, err := tx.ExecContext(ctx, `DELETE FROM changement_adresse WHERE compte_id = $1 AND id >= $2`, c.compte, c.id)
		if err != nil {
			return fmt.Errorf("stop a change of address: %w", err)
		}
		if n, err := fait.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrLien)
		}
		if err := s.poserAdresse(ctx, tx, p, c.Ancien, "", "compte.adresse_arretee"); err != nil {
			return err
		}
		return s.remettreMotDePasse(ctx, tx, p, c.Ancien)
	})
}

// remettreMotDePasse leaves an account without password, and mails a link to choose one.
func (s *Service) remettreMotDePasse(ctx context.Context, tx *sql.Tx, p personne, courriel string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE compte SET mot_de_passe = '' WHERE id = $1`, p.id); err != nil {
		return fmt.Errorf("take a password away: %w", err)
	}
	mot := secret()
	if err := s.emettre(ctx, tx, oubli, p.id, sansInviteur, mot); err != nil {
		return err
	}
	p.courriel = courriel
	return s.Envoyer(ctx, tx, p.adresseArretee(s.lien(mot)))
}
