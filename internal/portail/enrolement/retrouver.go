package enrolement

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"guichet/internal/portail/compte"
	"guichet/modele"
)

// parCle finds the request of a secret: that of the browser which began it, or of a link that was mailed.
const parCle = `WHERE (empreinte = $1 OR id = (SELECT enrolement_id FROM lien_enrolement WHERE empreinte = $1 AND actif = 1)) `

// ErrFrein says that too many links were mailed to an address, or asked for by a network.
var ErrFrein = errors.New("too many links were mailed")

// EnvoyerLien mails the link that leads back to a draft to its contact, once for an address; links to former addresses of
// the contact lead nowhere any more. reseau is where it is asked from: an address that anybody may type is a stranger's.
// envoye tells whether a mail has left; ErrFrein that it may not.
func (s *Service) EnvoyerLien(ctx context.Context, secret, reseau string) (envoye bool, err error) {
	e, err := s.Lire(ctx, secret)
	if err != nil {
		return false, err
	}
	a := e.Dossier.Courriel
	connu, err := dejaEnvoye(ctx, s.Base.Lire(), e.ID, a)
	if err != nil {
		return false, err
	}
	var frein error
	if !connu && a != "" {
		if frein = s.freinerLien(ctx, a, reseau); frein != nil && !errors.Is(frein, ErrFrein) {
			return false, frein
		}
	}
	lien := rand.Text()
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		envoye = false
		if err := dirigerLiens(ctx, tx, e.ID, a, secret); err != nil || connu || a == "" || frein != nil {
			return err
		}
		envoye, err = s.garderLien(ctx, tx, e.ID, a, lien)
		if err != nil || !envoye {
			return err
		}
		return s.Envoyer(ctx, tx, e.lienDuBrouillon(s.lien(lien)))
	})
	return envoye, errors.Join(err, frein)
}

func dejaEnvoye(ctx context.Context, q lecteur, enrolement int64, a string) (oui bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM lien_enrolement WHERE enrolement_id = $1 AND courriel = $2)`, enrolement, a).Scan(&oui)
	if err != nil {
		err = fmt.Errorf("look for a link: %w", err)
	}
	return oui, err
}

func (s *Service) freinerLien(ctx context.Context, a, reseau string) error {
	err := s.Comptes.EssayerLien(ctx, a, reseau)
	var trop *compte.TropEssais
	if errors.As(err, &trop) {
		return ErrFrein
	}
	return err
}

// dirigerLiens lets the links to the address lead to the draft, and the one in use, and no others.
func dirigerLiens(ctx context.Context, tx *sql.Tx, enrolement int64, a, secret string) error {
	_, err := tx.ExecContext(ctx, `UPDATE lien_enrolement SET actif = CASE WHEN courriel = $1 OR empreinte = $2 THEN 1 ELSE 0 END WHERE enrolement_id = $3`,
		a, empreinte(secret), enrolement)
	if err != nil {
		return fmt.Errorf("change where links lead: %w", err)
	}
	return nil
}

// garderLien keeps a new link; false where another request has done so meanwhile, or the draft is gone.
func (s *Service) garderLien(ctx context.Context, tx *sql.Tx, enrolement int64, a, lien string) (bool, error) {
	r, err := tx.ExecContext(ctx, `INSERT INTO lien_enrolement (enrolement_id, courriel, empreinte, cree)
		SELECT id, $1, $2, $3 FROM enrolement WHERE id = $4 ON CONFLICT (enrolement_id, courriel) DO NOTHING`, a, empreinte(lien), s.instant(), enrolement)
	if err != nil {
		return false, fmt.Errorf("keep a link: %w", err)
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// lienDuBrouillon holds nothing that was typed: its reader may be a stranger, and its writer too.
func (e Enrolement) lienDuBrouillon(lien string) compte.Courriel {
	c := e.ecrire(modele.Texte{Fr: "Votre brouillon d'enrôlement", En: "Your draft of enrolment"},
		modele.Texte{Fr: "Quelqu'un a commencé une demande d'enrôlement et donné votre adresse pour l'interlocuteur. Son brouillon est gardé sous la référence " + e.Reference + ".",
			En: "Somebody has begun an enrolment request and given your address for the contact. Its draft is kept under the reference " + e.Reference + "."},
		modele.Texte{Fr: "Pour le reprendre, sur cet ordinateur ou un autre, ouvrez ce lien ; ne le transmettez pas :\n" + lien,
			En: "To go on with it, on this computer or another, open this link; do not pass it on:\n" + lien},
		modele.Texte{Fr: "Le lien sert autant de fois que vous voulez, tant que le brouillon est gardé : " + joursOubli + " jours après sa dernière modification. Rien n'est envoyé à l'agence avant que vous le demandiez.",
			En: "The link serves as often as you want, for as long as the draft is kept: " + joursOubli + " days after its last change. Nothing is sent to the agency before you ask for it."},
		modele.Texte{Fr: "Si ce n'est pas vous, n'ouvrez pas ce lien et ne faites rien : quelqu'un s'est sans doute trompé d'adresse. Sans autre modification, le brouillon sera effacé ; ce message ne sera pas renvoyé.",
			En: "If it was not you, do not open this link and do nothing: somebody has probably mistaken the address. Without another change the draft will be deleted; this message will not be sent again."})
	c.Nom = ""
	return c
}
