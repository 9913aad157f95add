package carnet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"guichet/internal/durable"
)

// DossierEcartes is where files that must not be deposited any more are put, in the folder where they stood.
const DossierEcartes = "ecartes"

// ranger moves the files that a decided lot sets aside. It may be done again after a kill anywhere in it. One that
// somebody has taken away is not looked for.
func (c *Carnet) ranger(ctx context.Context, lot int64) error {
	type ecarte struct{ dossier, nom string }
	ecartes, err := lire(ctx, c.db, func(scan func(...any) error) (e ecarte, err error) { return e, scan(&e.dossier, &e.nom) },
		"SELECT l.dossier, f.nom FROM fichier f JOIN lot l ON l.id = f.lot WHERE f.ecarte_par = ? ORDER BY f.id", lot)
	if err != nil {
		return err
	}
	dossiers := map[string]bool{}
	for _, e := range ecartes {
		dossier := c.absolu(e.dossier)
		err := mettreDeCote(filepath.Join(dossier, e.nom), filepath.Join(dossier, DossierEcartes))
		if err != nil && !absent(err) {
			return fmt.Errorf("set %s aside: %w", e.nom, err)
		}
		if err == nil {
			dossiers[dossier], dossiers[filepath.Join(dossier, DossierEcartes)] = true, true
		}
		c.passe("écarté")
	}
	for d := range dossiers {
		if err := durable.Dossier(d); err != nil {
			return err
		}
	}
	return nil
}

// mettreDeCote moves a file to a folder, under another name where its own is taken. The error is fs.ErrNotExist when
// it is not there.
func mettreDeCote(chemin, dossier string) error {
	if _, err := os.Lstat(chemin); err != nil {
		return err
	}
	if err := os.MkdirAll(dossier, 0o777); err != nil {
		return err
	}
	nom := filepath.Base(chemin)
	cible := filepath.Join(dossier, nom)
	for n := 2; ; n++ {
		_, err := os.Lstat(cible)
		if absent(err) {
			return os.Rename(chemin, cible)
		}
		if err != nil {
			return err
		}
		cible = filepath.Join(dossier, fmt.Sprintf("%d-%s", n, nom))
	}
}
