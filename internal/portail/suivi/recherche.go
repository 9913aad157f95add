package suivi

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
)

// periode keeps the deposits of some days: their ids follow their times.
func (r *requete) periode(ctx context.Context) error {
	if r.f.Du.IsZero() && r.f.Au.IsZero() {
		return nil
	}
	du, au := int64(0), int64(math.MaxInt64)
	if !r.f.Du.IsZero() {
		du = db.Instant(minuit(r.f.Du, 0))
	}
	if !r.f.Au.IsZero() {
		au = db.Instant(minuit(r.f.Au, 1))
	}
	var premier, dernier sql.NullInt64
	err := r.s.Base.Lire().QueryRowContext(ctx, `SELECT MIN(id), MAX(id) FROM depot WHERE fournisseur_id = $1 AND recu >= $2 AND recu < $3`,
		r.f.Fournisseur, du, au).Scan(&premier, &dernier)
	r.vide = !premier.Valid
	r.Si("d.depot_id >= " + r.Arg(premier.Int64))
	r.Si("d.depot_id <= " + r.Arg(dernier.Int64))
	return err
}

func minuit(jour time.Time, plus int) time.Time {
	return time.Date(jour.Year(), jour.Month(), jour.Day()+plus, 0, 0, 0, 0, paris())
}

// texte finds what a search text names as a whole, or as a name. What can be a part of a number is looked for by parcourir.
func (r *requete) texte(ctx context.Context) error {
	switch n := ecrit.Numero(r.f.Texte); genreTexte(r.s, r.f.Texte) {
	case texteASP:
		depot, rang, _ := r.s.LireNumeroASP(n)
		r.une(Cle{Depot: depot, Rang: rang})
	case textePartieASP:
		depots, rangs, _ := r.s.LirePartieASP(n)
		r.Si("d.depot_id BETWEEN " + r.Arg(depots[0]) + " AND " + r.Arg(depots[1]))
		r.Si("d.rang BETWEEN " + r.Arg(rangs[0]) + " AND " + r.Arg(rangs[1]))
	case texteNumero:
		_, err := r.numero(ctx)
		return err
	case texteNom:
		return r.depots(ctx, `acceptees > 0 AND cherche LIKE $2 ESCAPE '\'`, ecrit.Motif(r.f.Texte))
	}
	return nil
}

// numero looks for the demande that has a whole numeroEditeur.
func (r *requete) numero(ctx context.Context) (trouve bool, err error) {
	tel := strings.Join(strings.Fields(r.f.Texte), "") // numbers may have small letters
	if len(tel) != tailleNumero {
		return false, nil
	}
	for _, n := range []string{tel, ecrit.Numero(r.f.Texte)} {
		var c Cle
		err := r.s.Base.Lire().QueryRowContext(ctx, `SELECT m.depot_id, m.rang FROM numero_utilise n
			JOIN demande m ON m.fournisseur_id = n.fournisseur_id AND m.depot_id = n.depot_id
			WHERE n.fournisseur_id = $1 AND n.debut = $2 AND m.numero = $3`, r.f.Fournisseur, n[:3], n).Scan(&c.Depot, &c.Rang)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		r.trouvee = true
		r.une(c)
		return true, err
	}
	return false, nil
}

func (r *requete) une(c Cle) {
	r.Si("d.depot_id = " + r.Arg(c.Depot))
	r.Si("d.rang = " + r.Arg(c.Rang))
}

// What a search text can be, by its form.
type genre uint8

const (
	texteVide genre = iota
	texteASP
	textePartieASP // the beginning of one
	texteNumero    // numeroEditeur or a part of it, a part of a FINESS when it is figures, or a part of a name
	texteFINESS    // a part of one, or of a name
	texteNom
)

// tailleNumero is that of a numeroEditeur.
const tailleNumero = 5

// The forms of the numbers that are looked for by part; the department of Corsica is 2A or 2B.
var (
	formeNumero = regexp.MustCompile(`^[0-9A-Za-z]{1,5}$`)
	formeFINESS = regexp.MustCompile(`^[0-9]?[0-9AB]?[0-9]{1,7}$`)
)

func genreTexte(s *Service, t string) genre {
	n := ecrit.Numero(t)
	if _, _, asp := s.LireNumeroASP(n); asp {
		return texteASP
	}
	if _, _, partie := s.LirePartieASP(n); partie {
		return textePartieASP
	}
	switch {
	case n == "":
		return texteVide
	case formeNumero.MatchString(n):
		return texteNumero
	case formeFINESS.MatchString(n):
		return texteFINESS
	}
	return texteNom
}

// etat keeps one state. Those that left the first one have an index; the others are in deposits that say that they
// have some.
func (r *requete) etat(ctx context.Context) error {
	switch r.f.Etat {
	case "":
		return nil
	case etat.Incomplete:
		r.Si("d.etat = 'incomplete'")
		return r.depots(ctx, "incompletes > 0")
	}
	r.Si("d.etat = " + r.Arg(string(r.f.Etat)))
	r.Si("d.etat <> 'incomplete'")
	return nil
}

// depots keeps the deposits that a condition holds for, with its arguments from $2 on: the next maxDepots from the
// place on.
func (r *requete) depots(ctx context.Context, condition string, args ...any) error {
	c := db.Conditions{Args: append([]any{r.f.Fournisseur}, args...)}
	c.Si("fournisseur_id = $1")
	c.Si(condition)
	if r.place != nil {
		c.Si("id " + r.cote() + "= " + c.Arg(r.place.Depot))
	}
	ids, err := db.Lignes(ctx, r.s.Base.Lire(), func(l db.Ligne, id *int64) error { return l.Scan(id) }, `SELECT id FROM depot WHERE `+c.Tout()+` ORDER BY id `+r.ordre()+` LIMIT `+c.Arg(maxDepots), c.Args...)
	if err != nil || len(ids) == 0 {
		r.vide = true
		return err
	}
	marques := make([]string, len(ids))
	for i, id := range ids {
		marques[i] = strconv.FormatInt(id, 10)
	}
	r.Si("d.depot_id IN (" + strings.Join(marques, ", ") + ")")
	if len(ids) == maxDepots {
		fin := Cle{Depot: ids[maxDepots-1]}
		if r.retour {
			fin.Rang = math.MaxInt32
		}
		r.limiter(fin)
	}
	return nil
}

// limiter notes that nothing beyond a place is looked at.
func (r *requete) limiter(c Cle) {
	if r.borne == nil || devant(*r.borne, c) == r.retour {
		r.borne = &c
	}
}

// parcourir looks for a part of a number, or of a name, among the next maxParcours demandes: numbers have no index of their
// parts, which every deposit would have to fill.
func (r *requete) parcourir(ctx context.Context) error {
	quoi := genreTexte(r.s, r.f.Texte)
	if quoi != texteNumero && quoi != texteFINESS || r.trouvee {
		return nil
	}
	var c Cle
	err := r.s.Base.Lire().QueryRowContext(ctx, fmt.Sprintf(`SELECT d.depot_id, d.rang FROM demande d WHERE %s
		ORDER BY d.depot_id %s, d.rang %[2]s LIMIT 1 OFFSET %d`, r.Tout(), r.ordre(), maxParcours), r.Args...).Scan(&c.Depot, &c.Rang)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return err
	default:
		r.limiter(c)
		r.Si(fmt.Sprintf("(d.depot_id, d.rang) %s= (%s, %s)", r.inverse(), r.Arg(c.Depot), r.Arg(c.Rang)))
	}
	motif := r.Arg("%" + ecrit.Numero(r.f.Texte) + "%") // letters and figures alone
	r.Si(`(UPPER(d.numero) LIKE ` + motif + ` OR d.og LIKE ` + motif + ` OR d.depot_id IN (` + r.nommes(c) + `))`)
	return nil
}

// nommes are the deposits whose name has the text, among those that are looked at.
func (r *requete) nommes(fin Cle) string {
	texte := `SELECT x.id FROM depot x WHERE x.fournisseur_id = ` + r.Arg(r.f.Fournisseur) + ` AND x.acceptees > 0 AND x.cherche LIKE ` + r.Arg(ecrit.Motif(r.f.Texte)) + ` ESCAPE '\'`
	if r.place != nil {
		texte += ` AND x.id ` + r.cote() + `= ` + r.Arg(r.place.Depot)
	}
	if fin.Depot != 0 {
		texte += ` AND x.id ` + r.inverse() + `= ` + r.Arg(fin.Depot)
	}
	return texte
}
