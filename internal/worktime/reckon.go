package worktime

import (
	"time"

	docket "github.com/docket-os/docket"
)

// Reckon gives the end of a term that begins at an instant, in the place whose
// days count: the last day, the instant itself where the term counts hours, and
// whether the count ran past the known calendar. The day it begins on is not
// counted (field.md §2.3); the zero term gives the zero day.
func (c *Calendar) Reckon(t docket.Term, from time.Time, place *time.Location) (due docket.Date, at time.Time, provisional bool) {
	day := docket.DateOf(from.In(place))
	switch t.Unit {
	case docket.Hours:
		at = from.Add(time.Duration(t.Count) * time.Hour)
		return docket.DateOf(at.In(place)), at, false
	case docket.Days:
		return day + docket.Date(t.Count), at, false
	case docket.WorkingDays:
		due, provisional = c.AddWorkingDays(day, t.Count)
	case docket.Months:
		due = addMonths(day, t.Count)
	case docket.MonthsEnd:
		due = MonthEnd(day)
	case docket.QuartersEnd:
		y, m, _ := day.Time().Date()
		due = MonthEnd(docket.NewDate(y, (m-1)/3*3+3, 1))
	case docket.FixedDate:
		due = t.On
	}
	return due, at, provisional
}
