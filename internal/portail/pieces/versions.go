package pieces

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"guichet/internal/portail/db"
)

// Anterieure is a document whose place another has taken, and whose bytes are kept: the agency may have looked at it.
type Anterieure struct {
	Piece
	Ordre int // among those of its place, from 1
}

// maxAnterieures is how many earlier documents of a demande are listed: the last ones.
const maxAnterieures = 50

const anterieures = ` FROM piece p JOIN depot d ON d.id = p.depot_id WHERE d.id = $1 AND d.fournisseur_id = $2 AND p.rang = $3 AND p.etat = 'remplacee' AND p.libere = 0 AND p.sha256 <> ''`

// Anterieures lists the earlier documents of a demande, the last first.
func (s *Service) Anterieures(ctx context.Context, fournisseur, id int64, rang int) ([]Anterieure, error) {
	toutes, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, a *Anterieure) error {
		var recu int64
		err := l.Scan(&a.Type, &a.Ordre, &a.Nom, &a.Format, &a.SHA256, &recu)
		a.Rang, a.Etat, a.Recu = rang, Remplacee, db.Temps(recu)
		return err
	}, `SELECT p.type, p.ordre, p.nom, p.format, p.sha256, p.recu`+anterieures+` ORDER BY p.recu DESC, p.type, p.ordre DESC LIMIT $4`, id, fournisseur, rang, maxAnterieures)
	if err != nil {
		return nil, fmt.Errorf("list the earlier documents: %w", err)
	}
	return toutes, nil
}

// OuvrirAnterieure opens an earlier document; ErrInconnu when there is none.
func (s *Service) OuvrirAnterieure(ctx context.Context, fournisseur, id int64, rang int, typ string, ordre int) (p Piece, f *os.File, err error) {
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT p.nom, p.format, p.sha256`+anterieures+` AND p.type = $4 AND p.ordre = $5`, id, fournisseur, rang, typ, ordre).Scan(&p.Nom, &p.Format, &p.SHA256)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return p, nil, ErrInconnu
	case err != nil:
		return p, nil, fmt.Errorf("read an earlier document: %w", err)
	}
	p.Type, p.Rang = typ, rang
	f, err = s.Fichiers.Lire(p.SHA256)
	return p, f, err
}
