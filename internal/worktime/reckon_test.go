package worktime_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/worktime"
)

const minute = "2006-01-02 15:04"

var shanghai = time.FixedZone("CST", 8*3600)

func TestTermsAreReckonedAsTheScriptSays(t *testing.T) {
	raw, err := os.ReadFile("testdata/reckon.txt")
	if err != nil {
		t.Fatal(err)
	}
	cal := worktime.China()
	for n, line := range strings.Split(string(raw), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := append(strings.Split(line, "|"), "", "")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		from, err := time.ParseInLocation(minute, cells[0], shanghai)
		if err != nil {
			t.Fatal(err)
		}
		term, err := docket.ParseTerm(cells[1])
		if err != nil {
			t.Fatal(err)
		}
		got := cal.Reckon(term, from.UTC(), shanghai)
		at := ""
		if !got.At.IsZero() {
			at = got.At.Format(minute)
		}
		years := strings.Trim(fmt.Sprint(got.Missing), "[]")
		if got.On.String() != cells[2] || at != cells[3] || years != cells[4] || got.Provisional() != (years != "") {
			t.Errorf("line %d, %s: got %s | %s | %s", n+1, line, got.On, at, years)
		}
	}
}

func TestReckonedWorkingDaysHoldTheirCount(t *testing.T) {
	cal := worktime.China()
	rapid.Check(t, func(t *rapid.T) {
		day := docket.NewDate(2007, 1, 1) + docket.Date(rapid.IntRange(0, 22*365).Draw(t, "day"))
		hour, n := rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(1, 400).Draw(t, "n")
		y, m, d := day.Time().Date()
		from := time.Date(y, m, d, hour, 0, 0, 0, shanghai)
		got := cal.Reckon(docket.Term{Count: n, Unit: docket.WorkingDays}, from.UTC(), shanghai)
		if !cal.IsWorkingDay(got.On) || cal.WorkingDays(day, got.On) != n {
			t.Fatalf("%s + %d working days: got %s", day, n, got.On)
		}
		if certain := cal.Known(day) && cal.Known(got.On); got.Provisional() == certain {
			t.Fatalf("%s + %d working days: %s, missing %v", day, n, got.On, got.Missing)
		}
	})
}
