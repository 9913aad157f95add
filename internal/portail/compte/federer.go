package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/federe"
)

// People of the agency may sign in at its identity provider. That finds an account which an administrator has invited: by the
// address that the provider has verified, the first time, and then by the name that the provider has for the person. It opens no
// account, and nothing of a supplier's.

// Federation is who an account is at the provider.
type Federation struct {
	Cree, Utilisee time.Time // the zero time for nobody
}

// FederationDe tells it of an account.
func (s *Service) FederationDe(ctx context.Context, compte int64) (f Federation, err error) {
	if s.Federation == nil {
		return f, nil
	}
	var cree, utilisee int64
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT cree, utilisee FROM federation WHERE compte_id = $1 AND emetteur = $2`, compte, s.Federation.Emetteur).Scan(&cree, &utilisee)
	if errors.Is(err, sql.ErrNoRows) {
		return f, nil
	}
	if err != nil {
		return f, fmt.Errorf("read who an account is at the provider: %w", err)
	}
	return Federation{db.Temps(cree), db.Temps(utilisee)}, nil
}

// Federer finds the account of who comes from the provider. *federe.Refus when nobody comes in.
func (s *Service) Federer(ctx context.Context, x federe.Personne) (e Entree, err error) {
	lie, err := lieA(ctx, s.Base.Lire(), x)
	if err != nil {
		return e, err
	}
	if lie == 0 {
		if err := s.Federation.Completer(ctx, &x); err != nil {
			return e, err
		}
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := s.lier(ctx, tx, x)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE federation SET utilisee = $1 WHERE emetteur = $2 AND sujet = $3`, s.instant(), x.Emetteur, x.Sujet); err != nil {
			return fmt.Errorf("note a sign-in at the provider: %w", err)
		}
		e = Entree{Compte: p.id, SecondFacteur: p.facteur() && !x.Fort, Federe: federeFaible, SessionLa: sessionLa(x.Emetteur, x.Session)}
		details := map[string]string{"par": x.Emetteur}
		if x.Fort {
			e.Federe, details["second_facteur"] = federeFort, "fournisseur d'identité"
		}
		return s.noterCompte(ctx, tx, p.id, "compte.federe", details)
	})
	return e, err
}

// lieA is the account of a person of the provider, 0 for none.
func lieA(ctx context.Context, q LecteurSQL, x federe.Personne) (compte int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT compte_id FROM federation WHERE emetteur = $1 AND sujet = $2`, x.Emetteur, x.Sujet).Scan(&compte)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("find an account by the provider's name: %w", err)
	}
	return compte, nil
}

// lier is the open account of a person of the agency, tied from now on to the provider's name for that person.
func (s *Service) lier(ctx context.Context, tx *sql.Tx, x federe.Personne) (p personne, err error) {
	compte, err := lieA(ctx, tx, x)
	if err != nil {
		return p, err
	}
	if compte > 0 {
		if p, err = lirePersonne(ctx, tx, compte); err != nil {
			return p, err
		}
		return p, seulementAgence(ctx, tx, p)
	}
	courriel, err := NettoyerCourriel(x.Courriel)
	if err != nil {
		return p, federe.Refuser(federe.Courriel, err)
	}
	p, err = chercherPersonne(ctx, tx, courriel)
	if errors.Is(err, errInconnu) {
		return p, federe.Refuser(federe.Inconnu, err)
	}
	if err != nil {
		return p, err
	}
	if err := seulementAgence(ctx, tx, p); err != nil {
		return p, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO federation (compte_id, emetteur, sujet, cree, utilisee) VALUES ($1, $2, $3, $4, $4)`, p.id, x.Emetteur, x.Sujet, s.instant())
	if db.Doublon(err) {
		return p, federe.Refuser(federe.Autre, err)
	}
	if err != nil {
		return p, fmt.Errorf("tie an account to the provider: %w", err)
	}
	return p, errors.Join(s.noter(ctx, tx, Agence, p.id, "compte.federation_liee", nombre(p.id), map[string]string{"emetteur": x.Emetteur}),
		s.Envoyer(ctx, tx, p.federationChange(true, s.libelle(), s.Adresse)))
}

// seulementAgence lets in whose account is open and of the agency.
func seulementAgence(ctx context.Context, tx *sql.Tx, p personne) error {
	var n int64
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM role WHERE compte_id = $1 AND fournisseur_id = 0 AND accepte = 1`, p.id).Scan(&n)
	if err != nil {
		return fmt.Errorf("read whether a person is of the agency: %w", err)
	}
	if p.etat != "actif" || n == 0 {
		return federe.Refuser(federe.Inconnu, errInconnu)
	}
	return nil
}

// Delier forgets who an account is at the provider.
func (s *Service) Delier(ctx context.Context, compte int64) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		fait, err := tx.ExecContext(ctx, `DELETE FROM federation WHERE compte_id = $1`, compte)
		if err != nil {
			return fmt.Errorf("untie an account from the provider: %w", err)
		}
		if n, err := fait.RowsAffected(); err != nil || n == 0 {
			return err
		}
		p, err := lirePersonne(ctx, tx, compte)
		if err != nil {
			return err
		}
		return errors.Join(s.noter(ctx, tx, Agence, compte, "compte.federation_deliee", nombre(compte), nil),
			s.Envoyer(ctx, tx, p.federationChange(false, s.libelle(), s.Adresse)))
	})
}

// revenuUneFois takes the way back of one departure, once.
func (s *Service) revenuUneFois(ctx context.Context, etat string) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO federation_retour (etat, expire) VALUES ($1, $2)`, empreinte(etat), db.Instant(s.Maintenant().Add(dureeDepart)))
		if db.Doublon(err) {
			return federe.Refuser(federe.Etat, err)
		}
		if err != nil {
			return fmt.Errorf("note a way back from the provider: %w", err)
		}
		return nil
	})
}
