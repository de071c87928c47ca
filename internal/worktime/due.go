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
		return c.recurring(due, from)
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
	case "": // 15个工作日内: from the day the unit has it
		return max(received, issued)
	}
	return 0
}

func (c *Calendar) relative(due docket.Due, from docket.Date) (docket.Date, bool) {
	switch {
	case from.IsZero() || due.Count < 0:
		return 0, false
	case due.Count == 0: // 当日: the day itself
		return from, false
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

// every are the periods that end with a month: how many months each lasts.
var every = map[string]int{"month": 1, "twomonths": 2, "quarter": 3, "half": 6, "year": 12}

// recurring returns the first date of a repeated due that lies after from.
// Weekly dues fall on due.Day (Monday 1, Sunday 7; none: the Friday); ten-day
// periods end on the 10th, the 20th and the month's last day, half months on the
// 15th and the last. A count (每月结束后5日内) runs from the period's end. A yearly
// due whose first day is known comes again on that day.
func (c *Calendar) recurring(due docket.Due, from docket.Date) (docket.Date, bool) {
	switch due.Every {
	case "day":
		return from + 1, false
	case "week", "twoweeks":
		return onWeekday(due, from), false
	case "tenday":
		return amongDays(from, 10, 20), false
	case "halfmonth":
		return amongDays(from, 15), false
	}
	months := every[due.Every]
	if months == 0 || from < first || from >= last {
		return 0, false
	}
	if months == 12 && due.On >= first {
		on := due.On
		for n := 1; on <= from; n++ {
			on = addMonths(due.On, 12*n)
		}
		return on, false
	}
	// Periods end with the months divisible by their length.
	t := from.Time()
	for m := int(t.Month()) - months; ; m++ {
		if m%months != 0 {
			continue
		}
		on, provisional := inMonth(t.Year(), m, due.Day), false
		if due.Count > 0 {
			on, provisional = c.relative(due, inMonth(t.Year(), m, 0))
		}
		if on > from {
			return on, provisional
		}
	}
}

// onWeekday is the first such weekday after from; a fortnight gives the second.
func onWeekday(due docket.Due, from docket.Date) docket.Date {
	want := due.Day
	if want < 1 || want > 7 {
		want = 5
	}
	have := (int(from)%7+10)%7 + 1 // day 0 was a Thursday
	on := from + docket.Date((want-have+6)%7+1)
	if due.Every == "twoweeks" {
		on += 7
	}
	return on
}

// amongDays is the first of the given days of the month, or its last day, after from.
func amongDays(from docket.Date, days ...int) docket.Date {
	t := from.Time()
	for _, d := range days {
		if on := docket.NewDate(t.Year(), t.Month(), d); on > from {
			return on
		}
	}
	if end := MonthEnd(from); end > from {
		return end
	}
	return docket.NewDate(t.Year(), t.Month()+1, days[0])
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
