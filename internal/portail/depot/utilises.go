package depot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"guichet/controle"
	"guichet/diag"
	"guichet/internal/portail/db"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// A numeroEditeur, five characters, is stored as its beginning, which most of a file share, and its end.
const longueurDebut, longueurFin = 3, 2

func debut(numero string) string { return numero[:longueurDebut] }

func insertionNumeros() db.Insertion {
	return db.Insertion{
		Table:    "numero_utilise",
		Communes: []db.Colonne{{Nom: "fournisseur_id", Type: "bigint"}, {Nom: "depot_id", Type: "bigint"}},
		Colonnes: []db.Colonne{{Nom: "debut", Type: "text"}, {Nom: "suite", Type: "text"}},
	}
}

// numeros are those of a file, each once.
func numeros(apercus []controle.Apercu) (textes []string) {
	vus := make(map[string]bool, len(apercus))
	for _, a := range apercus {
		if a.Numero != "" && !vus[a.Numero] {
			vus[a.Numero] = true
			textes = append(textes, a.Numero)
		}
	}
	return textes
}

// parDebut puts the ends of numbers behind each other where they begin alike.
func parDebut(textes []string) (debuts, suites db.Textes) {
	rangs := map[string]int{}
	for _, numero := range textes {
		i, connu := rangs[debut(numero)]
		if !connu {
			i = len(debuts)
			rangs[debut(numero)] = i
			debuts, suites = append(debuts, debut(numero)), append(suites, "")
		}
		suites[i] += numero[longueurDebut:]
	}
	return debuts, suites
}

// ajouterNumeros stores the numbers that a file uses, but for those used before.
func (s *Service) ajouterNumeros(ctx context.Context, tx *sql.Tx, d *Depot, c *controlee, utilises map[string]string) error {
	var nouveaux []string
	for _, numero := range c.numeros {
		if _, deja := utilises[numero]; !deja {
			nouveaux = append(nouveaux, numero)
		}
	}
	debuts, suites := parDebut(nouveaux)
	return s.numeros.Executer(ctx, tx, []any{d.Fournisseur, d.ID}, debuts, suites)
}

// lecteur is a transaction, or the pool to read with.
type lecteur interface {
	QueryContext(ctx context.Context, texte string, args ...any) (*sql.Rows, error)
}

// utilises finds which of the numbers another deposit of the supplier used first, and which one: its name and
// day.
func (s *Service) utilises(ctx context.Context, q lecteur, d *Depot, textes []string, l modele.Langue) (utilises map[string]string, err error) {
	utilises = map[string]string{}
	debuts, _ := parDebut(textes)
	if len(debuts) == 0 {
		return utilises, nil
	}
	args := []any{d.Fournisseur, d.ID}
	for _, texte := range debuts {
		args = append(args, texte)
	}
	lignes, err := q.QueryContext(ctx, `SELECT n.debut, n.suite, d.nom, d.recu FROM numero_utilise n JOIN depot d ON d.id = n.depot_id
		WHERE n.fournisseur_id = $1 AND n.depot_id <> $2 AND n.debut IN (`+marques(3, len(debuts))+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("find the numbers used before: %w", err)
	}
	cherches := make(map[string]bool, len(textes))
	for _, numero := range textes {
		cherches[numero] = true
	}
	if err := lireUtilises(lignes, cherches, utilises, l); err != nil {
		return nil, fmt.Errorf("find the numbers used before: %w", err)
	}
	return utilises, nil
}

// marques writes n marks from $premiere, and repeats the last up to a power of two: there are few different texts for
// the database to read and remember.
func marques(premiere, n int) string {
	total := 1
	for total < n {
		total *= 2
	}
	toutes := make([]string, total)
	for i := range toutes {
		toutes[i] = "$" + strconv.Itoa(premiere+min(i, n-1))
	}
	return strings.Join(toutes, ", ")
}

var du = modele.Texte{Fr: " du ", En: " of "}

func lireUtilises(lignes *sql.Rows, cherches map[string]bool, utilises map[string]string, l modele.Langue) (err error) {
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var debut, suite, nom string
		var recu int64
		if err := lignes.Scan(&debut, &suite, &nom, &recu); err != nil {
			return err
		}
		for ; len(suite) >= longueurFin; suite = suite[longueurFin:] {
			if numero := debut + suite[:longueurFin]; cherches[numero] {
				utilises[numero] = diag.Neutralize(nom) + du.In(l) + web.Date(db.Temps(recu)).In(l)
			}
		}
	}
	return lignes.Err()
}
