package sqlstore

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// A matter's line in matter_row: the fields below joined by '|', the units as
// "12:lead,15:support", the number last as it is free text. It is derived in SQL,
// from what is stored, so that Check can compare. Its inner conditions are
// written so that no partial index fits them: on tables it has no statistics of,
// PostgreSQL prefers those to the index on the matter and reads all of them.
const lineText = `m.owner || '|' || COALESCE(m.directive, 0) || '|' || m.clause_ord || '|' || m.ord || '|' || m.status || '|' ||
	m.due || '|' || m.first_due || '|' || m.review_on || '|' || m.assigned_at || '|' || m.aside || '|' ||
	COALESCE((SELECT MAX(o.due) FROM obligation o WHERE o.matter = m.id AND o.kind = 'acknowledge' AND o.met < 1), '') || '|' ||
	COALESCE((SELECT string_agg(a.unit || ':' || a.role, ',' ORDER BY CASE a.role WHEN 'lead' THEN 0 ELSE 1 END, a.ord)
		FROM assignment a WHERE a.matter = m.id AND COALESCE(a.unit, 0) > 0), '') || '|' || m.no`

const lineFields = 13

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
	_, err := t.exec(ctx, "INSERT INTO matter_row (matter, line) SELECT m.id, "+lineText+
		" FROM matter m WHERE m.id IN ({{list $1}}) ON CONFLICT (matter) DO UPDATE SET line = excluded.line", list(ids))
	clear(t.stale)
	return err
}

// rowsPerRead is how many lines are fetched at a time: few enough to hold in
// memory, and between two fetches the transaction is free for other questions.
const rowsPerRead = 4096

// MatterRows yields the board's columns of every matter, or of those of ids
// that exist, by id.
func (t *tx) MatterRows(ctx context.Context, ids ...docket.MatterID) iter.Seq2[docket.MatterRow, error] {
	return func(yield func(docket.MatterRow, error) bool) {
		levels, err := t.levels(ctx)
		if err == nil {
			err = t.refreshRows(ctx)
		}
		query, args := "SELECT matter, line FROM matter_row WHERE matter > $1 ORDER BY matter LIMIT $2", []any{0, rowsPerRead}
		if len(ids) > 0 {
			query, args = "SELECT matter, line FROM matter_row WHERE matter > $1 AND matter IN ({{list $3}}) ORDER BY matter LIMIT $2", append(args, list(ids))
		}
		for err == nil {
			var rows []docket.MatterRow
			if rows, err = all(ctx, t, levels.scan, query, args...); err != nil {
				break
			}
			for i := range rows {
				if !yield(rows[i], nil) {
					return
				}
			}
			if len(rows) < rowsPerRead {
				return
			}
			args[0] = int64(rows[len(rows)-1].ID)
		}
		yield(docket.MatterRow{}, err)
	}
}

// rowReader turns lines into rows. It keeps one copy of every word it meets.
type rowReader struct {
	level map[docket.DirectiveID]docket.Level
	words map[string]string
	days  map[string]docket.Date
}

func (t *tx) levels(ctx context.Context) (*rowReader, error) {
	type pair struct {
		id    docket.DirectiveID
		level docket.Level
	}
	pairs, err := all(ctx, t, func(r scanner) (p pair, err error) { return p, r.Scan(&p.id, &p.level) }, "SELECT id, level FROM directive")
	b := &rowReader{level: make(map[docket.DirectiveID]docket.Level, len(pairs)), words: map[string]string{}, days: map[string]docket.Date{}}
	for _, p := range pairs {
		b.level[p.id] = p.level
	}
	return b, err
}

func (b *rowReader) scan(r scanner) (row docket.MatterRow, err error) {
	var line string
	if err := r.Scan(&row.ID, &line); err != nil {
		return row, err
	}
	return row, b.read(&row, line)
}

func (b *rowReader) read(row *docket.MatterRow, line string) error {
	var f [lineFields]string
	for i := range lineFields - 1 {
		var ok bool
		if f[i], line, ok = strings.Cut(line, "|"); !ok {
			return fmt.Errorf("the board's line of matter %d is broken; run the check", row.ID)
		}
	}
	var e lineErrors
	row.Owner, row.Directive = docket.UnitID(e.int(f[0])), docket.DirectiveID(e.int(f[1]))
	row.ClauseOrd, row.Ord = int(e.int(f[2])), int(e.int(f[3]))
	row.Status, row.Level = docket.MatterStatus(b.word(f[4])), b.level[row.Directive]
	row.Due, row.FirstDue, row.ReviewOn, row.AckDue = b.day(&e, f[5]), b.day(&e, f[6]), b.day(&e, f[7]), b.day(&e, f[10])
	if at := e.int(f[8]); at != 0 {
		row.AssignedAt = time.UnixMilli(at).UTC()
	}
	row.Aside, row.No = f[9] == "1", strings.Clone(line)
	row.Units = b.units(&e, f[11])
	return e.err
}

func (b *rowReader) units(e *lineErrors, text string) []docket.RoleUnit {
	if text == "" {
		return nil
	}
	out := make([]docket.RoleUnit, 0, strings.Count(text, ",")+1)
	for part := range strings.SplitSeq(text, ",") {
		id, role, _ := strings.Cut(part, ":")
		out = append(out, docket.RoleUnit{Unit: docket.UnitID(e.int(id)), Role: docket.PartyRole(b.word(role))})
	}
	return out
}

// word returns the one kept copy of s, so that rows do not hold on to their lines.
func (b *rowReader) word(s string) string {
	kept, ok := b.words[s]
	if !ok {
		kept = strings.Clone(s)
		b.words[kept] = kept
	}
	return kept
}

func (b *rowReader) day(e *lineErrors, s string) docket.Date {
	if s == "" {
		return 0
	}
	d, ok := b.days[s]
	if !ok {
		var err error
		if d, err = docket.ParseDate(s); err != nil {
			e.err = err
		}
		b.days[strings.Clone(s)] = d
	}
	return d
}

// lineErrors keeps the last fault met in a line.
type lineErrors struct{ err error }

func (e *lineErrors) int(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		e.err = err
	}
	return n
}
