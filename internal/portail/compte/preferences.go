package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"guichet/internal/portail/db"
	"guichet/modele"
)

// GenreCourriel is a kind of mail that a person may refuse. Mails about the account itself always go out.
type GenreCourriel string

// The kinds of mail.
const (
	CourrielDepots      GenreCourriel = "depots"      // receipts of deposits
	CourrielIncompletes GenreCourriel = "incompletes" // demandes that lack documents
	CourrielEtats       GenreCourriel = "etats"       // changes of state
	CourrielMessages    GenreCourriel = "messages"    // messages of the agency
	CourrielLettres     GenreCourriel = "lettres"     // letters: nobody can refuse them
)

// GenresCourriel lists the kinds with what they are called.
var GenresCourriel = []struct {
	Genre GenreCourriel
	Nom   modele.Texte
}{
	{CourrielDepots, modele.Texte{Fr: "Accusés de réception des dépôts", En: "Receipts of deposits"}},
	{CourrielIncompletes, modele.Texte{Fr: "Demandes incomplètes", En: "Requests that lack documents"}},
	{CourrielEtats, modele.Texte{Fr: "Changements d'état des demandes", En: "Changes of state of requests"}},
	{CourrielMessages, modele.Texte{Fr: "Messages de l'agence", En: "Messages from the agency"}},
}

// Destinataire is a person to write to.
type Destinataire struct {
	Compte   int64
	Nom      string
	Courriel string
	Langue   modele.Langue
}

// Destinataires lists the people of a supplier who want a kind of mail, in the transaction of what it tells.
func (s *Service) Destinataires(ctx context.Context, tx *sql.Tx, fournisseur int64, g GenreCourriel) ([]Destinataire, error) {
	return s.DestinatairesEt(ctx, tx, fournisseur, 0, g)
}

// DestinatairesEt lists them with one more account, such as that of a person who acted by mandate: each person once.
func (s *Service) DestinatairesEt(ctx context.Context, tx *sql.Tx, fournisseur, compte int64, g GenreCourriel) (d []Destinataire, err error) {
	lignes, err := tx.QueryContext(ctx, `SELECT c.id, c.nom, c.courriel, c.langue FROM compte c
		WHERE c.id IN (SELECT compte_id FROM role WHERE fournisseur_id = $1 AND accepte = 1 UNION SELECT CAST($3 AS BIGINT)) AND c.etat = 'actif'
		AND NOT EXISTS (SELECT 1 FROM courriel_refuse x WHERE x.compte_id = c.id AND x.genre = $2) ORDER BY c.id`, fournisseur, string(g), compte)
	if err != nil {
		return nil, fmt.Errorf("find whom to write to: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var x Destinataire
		var l string
		if err := lignes.Scan(&x.Compte, &x.Nom, &x.Courriel, &l); err != nil {
			return nil, fmt.Errorf("find whom to write to: %w", err)
		}
		x.Langue = langue(l)
		d = append(d, x)
	}
	return d, lignes.Err()
}

// CourrielsRefuses lists the kinds of mail that a person does not want.
func (s *Service) CourrielsRefuses(ctx context.Context, compte int64) (refuses []GenreCourriel, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT genre FROM courriel_refuse WHERE compte_id = $1`, compte)
	if err != nil {
		return nil, fmt.Errorf("read the mails refused: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var g GenreCourriel
		if err := lignes.Scan(&g); err != nil {
			return nil, fmt.Errorf("read the mails refused: %w", err)
		}
		refuses = append(refuses, g)
	}
	return refuses, lignes.Err()
}

// Profil is what a person says of himself or herself.
type Profil struct {
	Nom    string
	Langue modele.Langue
	Voulus []GenreCourriel // mails to get
	// Touches says that single keys act in the pages of the agency's work.
	Touches bool
}

// ChangerProfil keeps it; a *Faute when the name does not do.
func (s *Service) ChangerProfil(ctx context.Context, compte int64, p Profil) error {
	nom, err := nettoyerNom(p.Nom)
	if err == nil {
		err = s.nomDuCompte(ctx, compte, nom)
	}
	if err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE compte SET nom = $1, langue = $2, touches = $3 WHERE id = $4`, nom, code(p.Langue), db.Chiffre(p.Touches), compte); err != nil {
			return fmt.Errorf("keep the profile: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM courriel_refuse WHERE compte_id = $1`, compte); err != nil {
			return fmt.Errorf("keep the profile: %w", err)
		}
		for _, g := range GenresCourriel {
			if slices.Contains(p.Voulus, g.Genre) {
				continue
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO courriel_refuse (compte_id, genre) VALUES ($1, $2)`, compte, string(g.Genre)); err != nil {
				return fmt.Errorf("keep the profile: %w", err)
			}
		}
		return s.noterCompte(ctx, tx, compte, "compte.profil", nil)
	})
}
