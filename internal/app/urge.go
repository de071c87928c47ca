package app

import (
	"cmp"
	"context"
	"math"
	"slices"

	docket "github.com/docket-os/docket"
)

// press records an urge for something owed under a slip of its own, and tells
// those named, and the unit's group, by it.
func (a *App) press(ctx context.Context, c *Change, u docket.Urge, o *docket.Obligation, to ...docket.PersonID) (docket.Urge, error) {
	u.Unit, u.Matter, u.Obligation, u.Day = o.Unit, o.Matter, o.ID, c.Today
	if err := u.Validate(); err != nil {
		return u, err
	}
	if err := guardWords(u.Words); err != nil {
		return u, err
	}
	if err := c.InsertUrge(ctx, &u); err != nil {
		return u, err
	}
	err := c.Record(ctx, docket.Entry{Verb: docket.VerbUrge, Matter: u.Matter, Unit: u.Unit, Reason: u.Words,
		After: note("slip", u.Slip, "obligation", u.Obligation, "urged_for", o.Kind, "rung", u.Rung)})
	if err != nil {
		return u, err
	}
	return u, a.tell(ctx, c, docket.Notice{Kind: docket.NoticeUrge, Matter: u.Matter, Unit: u.Unit, Urge: u.ID, Once: "urge/" + u.Slip,
		Args: map[string]string{"what": string(o.Kind), "due": o.Due.String(), "slip": u.Slip, "words": u.Words}}, to...)
}

// Urge presses a unit for what it owes in a matter, first of all for what is due
// first. What is late is told to the unit's head too. Once a day is the most:
// supervision keeps its own frequency down (field.md §2.1).
func (a *App) Urge(ctx context.Context, actor docket.Actor, id docket.MatterID, unit docket.UnitID, words string) (UrgeView, error) {
	var urge docket.Urge
	err := a.change(ctx, actor, docket.VerbUrge, func(ctx context.Context, c *Change) error {
		m, err := c.Matter(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := c.May(docket.ActUrge, docket.SubjectOfMatter(&m)); err != nil {
			return err
		}
		o, err := c.firstOwed(ctx, id, unit)
		if err != nil {
			return err
		}
		if err := c.notToday(ctx, o); err != nil {
			return err
		}
		to, err := c.holders(ctx, o.Role, unit)
		if err != nil {
			return err
		}
		rung := o.Role
		if o.Late(c.Now(), a.cfg.Location) {
			heads, err := c.holders(ctx, docket.Head, unit)
			if err != nil {
				return err
			}
			rung, to = docket.Head, union(to, heads)
		}
		urge, err = a.press(ctx, c, docket.Urge{By: actor.Person.ID, Owner: m.Owner, Rung: rung, Words: words}, o, to...)
		return err
	})
	if err != nil {
		return UrgeView{}, err
	}
	views, err := a.Urges(ctx, actor, id)
	if err != nil {
		return UrgeView{}, err
	}
	return views[slices.IndexFunc(views, func(v UrgeView) bool { return v.ID == urge.ID })], nil
}

// firstOwed is what the unit's own people owe in a matter, the earliest due first.
func (c *Change) firstOwed(ctx context.Context, id docket.MatterID, unit docket.UnitID) (*docket.Obligation, error) {
	owed, err := c.MatterObligations(ctx, id)
	if err != nil {
		return nil, err
	}
	owed = slices.DeleteFunc(owed, func(o docket.Obligation) bool {
		return !o.Open() || o.Unit != unit || o.Role != docket.Liaison && o.Role != docket.Head
	})
	if len(owed) == 0 {
		return nil, docket.Errorf(docket.Conflict, "urge.nothing_owed", "this unit owes nothing in this matter, so there is nothing to press for")
	}
	slices.SortStableFunc(owed, func(x, y docket.Obligation) int {
		return cmp.Compare(cmp.Or(x.Due, math.MaxInt32), cmp.Or(y.Due, math.MaxInt32)) // without a day: last
	})
	return &owed[0], nil
}

func (c *Change) notToday(ctx context.Context, o *docket.Obligation) error {
	urges, err := c.Urges(ctx, o.Matter)
	if err != nil {
		return err
	}
	for _, u := range urges {
		if u.Obligation == o.ID && u.Day == c.Today {
			return docket.Errorf(docket.Conflict, "urge.today", "it was pressed for today already (slip "+u.Slip+"); once a day is the most", "slip", u.Slip)
		}
	}
	return nil
}

// UrgeView is an urge with its names.
type UrgeView struct {
	docket.Urge
	UnitName string                `json:"unit_name"`
	ByName   string                `json:"by_name"` // "" for the ladder itself
	Owed     docket.ObligationKind `json:"owed"`
}

// Urges lists the urges in a matter, as they came to be.
func (a *App) Urges(ctx context.Context, actor docket.Actor, id docket.MatterID) ([]UrgeView, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return nil, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	var out []UrgeView
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		out = []UrgeView{}
		if _, err := r.Matter(ctx, actor.Scope(), id); err != nil {
			return err
		}
		urges, err := r.Urges(ctx, id)
		if err != nil {
			return err
		}
		owed, err := r.MatterObligations(ctx, id)
		if err != nil {
			return err
		}
		for _, u := range urges {
			v := UrgeView{Urge: u, UnitName: pl.tree.Name(u.Unit)}
			if i := slices.IndexFunc(owed, func(o docket.Obligation) bool { return o.ID == u.Obligation }); i >= 0 {
				v.Owed = owed[i].Kind
			}
			if u.By != 0 {
				p, err := r.Person(ctx, u.By)
				if err != nil {
					return err
				}
				v.ByName = p.Name
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}
