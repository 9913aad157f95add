package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Membre is a person who acts for a supplier.
type Membre struct {
	Compte   int64
	Nom      string
	Courriel string
	Role     Role
	Langue   modele.Langue // of their mails; for the agency's people
	Invite   bool          // has not accepted yet, or has no account
	Expire   time.Time     // until when the invitation waits for an answer
	Echue    bool          // it waits no longer
	Facteur  bool          // a second factor is in use
	Ferme    bool          // the account was closed
}

// chef is the role of those who decide who else acts: each supplier that has people has one.
func chef(fournisseur int64) Role {
	if fournisseur == Agence {
		return Administrateur
	}
	return Proprietaire
}

// RolesDe lists the roles that a supplier, or the agency, gives.
func RolesDe(fournisseur int64) []Role {
	if fournisseur == Agence {
		return []Role{Administrateur, Instructeur, Valideur, Comptable, Controleur}
	}
	return []Role{Proprietaire, Deposant, Lecteur}
}

func verifierRole(fournisseur int64, r Role) error {
	roles := r.Chacun()
	inconnu := slices.ContainsFunc(roles, func(x Role) bool { return !slices.Contains(RolesDe(fournisseur), x) })
	if len(roles) == 0 || inconnu || len(roles) > 1 && fournisseur != Agence {
		return faute("role", "Choisissez ce que la personne pourra faire.", "Choose what the person may do.")
	}
	return nil
}

// ErrMembre says that a person is not one of this supplier's.
var ErrMembre = errors.New("the person does not act for this supplier")

// membre reads a person of a supplier, or returns ErrMembre.
func membre(ctx context.Context, tx *sql.Tx, compte, fournisseur int64) (personne, error) {
	switch r, err := roleDe(ctx, tx, compte, fournisseur); {
	case err != nil:
		return personne{}, err
	case r == "":
		return personne{}, ErrMembre
	}
	return lirePersonne(ctx, tx, compte)
}

// ChangerRole gives a person of a supplier another role.
func (s *Service) ChangerRole(ctx context.Context, par, fournisseur, compte int64, r Role) error {
	return s.changerRoleLu(ctx, par, fournisseur, compte, r, "")
}

// changerRoleLu does so for who has read which role the person had ("" for nobody who has): a *Faute when it is another one by now.
func (s *Service) changerRoleLu(ctx context.Context, par, fournisseur, compte int64, r, lu Role) error {
	if err := verifierRole(fournisseur, r); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.noter(ctx, tx, fournisseur, par, "role.change", nombre(compte), map[string]string{"role": string(r)}); err != nil {
			return err
		}
		p, err := membre(ctx, tx, compte, fournisseur)
		if err != nil {
			return err
		}
		if !r.Comprend(chef(fournisseur)) {
			if err := garderChef(ctx, tx, fournisseur, p); err != nil {
				return err
			}
		}
		avant, err := roleDe(ctx, tx, compte, fournisseur)
		if err != nil {
			return err
		}
		if lu != "" && lu != avant && avant != r {
			nom := avant.Nom()
			return faute("role", "Depuis que vous avez lu cette page, cette personne a un autre rôle : « "+nom.Fr+" ». Rien n'a changé ; votre choix est gardé ici.",
				"Since you read this page, this person has another role: “"+nom.En+"”. Nothing has changed; your choice is kept here.")
		}
		if err := poserRole(ctx, tx, compte, fournisseur, r); err != nil || avant == r || compte == par {
			return err // nothing to tell, or who did it knows
		}
		return s.direRole(ctx, tx, fournisseur, p, r)
	})
}

// direRole tells a person of another role; who has not accepted yet reads it with the invitation.
func (s *Service) direRole(ctx context.Context, tx *sql.Tx, fournisseur int64, p personne, r Role) error {
	attente, err := enAttenteDe(ctx, tx, p, fournisseur)
	if err != nil || attente || p.etat != "actif" {
		return err
	}
	pour, err := nomDe(ctx, tx, fournisseur, p.langue)
	if err != nil {
		return err
	}
	return s.Envoyer(ctx, tx, p.roleChange(NomsRoles[r].Nom.In(p.langue), NomsRoles[r].Peut.In(p.langue), pour, s.Adresse))
}

// Retirer takes a person's role away. Whoever was only invited, and has no other role, is forgotten.
func (s *Service) Retirer(ctx context.Context, par, fournisseur, compte int64) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.noter(ctx, tx, fournisseur, par, "role.retire", nombre(compte), nil); err != nil {
			return err
		}
		p, err := membre(ctx, tx, compte, fournisseur)
		if err != nil {
			return err
		}
		if err := garderChef(ctx, tx, fournisseur, p); err != nil {
			return err
		}
		attente, err := enAttenteDe(ctx, tx, p, fournisseur)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM role WHERE compte_id = $1 AND fournisseur_id = $2`, compte, fournisseur); err != nil {
			return fmt.Errorf("take a role away: %w", err)
		}
		if attente { // nothing was given: there is nothing to tell
			return oublierInvite(ctx, tx, p, fournisseur)
		}
		return s.saluer(ctx, tx, fournisseur, p)
	})
}

// saluer tells a person that a role is gone.
func (s *Service) saluer(ctx context.Context, tx *sql.Tx, fournisseur int64, p personne) error {
	pour, err := nomDe(ctx, tx, fournisseur, p.langue)
	if err != nil {
		return err
	}
	return s.Envoyer(ctx, tx, p.roleRetire(pour, s.Adresse))
}

// garderChef refuses that the last owner goes. An owner who has not opened the account yet does not replace
// one who has.
func garderChef(ctx context.Context, tx LecteurSQL, fournisseur int64, p personne) error {
	r, err := roleDe(ctx, tx, p.id, fournisseur)
	if err != nil || !r.Comprend(chef(fournisseur)) {
		return err
	}
	attente, err := enAttenteDe(ctx, tx, p, fournisseur)
	if err != nil {
		return err
	}
	n, err := compterChefs(ctx, tx, fournisseur, p.id, attente)
	if err != nil || n > 0 {
		return err
	}
	if fournisseur == Agence {
		return faute("", "C'est le dernier administrateur : nommez-en d'abord un autre, qui ouvre son compte.",
			"This is the last administrator: first appoint another one, who opens the account.")
	}
	return faute("", "C'est le dernier propriétaire : nommez-en d'abord un autre, qui ouvre son compte.",
		"This is the last owner: first appoint another one, who opens the account.")
}

// compterChefs counts the owners other than one person, those who were only invited included or not.
func compterChefs(ctx context.Context, tx LecteurSQL, fournisseur, sauf int64, invites bool) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM role r JOIN compte c ON c.id = r.compte_id
		WHERE r.fournisseur_id = $1 AND ' ' || r.role || ' ' LIKE '% ' || CAST($2 AS TEXT) || ' %' AND r.compte_id <> $3 AND (c.etat = 'actif' AND r.accepte = 1 OR $4 = 1 AND c.etat <> 'ferme')`,
		fournisseur, string(chef(fournisseur)), sauf, db.Chiffre(invites)).Scan(&n)
	return n, err
}

func roleDe(ctx context.Context, tx LecteurSQL, compte, fournisseur int64) (r Role, err error) {
	err = tx.QueryRowContext(ctx, `SELECT role FROM role WHERE compte_id = $1 AND fournisseur_id = $2`, compte, fournisseur).Scan(&r)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return r, err
}

func poserRole(ctx context.Context, tx *sql.Tx, compte, fournisseur int64, r Role) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO role (compte_id, fournisseur_id, role) VALUES ($1, $2, $3)
		ON CONFLICT (compte_id, fournisseur_id) DO UPDATE SET role = excluded.role`, compte, fournisseur, string(r))
	if err != nil {
		return fmt.Errorf("give a role: %w", err)
	}
	return nil
}

// nomDe is the name of a supplier, or of the agency, for a mail.
func nomDe(ctx context.Context, q LecteurSQL, fournisseur int64, l modele.Langue) (nom string, err error) {
	if fournisseur == Agence {
		return nomAgence.In(l), nil
	}
	err = q.QueryRowContext(ctx, `SELECT raison_sociale FROM fournisseur WHERE id = $1`, fournisseur).Scan(&nom)
	if err != nil {
		return "", fmt.Errorf("read the supplier's name: %w", err)
	}
	return ecrit.Nom(nom), nil
}

var nomAgence = modele.Texte{Fr: "l'agence", En: "the agency"}

// Membres lists who acts for a supplier, by name. Of who was invited and has not accepted, it tells what the inviter typed.
func (s *Service) Membres(ctx context.Context, fournisseur int64) (membres []Membre, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT id, nom, courriel, role, etat, totp, expire FROM (
		SELECT c.id AS id, c.courriel AS courriel, r.role AS role, r.expire AS expire,
			CASE WHEN r.accepte = 0 AND r.nom <> '' THEN r.nom ELSE c.nom END AS nom,
			CASE WHEN r.accepte = 0 THEN 'invite' ELSE c.etat END AS etat, CASE WHEN r.accepte = 0 THEN 0 ELSE c.totp_actif + (SELECT count(*) FROM cle_acces k WHERE k.compte_id = c.id) END AS totp
		FROM role r JOIN compte c ON c.id = r.compte_id WHERE r.fournisseur_id = $1) m ORDER BY lower(nom), id LIMIT $2`, fournisseur, maxMembres)
	if err != nil {
		return nil, fmt.Errorf("list the people: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var m Membre
		var etat string
		var totp, expire int64
		if err := lignes.Scan(&m.Compte, &m.Nom, &m.Courriel, &m.Role, &etat, &totp, &expire); err != nil {
			return nil, fmt.Errorf("list the people: %w", err)
		}
		m.Invite, m.Facteur, m.Ferme = etat == "invite", totp > 0, etat == "ferme"
		m.Expire, m.Echue = db.Temps(expire), m.Invite && expire <= s.instant()
		membres = append(membres, m)
	}
	return membres, lignes.Err()
}

// maxEntreprises is how many companies of a person a password is compared with.
const maxEntreprises = 50

// entreprises are the names of the suppliers that a person acts for, or is invited by.
func (s *Service) entreprises(ctx context.Context, compte int64) (noms []string, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT f.raison_sociale FROM role r JOIN fournisseur f ON f.id = r.fournisseur_id
		WHERE r.compte_id = $1 ORDER BY f.id LIMIT $2`, compte, maxEntreprises)
	if err != nil {
		return nil, fmt.Errorf("read whom a person acts for: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var nom string
		if err := lignes.Scan(&nom); err != nil {
			return nil, fmt.Errorf("read whom a person acts for: %w", err)
		}
		noms = append(noms, nom)
	}
	return noms, lignes.Err()
}
