package compte

import (
	"context"
	"database/sql"
	"errors"
)

// Entree is what signing in with a password has led to.
type Entree struct {
	Compte        int64
	SecondFacteur bool // a code is asked for before the session begins
}

// errIdentifiants is the one answer to all that does not match: it does not tell which accounts there are.
func errIdentifiants() error {
	return faute("courriel", "L'adresse électronique ou le mot de passe ne convient pas.", "The e-mail address or the password does not match.")
}

// Connecter checks a password. adresse is where the request comes from. An account that does not exist, is not
// open or is closed takes as long, and gets the same answer, as a wrong password. *TropEssais when tried too
// often.
func (s *Service) Connecter(ctx context.Context, courriel, mot, adresse string) (Entree, error) {
	propre, err := nettoyerCourriel(courriel)
	if err != nil {
		return Entree{}, err // the form is told beside the field: it says nothing about accounts
	}
	devine := freinDevine.pour(propre + " " + adresse)
	rendus := append(freinAdresse.partout(adresse), freinCompte.pour(propre))
	if err := s.essayer(ctx, append([]compteur{devine}, rendus...)...); err != nil {
		return Entree{}, err
	}
	p, err := chercherPersonne(ctx, s.Base.Lire(), propre)
	if err != nil && !errors.Is(err, errInconnu) {
		return Entree{}, err
	}
	if p.etat != "actif" {
		p.motDePasse = ""
	}
	switch ok, err := s.hacheur.comparer(ctx, mot, p.motDePasse); {
	case err != nil:
		return Entree{}, err
	case !ok:
		return Entree{}, errIdentifiants()
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := liberer(ctx, tx, devine)
		for _, c := range rendus {
			err = errors.Join(err, rendre(ctx, tx, c))
		}
		if err != nil || p.totp {
			return err
		}
		return s.noterCompte(ctx, tx, p.id, "compte.connecte", nil)
	})
	return Entree{p.id, p.totp}, err
}

// verifier asks the password of a signed-in person again, before something that matters.
func (s *Service) verifier(ctx context.Context, compte int64, mot string) (personne, error) {
	if err := s.essayer(ctx, freinVerification.pour(nombre(compte))); err != nil {
		return personne{}, err
	}
	p, err := lirePersonne(ctx, s.Base.Lire(), compte)
	if err != nil {
		return p, err
	}
	switch ok, err := s.hacheur.comparer(ctx, mot, p.motDePasse); {
	case err != nil:
		return p, err
	case !ok:
		return p, faute("actuel", "Ce n'est pas votre mot de passe actuel.", "This is not your current password.")
	}
	return p, nil
}

// ChangerMotDePasse replaces the password of a signed-in person; the person's other sessions end. session is
// the one that stays.
func (s *Service) ChangerMotDePasse(ctx context.Context, compte int64, actuel, nouveau, session string) error {
	p, err := s.verifier(ctx, compte, actuel)
	if err != nil {
		return err
	}
	if err := verifierMotDePasse(nouveau, p.courriel, p.nom); err != nil {
		return err
	}
	hache, err := s.hacheur.hacher(ctx, nouveau)
	if err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return errors.Join(liberer(ctx, tx, freinVerification.pour(nombre(compte))), s.remplacer(ctx, tx, compte, hache, session))
	})
}

// Oublier sends a link to choose a new password, when an open account has this address. Nothing that comes back
// tells whether one has.
func (s *Service) Oublier(ctx context.Context, courriel, adresse string) error {
	propre, err := nettoyerCourriel(courriel)
	if err != nil {
		return err
	}
	if err := s.essayer(ctx, append(freinOubliAdresse.partout(adresse), freinOubli.pour(propre))...); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := chercherPersonne(ctx, tx, propre)
		switch {
		case errors.Is(err, errInconnu):
			return nil
		case err != nil:
			return err
		case p.etat != "actif":
			return nil // an invitation is sent again by whoever invited
		}
		mot := secret()
		if err := s.emettre(ctx, tx, oubli, p.id, mot); err != nil {
			return err
		}
		if err := s.noterCompte(ctx, tx, p.id, "compte.oubli", nil); err != nil {
			return err
		}
		return s.Envoyer(ctx, tx, p.motDePasseOublie(s.lien(mot)))
	})
}
