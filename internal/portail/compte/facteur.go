package compte

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"image/png"
	"io"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"guichet/internal/portail/db"
	"guichet/internal/portail/web"
)

// The second factor is TOTP (RFC 6238) as every authenticator has it: six digits, 30 seconds, SHA-1.
const (
	periode = 30 // seconds
	ecart   = 1  // steps that a telephone's clock may be early or late
)

func errCode() error {
	return faute("code", "Ce code ne convient pas. Saisissez les six chiffres que votre application affiche maintenant ; un code ne sert qu'une fois.",
		"This code does not match. Type the six digits that your application shows now; a code works once.")
}

// dureePreparation is how long a key waits for its first code.
const dureePreparation = time.Hour

// PreparerFacteur returns the key to put in an authenticator. It is that of one session, the same until ActiverFacteur
// takes it into use or an hour has passed.
func (s *Service) PreparerFacteur(ctx context.Context, compte int64, session string) (*otp.Key, error) {
	p, err := lirePersonne(ctx, s.Base.Lire(), compte)
	if err != nil {
		return nil, err
	}
	if p.totp {
		return nil, faute("", "Le second facteur est déjà en place.", "The second factor is in place already.")
	}
	cle, err := s.clePreparee(ctx, s.Base.Lire(), p, session)
	if err == nil && cle == "" {
		cle, err = s.nouvelleCle(ctx, p, session)
	}
	if err != nil {
		return nil, err
	}
	adresse := fmt.Sprintf("otpauth://totp/Guichet:%s?secret=%s&issuer=Guichet&period=%d&digits=6&algorithm=SHA1",
		strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23", "/", "%2F", " ", "%20").Replace(p.courriel), cle, periode)
	return otp.NewKeyFromURL(adresse)
}

// clePreparee is the key that a session has begun to set up, "" for none. One that cannot be opened was never in use: it is none.
func (s *Service) clePreparee(ctx context.Context, q LecteurSQL, p personne, session string) (string, error) {
	err := q.QueryRowContext(ctx, `SELECT scelle FROM facteur_prepare WHERE session = $1 AND compte_id = $2 AND expire > $3`,
		session, p.id, s.instant()).Scan(&p.scelle)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read a key in preparation: %w", err)
	}
	cle, err := s.cleFacteur(p)
	if err != nil {
		cle = ""
	}
	return cle, nil
}

func (s *Service) nouvelleCle(ctx context.Context, p personne, session string) (cle string, err error) {
	nouvelle, err := totp.Generate(totp.GenerateOpts{Issuer: "Guichet", AccountName: nombre(p.id), SecretSize: 20})
	if err != nil {
		return "", fmt.Errorf("make a key: %w", err)
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if cle, err = s.clePreparee(ctx, tx, p, session); err != nil || cle != "" {
			return err // two pages opened at once show the same key
		}
		cle = nouvelle.Secret()
		return tx.QueryRowContext(ctx, `INSERT INTO facteur_prepare (session, compte_id, scelle, expire) VALUES ($1, $2, $3, $4)
			ON CONFLICT (session) DO UPDATE SET compte_id = excluded.compte_id, scelle = excluded.scelle, expire = excluded.expire RETURNING scelle`,
			session, p.id, s.Coffre.Sceller(proprietaireCle(p.id), cle), db.Instant(s.Maintenant().Add(dureePreparation))).Scan(&p.scelle)
	})
	if err != nil {
		return "", fmt.Errorf("keep a key: %w", err)
	}
	return cle, nil
}

// Image writes the QR code of the key in preparation, as PNG.
func (s *Service) Image(ctx context.Context, compte int64, session string, w io.Writer) error {
	cle, err := s.PreparerFacteur(ctx, compte, session)
	if err != nil {
		return err
	}
	image, err := cle.Image(240, 240)
	if err != nil {
		return fmt.Errorf("draw the QR code: %w", err)
	}
	return png.Encode(w, image)
}

// ActiverFacteur puts the second factor in use once a code shows that the authenticator has the key, and
// returns the recovery codes, which nobody can read again, where there was no second factor before. The key is that which the session has shown.
func (s *Service) ActiverFacteur(ctx context.Context, compte int64, session, code string) (secours []string, err error) {
	if err := s.essayerPour(ctx, compte, freinCode.pour(nombre(compte))); err != nil {
		return nil, err
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := lirePersonne(ctx, tx, compte)
		if err != nil {
			return err
		}
		if p.totp {
			return faute("", "Le second facteur est déjà en place.", "The second factor is in place already.")
		}
		cle, err := s.clePreparee(ctx, tx, p, session)
		if err != nil {
			return err
		}
		if cle == "" { // nothing is a key, too, and its codes are known to all
			return errCode()
		}
		p.scelle = s.Coffre.Sceller(proprietaireCle(p.id), cle)
		if err := s.prendrePas(ctx, tx, p, code); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE compte SET totp_actif = 1, totp_secret = $1 WHERE id = $2`, p.scelle, compte); err != nil {
			return fmt.Errorf("put the second factor in use: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM facteur_prepare WHERE compte_id = $1`, compte); err != nil {
			return fmt.Errorf("forget the keys in preparation: %w", err)
		}
		if !p.facteur() {
			if secours, err = nouveauxSecours(ctx, tx, compte); err != nil {
				return err
			}
		}
		return errors.Join(liberer(ctx, tx, freinCode.pour(nombre(compte))), s.noterCompte(ctx, tx, compte, "compte.second_facteur", nil),
			s.Envoyer(ctx, tx, p.secondFacteurChange(true, s.Adresse)))
	})
	return secours, err
}

// VerifierCode checks the second factor of someone whose password was right: a code of the authenticator, or a
// recovery code, each taken once. *TropEssais when tried too often.
func (s *Service) VerifierCode(ctx context.Context, compte int64, code string, v Visite) error {
	frein, err := s.freinDuCode(ctx, compte, code, v)
	if err != nil {
		return err
	}
	if err := s.essayerPour(ctx, compte, frein); err != nil {
		return err
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := lirePersonne(ctx, tx, compte)
		if err != nil {
			return err
		}
		if !p.facteur() || p.etat != "actif" {
			return errCode()
		}
		action, err := s.prendreCode(ctx, tx, p, code)
		if err != nil {
			return err
		}
		return errors.Join(liberer(ctx, tx, frein),
			s.noterCompte(ctx, tx, compte, "compte.connecte", map[string]string{"second_facteur": action}))
	})
	var f *Faute
	if errors.As(err, &f) {
		web.Tracer(ctx, web.Trace{Genre: "code.refuse", Compte: compte})
	}
	return err
}

// freinDuCode is the brake on codes. Six digits are guessed, wherever one comes from; the tries of a browser that the
// person has used before are counted apart, and nobody guesses a recovery code: who knows the password cannot keep the
// owner out by either.
func (s *Service) freinDuCode(ctx context.Context, compte int64, code string, v Visite) (compteur, error) {
	switch connu, err := s.connait(ctx, v, compte); {
	case err != nil:
		return compteur{}, err
	case connu:
		return freinCodeConnu.pour(v.navigateur(compte)), nil
	case deSecours(code):
		return freinSecours.pour(nombre(compte) + " " + v.Reseau), nil
	}
	return freinCode.pour(nombre(compte)), nil
}

// deSecours tells a recovery code from one of the authenticator, which has digits alone.
func deSecours(code string) bool { return len(chiffres(code)) != len(serrer(code)) }

// prendreCode takes a code of either kind, and tells which it was.
func (s *Service) prendreCode(ctx context.Context, tx *sql.Tx, p personne, code string) (sorte string, err error) {
	if deSecours(code) {
		return "secours", s.prendreSecours(ctx, tx, p.id, code)
	}
	return "code", s.prendrePas(ctx, tx, p, code)
}

// prendrePas takes a code of the authenticator. A time step is taken once: a code seen over a shoulder, or
// sent twice at once, opens nothing.
func (s *Service) prendrePas(ctx context.Context, tx *sql.Tx, p personne, code string) error {
	cle, err := s.cleFacteur(p)
	if err != nil {
		return errCleDuGuichet()
	}
	pas, ok := pasDuCode(cle, serrer(code), s.Maintenant())
	if !ok {
		return errCode()
	}
	pris, err := tx.ExecContext(ctx, `UPDATE compte SET totp_pas = $1 WHERE id = $2 AND totp_pas < $1`, pas, p.id)
	if err != nil {
		return fmt.Errorf("take a code: %w", err)
	}
	if n, err := pris.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errCode())
	}
	return nil
}

// pasDuCode finds the time step that a code is of, among those near now.
func pasDuCode(secret, code string, maintenant time.Time) (pas int64, ok bool) {
	if secret == "" { // no key has codes, too
		return 0, false
	}
	ici := maintenant.Unix() / periode
	for pas := ici - ecart; pas <= ici+ecart; pas++ {
		bon, err := hotp.GenerateCode(secret, uint64(pas))
		if err == nil && subtle.ConstantTimeCompare([]byte(bon), []byte(code)) == 1 {
			return pas, true
		}
	}
	return 0, false
}

// RetirerFacteur takes the authenticator away, for another telephone or for good; it asks for the password and
// for a code. Administrators without a passkey are then asked to set up a new one before anything else.
func (s *Service) RetirerFacteur(ctx context.Context, compte int64, mot, code string) error {
	if _, err := s.verifier(ctx, compte, mot); err != nil {
		return err
	}
	if err := s.essayerPour(ctx, compte, freinCode.pour(nombre(compte))); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := lirePersonne(ctx, tx, compte)
		if err != nil {
			return err
		}
		if _, err := s.prendreCode(ctx, tx, p, code); err != nil {
			return err
		}
		return errors.Join(s.retirerTotp(ctx, tx, p), liberer(ctx, tx, freinCode.pour(nombre(compte))))
	})
}

// RetirerFacteurParCle does so for the answer of a passkey in place of the code: the telephone is lost, the key is not.
func (s *Service) RetirerFacteurParCle(ctx context.Context, compte int64, mot, session, reponse, reseau string) error {
	if _, err := s.verifier(ctx, compte, mot); err != nil {
		return err
	}
	return s.essayerCle(ctx, compte, session, reponse, reseau, "code", s.retirerTotp)
}

// retirerTotp takes the authenticator away; recovery codes go with the last second factor.
func (s *Service) retirerTotp(ctx context.Context, tx *sql.Tx, p personne) error {
	err := oterTotp(ctx, tx, p.id)
	if err == nil && p.cles == 0 {
		err = oterSecours(ctx, tx, p.id)
	}
	return errors.Join(err, s.noterCompte(ctx, tx, p.id, "compte.second_facteur_retire", nil), s.Envoyer(ctx, tx, p.secondFacteurChange(false, s.Adresse)))
}

// serrer takes out what people put between the characters of a code.
func serrer(code string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' || r == '\u202f' || r == '\t' {
			return -1
		}
		return r
	}, strings.ToLower(code))
}

func chiffres(code string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, code)
}
