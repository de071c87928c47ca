package docket

import (
	"fmt"
	"strconv"
	"strings"
)

// Term is a length of time allowed for something owed, in the unit the rule
// states it in (field.md §2.3): rules mix hours, days, working days and the ends
// of months, so the unit is kept and the day is reckoned by the calendar.
// The zero Term means that no time is set.
type Term struct {
	Count int     `json:"count,omitempty"` // of Unit; 0 for the ends of periods and fixed dates
	Unit  DueUnit `json:"unit"`
	On    Date    `json:"on,omitzero"` // FixedDate only
}

// The units only a Term has; Hours, Days, WorkingDays and Months are those of a Due.
const (
	MonthsEnd   DueUnit = "eom"  // the last day of the month
	QuartersEnd DueUnit = "eoq"  // the last day of the quarter
	FixedDate   DueUnit = "date" // the day On
)

// maxTerm is the largest count of a term: a hundred years of days.
const maxTerm = 36_500

// IsZero reports whether no time is set.
func (t Term) IsZero() bool { return t == Term{} }

// String writes a term as ParseTerm reads it: "2wd", "15d", "24h", "3m", "eom", "eoq", "2026-10-10".
func (t Term) String() string {
	switch t.Unit {
	case "":
		return ""
	case FixedDate:
		return t.On.String()
	case MonthsEnd, QuartersEnd:
		return string(t.Unit)
	}
	return strconv.Itoa(t.Count) + string(t.Unit)
}

// MarshalText and UnmarshalText make a term its short form in JSON.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (t *Term) UnmarshalText(text []byte) (err error) {
	*t, err = ParseTerm(string(text))
	return err
}

// ParseTerm reads what String writes; the empty text is the zero Term.
// Anything else is Invalid, with the forms that are understood.
func ParseTerm(s string) (Term, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	switch {
	case s == "":
		return Term{}, nil
	case s == string(MonthsEnd), s == string(QuartersEnd):
		return Term{Unit: DueUnit(s)}, nil
	case strings.Count(s, "-") == 2:
		if on, err := ParseDate(s); err == nil && !on.IsZero() {
			return Term{Unit: FixedDate, On: on}, nil
		}
	}
	digits := strings.TrimRight(s, "hdwm")
	n, err := strconv.Atoi(digits)
	unit := DueUnit(s[len(digits):])
	if err == nil && n >= 0 && n <= maxTerm && (unit == Hours || unit == Days || unit == WorkingDays || unit == Months) {
		return Term{Count: n, Unit: unit}, nil
	}
	return Term{}, Errorf(Invalid, "field.term", fmt.Sprintf("%.20q is no length of time: write 2wd, 15d, 24h, 3m, eom, eoq or a date", s), "text", s)
}
