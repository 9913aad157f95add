package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"guichet/internal/portail/db"
	"guichet/modele"
)

// Invitation asks a person to act for a supplier, or for the agency.
type Invitation struct {
	Fournisseur int64 // or Agence
	Role        Role
	Courriel    string
	Nom         string
	Langue      modele.Langue
	Avant       modele.Texte // what led to it, told first; empty for nothing
}

// Inviter offers a role to a person, whose account is made when there is none, and writes to that person, who accepts it or
// declines. par is the account that invites, 0 for the program.
func (s *Service) Inviter(ctx context.Context, par int64, i Invitation) error {
	if err := s.nettoyer(&i); err != nil {
		return err
	}
	if err := s.freinerInvitation(ctx, par); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.InviterDans(ctx, tx, par, i) })
}

// freinerInvitation bounds what a person has mailed to others; the program knows what it does.
func (s *Service) freinerInvitation(ctx context.Context, par int64) error {
	if par == 0 {
		return nil
	}
	return s.essayerPour(ctx, par, freinInvitation.pour(nombre(par)))
}

// InviterDans is Inviter in the transaction of what it follows from.
func (s *Service) InviterDans(ctx context.Context, tx *sql.Tx, par int64, i Invitation) error {
	if err := s.nettoyer(&i); err != nil {
		return err
	}
	p, err := s.trouverOuCreer(ctx, tx, i)
	if err != nil {
		return err
	}
	// The journal first: it keeps others from changing this supplier's people until the transaction ends.
	if err := s.noter(ctx, tx, i.Fournisseur, par, "role.invite", nombre(p.id), map[string]string{"role": string(i.Role)}); err != nil {
		return err
	}
	if err := s.proposer(ctx, tx, i, p); err != nil {
		return err
	}
	return s.ecrireInvitation(ctx, tx, i.Fournisseur, p, i.Avant)
}

func (s *Service) nettoyer(i *Invitation) error {
	var errCourriel, errNom error
	i.Courriel, errCourriel = NettoyerCourriel(i.Courriel)
	if i.Nom, errNom = nettoyerNom(i.Nom); errNom == nil && i.Fournisseur != Agence {
		errNom = s.nomPersonne("nom", i.Nom)
	}
	return errors.Join(errNom, errCourriel, verifierRole(i.Fournisseur, i.Role))
}

func (s *Service) trouverOuCreer(ctx context.Context, tx *sql.Tx, i Invitation) (personne, error) {
	_, err := tx.ExecContext(ctx, `INSERT INTO compte (courriel, nom, langue, etat, cree) VALUES ($1, $2, $3, 'invite', $4)
		ON CONFLICT (courriel) DO NOTHING`, i.Courriel, i.Nom, code(i.Langue), s.instant())
	if err != nil {
		return personne{}, fmt.Errorf("create an account: %w", err)
	}
	return chercherPersonne(ctx, tx, i.Courriel)
}

// proposer offers the role, unless the person has one there, or would be without an owner.
func (s *Service) proposer(ctx context.Context, tx *sql.Tx, i Invitation, p personne) error {
	deja, err := roleDe(ctx, tx, p.id, i.Fournisseur)
	if err != nil {
		return err
	}
	if deja != "" {
		return faute("courriel", "Cette personne est déjà dans la liste. Changez son rôle au lieu de l'inviter.",
			"This person is in the list already. Change the role instead of inviting.")
	}
	if err := placeLibre(ctx, tx, i.Fournisseur); err != nil {
		return err
	}
	if !i.Role.Comprend(chef(i.Fournisseur)) {
		n, err := compterChefs(ctx, tx, i.Fournisseur, p.id, true)
		switch {
		case err != nil:
			return err
		case n == 0:
			return faute("role", "La première personne est propriétaire.", "The first person is an owner.")
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO role (compte_id, fournisseur_id, role, nom, accepte, expire) VALUES ($1, $2, $3, $4, 0, $5)`,
		p.id, i.Fournisseur, string(i.Role), i.Nom, s.finInvitation())
	if err != nil {
		return fmt.Errorf("offer a role: %w", err)
	}
	return nil
}

// finInvitation is until when an invitation that is sent now waits for an answer: as long as its link works.
func (s *Service) finInvitation() int64 { return db.Instant(s.Maintenant().Add(durees[ouverture])) }

// enAttenteDe tells whether a person has not answered who invited.
func enAttenteDe(ctx context.Context, tx LecteurSQL, p personne, fournisseur int64) (bool, error) {
	var accepte int64
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(accepte), 0) FROM role WHERE compte_id = $1 AND fournisseur_id = $2`, p.id, fournisseur).Scan(&accepte)
	return p.etat == "invite" || accepte == 0, err
}

// maxMembres is how many people act for one supplier.
const maxMembres = 500

func placeLibre(ctx context.Context, tx *sql.Tx, fournisseur int64) error {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM role WHERE fournisseur_id = $1`, fournisseur).Scan(&n)
	if err == nil && n >= maxMembres {
		return faute("", "La liste a déjà 500 personnes : retirez-en d'abord.", "The list has 500 people already: take some off first.")
	}
	return err
}

func (s *Service) ecrireInvitation(ctx context.Context, tx *sql.Tx, fournisseur int64, p personne, avant modele.Texte) error {
	pour, err := nomDe(ctx, tx, fournisseur, p.langue)
	if err != nil {
		return err
	}
	switch p.etat {
	case "ferme":
		if avant.Fr == "" {
			return nil // the agency closed the account: nobody else opens it
		}
		return s.Envoyer(ctx, tx, p.dejaFerme(avant, s.Adresse))
	case "actif":
		return s.Envoyer(ctx, tx, p.rolePropose(avant, pour, s.Adresse))
	}
	mot := secret()
	if err := s.emettre(ctx, tx, ouverture, p.id, fournisseur, mot); err != nil {
		return err
	}
	return s.Envoyer(ctx, tx, p.invitation(avant, pour, s.lien(mot)))
}

// Relancer sends the invitation again, with a new link.
func (s *Service) Relancer(ctx context.Context, par, fournisseur, compte int64) error {
	if err := s.freinerInvitation(ctx, par); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := membre(ctx, tx, compte, fournisseur)
		if err != nil {
			return err
		}
		attente, err := enAttenteDe(ctx, tx, p, fournisseur)
		switch {
		case err != nil:
			return err
		case !attente:
			return faute("", "Cette personne a déjà accepté : il n'y a plus d'invitation à renvoyer.", "This person has accepted already: there is no invitation to send again.")
		}
		if err := s.noter(ctx, tx, fournisseur, par, "role.relance", nombre(compte), nil); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE role SET expire = $1 WHERE compte_id = $2 AND fournisseur_id = $3`, s.finInvitation(), compte, fournisseur); err != nil {
			return fmt.Errorf("offer a role again: %w", err)
		}
		return s.ecrireInvitation(ctx, tx, fournisseur, p, modele.Texte{})
	})
}

// oublierInvite forgets an invitation, and a person who never came and whom nobody else has invited.
func oublierInvite(ctx context.Context, tx *sql.Tx, p personne, fournisseur int64) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM jeton WHERE compte_id = $1 AND fournisseur_id = $2`, p.id, fournisseur); err != nil {
		return err
	}
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM role WHERE compte_id = $1`, p.id).Scan(&n); err != nil || n > 0 || p.etat != "invite" {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM jeton WHERE compte_id = $1`, p.id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM compte WHERE id = $1`, p.id)
	return err
}
