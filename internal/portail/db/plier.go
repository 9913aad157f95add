package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"guichet/internal/portail/ecrit"
)

// aPlier are the tables, with the column of their names, that are folded after a step of the schema.
var aPlier = map[int64]map[string]string{
	33: {"depot": "nom", "enrolement": "nom"},
	46: {"fournisseur": "raison_sociale"},
}

// plierNoms folds the names that were stored before they were looked for so.
func plierNoms(tables map[string]string) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		for table, colonne := range tables {
			if err := plierTable(ctx, tx, table, colonne); err != nil {
				return fmt.Errorf("fold the names of %s: %w", table, err)
			}
		}
		return nil
	}
}

// parLot is how many names are held at once.
const parLot = 1000

func plierTable(ctx context.Context, tx *sql.Tx, table, colonne string) error {
	ecrire, err := tx.PrepareContext(ctx, `UPDATE `+table+` SET cherche = $1 WHERE id = $2`)
	if err != nil {
		return err
	}
	defer ecrire.Close()
	for apres := int64(0); ; {
		ids, noms, err := lireNoms(ctx, tx, table, colonne, apres)
		if err != nil || len(ids) == 0 {
			return err
		}
		for i, id := range ids {
			if _, err := ecrire.ExecContext(ctx, ecrit.Plier(noms[i]), id); err != nil {
				return err
			}
		}
		apres = ids[len(ids)-1]
	}
}

func lireNoms(ctx context.Context, tx *sql.Tx, table, colonne string, apres int64) (ids []int64, noms []string, err error) {
	lignes, err := tx.QueryContext(ctx, `SELECT id, `+colonne+` FROM `+table+` WHERE id > $1 ORDER BY id LIMIT $2`, apres, parLot)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var id int64
		var nom string
		if err := lignes.Scan(&id, &nom); err != nil {
			return nil, nil, err
		}
		ids, noms = append(ids, id), append(noms, nom)
	}
	return ids, noms, lignes.Err()
}
