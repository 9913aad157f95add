package carnet

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Retrouve is a JSON file that was found again, with what it says of its demandes; or an archive, without any.
type Retrouve struct {
	Nom                    string
	Dossier                string // where it was found
	SHA256                 string // of the file as it was deposited; "" where only the returned one is left
	NumeroAns, Jour, ImpID string
	Rang                   int
	Ecarte                 bool // it stood in DossierEcartes: what no other file has of it was taken back
	Demandes               []Demande
}

// Reconstruction counts what the ledger learnt.
type Reconstruction struct {
	Fichiers, Demandes int
	DejaConnues        int      // demandes that the ledger had
	Deduites           []string // rejected numbers that one later demande alone can have replaced
	Manquent           int      // numbers that were given here, and that no file has
}

// Reconstruire teaches the ledger the files that were found again. What it knows stays as it is: of a number, the
// first file that has it counts; give those that were set aside last. Returned files are recorded afterwards, as ever; [Carnet.Rapprocher] ends the work.
func (c *Carnet) Reconstruire(ctx context.Context, fichiers []Retrouve) (r Reconstruction, err error) {
	defer c.expliquer(&err, faireEcrire)
	if c.lot != nil {
		return r, ErrLotOuvert
	}
	err = c.transaction(ctx, func(tx *sql.Tx) error {
		lots := map[string]int64{}
		for _, f := range fichiers {
			if err := c.retrouver(ctx, tx, lots, f, &r); err != nil {
				return fmt.Errorf("take in %s: %w", f.Nom, err)
			}
		}
		return nil
	})
	return r, err
}

// retrouver takes in one file.
func (c *Carnet) retrouver(ctx context.Context, tx *sql.Tx, lots map[string]int64, f Retrouve, r *Reconstruction) error {
	nouvelles, err := c.nouvelles(ctx, tx, f, r)
	if err != nil {
		return err
	}
	var id int64
	err = tx.QueryRowContext(ctx, "SELECT id FROM fichier WHERE nom = ? COLLATE NOCASE", f.Nom).Scan(&id)
	switch {
	case errors.Is(err, sql.ErrNoRows) && (len(nouvelles) > 0 || f.Rang == 0):
		if id, err = c.inscrire(ctx, tx, lots, f); err != nil {
			return err
		}
		r.Fichiers++
	case errors.Is(err, sql.ErrNoRows):
		return nil // all its demandes stand in other files
	case err != nil:
		return err
	}
	if len(nouvelles) == 0 {
		return nil
	}
	i := &inscription{carnet: c, tx: tx, instant: c.instant(), fichiers: id}
	if err := i.preparer(ctx); err != nil {
		return err
	}
	r.Demandes += len(nouvelles)
	rangees := apreter(Fichier{Demandes: nouvelles})
	if err := cmp.Or(i.toutes(ctx, &rangees), i.finir(ctx)); err != nil || !f.Ecarte {
		return err
	}
	return annulees(ctx, tx, nouvelles)
}

// annulees keeps the numbers of a file that was set aside from being given again, without counting its demandes.
func annulees(ctx context.Context, tx *sql.Tx, demandes []Demande) error {
	numeros := make([]string, len(demandes))
	for i, d := range demandes {
		numeros[i] = d.Numero
	}
	_, err := tx.ExecContext(ctx, "UPDATE demande SET etat = ? WHERE numero IN (SELECT value FROM json_each(?))", Annulee, enJSON(numeros))
	return err
}

// nouvelles are the demandes of a file that the ledger does not have. A number that was only known as used elsewhere
// is a demande from now on.
func (c *Carnet) nouvelles(ctx context.Context, tx *sql.Tx, f Retrouve, r *Reconstruction) (nouvelles []Demande, err error) {
	vus := map[string]bool{}
	for _, d := range f.Demandes {
		cle := strings.ToUpper(d.Numero)
		var connue bool
		if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM demande WHERE numero = ?)", d.Numero).Scan(&connue); err != nil {
			return nil, err
		}
		if connue || vus[cle] || d.Numero == "" {
			r.DejaConnues++
			continue
		}
		vus[cle] = true
		if _, err := tx.ExecContext(ctx, "DELETE FROM ailleurs WHERE numero = ?", d.Numero); err != nil {
			return nil, err
		}
		nouvelles = append(nouvelles, d)
	}
	return nouvelles, nil
}

// inscrire records a file as one of a lot that is done.
func (c *Carnet) inscrire(ctx context.Context, tx *sql.Tx, lots map[string]int64, f Retrouve) (int64, error) {
	dossier, err := c.relatif(f.Dossier)
	if err != nil {
		return 0, err
	}
	if lots[dossier] == 0 {
		r, err := tx.ExecContext(ctx, "INSERT INTO lot (dossier, temporaire, etat, instant) VALUES (?, ?, 'fait', ?)", dossier, debutTemporaire+rand.Text(), c.instant())
		if err != nil {
			return 0, err
		}
		if lots[dossier], err = r.LastInsertId(); err != nil {
			return 0, err
		}
	}
	instant := c.instant()
	if jour, err := time.ParseInLocation("20060102", f.Jour, c.maintenant().Location()); err == nil {
		instant = jour.UnixMicro()
	}
	rang, ecartePar := sql.Null[int]{V: f.Rang, Valid: f.Rang > 0}, sql.Null[int64]{V: lots[dossier], Valid: f.Ecarte}
	r, err := tx.ExecContext(ctx, "INSERT INTO fichier (lot, nom, sha256, numero_ans, jour, rang, imp_id, instant, ecarte_par) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		lots[dossier], f.Nom, f.SHA256, f.NumeroAns, f.Jour, rang, f.ImpID, instant, ecartePar)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// Rapprocher ends a reconstruction, once the returned files are recorded: a rejected demande whose ESMS one later
// demande alone asks for was replaced by it. It tells how many numbers were given here that the ledger still does not
// know; when it knows them all, it is the ledger of this folder again.
func (c *Carnet) Rapprocher(ctx context.Context, r *Reconstruction) (err error) {
	defer c.expliquer(&err, faireEcrire)
	err = c.transaction(ctx, func(tx *sql.Tx) error {
		paires, err := lire(ctx, tx, func(scan func(...any) error) (p [2]string, err error) { return p, scan(&p[0], &p[1]) },
			`SELECT a.numero, min(d.numero) FROM demande a JOIN demande d ON d.id > a.id AND d.ogs = a.ogs
			WHERE a.etat = 'rejetée' AND a.remplacee_par = '' AND d.etat <> 'annulée' GROUP BY a.id HAVING count(*) = 1`)
		if err != nil {
			return err
		}
		for _, p := range paires {
			if _, err := tx.ExecContext(ctx, "UPDATE demande SET etat = ?, remplacee_par = ? WHERE numero = ?", Remplacee, p[1], p[0]); err != nil {
				return err
			}
			r.Deduites = append(r.Deduites, p[0])
		}
		return nil
	})
	if err != nil {
		return err
	}
	connus, err := c.compter(ctx)
	if err != nil {
		return err
	}
	if r.Manquent = max(0, c.attendus-connus); r.Manquent == 0 {
		return c.signer(ctx)
	}
	return nil
}

// Completer opens a ledger to be completed from files that were found again: one that is lost, older than its
// folder, or sound.
func Completer(ctx context.Context, chemin string, maintenant func() time.Time) (*Carnet, error) {
	c := &Carnet{maintenant: maintenant, confiance: true, incomplet: true}
	if t := (&Carnet{chemin: chemin}).lireTemoin(); t != nil {
		c.attendus = t.Numeros
	}
	return c.ouvrir(ctx, chemin)
}
