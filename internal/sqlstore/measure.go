package sqlstore

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	docket "github.com/docket-os/docket"
)

var measures = shelf[docket.Measure]{
	table: "measure", columns: []string{"matter", "pace"},
	values: func(m *docket.Measure) []any { return []any{m.Matter, string(m.Pace)} },
	id:     func(m *docket.Measure) *int64 { return (*int64)(&m.ID) }, version: func(m *docket.Measure) *int64 { return &m.Version },
}

// Measures returns a matter's measures, those withdrawn included, by Ord.
func (t *tx) Measures(ctx context.Context, id docket.MatterID) ([]docket.Measure, error) {
	found, err := measures.all(ctx, t, "matter = $1", id)
	slices.SortStableFunc(found, func(a, b docket.Measure) int { return cmp.Compare(a.Ord, b.Ord) })
	return found, err
}

// PutMeasure keeps a measure with its pace.
func (t *tx) PutMeasure(ctx context.Context, m *docket.Measure) error {
	if err := measures.put(ctx, t, m); err != nil {
		return err
	}
	t.touchID(m.Matter)
	return nil
}

const observationColumns = "id, matter, measure, value, as_of, at, person, report, note, corrects"

func scanObservation(r scanner) (o docket.Observation, err error) {
	var value string
	err = r.Scan(&o.ID, &o.Matter, &o.Measure, &value, day{&o.AsOf}, instant{&o.At}, optID(&o.By), optID(&o.Report), &o.Note, optID(&o.Corrects))
	if err == nil {
		o.Value, err = strconv.ParseFloat(value, 64)
	}
	return o, err
}

// Observations returns every figure of a matter, corrected ones included, as reported.
func (t *tx) Observations(ctx context.Context, id docket.MatterID) ([]docket.Observation, error) {
	return all(ctx, t, scanObservation, "SELECT "+observationColumns+" FROM observation WHERE matter = $1 ORDER BY id", id)
}

// InsertObservation keeps a new figure, reported now. A figure can be corrected once.
func (t *tx) InsertObservation(ctx context.Context, o *docket.Observation) error {
	id, err := t.next(ctx, "observation", 1)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "observation", observationColumns, 1, func(int) []any {
		return []any{id, o.Matter, o.Measure, strconv.FormatFloat(o.Value, 'g', -1, 64), o.AsOf.String(), ms(t.now), opt(o.By), opt(o.Report), o.Note, opt(o.Corrects)}
	})
	if err == nil {
		o.ID, o.At = docket.ObservationID(id), t.now
	}
	return err
}
