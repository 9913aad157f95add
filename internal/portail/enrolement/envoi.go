package enrolement

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"guichet/internal/portail/journal"
)

// Manque lists what a request still lacks, as faults that lead to nothing: its pages say where.
func (e Enrolement) Manque() error {
	var errs []error
	manque := func(absent bool, fr, en string) {
		if absent {
			errs = append(errs, faute("", fr, en))
		}
	}
	if e.Genre == Enroler {
		manque(e.Dossier.SIRET == "", "Complétez la page « Votre entreprise ».", "Fill in the page “Your company”.")
		manque(e.Dossier.Contact == "", "Complétez la page « Votre interlocuteur ».", "Fill in the page “Your contact”.")
		manque(e.Dossier.IBAN == "", "Complétez la page « Coordonnées bancaires ».", "Fill in the page “Bank details”.")
		manque(len(e.Dossier.Logiciels) == 0, "Ajoutez au moins un logiciel.", "Add at least one software.")
	}
	for _, g := range e.Attendues() {
		manque(e.Piece(g.Code) == nil, "Il manque un document : "+g.Nom.Fr+".", "A document is missing: "+g.Nom.En+".")
	}
	return errors.Join(errs...)
}

// EnvoyerDemande sends the request of a secret to the agency, when its sender declares that it is true.
func (s *Service) EnvoyerDemande(ctx context.Context, secret string, declare bool) (reference string, err error) {
	err = s.surBrouillon(ctx, secret, func(ctx context.Context, tx *sql.Tx, e *Enrolement) error {
		err := errors.Join(e.Manque(), s.erreurs(*e))
		if !declare {
			err = errors.Join(err, faute("declaration", "Cochez la déclaration sur l'honneur pour envoyer la demande.", "Check the declaration on honour to send the request."))
		}
		if err != nil {
			return err
		}
		reference = e.Reference
		return s.deposer(ctx, tx, *e, secret)
	})
	return reference, err
}

// erreurs lists what is wrong with what is there, as the list of parts tells it.
func (s *Service) erreurs(e Enrolement) error {
	var errs []error
	for _, x := range s.Etapes(e) {
		for _, t := range x.Erreurs {
			errs = append(errs, faute("", x.Nom.Fr+" : "+t.Fr, x.Nom.En+": "+t.En))
		}
	}
	return errors.Join(errs...)
}

func (s *Service) deposer(ctx context.Context, tx *sql.Tx, e Enrolement, secret string) error {
	_, err := tx.ExecContext(ctx, `UPDATE enrolement SET etat = 'demande', motif = '', envoye = $1, modifie = $1, decide = 0, decideur = 0,
		reseau = '', site = '', recues = 0 WHERE id = $2`, s.instant(), e.ID)
	if err != nil {
		return fmt.Errorf("send a request: %w", err)
	}
	if err := s.noter(ctx, tx, journal.Agence, 0, "enrolement.demande", e.Reference, nil); err != nil {
		return err
	}
	return s.Envoyer(ctx, tx, e.recu(s.lien(secret)))
}

// lien leads back to a request, without an account.
func (s *Service) lien(secret string) string { return s.Adresse + "/enrolement/lien/" + secret }
