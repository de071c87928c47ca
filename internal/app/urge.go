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
		After: note("slip", u.Slip, "obligation", u.Obligation, "pressed_for", o.Kind, "rung", u.Rung)})
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
	var urged Urged
	err := a.change(ctx, actor, docket.VerbUrge, func(ctx context.Context, c *Change) error {
		m, err := c.Matter(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := c.May(docket.ActUrge, docket.SubjectOfMatter(&m)); err != nil {
			return err
		}
		if urged, err = a.urge(ctx, c, &m, unit, words); err != nil {
			return err
		}
		return urged.Err
	})
	if err != nil {
		return UrgeView{}, err
	}
	views, err := a.Urges(ctx, actor, id)
	if err != nil {
		return UrgeView{}, err
	}
	return views[slices.IndexFunc(views, func(v UrgeView) bool { return v.Slip == urged.Slip && v.Unit == unit })], nil
}

// Urged is what came of pressing one unit in one matter, or would come of it.
type Urged struct {
	Matter   docket.MatterID
	No       string
	Title    string
	Unit     docket.UnitID
	UnitName string
	Owed     docket.ObligationKind // what it is pressed for
	Due      docket.Date
	Late     bool
	To       []string // who is told, by name
	Slip     string
	Err      error // why it is not pressed
}

// urge presses one unit. What stands in the way is no fault of the change: it is
// in the answer's Err, and nothing was written.
func (a *App) urge(ctx context.Context, c *Change, m *docket.Matter, unit docket.UnitID, words string) (Urged, error) {
	out := Urged{Matter: m.ID, No: m.No, Title: m.Title, Unit: unit, UnitName: c.Place.tree.Name(unit)}
	o, err := c.firstOwed(ctx, m, unit)
	if err == nil {
		out.Owed, out.Due, out.Late = o.Kind, o.Due, o.Late(c.Now(), a.cfg.Location)
		err = c.notToday(ctx, o)
	}
	if docket.CodeOf(err) == docket.Conflict {
		out.Err = err
		return out, nil
	}
	if err != nil {
		return out, err
	}
	to, err := c.holders(ctx, o.Role, unit)
	if err != nil {
		return out, err
	}
	rung := o.Role
	if out.Late {
		heads, err := c.holders(ctx, docket.Head, unit)
		if err != nil {
			return out, err
		}
		rung, to = docket.Head, union(to, heads)
	}
	for _, id := range to {
		p, err := c.Person(ctx, id)
		if err != nil {
			return out, err
		}
		if p.Active {
			out.To = append(out.To, p.Name)
		}
	}
	u, err := a.press(ctx, c, docket.Urge{By: c.Actor.Person.ID, Owner: m.Owner, Rung: rung, Words: words}, o, to...)
	out.Slip = u.Slip
	return out, err
}

// urgeStep is how many matters are urged in one transaction.
const urgeStep = 50

// UrgeMany presses everybody who has a part in many matters and owes something.
// A dry run tells who would be pressed and who would not, and why.
func (a *App) UrgeMany(ctx context.Context, actor docket.Actor, ids []docket.MatterID, words string, dry bool) ([]Urged, error) {
	if err := allow(&actor, docket.ActUrge); err != nil {
		return nil, err
	}
	if len(ids) > maxBulk {
		return nil, docket.Errorf(docket.TooLarge, "matter.too_many", "at most 1,000 matters at a time", "max", "1000")
	}
	out := []Urged{}
	for some := range slices.Chunk(ids, urgeStep) {
		got, err := a.urgeSome(ctx, actor, some, words, dry)
		if err != nil {
			return nil, err
		}
		out = append(out, got...)
	}
	return out, ctx.Err()
}

func (a *App) urgeSome(ctx context.Context, actor docket.Actor, ids []docket.MatterID, words string, dry bool) (out []Urged, err error) {
	err = a.change(ctx, actor, docket.VerbUrge, func(ctx context.Context, c *Change) error {
		out = nil
		matters, err := c.Matters(ctx, actor.Scope(), ids)
		if err != nil {
			return err
		}
		for i := range matters {
			m := &matters[i]
			subject := docket.SubjectOfMatter(m)
			if err := c.May(docket.ActUrge, subject); err != nil {
				out = append(out, Urged{Matter: m.ID, No: m.No, Title: m.Title, Err: err})
				continue
			}
			for _, unit := range union(nil, subject.Units) { // each once
				one, err := a.urge(ctx, c, m, unit, words)
				if err != nil {
					return err
				}
				out = append(out, one)
			}
		}
		if dry || !c.recorded {
			return errDry
		}
		return nil
	})
	if err == error(errDry) {
		err = nil
	}
	return out, err
}

// firstOwed is what the unit's own people owe in a matter, the earliest due first.
func (c *Change) firstOwed(ctx context.Context, m *docket.Matter, unit docket.UnitID) (*docket.Obligation, error) {
	owed, err := c.MatterObligations(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	owed = slices.DeleteFunc(owed, func(o docket.Obligation) bool {
		return !o.Open() || o.Unit != unit || !o.Pressed() || o.Kind == docket.OweFinish && m.ClaimedBy(unit)
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
		if _, err := r.Matter(ctx, actor.Scope(), id); err != nil {
			return err
		}
		owed, err := r.MatterObligations(ctx, id)
		if err != nil {
			return err
		}
		out, err = a.urgeViews(ctx, r, pl, names{0: ""}, id, owed)
		return err
	})
	return out, err
}

// urgeViews puts names to the urges of a matter that was loaded in the reader's scope.
func (a *App) urgeViews(ctx context.Context, r docket.Reader, pl *place, known names, id docket.MatterID, owed []docket.Obligation) ([]UrgeView, error) {
	urges, err := r.Urges(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]UrgeView, 0, len(urges))
	for _, u := range urges {
		v := UrgeView{Urge: u, UnitName: pl.tree.Name(u.Unit)}
		if i := slices.IndexFunc(owed, func(o docket.Obligation) bool { return o.ID == u.Obligation }); i >= 0 {
			v.Owed = owed[i].Kind
		}
		if u.By != 0 {
			if v.ByName, err = known.of(ctx, r, u.By); err != nil {
				return nil, err
			}
		}
		out = append(out, v)
	}
	return out, nil
}
