package worktime

import (
	"time"

	docket "github.com/docket-os/docket"
)

// Reckoned is what a term comes to when it runs from a given instant.
type Reckoned struct {
	On docket.Date // the last day that still counts; zero for the zero Term
	At time.Time   // terms in hours: the instant itself, in the body's zone
	// Missing are the years the count touched whose holidays are not published;
	// there it went by weekends alone.
	Missing []int
}

// Provisional reports whether the day may move once a missing year is published.
func (r Reckoned) Provisional() bool { return len(r.Missing) > 0 }

// Reckon works out a term that runs from an instant, in the body's zone. The day
// of assignment is not counted; hours run on the clock, nights and holidays too.
// Only working days depend on the calendar, so only they can be provisional.
func (c *Calendar) Reckon(term docket.Term, from time.Time, zone *time.Location) Reckoned {
	from = from.In(zone)
	day := docket.DateOf(from)
	switch term.Unit {
	case docket.Hours:
		at := from.Add(time.Duration(term.Count) * time.Hour)
		return Reckoned{On: docket.DateOf(at), At: at}
	case docket.Days:
		return Reckoned{On: day + docket.Date(term.Count)}
	case docket.WorkingDays:
		on, provisional := c.AddWorkingDays(day, term.Count)
		if !provisional {
			return Reckoned{On: on}
		}
		return Reckoned{On: on, Missing: c.missing(day, on)}
	case docket.Months:
		return Reckoned{On: addMonths(day, term.Count)}
	case docket.MonthsEnd:
		return Reckoned{On: MonthEnd(day)}
	case docket.QuartersEnd:
		return Reckoned{On: QuarterEnd(day)}
	case docket.FixedDate:
		return Reckoned{On: term.On}
	}
	return Reckoned{}
}

// missing are the years from one day to a later one that are not published.
func (c *Calendar) missing(from, to docket.Date) []int {
	var years []int
	for y := from.Time().Year(); y <= to.Time().Year(); y++ {
		if !c.known[y] {
			years = append(years, y)
		}
	}
	return years
}
