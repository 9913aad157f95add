package pieces

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"guichet/internal/portail/db"
	"guichet/internal/portail/examen"
	"io"
)

// Relecture is the job that reads the texts of the documents of a demande again: what it says was corrected since they were read.
type Relecture struct {
	Fournisseur int64 `json:"fournisseur"`
	Depot       int64 `json:"depot"`
	Rang        int   `json:"rang"`
}

// Kind names the job.
func (Relecture) Kind() string { return "pieces.relecture" }

// Perimer takes away what the texts of the documents of a demande were found to say, in the transaction that gives the demande other values.
func (s *Service) Perimer(ctx context.Context, tx *sql.Tx, depot int64, rang int) error {
	if err := db.Poser(ctx, tx, `UPDATE piece SET lu = '' WHERE depot_id = $1 AND rang = $2`, depot, rang); err != nil {
		return fmt.Errorf("forget what documents say: %w", err)
	}
	return nil
}

// Relire does the job: it is safe to do it again. A document that cannot be read has no hint.
func (s *Service) Relire(ctx context.Context, r Relecture) error {
	d, err := depot(ctx, s.Base.Lire(), r.Fournisseur, r.Depot, "")
	if err != nil {
		return err
	}
	var c constat
	if c.demandes, err = demandes(ctx, s.Base.Lire(), &d, ""); err != nil {
		return err
	}
	if c.attendues, err = s.attendues(&d, c.demandes); err != nil {
		return err
	}
	question, err := s.question(ctx, &d, &c)
	if err != nil {
		return err
	}
	toutes, err := courantes(ctx, s.Base.Lire(), r.Depot, r.Rang)
	if err != nil {
		return err
	}
	for _, p := range toutes {
		if p.Etat != Recue || p.Format != "PDF" {
			continue
		}
		question.Nom, question.Taille, question.Pour = p.Nom, p.Taille, &examen.Place{Piece: c.rang(Place{Rang: p.Rang, Type: p.Type})}
		if err := s.relire(ctx, question, len(c.attendues.pieces), &p, r.Depot); err != nil {
			return fmt.Errorf("read document %s of %s again: %w", p.Type, s.NumeroASP(r.Depot, r.Rang), err)
		}
	}
	return nil
}

// question asks for an examination by what the demandes say now.
func (s *Service) question(ctx context.Context, d *leDepot, c *constat) (examen.Question, error) {
	q := examen.Question{Edition: d.edition, Demandes: c.attendues.octets}
	if s.Corrigees == nil {
		return q, nil
	}
	corrigees, err := s.Corrigees(ctx, d.id)
	if err != nil || len(corrigees) == 0 {
		return q, err
	}
	q.Demandes, err = s.extraire(d, c.demandes, corrigees)
	return q, err
}

func (s *Service) relire(ctx context.Context, q examen.Question, attendues int, p *courante, depot int64) (err error) {
	f, err := s.Fichiers.Lire(p.SHA256)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var lu *examen.Lu
	err = examen.Demander(ctx, s.Programme, q, f, attendues, func(r examen.Reponse, _ io.Reader) error {
		if r.Genre == examen.Lue && r.Piece == q.Pour.Piece {
			lu = r.Lu
		}
		return nil
	})
	if errors.Is(err, examen.ErrEchec) && ctx.Err() == nil {
		err = nil
	}
	texte, echec := ecrireLu(lu)
	if err = errors.Join(err, echec); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := db.Poser(ctx, tx, `UPDATE piece SET lu = $1 WHERE depot_id = $2 AND rang = $3 AND type = $4 AND ordre = $5`, texte, depot, p.Rang, p.Type, p.ordre)
		return err
	})
}
