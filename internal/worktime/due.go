package worktime

import (
	"time"

	docket "github.com/docket-os/docket"
)

// Resolve works out the last day of a due as read, given the day its document
// was issued and the day it was received here. It returns zero when the words
// alone do not settle it (continuing, conditional and validity dues, and
// relative ones without their event). A recurring due gives its first date
// after receipt. provisional is set when the count ran past the known calendar.
func (c *Calendar) Resolve(due docket.Due, issued, received docket.Date) (on docket.Date, provisional bool) {
	switch due.Kind {
	case docket.DueDate:
		return due.On, false
	case docket.DueRelative:
		return c.relative(due, event(due.Event, issued, received))
	case docket.DueRecurring:
		from := received
		if from.IsZero() {
			from = issued
		}
		if from.IsZero() {
			return 0, false
		}
		return recurring(due, from), false
	}
	return 0, false
}

// event is the day a relative due is counted from.
func event(name string, issued, received docket.Date) docket.Date {
	switch name {
	case "issue":
		return issued
	case "receipt":
		return received
	}
	return 0
}

func (c *Calendar) relative(due docket.Due, from docket.Date) (docket.Date, bool) {
	if from.IsZero() || due.Count <= 0 {
		return 0, false
	}
	switch due.Unit {
	case docket.WorkingDays:
		return c.AddWorkingDays(from, due.Count)
	case docket.Days:
		return from + docket.Date(due.Count), false
	case docket.Hours:
		return from + docket.Date((due.Count+23)/24), false
	case docket.Months:
		return addMonths(from, due.Count), false
	}
	return 0, false
}

// recurring returns the first date of a repeated due that lies after from.
func recurring(due docket.Due, from docket.Date) docket.Date {
	months := map[string]int{"month": 1, "quarter": 3, "half": 6, "year": 12}[due.Every]
	switch due.Every {
	case "day":
		return from + 1
	case "week":
		return from + 7
	case "tenday":
		return from + 10
	}
	if months == 0 {
		return 0
	}
	// Periods end with the months divisible by their length.
	t := from.Time()
	for m := int(t.Month()); ; m++ {
		if m%months != 0 {
			continue
		}
		if on := inMonth(t.Year(), m, due.Day); on > from {
			return on
		}
	}
}

// inMonth is that day of a month, at most its last; day 0 is the last one.
// Months past December carry over into the next year.
func inMonth(year, month, day int) docket.Date {
	end := MonthEnd(docket.NewDate(year, time.Month(month), 1))
	if on := docket.NewDate(year, time.Month(month), day); day > 0 && on < end {
		return on
	}
	return end
}

// MonthEnd is the last calendar day of d's month (field.md §5.3.5: 底).
func MonthEnd(d docket.Date) docket.Date {
	t := d.Time()
	return docket.NewDate(t.Year(), t.Month()+1, 0)
}

// QuarterEnd is the last calendar day of d's quarter.
func QuarterEnd(d docket.Date) docket.Date {
	t := d.Time()
	return docket.NewDate(t.Year(), (t.Month()-1)/3*3+4, 0)
}

// YearEnd is 31 December of d's year.
func YearEnd(d docket.Date) docket.Date { return docket.NewDate(d.Time().Year(), time.December, 31) }

// addMonths is the same day n months on, or that month's last day.
func addMonths(d docket.Date, n int) docket.Date {
	t := d.Time()
	return inMonth(t.Year(), int(t.Month())+n, t.Day())
}
