package worktime_test

import (
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/worktime"
)

func TestRulesOfAnyWeekend(t *testing.T) {
	cal, err := worktime.ReadRules("years 2026-2026\nweekend fri sat\n09-25 move National day\nsecond sun 3 Spring day\n2026-10-02 work Make-up day\n")
	if err != nil {
		t.Fatal(err)
	}
	for on, worked := range map[string]bool{
		"2026-09-25": false, "2026-09-27": false, "2026-09-28": true, // a Friday: moved to the Sunday
		"2026-03-08": false, "2026-03-15": true, "2026-10-02": true, "2026-10-03": false,
	} {
		if cal.IsWorkingDay(date(t, on)) != worked {
			t.Errorf("%s: worked is not %v", on, worked)
		}
	}
	if _, provisional := cal.AddWorkingDays(date(t, "2026-12-31"), 1); !provisional {
		t.Error("2027 is not among the years")
	}
}

func TestFaultyRulesNameTheirRows(t *testing.T) {
	_, err := worktime.ReadRules("years 2026-2020\nweekend sat sun\n13-40 x\nfifth mon 5 x\neaster-x y\n2026-01-01 maybe z\n")
	e, ok := err.(*docket.Error)
	if !ok || len(e.Fields) != 5 || e.Fields[1].Field != "row 3" {
		t.Fatalf("got %v", err)
	}
	for _, text := range []string{"12-25 Christmas Day\n", "years 2026-2026\nweekend sun mon tue wed\nweekend thu fri sat\n01-01 move x\n"} {
		if _, err := worktime.ReadRules(text); err == nil {
			t.Errorf("taken in: %q", text)
		}
	}
}

func FuzzReadRules(f *testing.F) {
	f.Add("years 2026-2027\nweekend fri\nlast mon 8 x\n")
	f.Fuzz(func(t *testing.T, in string) { _, _ = worktime.ReadRules(in) })
}
