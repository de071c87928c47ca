package sqlstore

import (
	"context"
	"encoding/json"
	"slices"

	docket "github.com/docket-os/docket"
)

var stocktakes = shelf[docket.Stocktake]{
	table: "stocktake", columns: []string{"owner", "status"},
	values: func(s *docket.Stocktake) []any { return []any{s.Owner, string(s.Status)} },
	id:     func(s *docket.Stocktake) *int64 { return (*int64)(&s.ID) }, version: func(s *docket.Stocktake) *int64 { return &s.Version },
}

var items = shelf[docket.Item]{
	table: "item", columns: []string{"stocktake", "name", "matter"},
	values: func(i *docket.Item) []any { return []any{i.Stocktake, i.Key, opt(i.Matter)} },
	id:     func(i *docket.Item) *int64 { return (*int64)(&i.ID) }, version: func(i *docket.Item) *int64 { return &i.Version },
}

var unitStatements = shelf[docket.Statement]{
	table: "statement", columns: []string{"stocktake", "unit"},
	values: func(s *docket.Statement) []any { return []any{s.Stocktake, s.Unit} },
	id:     func(s *docket.Statement) *int64 { return (*int64)(&s.ID) }, version: func(s *docket.Statement) *int64 { return &s.Version },
}

var slips = shelf[docket.Slip]{
	table: "slip", columns: []string{"stocktake", "unit"},
	values: func(s *docket.Slip) []any { return []any{s.Stocktake, s.Unit} },
	id:     func(s *docket.Slip) *int64 { return (*int64)(&s.ID) }, version: func(s *docket.Slip) *int64 { return &s.Version },
}

var minutes = shelf[docket.Minutes]{
	table: "minutes", columns: []string{"stocktake"},
	values: func(m *docket.Minutes) []any { return []any{m.Stocktake} },
	id:     func(m *docket.Minutes) *int64 { return (*int64)(&m.ID) }, version: func(m *docket.Minutes) *int64 { return &m.Version },
}

// Stocktakes returns the meetings in scope. They are few, and who sees one depends
// on its list of speakers: the rule is the noun's own.
func (t *tx) Stocktakes(ctx context.Context, s docket.Scope) ([]docket.Stocktake, error) {
	found, err := stocktakes.all(ctx, t, "1 = 1")
	return slices.DeleteFunc(found, func(x docket.Stocktake) bool { return !x.InScope(s) }), err
}

// RunningStocktakes returns those on which somebody still works.
func (t *tx) RunningStocktakes(ctx context.Context, s docket.Scope) ([]docket.Stocktake, error) {
	found, err := stocktakes.all(ctx, t, "status IN ('convened', 'sitting', 'closed')")
	return slices.DeleteFunc(found, func(x docket.Stocktake) bool { return !x.InScope(s) }), err
}

// Stocktake returns one of them.
func (t *tx) Stocktake(ctx context.Context, s docket.Scope, id docket.StocktakeID) (docket.Stocktake, error) {
	found, err := stocktakes.all(ctx, t, "id = $1", id)
	return first(slices.DeleteFunc(found, func(x docket.Stocktake) bool { return !x.InScope(s) }), err)
}

// PutStocktake keeps a meeting.
func (t *tx) PutStocktake(ctx context.Context, s *docket.Stocktake) error {
	return stocktakes.put(ctx, t, s)
}

// Items returns the records of meetings.
func (t *tx) Items(ctx context.Context, ids ...docket.StocktakeID) ([]docket.Item, error) {
	return items.all(ctx, t, "stocktake IN ({{list $1}})", list(ids))
}

// ItemByKey finds the line that was recorded under a key.
func (t *tx) ItemByKey(ctx context.Context, id docket.StocktakeID, key string) (docket.Item, bool, error) {
	found, err := items.all(ctx, t, "stocktake = $1 AND name = $2", id, key)
	if err != nil || len(found) == 0 {
		return docket.Item{}, false, err
	}
	return found[0], true, nil
}

// PutItem keeps a line.
func (t *tx) PutItem(ctx context.Context, i *docket.Item) error { return items.put(ctx, t, i) }

// Statements returns the statements of meetings.
func (t *tx) Statements(ctx context.Context, ids ...docket.StocktakeID) ([]docket.Statement, error) {
	return unitStatements.all(ctx, t, "stocktake IN ({{list $1}})", list(ids))
}

// PutStatement keeps a statement.
func (t *tx) PutStatement(ctx context.Context, s *docket.Statement) error {
	return unitStatements.put(ctx, t, s)
}

// DeleteStatement drops a statement that is owed no more.
func (t *tx) DeleteStatement(ctx context.Context, id docket.StatementID) error {
	_, err := t.exec(ctx, "DELETE FROM statement WHERE id = $1", id)
	return err
}

// Slips returns the assignment slips of a meeting, as they went out.
func (t *tx) Slips(ctx context.Context, id docket.StocktakeID) ([]docket.Slip, error) {
	return slips.all(ctx, t, "stocktake = $1", id)
}

// InsertSlip keeps a slip under the next number of its owner's year.
func (t *tx) InsertSlip(ctx context.Context, s *docket.Slip) (err error) {
	if s.No, err = t.nextSlip(ctx, s.Owner, s.Day); err != nil {
		return err
	}
	return slips.put(ctx, t, s)
}

const packHead = "id, stocktake, no, at, by_person, seal"

// Packs returns the packs of a meeting without their bodies.
func (t *tx) Packs(ctx context.Context, id docket.StocktakeID) ([]docket.Pack, error) {
	scan := func(r scanner) (p docket.Pack, err error) {
		return p, r.Scan(&p.ID, &p.Stocktake, &p.No, instant{&p.At}, &p.By, &p.Seal)
	}
	return all(ctx, t, scan, "SELECT "+packHead+" FROM pack WHERE stocktake = $1 ORDER BY no", id)
}

// Pack returns one of them whole.
func (t *tx) Pack(ctx context.Context, id docket.StocktakeID, no int) (docket.Pack, error) {
	scan := func(r scanner) (p docket.Pack, err error) {
		var body string
		err = r.Scan(&p.ID, &p.Stocktake, &p.No, instant{&p.At}, &p.By, &p.Seal, &body)
		p.Body = json.RawMessage(body)
		return p, err
	}
	return one(ctx, t, scan, "SELECT "+packHead+", body FROM pack WHERE stocktake = $1 AND no = $2", id, no)
}

// PutPack keeps a pack for ever.
func (t *tx) PutPack(ctx context.Context, p *docket.Pack) error {
	id, err := t.next(ctx, "pack", 1)
	if err != nil {
		return err
	}
	p.ID, p.Version = docket.PackID(id), 1
	return t.insert(ctx, "pack", packHead+", body", 1, func(int) []any {
		return []any{p.ID, p.Stocktake, p.No, ms(p.At), p.By, p.Seal, string(p.Body)}
	})
}

// Minutes returns the minutes of a meeting.
func (t *tx) Minutes(ctx context.Context, id docket.StocktakeID) (docket.Minutes, error) {
	return first(minutes.all(ctx, t, "stocktake = $1", id))
}

// PutMinutes keeps them.
func (t *tx) PutMinutes(ctx context.Context, m *docket.Minutes) error { return minutes.put(ctx, t, m) }

// Bare returns the matters of an owner that have no evidence.
func (t *tx) Bare(ctx context.Context, owner docket.UnitID) ([]docket.MatterID, error) {
	return all(ctx, t, scanID[docket.MatterID], `SELECT m.id FROM matter m WHERE m.owner = $1 AND m.status <> 'draft'
	 AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.matter = m.id) ORDER BY m.id`, owner)
}
