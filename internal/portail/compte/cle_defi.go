package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"guichet/internal/portail/cleacces"
	"guichet/internal/portail/db"
	"guichet/internal/portail/web"
)

// What a browser is asked waits in the session, for ten minutes, and is taken by one answer. Forms have it: the answer comes back
// in a field, as a code does.

const (
	dureeDefi = 10 * time.Minute
	maxDefis  = 4 // of a session: pages that are open at once
)

// cleProposee is the part of a page that lets a passkey answer in place of a code.
type cleProposee struct {
	Defi     string // for the browser; "" where no passkey can answer
	Ailleurs string // where passkeys answer, when it is not here
	Cles     bool   // the person has passkeys
	Totp     bool   // and codes of an authenticator
}

// offrirCle fills it in for a person.
func (s *Service) offrirCle(r *http.Request, compte int64) (c cleProposee, err error) {
	p, err := lirePersonne(r.Context(), s.Base.Lire(), compte)
	if err != nil {
		return c, err
	}
	c.Totp, c.Cles = p.totp, p.cles > 0
	if !c.Cles {
		return c, nil
	}
	return c, s.defier(r, p, &c, cleacces.Site.Demander)
}

// defier asks for a passkey, or for a new one.
func (s *Service) defier(r *http.Request, p personne, c *cleProposee, demander func(cleacces.Site, cleacces.Personne) (cleacces.Defi, error)) error {
	ctx := r.Context()
	site, ok := cleacces.Pour(s.Adresse)
	if !ok {
		return nil
	}
	if c.Ailleurs = site.Ailleurs(r.Host); c.Ailleurs != "" {
		return nil
	}
	cles, err := s.Cles(ctx, p.id)
	if err != nil {
		return err
	}
	d, err := demander(site, p.porteur(cles))
	if err != nil {
		return err
	}
	c.Defi = d.Options
	return s.garderDefi(ctx, p.id, cleDeSession(ctx), d)
}

// cleDeSession names the session of a request.
func cleDeSession(ctx context.Context) string {
	if p, ok := ctx.Value(clePassage{}).(*passage); ok {
		return p.cle
	}
	return ""
}

func (s *Service) garderDefi(ctx context.Context, compte int64, session string, d cleacces.Defi) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO cle_defi (session, compte_id, defi, attendu, expire) VALUES ($1, $2, $3, $4, $5)`,
			session, compte, d.Valeur, d.Attendu, db.Instant(s.Maintenant().Add(dureeDefi)))
		if err == nil {
			_, err = tx.ExecContext(ctx, `DELETE FROM cle_defi WHERE session = $1 AND id NOT IN (SELECT id FROM cle_defi WHERE session = $1 ORDER BY id DESC LIMIT $2)`, session, maxDefis)
		}
		if err != nil {
			return fmt.Errorf("keep a challenge: %w", err)
		}
		return nil
	})
}

// prendreDefi takes the challenge that an answer is to: once, in the session and for the account that it was made for.
func (s *Service) prendreDefi(ctx context.Context, tx *sql.Tx, compte int64, session, reponse string) (site cleacces.Site, attendu string, err error) {
	site, ok := cleacces.Pour(s.Adresse)
	defi, err := cleacces.DefiDe(reponse)
	if !ok || err != nil {
		return site, "", errCle("")
	}
	err = tx.QueryRowContext(ctx, `DELETE FROM cle_defi WHERE session = $1 AND defi = $2 AND compte_id = $3 AND expire > $4 RETURNING attendu`,
		session, defi, compte, s.instant()).Scan(&attendu)
	if errors.Is(err, sql.ErrNoRows) {
		return site, "", errCle("")
	}
	if err != nil {
		return site, "", fmt.Errorf("take a challenge: %w", err)
	}
	return site, attendu, nil
}

// clonee says that a passkey has counted fewer signatures than before.
type clonee struct{ cle int64 }

func (*clonee) Error() string { return "a passkey that may have been copied" }

// prendreCle takes the answer of a passkey of a person; *clonee, and nothing is taken, when there may be two of it.
func (s *Service) prendreCle(ctx context.Context, tx *sql.Tx, p personne, session, reponse string) error {
	site, attendu, err := s.prendreDefi(ctx, tx, p.id, session, reponse)
	if err != nil {
		return err
	}
	cles, err := clesDe(ctx, tx, p.id)
	if err != nil {
		return err
	}
	c, err := site.Verifier(p.porteur(cles), attendu, reponse)
	if errors.Is(err, cleacces.ErrRefusee) {
		return errCle("")
	}
	if err != nil && !errors.Is(err, cleacces.ErrClonee) {
		return err
	}
	for _, gardee := range cles {
		if gardee.Cle.ID != c.ID {
			continue
		}
		if err != nil {
			return &clonee{gardee.ID}
		}
		return s.compterCle(ctx, tx, gardee.ID, c)
	}
	return errCle("")
}

// compterCle notes a use. Of two answers at once, only one has counted further than what is kept.
func (s *Service) compterCle(ctx context.Context, tx *sql.Tx, cle int64, c cleacces.Cle) error {
	fait, err := tx.ExecContext(ctx, `UPDATE cle_acces SET donnees = $1, compteur = $2, utilisee = $3 WHERE id = $4 AND (compteur < $2 OR $2 = 0)`,
		string(c.Donnees), int64(c.Compteur), s.instant(), cle)
	if err != nil {
		return fmt.Errorf("note the use of a passkey: %w", err)
	}
	if n, err := fait.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errCle(""))
	}
	return nil
}

// essayerCle takes the answer of a passkey, with what goes with it, beside the field it came in. Whatever is refused is traced, and
// its challenge is gone.
func (s *Service) essayerCle(ctx context.Context, compte int64, session, reponse, reseau, champ string, avec func(context.Context, *sql.Tx, personne) error) error {
	frein := freinCle.pour(nombre(compte) + " " + reseau)
	if err := s.essayerPour(ctx, compte, frein); err != nil {
		return err
	}
	err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := lirePersonne(ctx, tx, compte)
		if err != nil {
			return err
		}
		if p.etat != "actif" {
			return errCle("")
		}
		if err := s.prendreCle(ctx, tx, p, session, reponse); err != nil {
			return err
		}
		return errors.Join(liberer(ctx, tx, frein), avec(ctx, tx, p))
	})
	var double *clonee
	var f *Faute
	switch {
	case errors.As(err, &double):
		web.Tracer(ctx, web.Trace{Genre: "cle.clonee", Compte: compte, Objet: nombre(double.cle)})
		return errors.Join(errClonee(champ), s.jeterDefi(ctx, session, reponse, double.cle))
	case errors.As(err, &f):
		web.Tracer(ctx, web.Trace{Genre: "cle.refusee", Compte: compte})
		return errors.Join(&Faute{ou(f.Champ, champ), f.Texte}, s.jeterDefi(ctx, session, reponse, 0))
	}
	return err
}

// jeterDefi forgets the challenge of an answer that was refused, and notes the doubt about a passkey, 0 for none.
func (s *Service) jeterDefi(ctx context.Context, session, reponse string, douteuse int64) error {
	defi, _ := cleacces.DefiDe(reponse)
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM cle_defi WHERE session = $1 AND defi = $2`, session, defi)
		if err == nil && douteuse > 0 {
			_, err = tx.ExecContext(ctx, `UPDATE cle_acces SET doute = $1 WHERE id = $2`, s.instant(), douteuse)
		}
		if err != nil {
			return fmt.Errorf("forget a challenge: %w", err)
		}
		return nil
	})
}

// VerifierCle checks the passkey of someone whose password was right.
func (s *Service) VerifierCle(ctx context.Context, compte int64, session, reponse string, v Visite) error {
	return s.essayerCle(ctx, compte, session, reponse, v.Reseau, "", func(ctx context.Context, tx *sql.Tx, _ personne) error {
		return s.noterCompte(ctx, tx, compte, "compte.connecte", map[string]string{"second_facteur": "cle"})
	})
}
