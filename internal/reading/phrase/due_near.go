package phrase

import (
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// enNearRE: 1 cue, 2 the end of, 3 this or next, 4 weekday, 5 day word, 6 this, next or
// the, 7 period, 8 its end, 9 end in letters.
var enNearRE = pattern.New(`^(?i:(by|before|no later than|not later than|on or before|until|due by|due)? ?(?:the )?((?:end|close)(?: of)? )?(?:(?:(this|next) )?(mon|tues|wednes|thurs|fri|satur|sun)day|(today|tonight|tomorrow)|(?:(this|next|the) )?(week|month|quarter|year)([- ]end)?|eo([dwmqy])))`)

// enNear reads deadlines near the day the words are said: by next Friday, by the end of
// next month, EOY. The end of a week is its Friday. Without a cue (by) such a day must
// close its segment.
func (r *dueReader) enNear(i int) (docket.Due, int, bool) {
	m := enNearRE.FindStringSubmatch(r.s[i:min(len(r.s), i+50)])
	if m == nil || r.issued.IsZero() || !wordBreak.MatchString(r.s[i+len(m[0]):min(len(r.s), i+len(m[0])+4)]) {
		return docket.Due{}, 0, false
	}
	hi := i + len(m[0])
	last := hi == len(r.s) || strings.ContainsRune(",.;)", rune(r.s[hi]))
	next := strings.EqualFold(m[3], "next") || strings.EqualFold(m[6], "next")
	d := docket.Due{Kind: docket.DueDate, Assumed: true}
	weekday := docket.Date((int(r.issued)+3)%7 + 1) // Monday 1
	period, named := strings.ToLower(m[7]), false
	switch {
	case m[9] != "":
		period, named = map[string]string{"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}[strings.ToLower(m[9])], true
	case m[4] != "":
		want := docket.Date(strings.Index("montuewedthufrisatsun", strings.ToLower(m[4])[:3])/3 + 1)
		d.On = r.issued + want - weekday
		if next || m[3] == "" && d.On < r.issued {
			d.On += 7
		}
		return d, hi, m[1] != "" || m[3] != "" && last
	case m[5] != "":
		d.On = r.issued
		if strings.EqualFold(m[5], "tomorrow") {
			d.On++
		}
		return d, hi, m[1] != "" || last
	default: // by the month says nothing: an end, this or next must be said
		named = (m[2] != "" || m[8] != "" || next || strings.EqualFold(m[6], "this")) && (m[1] != "" || last)
	}
	d.On = periodEnd(r.issued, weekday, period, next)
	return d, hi, named
}

// periodEnd is the last day of the period that holds a day, or of the next.
func periodEnd(on, weekday docket.Date, period string, next bool) docket.Date {
	n := 0
	if next {
		n = 1
	}
	y, m, _ := on.Time().Date()
	switch period {
	case "week":
		return on + 5 - weekday + docket.Date(7*n)
	case "month":
		return docket.NewDate(y, m+time.Month(n+1), 0)
	case "quarter":
		return docket.NewDate(y, time.Month(3*((int(m)-1)/3+n)+4), 0)
	case "year":
		return docket.NewDate(y+n, 12, 31)
	}
	return on
}
