package measure

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// Pace is a measure as a lamp sees it: the planned progress as points of a path
// and the progress reached. Progress is in hundredths of a percentage point,
// baseline 0 and target 10,000.
type Pace struct {
	Plan     []Step // by day, none for what is to be kept in its band
	Stepped  bool   // a point holds until the next; otherwise straight lines
	Actual   int32
	Seen     docket.Date // the day the newest figure holds for, zero when there is none
	Resets   docket.Date // from this day on Actual counts from 0 again
	Breached bool        // the newest figure is above a ceiling that holds all the way
}

// Step is a point of planned progress.
type Step struct {
	Day docket.Date
	At  int32
}

// Whole is the progress of a target reached.
const Whole = 10_000

// mostProgress keeps figures far beyond the target within 32 bits.
const mostProgress = 1_000_000

// PaceOf works the pace of a measure out from its known observations, by day.
func PaceOf(m *docket.Measure, known []docket.Observation) Pace {
	p := Pace{Stepped: m.Step}
	if !m.Steady() {
		p.Plan = planOf(m)
	}
	if len(known) == 0 {
		return p
	}
	last := known[len(known)-1]
	p.Seen = last.AsOf
	if m.Steady() {
		p.Actual = InBand(m, known)
		p.Breached = m.Ceiling && !m.Good(last.Value)
		return p
	}
	p.Actual = Progress(m, last.Value)
	if m.Yearly {
		p.Resets = docket.NewDate(last.AsOf.Time().Year()+1, time.January, 1)
	}
	return p
}

// InBand is the share of known figures that were in the band or below the ceiling.
func InBand(m *docket.Measure, known []docket.Observation) int32 {
	good := 0
	for _, o := range known {
		if m.Good(o.Value) {
			good++
		}
	}
	if len(known) == 0 {
		return 0
	}
	return int32(math.Round(float64(good) * Whole / float64(len(known))))
}

// Progress is how much of the way from baseline to target a value is (field.md
// §4.2); in a band, or as near as the tolerance allows, it is the whole. Where
// there is no way to go, a good value is the whole and any other nothing.
func Progress(m *docket.Measure, x float64) int32 {
	base, target := m.Baseline.Value, m.Target
	switch m.Direction {
	case docket.About, docket.Between:
		low, high := m.Target, m.High
		if m.Direction == docket.About {
			low, high = m.Target-m.Tolerance, m.Target+m.Tolerance
		}
		target = max(low, min(high, base)) // the edge that is reached first
		if m.Good(x) {
			return Whole
		}
		if x > high && base < low {
			x = target - (x - high) // past the band is as far off as before it
		} else if x < low && base > high {
			x = target + (low - x)
		}
	}
	if base == target {
		if m.Good(x) {
			return Whole
		}
		return 0
	}
	share := (x - base) / (target - base) * Whole
	return int32(math.Round(max(-mostProgress, min(mostProgress, share))))
}

// planOf is the path of progress from baseline through the points to the due day.
func planOf(m *docket.Measure) []Step {
	if !m.Yearly {
		return pathOf(m, docket.Point{Day: m.Baseline.Day, Value: m.Baseline.Value}, m.Due)
	}
	var out []Step
	for from := m.Baseline.Day; from <= m.Due; {
		year := from.Time().Year()
		end := min(m.Due, docket.NewDate(year, time.December, 31))
		out = append(out, pathOf(m, docket.Point{Day: from}, end)...)
		from = docket.NewDate(year+1, time.January, 1)
	}
	return out
}

func pathOf(m *docket.Measure, from docket.Point, end docket.Date) []Step {
	out := []Step{{from.Day, Progress(m, from.Value)}}
	if m.Baseline.Value != m.Target {
		out[0].At = min(out[0].At, Whole)
	}
	for _, p := range m.Path {
		if p.Day > from.Day && p.Day < end {
			out = append(out, Step{p.Day, Progress(m, p.Value)})
		}
	}
	if end == from.Day { // nothing between: the target is due at once
		out[0].At = Whole
		return out
	}
	return append(out, Step{end, Whole})
}

// Planned is the progress planned for a day: that of the baseline before it, the
// whole after the due day, and the whole at any time where a band is to be kept.
func (p *Pace) Planned(on docket.Date) int32 {
	if len(p.Plan) == 0 {
		return Whole
	}
	if on < p.Plan[0].Day {
		return 0
	}
	i := len(p.Plan) - 1
	for i > 0 && p.Plan[i].Day > on {
		i--
	}
	a := p.Plan[i]
	if p.Stepped || i == len(p.Plan)-1 {
		return a.At
	}
	b := p.Plan[i+1]
	return a.At + int32(int64(b.At-a.At)*int64(on-a.Day)/int64(b.Day-a.Day))
}

// Reached is the progress known on a day.
func (p *Pace) Reached(on docket.Date) int32 {
	if p.Resets != 0 && on >= p.Resets {
		return 0
	}
	return p.Actual
}

// Gap is reached less planned on a day, in hundredths of a percentage point.
func (p *Pace) Gap(on docket.Date) int32 { return p.Reached(on) - p.Planned(on) }

// Line is the path of planned values from baseline to due, for charts and
// tables; none where only a band is to be kept.
func Line(m *docket.Measure) []docket.Point {
	if m.Steady() {
		return []docket.Point{}
	}
	if !m.Yearly {
		return slices.Concat([]docket.Point{m.Baseline}, m.Path, []docket.Point{{Day: m.Due, Value: m.Target}})
	}
	out := []docket.Point{}
	for _, s := range planOf(m) {
		out = append(out, docket.Point{Day: s.Day, Value: float64(s.At) / Whole * m.Target})
	}
	return out
}

// PlannedValue is the value planned for a day; ok is false where nothing is
// planned yet or only a band is.
func PlannedValue(m *docket.Measure, on docket.Date) (v float64, ok bool) {
	points := Line(m)
	if len(points) == 0 || on < points[0].Day {
		return 0, false
	}
	i := len(points) - 1
	for i > 0 && points[i].Day > on {
		i--
	}
	a := points[i]
	if m.Step || i == len(points)-1 {
		return a.Value, true
	}
	b := points[i+1]
	return a.Value + (b.Value-a.Value)*float64(on-a.Day)/float64(b.Day-a.Day), true
}

// Encode writes a pace in the form the store keeps.
func (p Pace) Encode() docket.MeasurePace {
	b := fmt.Appendf(nil, "%d %d %d %d %d", p.Actual, p.Seen, p.Resets, bit(p.Stepped), bit(p.Breached))
	for _, s := range p.Plan {
		b = fmt.Appendf(b, " %d %d", s.Day, s.At)
	}
	return docket.MeasurePace(b)
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Course is all paces of a matter. Nil is a matter that is not measured.
type Course []Pace

// ReadCourse reads paces divided by ';'. What cannot be read gives no pace and
// an error: lamps then say that figures are missing.
func ReadCourse(text string) (Course, error) {
	if text == "" {
		return nil, nil
	}
	var out Course
	for part := range strings.SplitSeq(text, ";") {
		var n []int32
		for word := range strings.SplitSeq(part, " ") {
			x, err := strconv.ParseInt(word, 10, 32)
			if err != nil {
				return Course{{}}, fmt.Errorf("pace %q: %w", part, err)
			}
			n = append(n, int32(x))
		}
		if len(n) < 5 || len(n)%2 == 0 {
			return Course{{}}, fmt.Errorf("pace %q is not whole", part)
		}
		p := Pace{Actual: n[0], Seen: docket.Date(n[1]), Resets: docket.Date(n[2]), Stepped: n[3] == 1, Breached: n[4] == 1}
		for i := 5; i < len(n); i += 2 {
			p.Plan = append(p.Plan, Step{docket.Date(n[i]), n[i+1]})
		}
		out = append(out, p)
	}
	return out, nil
}

// seen is the day of the oldest of the newest figures, zero while one is missing.
func (c Course) seen() docket.Date {
	oldest := docket.Date(math.MaxInt32)
	for i := range c {
		if c[i].Seen == 0 {
			return 0
		}
		oldest = min(oldest, c[i].Seen)
	}
	return oldest
}

// worst is the pace with the largest gap on a day, of those with figures.
func (c Course) worst(on docket.Date) *Pace {
	var worst *Pace
	for i := range c {
		if p := &c[i]; p.Seen != 0 && (worst == nil || p.Gap(on) < worst.Gap(on)) {
			worst = p
		}
	}
	return worst
}

// Gap is how far the measure that is furthest behind lags its plan on a day, in
// hundredths of a percentage point, below 0 when behind; 0 without figures.
func (c Course) Gap(on docket.Date) int32 {
	if p := c.worst(on); p != nil {
		return p.Gap(on)
	}
	return 0
}

// percent writes progress in percent with at most one decimal.
func percent(p int32) string {
	return strconv.FormatFloat(math.Round(float64(p)/10)/10, 'f', -1, 64)
}
