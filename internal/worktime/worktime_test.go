package worktime_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/worktime"
)

func date(t testing.TB, s string) docket.Date {
	t.Helper()
	d, err := docket.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The vectors of field.md §2.3; the day of assignment is not counted.
func TestWorkingDaysCrossHolidaysAndMakeUpDays(t *testing.T) {
	cal := worktime.China()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-02-13", 3, "2026-02-25"},
		{"2026-09-30", 5, "2026-10-13"},
		{"2026-04-30", 4, "2026-05-09"},
		{"2026-06-18", 1, "2026-06-22"},
		{"2026-02-25", -2, "2026-02-14"},
		{"2026-06-22", -1, "2026-06-18"},
		{"2026-06-20", -1, "2026-06-18"},
	} {
		got, provisional := cal.AddWorkingDays(date(t, c.from), c.n)
		if got.String() != c.want || provisional {
			t.Errorf("%s %+d working days: got %s provisional %v, want %s", c.from, c.n, got, provisional, c.want)
		}
	}
	if n := cal.WorkingDays(date(t, "2025-12-31"), date(t, "2026-12-31")); n != 248 {
		t.Errorf("2026 has %d working days, want 248", n)
	}
}

func TestCountsIntoAnUnpublishedYearAreProvisional(t *testing.T) {
	day, provisional := worktime.China().AddWorkingDays(date(t, "2026-12-30"), 5)
	if !provisional {
		t.Errorf("5 working days after 30 December 2026 gave %s as certain; 2027 is not published", day)
	}
}

func TestClosedFormEqualsCountingDayByDay(t *testing.T) {
	cal := worktime.China()
	rapid.Check(t, func(t *rapid.T) {
		from := docket.NewDate(2006, time.December, 1) + docket.Date(rapid.IntRange(0, 8000).Draw(t, "day"))
		n := rapid.IntRange(-60, 60).Draw(t, "n")
		step := docket.Date(1)
		if n < 0 {
			step = -1
		}
		want := from
		for left := n; left != 0; {
			want += step
			if cal.IsWorkingDay(want) {
				left -= int(step)
			}
		}
		if got, _ := cal.AddWorkingDays(from, n); got != want {
			t.Fatalf("%s %+d: got %s, want %s", from, n, got, want)
		}
		if n > 0 && cal.WorkingDays(from, want) != n {
			t.Fatalf("from %s to %s: counted %d, want %d", from, want, cal.WorkingDays(from, want), n)
		}
	})
}

func TestDuesAreResolved(t *testing.T) {
	cal := worktime.China()
	issued, received := date(t, "2026-03-05"), date(t, "2026-03-10")
	for _, c := range []struct {
		name string
		due  docket.Due
		want string
	}{
		{"a day", docket.Due{Kind: docket.DueDate, On: date(t, "2026-06-30")}, "2026-06-30"},
		{"3 working days after receipt", docket.Due{Kind: docket.DueRelative, Count: 3, Unit: docket.WorkingDays, Event: "receipt"}, "2026-03-13"},
		{"30 days after issue", docket.Due{Kind: docket.DueRelative, Count: 30, Unit: docket.Days, Event: "issue"}, "2026-04-04"},
		{"a month after issue", docket.Due{Kind: docket.DueRelative, Count: 1, Unit: docket.Months, Event: "issue"}, "2026-04-05"},
		{"after a meeting nobody dated", docket.Due{Kind: docket.DueRelative, Count: 7, Unit: docket.Days, Event: "meeting"}, ""},
		{"by the 25th of each month", docket.Due{Kind: docket.DueRecurring, Every: "month", Day: 25}, "2026-03-25"},
		{"each quarter's end", docket.Due{Kind: docket.DueRecurring, Every: "quarter"}, "2026-03-31"},
		{"each half year's end", docket.Due{Kind: docket.DueRecurring, Every: "half"}, "2026-06-30"},
		{"the 5th of each month, past this month", docket.Due{Kind: docket.DueRecurring, Every: "month", Day: 5}, "2026-04-05"},
		{"the 31st in a short month", docket.Due{Kind: docket.DueRecurring, Every: "month", Day: 31}, "2026-03-31"},
		{"continuing", docket.Due{Kind: docket.DueContinuing}, ""},
	} {
		if got, _ := cal.Resolve(c.due, issued, received); got.String() != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if got, _ := cal.Resolve(docket.Due{Kind: docket.DueRelative, Count: 1, Unit: docket.Months, Event: "issue"}, date(t, "2026-01-31"), 0); got.String() != "2026-02-28" {
		t.Errorf("a month after 31 January: got %s", got)
	}
}

func TestFaultyRowsAreNamed(t *testing.T) {
	_, err := worktime.ReadCSV(strings.NewReader("date,kind,name\n2027-01-01,off,元旦\n2027-02-30,off,x\n2027-01-04,maybe,y\n"))
	if err == nil {
		t.Fatal("faulty rows were taken in")
	}
	e := err.(*docket.Error)
	if len(e.Fields) != 2 || e.Fields[0].Field != "row 3" || e.Fields[1].Key != "calendar.kind" {
		t.Errorf("faults: %+v", e.Fields)
	}
}

func TestPublishedYearsAgreeWithTheEmbeddedTable(t *testing.T) {
	cal := worktime.China()
	for _, name := range calendarFiles(t) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		year, days, published, err := worktime.ReadJSON(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if published != cal.Known(docket.NewDate(year, time.June, 1)) {
			t.Errorf("%d: published %v", year, published)
		}
		for _, d := range days {
			if cal.IsWorkingDay(d.Date) == d.Off {
				t.Errorf("%s (%s): off %v", d.Date, d.Name, d.Off)
			}
		}
	}
}

// calendarFiles finds the sample calendars; without them there is nothing to compare.
func calendarFiles(t *testing.T) []string {
	dir := os.Getenv("DOCKET_SAMPLES")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "samples")
	}
	found, _ := filepath.Glob(filepath.Join(dir, "calendar", "[0-9]*.json"))
	if len(found) == 0 {
		if os.Getenv("CI") != "" || os.Getenv("DOCKET_NO_SKIP") != "" {
			t.Fatal("the sample calendars are missing: set DOCKET_SAMPLES")
		}
		t.Skip("SKIPPED: no sample calendars; set DOCKET_SAMPLES")
	}
	return found
}

func FuzzReadCSV(f *testing.F) {
	f.Add("date,kind,name\n2026-01-01,off,元旦\n")
	f.Add("\"2026-01-01,off")
	f.Fuzz(func(t *testing.T, in string) { _, _ = worktime.ReadCSV(strings.NewReader(in)) })
}

func BenchmarkAddWorkingDays(b *testing.B) {
	cal := worktime.China()
	d := docket.NewDate(2026, time.February, 13)
	for b.Loop() {
		cal.AddWorkingDays(d, 30)
	}
}
