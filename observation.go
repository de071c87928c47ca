package docket

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// ObservationID names an observation.
type ObservationID int64

// MaxObservations bounds what is kept of one matter.
const MaxObservations = 5000

// Observation is one figure of a measure. It is never changed: a correction is
// an observation of its own that names what it corrects.
type Observation struct {
	ID       ObservationID `json:"id"`
	Matter   MatterID      `json:"matter"`
	Measure  MeasureID     `json:"measure"`
	Value    float64       `json:"value"`
	AsOf     Date          `json:"as_of"` // the day the figure holds for
	At       time.Time     `json:"at"`    // when it was reported
	By       PersonID      `json:"by"`
	Report   ReportID      `json:"report"` // the report it came with, 0 when none
	Note     string        `json:"note"`
	Corrects ObservationID `json:"corrects"` // 0 when it corrects none
}

// Validate returns every fault; today bounds the day the figure holds for.
func (o *Observation) Validate(at string, today Date) []FieldError {
	f := faults{at: at}
	f.when(!finite(o.Value), "value", "measure.number", "not a usable number")
	f.when(o.AsOf == 0, "as_of", "field.required", "say which day the figure holds for")
	f.when(o.AsOf > today, "as_of", "measure.future", "the day lies in the future")
	f.when(len([]rune(o.Note)) > 500, "note", "field.too_long", "at most 500 characters", "max", "500")
	o.Note = strings.TrimSpace(o.Note)
	return f.found
}

// KnownAt returns the observations of a measure that held at an instant, by the
// day they hold for: what was reported later is unknown, what was corrected by
// then is gone, and of two for one day the later report holds. So any past pack
// can be made again.
func KnownAt(all []Observation, m MeasureID, at time.Time) []Observation {
	corrected := map[ObservationID]bool{}
	var out []Observation
	for _, o := range all {
		if o.Measure == m && !o.At.After(at) {
			out = append(out, o)
			corrected[o.Corrects] = true
		}
	}
	out = slices.DeleteFunc(out, func(o Observation) bool { return corrected[o.ID] })
	slices.SortFunc(out, func(a, b Observation) int {
		return cmp.Or(cmp.Compare(a.AsOf, b.AsOf), b.At.Compare(a.At), cmp.Compare(b.ID, a.ID))
	})
	return slices.CompactFunc(out, func(a, b Observation) bool { return a.AsOf == b.AsOf })
}

// Holding returns the newest of known observations that holds on a day.
func Holding(known []Observation, day Date) (o Observation, ok bool) {
	for _, k := range known {
		if k.AsOf > day {
			break
		}
		o, ok = k, true
	}
	return o, ok
}
