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

// inconnu is a JSON file that the ledger has never heard of, with the numbers in it that it would give again.
type inconnu struct {
	chemin  string
	numeros []string
}

// ignores returns these files of this numeroAns in the output folder. An empty ledger is looked at more closely: it may
// stand for one that was lost, whose files have been put in order since.
func (c *Carnet) ignores(ctx context.Context, dossier, numeroAns string) ([]inconnu, error) {
	vide, err := c.Vide(ctx)
	if err != nil {
		return nil, err
	}
	debut := "JSON-" + strings.ToUpper(numeroAns) + "-"
	candidats, err := candidatsDe(dossier, debut, 0)
	if vide {
		candidats, err = c.chercher(dossier, debut)
	}
	if err != nil {
		return nil, fmt.Errorf("read the folder of the files: %w", err)
	}
	return c.inconnus(ctx, candidats)
}

// inconnus keeps those of the files that the ledger has never heard of.
func (c *Carnet) inconnus(ctx context.Context, candidats []string) ([]inconnu, error) {
	noms := make([]string, len(candidats))
	for i, chemin := range candidats {
		noms[i] = filepath.Base(chemin)
	}
	connus, err := lire(ctx, c.db, unTexte,
		"SELECT q.value FROM json_each(?) q WHERE EXISTS (SELECT 1 FROM fichier WHERE nom = q.value) OR EXISTS (SELECT 1 FROM etranger WHERE nom = q.value)", enJSON(noms))
	if err != nil {
		return nil, err
	}
	var trouves []inconnu
	for _, chemin := range candidats {
		if slices.Contains(connus, filepath.Base(chemin)) {
			continue
		}
		nouveaux, err := c.numerosInconnus(ctx, chemin)
		if err != nil {
			return nil, err
		}
		if len(nouveaux) > 0 {
			trouves = append(trouves, inconnu{chemin, nouveaux})
		}
	}
	return trouves, nil
}

// Depots is the folder of the files to deposit in a new project.
const Depots = "depots"

// Limits of a search below a folder.
const (
	maxProfondeur = 3
	maxEntrees    = 20_000
)

// chercher looks in the output folder and in the one that a new project has, and below them. The folder of the
// project itself holds other things below; a ledger of another name (a rehearsal) has nothing to do with the other one.
func (c *Carnet) chercher(dossier, debut string) ([]string, error) {
	ici := filepath.Dir(c.chemin)
	profondeur := maxProfondeur
	if dedans, err := filepath.Rel(dossier, ici); err == nil && filepath.IsLocal(dedans) {
		profondeur = 0
	}
	candidats, err := candidatsDe(dossier, debut, profondeur)
	if filepath.Base(c.chemin) != Nom {
		return candidats, err
	}
	autre := filepath.Join(ici, Depots)
	if dedans, r := filepath.Rel(dossier, autre); r == nil && filepath.IsLocal(dedans) && profondeur > 0 {
		return candidats, err
	}
	if err != nil && !absent(err) {
		return nil, err
	}
	autres, errAutre := candidatsDe(autre, debut, maxProfondeur)
	if errAutre == nil {
		err = nil
	}
	return append(candidats, autres...), err
}

// candidatsDe lists the files of a folder, and of those below it, whose names begin as those of this supplier do.
func candidatsDe(dossier, debut string, profondeur int) (candidats []string, err error) {
	entrees, err := os.ReadDir(dossier)
	if err != nil {
		return nil, err
	}
	for _, e := range entrees[:min(len(entrees), maxEntrees)] {
		nom := strings.ToUpper(e.Name())
		switch {
		case e.IsDir() && profondeur > 0 && !strings.HasPrefix(nom, "."):
			dessous, err := candidatsDe(filepath.Join(dossier, e.Name()), debut, profondeur-1)
			if err != nil && !absent(err) {
				return nil, err
			}
			candidats = append(candidats, dessous...)
		case strings.HasPrefix(nom, debut) && strings.HasSuffix(nom, ".JSON") && e.Type().IsRegular():
			candidats = append(candidats, filepath.Join(dossier, e.Name()))
		}
	}
	return candidats, nil
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
	if absent(err) { // no output folder yet: returned files may be there all the same
		err = nil
	}
	if err == nil && len(inconnus) == 0 {
		return c.retoursConnus(ctx, i)
	}
	if err != nil {
		return err
	}
	vide, err := c.Vide(ctx)
	if err != nil {
		return err
	}
	e := c.refus(inconnus, vide)
	if dedans, err := filepath.Rel(i.Dossier, e.Dossier); err != nil || !filepath.IsLocal(dedans) {
		e.Ailleurs = " " + e.Dossier
	}
	return e
}

func (c *Carnet) refus(inconnus []inconnu, vide bool) *ErreurFichiers {
	e := &ErreurFichiers{Chemin: c.chemin, Dossier: filepath.Dir(inconnus[0].chemin), Vide: vide, Premier: inconnus[0].numeros[0]}
	for _, f := range inconnus {
		e.Fichiers = append(e.Fichiers, filepath.Base(f.chemin))
		e.Numeros += len(f.numeros)
	}
	return e
}

// Retours is the folder where the guide has returned files put.
const Retours = "retours"

// retoursConnus refuses to give numbers from an empty ledger while files that the portal returned have them: these were
// given and deposited before, and the ledger that knew them is lost.
func (c *Carnet) retoursConnus(ctx context.Context, i Intention) error {
	inconnus, err := c.retournes(ctx, i.NumeroAns)
	inconnus = slices.DeleteFunc(inconnus, func(f inconnu) bool { return !f.avant(i.Jour) })
	if err != nil || len(inconnus) == 0 {
		return err
	}
	e := c.refus(inconnus, true)
	e.Ailleurs = " " + e.Dossier
	if relatif, err := filepath.Rel(filepath.Dir(c.chemin), e.Dossier); err == nil {
		e.Ailleurs = " " + filepath.ToSlash(relatif)
	}
	return e
}

// avant tells whether the name of a file has a day before this one. The portal has not returned yet what bears the day
// of the run: that is an example, put there for a first try.
func (f inconnu) avant(jour string) bool {
	parties := strings.Split(filepath.Base(f.chemin), "-") // JSON-ANS0000001-20231002-001.json
	return len(parties) < 4 || parties[2] < jour
}

// RetoursInconnus tells which returned files lie beside an empty ledger, nil for none: it may stand for one that was
// lost. This is a hint only, and nil too where one is of an earlier day: that is refused.
func RetoursInconnus(ctx context.Context, chemin string, i Intention) (_ *ErreurFichiers, err error) {
	c := &Carnet{}
	if c.chemin, err = filepath.Abs(chemin); err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	defer func() { _ = c.Close() }() // only read
	c.ne = !rempli(c.chemin)
	if err := c.feuilleter(ctx); err != nil {
		return nil, err
	}
	inconnus, err := c.retournes(ctx, i.NumeroAns)
	if err != nil || len(inconnus) == 0 || slices.ContainsFunc(inconnus, func(f inconnu) bool { return f.avant(i.Jour) }) {
		return nil, err
	}
	return c.refus(inconnus, true), nil
}

// simule marks what guichet answers in the place of the portal: nobody has deposited it.
var simule = regexp.MustCompile(`"impId"\s*:\s*"SIMULATION-`)

// retournes lists the returned files beside an empty ledger. A ledger of another name (a rehearsal) has nothing to do
// with them.
func (c *Carnet) retournes(ctx context.Context, numeroAns string) ([]inconnu, error) {
	vide, err := c.Vide(ctx)
	if err != nil || !vide || filepath.Base(c.chemin) != Nom {
		return nil, err
	}
	candidats, err := candidatsDe(filepath.Join(filepath.Dir(c.chemin), Retours), "JSON-"+strings.ToUpper(numeroAns)+"-", maxProfondeur)
	if err != nil {
		return nil, nil // no such folder, or none that may be read
	}
	inconnus, err := c.inconnus(ctx, candidats)
	return slices.DeleteFunc(inconnus, func(f inconnu) bool {
		octets, err := os.ReadFile(f.chemin)
		return err == nil && simule.Match(octets)
	}), err
}
