// Package calendrier counts the days that suppliers have: working days of France, the last day, and when to remind of it.
package calendrier

import (
	"slices"
	"sync"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/fr"

	"guichet/internal/portail/web"
)

// ouvres knows the working days: Monday to Friday, but for public holidays of the whole country (code du travail, art. L3133-1).
var ouvres = sync.OnceValue(func() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.AddHoliday(fr.Holidays...)
	return c
})

// Ouvres is the last of n working days, in Paris; the day of depuis does not count.
func Ouvres(depuis time.Time, n int) time.Time {
	a, m, j := depuis.In(web.Paris()).Date()
	jour := time.Date(a, m, j, 12, 0, 0, 0, web.Paris()) // no change of the clock is near noon
	for n > 0 {
		if jour = jour.AddDate(0, 0, 1); ouvres().IsWorkday(jour) {
			n--
		}
	}
	return jour
}

// Jours is the last of n days of the calendar, in Paris; the day of depuis does not count.
func Jours(depuis time.Time, n int) time.Time {
	a, m, j := depuis.In(web.Paris()).Date()
	return time.Date(a, m, j+n, 12, 0, 0, 0, web.Paris())
}

// Fin is when a last day is over, in Paris.
func Fin(jour time.Time) time.Time {
	a, m, j := jour.In(web.Paris()).Date()
	return time.Date(a, m, j+1, 0, 0, 0, 0, web.Paris())
}

// heureRappel is the hour of the day, in Paris, at which suppliers are reminded.
const heureRappel = 8

// Moments are when the counter looks at what a supplier was asked for: a reminder so many days before the last day, unless it was asked
// later than that, and the end, once the last day is over.
func Moments(rappels []int, demande, limite time.Time) (moments []time.Time) {
	a, m, j := limite.In(web.Paris()).Date()
	for _, jours := range rappels {
		if t := time.Date(a, m, j-jours, heureRappel, 0, 0, 0, web.Paris()); t.After(demande) {
			moments = append(moments, t)
		}
	}
	slices.SortFunc(moments, time.Time.Compare)
	return append(slices.CompactFunc(moments, time.Time.Equal), Fin(limite))
}
