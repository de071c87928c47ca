package app

import (
	"context"

	docket "github.com/docket-os/docket"
)

// itemViews are the lines of meetings' records, as they were said, with how their
// matters stand.
func (a *App) itemViews(ctx context.Context, r docket.Reader, actor *docket.Actor, pl *place, of ...docket.StocktakeID) ([]ItemView, error) {
	all, err := r.Items(ctx, of...)
	if err != nil {
		return nil, err
	}
	return a.viewItems(ctx, r, actor, pl, all)
}

// viewItems puts names to lines. With an actor it says how the matters in their
// scope stand; without one it says what everybody in the room may hear.
func (a *App) viewItems(ctx context.Context, r docket.Reader, actor *docket.Actor, pl *place, all []docket.Item) ([]ItemView, error) {
	out := make([]ItemView, 0, len(all))
	matters := map[docket.MatterID]*docket.Matter{}
	if actor != nil {
		var ids []docket.MatterID
		for i := range all {
			if all[i].Matter != 0 {
				ids = append(ids, all[i].Matter)
			}
		}
		found, err := r.Matters(ctx, actor.Scope(), ids)
		if err != nil {
			return nil, err
		}
		for i := range found {
			matters[found[i].ID] = &found[i]
		}
	}
	known := names{0: ""}
	view := a.board.View(a.lampDay(pl.day))
	for _, it := range all {
		v := ItemView{Item: it, UnitName: pl.tree.Name(it.Unit), LeadRefs: pl.refs(it.Leads), Helpers: pl.refs(it.Supports)}
		var err error
		if v.ByName, err = known.of(ctx, r, it.By); err != nil {
			return nil, err
		}
		if v.LeaderName, err = known.of(ctx, r, it.Leader); err != nil {
			return nil, err
		}
		switch m := matters[it.Matter]; {
		case it.Leader != 0 && it.Stands():
			v.Keeping, v.DoneOn = docket.KeepingOf("", it.Due, it.KeptOn, pl.day), it.KeptOn
		case m != nil:
			v.Status = m.Status
			for _, as := range m.Assignments {
				if as.Unit != 0 && !as.OwesReceipt() {
					v.Received = append(v.Received, as.Unit)
				}
			}
			v.Lamp, _ = a.lampOf(view, m.ID)
			if at := m.ClaimedAt(); m.Status.Landed() && !at.IsZero() {
				v.DoneOn = a.dayOf(at)
			}
			v.Keeping = docket.KeepingOf(m.Status, m.AssessedOn(), v.DoneOn, pl.day)
		default:
			v.Matter = 0
		}
		out = append(out, v)
	}
	return out, nil
}

// landingOf counts what became of lines.
func landingOf(items []ItemView) (l Landing) {
	for i := range items {
		v := &items[i]
		if !v.ToKeep() {
			continue
		}
		l.Acts++
		if v.Status.Landed() || v.Leader != 0 && v.KeptOn != 0 {
			l.Landed++
		}
		switch v.Keeping {
		case docket.KeepingKept:
			l.Kept++
		case docket.KeepingLate:
			l.KeptLate++
		case docket.KeepingBroken:
			l.Broken++
		case docket.KeepingOpen:
			l.Open++
		}
	}
	return l
}
