package carnet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"guichet/modele"
)

// DossierEcartes is where files that must not be deposited any more are put, in the folder where they stood.
const DossierEcartes = "ecartes"

// ErreurEcart says why the file of a demande cannot be set aside.
type ErreurEcart struct {
	Numero, Fichier string
	Raison          modele.Texte
}

func (e *ErreurEcart) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurEcart) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("%s n'est pas mis de côté, %s : si la demande %s est déposée, demandez son retrait à l'ASP", e.Fichier, e.Raison.Fr, e.Numero),
		En: fmt.Sprintf("%s is not set aside, %s: if demande %s is deposited, ask the ASP to withdraw it", e.Fichier, e.Raison.En, e.Numero),
	}
}

var (
	dejaDepose   = modele.Texte{Fr: "il est déjà déposé", En: "it is deposited already"}
	plusEnPlace  = modele.Texte{Fr: "il n'est plus dans le dossier des dépôts", En: "it is no longer in the folder of deposits"}
	placeEcartee = modele.Texte{Fr: "un autre fichier de ce nom est déjà parmi les fichiers écartés", En: "another file of this name is among those set aside already"}
)

// Ecartement is a file that was set aside.
type Ecartement struct {
	Fichier  string   // the JSON file, by its former name
	Dossier  string   // where it is now, with its archives
	Annulees []string // its demandes: they will not be deposited
	Rendues  []string // the demandes that it sent again for another reason: rejected, as before it
}

// Double is a prepared demande that sends again one that was accepted since.
type Double struct{ Acceptee, Preparee string }

// Doubles lists the demandes that must not be deposited: what they send again, directly or through other retries,
// is accepted.
func (c *Carnet) Doubles(ctx context.Context) ([]Double, error) {
	return lire(ctx, c.db, func(scan func(...any) error) (d Double, err error) {
		return d, scan(&d.Acceptee, &d.Preparee)
	}, suites+`SELECT s.premiere, r.numero FROM suite s JOIN demande r ON r.numero = s.numero WHERE r.etat = ? ORDER BY r.id`, enAttente, Preparee)
}

// suites are the demandes that send again one of which a final answer is known, directly or through others.
const suites = `WITH RECURSIVE suite (premiere, numero) AS (
		SELECT numero, remplacee_par FROM demande WHERE remplacee_par <> '' AND etat NOT IN (SELECT value FROM json_each(?))
		UNION SELECT s.premiere, d.remplacee_par FROM suite s JOIN demande d ON d.numero = s.numero WHERE d.remplacee_par <> '')
	`

// enAttente are the states that are no final answer.
var enAttente = enJSON([]Etat{Preparee, Deposee, SansReponse, Rejetee, Remplacee, Annulee})

// Ecarter sets aside the file of a prepared demande, with its archives: none of its demandes will be deposited. What
// the others of the file sent again is rejected as before, to be taken up in another file. The files are moved first:
// after a kill between, doing it again ends it. Errors: [*ErreurEcart].
func (c *Carnet) Ecarter(ctx context.Context, numero string) (Ecartement, error) {
	if c.lot != nil {
		return Ecartement{}, ErrLotOuvert
	}
	f, err := c.aEcarter(ctx, numero)
	if err != nil {
		return Ecartement{}, err
	}
	if err := f.deplacer(numero); err != nil {
		return Ecartement{}, err
	}
	e := Ecartement{Fichier: f.nom, Dossier: filepath.Join(f.dossier, DossierEcartes)}
	err = c.transaction(ctx, func(tx *sql.Tx) error { return f.annuler(ctx, tx, c.instant(), &e) })
	if err != nil {
		return Ecartement{}, fmt.Errorf("set %s aside: %w", f.nom, err)
	}
	return e, nil
}

// ecarte is a file to set aside.
type ecarte struct {
	id           int64
	nom, dossier string
	archives     []string
	impID        string
	engagees     int // demandes of which something is known since they were prepared
}

func (c *Carnet) aEcarter(ctx context.Context, numero string) (f ecarte, err error) {
	var lot int64
	err = c.db.QueryRowContext(ctx, `SELECT f.id, f.nom, f.imp_id, l.dossier, l.id,
			(SELECT count(*) FROM demande x WHERE x.fichier = f.id AND x.etat NOT IN ('préparée', 'annulée'))
		FROM demande d JOIN fichier f ON f.id = d.fichier JOIN lot l ON l.id = f.lot WHERE d.numero = ?`, numero).
		Scan(&f.id, &f.nom, &f.impID, &f.dossier, &lot, &f.engagees)
	if err != nil {
		return f, fmt.Errorf("find the file of demande %s: %w", numero, err)
	}
	f.dossier = c.absolu(f.dossier)
	if f.impID != "" || f.engagees > 0 {
		return f, &ErreurEcart{numero, f.nom, dejaDepose}
	}
	debut := strings.TrimSuffix(f.nom, ".json") + "-"
	f.archives, err = lire(ctx, c.db, func(scan func(...any) error) (nom string, err error) { return nom, scan(&nom) },
		"SELECT nom FROM fichier WHERE lot = ? AND rang IS NULL AND substr(nom, 1, length(?2)) = ?2 ORDER BY id", lot, debut)
	return f, err
}

// deplacer moves the archives, then the JSON file: where it stands says how far an interrupted move went.
func (f *ecarte) deplacer(numero string) error {
	dossier := filepath.Join(f.dossier, DossierEcartes)
	place, ecartee := filepath.Join(f.dossier, f.nom), filepath.Join(dossier, f.nom)
	if _, err := os.Lstat(place); absent(err) {
		if _, err := os.Lstat(ecartee); err == nil {
			return nil // moved before an interruption
		}
		return &ErreurEcart{numero, f.nom, plusEnPlace}
	}
	if err := os.MkdirAll(dossier, 0o777); err != nil {
		return fmt.Errorf("make the folder of what is set aside: %w", err)
	}
	for _, nom := range append(f.archives, f.nom) {
		if _, err := os.Lstat(filepath.Join(dossier, nom)); err == nil {
			return &ErreurEcart{numero, nom, placeEcartee}
		}
		err := os.Rename(filepath.Join(f.dossier, nom), filepath.Join(dossier, nom))
		if err != nil && !(absent(err) && nom != f.nom) { // an archive may be gone
			return fmt.Errorf("set a file aside: %w", err)
		}
	}
	return errors.Join(synchroniserDossier(dossier), synchroniserDossier(f.dossier))
}

// annuler cancels the demandes of the file, and gives back what they sent again.
func (f *ecarte) annuler(ctx context.Context, tx *sql.Tx, instant int64, e *Ecartement) (err error) {
	texte := func(scan func(...any) error) (n string, err error) { return n, scan(&n) }
	if e.Annulees, err = lire(ctx, tx, texte, "SELECT numero FROM demande WHERE fichier = ? AND etat = ? ORDER BY id", f.id, Preparee); err != nil {
		return err
	}
	// What is sent again for an accepted demande, through other retries, stays replaced.
	if e.Rendues, err = lire(ctx, tx, texte, suites+`SELECT p.numero FROM demande p JOIN demande r ON r.numero = p.remplacee_par AND r.fichier = ?
		WHERE p.etat = ? AND r.numero NOT IN (SELECT numero FROM suite) ORDER BY p.id`, enAttente, f.id, Remplacee); err != nil {
		return err
	}
	for _, pas := range []struct {
		texte   string
		valeurs []any
	}{
		{"INSERT INTO evenement (instant, demande, genre, texte) SELECT ?, id, ?, ? FROM demande WHERE numero IN (SELECT value FROM json_each(?))",
			[]any{instant, GenreEcart, f.nom, enJSON(append(e.Annulees, e.Rendues...))}},
		{"UPDATE demande SET etat = ?, remplacee_par = '' WHERE numero IN (SELECT value FROM json_each(?))", []any{Rejetee, enJSON(e.Rendues)}},
		{"UPDATE ailleurs SET remplacee_par = '' WHERE remplacee_par IN (SELECT value FROM json_each(?))", []any{enJSON(e.Annulees)}},
		{"UPDATE demande SET etat = ? WHERE numero IN (SELECT value FROM json_each(?))", []any{Annulee, enJSON(e.Annulees)}},
	} {
		if _, err := tx.ExecContext(ctx, pas.texte, pas.valeurs...); err != nil {
			return err
		}
	}
	return nil
}
