package app

import (
	"cmp"
	"context"
	"slices"

	docket "github.com/docket-os/docket"
)

// KeepingRow is how one unit, or one leader, kept what the meetings of a time
// left to be kept. A line with several leads counts for each.
type KeepingRow struct {
	Unit   docket.UnitID   `json:"unit"`   // 0: the row is a leader's
	Person docket.PersonID `json:"person"` // whose own promises these are; 0: the row is a unit's
	Name   string          `json:"name"`
	Landing
}

// KeepingRecord is everybody's record since a day: leaders first, since their own
// promises are asked for first, then units, those that broke most on top.
type KeepingRecord struct {
	Since    docket.Date  `json:"since"`    // meetings held on this day or later
	Meetings int          `json:"meetings"` // so many, in the reader's scope
	Rows     []KeepingRow `json:"rows"`
}

// KeepingLine is one line of a record, at the meeting it was said.
type KeepingLine struct {
	ItemView
	Title string      `json:"title"` // of the meeting
	On    docket.Date `json:"on"`
}

// Keeping gives the commitment record (product.md C6) as far as the actor may
// see it. Since 0 is the first day of the year.
func (a *App) Keeping(ctx context.Context, actor docket.Actor, since docket.Date) (KeepingRecord, error) {
	lines, tree, rec, err := a.keptSince(ctx, actor, since)
	if err != nil {
		return rec, err
	}
	type who struct {
		unit   docket.UnitID
		person docket.PersonID
	}
	by, name := map[who][]ItemView{}, map[who]string{}
	for i := range lines {
		v := &lines[i]
		if v.Leader != 0 {
			w := who{person: v.Leader}
			by[w], name[w] = append(by[w], v.ItemView), v.LeaderName
		}
		for _, u := range v.Leads {
			w := who{unit: u}
			by[w], name[w] = append(by[w], v.ItemView), tree.Name(u)
		}
	}
	for w, items := range by {
		rec.Rows = append(rec.Rows, KeepingRow{Unit: w.unit, Person: w.person, Name: name[w], Landing: landingOf(items)})
	}
	slices.SortFunc(rec.Rows, func(x, y KeepingRow) int {
		return cmp.Or(-cmp.Compare(min(x.Person, 1), min(y.Person, 1)), -cmp.Compare(x.Broken, y.Broken), -cmp.Compare(x.KeptLate, y.KeptLate),
			-cmp.Compare(x.Kept, y.Kept), cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.Person, y.Person))
	})
	return rec, nil
}

// KeepingLines gives the lines behind one row: what is broken first, then what is
// late, open, kept; the newest meeting first within each.
func (a *App) KeepingLines(ctx context.Context, actor docket.Actor, since docket.Date, unit docket.UnitID, person docket.PersonID) ([]KeepingLine, error) {
	lines, _, _, err := a.keptSince(ctx, actor, since)
	lines = slices.DeleteFunc(lines, func(v KeepingLine) bool {
		return unit != 0 && !slices.Contains(v.Leads, unit) || person != 0 && v.Leader != person
	})
	slices.SortStableFunc(lines, func(x, y KeepingLine) int { return byGraveness(x.ItemView, y.ItemView) })
	return lines, err
}

// gravest is the order in which a meeting asks for lines.
var gravest = []docket.Keeping{docket.KeepingBroken, docket.KeepingLate, docket.KeepingOpen, docket.KeepingKept}

func byGraveness(x, y ItemView) int {
	return cmp.Compare(slices.Index(gravest, x.Keeping), slices.Index(gravest, y.Keeping))
}

// keptSince are the lines of meetings held since a day that have to be kept and
// that the actor may follow, the newest meeting first.
func (a *App) keptSince(ctx context.Context, actor docket.Actor, since docket.Date) ([]KeepingLine, *docket.Tree, KeepingRecord, error) {
	rec := KeepingRecord{Rows: []KeepingRow{}}
	if err := allow(&actor, docket.ActRead); err != nil {
		return nil, nil, rec, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, nil, rec, err
	}
	if rec.Since = since; since == 0 {
		rec.Since = docket.NewDate(pl.day.Time().Year(), 1, 1)
	}
	lines := []KeepingLine{}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		all, err := r.Stocktakes(ctx, actor.Scope())
		if err != nil {
			return err
		}
		slices.SortStableFunc(all, func(x, y docket.Stocktake) int { return -cmp.Compare(x.On, y.On) })
		all = slices.DeleteFunc(all, func(s docket.Stocktake) bool { return s.OpenedAt.IsZero() || s.On < rec.Since })
		rec.Meetings = len(all)
		items, err := a.itemViews(ctx, r, &actor, pl, idsOf(all)...)
		if err != nil {
			return err
		}
		said := byMeeting(items, (*ItemView).meeting)
		for i := range all {
			for _, v := range said[all[i].ID] {
				if v.ToKeep() {
					lines = append(lines, KeepingLine{ItemView: v, Title: all[i].Title, On: all[i].On})
				}
			}
		}
		return nil
	})
	return lines, pl.tree, rec, err
}

// ToKeep reports whether the line is something to be kept and judged: it stands,
// somebody acts on it, and it was not stopped.
func (v *ItemView) ToKeep() bool { return v.Stands() && v.Kind.Acts() && v.Keeping != "" }
