package sqlstore

import (
	"context"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

var sheets = shelf[docket.Sheet]{
	table: "sheet", columns: []string{"person", "brought"},
	values: func(s *docket.Sheet) []any { return []any{s.Person, ms(s.BroughtAt)} },
	id:     func(s *docket.Sheet) *int64 { return (*int64)(&s.ID) }, version: func(s *docket.Sheet) *int64 { return &s.Version },
}

// Sheets returns the workbooks a person brought back, oldest first.
func (t *tx) Sheets(ctx context.Context, person docket.PersonID) ([]docket.Sheet, error) {
	return sheets.all(ctx, t, "person = $1", person)
}

// Sheet returns one of them.
func (t *tx) Sheet(ctx context.Context, person docket.PersonID, id docket.SheetID) (docket.Sheet, error) {
	return first(sheets.all(ctx, t, "person = $1 AND id = $2", person, id))
}

// OldSheets returns those brought before an instant, anybody's.
func (t *tx) OldSheets(ctx context.Context, before time.Time) ([]docket.Sheet, error) {
	return sheets.all(ctx, t, "brought < $1", ms(before))
}

// PutSheet keeps a workbook that came back.
func (t *tx) PutSheet(ctx context.Context, s *docket.Sheet) error { return sheets.put(ctx, t, s) }

// DeleteSheet drops one with its rows.
func (t *tx) DeleteSheet(ctx context.Context, id docket.SheetID) error {
	if _, err := t.exec(ctx, "DELETE FROM sheet_row WHERE sheet = $1", id); err != nil {
		return err
	}
	_, err := t.exec(ctx, "DELETE FROM sheet WHERE id = $1", id)
	return err
}

func scanSheetRow(r scanner) (row docket.SheetRow, err error) {
	var state docket.SheetState
	err = r.Scan(jsonValue{&row}, &state)
	row.State = state
	return row, err
}

// SheetRows returns rows of a sheet by their order.
func (t *tx) SheetRows(ctx context.Context, id docket.SheetID, q docket.SheetQuery) ([]docket.SheetRow, error) {
	if len(q.States) == 0 {
		return all(ctx, t, scanSheetRow, "SELECT body, state FROM sheet_row WHERE sheet = $1 AND ord > $2 ORDER BY ord LIMIT $3", id, q.After, q.Limit)
	}
	in := make([]string, len(q.States))
	p := scopeSQL{args: []any{id, q.After, q.Limit}}
	for i, s := range q.States {
		in[i] = p.param(string(s))
	}
	return all(ctx, t, scanSheetRow, "SELECT body, state FROM sheet_row WHERE sheet = $1 AND ord > $2 AND state IN ("+strings.Join(in, ", ")+") ORDER BY ord LIMIT $3", p.args...)
}

// SheetCounts counts the rows of a sheet by their state.
func (t *tx) SheetCounts(ctx context.Context, id docket.SheetID) (map[docket.SheetState]int, error) {
	type count struct {
		state docket.SheetState
		n     int
	}
	found, err := all(ctx, t, func(r scanner) (c count, err error) { return c, r.Scan(&c.state, &c.n) },
		"SELECT state, COUNT(*) FROM sheet_row WHERE sheet = $1 GROUP BY state", id)
	out := make(map[docket.SheetState]int, len(found))
	for _, c := range found {
		out[c.state] = c.n
	}
	return out, err
}

// InsertSheetRows adds rows to a sheet.
func (t *tx) InsertSheetRows(ctx context.Context, rows []docket.SheetRow) error {
	return t.insert(ctx, "sheet_row", "sheet, ord, state, body", len(rows), func(i int) []any {
		r := &rows[i]
		return []any{r.Sheet, r.Ord, string(r.State), asJSON(r)}
	})
}

// QueueSheetRows confirms rows that are changed: those of ords, or all.
func (t *tx) QueueSheetRows(ctx context.Context, id docket.SheetID, ords []int) (int, error) {
	if ords == nil {
		return t.exec(ctx, "UPDATE sheet_row SET state = 'queued' WHERE sheet = $1 AND state = 'changed'", id)
	}
	return t.exec(ctx, "UPDATE sheet_row SET state = 'queued' WHERE sheet = $1 AND state = 'changed' AND ord IN ({{list $2}})", id, list(ords))
}

// PutSheetRow keeps a row whose state still is was.
func (t *tx) PutSheetRow(ctx context.Context, r *docket.SheetRow, was docket.SheetState) error {
	n, err := t.exec(ctx, "UPDATE sheet_row SET state = $3, body = $4 WHERE sheet = $1 AND ord = $2 AND state = $5", r.Sheet, r.Ord, string(r.State), asJSON(r), string(was))
	if err == nil && n == 0 {
		err = changedMeanwhile()
	}
	return err
}
