package sqlstore

import (
	"context"
	"errors"
	"iter"
	"slices"

	docket "github.com/docket-os/docket"
)

// A matter's line in matter_row: the fields below joined by '|', the units as
// "12:lead,15:support", the number last as it is free text. It is derived in SQL,
// from what is stored, so that Check can compare. Its inner conditions are
// written so that no partial index fits them: on tables it has no statistics of,
// PostgreSQL prefers those to the index on the matter and reads all of them.
const lineText = `m.owner || '|' || COALESCE(m.directive, 0) || '|' || m.clause_ord || '|' || m.ord || '|' || m.status || '|' ||
	m.due || '|' || m.first_due || '|' || CASE m.status WHEN 'parked' THEN m.look_on ELSE m.review_on END || '|' || m.assigned_at || '|' || m.aside || '|' ||
	COALESCE((SELECT MAX(o.due) FROM obligation o WHERE o.matter = m.id AND o.kind = 'acknowledge' AND o.met < 1 AND o.void < 1), '') || '|' ||
	COALESCE((SELECT MAX(r.sent_on) FROM report r WHERE r.matter = m.id), '') || '|' ||
	COALESCE((SELECT string_agg(x.pace, ';' ORDER BY x.id) FROM measure x WHERE x.matter = m.id AND x.pace <> ''), '') || '|' ||
	COALESCE((SELECT string_agg(a.unit || ':' || a.role, ',' ORDER BY CASE a.role WHEN 'lead' THEN 0 ELSE 1 END, a.ord)
		FROM assignment a WHERE a.matter = m.id AND COALESCE(a.unit, 0) > 0), '') || '|' || m.no`

// touch notes matters whose line must be derived again before the commit, once
// however often they change.
func (t *tx) touch(m ...*docket.Matter) {
	for _, x := range m {
		t.touchID(x.ID)
	}
}

func (t *tx) touchID(id docket.MatterID) {
	if t.stale == nil {
		t.stale = map[docket.MatterID]struct{}{}
	}
	t.stale[id] = struct{}{}
}

// refreshRows derives the lines of the matters touched so far.
func (t *tx) refreshRows(ctx context.Context) error {
	if len(t.stale) == 0 {
		return nil
	}
	ids := make([]docket.MatterID, 0, len(t.stale))
	for id := range t.stale {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	_, err := t.exec(ctx, deriveRows+" WHERE m.id IN ({{list $1}}) ON CONFLICT (matter) DO UPDATE SET line = excluded.line", list(ids))
	clear(t.stale)
	return err
}

const deriveRows = "INSERT INTO matter_row (matter, line) SELECT m.id, " + lineText + " FROM matter m"

// rederive makes every line anew: a step of the schema may have changed what a
// line is made of.
func (t *tx) rederive(ctx context.Context) error {
	if _, err := t.exec(ctx, "DELETE FROM matter_row"); err != nil {
		return err
	}
	_, err := t.exec(ctx, deriveRows)
	return err
}

// rowsPerRead is how many lines are fetched at a time: few enough to hold in
// memory, and between two fetches the transaction is free for other questions.
const rowsPerRead = 4096

// MatterRows yields the board's columns of every matter, or of those of ids
// that exist, by id. The lines of one fetch are read while the next is under way.
func (t *tx) MatterRows(ctx context.Context, ids ...docket.MatterID) iter.Seq2[docket.MatterRow, error] {
	return func(yield func(docket.MatterRow, error) bool) {
		reader, err := t.rowReader(ctx, ids)
		if err == nil {
			err = t.refreshRows(ctx)
		}
		among, args := "", []any{int64(0), rowsPerRead}
		if len(ids) > 0 {
			among, args = " AND matter IN ({{list $3}})", append(args, list(ids))
		}
		behind := make(chan rowsRead, 1)
		behind <- rowsRead{}
		give := func() bool {
			read := <-behind
			if err = errors.Join(read.err, err); err != nil {
				yield(docket.MatterRow{}, err)
				return false
			}
			for i := range read.rows {
				if !yield(read.rows[i], nil) {
					return false
				}
			}
			return true
		}
		next := lines{count: rowsPerRead}
		for err == nil && next.count == rowsPerRead {
			if next, err = t.lines(ctx, among, args...); !give() {
				return
			}
			args[0] = next.last
			page := next
			go func() { behind <- reader.readAll(page) }()
		}
		give()
	}
}

// lines is what one fetch gives: count lines up to matter last, each as the id,
// its length in bytes and itself, in one text. Fetched row by row they cost
// three times as much.
type lines struct {
	last, count int64
	text        string
}

func (t *tx) lines(ctx context.Context, among string, args ...any) (lines, error) {
	return one(ctx, t, func(r scanner) (l lines, err error) { return l, r.Scan(&l.last, &l.count, &l.text) },
		`SELECT COALESCE(MAX(matter), 0), COUNT(*), COALESCE(string_agg(matter || '|' || octet_length(line) || '|' || line, ''), '')
		FROM (SELECT matter, line FROM matter_row WHERE matter > $1`+among+` ORDER BY matter LIMIT $2) page`, args...)
}

// rowReader prepares to read lines: the level of a matter is its directive's.
func (t *tx) rowReader(ctx context.Context, ids []docket.MatterID) (*rowReader, error) {
	type pair struct {
		id    docket.DirectiveID
		level docket.Level
	}
	text, args := "SELECT id, level FROM directive", []any{}
	if len(ids) > 0 {
		text, args = text+" WHERE id IN (SELECT directive FROM matter WHERE id IN ({{list $1}}))", append(args, list(ids))
	}
	pairs, err := all(ctx, t, func(r scanner) (p pair, err error) { return p, r.Scan(&p.id, &p.level) }, text, args...)
	b := newRowReader()
	for _, p := range pairs {
		b.level[p.id] = p.level
	}
	return b, err
}
