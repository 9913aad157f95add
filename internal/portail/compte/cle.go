package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/diag"
	"guichet/internal/portail/cleacces"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Passkeys are a second factor beside the authenticator: either does, at the sign-in and wherever the second factor is asked again.

// Cle is a passkey of a person.
type Cle struct {
	ID             int64
	Nom            string
	Cree, Utilisee time.Time
	Doute          time.Time // when it was refused because its count had gone back
	cleacces.Cle
}

const (
	maxCles   = 10 // of a person
	maxNomCle = 60 // characters
)

// Cles lists the passkeys of an account, the oldest first.
func (s *Service) Cles(ctx context.Context, compte int64) ([]Cle, error) {
	return clesDe(ctx, s.Base.Lire(), compte)
}

func clesDe(ctx context.Context, q db.Lecteur, compte int64) (cles []Cle, err error) {
	cles, err = db.Lignes(ctx, q, func(l db.Ligne, c *Cle) error {
		var cree, utilisee, doute int64
		err := l.Scan(&c.ID, &c.Nom, &c.Cle.ID, &c.Donnees, &c.Compteur, &cree, &utilisee, &doute)
		c.Cree, c.Utilisee, c.Doute = db.Temps(cree), db.Temps(utilisee), db.Temps(doute)
		return err
	}, `SELECT id, nom, identifiant, donnees, compteur, cree, utilisee, doute FROM cle_acces WHERE compte_id = $1 ORDER BY id LIMIT $2`, compte, maxCles)
	if err != nil {
		return nil, fmt.Errorf("read the passkeys: %w", err)
	}
	return cles, nil
}

// porteur is a person as passkeys know one.
func (p personne) porteur(cles []Cle) cleacces.Personne {
	x := cleacces.Personne{Compte: p.id, Courriel: p.courriel, Nom: p.nom}
	for _, c := range cles {
		x.Cles = append(x.Cles, c.Cle)
	}
	return x
}

func errCle(champ string) error {
	return faute(champ, "La clé d'accès n'a pas pu être vérifiée : la demande a plus de dix minutes, a déjà servi, ou la réponse ne convient pas. Recommencez.",
		"The passkey could not be checked: the request is over ten minutes old, was used already, or the answer does not match. Try again.")
}

// errClonee tells whoever holds a key that there may be two of it.
func errClonee(champ string) error {
	return faute(champ, "Cette clé d'accès est refusée : elle a compté moins de signatures que la dernière fois, comme le ferait une copie. Servez-vous d'un autre second facteur ou d'un code de secours, retirez cette clé depuis « Mon compte », et prévenez l'agence si vous n'avez pas copié votre clé.",
		"This passkey is refused: it has counted fewer signatures than the last time, as a copy would. Use another second factor or a recovery code, remove this key from “My account”, and tell the agency if you have not copied your key.")
}

func nettoyerNomCle(saisie string) (string, error) {
	n := diag.Neutralize(strings.Join(strings.Fields(saisie), " "))
	switch l := utf8.RuneCountInString(n); {
	case ecrit.Vide(n):
		return "", faute("nom", "Donnez un nom à cette clé, par exemple « clé du bureau » ou « téléphone ».", "Give this key a name, for example “office key” or “telephone”.")
	case l > maxNomCle:
		return "", tropLong("nom", modele.Texte{Fr: "le nom", En: "the name"}, maxNomCle, l)
	}
	return n, nil
}

// AjouterCle keeps a new passkey, the answer of a browser to a challenge of this session. The first second factor of a person
// comes with recovery codes, which nobody can read again.
func (s *Service) AjouterCle(ctx context.Context, compte int64, session, nom, reponse string) (secours []string, err error) {
	nom, err = nettoyerNomCle(nom)
	if err != nil {
		return nil, err
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := lirePersonne(ctx, tx, compte)
		if err != nil {
			return err
		}
		cles, err := clesDe(ctx, tx, compte)
		if err != nil {
			return err
		}
		if len(cles) >= maxCles {
			return faute("", "Vous avez déjà dix clés d'accès : retirez-en une d'abord.", "You have ten passkeys already: remove one first.")
		}
		if err := s.garderCle(ctx, tx, p, cles, session, nom, reponse); err != nil {
			return err
		}
		if !p.facteur() {
			if secours, err = nouveauxSecours(ctx, tx, compte); err != nil {
				return err
			}
		}
		return errors.Join(s.noterCompte(ctx, tx, compte, "compte.cle_ajoutee", map[string]string{"nom": nom}), s.Envoyer(ctx, tx, p.cleChange(true, nom, s.Adresse)))
	})
	return secours, err
}

func (s *Service) garderCle(ctx context.Context, tx *sql.Tx, p personne, cles []Cle, session, nom, reponse string) error {
	site, attendu, err := s.prendreDefi(ctx, tx, p.id, session, reponse)
	if err != nil {
		return err
	}
	c, err := site.Enregistrer(p.porteur(cles), attendu, reponse)
	if errors.Is(err, cleacces.ErrRefusee) {
		return errCle("")
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO cle_acces (compte_id, nom, identifiant, donnees, compteur, cree) VALUES ($1, $2, $3, $4, $5, $6)`,
		p.id, nom, c.ID, string(c.Donnees), int64(c.Compteur), s.instant())
	if db.Doublon(err) {
		return faute("", "Cette clé d'accès est déjà enregistrée.", "This passkey is registered already.")
	}
	if err != nil {
		return fmt.Errorf("keep a passkey: %w", err)
	}
	return nil
}

// ErrCleAbsente says that a person has no such passkey.
var ErrCleAbsente = errors.New("no such passkey")

// RetirerCle removes a passkey of a person. Recovery codes go with the last second factor.
func (s *Service) RetirerCle(ctx context.Context, compte, cle int64) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var nom string
		err := tx.QueryRowContext(ctx, `DELETE FROM cle_acces WHERE id = $1 AND compte_id = $2 RETURNING nom`, cle, compte).Scan(&nom)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrCleAbsente
		}
		if err != nil {
			return fmt.Errorf("remove a passkey: %w", err)
		}
		p, err := lirePersonne(ctx, tx, compte)
		if err != nil {
			return err
		}
		if !p.facteur() {
			err = oterSecours(ctx, tx, compte)
		}
		return errors.Join(err, s.noterCompte(ctx, tx, compte, "compte.cle_retiree", map[string]string{"nom": nom}), s.Envoyer(ctx, tx, p.cleChange(false, nom, s.Adresse)))
	})
}
