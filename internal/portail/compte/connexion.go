package compte

import (
	"context"
	"database/sql"
	"errors"

	"guichet/internal/portail/motdepasse"
	"guichet/internal/portail/web"
)

// Entree is what signing in with a password has led to.
type Entree struct {
	Compte        int64
	SecondFacteur bool   // a code is asked for before the session begins
	Connu         bool   // the browser is one in which the person has signed in
	Federe        string // how the identity provider was believed; "" for who gave the password
	SessionLa     string // the provider's name of the session there, with its own; "" for who gave the password
}

// errIdentifiants is the one answer to all that does not match: it does not tell which accounts there are.
func errIdentifiants() error {
	return faute("courriel", "L'adresse électronique ou le mot de passe ne convient pas.", "The e-mail address or the password does not match.")
}

// Connecter checks a password, and the code of the second factor where it comes with it. An account that does not
// exist, is not open or is closed takes as long, and gets the same answer, as a wrong password. *TropEssais when
// tried too often.
func (s *Service) Connecter(ctx context.Context, courriel, mot string, v Visite) (Entree, error) {
	propre, err := NettoyerCourriel(courriel)
	if err != nil {
		return Entree{}, err // the form is told beside the field: it says nothing about accounts
	}
	p, err := chercherPersonne(ctx, s.Base.Lire(), propre)
	if err != nil && !errors.Is(err, errInconnu) {
		return Entree{}, err
	}
	if p.etat != "actif" {
		p = personne{}
	}
	code, err := s.codeAvance(ctx, propre, p, v)
	if err != nil {
		return Entree{}, err
	}
	connu, err := s.connait(ctx, v, p.id)
	if err != nil {
		return Entree{}, err
	}
	e := Entree{Compte: p.id, SecondFacteur: p.facteur() && !code, Connu: connu}
	liberes, rendus := e.freins(propre, v, code)
	if err := s.essayerPour(ctx, p.id, append(liberes, rendus...)...); err != nil {
		return Entree{}, err
	}
	switch ok, err := s.hacheur.comparer(ctx, mot, p.motDePasse); {
	case err != nil:
		return Entree{}, err
	case !ok:
		web.Tracer(ctx, web.Trace{Genre: "connexion.refusee", Compte: p.id})
		return Entree{}, errIdentifiants()
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		for _, c := range liberes {
			err = errors.Join(err, liberer(ctx, tx, c))
		}
		for _, c := range rendus {
			err = errors.Join(err, rendre(ctx, tx, c))
		}
		if err != nil || e.SecondFacteur {
			return err
		}
		if !code {
			return s.noterCompte(ctx, tx, p.id, "compte.connecte", nil)
		}
		if err := s.prendrePas(ctx, tx, p, v.Code); err != nil {
			return err
		}
		return s.noterCompte(ctx, tx, p.id, "compte.connecte", map[string]string{"second_facteur": "code"})
	})
	return e, err
}

// freins are the brakes on one who signs in: those that a success releases, and those to which it gives its try back.
// The tries of a browser that the person has used before are counted apart, for nobody else can use them up; the code
// of the second factor passes the brake of the account, which anybody can.
func (e Entree) freins(propre string, v Visite, code bool) (liberes, rendus []compteur) {
	if e.Connu {
		return []compteur{freinConnu.pour(v.navigateur(e.Compte))}, nil
	}
	liberes, rendus = []compteur{freinDevine.pour(propre + " " + v.Reseau)}, freinAdresse.partout(v.Reseau)
	if !code {
		rendus = append(rendus, freinCompte.pour(propre))
	}
	return liberes, rendus
}

// codeAvance tells whether a code that came with the password is right. It is not taken yet: the password decides. A
// stranger who tries codes is stopped where he comes from, and gets the same answers for an address that has no account.
func (s *Service) codeAvance(ctx context.Context, propre string, p personne, v Visite) (bool, error) {
	if v.Code == "" {
		return false, nil
	}
	if err := s.essayerPour(ctx, p.id, freinAvance.pour(propre+" "+v.Reseau)); err != nil {
		return false, err
	}
	cle, err := s.cleFacteur(p)
	if err != nil || !p.totp {
		return false, nil
	}
	_, ok := pasDuCode(cle, serrer(v.Code), s.Maintenant())
	return ok, nil
}

// verifier asks the password of a signed-in person again, before something that matters.
func (s *Service) verifier(ctx context.Context, compte int64, mot string) (personne, error) {
	if err := s.essayerPour(ctx, compte, freinVerification.pour(nombre(compte))); err != nil {
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
		web.Tracer(ctx, web.Trace{Genre: "mot_de_passe.refuse", Compte: compte})
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
	entreprises, err := s.entreprises(ctx, compte)
	if err != nil {
		return err
	}
	if err := verifierMotDePasse(nouveau, motdepasse.Personne{Courriel: p.courriel, Nom: p.nom, Entreprises: entreprises}); err != nil {
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
	propre, err := NettoyerCourriel(courriel)
	if err != nil {
		return err
	}
	if err := s.essayerPour(ctx, 0, append(freinOubliAdresse.partout(adresse), freinOubli.pour(propre))...); err != nil {
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
		if err := s.emettre(ctx, tx, oubli, p.id, sansInviteur, mot); err != nil {
			return err
		}
		if err := s.noterCompte(ctx, tx, p.id, "compte.oubli", nil); err != nil {
			return err
		}
		return s.Envoyer(ctx, tx, p.motDePasseOublie(s.lien(mot)))
	})
}
