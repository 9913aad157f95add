package carnet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Ecarter takes a JSON file and its archives out of what is to be deposited: they go to DossierEcartes when the lot is
// decided. Its demandes are only prepared; the numbers among annulees are taken back. Each of the others has to be
// replaced ([Demande.Remplace]) or moved ([Fichier.Deplacees]) by a file that Ajouter is given after. It returns the
// demandes that those taken back sent again: they are rejected, as before. Errors: [*ErreurInconnu], [*ErreurNumero].
func (l *Lot) Ecarter(ctx context.Context, nom string, annulees []string) (rendues []string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tx == nil {
		return nil, fmt.Errorf("set %s aside: the lot is closed", nom)
	}
	id, lot, err := l.deposable(ctx, nom)
	if err != nil {
		return nil, err
	}
	if err := l.placePourEcarter(ctx, lot); err != nil {
		return nil, err
	}
	_, err = l.tx.ExecContext(ctx, "UPDATE fichier SET ecarte_par = ? WHERE id = ? OR lot = ? AND rang IS NULL AND nom GLOB ?",
		l.id, id, lot, strings.TrimSuffix(nom, ".json")+"-[0-9][0-9].zip")
	if err != nil {
		return nil, fmt.Errorf("set %s aside: %w", nom, err)
	}
	for _, numero := range annulees {
		r, err := l.annuler(ctx, id, nom, numero)
		if err != nil {
			return nil, fmt.Errorf("take demande %s back: %w", numero, err)
		}
		rendues = append(rendues, r...)
	}
	return rendues, nil
}

// placePourEcarter tells, while nothing is decided yet, that the files of a lot cannot be set aside: what stands under the
// name of DossierEcartes is no folder, or one where nothing can be written.
func (l *Lot) placePourEcarter(ctx context.Context, lot int64) error {
	var dossier string
	if err := l.tx.QueryRowContext(ctx, "SELECT dossier FROM lot WHERE id = ?", lot).Scan(&dossier); err != nil {
		return fmt.Errorf("read the folder of a lot: %w", err)
	}
	dossier = filepath.Join(l.carnet.absolu(dossier), DossierEcartes)
	switch etat, err := os.Stat(dossier); {
	case absent(err):
		return nil // it is made where the lot itself is written
	case err != nil:
		return err
	case !etat.IsDir():
		return &fs.PathError{Op: "mkdir", Path: dossier, Err: syscall.ENOTDIR}
	}
	essai, err := os.CreateTemp(dossier, ".guichet-essai-")
	if err != nil {
		return err
	}
	return errors.Join(essai.Close(), os.Remove(essai.Name()))
}

// deposable returns a file that waits to be deposited, and its lot. One of which a demande is further than prepared
// was deposited, all of it.
func (l *Lot) deposable(ctx context.Context, nom string) (id, lot int64, err error) {
	fichiers, err := lire(ctx, l.tx, func(scan func(...any) error) (f [2]int64, err error) { return f, scan(&f[0], &f[1]) },
		"SELECT id, lot FROM fichier WHERE nom = ? AND rang IS NOT NULL AND ecarte_par IS NULL", nom)
	if err != nil {
		return 0, 0, err
	}
	if len(fichiers) == 0 {
		return 0, 0, &ErreurInconnu{Chemin: l.carnet.chemin, Fichier: nom}
	}
	id, lot = fichiers[0][0], fichiers[0][1]
	deposees, err := lire(ctx, l.tx, unTexte,
		"SELECT d.numero FROM demande d JOIN fichier f ON f.id = d.fichier WHERE f.id = ? AND (d.etat <> ? OR f.imp_id <> '') LIMIT 1", id, Preparee)
	if err == nil && len(deposees) > 0 {
		err = &ErreurNumero{deposees[0], pasPreparee}
	}
	return id, lot, err
}

// annuler takes a demande of a file back.
func (l *Lot) annuler(ctx context.Context, fichier int64, nom, numero string) (rendues []string, err error) {
	var id int64
	if err := l.tx.QueryRowContext(ctx, "SELECT id FROM demande WHERE numero = ? AND fichier = ?", numero, fichier).Scan(&id); err != nil {
		return nil, err
	}
	if _, err := l.tx.ExecContext(ctx, "UPDATE demande SET etat = ? WHERE id = ?", Annulee, id); err != nil {
		return nil, err
	}
	if err := noterDemande(ctx, l.tx, l.carnet.instant(), id, GenreAnnulation, ""); err != nil {
		return nil, err
	}
	return l.restituer(ctx, nom, numero)
}

// restituer has what a demande sent again be rejected as before, to be taken up anew: not those that it replaced in
// files that were set aside, but what these sent again, unless the portal answered them all the same; nor what sends again, through others, an accepted demande.
func (l *Lot) restituer(ctx context.Context, nom, numero string) (rendues []string, err error) {
	chaine, err := lire(ctx, l.tx, unTexte, `WITH RECURSIVE chaine (numero) AS (VALUES (?) UNION
		SELECT d.numero FROM demande d JOIN chaine c ON d.remplacee_par = c.numero JOIN fichier f ON f.id = d.fichier WHERE f.ecarte_par IS NOT NULL AND d.code = '')
		SELECT numero FROM chaine`, numero)
	if err != nil {
		return nil, err
	}
	rendues, err = lire(ctx, l.tx, unTexte, suites+`SELECT d.numero FROM demande d JOIN fichier f ON f.id = d.fichier
		WHERE d.remplacee_par IN (SELECT value FROM json_each(?2)) AND d.remplacee_par <> '' AND d.etat = ?3 AND (f.ecarte_par IS NULL OR d.code <> '')
			AND d.numero NOT IN (SELECT numero FROM suite) ORDER BY d.id`, enAttente, enJSON(chaine), Remplacee)
	if err != nil {
		return nil, err
	}
	for _, pas := range []struct {
		texte   string
		valeurs []any
	}{
		{"INSERT INTO evenement (instant, demande, genre, texte) SELECT ?, id, ?, ? FROM demande WHERE numero IN (SELECT value FROM json_each(?))",
			[]any{l.carnet.instant(), GenreEcart, nom, enJSON(rendues)}},
		{"UPDATE demande SET etat = ?, remplacee_par = '' WHERE numero IN (SELECT value FROM json_each(?))", []any{Rejetee, enJSON(rendues)}},
		{"UPDATE ailleurs SET remplacee_par = '' WHERE remplacee_par IN (SELECT value FROM json_each(?))", []any{enJSON(chaine)}},
	} {
		if _, err := l.tx.ExecContext(ctx, pas.texte, pas.valeurs...); err != nil {
			return nil, err
		}
	}
	return rendues, nil
}

// oubliees refuses a lot that sets a file aside and leaves a demande of it without a file.
func (l *Lot) oubliees(ctx context.Context) error {
	seules, err := lire(ctx, l.tx, unTexte,
		"SELECT d.numero FROM fichier f JOIN demande d ON d.fichier = f.id WHERE f.ecarte_par = ? AND d.etat = ? LIMIT 1", l.id, Preparee)
	if err == nil && len(seules) > 0 {
		err = fmt.Errorf("demande %s would be in no file", seules[0])
	}
	return err
}
