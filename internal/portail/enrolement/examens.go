package enrolement

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"guichet/internal/portail/db"
)

// Acte is one thing that the agency says about a request.
type Acte string

// The acts. Where two people decide, the first of them gives an opinion.
const (
	Avis        Acte = "avis"
	Reprise     Acte = "reprise" // of an opinion, by whoever gave it
	Acceptation Acte = "accepte"
	RefusMotive Acte = "refuse"
)

// Examen is one step of the examination of a request.
type Examen struct {
	Acte    Acte
	Par     string // name of the person
	Instant time.Time
	Envoye  time.Time // when what was looked at had been sent
	Motif   string
}

// Vu is what was looked at: what a request said, and its documents.
type Vu struct {
	Dossier Dossier
	Pieces  []Piece
}

// aDeux tells whether two people accept a request: one that says where money goes.
func (s *Service) aDeux(e Enrolement) bool { return s.SecondePersonne && e.Dossier.IBAN != "" }

// noterExamen keeps one step.
func (s *Service) noterExamen(ctx context.Context, tx *sql.Tx, par int64, e Enrolement, a Acte, motif string) error {
	vu := ""
	if a == RefusMotive {
		texte, err := json.Marshal(Vu{e.Dossier, e.Pieces})
		if err != nil {
			return fmt.Errorf("keep what was looked at: %w", err)
		}
		vu = string(texte)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO examen_enrolement (enrolement_id, acte, compte_id, instant, envoye, motif, vu) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		e.ID, string(a), par, s.instant(), db.Instant(e.Envoye), motif, vu)
	if err != nil {
		return fmt.Errorf("keep a step of an examination: %w", err)
	}
	return nil
}

// donnerAvis notes that the first of two would accept, or, with 0, that nobody has said so any more.
func (s *Service) donnerAvis(ctx context.Context, tx *sql.Tx, par int64, e Enrolement, a Acte) error {
	if err := s.noter(ctx, tx, e.Fournisseur, par, string(e.Genre)+"."+string(a), e.Reference, nil); err != nil {
		return err
	}
	avis := par
	if a == Reprise {
		avis = 0
	}
	if _, err := tx.ExecContext(ctx, `UPDATE enrolement SET avis = $1 WHERE id = $2`, avis, e.ID); err != nil {
		return fmt.Errorf("note an opinion: %w", err)
	}
	return s.noterExamen(ctx, tx, par, e, a, "")
}

// Examens lists what the agency said about a request, the first step first.
func (s *Service) Examens(ctx context.Context, id int64) (liste []Examen, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT x.acte, COALESCE(c.nom, ''), x.instant, x.envoye, x.motif
		FROM examen_enrolement x LEFT JOIN compte c ON c.id = x.compte_id WHERE x.enrolement_id = $1 ORDER BY x.id LIMIT 1000`, id)
	if err != nil {
		return nil, fmt.Errorf("list the steps of an examination: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var x Examen
		var instant, envoye int64
		if err := lignes.Scan(&x.Acte, &x.Par, &instant, &envoye, &x.Motif); err != nil {
			return nil, fmt.Errorf("list the steps of an examination: %w", err)
		}
		x.Instant, x.Envoye = db.Temps(instant), db.Temps(envoye)
		liste = append(liste, x)
	}
	return liste, lignes.Err()
}

// DernierRefus is what was looked at when a request was last refused, and when. A request that a supplier makes anew after a
// refusal follows the one that was refused. ok is false where nothing was.
func (s *Service) DernierRefus(ctx context.Context, e Enrolement) (v Vu, quand time.Time, ok bool, err error) {
	var texte string
	var instant int64
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT x.vu, x.instant FROM examen_enrolement x JOIN enrolement e ON e.id = x.enrolement_id
		WHERE x.acte = 'refuse' AND x.vu <> '' AND (e.id = $1 OR e.id < $1 AND e.fournisseur_id = $2 AND e.genre = $3 AND e.genre <> 'enrolement')
		ORDER BY x.id DESC LIMIT 1`, e.ID, e.Fournisseur, string(e.Genre)).Scan(&texte, &instant)
	if errors.Is(err, sql.ErrNoRows) {
		return v, quand, false, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(texte), &v)
	}
	if err != nil {
		return v, quand, false, fmt.Errorf("read what was refused: %w", err)
	}
	return v, db.Temps(instant), true, nil
}

// AfficherIBAN notes in the journal that somebody looks at the whole IBAN of a request.
func (s *Service) AfficherIBAN(ctx context.Context, par int64, e Enrolement) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.noter(ctx, tx, e.Fournisseur, par, "iban.affiche", e.Reference, nil)
	})
}
