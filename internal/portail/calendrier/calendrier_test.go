package calendrier_test

import (
	"testing"
	"time"

	"guichet/internal/portail/calendrier"
	"guichet/internal/portail/web"
)

// Ten working days leave out Saturdays, Sundays and the public holidays of the whole country, those that move with Easter, too; what is
// asked for in the evening in Paris counts from the day there.
func TestWorkingDays(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ depuis, limite string }{
		{"2026-11-24T10:00:00Z", "2026-12-08"}, // no holiday
		{"2026-11-28T10:00:00Z", "2026-12-11"}, // a Saturday
		{"2026-12-18T10:00:00Z", "2027-01-05"}, // Christmas, New Year's Day
		{"2027-03-22T10:00:00Z", "2027-04-06"}, // Easter Monday; Good Friday is a working day
		{"2027-04-26T10:00:00Z", "2027-05-11"}, // Ascension; 1 and 8 May are Saturdays
		{"2027-05-12T10:00:00Z", "2027-05-27"}, // Whit Monday
		{"2026-04-28T10:00:00Z", "2026-05-15"}, // 1 May, 8 May, Ascension
		{"2027-07-09T10:00:00Z", "2027-07-26"}, // 14 July
		{"2028-08-10T10:00:00Z", "2028-08-25"}, // 15 August
		{"2027-10-29T10:00:00Z", "2027-11-16"}, // 1 and 11 November
		{"2026-11-23T23:30:00Z", "2026-12-08"}, // the 24th in Paris
	} {
		depuis, err := time.Parse(time.RFC3339, x.depuis)
		if err != nil {
			t.Fatal(err)
		}
		limite := calendrier.Ouvres(depuis, 10)
		if got := limite.In(web.Paris()).Format(time.DateOnly); got != x.limite {
			t.Errorf("ten working days from %s: %s, want %s", x.depuis, got, x.limite)
		}
		if fin := calendrier.Fin(limite); fin.Sub(limite) != 12*time.Hour {
			t.Errorf("%s ends at %s", x.limite, fin)
		}
	}
	if got := calendrier.Jours(time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC), 15).Format(time.DateOnly); got != "2026-12-10" {
		t.Errorf("15 days: %s", got)
	}
}
