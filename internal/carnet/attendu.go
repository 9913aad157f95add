package carnet

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
)

// Attendu is a JSON file that waits to be deposited.
type Attendu struct {
	Nom       string
	NumeroAns string
	Jour      string // AAAAMMJJ
	Dossier   string // absolute
	SHA256    string
	Lot       int64
	Numeros   []string // of its demandes, in their order
	Archives  []Attendu
}

// Chemin is where the file has to be.
func (a Attendu) Chemin() string { return filepath.Join(a.Dossier, a.Nom) }

// ADeposer returns the files that wait to be deposited, in the order in which they were made: those of which all
// demandes are only prepared.
func (c *Carnet) ADeposer(ctx context.Context) ([]Attendu, error) {
	tous, err := lire(ctx, c.db, c.attendu, `SELECT f.nom, f.numero_ans, f.jour, l.dossier, f.sha256, f.lot, n.numeros FROM fichier f JOIN lot l ON l.id = f.lot JOIN
		(SELECT fichier, group_concat(numero, ' ' ORDER BY num_ligne) AS numeros FROM demande GROUP BY fichier HAVING min(etat) = ?1 AND max(etat) = ?1) n ON n.fichier = f.id
		WHERE f.rang IS NOT NULL AND f.ecarte_par IS NULL AND f.imp_id = '' ORDER BY f.id`, Preparee)
	if err != nil || len(tous) == 0 {
		return nil, err
	}
	archives, err := lire(ctx, c.db, c.attendu, "SELECT f.nom, f.numero_ans, f.jour, l.dossier, f.sha256, f.lot, '' FROM fichier f JOIN lot l ON l.id = f.lot WHERE f.rang IS NULL AND f.ecarte_par IS NULL ORDER BY f.nom")
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
	err = scan(&a.Nom, &a.NumeroAns, &a.Jour, &a.Dossier, &a.SHA256, &a.Lot, &numeros)
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
	}, func(_, dernier Attendu) Attendu { return dernier }, `SELECT f.nom, f.numero_ans, f.jour, l.dossier, f.sha256, f.lot, '' FROM json_each(?) q
		JOIN fichier f ON f.nom = q.value JOIN lot l ON l.id = f.lot ORDER BY f.id`, enJSON(noms))
}
