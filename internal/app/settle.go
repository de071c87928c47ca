package app

import (
	"context"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
)

// SettleName ties a written name, or the members of a group, once for all
// drafts of a directive: to units, to one founded for it, or to nobody (the
// name is set aside and its parts go). It gives the drafts that changed.
func (a *App) SettleName(ctx context.Context, actor docket.Actor, id docket.DirectiveID, n NameSettled) ([]MatterView, error) {
	n.Name = strings.TrimSpace(n.Name)
	var changed []*docket.Matter
	var pl *place
	err := a.changeDirective(ctx, actor, docket.VerbMatchName, docket.ActCorrect, id, func(ctx context.Context, c *Change, d docket.Directive) error {
		if n.Name == "" {
			return docket.Errorf(docket.Invalid, "field.required", "say which name is settled")
		}
		units, err := c.unitsFor(ctx, n)
		if err != nil {
			return err
		}
		drafts, err := c.drafts(ctx, id)
		if err != nil {
			return err
		}
		changed = changed[:0]
		for _, m := range drafts {
			if !settleIn(m, n.Name, units, c.Place.tree) {
				continue
			}
			if err := checkDraft(m); err != nil {
				return err
			}
			if err := c.PutMatter(ctx, m); err != nil {
				return err
			}
			changed = append(changed, m)
		}
		if len(changed) == 0 {
			return docket.Errorf(docket.NotFound, "import.name_gone", "no draft of this directive names "+n.Name+" any more", "name", n.Name)
		}
		pl = c.Place
		return c.Record(ctx, docket.Entry{Directive: id, After: note("name", n.Name, "units", units, "drafts", len(changed), "alias", n.Alias)})
	})
	if err != nil {
		return nil, err
	}
	out := make([]MatterView, 0, len(changed))
	for _, m := range changed {
		out = append(out, pl.matterView(*m))
	}
	return out, nil
}

// unitsFor gives the units a name is settled to, founding one or keeping an
// alias where that is asked for. Those touch the directory of everybody, so they
// need the right to manage units as well.
func (c *Change) unitsFor(ctx context.Context, n NameSettled) ([]docket.UnitID, error) {
	units := slices.Clone(n.Units)
	if n.Create == nil && !n.Alias {
		return units, c.standingUnits(units)
	}
	if err := c.May(docket.ActManageUnits, docket.Subject{}); err != nil {
		return nil, err
	}
	if err := c.freshPlace(ctx); err != nil {
		return nil, err
	}
	c.units = true
	if n.Create != nil {
		id, err := c.addUnit(ctx, docket.Unit{Name: n.Name, Parent: n.Create.Parent, Level: n.Create.Level})
		if err != nil {
			return nil, err
		}
		return []docket.UnitID{id}, c.freshPlace(ctx)
	}
	if len(units) != 1 {
		return nil, docket.Errorf(docket.Invalid, "import.alias_one", "another name can be kept for exactly one unit")
	}
	if err := c.standingUnits(units); err != nil {
		return nil, err
	}
	u := *c.Place.tree.Unit(units[0])
	before := u
	u.Aliases = tidy(append(slices.Clone(u.Aliases), n.Name))
	if err := c.putUnit(ctx, &u); err != nil {
		return nil, err
	}
	was, is := diff(before, u)
	if err := c.Record(ctx, docket.Entry{Verb: docket.VerbEdit, Unit: u.ID, Before: was, After: is}); err != nil {
		return nil, err
	}
	return units, c.freshPlace(ctx)
}

func (c *Change) standingUnits(units []docket.UnitID) error {
	for _, id := range units {
		if u := c.Place.tree.Unit(id); u == nil || !u.Stands(c.Today) {
			return docket.Errorf(docket.Invalid, "import.unit_gone", "one of the units does not exist or has ended")
		}
	}
	return nil
}

// settleIn replaces every part that bears the name by one for each unit, leaving
// out units that have the same part already. It reports whether anything changed.
func settleIn(m *docket.Matter, name string, units []docket.UnitID, tree *docket.Tree) bool {
	if !slices.ContainsFunc(m.Assignments, func(as docket.Assignment) bool { return as.Name == name }) {
		return false
	}
	var out []docket.Assignment
	has := func(all []docket.Assignment, u docket.UnitID, role docket.PartyRole) bool {
		return slices.ContainsFunc(all, func(o docket.Assignment) bool { return o.Name != name && o.Unit == u && o.Role == role })
	}
	for _, as := range m.Assignments {
		if as.Name != name {
			out = append(out, as)
			continue
		}
		for _, u := range units {
			if has(m.Assignments, u, as.Role) || has(out, u, as.Role) {
				continue
			}
			part := as
			part.Unit, part.Suggested, part.Vague = u, nil, false
			if len(units) > 1 {
				if part.Written == "" {
					part.Written = as.Name
				}
				part.Name = tree.Name(u)
			}
			out = append(out, part)
		}
	}
	m.Assignments = out
	settledByNames(m)
	return true
}
