package essai

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"guichet/internal/portail/db"
)

// The databases that all others are copied from: the steps of the schema are made once for each test program.
var (
	modeleSQLite   = sync.OnceValues(faireSQLite)
	modelePostgres = sync.OnceValues(fairePostgres)
)

func faireSQLite() (octets []byte, err error) {
	dossier, err := os.MkdirTemp("", "guichet-modele-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dossier)) }()
	chemin := filepath.Join(dossier, "portail.db")
	if err := migrer(chemin); err != nil {
		return nil, err
	}
	return os.ReadFile(chemin)
}

func fairePostgres() (nom string, err error) {
	p, nom, err := nouvelleBase("")
	if err != nil {
		return "", err
	}
	return nom, migrer(adresse(p.port, nom))
}

// migrer makes the schema, and leaves no connection: PostgreSQL copies no database that somebody uses.
func migrer(adresse string) error {
	ctx := context.Background()
	b, err := db.Ouvrir(ctx, adresse)
	if err != nil {
		return err
	}
	_, err = b.Migrer(ctx)
	if err := errors.Join(err, b.Fermer()); err != nil {
		return fmt.Errorf("make the database that others are copied from: %w", err)
	}
	return nil
}
