package carnet

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"guichet/modele"
)

// longueur is that of a numeroEditeur (§3.2): exactly 5 characters.
const longueur = 5

var (
	prefixe   = regexp.MustCompile(`^[0-9A-Z]{0,4}$`)
	numeroAns = regexp.MustCompile(`^[0-9A-Za-z]{10}$`)
	jour      = regexp.MustCompile(`^[0-9]{8}$`)
)

// libres returns the first n free numbers: the prefix and a counter from 1, in digits, then in base 36 once
// they are used up. Both orders are that of the texts, so that one walk along the used numbers does.
func (c *Carnet) libres(ctx context.Context, prefixe string, n int) ([]string, error) {
	libres := make([]string, 0, n)
	for _, base := range []int{10, 36} {
		if len(libres) == n {
			break
		}
		var err error
		if libres, err = c.completer(ctx, libres, prefixe, base); err != nil {
			return nil, err
		}
	}
	if len(libres) < n {
		return nil, &ErreurReserve{modele.Texte{
			Fr: fmt.Sprintf("il ne reste que %d numéros libres qui commencent par « %s », il en faut %d : changez le préfixe", len(libres), prefixe, n),
			En: fmt.Sprintf("only %d free numbers start with \"%s\", %d are needed: change the prefix", len(libres), prefixe, n),
		}}
	}
	return libres, nil
}

// completer adds free numbers of one base as long as there is room for them.
func (c *Carnet) completer(ctx context.Context, libres []string, prefixe string, base int) ([]string, error) {
	u, err := c.utilises(ctx, prefixe)
	if err != nil {
		return nil, err
	}
	defer func() { _ = u.rows.Close() }()
	largeur := longueur - len(prefixe)
	for i := int64(1); len(libres) < cap(libres); i++ {
		compteur := strings.ToUpper(strconv.FormatInt(i, base))
		if len(compteur) > largeur {
			break
		}
		if base > 10 && !strings.ContainsFunc(compteur, unicode.IsLetter) {
			continue // the digits are used up
		}
		numero := prefixe + strings.Repeat("0", largeur-len(compteur)) + compteur
		if !u.contient(numero) {
			libres = append(libres, numero)
		}
	}
	if err := u.rows.Err(); err != nil {
		return nil, fmt.Errorf("read the used numbers: %w", err)
	}
	return libres, nil
}

// utilises is a walk along the used numbers, in the order that SQLite gives to NOCASE: that of small letters.
type utilises struct {
	rows   *sql.Rows
	actuel string
	fini   bool
}

func (c *Carnet) utilises(ctx context.Context, prefixe string) (*utilises, error) {
	rows, err := c.db.QueryContext(ctx, `SELECT numero FROM demande WHERE numero >= ?1 AND numero < ?1 || '~'
		UNION ALL SELECT numero FROM ailleurs WHERE numero >= ?1 AND numero < ?1 || '~' ORDER BY 1`, prefixe)
	if err != nil {
		return nil, fmt.Errorf("read the used numbers: %w", err)
	}
	return &utilises{rows: rows}, nil
}

// contient tells whether a number is used. Numbers are asked for in their order.
func (u *utilises) contient(numero string) bool {
	numero = strings.ToLower(numero)
	for !u.fini && u.actuel < numero {
		if u.fini = !u.rows.Next() || u.rows.Scan(&u.actuel) != nil; !u.fini {
			u.actuel = strings.ToLower(u.actuel)
		}
	}
	return !u.fini && u.actuel == numero
}

const dernierRang = 999

// rangs returns the n ranks after those that the ledger or the folder has for this numeroAns and day.
func (c *Carnet) rangs(ctx context.Context, i Intention) ([]int, error) {
	var dernier int
	err := c.db.QueryRowContext(ctx, "SELECT coalesce(max(rang), 0) FROM fichier WHERE numero_ans = ? AND jour = ?", i.NumeroAns, i.Jour).Scan(&dernier)
	if err != nil {
		return nil, fmt.Errorf("read the ranks of the day: %w", err)
	}
	entrees, err := os.ReadDir(i.Dossier)
	if err != nil {
		return nil, fmt.Errorf("read the folder of the lot: %w", err)
	}
	for _, e := range entrees {
		dernier = max(dernier, rangDe(e.Name(), i.NumeroAns, i.Jour))
	}
	if dernier+i.Fichiers > dernierRang {
		return nil, &ErreurReserve{modele.Texte{
			Fr: fmt.Sprintf("il faut %d fichiers pour %s le %s, et le dernier rang est déjà %d : la norme en permet 999 par jour", i.Fichiers, i.NumeroAns, i.Jour, dernier),
			En: fmt.Sprintf("%d files are needed for %s on %s, and the last rank is %d already: the norm allows 999 a day", i.Fichiers, i.NumeroAns, i.Jour, dernier),
		}}
	}
	rangs := make([]int, i.Fichiers)
	for k := range rangs {
		rangs[k] = dernier + 1 + k
	}
	return rangs, nil
}

// NomFichier is the name by the norm (§2.1) of the JSON file of this rank.
func NomFichier(numeroAns, jour string, rang int) string {
	return fmt.Sprintf("JSON-%s-%s-%03d.json", numeroAns, jour, rang)
}

// rangDe returns the rank that a name gives, also to a file that belongs to another (JSON-…-001-01.zip,
// -001.json.bak), else 0.
func rangDe(nom, numeroAns, jour string) int {
	debut := "JSON-" + numeroAns + "-" + jour + "-"
	if len(nom) < len(debut)+3 || !strings.EqualFold(nom[:len(debut)], debut) {
		return 0
	}
	rang, err := strconv.Atoi(nom[len(debut) : len(debut)+3])
	if err != nil || rang < 0 {
		return 0
	}
	return rang
}
