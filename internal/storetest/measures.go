package storetest

import (
	docket "github.com/docket-os/docket"
)

var measureTests = map[string]func(*city){
	"a matter's measures stand by their order, and the board's row carries their pace": func(c *city) {
		_, matters := c.adopted("1号", 2, c.bureau)
		id := matters[0].ID
		second := docket.Measure{Matter: id, Ord: 1, Name: "学位", Unit: "个", Direction: docket.AtLeast, Target: 0.1 + 0.2, Due: docket.NewDate(2026, 12, 31),
			Baseline: docket.Point{Day: docket.NewDate(2026, 1, 1)}, Path: []docket.Point{{Day: docket.NewDate(2026, 6, 1), Value: 0.1}}, Pace: "1 2 3 4 5"}
		first := second
		first.Ord, first.Pace = 0, "6"
		c.update(func(w docket.Writer) error {
			must(c, 0, w.PutMeasure(ctx, &second))
			return w.PutMeasure(ctx, &first)
		})
		c.same("row", docket.MeasurePace("1 2 3 4 5;6"), c.rows(id)[0].Pace)
		c.same("the other's", docket.MeasurePace(""), c.rows(matters[1].ID)[0].Pace)
		kept := ask(c, func(r docket.Reader) ([]docket.Measure, error) { return r.Measures(ctx, id) })
		want := []docket.Measure{first, second}
		want[0].Pace, want[1].Pace = "", ""
		c.same("measures", want, kept)
		stale := second
		second.Pace, second.Withdrawn = "", true
		c.update(func(w docket.Writer) error { return w.PutMeasure(ctx, &second) })
		c.same("row", docket.MeasurePace("6"), c.rows(id)[0].Pace)
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutMeasure(ctx, &stale) })
		lost := docket.Measure{Matter: 9999, Name: "x"}
		c.refused(docket.Invalid, func(w docket.Writer) error { return w.PutMeasure(ctx, &lost) })
	},
	"figures are kept as reported, and corrected once": func(c *city) {
		_, matters := c.adopted("1号", 1, c.bureau)
		id := matters[0].ID
		m := docket.Measure{Matter: id, Name: "学位", Path: []docket.Point{}}
		o := docket.Observation{Matter: id, Value: 0.1 + 0.2, AsOf: docket.NewDate(2026, 10, 31), By: c.clerk, Note: "月报"}
		var again docket.Observation
		c.update(func(w docket.Writer) error {
			must(c, 0, w.PutMeasure(ctx, &m))
			o.Measure = m.ID
			must(c, 0, w.InsertObservation(ctx, &o))
			again = o
			again.Value, again.Corrects, again.Report = -1e15, o.ID, 7
			return w.InsertObservation(ctx, &again)
		})
		c.same("at", Noon, o.At)
		c.same("figures", []docket.Observation{o, again}, ask(c, func(r docket.Reader) ([]docket.Observation, error) { return r.Observations(ctx, id) }))
		second := again
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.InsertObservation(ctx, &second) })
		nowhere := docket.Observation{Matter: id, Measure: 9999}
		c.refused(docket.Invalid, func(w docket.Writer) error { return w.InsertObservation(ctx, &nowhere) })
	},
}
