package docket_test

import (
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

// A new calendar moves what the former one gave; what a person set stays, the
// first due is kept, and nobody is late by the change.
func TestRecountOfAMatter(t *testing.T) {
	day := func(n int) docket.Date { return docket.NewDate(2027, time.January, n) }
	read := func(n int, provisional bool) docket.ReadDays {
		return docket.ReadDays{Due: day(n), ReviewOn: day(n), Provisional: provisional}
	}
	type days struct{ due, first, assess, review docket.Date }
	for name, c := range map[string]struct {
		status      docket.MatterStatus
		before      days
		is          docket.ReadDays
		today       int
		after       days
		provisional bool
	}{
		"later: judged by the later":       {docket.InProgress, days{day(11), day(11), 0, 0}, read(12, false), 4, days{day(12), day(11), day(12), 0}, false},
		"earlier: judged by the promise":   {docket.InProgress, days{day(11), day(11), 0, 0}, read(8, false), 4, days{day(8), day(11), 0, 0}, false},
		"not into the past":                {docket.InProgress, days{day(11), day(11), 0, 0}, read(8, false), 9, days{day(9), day(11), 0, 0}, false},
		"late stays as late as it was":     {docket.InProgress, days{day(11), day(11), 0, 0}, read(8, false), 20, days{day(11), day(11), 0, 0}, false},
		"late and then in time":            {docket.InProgress, days{day(11), day(11), 0, 0}, read(21, false), 20, days{day(21), day(11), day(21), 0}, false},
		"still provisional":                {docket.InProgress, days{day(11), day(11), 0, 0}, read(12, true), 4, days{day(12), day(11), day(12), 0}, true},
		"back to the first":                {docket.InProgress, days{day(11), day(10), day(11), 0}, read(10, false), 4, days{day(10), day(10), 0, 0}, false},
		"a day set by a person":            {docket.InProgress, days{day(25), day(20), 0, 0}, read(12, true), 4, days{day(25), day(20), 0, 0}, false},
		"chased: judged by what was given": {docket.InProgress, days{day(25), day(11), 0, 0}, read(12, true), 4, days{day(25), day(11), day(12), 0}, true},
		"judged by a decision":             {docket.InProgress, days{day(11), day(11), day(28), 0}, read(12, false), 4, days{day(12), day(11), day(28), 0}, false},
		"the next look moves too":          {docket.InProgress, days{day(11), day(11), 0, day(11)}, read(12, false), 4, days{day(12), day(11), day(12), day(12)}, false},
		"of a draft nothing was promised":  {docket.Draft, days{day(11), day(11), 0, 0}, read(12, false), 4, days{day(12), day(12), 0, 0}, false},
	} {
		m := docket.Matter{Status: c.status, Due: c.before.due, FirstDue: c.before.first, AssessOn: c.before.assess, ReviewOn: c.before.review, Provisional: true}
		m.Recount(read(11, true), c.is, day(c.today))
		if got := (days{m.Due, m.FirstDue, m.AssessOn, m.ReviewOn}); got != c.after || m.Provisional != c.provisional {
			t.Errorf("%s: %v %v, want %v %v", name, got, m.Provisional, c.after, c.provisional)
		}
	}
}

// What is owed follows the matter's own day or its own term; terms that count no
// working days stay.
func TestRecountOfObligations(t *testing.T) {
	day := func(n int) docket.Date { return docket.NewDate(2027, time.January, n) }
	m := docket.Matter{Due: day(20), FirstDue: day(18)}
	rules := docket.DefaultRules()
	for _, c := range []struct {
		name string
		o    docket.Obligation
		due  docket.Date
	}{
		{"the matter", docket.Obligation{Kind: docket.OweFinish, Due: day(5), Provisional: true}, day(18)},
		{"a part", docket.Obligation{Kind: docket.OwePart, Due: day(5)}, day(20) - 3},
		{"a receipt", docket.Obligation{Kind: docket.OweAcknowledge, Due: day(5), Term: docket.Term{Count: 2, Unit: docket.WorkingDays}, Provisional: true}, day(8)},
		{"a reply in days", docket.Obligation{Kind: docket.OweReply, Due: day(5), Term: docket.Term{Count: 15, Unit: docket.Days}}, day(5)},
		{"a report of a round", docket.Obligation{Kind: docket.OweReport, Due: day(5)}, day(5)},
	} {
		c.o.Recount(&m, &rules, reckonsTo(day(8)), day(4))
		if c.o.Due != c.due || c.o.Provisional {
			t.Errorf("%s: %v provisional %v, want %v", c.name, c.o.Due, c.o.Provisional, c.due)
		}
	}
}

// reckonsTo gives every term the same day, and takes every day for worked.
type reckonsTo docket.Date

func (r reckonsTo) Reckon(docket.Term) (docket.Date, time.Time, bool) {
	return docket.Date(r), time.Time{}, false
}
func (reckonsTo) Before(d docket.Date, n int) docket.Date { return d - docket.Date(n) }
