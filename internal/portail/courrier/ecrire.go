package courrier

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/lettre"
	"guichet/modele"
)

// Ecrire keeps a letter in both languages, as it goes out, in the transaction of what it tells. procedure is the one that it opens, 0 for none.
func (s *Service) Ecrire(ctx context.Context, tx *sql.Tx, a lettre.Avis, procedure int64) (*Courrier, error) {
	ecrites, err := s.Lettres.Aviser(ctx, tx, a)
	if err != nil {
		return nil, err
	}
	accord, err := s.Lettres.Accord(ctx, tx, a.Fournisseur)
	if err != nil {
		return nil, err
	}
	c := &Courrier{Genre: a.Genre, Cle: a.Cle, Fournisseur: a.Fournisseur, NumeroASP: s.NumeroASP(a.Depot, a.Rang), Procedure: procedure, Instant: s.Maintenant(), Limite: a.Limite, Postale: !accord.Oui}
	postale := 0
	if c.Postale {
		postale = 1
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO courrier (genre, fournisseur_id, depot_id, rang, contradictoire_id, instant, limite, postale) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
		string(c.Genre), c.Fournisseur, c.Depot, c.Rang, procedure, s.instant(), db.Instant(c.Limite), postale).Scan(&c.ID)
	if err != nil {
		return nil, fmt.Errorf("keep a letter: %w", err)
	}
	for _, l := range ecrites {
		if err := s.figer(ctx, tx, c.ID, l); err != nil {
			return nil, err
		}
	}
	return c, s.Lettres.OublierTexte(ctx, tx, c.Cle, c.Genre)
}

func (s *Service) figer(ctx context.Context, tx *sql.Tx, id int64, l lettre.Lettre) error {
	octets, err := s.Lettres.Serrer(l.HTML)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO courrier_fige (courrier_id, langue, version, retouche, html, empreinte, edition) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, l.Langue, l.Numero, min(l.Par, 1), octets, l.Empreinte, l.Edition)
	if err != nil {
		return fmt.Errorf("keep what a letter says: %w", err)
	}
	return nil
}

// Suivre writes the letter of each request for a change, in the transaction that makes it.
func (s *Service) Suivre(ctx context.Context, tx *sql.Tx, pas []etat.Passage) error {
	for _, p := range pas {
		if p.A != etat.AModifier {
			continue
		}
		a, err := s.avis(ctx, tx, p.Fournisseur, p.Cle, p.Motif, p.Limite)
		if err != nil {
			return err
		}
		if _, err := s.Ecrire(ctx, tx, a, 0); err != nil {
			return err
		}
	}
	return nil
}

// Projet is the letter of a request for a change that would be made now.
func (s *Service) Projet(ctx context.Context, q db.Lecteur, fournisseur int64, c etat.Cle, motif string) ([]lettre.Lettre, error) {
	a, err := s.avis(ctx, q, fournisseur, c, motif, s.Delais.LimiteReponse(s.Maintenant()))
	if err != nil {
		return nil, err
	}
	return s.Lettres.Aviser(ctx, q, a)
}

func (s *Service) avis(ctx context.Context, q db.Lecteur, fournisseur int64, c etat.Cle, motif string, limite time.Time) (lettre.Avis, error) {
	a := lettre.Avis{Genre: lettre.Modification, Fournisseur: fournisseur, Cle: c, Limite: limite, Terme: s.Terme,
		AModifier: modele.Texte{Fr: ecrit.EnLangue(motif, modele.Francais), En: ecrit.EnLangue(motif, modele.Anglais)}}
	var mentions string
	err := q.QueryRowContext(ctx, `SELECT COALESCE(t.texte, '') FROM depot p LEFT JOIN mentions t ON t.id = p.mentions_id WHERE p.id = $1`, c.Depot).Scan(&mentions)
	if err != nil {
		return a, fmt.Errorf("read what a receipt says: %w", err)
	}
	a.Suspension = suspensions[accuse.LireDelais(mentions, s.Delais).Silence]
	return a, nil
}

// suspensions are what becomes of the time for the decision, by what the silence at its end comes to (CRPA, art. L114-5).
var suspensions = map[accuse.Silence]modele.Texte{
	accuse.Refus: {
		Fr: "Le délai au terme duquel le silence de l'agence vaut rejet est suspendu jusque-là ; produire avant ce qui est demandé met fin à cette suspension (CRPA, art. L114-5).",
		En: "The time at the end of which the silence of the agency is a refusal is suspended until then; producing what is asked for earlier ends this suspension (CRPA, art. L114-5).",
	},
	accuse.Acceptance: {
		Fr: "Le délai au terme duquel le silence de l'agence vaut acceptation ne court qu'à compter de la réception de ce qui est demandé (CRPA, art. L114-5).",
		En: "The time at the end of which the silence of the agency is an acceptance runs only from the reception of what is asked for (CRPA, art. L114-5).",
	},
}
