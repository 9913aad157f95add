package avis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/modele"
)

// Reponse is what somebody says who was asked.
type Reponse struct {
	Decline bool // that they cannot say
	Sens    Sens
	Texte   string
}

// verifier refuses an answer that says nothing.
func (r *Reponse) verifier() error {
	r.Texte = strings.TrimSpace(r.Texte)
	_, mot := (&Avis{Etat: Rendu, Sens: r.Sens}).Mot()
	switch {
	case !r.Decline && mot == (modele.Texte{}):
		return refuser("Choisissez ce que vous pensez de la demande.", "Choose what you think of the request.")
	case !r.Decline && r.Sens == Defavorable && ecrit.Vide(r.Texte):
		return refuser("Dites pourquoi en quelques mots.", "Say why in a few words.")
	case utf8.RuneCountInString(r.Texte) > MaxTexte:
		return refuser("Le texte a plus de 4 000 caractères : raccourcissez-le.", "The text has more than 4,000 characters: shorten it.")
	}
	return nil
}

// Rendre gives the opinion that a colleague was asked for; ErrInconnu when it was asked of somebody else.
func (s *Service) Rendre(ctx context.Context, a instruction.Agent, id int64, r Reponse) error {
	if err := r.verifier(); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		x, err := s.lire(ctx, tx, id)
		if err == nil && (x.Compte == 0 || x.Compte != a.Compte) {
			err = ErrInconnu
		}
		if err != nil {
			return err
		}
		return s.rendre(ctx, tx, x, r)
	})
}

// RendreDehors gives the opinion that a link asks for; ErrInconnu when the link leads nowhere, or no longer.
func (s *Service) RendreDehors(ctx context.Context, lien string, r Reponse) error {
	if err := r.verifier(); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		x, err := s.parLien(ctx, tx, lien)
		if err != nil {
			return err
		}
		return s.rendre(ctx, tx, x, r)
	})
}

func (s *Service) rendre(ctx context.Context, tx *sql.Tx, x *Avis, r Reponse) error {
	d, err := s.saisir(ctx, tx, x)
	switch {
	case err != nil:
		return err
	case x.Etat != Attendu || !etat.Permis(etat.Aviser, d.Etat) || x.fini(s.Maintenant()):
		return plusAttendu(x)
	case x.Compte > 0 && d.Agent == x.Compte:
		return refuser("Vous tenez maintenant cette demande : un avis est celui d'une autre personne. Reprenez la demande d'avis, ou confiez la demande.",
			"You hold this request now: an opinion is somebody else's. Take what was asked back, or hand the request over.")
	}
	e, acte := Rendu, "rendu"
	if r.Decline {
		e, acte, r.Sens = Decline, "decline", ""
	}
	if err := s.poser(ctx, tx, x, e, r); err != nil {
		return err
	}
	if err := s.aDire(ctx, tx, destinataire(aQui(d, x), ""), x.ID, ditReponse); err != nil {
		return err
	}
	details := map[string]string{"avis": strconv.FormatInt(x.ID, 10)}
	if r.Sens != "" {
		details["sens"] = string(r.Sens)
	}
	return s.consigner(ctx, tx, x.Fournisseur, x.Compte, x.Cle, acte, details)
}

// aQui is the account that what was answered is told to: who holds the demande, or else who asked.
func aQui(d *instruction.Dossier, x *Avis) int64 {
	if d.Agent > 0 {
		return d.Agent
	}
	return x.Par
}

// saisir locks the demande of an opinion, and reads both as they are then: all acts on opinions lock in that order, as decisions do.
func (s *Service) saisir(ctx context.Context, tx *sql.Tx, x *Avis) (*instruction.Dossier, error) {
	if err := s.Examens.Toucher(ctx, tx, x.Cle); err != nil {
		return nil, err
	}
	d, err := s.Examens.Dossier(ctx, tx, x.Cle)
	if err != nil {
		return nil, err
	}
	y, err := s.lire(ctx, tx, x.ID)
	if err == nil {
		*x = *y
	}
	return d, err
}

// poser keeps what became of an opinion that was waited for, and how many the demande has then.
func (s *Service) poser(ctx context.Context, tx *sql.Tx, x *Avis, e Etat, r Reponse) error {
	rendu := int64(0)
	if e == Rendu || e == Decline {
		rendu = s.instant()
	}
	fait, err := tx.ExecContext(ctx, `UPDATE avis SET etat = $1, sens = $2, texte = $3, rendu = $4, relance = 0 WHERE id = $5 AND etat = 'attendu'`, string(e), string(r.Sens), r.Texte, rendu, x.ID)
	if err != nil {
		return fmt.Errorf("keep an opinion: %w", err)
	}
	if n, err := fait.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, plusAttendu(x))
	}
	tous, err := s.De(ctx, tx, x.Cle)
	if err != nil {
		return err
	}
	if err := s.Examens.Consulter(ctx, tx, x.Cle, compter(tous), time.Time{}); err != nil {
		return err
	}
	if attendus(tous) {
		return nil
	}
	return s.Examens.Revenir(ctx, tx, x.Cle)
}

// plusAttendu says why an opinion is not taken.
func plusAttendu(x *Avis) error {
	_, mot := x.Mot()
	if x.Etat == Attendu {
		mot = etats[Echu].Nom
	}
	return refuser("Cet avis n'est plus attendu ("+strings.ToLower(mot.Fr)+") : rien n'est enregistré.", "This opinion is waited for no longer ("+strings.ToLower(mot.En)+"): nothing is kept.")
}

// Retirer takes back what was asked: who asked, who holds the demande, or an administrator (chef).
func (s *Service) Retirer(ctx context.Context, a instruction.Agent, chef bool, id int64) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		x, err := s.lire(ctx, tx, id)
		if err != nil {
			return err
		}
		d, err := s.saisir(ctx, tx, x)
		switch {
		case err != nil:
			return err
		case !chef && x.Par != a.Compte && d.Agent != a.Compte:
			return refuser("Seule la personne qui a demandé l'avis, celle qui tient la demande ou un administrateur le reprend. Rien n'est changé.", "Only who asked for the opinion, who holds the request, or an administrator takes it back. Nothing is changed.")
		case x.Etat != Attendu || !etat.Permis(etat.Decharger, d.Etat):
			return plusAttendu(x)
		}
		if err := s.poser(ctx, tx, x, Retire, Reponse{}); err != nil {
			return err
		}
		return s.consigner(ctx, tx, x.Fournisseur, a.Compte, x.Cle, "retire", map[string]string{"avis": strconv.FormatInt(x.ID, 10)})
	})
}
