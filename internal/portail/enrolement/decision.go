package enrolement

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Decision is what an administrator decides. Envoye is when the request that was looked at had been sent, in
// microseconds: one sent again meanwhile is another.
type Decision struct {
	Accepte bool
	Reprend bool // an opinion that the same person gave is taken back; nothing else is decided
	Motif   string
	Envoye  int64
}

// Decider accepts or refuses a request. Of two decisions at once one holds, and the other is told whose it was. Where two
// people decide, the first who accepts gives an opinion, and another one's acceptance is needed.
func (s *Service) Decider(ctx context.Context, par, id int64, d Decision) error {
	if err := d.verifier(); err != nil {
		return err
	}
	secret := rand.Text()
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		e, err := trouver(ctx, tx, `WHERE id = $1 AND etat <> 'brouillon' `+s.Base.Dialecte.Verrou, id)
		switch {
		case err != nil:
			return err
		case e.Etat != Demande:
			return deja(ctx, tx, e)
		case db.Instant(e.Envoye) != d.Envoye:
			return faute("", "La demande a été corrigée et renvoyée depuis que vous l'avez ouverte : relisez-la.", "The request was corrected and sent again since you opened it: read it again.")
		}
		return s.trancher(ctx, tx, par, e, d, secret)
	})
}

// trancher takes a decision on a request that is locked and waits for one.
func (s *Service) trancher(ctx context.Context, tx *sql.Tx, par int64, e Enrolement, d Decision, secret string) error {
	switch {
	case d.Reprend && e.Avis != par:
		return faute("", "Vous n'avez pas d'avis à reprendre sur cette demande.", "You have no opinion to take back on this request.")
	case d.Reprend:
		return s.donnerAvis(ctx, tx, par, e, Reprise)
	case s.aDeux(e) && e.Avis == par:
		return faute("", "Vous avez déjà donné votre avis : une autre personne décide. Pour décider autrement, reprenez-le d'abord.",
			"You have given your opinion already: another person decides. To decide otherwise, take it back first.")
	case d.Accepte && s.aDeux(e) && e.Avis == 0:
		return s.donnerAvis(ctx, tx, par, e, Avis)
	case d.Accepte:
		return s.accepter(ctx, tx, par, e)
	}
	return s.refuser(ctx, tx, par, e, d.Motif, secret)
}

func (d *Decision) verifier() error {
	d.Motif = strings.TrimSpace(d.Motif)
	switch n := len([]rune(d.Motif)); {
	case d.Accepte, d.Reprend:
		d.Motif = ""
	case ecrit.Vide(d.Motif):
		return faute("motif", "Dites pourquoi : le fournisseur lira ce motif tel quel.", "Say why: the supplier will read this reason as it is.")
	case n > maxMotif:
		return tropLong("motif", modele.Texte{Fr: "le motif", En: "the reason"}, maxMotif, n)
	}
	return nil
}

// deja tells who decided.
func deja(ctx context.Context, tx *sql.Tx, e Enrolement) error {
	var nom string
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(nom), '') FROM compte WHERE id = $1`, e.Decideur).Scan(&nom); err != nil {
		return err
	}
	quoi := modele.Texte{Fr: "refusé", En: "refused"}
	if e.Etat == Accepte {
		quoi = modele.Texte{Fr: "accepté", En: "accepted"}
	}
	return faute("", nom+" a déjà "+quoi.Fr+" cette demande. Votre décision n'a rien changé.", nom+" has "+quoi.En+" this request already. Your decision changed nothing.")
}

func (s *Service) accepter(ctx context.Context, tx *sql.Tx, par int64, e Enrolement) (err error) {
	if e.Genre == Enroler {
		if e.Fournisseur, err = s.enroler(ctx, tx, e.Dossier); err != nil {
			return err
		}
	}
	if err := s.noter(ctx, tx, e.Fournisseur, par, string(e.Genre)+".accepte", e.Reference, nil); err != nil {
		return err
	}
	if err := s.appliquer(ctx, tx, par, e); err != nil {
		return err
	}
	if err := s.conclure(ctx, tx, par, e, Accepte, ""); err != nil {
		return err
	}
	if e.Genre == Enroler {
		return nil // the invitation tells it
	}
	return s.Envoyer(ctx, tx, e.acceptee(s.Adresse))
}

// appliquer does what was asked for.
func (s *Service) appliquer(ctx context.Context, tx *sql.Tx, par int64, e Enrolement) error {
	switch e.Genre {
	case Virement:
		_, err := tx.ExecContext(ctx, `UPDATE fournisseur SET titulaire = $1, iban = $2, bic = $3 WHERE id = $4`, e.Dossier.Titulaire, e.Dossier.IBAN, e.Dossier.BIC, e.Fournisseur)
		return err
	case Ajout:
		return referencer(ctx, tx, e.Fournisseur, e.Dossier.Logiciels)
	default:
		if err := referencer(ctx, tx, e.Fournisseur, e.Dossier.Logiciels); err != nil {
			return err
		}
		return s.Comptes.InviterDans(ctx, tx, par, compte.Invitation{
			Fournisseur: e.Fournisseur, Role: compte.Proprietaire, Courriel: e.Dossier.Courriel, Nom: e.Dossier.Contact, Langue: e.Langue, Avant: e.accord(),
		})
	}
}

func (s *Service) enroler(ctx context.Context, tx *sql.Tx, d Dossier) (id int64, err error) {
	hors := 0
	if d.HorsTVA {
		hors = 1
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, adresse, iban, bic, titulaire, hors_tva, cree, decide, cherche)
		VALUES ($1, $2, 'actif', $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12) ON CONFLICT (siret) DO NOTHING RETURNING id`,
		d.SIRET, d.RaisonSociale, d.Contact, d.Courriel, d.Telephone, d.Adresse, d.IBAN, d.BIC, d.Titulaire, hors, s.instant(), ecrit.Plier(d.RaisonSociale)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, faute("", "Ce SIRET est déjà enrôlé : refusez la demande, sans dire au demandeur ce qui est enrôlé.", "This SIRET is enrolled already: refuse the request, without telling the applicant what is enrolled.")
	}
	if err != nil {
		return 0, fmt.Errorf("enrol a supplier: %w", err)
	}
	return id, nil
}

// referencer gives a supplier its software; each number is one supplier's alone.
func referencer(ctx context.Context, tx *sql.Tx, fournisseur int64, logiciels []Logiciel) error {
	for _, l := range logiciels {
		r, err := tx.ExecContext(ctx, `INSERT INTO logiciel (numero_ans, fournisseur_id, nom, version, profils) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (numero_ans) DO NOTHING`, l.NumeroAns, fournisseur, l.Nom, l.Version, strings.Join(l.Profils, "\n"))
		if err != nil {
			return fmt.Errorf("add a software: %w", err)
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, faute("", "Le numéro "+l.NumeroAns+" est déjà celui d'un fournisseur : refusez la demande, sans dire duquel.", "The number "+l.NumeroAns+" is a supplier's already: refuse the request, without telling whose."))
		}
	}
	return nil
}

func (s *Service) conclure(ctx context.Context, tx *sql.Tx, par int64, e Enrolement, etat Etat, motif string) error {
	if err := s.noterExamen(ctx, tx, par, e, Acte(etat), motif); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE enrolement SET etat = $1, motif = $2, decide = $3, decideur = $4, fournisseur_id = $5, avis = 0 WHERE id = $6`,
		string(etat), motif, s.instant(), par, sql.NullInt64{Int64: e.Fournisseur, Valid: e.Fournisseur > 0}, e.ID)
	if err != nil {
		return fmt.Errorf("decide on a request: %w", err)
	}
	return nil
}

// refuser gives the request back, with a new link when its sender has no account.
func (s *Service) refuser(ctx context.Context, tx *sql.Tx, par int64, e Enrolement, motif, secret string) error {
	if err := s.noter(ctx, tx, e.Fournisseur, par, string(e.Genre)+".refuse", e.Reference, nil); err != nil {
		return err
	}
	if err := s.conclure(ctx, tx, par, e, Refuse, motif); err != nil {
		return err
	}
	lien := s.Adresse + "/entreprise"
	if e.Genre == Enroler {
		lien = s.lien(secret)
		if _, err := tx.ExecContext(ctx, `UPDATE enrolement SET empreinte = $1 WHERE id = $2`, empreinte(secret), e.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM lien_enrolement WHERE enrolement_id = $1`, e.ID); err != nil {
			return err
		}
	}
	return s.Envoyer(ctx, tx, e.refusee(motif, lien))
}
