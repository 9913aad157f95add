package carnet

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"time"
)

// fichier takes in one file.
func (a *apprentissage) fichier(ctx context.Context, f Retrouve) error {
	nouvelles, deplacees, err := a.demandes(ctx, f)
	if err != nil {
		return err
	}
	var id int64
	err = a.tx.QueryRowContext(ctx, "SELECT id FROM fichier WHERE nom = ? COLLATE NOCASE", f.Nom).Scan(&id)
	switch {
	case errors.Is(err, sql.ErrNoRows) && (len(nouvelles)+len(deplacees) > 0 || f.Rang == 0):
		if id, err = a.inscrire(ctx, f); err != nil {
			return err
		}
		a.bilan.Fichiers++
	case errors.Is(err, sql.ErrNoRows):
		return nil // all its demandes stand in other files
	case err != nil:
		return err
	}
	if err := a.inserer(ctx, id, nouvelles); err != nil {
		return err
	}
	if err := a.deplacer(ctx, id, deplacees); err != nil {
		return err
	}
	return a.ecarter(ctx, id, f)
}

// inserer records the demandes of a file that the ledger did not have.
func (a *apprentissage) inserer(ctx context.Context, fichier int64, nouvelles []Demande) error {
	if len(nouvelles) == 0 {
		return nil
	}
	i := &inscription{carnet: a.carnet, tx: a.tx, instant: a.carnet.instant(), fichiers: fichier}
	if err := i.preparer(ctx); err != nil {
		return err
	}
	a.bilan.Demandes += len(nouvelles)
	rangees := apreter(Fichier{Demandes: nouvelles})
	return i.toutes(ctx, &rangees)
}

// deplacer moves demandes from a file that was set aside since the ledger knew them.
func (a *apprentissage) deplacer(ctx context.Context, fichier int64, deplacees []Deplacee) error {
	for _, d := range deplacees {
		_, err := a.tx.ExecContext(ctx, `INSERT INTO evenement (instant, demande, genre, texte) SELECT ?, d.id, ?, f.nom
			FROM demande d JOIN fichier f ON f.id = d.fichier WHERE d.numero = ?`, a.carnet.instant(), GenreDeplacement, d.Numero)
		if err == nil {
			_, err = a.tx.ExecContext(ctx, "UPDATE demande SET fichier = ?, num_ligne = ? WHERE numero = ?", fichier, d.NumLigne, d.Numero)
		}
		if err != nil {
			return err
		}
		a.bilan.Deplacees++
	}
	return nil
}

// ecarter keeps the numbers of a file that was set aside from being given again, without counting its demandes.
func (a *apprentissage) ecarter(ctx context.Context, fichier int64, f Retrouve) error {
	if !a.ecartes[strings.ToUpper(f.Nom)] {
		return nil
	}
	_, err := a.tx.ExecContext(ctx, "UPDATE fichier SET ecarte_par = lot WHERE id = ? AND ecarte_par IS NULL", fichier)
	if err == nil {
		_, err = a.tx.ExecContext(ctx, "UPDATE demande SET etat = ? WHERE fichier = ? AND etat = ?", Annulee, fichier, Preparee)
	}
	return err
}

// demandes are those of a file that the ledger does not have, and those that have moved to it. A number that was only
// known as used elsewhere is a demande from now on.
func (a *apprentissage) demandes(ctx context.Context, f Retrouve) (nouvelles []Demande, deplacees []Deplacee, err error) {
	for _, d := range f.Demandes {
		cle := strings.ToUpper(d.Numero)
		if d.Numero == "" {
			continue
		}
		var etat Etat
		var fichier string
		err := a.tx.QueryRowContext(ctx, "SELECT d.etat, f.nom FROM demande d JOIN fichier f ON f.id = d.fichier WHERE d.numero = ?", d.Numero).Scan(&etat, &fichier)
		switch {
		case err == nil && a.apprises[cle]:
			continue
		case err == nil:
			a.connues[cle] = true
			if etat == Preparee && !f.Ecarte && a.ecartes[strings.ToUpper(fichier)] {
				deplacees = append(deplacees, Deplacee{d.Numero, d.NumLigne})
			}
			continue
		case !errors.Is(err, sql.ErrNoRows):
			return nil, nil, err
		case a.apprises[cle]:
			continue
		}
		a.apprises[cle] = true
		if _, err := a.tx.ExecContext(ctx, "DELETE FROM ailleurs WHERE numero = ?", d.Numero); err != nil {
			return nil, nil, err
		}
		nouvelles = append(nouvelles, d)
	}
	return nouvelles, deplacees, nil
}

// inscrire records a file as one of a lot that is done.
func (a *apprentissage) inscrire(ctx context.Context, f Retrouve) (int64, error) {
	lot, err := a.lot(ctx, f.Dossier)
	if err != nil {
		return 0, err
	}
	instant := a.carnet.instant()
	if jour, err := time.ParseInLocation("20060102", f.Jour, a.carnet.maintenant().Location()); err == nil {
		instant = jour.UnixMicro()
	}
	rang := sql.Null[int]{V: f.Rang, Valid: f.Rang > 0}
	r, err := a.tx.ExecContext(ctx, "INSERT INTO fichier (lot, nom, sha256, numero_ans, jour, rang, imp_id, instant) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		lot, f.Nom, f.SHA256, f.NumeroAns, f.Jour, rang, f.ImpID, instant)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// lot is the one of the files that are found in a folder.
func (a *apprentissage) lot(ctx context.Context, dossier string) (int64, error) {
	relatif, err := a.carnet.relatif(dossier)
	if err != nil || a.lots[relatif] > 0 {
		return a.lots[relatif], err
	}
	r, err := a.tx.ExecContext(ctx, "INSERT INTO lot (dossier, temporaire, etat, instant) VALUES (?, ?, 'fait', ?)", relatif, debutTemporaire+rand.Text(), a.carnet.instant())
	if err != nil {
		return 0, err
	}
	a.lots[relatif], err = r.LastInsertId()
	return a.lots[relatif], err
}

// marquer has a reconstruction that taught anything leave a lot, though no file was new: the temoin names the last
// lot, and a backup that was made before must not pass for the ledger of today.
func (a *apprentissage) marquer(ctx context.Context, avant int) error {
	apres, err := changements(ctx, a.tx)
	if err != nil || apres == avant || len(a.lots) > 0 {
		return err
	}
	_, err = a.lot(ctx, filepath.Dir(a.carnet.chemin))
	return err
}

// changements counts the rows that this connection has changed.
func changements(ctx context.Context, tx *sql.Tx) (n int, err error) {
	err = tx.QueryRowContext(ctx, "SELECT total_changes()").Scan(&n)
	return n, err
}
