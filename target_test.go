package docket_test

import (
	"math"
	"slices"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

func sound() docket.Measure {
	return docket.Measure{Name: "学位", Direction: docket.AtLeast, Target: 90, Due: docket.NewDate(2026, 12, 31),
		Baseline: docket.Point{Day: docket.NewDate(2026, 1, 1), Value: 80}, Path: []docket.Point{{Day: docket.NewDate(2026, 6, 1), Value: 84}}}
}

func TestFaultsOfAMeasureNameTheirField(t *testing.T) {
	for field, spoil := range map[string]func(*docket.Measure){
		"":                 func(*docket.Measure) {},
		"m.name":           func(m *docket.Measure) { m.Name = " " },
		"m.target":         func(m *docket.Measure) { m.Target = 79 },
		"m.due":            func(m *docket.Measure) { m.Due = m.Baseline.Day - 1; m.Path = nil },
		"m.direction":      func(m *docket.Measure) { m.Direction = "up" },
		"m.high":           func(m *docket.Measure) { m.Direction, m.High = docket.Between, 3 },
		"m.tolerance":      func(m *docket.Measure) { m.Direction, m.Tolerance = docket.About, -1 },
		"m.ceiling":        func(m *docket.Measure) { m.Ceiling, m.Path = true, nil },
		"m.yearly":         func(m *docket.Measure) { m.Yearly = true },
		"m.path[0].day":    func(m *docket.Measure) { m.Path[0].Day = m.Due },
		"m.path[1].day":    func(m *docket.Measure) { m.Path = append(m.Path, m.Path[0]) },
		"m.path":           func(m *docket.Measure) { m.Direction, m.High = docket.Maintain, 99 },
		"m.path[0].value":  func(m *docket.Measure) { m.Path[0].Value = math.NaN() },
		"m.baseline.value": func(m *docket.Measure) { m.Baseline.Value = math.Inf(-1) },
	} {
		m := sound()
		spoil(&m)
		var got []string
		for _, f := range m.Validate("m") {
			got = append(got, f.Field)
		}
		if field == "" && len(got) > 0 || field != "" && !slices.Equal(got, []string{field}) {
			t.Errorf("want a fault in %q, got %v", field, got)
		}
	}
}

// What was known at an instant can be asked for again whatever was corrected since.
func TestThePastIsKnownAsItWas(t *testing.T) {
	at := func(d int) time.Time { return time.Date(2026, 7, d, 9, 0, 0, 0, time.UTC) }
	june, july := docket.NewDate(2026, 6, 30), docket.NewDate(2026, 7, 31)
	all := []docket.Observation{
		{ID: 1, Measure: 1, Value: 10, AsOf: june, At: at(1)},
		{ID: 2, Measure: 2, Value: 99, AsOf: june, At: at(1)},
		{ID: 3, Measure: 1, Value: 11, AsOf: june, At: at(5), Corrects: 1},
		{ID: 4, Measure: 1, Value: 20, AsOf: july, At: at(6)},
		{ID: 5, Measure: 1, Value: 9, AsOf: june - 30, At: at(7)}, // late
		{ID: 6, Measure: 1, Value: 12, AsOf: june, At: at(8)},     // again for the same day
	}
	for day, want := range map[int][]docket.ObservationID{0: nil, 1: {1}, 4: {1}, 5: {3}, 6: {3, 4}, 7: {5, 3, 4}, 8: {5, 6, 4}} {
		var got []docket.ObservationID
		for _, o := range docket.KnownAt(all, 1, at(day)) {
			got = append(got, o.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("known on the %d.: %v, want %v", day, got, want)
		}
	}
	if o, ok := docket.Holding(docket.KnownAt(all, 1, at(8)), july-1); !ok || o.ID != 6 {
		t.Errorf("on the day before the last holds %d", o.ID)
	}
}
