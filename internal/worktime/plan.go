package worktime

import (
	"cmp"
	"maps"
	"slices"
	"time"

	docket "github.com/docket-os/docket"
)

// Base is what a body's calendar is built on.
type Base string

// The bases.
const (
	BaseChina    Base = "china"
	BaseEngland  Base = "england"
	BaseWeekends Base = "weekends"
	BaseRules    Base = "rules" // the body's own, as ReadRules reads them
)

// Bases lists them.
func Bases() []Base { return []Base{BaseChina, BaseEngland, BaseWeekends, BaseRules} }

// Plan is a body's calendar as it is kept: its base, and years that were
// published since, each in place of what the base says of it. The zero Plan is
// China as this build knows it.
type Plan struct {
	Base  Base          `json:"base"`
	Rules string        `json:"rules,omitempty"`
	Years map[int][]Day `json:"years,omitempty"`
}

// maxRuleText bounds the body's own rules, in bytes.
const maxRuleText = 64 << 10

// Build makes the calendar. Its error says what is wrong with the plan.
func (p Plan) Build() (*Calendar, error) {
	switch p.Base {
	case "", BaseChina:
		return China().with(p.Years), nil
	case BaseEngland:
		return England().with(p.Years), nil
	case BaseWeekends:
		return Weekends().with(p.Years), nil
	case BaseRules:
		if len(p.Rules) > maxRuleText {
			return nil, docket.Errorf(docket.Invalid, "calendar.rules_long", "the rules of a calendar have at most 64 kB")
		}
		c, err := ReadRules(p.Rules)
		if err != nil {
			return nil, err
		}
		return c.with(p.Years), nil
	}
	return nil, docket.Errorf(docket.Invalid, "calendar.base", "there is no such calendar to build on")
}

// with puts published years in place of those the calendar has. A later year's
// file speaks last: its break may begin in the December before.
func (c *Calendar) with(years map[int][]Day) *Calendar {
	if len(years) == 0 {
		return c
	}
	var days []Day
	for _, d := range c.named {
		if _, replaced := years[d.Date.Time().Year()]; !replaced {
			days = append(days, d)
		}
	}
	known := maps.Clone(c.known)
	for _, y := range slices.Sorted(maps.Keys(years)) {
		known[y] = true
		days = append(days, years[y]...)
	}
	return newWeek(c.rest, days, slices.Collect(maps.Keys(known))...)
}

// Years lists the years whose holidays are published.
func (c *Calendar) Years() []int { return slices.Sorted(maps.Keys(c.known)) }

// Exceptions lists the days of a year that are named, in order.
func (c *Calendar) Exceptions(year int) []Day {
	var days []Day
	for _, d := range c.named {
		if d.Date.Time().Year() == year {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, func(a, b Day) int { return cmp.Compare(a.Date, b.Date) })
	return days
}

// YearCount is how many days of a year are out of the ordinary, and how many are worked.
type YearCount struct {
	Off    int `json:"off"`    // days off by name
	Work   int `json:"work"`   // days of rest that are worked
	Worked int `json:"worked"` // working days of the year
}

// Count counts a year.
func (c *Calendar) Count(year int) YearCount {
	n := YearCount{Worked: c.WorkingDays(docket.NewDate(year-1, time.December, 31), docket.NewDate(year, time.December, 31))}
	for _, d := range c.Exceptions(year) {
		if d.Off {
			n.Off++
		} else {
			n.Work++
		}
	}
	return n
}

// Differs is the first day that is worked in one of two calendars and not in the
// other; the day after all days when there is none.
func (c *Calendar) Differs(o *Calendar) docket.Date {
	for i := range c.worked {
		if c.worked[i] != o.worked[i] {
			return first + docket.Date(i)
		}
	}
	return last + 1
}

// ByYear sorts days of a file into the years they were published for. December
// days alone, before a year that has more, are the beginning of that year's break.
func ByYear(days []Day) map[int][]Day {
	years := map[int][]Day{}
	for _, d := range days {
		y := d.Date.Time().Year()
		years[y] = append(years[y], d)
	}
	for _, y := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		earlier := func(d Day) bool { return d.Date.Time().Month() != time.December }
		if next := years[y+1]; slices.ContainsFunc(next, earlier) && !slices.ContainsFunc(years[y], earlier) {
			years[y+1] = append(years[y], next...)
			delete(years, y)
		}
	}
	return years
}
