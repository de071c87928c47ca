package sqlstore

import (
	"cmp"
	"context"
	"slices"

	docket "github.com/docket-os/docket"
)

// LedgerLines returns those of ids that are in scope, in the order of ids, in
// one query: the rest of a row stands in the board's line already.
func (t *tx) LedgerLines(ctx context.Context, s docket.Scope, ids []docket.MatterID) ([]docket.LedgerLine, error) {
	if err := t.refreshRows(ctx); err != nil {
		return nil, err
	}
	b := newRowReader()
	scan := func(r scanner) (l docket.LedgerLine, err error) {
		c, units := cut{}, []docket.RoleUnit{}
		if err = r.Scan(&l.ID, &c.text, &l.Level, &l.Title, &l.Requirement, &l.DirectiveTitle, &l.DirectiveNumber, &l.ClauseLabel); err != nil {
			return l, err
		}
		level := l.Level
		l.No = b.read(&l.MatterRow, &c, &units)
		l.Level = level
		return l, c.err
	}
	found, err := all(ctx, t, scan, `SELECT m.id, r.line, COALESCE(d.level, ''), m.title, m.requirement, COALESCE(d.title, ''), COALESCE(d.number, ''), COALESCE(c.label, '')
		FROM matter m JOIN matter_row r ON r.matter = m.id LEFT JOIN directive d ON d.id = m.directive
		LEFT JOIN clause c ON c.directive = m.directive AND c.ord = m.clause_ord WHERE m.id IN ({{list $1}})`, list(ids))
	if err != nil {
		return nil, err
	}
	place := make(map[docket.MatterID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(found, func(a, b docket.LedgerLine) int { return cmp.Compare(place[a.ID], place[b.ID]) })
	return slices.DeleteFunc(found, func(l docket.LedgerLine) bool {
		return !s.InScope(l.Owner, l.Status, func(yield func(docket.UnitID) bool) {
			for _, u := range l.Units {
				if !yield(u.Unit) {
					return
				}
			}
		})
	}), nil
}
