package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// MeasurePage is what a matter is measured by, as known at an instant.
type MeasurePage struct {
	Items     []MeasureView
	Proposals []docket.Measure // read from the document and not taken up yet
	May       []docket.Act
	On        docket.Date
}

// MeasureView is a measure with its figures and how it stands.
type MeasureView struct {
	docket.Measure
	Line    []docket.Point // planned values
	Figures []FigureView   // newest report first, corrected ones included
	Held    []docket.Point // the values that hold, by day
	Plan    *float64       // value planned for the day
	Pace    PaceView       // in percent of the way
	Lamp    docket.Lamp    // of this measure alone, as if work were under way
	Reason  measure.Reason // of Lamp
}

// PaceView is progress in percent of the way from baseline to target.
type PaceView struct {
	Planned float64 `json:"planned"`
	Actual  float64 `json:"actual"`
	Gap     float64 `json:"gap"` // in percentage points, below 0 when behind
	Known   bool    `json:"known"`
}

// FigureView is an observation with who gave it and whether it still holds.
type FigureView struct {
	docket.Observation
	ByName    string `json:"by_name"`
	Corrected bool   `json:"corrected"`
}

// Measures gives a matter's measures for a day as known at the end of another;
// zero days mean today and all that is known.
func (a *App) Measures(ctx context.Context, actor docket.Actor, id docket.MatterID, on, known docket.Date) (MeasurePage, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return MeasurePage{}, err
	}
	if on == 0 {
		on = a.today()
	}
	at := a.cfg.Clock()
	if known != 0 {
		t := (known + 1).Time()
		at = time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, a.cfg.Location).Add(-time.Millisecond)
	}
	var page MeasurePage
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		m, err := r.Matter(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		page, err = a.measurePage(ctx, r, &m, on, at)
		page.May = slices.Concat(docket.MayList(&actor, docket.SubjectOfMatter(&m), docket.ActSetMeasures),
			docket.MayList(&actor, docket.SubjectOfFigures(&m), docket.ActObserve))
		if !measurable(&m) {
			page.May = []docket.Act{}
		}
		return err
	})
	return page, err
}

// measurable: what is handed over and not yet ended is measured.
func measurable(m *docket.Matter) bool { return m.Status != docket.Draft && m.Status.Open() }

func (a *App) measurePage(ctx context.Context, r docket.Reader, m *docket.Matter, on docket.Date, at time.Time) (MeasurePage, error) {
	page := MeasurePage{Items: []MeasureView{}, Proposals: []docket.Measure{}, On: on}
	all, err := r.Measures(ctx, m.ID)
	if err != nil {
		return page, err
	}
	figures, err := r.Observations(ctx, m.ID)
	if err != nil {
		return page, err
	}
	today, who := a.lampDay(on), names{0: ""}
	for _, x := range all {
		if x.Withdrawn {
			continue
		}
		v := measureView(x, figures, today, at)
		for i := range v.Figures {
			if v.Figures[i].ByName, err = who.of(ctx, r, v.Figures[i].By); err != nil {
				return page, err
			}
		}
		page.Items = append(page.Items, v)
	}
	for _, read := range m.Measures {
		p := docket.ProposeMeasure(read, m)
		if !slices.ContainsFunc(all, func(x docket.Measure) bool { return x.Name == p.Name && x.Unit == p.Unit }) {
			page.Proposals = append(page.Proposals, p)
		}
	}
	return page, nil
}

func measureView(x docket.Measure, figures []docket.Observation, today measure.Today, at time.Time) MeasureView {
	v := MeasureView{Measure: x, Line: measure.Line(&x), Figures: []FigureView{}, Held: []docket.Point{}}
	corrected := map[docket.ObservationID]bool{}
	for _, o := range slices.Backward(figures) {
		if o.Measure == x.ID && !o.At.After(at) {
			v.Figures = append(v.Figures, FigureView{Observation: o, Corrected: corrected[o.ID]})
			corrected[o.Corrects] = true
		}
	}
	held := docket.KnownAt(figures, x.ID, at)
	held = slices.DeleteFunc(held, func(o docket.Observation) bool { return o.AsOf > today.Date })
	for _, o := range held {
		v.Held = append(v.Held, docket.Point{Day: o.AsOf, Value: o.Value})
	}
	if plan, ok := measure.PlannedValue(&x, today.Date); ok {
		v.Plan = &plan
	}
	pace := measure.PaceOf(&x, held)
	percent := func(p int32) float64 { return float64(p) / 100 }
	v.Pace = PaceView{Planned: percent(pace.Planned(today.Date)), Actual: percent(pace.Reached(today.Date)), Gap: percent(pace.Gap(today.Date)), Known: pace.Seen != 0}
	v.Lamp, v.Reason = today.WhyMeasured(measure.Course{pace})
	return v
}

// SetMeasures gives a matter the measures listed: those with an id are changed,
// those without are new, those left out are withdrawn with their figures kept.
func (a *App) SetMeasures(ctx context.Context, actor docket.Actor, id docket.MatterID, list []docket.Measure) (MeasurePage, error) {
	err := a.change(ctx, actor, docket.VerbSetMeasures, func(ctx context.Context, c *Change) error {
		m, err := c.Matter(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := c.May(docket.ActSetMeasures, docket.SubjectOfMatter(&m)); err != nil {
			return err
		}
		if !measurable(&m) {
			return notMeasurable()
		}
		if err := checkMeasures(list); err != nil {
			return err
		}
		return c.setMeasures(ctx, &m, list)
	})
	if err != nil {
		return MeasurePage{}, err
	}
	return a.Measures(ctx, actor, id, 0, 0)
}

func notMeasurable() error {
	return docket.Errorf(docket.Conflict, "measure.not_open", "a matter is measured from its handing over until its end")
}

func checkMeasures(list []docket.Measure) error {
	if len(list) > docket.MaxMeasures {
		return docket.Errorf(docket.TooLarge, "measure.too_many", "too many measures for one matter", "max", strconv.Itoa(docket.MaxMeasures))
	}
	var faults []docket.FieldError
	for i := range list {
		faults = append(faults, list[i].Validate("measures["+strconv.Itoa(i)+"]")...)
	}
	if len(faults) > 0 {
		return &docket.Error{Code: docket.Invalid, Key: "measure.invalid", Message: "the measures cannot be kept as entered", Fields: faults}
	}
	for i := range list {
		if err := guardNames(list[i].Name, list[i].Unit); err != nil {
			return err
		}
	}
	return nil
}

func (c *Change) setMeasures(ctx context.Context, m *docket.Matter, list []docket.Measure) error {
	stand, err := c.Measures(ctx, m.ID)
	if err != nil {
		return err
	}
	figures, err := c.Observations(ctx, m.ID)
	if err != nil {
		return err
	}
	kept := map[docket.MeasureID]bool{}
	for ord, x := range list {
		x.Matter, x.Ord, x.Withdrawn, x.Name, x.Unit = m.ID, ord, false, strings.TrimSpace(x.Name), strings.TrimSpace(x.Unit)
		if x.Path == nil {
			x.Path = []docket.Point{}
		}
		var was docket.Measure
		if x.ID != 0 {
			i := slices.IndexFunc(stand, func(s docket.Measure) bool { return s.ID == x.ID && !s.Withdrawn })
			if i < 0 || kept[x.ID] {
				return unknownMeasure("measures[" + strconv.Itoa(ord) + "].id")
			}
			if was = stand[i]; was.Version != x.Version {
				return stale()
			}
			kept[x.ID] = true
		}
		if err := c.putMeasure(ctx, m, was, x, figures); err != nil {
			return err
		}
	}
	for _, x := range stand {
		if !x.Withdrawn && !kept[x.ID] {
			was := x
			x.Withdrawn = true
			if err := c.putMeasure(ctx, m, was, x, figures); err != nil {
				return err
			}
		}
	}
	c.matters = append(c.matters, m.ID)
	if !c.recorded { // the same again: nothing changed, and the journal says so
		return c.Record(ctx, docket.Entry{Directive: m.Directive, Matter: m.ID})
	}
	return nil
}

func unknownMeasure(field string) error {
	return &docket.Error{Code: docket.Invalid, Key: "measure.unknown", Message: "there is no such measure of this matter, or it was withdrawn",
		Fields: []docket.FieldError{{Field: field, Key: "measure.unknown", Message: "unknown, or withdrawn"}}}
}

// putMeasure keeps a measure that differs from what it was, with its pace.
func (c *Change) putMeasure(ctx context.Context, m *docket.Matter, was, is docket.Measure, figures []docket.Observation) error {
	before, after := diff(was, is)
	if len(after) == 0 && was.ID != 0 {
		return nil
	}
	is.Pace = ""
	if !is.Withdrawn {
		is.Pace = measure.PaceOf(&is, docket.KnownAt(figures, is.ID, c.Now())).Encode()
	}
	if err := c.PutMeasure(ctx, &is); err != nil {
		return err
	}
	if was.ID == 0 {
		before, after = nil, note("measure", is.Name, "target", is.Target, "unit", is.Unit, "due", is.Due)
	}
	return c.Record(ctx, docket.Entry{Directive: m.Directive, Matter: m.ID, Before: before, After: after})
}

// Observe gives a figure of a measure, or corrects one (Corrects names it).
func (a *App) Observe(ctx context.Context, actor docket.Actor, id docket.MatterID, o docket.Observation) (MeasurePage, error) {
	err := a.change(ctx, actor, docket.VerbObserve, func(ctx context.Context, c *Change) error {
		m, err := c.Matter(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := c.May(docket.ActObserve, docket.SubjectOfFigures(&m)); err != nil {
			return err
		}
		if !measurable(&m) {
			return notMeasurable()
		}
		return c.observe(ctx, &m, "", []docket.Observation{o})
	})
	if err != nil {
		return MeasurePage{}, err
	}
	return a.Measures(ctx, actor, id, 0, 0)
}

// observe keeps figures of a matter in a change that was allowed, and works the
// paces of their measures out anew. A report gives its figures through it too;
// at is the field they stand in.
func (c *Change) observe(ctx context.Context, m *docket.Matter, at string, figures []docket.Observation) error {
	all, err := c.Measures(ctx, m.ID)
	if err != nil {
		return err
	}
	known, err := c.Observations(ctx, m.ID)
	if err != nil {
		return err
	}
	if len(known)+len(figures) > docket.MaxObservations {
		return docket.Errorf(docket.TooLarge, "measure.too_many_figures", "too many figures for one matter", "max", strconv.Itoa(docket.MaxObservations))
	}
	for i := range figures {
		o := figures[i] // the change may run twice
		o.ID, o.Matter, o.By = 0, m.ID, c.Actor.Person.ID
		field := ""
		if at != "" {
			field = at + "[" + strconv.Itoa(i) + "]"
		}
		if err := checkFigure(&o, field, all, known, c.Today); err != nil {
			return err
		}
		if err := c.InsertObservation(ctx, &o); err != nil {
			return err
		}
		known = append(known, o)
		j := slices.IndexFunc(all, func(x docket.Measure) bool { return x.ID == o.Measure })
		if err := c.Record(ctx, docket.Entry{Verb: docket.VerbObserve, Directive: m.Directive, Matter: m.ID, Before: corrected(known, o.Corrects),
			After: note("measure", all[j].Name, "value", o.Value, "as_of", o.AsOf)}); err != nil {
			return err
		}
	}
	for _, x := range all {
		if slices.ContainsFunc(figures, func(o docket.Observation) bool { return o.Measure == x.ID }) {
			x.Pace = measure.PaceOf(&x, docket.KnownAt(known, x.ID, c.Now())).Encode()
			if err := c.PutMeasure(ctx, &x); err != nil {
				return err
			}
		}
	}
	c.matters = append(c.matters, m.ID)
	return nil
}

func corrected(known []docket.Observation, id docket.ObservationID) []byte {
	for _, o := range known {
		if o.ID == id && id != 0 {
			return note("value", o.Value, "as_of", o.AsOf)
		}
	}
	return nil
}

func checkFigure(o *docket.Observation, at string, all []docket.Measure, known []docket.Observation, today docket.Date) error {
	if f := o.Validate(at, today); len(f) > 0 {
		return &docket.Error{Code: docket.Invalid, Key: "measure.figure_invalid", Message: "the figure cannot be kept as entered", Fields: f}
	}
	if !slices.ContainsFunc(all, func(x docket.Measure) bool { return x.ID == o.Measure && !x.Withdrawn }) {
		return unknownMeasure(strings.TrimPrefix(at+".measure", "."))
	}
	if o.Corrects != 0 {
		exists := slices.ContainsFunc(known, func(k docket.Observation) bool { return k.ID == o.Corrects && k.Measure == o.Measure })
		if !exists || slices.ContainsFunc(known, func(k docket.Observation) bool { return k.Corrects == o.Corrects }) {
			return docket.Errorf(docket.Conflict, "measure.corrects", "the figure to correct does not exist or was corrected already")
		}
	}
	return guardNames(o.Note)
}
