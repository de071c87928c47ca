// Package worktime counts working days: public holidays, make-up days on which
// weekends are worked, and dues reckoned from them. Dates past the published
// calendar are counted by weekends alone and marked provisional. Everything is
// a pure function of the tables it was built from.
package worktime

import (
	"sort"
	"time"

	docket "github.com/docket-os/docket"
)

// The days a calendar can answer for; what lies outside is held at the edge.
var (
	first = docket.NewDate(1990, time.January, 1)
	last  = docket.NewDate(2099, time.December, 31)
)

// Day is one exception to the week: a holiday on a weekday, or a weekend day worked.
type Day struct {
	Date docket.Date `json:"date"`
	Off  bool        `json:"off"`
	Name string      `json:"name"` // 春节, Christmas Day
}

// Calendar knows which days are worked. It is built once and only read.
type Calendar struct {
	rest   [7]bool      // days of the week not worked, Sunday first
	known  map[int]bool // years whose holidays are published
	named  map[docket.Date]Day
	worked []int32 // worked[i]: working days from first up to and including first+i
}

// New builds a calendar: Monday to Friday are worked but for the exceptions.
// years are those whose holidays have been published, exceptions or none; a
// year with an exception of its own weekdays counts as published only when named.
func New(days []Day, years ...int) *Calendar {
	return newWeek([7]bool{time.Saturday: true, time.Sunday: true}, days, years...)
}

// newWeek is New for any weekend.
func newWeek(rest [7]bool, days []Day, years ...int) *Calendar {
	c := &Calendar{rest: rest, known: make(map[int]bool, len(years)), named: make(map[docket.Date]Day, len(days))}
	for _, y := range years {
		c.known[y] = true
	}
	for _, d := range days {
		c.named[d.Date] = d
	}
	c.worked = make([]int32, last-first+1)
	var sum int32
	for i := range c.worked {
		if c.IsWorkingDay(first + docket.Date(i)) {
			sum++
		}
		c.worked[i] = sum
	}
	return c
}

// IsWorkingDay reports whether d is worked.
func (c *Calendar) IsWorkingDay(d docket.Date) bool {
	if day, ok := c.named[d]; ok {
		return !day.Off
	}
	return !c.rest[d.Time().Weekday()]
}

// Name returns the holiday d belongs to, or the one a worked weekend makes up for; "" for ordinary days.
func (c *Calendar) Name(d docket.Date) string { return c.named[d].Name }

// Known reports whether the holidays of d's year have been published.
func (c *Calendar) Known(d docket.Date) bool { return c.known[d.Time().Year()] }

// count is the number of working days from first up to and including d.
func (c *Calendar) count(d docket.Date) int {
	if d < first {
		return 0
	}
	return int(c.worked[min(d, last)-first])
}

// WorkingDays counts the working days after from up to and including to; it is
// negative when to lies before from.
func (c *Calendar) WorkingDays(from, to docket.Date) int { return c.count(to) - c.count(from) }

// AddWorkingDays returns the n-th working day after d, which is itself not
// counted (field.md §2.3), or the -n-th before it when n is negative; n = 0 is d.
// provisional is set when the count touches a year that is not yet published.
func (c *Calendar) AddWorkingDays(d docket.Date, n int) (day docket.Date, provisional bool) {
	switch {
	case n == 0:
		return d, false
	case n > 0:
		day = c.reach(c.count(d) + n)
	default: // the day on which the count stood n before that of the eve of d
		day = c.reach(c.count(d-1) + n + 1)
	}
	return day, !c.knownThrough(d, day)
}

// knownThrough reports whether every year from one day to another is published.
func (c *Calendar) knownThrough(a, b docket.Date) bool {
	from, to := min(a, b).Time().Year(), max(a, b).Time().Year()
	if to-from > len(c.known) {
		return false
	}
	for y := from; y <= to; y++ {
		if !c.known[y] {
			return false
		}
	}
	return true
}

// reach returns the first day by which total working days have been counted.
func (c *Calendar) reach(total int) docket.Date {
	i := sort.Search(len(c.worked), func(i int) bool { return int(c.worked[i]) >= total })
	return min(first+docket.Date(i), last)
}
