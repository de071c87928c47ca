// Package measure holds the calculations of the field as pure functions over
// plain values: no store, no clock, no calendar of its own.
package measure

import (
	"cmp"
	"strconv"

	docket "github.com/docket-os/docket"
)

// Calendar is what the lamps ask of working time; internal/worktime answers it.
type Calendar interface {
	// AddWorkingDays returns the n-th working day after d (before it when n is
	// negative). provisional is set when the count runs past the known calendar.
	AddWorkingDays(d docket.Date, n int) (day docket.Date, provisional bool)
	// WorkingDays counts the working days after from up to and including to.
	WorkingDays(from, to docket.Date) int
}

// Thresholds are the settings of the lamp; each body may set its own
// (product.md D5). The zero value is not usable: start from DefaultThresholds.
type Thresholds struct {
	Near  int `json:"near"`  // working days before the due from which a matter is to be watched
	Ack   int `json:"ack"`   // working days an overdue receipt is watched before it is to be acted on
	Fresh int `json:"fresh"` // calendar days after which a report is no longer fresh

	Behind   int `json:"behind"`   // percentage points behind plan from which a matter is to be watched
	Far      int `json:"far"`      // percentage points behind plan from which it is to be acted on
	Evidence int `json:"evidence"` // calendar days after which a figure is no longer fresh
}

// DefaultThresholds are the usual ones of field.md §2.4: three working days is
// what product asks name most; a receipt window is two working days (§2.7);
// monthly reporting is the commonest rhythm (§2.3). Figures hold for a day
// before they are reported, so they may be a fortnight older than a report.
func DefaultThresholds() Thresholds {
	return Thresholds{Near: 3, Ack: 2, Fresh: 31, Behind: 10, Far: 30, Evidence: 45}
}

// Validate returns every fault of thresholds as a person entered them.
func (t Thresholds) Validate() []docket.FieldError {
	var out []docket.FieldError
	for _, n := range []struct {
		field     string
		value, to int
	}{{"near", t.Near, 60}, {"ack", t.Ack, 60}, {"fresh", t.Fresh, 400}, {"behind", t.Behind, 100}, {"far", t.Far, 100}, {"evidence", t.Evidence, 800}} {
		if n.value < 0 || n.value > n.to {
			out = append(out, docket.FieldError{Field: n.field, Key: "lamp.range", Args: map[string]string{"max": strconv.Itoa(n.to)}, Message: "a number from 0 to " + strconv.Itoa(n.to)})
		}
	}
	if t.Far < t.Behind {
		out = append(out, docket.FieldError{Field: "far", Key: "lamp.far_below", Message: "acting cannot begin before watching"})
	}
	return out
}

// Facts are what a lamp is computed from. Zero dates mean "none".
type Facts struct {
	Status   docket.MatterStatus
	Due      docket.Date // current due; zero for continuing work
	ReviewOn docket.Date // next look at continuing or parked work
	AckDue   docket.Date // last day to confirm receipt, while that is owed
	Reported docket.Date // day of the newest report
	Course   Course      // plan and figures of what the matter is measured by
}

// Reason says in a catalogue key and its arguments why a lamp shows what it shows.
type Reason struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
}

// Today is a day with the turning points that the calendar sets on it, worked
// out once so that a hundred thousand lamps cost no calendar at all.
type Today struct {
	Date  docket.Date
	near  docket.Date // dues up to here are near
	ack   docket.Date // receipts due before this day have been late for too long
	fresh docket.Date // reports before this day are stale

	evidence    docket.Date // figures before this day are stale
	behind, far int32       // gaps in hundredths of a percentage point
	cal         Calendar
}

// NewToday works the turning points of day out.
func NewToday(day docket.Date, cal Calendar, t Thresholds) Today {
	near, _ := cal.AddWorkingDays(day, t.Near)
	ack, _ := cal.AddWorkingDays(day, -t.Ack)
	return Today{Date: day, near: near, ack: ack, fresh: day - docket.Date(t.Fresh),
		evidence: day - docket.Date(t.Evidence), behind: int32(t.Behind) * 100, far: int32(t.Far) * 100, cal: cal}
}

// Lamp is the worst of the lamps of deadline, receipt, gap to plan, feedback and
// evidence (product.md D5). Without a fresh report, or fresh figures where the
// matter is measured, it never shows "on course".
func (t Today) Lamp(f Facts) docket.Lamp { lamp, _ := t.judge(f); return lamp }

// Why returns the lamp with its reason in words.
func (t Today) Why(f Facts) (docket.Lamp, Reason) {
	lamp, key := t.judge(f)
	return lamp, Reason{Key: "lamp." + string(key), Args: t.args(key, f)}
}

// WhyMeasured is the lamp of figures alone, with its reason: gap and evidence.
func (t Today) WhyMeasured(c Course) (docket.Lamp, Reason) {
	f := Facts{Status: docket.InProgress, Course: c}
	lamp, why := t.gap(f)
	if l, w := t.figures(f); Worse(l, lamp) {
		lamp, why = l, w
	}
	if why == causeOnCourse {
		why = causeOnPlan
	}
	return lamp, Reason{Key: "lamp." + string(why), Args: t.args(why, f)}
}

// cause names the rule that decided; "lamp."+cause is its sentence.
type cause string

const (
	causeDraft     cause = "draft"
	causeCompleted cause = "completed"
	causeStruckOff cause = "struck_off"
	causeStopped   cause = "stopped"
	causeParked    cause = "parked"
	causeReview    cause = "review_passed"
	causeOverdue   cause = "overdue"
	causeNear      cause = "near"
	causeAck       cause = "ack_overdue"
	causeNoReport  cause = "no_report"
	causeStale     cause = "stale_report"
	causeBreached  cause = "ceiling_breached"
	causeBehind    cause = "behind_plan"
	causeOnPlan    cause = "on_plan"
	causeNoFigures cause = "no_figures"
	causeOldFigure cause = "stale_figures"
	causeStart     cause = "not_started"
	causeContinues cause = "continuing"
	causeOnCourse  cause = "on_course"
)

func (t Today) judge(f Facts) (docket.Lamp, cause) {
	switch f.Status {
	case docket.Draft:
		return docket.LampNotDue, causeDraft
	case docket.Completed:
		return docket.LampCompleted, causeCompleted
	case docket.StruckOff, docket.Archived:
		return docket.LampStruckOff, causeStruckOff
	case docket.Terminated:
		return docket.LampNotDue, causeStopped
	case docket.Parked:
		if f.ReviewOn != 0 && f.ReviewOn < t.Date {
			return docket.LampWatch, causeReview
		}
		return docket.LampNotDue, causeParked
	}
	lamp, why := t.deadline(f)
	if l, c := t.receipt(f); Worse(l, lamp) {
		lamp, why = l, c
	}
	if l, c := t.gap(f); Worse(l, lamp) {
		lamp, why = l, c
	}
	if l, c := t.feedback(f); Worse(l, lamp) {
		lamp, why = l, c
	}
	if l, c := t.figures(f); Worse(l, lamp) {
		lamp, why = l, c
	}
	return lamp, why
}

func (t Today) deadline(f Facts) (docket.Lamp, cause) {
	switch {
	case f.Due != 0 && f.Due < t.Date:
		return docket.LampAct, causeOverdue
	case f.Due != 0 && f.Due <= t.near:
		return docket.LampWatch, causeNear
	case f.Due == 0 && f.ReviewOn != 0 && f.ReviewOn < t.Date:
		return docket.LampWatch, causeReview
	case unstarted(f.Status):
		return docket.LampNotDue, causeStart
	case f.Due == 0:
		return docket.LampOnCourse, causeContinues
	}
	return docket.LampOnCourse, causeOnCourse
}

func (t Today) receipt(f Facts) (docket.Lamp, cause) {
	switch {
	case f.AckDue == 0 || f.AckDue >= t.Date:
		return docket.LampNotDue, causeStart
	case f.AckDue < t.ack && unstarted(f.Status):
		return docket.LampAct, causeAck // nobody who answers for it has taken it up
	}
	return docket.LampWatch, causeAck
}

func (t Today) feedback(f Facts) (docket.Lamp, cause) {
	switch {
	case unstarted(f.Status):
		return docket.LampNotDue, causeStart
	case f.Reported == 0:
		return docket.LampNoData, causeNoReport
	case f.Reported < t.fresh:
		return docket.LampNoData, causeStale
	}
	return docket.LampOnCourse, causeOnCourse
}

// gap is the worst of the gaps to plan. What has no figure yet has no gap.
func (t Today) gap(f Facts) (docket.Lamp, cause) {
	if len(f.Course) == 0 || unstarted(f.Status) {
		return docket.LampNotDue, causeStart
	}
	gap, breached := int32(0), false
	for i := range f.Course {
		p := &f.Course[i]
		breached = breached || p.Breached
		if p.Seen != 0 {
			gap = min(gap, p.Gap(t.Date))
		}
	}
	switch {
	case breached:
		return docket.LampAct, causeBreached
	case gap < 0 && -gap >= t.far:
		return docket.LampAct, causeBehind
	case gap < 0 && -gap >= t.behind:
		return docket.LampWatch, causeBehind
	}
	return docket.LampOnCourse, causeOnCourse
}

// figures is the evidence: every measure needs a fresh figure.
func (t Today) figures(f Facts) (docket.Lamp, cause) {
	if len(f.Course) == 0 || unstarted(f.Status) {
		return docket.LampNotDue, causeStart
	}
	switch seen := f.Course.seen(); {
	case seen == 0:
		return docket.LampNoData, causeNoFigures
	case seen < t.evidence:
		return docket.LampNoData, causeOldFigure
	}
	return docket.LampOnCourse, causeOnCourse
}

// unstarted: nothing but a receipt can be expected of the units yet.
func unstarted(s docket.MatterStatus) bool {
	return s == docket.Registered || s == docket.Assigned || s == docket.Disputed
}

func (t Today) args(c cause, f Facts) map[string]string {
	switch c {
	case causeOverdue:
		return days(int(t.Date - f.Due))
	case causeNear:
		return days(t.cal.WorkingDays(t.Date, f.Due))
	case causeAck:
		return days(t.cal.WorkingDays(f.AckDue, t.Date))
	case causeOnCourse:
		return map[string]string{"on": f.Due.String()}
	case causeReview, causeContinues, causeParked:
		return map[string]string{"on": f.ReviewOn.String()}
	case causeStale:
		return map[string]string{"on": f.Reported.String()}
	case causeOldFigure:
		return map[string]string{"on": f.Course.seen().String()}
	case causeBehind:
		p := f.Course.worst(t.Date)
		return map[string]string{"gap": percent(-p.Gap(t.Date)), "planned": percent(p.Planned(t.Date)), "actual": percent(p.Reached(t.Date))}
	}
	return nil
}

func days(n int) map[string]string { return map[string]string{"days": strconv.Itoa(n)} }

// Rank orders lamps, worst first; it is the column the ledger is sorted by.
func Rank(l docket.Lamp) uint8 { return rank[l] }

// Worse reports whether a is a graver lamp than b.
func Worse(a, b docket.Lamp) bool { return cmp.Less(rank[a], rank[b]) }

var rank = func() map[docket.Lamp]uint8 {
	r := map[docket.Lamp]uint8{}
	for i, l := range docket.Lamps() {
		r[l] = uint8(i)
	}
	return r
}()

// Same reports whether two days have the same turning points and thresholds: then every lamp is the same.
func (t Today) Same(o Today) bool {
	return t.Date == o.Date && t.near == o.near && t.ack == o.ack && t.fresh == o.fresh &&
		t.evidence == o.evidence && t.behind == o.behind && t.far == o.far
}
