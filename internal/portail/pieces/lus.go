package pieces

import (
	"context"
	"encoding/json"
	"fmt"

	"guichet/internal/portail/db"
	"guichet/internal/portail/examen"
)

// ecrireLu writes what the text of a document says, as the database keeps it.
func ecrireLu(lu *examen.Lu) (string, error) {
	if lu == nil {
		return "", nil
	}
	octets, err := json.Marshal(lu)
	return string(octets), err
}

// Lus are what the texts of the documents of a demande say, by their kind; a document that has no text, or was never read, is not there.
func (s *Service) Lus(ctx context.Context, fournisseur, id int64, rang int) (map[string]examen.Lu, error) {
	lus := map[string]examen.Lu{}
	_, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, _ *struct{}) error {
		var typ string
		var octets []byte
		var lu examen.Lu
		if err := l.Scan(&typ, &octets); err != nil {
			return err
		}
		if err := json.Unmarshal(octets, &lu); err != nil {
			return err
		}
		lus[typ] = lu
		return nil
	}, `SELECT p.type, p.lu FROM piece p JOIN depot d ON d.id = p.depot_id WHERE d.id = $1 AND d.fournisseur_id = $2 AND p.rang = $3 AND p.etat = 'recue' AND p.lu <> ''`, id, fournisseur, rang)
	if err != nil {
		return nil, fmt.Errorf("read what documents say: %w", err)
	}
	return lus, nil
}
