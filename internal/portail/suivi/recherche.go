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
	r.si("d.depot_id >= " + r.arg(premier.Int64))
	r.si("d.depot_id <= " + r.arg(dernier.Int64))
	return err
}

func minuit(jour time.Time, plus int) time.Time {
	return time.Date(jour.Year(), jour.Month(), jour.Day()+plus, 0, 0, 0, 0, paris())
}

// texte finds what a search text names.
func (r *requete) texte(ctx context.Context) error {
	switch genreTexte(r.s, r.f.Texte) {
	case texteVide, texteFINESS: // finess
		return nil
	case texteASP:
		depot, rang, _ := r.s.LireNumeroASP(ecrit.Numero(r.f.Texte))
		r.une(Cle{depot, rang})
		return nil
	case texteNumero:
		if trouve, err := r.numero(ctx); err != nil || trouve {
			return err
		}
	}
	return r.depots(ctx, `acceptees > 0 AND cherche LIKE $2 ESCAPE '\'`, ecrit.Motif(r.f.Texte))
}

// numero looks for the demande that has a numeroEditeur: what has the form of one may be a part of a name too.
func (r *requete) numero(ctx context.Context) (trouve bool, err error) {
	tel := strings.Join(strings.Fields(r.f.Texte), "") // numbers may have small letters
	for _, n := range []string{tel, ecrit.Numero(r.f.Texte)} {
		var c Cle
		err := r.s.Base.Lire().QueryRowContext(ctx, `SELECT m.depot_id, m.rang FROM numero_utilise n
			JOIN demande m ON m.fournisseur_id = n.fournisseur_id AND m.depot_id = n.depot_id
			WHERE n.fournisseur_id = $1 AND n.debut = $2 AND m.numero = $3`, r.f.Fournisseur, n[:3], n).Scan(&c.Depot, &c.Rang)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		r.une(c)
		return true, err
	}
	return false, nil
}

func (r *requete) une(c Cle) {
	r.si("d.depot_id = " + r.arg(c.Depot))
	r.si("d.rang = " + r.arg(c.Rang))
}

// What a search text can be, by its form.
type genre uint8

const (
	texteVide genre = iota
	texteASP
	texteNumero // numeroEditeur, or a part of a name
	texteFINESS
	texteNom
)

// The forms of the numbers that are looked for whole; the department of Corsica is 2A or 2B.
var (
	formeNumero = regexp.MustCompile(`^[0-9A-Za-z]{5}$`)
	formeFINESS = regexp.MustCompile(`^[0-9][0-9AB][0-9]{7}$`)
)

func genreTexte(s *Service, t string) genre {
	n := ecrit.Numero(t)
	switch _, _, asp := s.LireNumeroASP(n); {
	case n == "":
		return texteVide
	case asp:
		return texteASP
	case formeFINESS.MatchString(n):
		return texteFINESS
	case formeNumero.MatchString(n):
		return texteNumero
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
		r.si("d.etat = 'incomplete'")
		return r.depots(ctx, "incompletes > 0")
	}
	r.si("d.etat = " + r.arg(string(r.f.Etat)))
	r.si("d.etat <> 'incomplete'")
	return nil
}

// depots keeps the deposits that a condition holds for, with its arguments from $2 on: the next maxDepots from the
// place on.
func (r *requete) depots(ctx context.Context, condition string, args ...any) error {
	c := choix{args: append([]any{r.f.Fournisseur}, args...)}
	c.si("fournisseur_id = $1")
	c.si(condition)
	if r.place != nil {
		c.si("id " + r.cote() + "= " + c.arg(r.place.Depot))
	}
	ids, err := entiers(ctx, r.s.Base.Lire(), `SELECT id FROM depot WHERE `+c.tout()+` ORDER BY id `+r.ordre()+` LIMIT `+c.arg(maxDepots), c.args...)
	if err != nil || len(ids) == 0 {
		r.vide = true
		return err
	}
	marques := make([]string, len(ids))
	for i, id := range ids {
		marques[i] = strconv.FormatInt(id, 10)
	}
	r.si("d.depot_id IN (" + strings.Join(marques, ", ") + ")")
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
	if r.borne == nil || r.borne.devant(c) == r.retour {
		r.borne = &c
	}
}

// finess looks for the FINESS of an OG among the next maxParcours demandes: it has no index, which every deposit
// would have to fill.
func (r *requete) finess(ctx context.Context) error {
	if genreTexte(r.s, r.f.Texte) != texteFINESS {
		return nil
	}
	var c Cle
	err := r.s.Base.Lire().QueryRowContext(ctx, fmt.Sprintf(`SELECT d.depot_id, d.rang FROM demande d WHERE %s
		ORDER BY d.depot_id %s, d.rang %[2]s LIMIT 1 OFFSET %d`, r.tout(), r.ordre(), maxParcours), r.args...).Scan(&c.Depot, &c.Rang)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return err
	default:
		r.limiter(c)
		r.si(fmt.Sprintf("(d.depot_id, d.rang) %s= (%s, %s)", r.inverse(), r.arg(c.Depot), r.arg(c.Rang)))
	}
	r.si("d.og = " + r.arg(ecrit.Numero(r.f.Texte)))
	return nil
}
