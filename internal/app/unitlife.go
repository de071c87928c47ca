package app

import (
	"context"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
)

// RenameUnit gives a unit another name from a day on; what it was called before
// stays known.
func (a *App) RenameUnit(ctx context.Context, actor docket.Actor, id docket.UnitID, version int64, name string, on docket.Date, reason string) (UnitPage, error) {
	return a.changeUnit(ctx, actor, docket.VerbRename, func(ctx context.Context, c *Change) (docket.UnitID, error) {
		u, err := c.unit(id, version)
		if err != nil {
			return 0, err
		}
		before := u
		if err := c.newVersion(&u, on, strings.TrimSpace(name), u.Parent); err != nil {
			return 0, err
		}
		return id, c.keepUnit(ctx, before, &u, reason)
	})
}

// MoveUnit puts a unit below another one from a day on.
func (a *App) MoveUnit(ctx context.Context, actor docket.Actor, id docket.UnitID, version int64, parent docket.UnitID, on docket.Date, reason string) (UnitPage, error) {
	return a.changeUnit(ctx, actor, docket.VerbMove, func(ctx context.Context, c *Change) (docket.UnitID, error) {
		u, err := c.unit(id, version)
		if err != nil {
			return 0, err
		}
		if err := c.standing(parent); err != nil {
			return 0, err
		}
		if parent != 0 && c.Place.tree.Within(parent, id) {
			return 0, docket.Errorf(docket.Invalid, "unit.circle", u.Name+" would stand below itself", "unit", u.Name)
		}
		before := u
		if err := c.newVersion(&u, on, u.Name, parent); err != nil {
			return 0, err
		}
		if err := c.noCircleSince(&u); err != nil {
			return 0, err
		}
		return id, c.keepUnit(ctx, before, &u, reason)
	})
}

// noCircleSince refuses a move entered for an earlier day that would have put
// units below themselves on some day in between, though today all is well.
func (c *Change) noCircleSince(u *docket.Unit) error {
	units := slices.Clone(c.Place.units)
	days := map[docket.Date]bool{}
	since := u.Versions[len(u.Versions)-1].From
	for i := range units {
		if units[i].ID == u.ID {
			units[i] = *u
		}
		for _, v := range units[i].Versions {
			if v.From >= since && v.From <= c.Today {
				days[v.From] = true
			}
		}
	}
	for day := range days {
		if _, err := docket.NewTree(units, nil, day); err != nil {
			return unitFault("on", "unit.circle_on", "on "+day.String()+", "+u.Name+" would stand below itself", "unit", u.Name, "on", day.String())
		}
	}
	return nil
}

// newVersion lets name and parent hold from a day on, which may not lie before
// the last change nor after the unit's end: history is added to, not rewritten.
func (c *Change) newVersion(u *docket.Unit, on docket.Date, name string, parent docket.UnitID) error {
	if on == 0 {
		on = c.Today
	}
	if on > c.Today {
		return unitFault("on", "unit.in_future", "a change can be entered from today or an earlier day, not ahead of time")
	}
	last := &u.Versions[len(u.Versions)-1]
	switch {
	case on < last.From:
		return unitFault("on", "unit.before_last_change", "the unit was changed later than that, on "+last.From.String(), "on", last.From.String())
	case !u.To.IsZero():
		return unitFault("on", "unit.has_ended", u.Name+" has ended", "unit", u.Name)
	case on == last.From && len(u.Versions) > 1:
		last.Name, last.Parent = name, parent
	default:
		u.Versions = append(u.Versions, docket.UnitVersion{From: on, Name: name, Parent: parent})
	}
	u.Name, u.Parent = name, parent
	return nil
}

// MergeUnit ends a unit; from the day on, into carries on what it carried.
func (a *App) MergeUnit(ctx context.Context, actor docket.Actor, id docket.UnitID, version int64, into docket.UnitID, on docket.Date, reason string) (UnitPage, error) {
	return a.changeUnit(ctx, actor, docket.VerbMerge, func(ctx context.Context, c *Change) (docket.UnitID, error) {
		if into == id {
			return 0, unitFault("into", "unit.into_itself", "a unit cannot be merged into itself")
		}
		if into == 0 || c.standing(into) != nil {
			return 0, unitFault("into", "unit.heir_gone", "the unit that carries on does not exist or has ended")
		}
		if c.Place.tree.Within(into, id) {
			return 0, unitFault("into", "unit.heir_below", "the unit that carries on stands below the one that ends; move it first")
		}
		return id, c.succeed(ctx, id, version, []docket.UnitID{into}, on, "merge", reason)
	})
}

// SplitUnit ends a unit; from the day on, the named units carry on what it
// carried. Those that do not stand yet are founded beside it.
func (a *App) SplitUnit(ctx context.Context, actor docket.Actor, id docket.UnitID, version int64, into []UnitShare, on docket.Date, reason string) (UnitPage, error) {
	return a.changeUnit(ctx, actor, docket.VerbSplit, func(ctx context.Context, c *Change) (docket.UnitID, error) {
		u, err := c.unit(id, version)
		if err != nil {
			return 0, err
		}
		if len(into) < 2 {
			return 0, unitFault("into", "unit.split_needs_two", "a unit is split into at least two")
		}
		var heirs []docket.UnitID
		for _, share := range into {
			heir := share.Unit
			if heir == 0 {
				heir, err = c.addUnit(ctx, docket.Unit{Name: share.Name, Code: share.Code, Parent: u.Parent, Level: u.Level, Ord: u.Ord, From: dayOr(on, c.Today)})
			} else if heir == id || c.standing(heir) != nil {
				err = unitFault("into", "unit.heir_gone", "the unit that carries on does not exist or has ended")
			}
			if err != nil {
				return 0, err
			}
			heirs = append(heirs, heir)
			if err := c.freshPlace(ctx); err != nil {
				return 0, err
			}
		}
		return id, c.succeed(ctx, id, version, heirs, on, "split", reason)
	})
}

// EndUnit closes a unit that nobody carries on. Units below it must be moved or ended first.
func (a *App) EndUnit(ctx context.Context, actor docket.Actor, id docket.UnitID, version int64, on docket.Date, reason string) (UnitPage, error) {
	return a.changeUnit(ctx, actor, docket.VerbEnd, func(ctx context.Context, c *Change) (docket.UnitID, error) {
		return id, c.succeed(ctx, id, version, nil, on, "", reason)
	})
}

// succeed ends a unit on the day before on and names its heirs.
func (c *Change) succeed(ctx context.Context, id docket.UnitID, version int64, heirs []docket.UnitID, on docket.Date, kind, reason string) error {
	u, err := c.unit(id, version)
	if err != nil {
		return err
	}
	on = dayOr(on, c.Today)
	switch {
	case on > c.Today:
		return unitFault("on", "unit.in_future", "a change can be entered from today or an earlier day, not ahead of time")
	case !u.To.IsZero():
		return unitFault("on", "unit.has_ended", u.Name+" has ended", "unit", u.Name)
	case on <= u.Versions[len(u.Versions)-1].From:
		return unitFault("on", "unit.before_last_change", "the unit was changed later than that, on "+u.Versions[len(u.Versions)-1].From.String(), "on", u.Versions[len(u.Versions)-1].From.String())
	}
	if below := c.Place.tree.Children(id); len(below) > 0 {
		name := c.Place.tree.Name(below[0])
		return docket.Errorf(docket.Conflict, "unit.has_children", "units still stand below "+u.Name+", "+name+" first of them; move or end them first", "unit", u.Name, "child", name)
	}
	before := u
	u.To = on - 1
	if err := c.putUnit(ctx, &u); err != nil {
		return err
	}
	for _, heir := range heirs {
		if err := c.PutSuccession(ctx, docket.Succession{From: id, To: heir, On: on, Kind: kind}); err != nil {
			return err
		}
	}
	was, is := diff(before, u)
	entries := []docket.Entry{{Unit: id, Reason: reason, Before: was, After: is}}
	for _, heir := range heirs {
		entries = append(entries, docket.Entry{Unit: heir, Reason: reason, After: note("carries_on", id)})
	}
	return c.Record(ctx, entries...)
}

// dayOr is on, or today where none is given.
func dayOr(on, today docket.Date) docket.Date {
	if on == 0 {
		return today
	}
	return on
}
