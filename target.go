package docket

import (
	"math"
	"strconv"
	"strings"
)

// MeasureID names a measure of a matter.
type MeasureID int64

// Bounds of what a person may enter for one matter.
const (
	MaxMeasures   = 50
	MaxTrajectory = 400
	maxFigure     = 1e15
	maxPlanYears  = 30
)

// Measure is what a registered matter is measured by: where it stood, where it
// is to stand on the due day, and by which path.
type Measure struct {
	ID        MeasureID   `json:"id"`
	Matter    MatterID    `json:"matter"`
	Ord       int         `json:"ord"`
	Name      string      `json:"name"`
	Unit      string      `json:"unit"`
	Direction Direction   `json:"direction"`
	Baseline  Point       `json:"baseline"`
	Target    float64     `json:"target"`
	High      float64     `json:"high"`      // Between, Maintain: the upper end of the band
	Tolerance float64     `json:"tolerance"` // About: how far off still counts
	Ceiling   bool        `json:"ceiling"`   // AtMost: never above Target on the way, rather than on the due day
	Yearly    bool        `json:"yearly"`    // values count up from 1 January; Target is each year's
	Due       Date        `json:"due"`
	Step      bool        `json:"step"` // a plan value holds until the next point; otherwise straight lines
	Path      []Point     `json:"path"` // days between baseline and due
	Withdrawn bool        `json:"withdrawn"`
	Version   int64       `json:"version"`
	Pace      MeasurePace `json:"-"` // derived by internal/measure when plan or observations change
}

// MeasurePace is the compact form of plan and latest figures that the board
// works lamps out from; internal/measure writes and reads it.
type MeasurePace string

// Point is a value on a day.
type Point struct {
	Day   Date    `json:"day"`
	Value float64 `json:"value"`
}

// Steady reports whether the measure is judged by how often it was in its band,
// not by progress.
func (m *Measure) Steady() bool { return m.Direction == Maintain || m.Ceiling }

// Good reports whether a value fulfils the target.
func (m *Measure) Good(x float64) bool {
	switch m.Direction {
	case AtMost, Rank:
		return x <= m.Target
	case About:
		return math.Abs(x-m.Target) <= m.Tolerance
	case Between, Maintain:
		return x >= m.Target && x <= m.High
	case Exactly:
		return x == m.Target || (x > m.Target) == (m.Target > m.Baseline.Value) && m.Target != m.Baseline.Value
	case Full:
		if m.Target < m.Baseline.Value { // 清零
			return x <= m.Target
		}
	}
	return x >= m.Target
}

// Validate returns every fault of a measure with the field it stands in; field
// names begin with at ("measures[2]").
func (m *Measure) Validate(at string) []FieldError {
	f := faults{at: at}
	name := strings.TrimSpace(m.Name)
	f.when(name == "", "name", "field.required", "a measure needs a name")
	f.when(len([]rune(name)) > 200, "name", "field.too_long", "at most 200 characters", "max", "200")
	f.when(len([]rune(m.Unit)) > 50, "unit", "field.too_long", "at most 50 characters", "max", "50")
	for _, n := range []struct {
		field string
		value float64
	}{{"baseline.value", m.Baseline.Value}, {"target", m.Target}, {"high", m.High}, {"tolerance", m.Tolerance}} {
		f.when(!finite(n.value), n.field, "measure.number", "not a usable number")
	}
	f.when(m.Baseline.Day == 0, "baseline.day", "field.required", "a baseline needs its day")
	f.when(m.Due == 0, "due", "field.required", "a target needs its day")
	f.when(m.Due != 0 && m.Due < m.Baseline.Day, "due", "measure.due_before", "the due day lies before the baseline's")
	f.when(m.Due > m.Baseline.Day+366*maxPlanYears, "due", "measure.too_far", "a plan runs at most 30 years", "max", strconv.Itoa(maxPlanYears))
	m.validateTarget(&f)
	m.validatePath(&f)
	return f.found
}

func (m *Measure) validateTarget(f *faults) {
	base := m.Baseline.Value
	switch m.Direction {
	case AtLeast:
		f.when(m.Target < base, "target", "measure.wrong_side", "the target lies on the bad side of the baseline")
	case AtMost, Rank:
		f.when(m.Target > base && !m.Ceiling, "target", "measure.wrong_side", "the target lies on the bad side of the baseline")
	case About:
		f.when(m.Tolerance < 0, "tolerance", "measure.tolerance", "the tolerance cannot be below zero")
	case Between, Maintain:
		f.when(m.High < m.Target, "high", "measure.band", "the upper end of the band lies below the lower")
	case Exactly, Full:
	default:
		f.when(true, "direction", "query.unknown_value", "there is no such direction")
	}
	f.when(m.Ceiling && m.Direction != AtMost, "ceiling", "measure.ceiling", "only a target \"at most\" can be a ceiling")
	f.when(m.Yearly && (base != 0 || m.Target <= 0 || m.Steady()), "yearly", "measure.yearly", "what counts up each year starts from 0 towards a target above 0")
}

func (m *Measure) validatePath(f *faults) {
	f.when(len(m.Path) > MaxTrajectory, "path", "measure.path_long", "at most 400 points", "max", strconv.Itoa(MaxTrajectory))
	f.when(len(m.Path) > 0 && m.Steady(), "path", "measure.path_steady", "what is to be kept in a band needs no trajectory")
	last := m.Baseline.Day
	for i, p := range m.Path[:min(len(m.Path), MaxTrajectory)] {
		field := "path[" + strconv.Itoa(i) + "]"
		f.when(p.Day <= m.Baseline.Day || p.Day >= m.Due, field+".day", "measure.path_outside", "the day does not lie between baseline and due")
		f.when(i > 0 && p.Day <= last, field+".day", "measure.path_order", "the days must ascend")
		f.when(!finite(p.Value), field+".value", "measure.number", "not a usable number")
		last = p.Day
	}
}

func finite(x float64) bool { return !math.IsNaN(x) && math.Abs(x) <= maxFigure }

// faults gathers field errors below one path.
type faults struct {
	at    string
	found []FieldError
}

func (f *faults) when(bad bool, field, key, message string, args ...string) {
	if !bad {
		return
	}
	e := FieldError{Field: strings.TrimPrefix(f.at+"."+field, "."), Key: key, Message: message}
	for i := 0; i+1 < len(args); i += 2 {
		e.Args = map[string]string{args[i]: args[i+1]}
	}
	f.found = append(f.found, e)
}

// ProposeMeasure makes of a target as read the measure a person completes: from
// nothing on the day of assignment to the stated value on the matter's due day.
func ProposeMeasure(r MeasureRead, m *Matter) Measure {
	out := Measure{Matter: m.ID, Name: r.Name, Unit: r.Unit, Direction: r.Direction, Target: r.Value, High: r.High, Due: m.Due, Path: []Point{}}
	if !m.AssignedAt.IsZero() {
		out.Baseline.Day = DateOf(m.AssignedAt)
	}
	if out.Name == "" {
		out.Name = r.Words
	}
	if r.Direction == About {
		out.Tolerance = math.Abs(r.Value) / 20
	}
	if r.Direction == Maintain && out.High < out.Target {
		out.High = out.Target
	}
	return out
}

// SubjectOfFigures describes a matter to who may give its figures: its owner and
// the units that answer for it.
func SubjectOfFigures(m *Matter) Subject {
	s := Subject{Owner: m.Owner, State: m.Status, Draft: m.Status == Draft}
	for i := range m.Assignments {
		if a := &m.Assignments[i]; a.Unit != 0 && a.Answers() {
			s.Units = append(s.Units, a.Unit)
		}
	}
	return s
}
