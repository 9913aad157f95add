package lettre

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
)

// Figee is the letter of a decision in one language, as it was when it was decided.
type Figee struct {
	*Rendue
	Decision  int64
	Langue    string
	Version   int64 // of the model
	Retouchee bool  // somebody had written another text for it
	PDF       string
	Edition   int64 // of what the agency said in it; 0 for one of before that was kept
}

// Figees reads the letter of a decision in each language, the French one first; none for a decision that nobody has taken.
func (s *Service) Figees(ctx context.Context, q db.Lecteur, id int64) ([]Figee, error) {
	toutes, err := db.Lignes(ctx, q, func(l db.Ligne, f *Figee) error {
		var serre []byte
		f.Rendue = &Rendue{}
		err := l.Scan(&f.Decision, &f.Langue, &f.Version, &f.Retouchee, &serre, &f.Empreinte, &f.PDF, &f.Edition)
		if err == nil {
			f.HTML, err = desserrer(serre)
		}
		return err
	}, `SELECT decision_id, langue, version, retouchee, html, empreinte, pdf_sha256, edition FROM lettre_figee WHERE decision_id = $1 ORDER BY langue DESC`, id)
	if err != nil {
		return nil, fmt.Errorf("read a letter: %w", err)
	}
	for _, f := range toutes {
		if empreinte(f.HTML) != f.Empreinte {
			return nil, fmt.Errorf("the letter of decision %d is not what it was", id)
		}
	}
	return toutes, nil
}

// Preparer makes sure that the letter of a decision that is about to be notified is there, with the PDF that mails carry: a decision of
// before there were letters gets its own now.
func (s *Service) Preparer(ctx context.Context, d *decision.Decision) error {
	figees, err := s.Figees(ctx, s.Base.Lire(), d.ID)
	if err == nil && len(figees) == 0 {
		err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.Figer(ctx, tx, d, "") })
		if err == nil {
			figees, err = s.Figees(ctx, s.Base.Lire(), d.ID)
		}
	}
	if err == nil && figees[0].PDF == "" {
		err = s.garderPDF(ctx, &figees[0], d.Decide)
	}
	return err
}

// Envoyer puts the letter of a decision into the space of its supplier, in the transaction that notifies. Dire has its people told.
func (s *Service) Envoyer(ctx context.Context, tx *sql.Tx, d *decision.Decision) error {
	a, err := s.Accord(ctx, tx, d.Fournisseur)
	if err != nil {
		return err
	}
	postale := 1
	if a.Oui {
		postale = 0
	}
	err = db.Poser(ctx, tx, `INSERT INTO lettre (decision_id, fournisseur_id, depot_id, rang, instant, postale) VALUES ($1, $2, $3, $4, $5, $6)`,
		d.ID, d.Fournisseur, d.Depot, d.Rang, s.instant(), postale)
	if err != nil {
		return fmt.Errorf("send a letter: %w", err)
	}
	if err := db.Poser(ctx, tx, `INSERT INTO lettre_a_dire (fournisseur_id, decision_id) VALUES ($1, $2)`, d.Fournisseur, d.ID); err != nil {
		return fmt.Errorf("have a letter told of: %w", err)
	}
	return nil
}

// Accord is what a supplier has last chosen about notification by electronic means.
type Accord struct {
	Choisi bool
	Oui    bool
	Texte  int // version of the words that were agreed to
	Compte int64
	Nom    string
	Le     int64 // instant
}

// Accord reads it.
func (s *Service) Accord(ctx context.Context, q db.Lecteur, fournisseur int64) (a Accord, err error) {
	err = q.QueryRowContext(ctx, `SELECT a.oui, a.texte, a.compte_id, COALESCE(c.nom, ''), a.instant FROM accord a LEFT JOIN compte c ON c.id = a.compte_id
		WHERE a.fournisseur_id = $1 ORDER BY a.ordre DESC LIMIT 1`, fournisseur).Scan(&a.Oui, &a.Texte, &a.Compte, &a.Nom, &a.Le)
	if errors.Is(err, sql.ErrNoRows) {
		return a, nil
	}
	if err != nil {
		return a, fmt.Errorf("read how a supplier is notified: %w", err)
	}
	a.Choisi = true
	return a, nil
}
