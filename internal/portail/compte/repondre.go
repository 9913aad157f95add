package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Recue is an invitation that awaits the answer of who has an account.
type Recue struct {
	Fournisseur int64  // or Agence
	Nom         string // of the supplier
	Role        Role
	Expire      time.Time
}

// ErrInvitation says that no invitation awaits an answer: it was taken back, or is too old, or never was.
var ErrInvitation = errors.New("no invitation awaits an answer")

// maxRecues bounds the list.
const maxRecues = 100

// InvitationsDe lists what awaits the answer of a person, the most urgent first.
func (s *Service) InvitationsDe(ctx context.Context, compte int64) (recues []Recue, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT r.fournisseur_id, COALESCE(f.raison_sociale, ''), r.role, r.expire FROM role r LEFT JOIN fournisseur f ON f.id = r.fournisseur_id
		WHERE r.compte_id = $1 AND r.accepte = 0 AND r.expire > $2 ORDER BY r.expire, r.fournisseur_id LIMIT $3`, compte, s.instant(), maxRecues)
	if err != nil {
		return nil, fmt.Errorf("list the invitations: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var x Recue
		var expire int64
		if err := lignes.Scan(&x.Fournisseur, &x.Nom, &x.Role, &expire); err != nil {
			return nil, fmt.Errorf("list the invitations: %w", err)
		}
		x.Nom, x.Expire = ecrit.Nom(x.Nom), db.Temps(expire)
		recues = append(recues, x)
	}
	return recues, lignes.Err()
}

// Accepter has a person act for who invited: from then on the inviter sees whose account it is. ErrInvitation when nothing
// awaits an answer; a *Faute to who is of the other side.
func (s *Service) Accepter(ctx context.Context, compte, fournisseur int64) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.noter(ctx, tx, fournisseur, compte, "role.accepte", nombre(compte), nil); err != nil {
			return err
		}
		// One acceptance of a person at a time: the agency's people and those of suppliers stay apart.
		if _, err := tx.ExecContext(ctx, `UPDATE compte SET etat = etat WHERE id = $1`, compte); err != nil {
			return fmt.Errorf("accept an invitation: %w", err)
		}
		fait, err := tx.ExecContext(ctx, `UPDATE role SET accepte = 1 WHERE compte_id = $1 AND fournisseur_id = $2 AND accepte = 0 AND expire > $3`, compte, fournisseur, s.instant())
		if err := unSeul(fait, err, "accept an invitation"); err != nil {
			return err
		}
		autre, err := autreCote(ctx, tx, compte, fournisseur)
		if err == nil && autre {
			err = deuxCotes()
		}
		return err
	})
}

// unSeul returns ErrInvitation when nothing was changed.
func unSeul(fait sql.Result, err error, quoi string) error {
	if err != nil {
		return fmt.Errorf("%s: %w", quoi, err)
	}
	if n, err := fait.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrInvitation)
	}
	return nil
}

// autreCote tells whether a person acts for a supplier, when it is the agency that invites, or for the agency, when it is a supplier.
func autreCote(ctx context.Context, q LecteurSQL, compte, fournisseur int64) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM role WHERE compte_id = $1 AND accepte = 1 AND CASE WHEN fournisseur_id = 0 THEN 1 ELSE 0 END <> $2`,
		compte, db.Chiffre(fournisseur == Agence)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("read for whom a person acts: %w", err)
	}
	return n > 0, nil
}

func deuxCotes() error {
	return faute("", "Une personne de l'agence n'agit pour aucun fournisseur, ni l'inverse : faites-vous inviter à une autre adresse électronique.",
		"A person of the agency acts for no supplier, and the other way round: have yourself invited at another e-mail address.")
}

// Decliner answers no to who invited: the invitation is forgotten, and those who decide who acts there are told.
func (s *Service) Decliner(ctx context.Context, compte, fournisseur int64) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.decliner(ctx, tx, compte, fournisseur) })
}

// DeclinerLien does so for who has the link of an invitation, and no account.
func (s *Service) DeclinerLien(ctx context.Context, secret string) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		u, err := s.consommer(ctx, tx, secret)
		if err == nil && u.genre != ouverture {
			err = ErrLien // the link stays what it was
		}
		if err != nil {
			return err
		}
		return s.decliner(ctx, tx, u.compte, u.inviteur)
	})
}

func (s *Service) decliner(ctx context.Context, tx *sql.Tx, compte, fournisseur int64) error {
	if err := s.noter(ctx, tx, fournisseur, compte, "role.decline", nombre(compte), nil); err != nil {
		return err
	}
	p, err := lirePersonne(ctx, tx, compte)
	if err != nil {
		return err
	}
	var nom string
	err = tx.QueryRowContext(ctx, `SELECT nom FROM role WHERE compte_id = $1 AND fournisseur_id = $2 AND accepte = 0`, compte, fournisseur).Scan(&nom)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrInvitation
	}
	if err != nil {
		return fmt.Errorf("decline an invitation: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM role WHERE compte_id = $1 AND fournisseur_id = $2`, compte, fournisseur); err != nil {
		return fmt.Errorf("decline an invitation: %w", err)
	}
	qui := ecrit.Nom(nom) + " (" + p.courriel + ")"
	err = s.auxChefs(ctx, tx, fournisseur, func(c personne, pour string) (Courriel, error) { return c.declinee(qui, pour, s.Adresse), nil })
	if err != nil {
		return err
	}
	return oublierInvite(ctx, tx, p, fournisseur)
}

// auxChefs writes to those who decide who acts for a supplier, whose name each mail has.
func (s *Service) auxChefs(ctx context.Context, tx *sql.Tx, fournisseur int64, ecrire func(p personne, pour string) (Courriel, error)) error {
	chefs, err := lesChefs(ctx, tx, fournisseur)
	if err != nil {
		return err
	}
	for _, p := range chefs {
		pour, err := nomDe(ctx, tx, fournisseur, p.langue)
		if err != nil {
			return err
		}
		c, err := ecrire(p, pour)
		if err != nil {
			return err
		}
		if err := s.Envoyer(ctx, tx, c); err != nil {
			return err
		}
	}
	return nil
}

// lesChefs are those who decide who acts for a supplier, and can sign in.
func lesChefs(ctx context.Context, tx *sql.Tx, fournisseur int64) (chefs []personne, err error) {
	lignes, err := tx.QueryContext(ctx, `SELECT c.id FROM role r JOIN compte c ON c.id = r.compte_id
		WHERE r.fournisseur_id = $1 AND r.role = $2 AND r.accepte = 1 AND c.etat = 'actif' ORDER BY c.id LIMIT $3`, fournisseur, string(chef(fournisseur)), maxMembres)
	if err != nil {
		return nil, fmt.Errorf("find who decides: %w", err)
	}
	var ids []int64
	for lignes.Next() {
		var id int64
		if err := lignes.Scan(&id); err != nil {
			return nil, errors.Join(err, lignes.Close())
		}
		ids = append(ids, id)
	}
	if err := errors.Join(lignes.Err(), lignes.Close()); err != nil {
		return nil, fmt.Errorf("find who decides: %w", err)
	}
	for _, id := range ids {
		p, err := lirePersonne(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		chefs = append(chefs, p)
	}
	return chefs, nil
}

// pageInvitations is what invitations.html shows: what awaits an answer.
type pageInvitations struct {
	web.Page
	Recues []ligneRecue
}

type ligneRecue struct {
	Recue
	Agence       bool
	NomRole      modele.Texte
	Peut         modele.Texte
	Inacceptable bool // the person is of the other side
}

var titreInvitations = modele.Texte{Fr: "Invitations", En: "Invitations"}

func (s *Service) pageInvitations(r *http.Request) (*pageInvitations, error) {
	i, _ := De(r.Context())
	p := &pageInvitations{Page: web.NouvellePage(r, titreInvitations, filCompte)}
	recues, err := s.InvitationsDe(r.Context(), i.Compte)
	for _, x := range recues {
		autre, err := autreCote(r.Context(), s.Base.Lire(), i.Compte, x.Fournisseur)
		if err != nil {
			return nil, err
		}
		p.Recues = append(p.Recues, ligneRecue{x, x.Fournisseur == Agence, NomsRoles[x.Role].Nom, NomsRoles[x.Role].Peut, autre})
	}
	return p, err
}

func (s *Service) montrerInvitations(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageInvitations(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "invitations.html", p)
}

// What the next page says was answered.
var (
	faitAccepte = modele.Texte{Fr: "L'invitation est acceptée : choisissez pour qui vous agissez.", En: "The invitation is accepted: choose for whom you act."}
	faitDecline = modele.Texte{Fr: "L'invitation est déclinée ; qui vous a invité en est prévenu.", En: "The invitation is declined; who invited you is told."}
)

// repondre answers the invitation in the address.
func (s *Service) repondre(faire func(ctx context.Context, compte, fournisseur int64) error, fait modele.Texte) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		i, _ := De(r.Context())
		fournisseur, err := strconv.ParseInt(r.PathValue("fournisseur"), 10, 64)
		if err == nil {
			err = faire(r.Context(), i.Compte, fournisseur)
		}
		switch {
		case err == nil:
			return web.AllerDire(w, r, "/agir-pour", fait)
		case errors.As(err, new(*Faute)):
			p, errPage := s.pageInvitations(r)
			if errPage != nil {
				return errPage
			}
			return s.refuser(w, r, "invitations.html", p, err)
		case errors.Is(err, strconv.ErrSyntax), errors.Is(err, strconv.ErrRange):
			return web.Introuvable
		}
		return introuvable(err)
	}
}

func (s *Service) declinerLien(w http.ResponseWriter, r *http.Request) error {
	switch err := s.DeclinerLien(r.Context(), r.PathValue("lien")); {
	case errors.Is(err, ErrLien), errors.Is(err, ErrInvitation):
		return s.lienMort(w, r)
	case err != nil:
		return err
	}
	return web.AllerDire(w, r, "/connexion", faitDecline)
}
