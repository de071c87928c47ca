package app_test

import (
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/measure"
)

func places(w *town) docket.Measure {
	return docket.Measure{Name: "学位", Unit: "个", Direction: docket.AtLeast, Target: 100,
		Baseline: docket.Point{Day: docket.NewDate(2026, 1, 1)}, Due: docket.NewDate(2026, 4, 11), Path: []docket.Point{}}
}

// A matter is measured, falls behind, is shown so on both nodes, and catches up
// by a correction; what was known before can still be asked for.
func TestAMatterIsMeasured(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) { measured(newTown(t, open(t))) })
	}
}

func measured(w *town) {
	t, ctx := w.t, w.t.Context()
	in := w.importPlan()
	w.settle(in.Directive)
	pre, err := w.AdoptionPreview(ctx, w.office, in.Directive)
	w.must(err)
	_, err = w.Adopt(ctx, w.office, in.Directive, pre.Version)
	w.must(err)
	id := w.ledger(w.office).Items[0].ID
	m := places(w)

	_, err = w.SetMeasures(ctx, w.edu, id, []docket.Measure{m})
	w.refused("the lead sets measures", err, docket.Forbidden, "refuse.set_measures")
	bad := m
	bad.Target = -1
	_, err = w.SetMeasures(ctx, w.office, id, []docket.Measure{m, bad})
	w.refused("a target on the bad side", err, docket.Invalid, "measure.invalid")
	page, err := w.SetMeasures(ctx, w.office, id, []docket.Measure{m})
	w.must(err)
	m = page.Items[0].Measure
	w.must(second(w.Acknowledge(ctx, w.edu, id, w.unit["市教育局"], 0)))

	other := w.another() // a second node that has read everything so far
	_, err = w.Observe(ctx, w.fin, id, docket.Observation{Measure: m.ID, Value: 1, AsOf: docket.NewDate(2026, 3, 1)})
	if err == nil {
		t.Error("a unit without an answering part gave a figure")
	}
	figure := docket.Observation{Measure: m.ID, Value: 20, AsOf: docket.NewDate(2026, 3, 1), Note: "月报"}
	late := figure
	late.AsOf = docket.NewDate(2026, 3, 3)
	_, err = w.Observe(ctx, w.edu, id, late)
	w.refused("a figure of tomorrow", err, docket.Invalid, "measure.figure_invalid")
	page, err = w.Observe(ctx, w.edu, id, figure)
	w.must(err)
	// 2 March is day 60 of 100: 60 % planned, 20 % done
	if got := page.Items[0].Pace; got != (app.PaceView{Planned: 60, Actual: 20, Gap: -40, Known: true}) {
		t.Errorf("pace %+v", got)
	}
	shown := func(a *app.App) docket.Lamp {
		p, err := a.Matter(ctx, w.office, id)
		w.must(err)
		return p.Lamp
	}
	if shown(w.App) != docket.LampAct {
		t.Errorf("40 points behind shows %s", shown(w.App))
	}
	w.must(other.CatchUp(ctx))
	if shown(other) != docket.LampAct {
		t.Errorf("40 points behind shows %s on another node", shown(other))
	}

	wide := measure.DefaultThresholds()
	wide.Behind, wide.Far = 35, 50
	_, err = w.SetLamps(ctx, w.office, wide)
	w.refused("the office sets lamps", err, docket.Forbidden, "refuse.set_rules")
	w.must(second(w.SetLamps(ctx, w.admin, wide)))
	w.must(other.CatchUp(ctx))
	if shown(w.App) != docket.LampWatch || shown(other) != docket.LampWatch || shown(w.another()) != docket.LampWatch {
		t.Errorf("with wider thresholds: %s here, %s there, %s after a start", shown(w.App), shown(other), shown(w.another()))
	}

	w.now = w.now.Add(24 * time.Hour)
	right := figure
	right.Value, right.Corrects = 70, page.Items[0].Figures[0].ID
	page, err = w.Observe(ctx, w.edu, id, right)
	w.must(err)
	if f := page.Items[0].Figures; len(f) != 2 || f[0].Corrected || !f[1].Corrected || page.Items[0].Pace.Actual != 70 {
		t.Errorf("after the correction: %+v", page.Items[0])
	}
	_, err = w.Observe(ctx, w.edu, id, right)
	w.refused("correcting twice", err, docket.Conflict, "measure.corrects")
	past, err := w.Measures(ctx, w.office, id, docket.NewDate(2026, 3, 2), docket.NewDate(2026, 3, 2))
	w.must(err)
	if past.Items[0].Pace.Actual != 20 || past.Items[0].Figures[0].Corrected {
		t.Errorf("as known the day before: %+v", past.Items[0].Pace)
	}
	_, err = w.SetMeasures(ctx, w.office, id, []docket.Measure{m})
	w.refused("an edit on an older state", err, docket.Conflict, "error.conflict")
	page, err = w.SetMeasures(ctx, w.office, id, nil)
	w.must(err)
	if len(page.Items) != 0 {
		t.Errorf("withdrawn, but shown: %+v", page.Items)
	}
	_, err = w.Observe(ctx, w.edu, id, figure)
	w.refused("a figure of a withdrawn measure", err, docket.Invalid, "measure.unknown")
}

func second[T any](_ T, err error) error { return err }
