package phrase

import (
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// The rules of English plans (field.md §5.4): those that start with a letter and
// those that start with a figure.
var (
	englishDueRules  = []dueRule{(*dueReader).enRelative, (*dueReader).enRecurring, (*dueReader).enOpen, (*dueReader).enConditional, (*dueReader).enNear, (*dueReader).enDated}
	englishDateRules = []dueRule{(*dueReader).enRelative, (*dueReader).enDated}
)

const (
	monthEN = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
	dayEN   = `(3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?`
	year4   = `((?:19|20)[0-9]{2})`
)

// enDateRE: 1–3 month day year, 4–6 day month year, 7–8 month year, 9–10 quarter
// year, 11–12 year quarter, 13 season 14 year, 15–17 d/m/y, 18–20 year first,
// 21–22 financial year, 23–24 the same by its two halves, 25 year, 26 the year's end,
// 27 half 28 year.
var enDateRE = pattern.New(`^(?i:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:` +
	monthEN + ` ` + dayEN + `,? ` + year4 +
	`|` + dayEN + ` (?:of )?` + monthEN + `(?:,? ` + year4 + `)?` +
	`|` + monthEN + `(?:,? ` + year4 + `)?` +
	`|(?:q|quarter ?|(?:the )?(?:first|second|third|fourth) quarter)([1-4]?)(?:,? ?(?:of )?/?` + year4 + `)?` +
	`|` + year4 + ` ?/?q([1-4])` +
	`|(spring|summer|autumn|fall|winter) ` + year4 +
	`|` + `([0-3]?[0-9])/([0-3]?[0-9])/` + year4 +
	`|` + year4 + `[-./](1[0-2]|0?[1-9])[-./](3[01]|[12][0-9]|0?[1-9])` +
	`|(?:fy|financial year|fiscal year) ?((?:20)?[0-9]{2})(?:[/—-]((?:20)?[0-9]{2}))?` +
	`|` + year4 + `[/—-]([0-9]{2})\b(?: (?:financial|fiscal) year)?` +
	`|` + year4 +
	`|(the (?:calendar )?year|year[- ]end)|h([12]),? ?(?:of )?/?` + year4 + `))`)

var (
	enCue      = pattern.New(`^(?i:(?:no later than|not later than|on or before|by|before|until|due(?: by| on)?|deadline:?|target(?: date)?:?|end[- ]of(?: the)?)[ :]+)(?i:(?:the )?(end|close|middle|start|beginning|first half|second half) (?:of )?(?:the )?|(mid|end|late|early)[- ])?`)
	enTo       = pattern.New(`^ ?(?:—|-| to | until ) ?`)
	enEnd      = pattern.New(`^(?i:(?:the )?(end)[- ](?:of )?(?:the )?|(mid)[- ])`)
	wordBreak  = pattern.New(`^(?:[^A-Za-z0-9]|$)`)
	quarterNo  = []string{"first", "second", "third", "fourth"}
	seasonUnit = pattern.New(`(?i)^(?:percent|per cent|%|homes|units)`)
)

// enDated reads an English date that a cue makes a limit, or that fills its cell.
func (r *dueReader) enDated(i int) (docket.Due, int, bool) {
	part, hi, cue := "", i, false
	if digits := i + len(r.s[i:]) - len(strings.TrimLeft(r.s[i:], "0123456789")); digits > i && digits-i != len("2026") && (digits == len(r.s) || r.s[digits] >= 0x80) {
		return docket.Due{}, 0, false // a number before a Chinese word: most of them, and the pattern is slow
	}
	if m := enCue.FindStringSubmatch(r.s[i:min(len(r.s), i+60)]); m != nil {
		part, hi, cue = strings.ToLower(m[1]+m[2]), i+len(m[0]), true
		if strings.HasPrefix(strings.ToLower(m[0]), "end") {
			part = "end"
		}
	} else if m := enEnd.FindStringSubmatch(r.s[i:min(len(r.s), i+20)]); m != nil {
		part, hi = strings.ToLower(m[1]+m[2]), i+len(m[0])
	}
	d, hi, ok := r.enDate(hi, part)
	if !ok || seasonUnit.MatchString(strings.TrimLeft(r.s[hi:], " ")) {
		return docket.Due{}, 0, false
	}
	if t := enTo.FindString(r.after(hi)); t != "" && !cue { // Q2 2027 – Q1 2028
		if last, end, ok := r.enDate(hi+len(t), ""); ok && !d.Assumed && !d.On.IsZero() && last.On > d.On {
			if d.From.IsZero() {
				d.From = d.On
			}
			d.On, hi = last.On, end
		}
	}
	if limit := before.FindString(r.after(hi)); limit != "" { // 2026/9/30前
		hi, cue = hi+len(limit), true
	}
	if cue {
		d.Former = wasDue.MatchString(r.s[max(0, i-24):i])
		return d, hi, true
	}
	alone, whole := r.segment(i, hi)
	alone = alone || strings.TrimSpace(r.s[:i]) == "" && strings.HasPrefix(r.after(hi), " (") // March 2030 (3,000 a year)
	only := strings.HasSuffix(r.s[:i], "(") && strings.HasPrefix(r.s[hi:], ")")
	return d, hi, whole || alone && !only && !yearOnly.MatchString(r.s[i:hi]) && (r.struckOrCell(i, hi))
}

// wasDue stands before a date that another has replaced: was due 30 November.
var wasDue = pattern.New(`(?i)\b(?:was|were|originally|previously|formerly) (?:to be (?:done|completed) )?$`)

var yearOnly = pattern.New(`^(?:19|20)[0-9]{2}$`)

// struckOrCell reports whether a date stands in a table row or beside struck-out words.
func (r *dueReader) struckOrCell(lo, hi int) bool {
	before, after := strings.TrimRight(r.s[:lo], " *"), strings.TrimLeft(r.s[hi:], " *")
	return endsAny(before, "|", "~~", ">", ":", "·", ";") || startsAny(after, "|", "~~", "<", "·", ";") || before == ""
}

// enDate reads the date at byte i; part is end, mid, late, early or empty.
func (r *dueReader) enDate(i int, part string) (docket.Due, int, bool) {
	window := r.s[i:min(len(r.s), i+60)]
	if m := enShortRE.FindStringSubmatch(window); m != nil && wordBreak.MatchString(window[len(m[0]):]) {
		return shortDate(m, i+len(m[0]))
	}
	m := enDateRE.FindStringSubmatch(window)
	if m == nil || !wordBreak.MatchString(window[len(m[0]):]) {
		return docket.Due{}, 0, false
	}
	hi := i + len(m[0])
	d := docket.Due{Kind: docket.DueDate}
	num := func(k int) int { n, _ := strconv.Atoi(m[k]); return n }
	switch {
	case m[3] != "":
		d.On = civil(num(3), monthOf(m[1]), num(2))
	case m[5] != "":
		if num(6) == 0 && r.issued.IsZero() {
			return d, hi, true
		}
		d.On, d.Assumed = r.enYear(num(6), monthOf(m[5]), num(4))
	case m[7] != "":
		r.enMonth(&d, num(8), monthOf(m[7]), part)
	case strings.HasPrefix(strings.ToLower(m[0]), "q") || strings.Contains(strings.ToLower(m[0]), "quarter"):
		return r.enQuarter(d, m, hi)
	case m[12] != "":
		d.From, d.On = docket.NewDate(num(11), time.Month(3*num(12)-2), 1), docket.NewDate(num(11), time.Month(3*num(12)+1), 0)
	case m[13] != "":
		// a season has no last day everybody agrees on
	case m[17] != "":
		return numericDate(d, num(15), num(16), num(17), hi)
	case m[18] != "":
		d.On = civil(num(18), time.Month(num(19)), num(20))
	case m[21] != "":
		if m[22] != "" { // FY 2026/27 runs from April to March; a single FY differs by country
			y := num(21)
			if y < 100 {
				y += 2000
			}
			d.From, d.On = docket.NewDate(y, 4, 1), docket.NewDate(y+1, 3, 31)
		}
	case m[23] != "":
		y, end := num(23), num(23)/100*100+num(24)
		switch {
		case end == y+1: // 2026/27
			d.From, d.On = docket.NewDate(y, 4, 1), docket.NewDate(end, 3, 31)
		case end > y: // 2026–30
			d.From, d.On = docket.NewDate(y, 1, 1), docket.NewDate(end, 12, 31)
		default:
			return d, 0, false
		}
		if part == "end" {
			d.From = 0
		}
	case m[25] != "":
		d.On = docket.NewDate(num(25), 12, 31)
		if part == "mid" || part == "middle" || part == "first half" {
			d.On = docket.NewDate(num(25), 6, 30)
		}
	case m[27] != "":
		d.From, d.On = docket.NewDate(num(28), time.Month(6*num(27)-5), 1), docket.NewDate(num(28), time.Month(6*num(27)+1), 0)
	case m[26] != "":
		if !r.issued.IsZero() {
			d.On, d.Assumed = docket.NewDate(r.issued.Time().Year(), 12, 31), true
		}
	}
	return d, hi, true
}

// enShortRE is a date as a spreadsheet shows it: Oct-26, 31-Mar-27. Groups: 1 day,
// 2 month, 3 year.
var enShortRE = pattern.New(`^(?i:(?:` + dayEN + `[-—])?` + monthEN + `(?:[-—]| ?['’‘])((?:20)?[2-4][0-9]))`)

func shortDate(m []string, hi int) (docket.Due, int, bool) {
	day, _ := strconv.Atoi(m[1])
	year, _ := strconv.Atoi(m[3])
	if year < 100 {
		year += 2000
	}
	d := docket.Due{Kind: docket.DueDate, On: docket.NewDate(year, monthOf(m[2])+1, 0)}
	if day > 0 {
		d.On = civil(year, monthOf(m[2]), day)
	}
	return d, hi, true
}

// numericDate reads d/m/y; a figure above 12 tells the order, otherwise it is
// taken as day first and flagged.
func numericDate(d docket.Due, a, b, year, hi int) (docket.Due, int, bool) {
	if a > 12 && b > 12 || a == 0 || b == 0 || a > 31 || b > 31 {
		return d, 0, false
	}
	if b > 12 {
		a, b = b, a
	} else if a <= 12 && a != b {
		d.Assumed = true
	}
	d.On = civil(year, time.Month(b), a)
	return d, hi, true
}

func (r *dueReader) enQuarter(d docket.Due, m []string, hi int) (docket.Due, int, bool) {
	q, _ := strconv.Atoi(m[9])
	for i, w := range quarterNo {
		if strings.Contains(strings.ToLower(m[0]), w) {
			q = i + 1
		}
	}
	y, _ := strconv.Atoi(m[10])
	if q == 0 {
		return d, 0, false
	}
	if y == 0 {
		if r.issued.IsZero() {
			return d, hi, true
		}
		y, d.Assumed = r.issued.Time().Year(), true
		if docket.NewDate(y, time.Month(3*q+1), 0) < r.issued {
			y++
		}
	}
	first := time.Month(3*q - 2)
	if m := secondYear.FindStringSubmatch(r.s[hi:min(len(r.s), hi+6)]); m != nil && m[1] == strconv.Itoa(y + 1)[2:] {
		first, hi = first+3, hi+len(m[0]) // the year runs from April to March: Q2 2026/27 ends in September 2026
	}
	d.From, d.On = docket.NewDate(y, first, 1), docket.NewDate(y, first+3, 0)
	return d, hi, true
}

// secondYear is the second half of a financial year: 2026/27.
var secondYear = pattern.New(`^[/—-]([0-9]{2})\b`)

func (r *dueReader) enMonth(d *docket.Due, year int, month time.Month, part string) {
	if year == 0 && r.issued.IsZero() {
		return
	}
	d.On, d.Assumed = r.enYear(year, month+1, 0)
	switch part {
	case "mid", "middle":
		d.On, _ = r.enYear(year, month, 15)
	case "start", "beginning", "early":
		d.On = 0
	}
}

// enYear places a day in its year, or in the first year that is not over.
func (r *dueReader) enYear(year int, month time.Month, day int) (docket.Date, bool) {
	if year > 0 {
		return civil(year, month, day), false
	}
	y := r.issued.Time().Year()
	on := civil(y, month, day)
	if on < r.issued {
		on = civil(y+1, month, day)
	}
	return on, true
}

// civil is a day of the calendar, 0 where there is none: 30 February is a slip of the
// pen, and a person must say which day is meant.
func civil(year int, month time.Month, day int) docket.Date {
	on := docket.NewDate(year, month, day)
	if day > 0 && on.Time().Day() != day {
		return 0
	}
	return on
}

func monthOf(s string) time.Month {
	i := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(s[:3]))
	return time.Month(i/3 + 1)
}

var (
	enEvery = pattern.New(`^(?i:(?:(?:measured?|report(?:ed|ing)?|review(?:ed)?|updated?|monitor(?:ed)?) )?(daily|weekly|fortnightly|monthly|bi-?monthly|quarterly|semi-?annually|bi-?annually|half-?yearly|annually|yearly|annual|every (?:day|week|fortnight|two weeks|month|quarter|six months|year)|each (?:week|month|quarter|year)))`)
	enDo    = pattern.New(`(?i)\b(?:report|reports|reported|reporting|review|reviewed|update|updated|publish|published|submit|submitted|meet|meets|monitor|measured?|progress)\b[^.;]{0,60}$`)
	enOf    = map[string]string{"daily": "day", "every day": "day", "weekly": "week", "every week": "week", "each week": "week", "fortnightly": "twoweeks", "every fortnight": "twoweeks", "every two weeks": "twoweeks",
		"monthly": "month", "every month": "month", "each month": "month", "bimonthly": "twomonths", "bi-monthly": "twomonths", "quarterly": "quarter", "every quarter": "quarter", "each quarter": "quarter",
		"semiannually": "half", "semi-annually": "half", "biannually": "half", "bi-annually": "half", "half-yearly": "half", "halfyearly": "half", "every six months": "half",
		"annually": "year", "annual": "year", "yearly": "year", "every year": "year", "each year": "year"}
)

// enRecurring reads monthly, Measure Annually, every quarter.
func (r *dueReader) enRecurring(i int) (docket.Due, int, bool) {
	m := enEvery.FindStringSubmatch(r.s[i:min(len(r.s), i+40)])
	if m == nil {
		return docket.Due{}, 0, false
	}
	hi := i + len(m[0])
	if !wordBreak.MatchString(r.after(hi)) {
		return docket.Due{}, 0, false
	}
	alone, _ := r.segment(i, hi)
	word := strings.ToLower(m[1])
	starts := strings.TrimRight(r.s[:i], " *|") == "" && word != "annual"
	d := docket.Due{Kind: docket.DueRecurring, Every: enOf[word], Report: enReport.MatchString(r.s[max(0, i-60):hi])}
	return d, hi, alone || starts || len(m[0]) > len(m[1]) || word != "annual" && enDo.MatchString(r.s[max(0, i-80):i])
}

var (
	enReport = pattern.New(`(?i)\breport(?:s|ed|ing)?\b[^.;]*$`)
	enOpenRE = pattern.New(`^(?i:on-?going|continuous(?:ly)?|continuing|rolling|short[- ]?(?:to[- ]medium[- ]?)?term|medium[- ]?(?:to[- ]long[- ]?)?term|long[- ]?term|as soon as possible|asap|tbc|tbd|to be confirmed|throughout)`)
	enIfRE   = pattern.New(`^(?i:subject to (?:the )?(?:availability of )?[^,.;()\n|]{3,60}|(?:as|when|if) (?:funding|resources|budgets?) (?:allows?|permits?|becomes? available)|funding permitting|as required by [^,.;()\n|]{3,60})`)
)

// enOpen reads ongoing, long term, TBC: a review date is required.
func (r *dueReader) enOpen(i int) (docket.Due, int, bool) {
	m := enOpenRE.FindString(r.s[i:min(len(r.s), i+40)])
	hi := i + len(m)
	if m == "" || !wordBreak.MatchString(r.after(hi)) {
		return docket.Due{}, 0, false
	}
	alone, _ := r.segment(i, hi)
	return docket.Due{Kind: docket.DueContinuing}, hi, alone || strings.HasPrefix(strings.ToLower(m), "as")
}

// enConditional reads subject to funding.
func (r *dueReader) enConditional(i int) (docket.Due, int, bool) {
	m := strings.TrimRight(enIfRE.FindString(r.s[i:min(len(r.s), i+100)]), " ")
	return docket.Due{Kind: docket.DueConditional}, i + len(m), m != ""
}
