package httpapi

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/measure"
)

// MeasurePage is what a matter is measured by.
type MeasurePage struct {
	Items     []MeasureView    `json:"items"`
	Proposals []docket.Measure `json:"proposals" doc:"Read from the document and not taken up yet"`
	May       []docket.Act     `json:"may"`
	On        docket.Date      `json:"on"`
}

// MeasureView is a measure with its plan, its figures and how it stands.
type MeasureView struct {
	docket.Measure
	Line    []docket.Point   `json:"line" doc:"Planned values from baseline to due; empty where a band is to be kept"`
	Held    []docket.Point   `json:"held" doc:"The values that hold, by day"`
	Figures []app.FigureView `json:"figures" doc:"As reported, newest first, corrected ones included"`
	Plan    *float64         `json:"plan,omitempty" doc:"The value planned for the day"`
	Pace    app.PaceView     `json:"pace" doc:"Percent of the way from baseline to target; the gap in percentage points"`
	Lamp    docket.Lamp      `json:"lamp" doc:"Of this measure alone"`
	Reason  measure.Reason   `json:"reason"`
}

func wireMeasures(p app.MeasurePage) MeasurePage {
	return MeasurePage{Items: each(p.Items, func(v app.MeasureView) MeasureView {
		v.Path = full(v.Path)
		return MeasureView{Measure: v.Measure, Line: full(v.Line), Held: full(v.Held), Figures: full(v.Figures), Plan: v.Plan, Pace: v.Pace, Lamp: v.Lamp, Reason: v.Reason}
	}), Proposals: full(p.Proposals), May: full(p.May), On: p.On}
}

// MeasureBody is a measure as a person set it.
type MeasureBody struct {
	ID        docket.MeasureID `json:"id,omitempty" minimum:"0" doc:"0 for a new one"`
	Version   int64            `json:"version,omitempty" minimum:"0" doc:"As last seen"`
	Name      string           `json:"name" maxLength:"200"`
	Unit      string           `json:"unit,omitempty" maxLength:"50"`
	Direction docket.Direction `json:"direction"`
	Baseline  docket.Point     `json:"baseline"`
	Target    float64          `json:"target"`
	High      float64          `json:"high,omitempty" doc:"between, maintain: the upper end"`
	Tolerance float64          `json:"tolerance,omitempty" doc:"about: how far off still counts"`
	Ceiling   bool             `json:"ceiling,omitempty" doc:"at_most: never above the target on the way"`
	Yearly    bool             `json:"yearly,omitempty" doc:"Counts up from 1 January"`
	Due       docket.Date      `json:"due"`
	Step      bool             `json:"step,omitempty" doc:"A planned value holds until the next point"`
	Path      []docket.Point   `json:"path,omitempty" maxItems:"400"`
}

// MeasuresBody is all measures of a matter; those left out are withdrawn.
type MeasuresBody struct {
	Measures []MeasureBody `json:"measures" maxItems:"50"`
}

// FigureBody is a figure, or the correction of one.
type FigureBody struct {
	Measure  docket.MeasureID     `json:"measure" minimum:"1"`
	Value    float64              `json:"value"`
	AsOf     docket.Date          `json:"as_of" doc:"The day the figure holds for"`
	Note     string               `json:"note,omitempty" maxLength:"500"`
	Corrects docket.ObservationID `json:"corrects,omitempty" minimum:"0"`
}

func (s *server) measures(c call, in *struct {
	MatterPath
	On    day `query:"on" doc:"The day to judge by; today when absent"`
	Known day `query:"known" doc:"As known at the end of this day; now when absent"`
}) (MeasurePage, error) {
	on, err := in.On.date("on")
	if err != nil {
		return MeasurePage{}, err
	}
	known, err := in.Known.date("known")
	if err != nil {
		return MeasurePage{}, err
	}
	p, err := s.app.Measures(c, c.actor, in.ID, on, known)
	return wireMeasures(p), err
}

func (s *server) setMeasures(c call, in *struct {
	MatterPath
	Body MeasuresBody
}) (MeasurePage, error) {
	p, err := s.app.SetMeasures(c, c.actor, in.ID, each(in.Body.Measures, func(b MeasureBody) docket.Measure {
		return docket.Measure{ID: b.ID, Version: b.Version, Name: b.Name, Unit: b.Unit, Direction: b.Direction, Baseline: b.Baseline, Target: b.Target,
			High: b.High, Tolerance: b.Tolerance, Ceiling: b.Ceiling, Yearly: b.Yearly, Due: b.Due, Step: b.Step, Path: b.Path}
	}))
	return wireMeasures(p), err
}

func (s *server) observe(c call, in *struct {
	MatterPath
	Body FigureBody
}) (MeasurePage, error) {
	b := in.Body
	p, err := s.app.Observe(c, c.actor, in.ID, docket.Observation{Measure: b.Measure, Value: b.Value, AsOf: b.AsOf, Note: b.Note, Corrects: b.Corrects})
	return wireMeasures(p), err
}

func (s *server) lamps(c call, _ *none) (measure.Thresholds, error) { return s.app.Lamps(c, c.actor) }

func (s *server) setLamps(c call, in *asks[measure.Thresholds]) (measure.Thresholds, error) {
	return s.app.SetLamps(c, c.actor, in.Body)
}
