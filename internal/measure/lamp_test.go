package measure_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
	"github.com/docket-os/docket/internal/words"
	"github.com/docket-os/docket/internal/worktime"
)

var update = flag.Bool("update", false, "write the answers into the scripts; review the diff")

// The script says in plain lines which lamp a matter shows and why.
func TestLampsFollowTheScript(t *testing.T) {
	const path = "testdata/lamp.txt"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var today measure.Today
	lines := strings.Split(string(raw), "\n")
	checked := 0
	for n, line := range lines {
		if day, ok := strings.CutPrefix(line, "today "); ok {
			today = measure.NewToday(date(t, strings.Fields(day)[0]), worktime.China(), measure.DefaultThresholds())
			continue
		}
		given, want, ok := strings.Cut(line, "=>")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		lamp, reason := today.Why(facts(t, given))
		if today.Lamp(facts(t, given)) != lamp {
			t.Errorf("line %d: Lamp and Why differ", n+1)
		}
		if !words.Has("zh", reason.Key) {
			t.Errorf("line %d: %s has no sentence", n+1, reason.Key)
		}
		got := say(lamp, reason)
		lines[n] = given + "=> " + got
		if checked++; got != strings.TrimSpace(want) && !*update {
			t.Errorf("line %d: %s\n  got  %s\n  want %s", n+1, strings.TrimSpace(given), got, strings.TrimSpace(want))
		}
	}
	if checked < 20 {
		t.Errorf("only %d lines checked", checked)
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func say(l docket.Lamp, r measure.Reason) string {
	out := string(l) + " " + strings.TrimPrefix(r.Key, "lamp.")
	for _, k := range slices.Sorted(maps.Keys(r.Args)) {
		out += fmt.Sprintf(" %s=%s", k, r.Args[k])
	}
	return out
}

func facts(t *testing.T, given string) measure.Facts {
	t.Helper()
	parts := strings.Fields(given)
	f := measure.Facts{Status: docket.MatterStatus(parts[0])}
	if !slices.Contains(docket.Statuses(), f.Status) {
		t.Fatalf("there is no status %s", parts[0])
	}
	into := map[string]*docket.Date{"due": &f.Due, "look": &f.ReviewOn, "ack": &f.AckDue, "reported": &f.Reported}
	for _, p := range parts[1:] {
		name, day, _ := strings.Cut(p, "=")
		if name == "pace" {
			f.Course = measure.Course{pace(t, day)}
			continue
		}
		*into[name] = date(t, day)
	}
	return f
}

// pace reads 50/60/2026-09-20: reached, planned, day of the newest figure.
func pace(t *testing.T, s string) (p measure.Pace) {
	t.Helper()
	parts := strings.Split(s, "/")
	if parts[0] == "over" {
		return measure.Pace{Breached: true, Seen: date(t, parts[1])}
	}
	reached, err1 := strconv.ParseFloat(parts[0], 64)
	planned, err2 := strconv.ParseFloat(parts[1], 64)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	p.Actual, p.Plan = int32(reached*100), []measure.Step{{Day: 1, At: int32(planned * 100)}}
	if parts[2] != "-" {
		p.Seen = date(t, parts[2])
	}
	return p
}

func date(t *testing.T, s string) docket.Date {
	t.Helper()
	d, err := docket.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Whatever is known of a matter, it is never shown on course without a report.
func TestNothingIsGreenWithoutAReport(t *testing.T) {
	today := measure.NewToday(docket.NewDate(2026, 9, 28), worktime.China(), measure.DefaultThresholds())
	days := []docket.Date{0, today.Date - 100, today.Date - 1, today.Date, today.Date + 1, today.Date + 100}
	for _, s := range docket.Statuses() {
		for _, due := range days {
			for _, look := range days {
				for _, ack := range days {
					f := measure.Facts{Status: s, Due: due, ReviewOn: look, AckDue: ack}
					if l := today.Lamp(f); l == docket.LampOnCourse {
						t.Fatalf("%+v is shown on course", f)
					}
				}
			}
		}
	}
}
