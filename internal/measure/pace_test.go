package measure_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// The script says what is planned and reached; pace and encoded pace agree.
func TestPacesFollowTheScript(t *testing.T) {
	const path = "testdata/pace.txt"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines, checked := strings.Split(string(raw), "\n"), 0
	var m docket.Measure
	var known []docket.Observation
	for n, line := range lines {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		switch words[0] {
		case "measure":
			m, known = measureOf(t, words[1:]), nil
		case "base":
			m.Baseline = point(t, words[1:])
		case "point":
			m.Path = append(m.Path, point(t, words[1:]))
		case "figure":
			p := point(t, words[1:])
			known = append(known, docket.Observation{AsOf: p.Day, Value: p.Value})
		case "at":
			if f := m.Validate(""); len(f) > 0 {
				t.Errorf("line %d: the measure is refused: %+v", n+1, f)
			}
			got := standing(t, &m, known, date(t, words[1]))
			_, want, _ := strings.Cut(line, "=>")
			lines[n] = "at " + words[1] + " => " + got
			if checked++; got != strings.TrimSpace(want) && !*update {
				t.Errorf("line %d: %s\n  got  %s\n  want %s", n+1, words[1], got, strings.TrimSpace(want))
			}
		default:
			t.Fatalf("line %d: %q", n+1, line)
		}
	}
	if checked < 30 {
		t.Errorf("only %d lines checked", checked)
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func standing(t *testing.T, m *docket.Measure, known []docket.Observation, on docket.Date) string {
	t.Helper()
	p := measure.PaceOf(m, known)
	read, err := measure.ReadCourse(string(p.Encode()))
	if err != nil || !gocmp.Equal(read, measure.Course{p}) {
		t.Errorf("written and read the pace is another: %v %s", err, gocmp.Diff(read, measure.Course{p}))
	}
	value := "-"
	if v, ok := measure.PlannedValue(m, on); ok {
		value = strconv.FormatFloat(v, 'f', 2, 64)
	}
	reached := "no data"
	if p.Seen != 0 {
		reached = fmt.Sprintf("reached %.2f gap %.2f", float64(p.Reached(on))/100, float64(p.Gap(on))/100)
	}
	if p.Breached {
		reached += " breached"
	}
	return fmt.Sprintf("value %s planned %.2f %s", value, float64(p.Planned(on))/100, reached)
}

func measureOf(t *testing.T, words []string) docket.Measure {
	t.Helper()
	m := docket.Measure{Name: "x", Direction: docket.Direction(words[0]), Target: number(t, words[1])}
	for _, w := range words[2:] {
		switch name, v, _ := strings.Cut(w, "="); name {
		case "due":
			m.Due = date(t, v)
		case "high":
			m.High = number(t, v)
		case "tol":
			m.Tolerance = number(t, v)
		case "step":
			m.Step = true
		case "ceiling":
			m.Ceiling = true
		case "yearly":
			m.Yearly = true
		default:
			t.Fatalf("there is no %s", w)
		}
	}
	return m
}

func point(t *testing.T, words []string) docket.Point {
	t.Helper()
	return docket.Point{Day: date(t, words[0]), Value: number(t, words[1])}
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// What the board cannot read is shown as lacking figures, never as on plan.
func TestBrokenPacesLackFigures(t *testing.T) {
	for _, text := range []string{"x", "1 2", "1 2 3 4 5 6", ";", "1 2 3 4 99999999999"} {
		c, err := measure.ReadCourse(text)
		if err == nil || len(c) != 1 || c[0].Seen != 0 {
			t.Errorf("%q: %v %v", text, c, err)
		}
	}
}
