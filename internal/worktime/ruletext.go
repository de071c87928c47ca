package worktime

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// maxRules bounds the work of a year; no country has nearly as many.
const maxRules = 100

// rule is a holiday of every year.
type rule struct {
	on   func(year int) docket.Date
	move bool // on a day of rest it moves to the next day worked
	name string
}

// ruleBook is a calendar's text as read.
type ruleBook struct {
	from, to int
	rest     [7]bool
	rules    []rule
	single   []Day
}

// ReadRules reads a country's calendar, one line each:
//
//	years 2007-2040              the years it answers for
//	weekend fri sat              days of rest
//	12-25 move Christmas Day     month and day; move: to the next day worked
//	first mon 5 May Day          first to fourth or last weekday of a month
//	easter-2 Good Friday         days from Easter Sunday
//	2023-05-08 off Coronation    a single day, off or work
//
// Lines that begin with # are passed over. Its error names every faulty line.
func ReadRules(text string) (*Calendar, error) {
	if len(text) > maxYear {
		return nil, errLarge()
	}
	var book ruleBook
	var faults []docket.FieldError
	for n, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) > 0 && words[0][0] != '#' && !book.read(words) {
			faults = append(faults, docket.FieldError{Field: fmt.Sprintf("row %d", n+1), Key: "calendar.rule",
				Args: map[string]string{"row": strconv.Itoa(n + 1)}, Message: fmt.Sprintf("row %d is no rule of a calendar", n+1)})
		}
	}
	if err := faulty(faults); err != nil {
		return nil, err
	}
	all := [7]bool{true, true, true, true, true, true, true}
	if book.from == 0 || book.rest == [7]bool{} || book.rest == all {
		return nil, docket.Errorf(docket.Invalid, "calendar.frame", "a calendar of rules needs the lines years and weekend")
	}
	return book.calendar(), nil
}

func (b *ruleBook) read(words []string) bool {
	switch words[0] {
	case "years":
		return len(words) == 2 && b.years(words[1])
	case "weekend":
		for _, w := range words[1:] {
			i := slices.Index(weekdays, w)
			if i < 0 {
				return false
			}
			b.rest[i] = true
		}
		return len(words) > 1 && len(words) < 7
	}
	if on, err := docket.ParseDate(words[0]); err == nil {
		if len(words) < 2 || words[1] != "off" && words[1] != "work" || on < first || on > last {
			return false
		}
		b.single = append(b.single, Day{Date: on, Off: words[1] == "off", Name: strings.Join(words[2:], " ")})
		return true
	}
	on, rest := yearly(words)
	if on == nil || len(b.rules) == maxRules {
		return false
	}
	move := len(rest) > 0 && rest[0] == "move"
	if move {
		rest = rest[1:]
	}
	b.rules = append(b.rules, rule{on: on, move: move, name: strings.Join(rest, " ")})
	return true
}

func (b *ruleBook) years(span string) bool {
	from, to, _ := strings.Cut(span, "-")
	var err1, err2 error
	b.from, err1 = strconv.Atoi(from)
	b.to, err2 = strconv.Atoi(to)
	return err1 == nil && err2 == nil && b.from <= b.to && b.from >= first.Time().Year() && b.to <= last.Time().Year()
}

var (
	weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	ordinals = []string{"first", "second", "third", "fourth", "last"}
)

// yearly reads when in the year a holiday falls, and returns the words left over.
func yearly(words []string) (func(int) docket.Date, []string) {
	if days, ok := strings.CutPrefix(words[0], "easter"); ok {
		n, err := strconv.Atoi(days)
		if days != "" && err != nil || n < -100 || n > 200 {
			return nil, nil
		}
		return func(y int) docket.Date { return easterSunday(y) + docket.Date(n) }, words[1:]
	}
	if nth := slices.Index(ordinals, words[0]); nth >= 0 && len(words) > 2 {
		day, month := slices.Index(weekdays, words[1]), number(words[2], 12)
		if day < 0 || month == 0 {
			return nil, nil
		}
		return func(y int) docket.Date { return nthWeekday(y, time.Month(month), day, nth) }, words[3:]
	}
	if t, err := time.Parse("01-02", words[0]); err == nil {
		return func(y int) docket.Date { return docket.NewDate(y, t.Month(), t.Day()) }, words[1:]
	}
	return nil, nil
}

func number(s string, most int) int {
	if n, err := strconv.Atoi(s); err == nil && n > 0 && n <= most {
		return n
	}
	return 0
}

// nthWeekday is the nth (from 0; 4 is the last) such weekday of a month.
func nthWeekday(y int, m time.Month, weekday, nth int) docket.Date {
	if nth == 4 {
		end := docket.NewDate(y, m+1, 0)
		return end - docket.Date((int(end.Time().Weekday())-weekday+7)%7)
	}
	on := docket.NewDate(y, m, 1)
	return on + docket.Date((weekday-int(on.Time().Weekday())+7)%7+7*nth)
}

func (b *ruleBook) calendar() *Calendar {
	days, years := []Day{}, []int{}
	for y := b.from; y <= b.to; y++ {
		days, years = append(days, b.year(y)...), append(years, y)
	}
	return newWeek(b.rest, append(days, b.single...), years...)
}

// year settles the days that stay first, so that a moved one finds its place free.
func (b *ruleBook) year(y int) []Day {
	var days, moving []Day
	taken := map[docket.Date]bool{}
	for _, r := range b.rules {
		day := Day{Date: r.on(y), Off: true, Name: r.name}
		if r.move && b.rest[day.Date.Time().Weekday()] {
			moving = append(moving, day)
			continue
		}
		taken[day.Date], days = true, append(days, day)
	}
	for _, day := range moving {
		for b.rest[day.Date.Time().Weekday()] || taken[day.Date] {
			day.Date++
		}
		taken[day.Date], days = true, append(days, day)
	}
	return days
}
