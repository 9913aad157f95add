package carnet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Ecarter takes a JSON file and its archives out of what is to be deposited: they go to DossierEcartes when the lot is
// decided. Its demandes are only prepared; the numbers among annulees are taken back. Each of the others has to be
// replaced ([Demande.Remplace]) or moved ([Fichier.Deplacees]) by a file that Ajouter is given after. Errors:
// [*ErreurInconnu], [*ErreurNumero].
func (l *Lot) Ecarter(ctx context.Context, nom string, annulees []string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tx == nil {
		return fmt.Errorf("set %s aside: the lot is closed", nom)
	}
	id, lot, err := l.deposable(ctx, nom)
	if err != nil {
		return err
	}
	_, err = l.tx.ExecContext(ctx, "UPDATE fichier SET ecarte_par = ? WHERE id = ? OR lot = ? AND rang IS NULL AND nom GLOB ?",
		l.id, id, lot, strings.TrimSuffix(nom, ".json")+"-[0-9][0-9].zip")
	if err != nil {
		return fmt.Errorf("set %s aside: %w", nom, err)
	}
	for _, numero := range annulees {
		if err := l.annuler(ctx, id, numero); err != nil {
			return err
		}
	}
	return nil
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
	deposees, err := lire(ctx, l.tx, func(scan func(...any) error) (n string, err error) { return n, scan(&n) },
		"SELECT numero FROM demande WHERE fichier = ? AND etat <> ? LIMIT 1", id, Preparee)
	if err == nil && len(deposees) > 0 {
		err = &ErreurNumero{deposees[0], pasPreparee}
	}
	return id, lot, err
}

// annuler takes a demande back. What it replaced without having been set aside (a rejected demande, taken up again)
// is to be taken up anew.
func (l *Lot) annuler(ctx context.Context, fichier int64, numero string) error {
	var id int64
	if err := l.tx.QueryRowContext(ctx, "SELECT id FROM demande WHERE numero = ? AND fichier = ?", numero, fichier).Scan(&id); err != nil {
		return fmt.Errorf("take demande %s back: %w", numero, err)
	}
	instant := l.carnet.instant()
	for _, question := range []string{
		"UPDATE demande SET etat = 'annulée' WHERE numero = ?",
		`WITH RECURSIVE chaine (numero) AS (VALUES (?1) UNION
			SELECT d.numero FROM demande d JOIN chaine c ON d.remplacee_par = c.numero JOIN fichier f ON f.id = d.fichier WHERE f.ecarte_par IS NOT NULL)
		UPDATE demande SET etat = 'rejetée', remplacee_par = '' WHERE remplacee_par IN (SELECT numero FROM chaine)
			AND remplacee_par <> '' AND etat = 'remplacée' AND fichier IN (SELECT id FROM fichier WHERE ecarte_par IS NULL)`,
		"UPDATE ailleurs SET remplacee_par = '' WHERE remplacee_par = ?",
	} {
		if _, err := l.tx.ExecContext(ctx, question, numero); err != nil {
			return fmt.Errorf("take demande %s back: %w", numero, err)
		}
	}
	return noterDemande(ctx, l.tx, instant, id, GenreAnnulation, "")
}

// oubliees refuses a lot that sets a file aside and leaves a demande of it without a file.
func (l *Lot) oubliees(ctx context.Context) error {
	seules, err := lire(ctx, l.tx, func(scan func(...any) error) (n string, err error) { return n, scan(&n) },
		"SELECT d.numero FROM fichier f JOIN demande d ON d.fichier = f.id WHERE f.ecarte_par = ? AND d.etat = ? LIMIT 1", l.id, Preparee)
	if err == nil && len(seules) > 0 {
		err = fmt.Errorf("demande %s would be in no file", seules[0])
	}
	return err
}

// Deplacee is a demande that moves, with its number, to another file.
type Deplacee struct {
	Numero   string
	NumLigne int
}

// deplacements moves demandes from a file that this lot sets aside to the one at hand.
func (i *inscription) deplacements(ctx context.Context, deplacees []Deplacee) error {
	for _, d := range deplacees {
		ancien, err := lire(ctx, i.tx, func(scan func(...any) error) (n string, err error) { return n, scan(&n) },
			"SELECT f.nom FROM demande d JOIN fichier f ON f.id = d.fichier WHERE d.numero = ? AND d.etat = ? AND f.ecarte_par = ?", d.Numero, Preparee, i.lot.id)
		if err != nil {
			return err
		}
		if len(ancien) == 0 {
			return &ErreurNumero{d.Numero, pasPreparee}
		}
		var id int64
		err = i.tx.QueryRowContext(ctx, "UPDATE demande SET fichier = ?, num_ligne = ? WHERE numero = ? RETURNING id", i.fichiers, d.NumLigne, d.Numero).Scan(&id)
		if err != nil {
			return fmt.Errorf("move demande %s: %w", d.Numero, err)
		}
		if err := noterDemande(ctx, i.tx, i.instant, id, GenreDeplacement, ancien[0]); err != nil {
			return err
		}
	}
	return nil
}

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
		if err := synchroniserDossier(d); err != nil {
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

// Attendu is a JSON file that waits to be deposited.
type Attendu struct {
	Nom      string
	Dossier  string // absolute
	SHA256   string
	Lot      int64
	Numeros  []string // of its demandes, in their order
	Archives []Attendu
}

// Chemin is where the file has to be.
func (a Attendu) Chemin() string { return filepath.Join(a.Dossier, a.Nom) }

// ADeposer returns the files that wait to be deposited, in the order in which they were made: those of which all
// demandes are only prepared.
func (c *Carnet) ADeposer(ctx context.Context) ([]Attendu, error) {
	tous, err := lire(ctx, c.db, c.attendu, `SELECT f.nom, l.dossier, f.sha256, f.lot, n.numeros FROM fichier f JOIN lot l ON l.id = f.lot JOIN
		(SELECT fichier, group_concat(numero, ' ' ORDER BY num_ligne) AS numeros FROM demande GROUP BY fichier HAVING min(etat) = ?1 AND max(etat) = ?1) n ON n.fichier = f.id
		WHERE f.rang IS NOT NULL AND f.ecarte_par IS NULL ORDER BY f.id`, Preparee)
	if err != nil || len(tous) == 0 {
		return nil, err
	}
	archives, err := lire(ctx, c.db, c.attendu, "SELECT f.nom, l.dossier, f.sha256, f.lot, '' FROM fichier f JOIN lot l ON l.id = f.lot WHERE f.rang IS NULL AND f.ecarte_par IS NULL ORDER BY f.nom")
	par := map[string][]Attendu{}
	for _, a := range archives {
		par[a.fichier()] = append(par[a.fichier()], a)
	}
	for i := range tous {
		tous[i].Archives = par[tous[i].Nom]
	}
	return tous, err
}

func (c *Carnet) attendu(scan func(...any) error) (a Attendu, err error) {
	var numeros string
	err = scan(&a.Nom, &a.Dossier, &a.SHA256, &a.Lot, &numeros)
	a.Dossier, a.Numeros = c.absolu(a.Dossier), strings.Fields(numeros)
	return a, err
}

// fichier is the name of the JSON file that an archive belongs to: JSON-…-001-01.zip to JSON-…-001.json.
func (a Attendu) fichier() string {
	if debut, ok := strings.CutSuffix(a.Nom, ".zip"); ok && len(debut) > 3 {
		return debut[:len(debut)-3] + ".json"
	}
	return ""
}

// Etat of a file in its place.
var (
	// ErrDisparu says that a file is not where the ledger has it.
	ErrDisparu = errors.New("the file is no longer there")
	// ErrModifie says that a file has other bytes than those that were written.
	ErrModifie = errors.New("the file has been changed since it was made")
)

// Verifier tells whether a file is as it was made: the error is ErrDisparu or ErrModifie, or why it cannot be read.
func (a Attendu) Verifier() error {
	somme, err := sommeDe(a.Chemin())
	switch {
	case absent(err):
		return ErrDisparu
	case err != nil:
		return err
	case somme != a.SHA256:
		return ErrModifie
	}
	return nil
}

// Fichiers returns JSON files by their names, wherever their demandes are.
func (c *Carnet) Fichiers(ctx context.Context, noms []string) (map[string]Attendu, error) {
	return table(ctx, c.db, func(scan func(...any) error) (string, Attendu, error) {
		a, err := c.attendu(scan)
		return a.Nom, a, err
	}, func(_, dernier Attendu) Attendu { return dernier }, `SELECT f.nom, l.dossier, f.sha256, f.lot, '' FROM json_each(?) q
		JOIN fichier f ON f.nom = q.value JOIN lot l ON l.id = f.lot ORDER BY f.id`, enJSON(noms))
}
