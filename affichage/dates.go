package affichage

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// origine is the day that spreadsheets count from.
var origine = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// date shows a number of days.
func (s *section) date(v float64) (montre string, certain bool) {
	jours, secondes := Instant(v)
	if jours < 61 || jours > 2_958_465 { // before 01/03/1900 spreadsheets do not agree
		if s.genre == jour {
			return "", false
		}
	}
	t := origine.AddDate(0, 0, jours).Add(time.Duration(secondes) * time.Second)
	var b strings.Builder
	for _, j := range s.jetons {
		texte, ok := j.texte, true
		if j.genre == temps {
			texte, ok = s.partie(t, j.texte)
		}
		if !ok {
			return "", false
		}
		b.WriteString(texte)
	}
	return b.String(), true
}

// Instant divides days into the day and the seconds in it, as spreadsheets show them: what lacks a ten thousandth of a
// second is the next second.
func Instant(jours float64) (jour, secondes int) {
	jour = int(math.Floor(jours))
	secondes = int(math.Floor((jours-float64(jour))*86400 + 1e-4))
	if secondes >= 86400 {
		return jour + 1, 0
	}
	return jour, secondes
}

// partie shows one part of a date or a time. Names of months and days are those of the format's language, and short
// ones are not the same everywhere.
func (s *section) partie(t time.Time, lettres string) (montre string, ok bool) {
	n := len(lettres)
	deux := func(v int) (string, bool) {
		if n == 1 {
			return strconv.Itoa(v), true
		}
		return strconv.Itoa(v/10) + strconv.Itoa(v%10), n == 2
	}
	switch lettres[0] {
	case 'y':
		if n <= 2 {
			n = 2
			return deux(t.Year() % 100)
		}
		return strconv.Itoa(t.Year()), true
	case 'M':
		if n == 4 && s.francais {
			return mois[t.Month()-1], true
		}
		return deux(int(t.Month()))
	case 'd':
		if n == 4 && s.francais {
			return semaine[t.Weekday()], true
		}
		return deux(t.Day())
	case 'h':
		return deux(t.Hour())
	case 'm':
		return deux(t.Minute())
	}
	return deux(t.Second())
}

var (
	mois    = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	semaine = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
)
