package worktime_test

import (
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/worktime"
)

func TestEnglishBankHolidays(t *testing.T) {
	cal := worktime.England()
	for _, s := range []string{
		"2021-12-27", "2021-12-28", "2022-01-03", // Christmas and New Year on a weekend
		"2022-12-26", "2022-12-27", // Christmas Day on a Sunday: Boxing Day keeps the Monday
		"2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
		"2012-06-04", "2020-05-08", "2022-09-19", "2023-05-08",
	} {
		if cal.IsWorkingDay(date(t, s)) {
			t.Errorf("%s is a bank holiday", s)
		}
	}
	for _, s := range []string{"2020-05-04", "2022-05-30", "2026-12-24", "2026-12-29", "2026-10-01"} {
		if !cal.IsWorkingDay(date(t, s)) {
			t.Errorf("%s is worked", s)
		}
	}
	if n := cal.WorkingDays(date(t, "2025-12-31"), date(t, "2026-12-31")); n != 253 {
		t.Errorf("2026 has %d working days in England, want 253", n)
	}
}

func TestWeekendsOnly(t *testing.T) {
	cal := worktime.Weekends()
	if day, provisional := cal.AddWorkingDays(date(t, "2026-12-30"), 3); day.String() != "2027-01-04" || provisional {
		t.Errorf("got %s, provisional %v", day, provisional)
	}
}

func TestRecurringDues(t *testing.T) {
	cal := worktime.China()
	for _, c := range []struct {
		due        docket.Due
		from, want string
	}{
		{docket.Due{Every: "week", Day: 5}, "2026-03-10", "2026-03-13"},
		{docket.Due{Every: "week", Day: 5}, "2026-03-13", "2026-03-20"},
		{docket.Due{Every: "week", Day: 1}, "2026-03-13", "2026-03-16"},
		{docket.Due{Every: "twoweeks"}, "2026-03-10", "2026-03-20"},
		{docket.Due{Every: "tenday"}, "2026-03-10", "2026-03-20"},
		{docket.Due{Every: "tenday"}, "2026-03-31", "2026-04-10"},
		{docket.Due{Every: "halfmonth"}, "2026-03-10", "2026-03-15"},
		{docket.Due{Every: "twomonths"}, "2026-03-10", "2026-04-30"},
		{docket.Due{Every: "month", Count: 5, Unit: docket.Days}, "2026-03-02", "2026-03-05"},
		{docket.Due{Every: "month", Count: 5, Unit: docket.Days}, "2026-03-10", "2026-04-05"},
		{docket.Due{Every: "month", Count: 3, Unit: docket.WorkingDays}, "2026-09-10", "2026-10-10"},
		{docket.Due{Every: "year", On: date(t, "2026-06-30")}, "2026-07-01", "2027-06-30"},
	} {
		c.due.Kind = docket.DueRecurring
		if got, _ := cal.Resolve(c.due, 0, date(t, c.from)); got.String() != c.want {
			t.Errorf("%s day %d after %s: got %s, want %s", c.due.Every, c.due.Day, c.from, got, c.want)
		}
	}
	if got, _ := cal.Resolve(docket.Due{Kind: docket.DueRelative, Count: 15, Unit: docket.WorkingDays}, date(t, "2026-03-05"), date(t, "2026-03-10")); got.String() != "2026-03-31" {
		t.Errorf("15 working days, event not said: got %s, want 2026-03-31", got)
	}
	if got, _ := cal.Resolve(docket.Due{Kind: docket.DueRelative, Unit: docket.Days, Event: "receipt"}, 0, date(t, "2026-03-10")); got.String() != "2026-03-10" {
		t.Errorf("the same day: got %s", got)
	}
}

func TestFaultyYearNamesItsEntries(t *testing.T) {
	_, _, _, err := worktime.ReadJSON([]byte(`{"year":2027,"papers":["x"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"x","date":"1/2/2027","isOffDay":true},{"name":"y","date":"2027-01-03"}]}`))
	e, ok := err.(*docket.Error)
	if !ok || len(e.Fields) != 2 || e.Fields[0].Field != "row 2" || e.Fields[1].Key != "calendar.kind" {
		t.Fatalf("got %v", err)
	}
}

func FuzzReadJSON(f *testing.F) {
	f.Add([]byte(`{"year":2027,"papers":[],"days":[]}`))
	f.Fuzz(func(t *testing.T, raw []byte) { _, _, _, _ = worktime.ReadJSON(raw) })
}

func TestWrongFilesAreNamed(t *testing.T) {
	const head = `{"year":2027,"papers":["x"],"days":[`
	entry := func(on string) string { return `{"name":"x","date":"` + on + `","isOffDay":true}` }
	large := strings.Repeat(" ", 2<<20)
	for name, c := range map[string]struct {
		json, csv, field, key string
	}{
		"a web page":            {json: "<!doctype html><html></html>", key: "calendar.json"},
		"too large":             {json: large, key: "calendar.large"},
		"too large, csv":        {csv: large, key: "calendar.large"},
		"date twice":            {json: head + entry("2027-01-01") + "," + entry("2027-01-01") + "]}", field: "row 2", key: "calendar.twice"},
		"date twice, csv":       {csv: "2027-01-01,off,x\n2027-01-01,work,y\n", field: "row 2", key: "calendar.twice"},
		"next year's":           {json: head + entry("2028-01-01") + "]}", field: "row 1", key: "calendar.year"},
		"November before":       {json: head + entry("2026-11-30") + "]}", field: "row 1", key: "calendar.year"},
		"December before is in": {json: head + entry("2026-12-31") + "]}"},
	} {
		var err error
		if c.json != "" {
			_, _, _, err = worktime.ReadJSON([]byte(c.json))
		} else {
			_, err = worktime.ReadCSV(strings.NewReader(c.csv))
		}
		field, key := "", ""
		if e, ok := err.(*docket.Error); ok {
			key = e.Key
			if len(e.Fields) > 0 {
				field, key = e.Fields[0].Field, e.Fields[0].Key
			}
		}
		if field != c.field || key != c.key {
			t.Errorf("%s: got %q %q, %v", name, field, key, err)
		}
	}
}
