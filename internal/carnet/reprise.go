package carnet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"guichet/internal/durable"
)

// reprendre settles the lots that a run left: those decided are finished, the others taken back.
func (c *Carnet) reprendre(ctx context.Context) error {
	type restant struct {
		id                  int64
		dossier, temporaire string
	}
	restants, err := lire(ctx, c.db, func(scan func(...any) error) (r restant, err error) {
		return r, scan(&r.id, &r.dossier, &r.temporaire)
	}, "SELECT id, dossier, temporaire FROM lot WHERE etat <> 'fait' ORDER BY id")
	if err != nil {
		return fmt.Errorf("read the interrupted lots: %w", err)
	}
	for _, r := range restants {
		if err := c.regler(ctx, r.id, filepath.Join(c.absolu(r.dossier), r.temporaire)); err != nil {
			return err
		}
	}
	return nil
}

// regler brings one lot to its end, forwards when it is decided, else backwards.
func (c *Carnet) regler(ctx context.Context, id int64, temporaire string) error {
	var etat string
	if err := c.db.QueryRowContext(ctx, "SELECT etat FROM lot WHERE id = ?", id).Scan(&etat); err != nil {
		return fmt.Errorf("read the lot: %w", err)
	}
	if etat == "commence" {
		return c.annuler(ctx, id, temporaire)
	}
	return c.placer(ctx, id, temporaire)
}

// annuler removes what an undecided lot made, then its line: in this order, so that a kill in between is
// met again.
func (c *Carnet) annuler(ctx context.Context, id int64, temporaire string) error {
	if err := retirer(temporaire); err != nil {
		return err
	}
	c.passe("retiré")
	if _, err := c.db.ExecContext(ctx, "DELETE FROM lot WHERE id = ? AND etat = 'commence'", id); err != nil {
		return fmt.Errorf("take the lot back: %w", err)
	}
	return nil
}

// retirer removes the folder of a lot, and nothing else.
func retirer(temporaire string) error {
	if !strings.HasPrefix(filepath.Base(temporaire), debutTemporaire) {
		return fmt.Errorf("remove the folder of the lot: %q is none", temporaire)
	}
	if err := os.RemoveAll(temporaire); err != nil {
		return fmt.Errorf("remove the folder of the lot: %w", err)
	}
	return nil
}

// placer moves the files of a decided lot to their places. It may be done again after a kill anywhere in it.
func (c *Carnet) placer(ctx context.Context, id int64, temporaire string) error {
	type inscrit struct {
		id          int64
		nom, sha256 string
	}
	fichiers, err := lire(ctx, c.db, func(scan func(...any) error) (f inscrit, err error) {
		return f, scan(&f.id, &f.nom, &f.sha256)
	}, "SELECT id, nom, sha256 FROM fichier WHERE lot = ? ORDER BY id", id)
	if err != nil {
		return fmt.Errorf("read the files of the lot: %w", err)
	}
	dossier := filepath.Dir(temporaire)
	if _, err := os.Stat(dossier); absent(err) {
		return &ErreurDossier{Chemin: dossier} // perhaps a disk that is not plugged in: nothing is concluded
	}
	if err := c.ranger(ctx, id); err != nil {
		return err
	}
	for _, f := range fichiers {
		err := deplacer(filepath.Join(temporaire, f.nom), filepath.Join(dossier, f.nom), f.sha256)
		if absent(err) {
			// It was moved before the interruption, and somebody has taken it from there since: its
			// numbers stay used.
			err = c.evenement(ctx, f.id, GenreAbsent)
		}
		if err != nil {
			return err
		}
		c.passe("placé")
	}
	if err := durable.Dossier(dossier); err != nil {
		return err
	}
	if err := retirer(temporaire); err != nil {
		return err
	}
	c.passe("rangé")
	if _, err := c.db.ExecContext(ctx, "UPDATE lot SET etat = 'fait' WHERE id = ?", id); err != nil {
		return fmt.Errorf("end the lot: %w", err)
	}
	return nil
}

// deplacer moves a file to its place, unless it is there. The error is fs.ErrNotExist when it is nowhere.
func deplacer(source, place, somme string) error {
	_, err := os.Lstat(place)
	if err == nil {
		return dejaEnPlace(source, place, somme)
	}
	if !absent(err) {
		return fmt.Errorf("look at the place of a file: %w", err)
	}
	if err := os.Rename(source, place); err != nil {
		return fmt.Errorf("move a file of the lot to its place: %w", err)
	}
	return nil
}

// dejaEnPlace accepts a file that has the right bytes.
func dejaEnPlace(source, place, somme string) error {
	trouvee, err := sommeDe(place)
	if err != nil {
		return err
	}
	if trouvee == somme {
		return nil // a copy left in the folder of the lot goes with it
	}
	if _, err := os.Lstat(source); absent(err) {
		return nil // ours was there, and has been changed since: it is no longer ours to judge
	}
	return &ErreurPlace{Chemin: place, Lot: filepath.Dir(source)}
}

func sommeDe(chemin string) (somme string, err error) {
	f, err := os.Open(chemin)
	if err != nil {
		return "", fmt.Errorf("read a file in its place: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("read a file in its place: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
