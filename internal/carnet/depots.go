package carnet

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Numbers as they stand in a file, also in one that is damaged.
var numeroDansFichier = regexp.MustCompile(`"numeroEditeur"\s*:\s*"([^"\\]{5})"`)

// ignores returns the JSON files of this numeroAns in a folder that the ledger has never heard of, with the numbers
// in them that it would give again.
func (c *Carnet) ignores(ctx context.Context, dossier, numeroAns string) (map[string][]string, error) {
	entrees, err := os.ReadDir(dossier)
	if err != nil {
		return nil, fmt.Errorf("read the folder of the files: %w", err)
	}
	debut, candidats := "JSON-"+strings.ToUpper(numeroAns)+"-", []string{}
	for _, e := range entrees {
		if nom := strings.ToUpper(e.Name()); strings.HasPrefix(nom, debut) && strings.HasSuffix(nom, ".JSON") && e.Type().IsRegular() {
			candidats = append(candidats, e.Name())
		}
	}
	connus, err := lire(ctx, c.db, unTexte,
		"SELECT q.value FROM json_each(?) q WHERE EXISTS (SELECT 1 FROM fichier WHERE nom = q.value) OR EXISTS (SELECT 1 FROM etranger WHERE nom = q.value)", enJSON(candidats))
	if err != nil {
		return nil, err
	}
	trouves := map[string][]string{}
	for _, nom := range candidats {
		if slices.Contains(connus, nom) {
			continue
		}
		nouveaux, err := c.numerosInconnus(ctx, filepath.Join(dossier, nom))
		if err != nil {
			return nil, err
		}
		if len(nouveaux) > 0 {
			trouves[nom] = nouveaux
		}
	}
	return trouves, nil
}

// numerosInconnus lists the numbers of a file that the ledger does not know.
func (c *Carnet) numerosInconnus(ctx context.Context, chemin string) ([]string, error) {
	octets, err := os.ReadFile(chemin)
	if err != nil {
		return nil, fmt.Errorf("read a file that the ledger does not know: %w", err)
	}
	vus := map[string]bool{}
	for _, m := range numeroDansFichier.FindAllSubmatch(octets, -1) {
		vus[string(m[1])] = true
	}
	numeros := slices.Sorted(maps.Keys(vus))
	connus, err := c.NumerosUtilises(ctx, numeros)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(numeros, func(n string) bool { _, oui := connus[n]; return oui }), nil
}

// depotsConnus refuses to give numbers while files of the output folder have some that the ledger does not know: it
// is a new one, or an older one.
func (c *Carnet) depotsConnus(ctx context.Context, i Intention) error {
	inconnus, err := c.ignores(ctx, i.Dossier, i.NumeroAns)
	if err != nil || len(inconnus) == 0 {
		return err
	}
	vide, err := c.Vide(ctx)
	if err != nil {
		return err
	}
	e := &ErreurFichiers{Chemin: c.chemin, Dossier: i.Dossier, Vide: vide, Fichiers: slices.Sorted(maps.Keys(inconnus))}
	for _, numeros := range inconnus {
		e.Numeros += len(numeros)
	}
	e.Premier = inconnus[e.Fichiers[0]][0]
	return e
}
