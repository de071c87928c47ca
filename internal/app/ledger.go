package app

import (
	"context"
	"iter"
	"slices"
	"strconv"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
	"github.com/docket-os/docket/internal/measure"
)

// Most rows of one page, and how many a page has when nobody says.
const (
	maxPage     = 500
	defaultPage = 50
)

// groupings are what the ledger can be grouped by.
var groupings = []string{"", "unit", "directive", "status", "lamp"}

// lampDay is a day with its turning points.
func (a *App) lampDay(day docket.Date) measure.Today {
	return measure.NewToday(day, a.calendar(), *a.lamps.Load())
}

// lampOf gives the lamp of a matter on the board with its reason.
func (a *App) lampOf(view board.View, id docket.MatterID) (docket.Lamp, measure.Reason) {
	f, ok := view.Facts(id)
	if !ok {
		f.Status = docket.Draft
	}
	return view.Today().Why(f)
}

// Ledger gives one page of the ledger with the totals of all pages.
func (a *App) Ledger(ctx context.Context, actor docket.Actor, r LedgerRequest) (LedgerPage, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return LedgerPage{}, err
	}
	if !slices.Contains(groupings, r.Group) {
		return LedgerPage{}, docket.Errorf(docket.Invalid, "query.unknown_value", "there is no such grouping")
	}
	pl, err := a.place(ctx)
	if err != nil {
		return LedgerPage{}, err
	}
	q, err := a.ask(ctx, &actor, pl, r)
	if err != nil {
		return LedgerPage{}, err
	}
	view := a.board.View(a.lampDay(pl.day))
	found, err := view.Ask(q)
	if err != nil {
		return LedgerPage{}, err
	}
	page := LedgerPage{Total: found.Total, Lamps: found.Lamps, Statuses: found.Statuses, Groups: []LedgerGroup{}, NextCursor: found.Next, AsOf: a.cfg.Clock()}
	err = a.cfg.Store.View(ctx, func(rd docket.Reader) error {
		book := newLedgerBook(a, &actor, pl, view, r.As)
		if page.Items, err = book.rows(ctx, rd, found.IDs); err != nil {
			return err
		}
		page.Groups, err = book.groups(ctx, rd, r.Group, found.Groups)
		return err
	})
	return page, err
}

// ask makes a request ready for the board: names become ids, the scope is put on.
func (a *App) ask(ctx context.Context, actor *docket.Actor, pl *place, r LedgerRequest) (board.Query, error) {
	if err := r.Query.Validate(); err != nil {
		return board.Query{}, err
	}
	q := board.Query{LedgerQuery: r.Query, Scope: actor.Scope(), Tree: pl.tree, Group: r.Group, Cursor: r.Cursor, Limit: r.Limit}
	if q.Limit <= 0 {
		q.Limit = defaultPage
	}
	q.Limit = min(q.Limit, maxPage)
	if r.As != AsWas {
		q.Heirs = pl.tree.AsIs
	}
	if r.Query.Unit != 0 {
		q.Units = pl.meant(r.Query.Unit, r.Query.Below, r.As)
	}
	if r.Query.Text == "" {
		return q, nil
	}
	err := a.cfg.Store.View(ctx, func(rd docket.Reader) (err error) {
		q.Found, err = rd.SearchMatters(ctx, r.Query.Text)
		return err
	})
	return q, err
}

// meant gives the units a filter stands for: the unit, its subtree where that is
// asked, and, as things are today, what these carry on.
func (p *place) meant(unit docket.UnitID, below bool, as As) []docket.UnitID {
	units := []docket.UnitID{unit}
	if below {
		units = p.tree.Below(unit).List()
	}
	if as != AsWas {
		units = p.tree.Carried(units...)
	}
	return units
}

// LedgerRows gives every row of a query in its order, for exports, a few
// hundred at a time so that a large ledger is never held in memory.
func (a *App) LedgerRows(ctx context.Context, actor docket.Actor, query docket.LedgerQuery, as As) iter.Seq2[LedgerRow, error] {
	return func(yield func(LedgerRow, error) bool) {
		err := allow(&actor, docket.ActExport)
		var pl *place
		var q board.Query
		if err == nil {
			pl, err = a.place(ctx)
		}
		if err == nil {
			q, err = a.ask(ctx, &actor, pl, LedgerRequest{Query: query, As: as})
		}
		if err != nil {
			yield(LedgerRow{}, err)
			return
		}
		view := a.board.View(a.lampDay(pl.day))
		book := newLedgerBook(a, &actor, pl, view, as)
		for ids := range slices.Chunk(view.Each(q), maxPage) {
			var rows []LedgerRow
			if err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) { rows, err = book.rows(ctx, r, ids); return err }); err != nil {
				yield(LedgerRow{}, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// ledgerBook writes rows.
type ledgerBook struct {
	app   *App
	actor *docket.Actor
	place *place
	view  board.View
	as    As
}

func newLedgerBook(a *App, actor *docket.Actor, pl *place, view board.View, as As) *ledgerBook {
	return &ledgerBook{a, actor, pl, view, as}
}

func (b *ledgerBook) rows(ctx context.Context, r docket.Reader, ids []docket.MatterID) ([]LedgerRow, error) {
	lines, err := r.LedgerLines(ctx, b.actor.Scope(), ids)
	if err != nil {
		return nil, err
	}
	out := make([]LedgerRow, 0, len(lines))
	for i := range lines {
		out = append(out, b.row(&lines[i]))
	}
	return out, nil
}

func (b *ledgerBook) row(l *docket.LedgerLine) LedgerRow {
	row := LedgerRow{ID: l.ID, No: l.No, Title: l.Title, Requirement: l.Requirement, Directive: l.Directive, DirectiveNumber: l.DirectiveNumber,
		DirectiveTitle: l.DirectiveTitle, ClauseLabel: l.ClauseLabel, ClauseOrd: l.ClauseOrd, Status: l.Status,
		Due: l.Due, FirstDue: l.FirstDue, ReviewOn: l.ReviewOn, AssignedAt: l.AssignedAt,
		Leads: []LedgerUnit{}, Supports: []LedgerUnit{}, Several: []LedgerUnit{}}
	row.Lamp, row.Reason = b.app.lampOf(b.view, l.ID)
	if l.Status.Open() && l.Due != 0 && l.Due < b.place.day {
		row.OverdueDays = int(b.place.day - l.Due)
	}
	for _, part := range l.Units {
		var to *[]LedgerUnit
		switch part.Role {
		case docket.Lead:
			to = &row.Leads
		case docket.Several:
			to = &row.Several
		case docket.Support:
			to = &row.Supports
		default:
			continue
		}
		*to = b.units(*to, part.Unit, b.app.dayOf(l.AssignedAt))
	}
	return row
}

// units adds a unit as it was called when the matter was assigned, or those that carry it today.
func (b *ledgerBook) units(to []LedgerUnit, id docket.UnitID, assigned docket.Date) []LedgerUnit {
	if b.as == AsWas {
		name := ""
		if u := b.place.tree.Unit(id); u != nil {
			name = u.At(assigned).Name
		}
		return append(to, LedgerUnit{id, name})
	}
	for _, heir := range b.place.tree.AsIs(id) {
		if !slices.ContainsFunc(to, func(u LedgerUnit) bool { return u.Unit == heir }) {
			to = append(to, LedgerUnit{heir, b.place.tree.Name(heir)})
		}
	}
	return to
}

// groups names the groups of the board.
func (b *ledgerBook) groups(ctx context.Context, r docket.Reader, by string, groups []board.Group) ([]LedgerGroup, error) {
	out := make([]LedgerGroup, 0, len(groups))
	for _, g := range groups {
		lg := LedgerGroup{Key: g.Key, Name: g.Key, Total: g.Total, Lamps: g.Lamps}
		id, _ := strconv.ParseInt(g.Key, 10, 64) // a word where the group is one
		switch by {
		case "unit":
			lg.Name = b.place.tree.Name(docket.UnitID(id))
		case "directive":
			title, err := b.app.titles.of(ctx, r, docket.DirectiveID(id))
			if err != nil {
				return nil, err
			}
			lg.Name = title
		}
		out = append(out, lg)
	}
	return out, nil
}
