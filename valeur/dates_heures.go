package valeur

import (
	"strconv"
	"time"
)

// heure reads the time behind a date, false for none that exists.
func (e *Ecrite) heure(m []string) bool {
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[2+i])
	}
	if n[0] > 23 || n[1] > 59 || n[2] > 59 {
		return false
	}
	e.Heure = n != [3]int{}
	e.Minuit = e.Heure && (n[0] < 3 || n[0] >= 21)
	if m[5] == "" {
		return true
	}
	ecart := time.Duration(0)
	if d := decalageHoraire.FindStringSubmatch(m[5]); d != nil {
		h, _ := strconv.Atoi(d[2])
		minutes, _ := strconv.Atoi(d[3])
		ecart = time.Duration(h)*time.Hour + time.Duration(minutes)*time.Minute
		if d[1] == "-" {
			ecart = -ecart
		}
	}
	for i := range e.jours {
		if e.Ordres&(1<<i) != 0 {
			instant := e.jours[i].Add(time.Duration(n[0])*time.Hour + time.Duration(n[1])*time.Minute + time.Duration(n[2])*time.Second - ecart)
			e.paris = instant.Add(heureDeParis(instant))
			break
		}
	}
	return true
}

// heureDeParis is how far Paris is ahead of an instant in UTC: two hours from the last Sunday of March, 1:00 UTC, to
// that of October (directive 2000/84/CE). The tables of time zones would weigh more than the program in a browser.
func heureDeParis(t time.Time) time.Duration {
	bascule := func(mois time.Month) time.Time {
		fin := time.Date(t.Year(), mois, 31, 1, 0, 0, 0, time.UTC)
		return fin.AddDate(0, 0, -int(fin.Weekday()))
	}
	if t.Before(bascule(time.March)) || !t.Before(bascule(time.October)) {
		return time.Hour
	}
	return 2 * time.Hour
}
