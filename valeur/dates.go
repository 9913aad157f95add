package valeur

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Ordre is a set of orders in which the numbers of a date can stand.
type Ordre uint8

// The orders, and all of them: what a date says that is the same in each.
const (
	JourMois  Ordre = 1 << iota // 02/10/2023 is 2 October
	MoisJour                    // 02/10/2023 is 10 February
	AnneeMois                   // 23/10/02 is 2 October 2023
	ToutOrdre = JourMois | MoisJour | AnneeMois
)

// Ecrite is a date as people and programs write it, with what it can mean.
type Ecrite struct {
	Ordres Ordre // those in which it is a day that exists; none for what is no date
	Courte bool  // its year has two figures
	Heure  bool  // a time of the day, midnight left out, stands behind it
	Minuit bool  // that time is less than three hours from midnight
	// MoisDabord tells that its month is a word and stands first: who writes so may write 12/25/2022 as well.
	MoisDabord bool
	jours      [3]time.Time
	paris      time.Time // the day in Paris of an instant with a zone
}

// The first and the last year that two figures stand for: the programme began in 2022.
const premiereAnnee, derniereAnnee = 2020, 2029

var (
	dateEnNombres   = regexp.MustCompile(`^(\d{1,4})(?:(/)|(\.)|(-)|( ))(\d{1,2})(?:(/)|(\.)|(-)|( ))(\d{1,4})$`)
	blancsDeDate    = regexp.MustCompile(`(\d) *([/.]) *`) // 12 / 09 / 2023
	dateCompacte    = regexp.MustCompile(`^\d{8}$`)
	dateEnLettres   = regexp.MustCompile(`^(?:(\pL+)\.?,? )?(\d{1,2})(?:er|st|nd|rd|th)?[ .-]{1,2}(\pL+)[ .-]{1,2}(\d{4}|\d{2})$`)
	dateAnglaise    = regexp.MustCompile(`^(?:(\pL+)\.?,? )?(\pL+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
	heureDerriere   = regexp.MustCompile(`^(.*\d)(?:T|,? à |,? at | )(\d{1,2})[:hH](\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?$`)
	decalageHoraire = regexp.MustCompile(`^([+-])(\d{2}):?(\d{2})?$`)
)

// LireEcrite reads a date in any of the forms that spreadsheets, databases and people give it.
func LireEcrite(t string) (e Ecrite) {
	if len(t) > MaxCompare {
		return e
	}
	t = blancsDeDate.ReplaceAllString(t, "$1$2")
	jour, heure := t, heureDerriere.FindStringSubmatch(t)
	if heure != nil {
		jour = heure[1]
	}
	switch {
	case dateCompacte.MatchString(jour):
		e.compacte(jour)
	case e.nombres(dateEnNombres.FindStringSubmatch(jour)):
	default:
		e.lettres(SansAccents(strings.ToLower(jour)))
	}
	if heure != nil && e.Ordres != 0 && !e.heure(heure) {
		return Ecrite{}
	}
	return e
}

// Selon returns the date in one order as JJ/MM/AAAA, "" where it is none.
func (e *Ecrite) Selon(o Ordre) string {
	for i := range e.jours {
		if o == 1<<i && e.Ordres&o != 0 {
			return e.jours[i].Format("02/01/2006")
		}
	}
	return ""
}

// Lectures lists the days that it can mean, each once.
func (e *Ecrite) Lectures() (jours []string) {
	for _, o := range []Ordre{JourMois, MoisJour, AnneeMois} {
		if j := e.Selon(o); j != "" && !contient(jours, j) {
			jours = append(jours, j)
		}
	}
	return jours
}

// AParis returns the day that an instant written with its zone is in Paris, "" when it is the one that is written,
// or no zone is.
func (e *Ecrite) AParis() string {
	if e.paris.IsZero() {
		return ""
	}
	if j := e.paris.Format("02/01/2006"); !contient(e.Lectures(), j) {
		return j
	}
	return ""
}

func contient(liste []string, t string) bool {
	for _, autre := range liste {
		if autre == t {
			return true
		}
	}
	return false
}

// lire keeps what three numbers mean in some orders.
func (e *Ecrite) lire(o Ordre, a, m, j int) {
	d := time.Date(a, time.Month(m), j, 0, 0, 0, 0, time.UTC)
	if a < 1 || d.Year() != a || int(d.Month()) != m || d.Day() != j {
		return
	}
	for i := range e.jours {
		if o&(1<<i) != 0 {
			e.jours[i] = d
			e.Ordres |= 1 << i
		}
	}
}

// annee returns the year that figures stand for, 0 for none: two are those of the campaign.
func annee(t string) int {
	n, _ := strconv.Atoi(t)
	switch {
	case len(t) == 4:
		return n
	case len(t) == 2 && 2000+n >= premiereAnnee && 2000+n <= derniereAnnee:
		return 2000 + n
	}
	return 0
}

// compacte reads eight figures: 20231002, or 02102023 where the first four are no year of our days.
func (e *Ecrite) compacte(t string) {
	n := func(t string) int { i, _ := strconv.Atoi(t); return i }
	if a := n(t[:4]); a >= 1900 && a < 2100 {
		e.lire(ToutOrdre, a, n(t[4:6]), n(t[6:]))
	}
	if e.Ordres == 0 {
		e.lire(JourMois, n(t[4:]), n(t[2:4]), n(t[:2]))
		e.lire(MoisJour, n(t[4:]), n(t[:2]), n(t[2:4]))
	}
}

// nombres reads three numbers with one separator.
func (e *Ecrite) nombres(m []string) bool {
	if m == nil || m[2]+m[3]+m[4]+m[5] != m[7]+m[8]+m[9]+m[10] {
		return false
	}
	premier, milieu, dernier := m[1], m[6], m[11]
	n := func(t string) int { i, _ := strconv.Atoi(t); return i }
	if len(premier) == 4 {
		if len(dernier) <= 2 {
			e.lire(ToutOrdre, annee(premier), n(milieu), n(dernier))
		}
		return true
	}
	if len(premier) > 2 {
		return true
	}
	e.Courte = len(dernier) == 2
	e.lire(JourMois, annee(dernier), n(milieu), n(premier))
	e.lire(MoisJour, annee(dernier), n(premier), n(milieu))
	if len(premier) == 2 && e.Courte {
		e.lire(AnneeMois, annee(premier), n(milieu), n(dernier))
	}
	return true
}

// Jour returns the date of a spreadsheet's day number, counted from 30/12/1899, "" if t is none.
func Jour(t string) string {
	if n, ok := Entier([]byte(t)); ok && n >= 40_000 && n < 60_000 {
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format("02/01/2006")
	}
	return ""
}

// Date rewrites a date as JJ/MM/AAAA; certaine is true when nothing else can have been meant. The month is never
// taken to be the first.
func Date(t string) (propose string, certaine bool) {
	e := LireEcrite(t)
	if e.Ordres&^MoisJour == 0 || e.Courte && len(e.Lectures()) > 1 || e.AParis() != "" {
		return "", false
	}
	if propose = e.Selon(JourMois); propose == "" {
		propose = e.Selon(AnneeMois)
	}
	return propose, e.Ordres == ToutOrdre
}
