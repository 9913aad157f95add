package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"guichet/internal/portail/db"
	"guichet/internal/portail/motdepasse"
	"guichet/modele"
)

// Ouverture is what a person gives to open an account or to choose a new password.
type Ouverture struct {
	Courriel   string // asked of the first administrator alone
	Nom        string // asked when an account is opened
	MotDePasse string
	Langue     modele.Langue
}

// Ouvrir uses a link: the account is open with this password, its other sessions end. It returns the
// account; ErrLien when the link no longer works, a *Faute when something must be typed again (the link then
// still works).
func (s *Service) Ouvrir(ctx context.Context, secret string, o Ouverture) (compte int64, err error) {
	lien, err := s.LireLien(ctx, secret)
	if err != nil {
		return 0, err
	}
	entreprises, err := s.entreprises(ctx, lien.compte)
	if err != nil {
		return 0, err
	}
	if err := o.completer(lien, entreprises); err != nil {
		return 0, err
	}
	if lien.Nouveau && !lien.Premier {
		if err := s.nomDuCompte(ctx, lien.compte, o.Nom); err != nil {
			return 0, err
		}
	}
	hache, err := s.hacheur.hacher(ctx, o.MotDePasse)
	if err != nil {
		return 0, err
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		u, err := s.consommer(ctx, tx, secret)
		if err != nil {
			return err
		}
		switch compte = u.compte; u.genre {
		case premier:
			compte, err = s.creerPremier(ctx, tx, o, hache)
		case ouverture:
			err = s.activer(ctx, tx, u, o, hache)
		case oubli:
			err = s.remplacer(ctx, tx, compte, hache, "")
		}
		return err
	})
	return compte, err
}

// completer checks what was typed, and takes the rest from the link.
func (o *Ouverture) completer(l Lien, entreprises []string) (err error) {
	var fautes []error
	garder := func(valeur string, err error) string {
		fautes = append(fautes, err)
		return valeur
	}
	if l.Premier {
		o.Courriel = garder(NettoyerCourriel(o.Courriel))
	} else {
		o.Courriel = l.Courriel
	}
	if l.Nouveau {
		o.Nom = garder(nettoyerNom(o.Nom))
	} else {
		o.Nom = l.Nom
	}
	fautes = append(fautes, verifierMotDePasse(o.MotDePasse, motdepasse.Personne{Courriel: o.Courriel, Nom: o.Nom, Entreprises: entreprises}))
	return errors.Join(fautes...)
}

func (s *Service) creerPremier(ctx context.Context, tx *sql.Tx, o Ouverture, hache string) (compte int64, err error) {
	if seul, err := sansAdministrateur(ctx, tx); err != nil || !seul {
		return 0, errors.Join(err, ErrLien)
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO compte (courriel, nom, langue, mot_de_passe, etat, cree) VALUES ($1, $2, $3, $4, 'actif', $5)
		RETURNING id`, o.Courriel, o.Nom, code(o.Langue), hache, s.instant()).Scan(&compte)
	if db.Doublon(err) {
		return 0, faute("courriel", "Un compte a déjà cette adresse électronique.", "An account has this e-mail address already.")
	}
	if err != nil {
		return 0, fmt.Errorf("create the first administrator: %w", err)
	}
	if err := poserRole(ctx, tx, compte, Agence, Administrateur); err != nil {
		return 0, err
	}
	return compte, s.noter(ctx, tx, Agence, compte, "compte.premier", nombre(compte), nil)
}

// activer opens an account. Its person thereby accepts the invitation whose link it is, and no other.
func (s *Service) activer(ctx context.Context, tx *sql.Tx, u utilise, o Ouverture, hache string) error {
	_, err := tx.ExecContext(ctx, `UPDATE compte SET nom = $1, langue = $2, mot_de_passe = $3, etat = 'actif' WHERE id = $4`,
		o.Nom, code(o.Langue), hache, u.compte)
	if err != nil {
		return fmt.Errorf("open the account: %w", err)
	}
	if err := retirerLiens(ctx, tx, u.compte); err != nil { // those of other inviters
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE role SET accepte = 1 WHERE compte_id = $1 AND fournisseur_id = $2`, u.compte, u.inviteur)
	if err != nil {
		return fmt.Errorf("accept an invitation: %w", err)
	}
	return s.noterCompte(ctx, tx, u.compte, "compte.ouvert", nil)
}

// remplacer keeps a new password; sessions and links of the account end, but for the session that asks.
func (s *Service) remplacer(ctx context.Context, tx *sql.Tx, compte int64, hache, saufSession string) error {
	p, err := lirePersonne(ctx, tx, compte)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE compte SET mot_de_passe = $1 WHERE id = $2`, hache, compte); err != nil {
		return fmt.Errorf("keep the password: %w", err)
	}
	if err := retirerLiens(ctx, tx, compte); err != nil {
		return err
	}
	if _, err := terminerSessions(ctx, tx, compte, saufSession); err != nil {
		return err
	}
	if err := s.noterCompte(ctx, tx, compte, "compte.mot_de_passe", nil); err != nil {
		return err
	}
	return s.Envoyer(ctx, tx, p.motDePasseChange(s.Adresse))
}
