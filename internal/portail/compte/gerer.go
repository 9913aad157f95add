package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// What the agency does about somebody's account: it ends the sessions, closes the account and opens it again, and names an
// owner where none is left.

// Mesure is one of these acts.
type Mesure struct {
	Par         Identite // an administrator
	Fournisseur int64    // among whose people the person is; or Agence
	Compte      int64
	Motif       string // in at most 500 characters; the person reads it
}

// sur does something about a person of a supplier: noted first, told to the person afterwards.
func (s *Service) sur(ctx context.Context, m Mesure, action string, faire func(ctx context.Context, tx *sql.Tx, p personne) (modele.Texte, error)) error {
	if m.Compte == m.Par.Compte {
		return faute("", "C'est votre propre compte : un autre administrateur le fait.", "This is your own account: another administrator does it.")
	}
	motif, err := nettoyerMotif(m.Motif)
	if err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.noter(ctx, tx, m.Fournisseur, m.Par.Compte, action, nombre(m.Compte), map[string]string{"motif": motif}); err != nil {
			return err
		}
		p, err := membre(ctx, tx, m.Compte, m.Fournisseur)
		if err != nil {
			return err
		}
		fait, err := faire(ctx, tx, p)
		if err != nil {
			return err
		}
		return s.Envoyer(ctx, tx, p.mesure(fait, motif, s.Adresse))
	})
}

// TerminerSessionsDe ends all sessions of a person.
func (s *Service) TerminerSessionsDe(ctx context.Context, m Mesure) error {
	return s.sur(ctx, m, "role.sessions_terminees", func(ctx context.Context, tx *sql.Tx, p personne) (modele.Texte, error) {
		_, err := terminerSessions(ctx, tx, p.id, "")
		return modele.Texte{Fr: "L'agence a terminé vos sessions au guichet : reconnectez-vous.", En: "The agency has ended your sessions at the counter: sign in again."}, err
	})
}

// FermerCompte closes the account of a person, everywhere: sessions and links end. The last administrator is refused.
func (s *Service) FermerCompte(ctx context.Context, m Mesure) error {
	return s.sur(ctx, m, "compte.ferme", func(ctx context.Context, tx *sql.Tx, p personne) (t modele.Texte, err error) {
		if p.etat != "actif" {
			return t, faute("", "Ce compte n'est pas ouvert : il n'y a rien à fermer.", "This account is not open: there is nothing to close.")
		}
		if m.Fournisseur == Agence {
			if err := garderChef(ctx, tx, Agence, p); err != nil {
				return t, err
			}
		}
		if err := poserEtat(ctx, tx, p.id, "ferme"); err != nil {
			return t, err
		}
		_, err = terminerSessions(ctx, tx, p.id, "")
		return modele.Texte{Fr: "L'agence a fermé votre compte au guichet : vous ne pouvez plus vous y connecter.", En: "The agency has closed your account at the counter: you can no longer sign in."},
			errors.Join(err, retirerLiens(ctx, tx, p.id))
	})
}

// RouvrirCompte opens an account that was closed, with the password and second factor that it had.
func (s *Service) RouvrirCompte(ctx context.Context, m Mesure) error {
	return s.sur(ctx, m, "compte.rouvert", func(ctx context.Context, tx *sql.Tx, p personne) (t modele.Texte, err error) {
		if p.etat != "ferme" {
			return t, faute("", "Ce compte n'est pas fermé.", "This account is not closed.")
		}
		return modele.Texte{Fr: "L'agence a rouvert votre compte au guichet : connectez-vous comme avant.", En: "The agency has opened your account at the counter again: sign in as before."},
			poserEtat(ctx, tx, p.id, "actif")
	})
}

// NommerProprietaire gives a person of a supplier the role of owner.
func (s *Service) NommerProprietaire(ctx context.Context, m Mesure) error {
	return s.sur(ctx, m, "role.change", func(ctx context.Context, tx *sql.Tx, p personne) (t modele.Texte, err error) {
		if m.Fournisseur == Agence || p.etat == "ferme" {
			return t, faute("", "Cette personne ne peut pas être propriétaire.", "This person cannot be an owner.")
		}
		pour, err := nomDe(ctx, tx, m.Fournisseur, p.langue)
		if err != nil {
			return t, err
		}
		return modele.Texte{Fr: "L'agence vous a nommé propriétaire de « " + pour + " ».", En: "The agency has made you an owner of “" + pour + "”."},
			poserRole(ctx, tx, p.id, m.Fournisseur, Proprietaire)
	})
}

func poserEtat(ctx context.Context, tx *sql.Tx, compte int64, etat string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE compte SET etat = $1 WHERE id = $2`, etat, compte); err != nil {
		return fmt.Errorf("close or open an account: %w", err)
	}
	return nil
}

// pageGerer is what gerer.html shows: a person, to the agency.
type pageGerer struct {
	web.Page
	Membre   Membre
	NomRole  modele.Texte
	Sessions int
	Racine   string // of the addresses of the acts
	Nommable bool   // may become an owner
	Soi      bool
}

func (s *Service) pageGerer(r *http.Request) (p *pageGerer, fournisseur int64, err error) {
	fournisseur, fil, err := s.chez(r)
	if err != nil {
		return nil, 0, err
	}
	m, err := s.membreDe(r, fournisseur)
	if err != nil {
		return nil, 0, err
	}
	i, _ := De(r.Context())
	p = &pageGerer{Page: web.NouvellePage(r, modele.Texte{Fr: m.Nom, En: m.Nom}, fil...), Membre: m, NomRole: m.Role.Nom(),
		Racine: fil[len(fil)-1].Adresse + "/" + nombre(m.Compte), Nommable: fournisseur != Agence && m.Role != Proprietaire && !m.Ferme, Soi: m.Compte == i.Compte}
	sessions, err := s.Sessions(r.Context(), Identite{Compte: m.Compte})
	p.Sessions = len(sessions)
	return p, fournisseur, err
}

func (s *Service) montrerGerer(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.pageGerer(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "gerer.html", p)
}

// mesurer makes the handler of one act.
func (s *Service) mesurer(fait modele.Texte, faire func(context.Context, Mesure) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p, fournisseur, err := s.pageGerer(r)
		if err != nil {
			return err
		}
		i, _ := De(r.Context())
		err = faire(r.Context(), Mesure{Par: i, Fournisseur: fournisseur, Compte: p.Membre.Compte, Motif: r.PostFormValue("motif")})
		switch {
		case errors.Is(err, ErrMembre):
			return introuvable(err)
		case err != nil:
			return s.refuser(w, r, "gerer.html", p, err)
		}
		return web.AllerDire(w, r, p.Racine+"/gestion", fait)
	}
}

// What the page says was done.
var (
	faitSessions = modele.Texte{Fr: "Les sessions sont terminées ; un courriel en prévient la personne.", En: "The sessions have ended; a mail tells the person."}
	faitFerme    = modele.Texte{Fr: "Le compte est fermé ; un courriel en prévient la personne.", En: "The account is closed; a mail tells the person."}
	faitRouvert  = modele.Texte{Fr: "Le compte est rouvert ; un courriel en prévient la personne.", En: "The account is open again; a mail tells the person."}
	faitNomme    = modele.Texte{Fr: "La personne est propriétaire ; un courriel l'en prévient.", En: "The person is an owner; a mail tells it."}
	faitInvitee  = modele.Texte{Fr: "L'invitation est partie.", En: "The invitation is on its way."}
)

// inviterProprietaire has the agency invite an owner of a supplier, who is not among its people yet.
func (s *Service) inviterProprietaire(w http.ResponseWriter, r *http.Request) error {
	p, fournisseur, err := s.pageGens(r)
	if err != nil {
		return err
	}
	i, _ := De(r.Context())
	err = s.Inviter(r.Context(), i.Compte, Invitation{
		Fournisseur: fournisseur, Role: Proprietaire, Courriel: r.PostFormValue("courriel"), Nom: r.PostFormValue("nom"), Langue: i.Langue,
	})
	if err != nil {
		return s.refuser(w, r, "gens.html", p, err)
	}
	return web.AllerDire(w, r, p.Racine, faitInvitee)
}
