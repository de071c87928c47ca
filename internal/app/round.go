package app

import (
	"context"
	"slices"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
)

// Rounds lists the rounds of reports of the actor's offices and of those whose
// matters the actor may read, newest first.
func (a *App) Rounds(ctx context.Context, actor docket.Actor) ([]docket.Round, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return nil, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	var out []docket.Round
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		out, err = r.Rounds(ctx, docket.AllUnits()) // a few a month
		return err
	})
	// who files for a unit sees the rounds of the bodies above it
	out = slices.DeleteFunc(out, func(r docket.Round) bool {
		return !actor.Office.Has(r.Owner) && !actor.Read.Has(r.Owner) && !slices.ContainsFunc(actor.File.List(), func(u docket.UnitID) bool { return pl.tree.Within(u, r.Owner) })
	})
	slices.Reverse(out)
	return out, err
}

// OpenRound asks everybody who answers for an open matter of the actor's office
// for a report. Units below the first level are due earlier, so that those above
// can write on top of them (field.md §2.3).
func (a *App) OpenRound(ctx context.Context, actor docket.Actor, rd docket.Round) (docket.Round, error) {
	err := a.change(ctx, actor, docket.VerbOpenRound, func(ctx context.Context, c *Change) error {
		rd.ID, rd.Owner, rd.OpenedAt, rd.Reopened = 0, actor.OfficeUnit(), c.Now(), []docket.UnitID{}
		if err := c.May(docket.ActRound, docket.Subject{Owner: rd.Owner}); err != nil {
			return err
		}
		if err := rd.Validate(c.Today); err != nil {
			return err
		}
		if err := guardNames(rd.Title); err != nil {
			return err
		}
		if err := c.PutRound(ctx, &rd); err != nil {
			return err
		}
		owed, err := a.roundOwed(ctx, c, &rd)
		if err != nil {
			return err
		}
		if err := c.InsertObligations(ctx, owed); err != nil {
			return err
		}
		for _, o := range owed {
			c.matters = append(c.matters, o.Matter)
		}
		return c.Record(ctx, docket.Entry{Unit: rd.Owner, After: note("round", rd.ID, "title", rd.Title, "due", rd.Due, "reports", len(owed))})
	})
	return rd, err
}

// roundOwed are the reports a round makes owed.
func (a *App) roundOwed(ctx context.Context, c *Change, rd *docket.Round) ([]docket.Obligation, error) {
	rules, err := rulesOf(ctx, c)
	if err != nil {
		return nil, err
	}
	tree := c.Place.tree
	open := []docket.MatterStatus{docket.Accepted, docket.InProgress, docket.Claimed, docket.Reopened}
	scope := docket.Scope{Office: tree.Below(tree.Carried(rd.Owner)...)}
	ids := a.board.View(a.lampDay(c.Today)).Each(board.Query{LedgerQuery: docket.LedgerQuery{Status: open}, Scope: scope, Tree: tree})
	matters, err := c.Matters(ctx, scope, ids)
	if err != nil {
		return nil, err
	}
	var owed []docket.Obligation
	for i := range matters {
		m := &matters[i]
		if m.Owner != rd.Owner {
			continue
		}
		for _, unit := range m.Reporters() {
			due := rd.Due
			if n := rules.LevelEarlier * levelsBelow(tree, unit, rd.Owner); n > 0 {
				due, _ = a.cfg.Calendar.AddWorkingDays(due, -n)
			}
			owed = append(owed, docket.Obligation{Kind: docket.OweReport, Matter: m.ID, Unit: unit, Role: docket.Liaison, Ref: int64(rd.ID), Due: max(due, c.Today)})
		}
	}
	return owed, nil
}

// levelsBelow is how many levels lie between a unit and the first level below top.
func levelsBelow(tree *docket.Tree, unit, top docket.UnitID) int {
	above := tree.Above(unit)
	return max(0, slices.Index(above, top)-1)
}

// onRound is a change of one round of the actor's own office.
func (a *App) onRound(ctx context.Context, actor docket.Actor, verb docket.Verb, id docket.RoundID, version int64, fn func(c *Change, rd *docket.Round) error) (docket.Round, error) {
	var kept docket.Round
	if err := allow(&actor, docket.ActRound); err != nil {
		return kept, err
	}
	err := a.change(ctx, actor, verb, func(ctx context.Context, c *Change) error {
		all, err := c.Rounds(ctx, actor.Office)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(r docket.Round) bool { return r.ID == id })
		if i < 0 {
			return notFound()
		}
		rd := all[i]
		if err := c.May(docket.ActRound, docket.Subject{Owner: rd.Owner}); err != nil {
			return err
		}
		if version != 0 {
			if err := expect(rd.Version, version); err != nil {
				return err
			}
		}
		before := rd
		if err := fn(c, &rd); err != nil {
			return err
		}
		if err := c.PutRound(ctx, &rd); err != nil {
			return err
		}
		kept = rd
		was, is := diff(before, rd)
		return c.Record(ctx, docket.Entry{Unit: rd.Owner, Before: was, After: is})
	})
	return kept, err
}

// LockRound takes no more reports for a round.
func (a *App) LockRound(ctx context.Context, actor docket.Actor, id docket.RoundID, version int64) (docket.Round, error) {
	return a.onRound(ctx, actor, docket.VerbClose, id, version, func(c *Change, rd *docket.Round) error {
		if !rd.LockedAt.IsZero() {
			return docket.Errorf(docket.Conflict, "round.locked", "the round is locked already")
		}
		rd.LockedAt, rd.Reopened = c.Now(), []docket.UnitID{}
		return nil
	})
}

// ReopenRound lets one unit file after the lock.
func (a *App) ReopenRound(ctx context.Context, actor docket.Actor, id docket.RoundID, unit docket.UnitID, version int64) (docket.Round, error) {
	return a.onRound(ctx, actor, docket.VerbReopen, id, version, func(c *Change, rd *docket.Round) error {
		switch {
		case rd.LockedAt.IsZero():
			return docket.Errorf(docket.Conflict, "round.open", "the round is not locked: everybody may file")
		case c.Place.tree.Unit(unit) == nil:
			return docket.Errorf(docket.Invalid, "unit.unknown", "there is no such unit")
		case !slices.Contains(rd.Reopened, unit):
			rd.Reopened = append(rd.Reopened, unit)
		}
		return nil
	})
}

// openRound is the round a unit's next report answers: the earliest one it still
// owes that takes it. Nil without one.
func openRound(ctx context.Context, r docket.Reader, m *docket.Matter, unit docket.UnitID, owed []docket.Obligation) (*docket.Round, error) {
	var refs []int64
	for i := range owed {
		if o := &owed[i]; o.Kind == docket.OweReport && o.Unit == unit && o.Ref != 0 && o.Open() {
			refs = append(refs, o.Ref)
		}
	}
	if len(refs) == 0 {
		return nil, nil
	}
	all, err := r.Rounds(ctx, docket.AllUnits())
	for i := range all {
		if all[i].Owner == m.Owner && slices.Contains(refs, int64(all[i].ID)) && all[i].Takes(unit) {
			return &all[i], err
		}
	}
	return nil, err
}
