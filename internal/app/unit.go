package app

import (
	"context"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// Units gives the whole tree as it stood on a day (zero: today), parents before
// children, units that had ended last.
func (a *App) Units(ctx context.Context, actor docket.Actor, on docket.Date) (UnitList, error) {
	if actor.Person.ID == 0 {
		return UnitList{}, permit(&actor, docket.ActRead, docket.Subject{})
	}
	pl, err := a.placeOn(ctx, on)
	if err != nil {
		return UnitList{}, err
	}
	list := UnitList{Items: make([]UnitView, 0, len(pl.units)), On: pl.day}
	var walk func(docket.UnitID)
	walk = func(id docket.UnitID) {
		for _, kid := range pl.tree.Children(id) {
			list.Items = append(list.Items, pl.unitView(kid))
			walk(kid)
		}
	}
	walk(0)
	for i := range pl.units {
		if !pl.units[i].Stands(pl.day) {
			list.Items = append(list.Items, pl.unitView(pl.units[i].ID))
		}
	}
	return list, nil
}

func (a *App) placeOn(ctx context.Context, on docket.Date) (pl *place, err error) {
	if on == 0 || on == a.today() {
		return a.place(ctx)
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		pl, err = loadPlace(ctx, r, on)
		return err
	})
	return pl, err
}

func (p *place) unitView(id docket.UnitID) UnitView {
	u := *p.tree.Unit(id)
	held := u.At(p.day)
	u.Name, u.Parent = held.Name, held.Parent
	return UnitView{Unit: u, Children: len(p.tree.Children(id)), Ended: !u.To.IsZero() && u.To < p.day}
}

// Unit gives one unit with its place, its heirs and how many hold a post there.
func (a *App) Unit(ctx context.Context, actor docket.Actor, id docket.UnitID) (UnitPage, error) {
	if actor.Person.ID == 0 {
		return UnitPage{}, permit(&actor, docket.ActRead, docket.Subject{})
	}
	pl, err := a.place(ctx)
	if err != nil {
		return UnitPage{}, err
	}
	if pl.tree.Unit(id) == nil {
		return UnitPage{}, notFound()
	}
	page := UnitPage{UnitView: pl.unitView(id), Successors: []docket.Succession{}, Heirs: []UnitRef{}}
	for at := id; at != 0 && len(page.Path) < pl.tree.Len(); at = pl.tree.Unit(at).At(pl.day).Parent {
		page.Path = slices.Insert(page.Path, 0, pl.ref(at))
	}
	for _, s := range pl.successions {
		if s.From == id || s.To == id {
			page.Successors = append(page.Successors, s)
		}
	}
	if heirs := pl.tree.AsIs(id); !slices.Equal(heirs, []docket.UnitID{id}) {
		page.Heirs = pl.refs(heirs)
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		posts, err := r.Posts(ctx, 0)
		seen := map[docket.PersonID]bool{}
		for _, p := range posts {
			if p.Unit == id && p.Holds(pl.day) {
				seen[p.Person] = true
			}
		}
		page.People = len(seen)
		return err
	})
	return page, err
}

// changeUnit runs one change of the tree by an administrator and gives the unit's page.
func (a *App) changeUnit(ctx context.Context, actor docket.Actor, verb docket.Verb, fn func(context.Context, *Change) (docket.UnitID, error)) (UnitPage, error) {
	var id docket.UnitID
	err := a.change(ctx, actor, verb, func(ctx context.Context, c *Change) (err error) {
		if err = c.May(docket.ActManageUnits, docket.Subject{}); err != nil {
			return err
		}
		c.units = true
		if err = c.freshPlace(ctx); err != nil {
			return err
		}
		id, err = fn(ctx, c)
		return err
	})
	if err != nil {
		return UnitPage{}, err
	}
	return a.Unit(ctx, actor, id)
}

// freshPlace reads the units this very transaction sees, for rules about the tree.
func (c *Change) freshPlace(ctx context.Context) (err error) {
	c.Place, err = loadPlace(ctx, c, c.Today)
	return err
}

// unit loads a unit for an edit made on the given version.
func (c *Change) unit(id docket.UnitID, version int64) (docket.Unit, error) {
	u := c.Place.tree.Unit(id)
	if u == nil {
		return docket.Unit{}, notFound()
	}
	out := *u
	out.Aliases, out.Versions = slices.Clone(u.Aliases), slices.Clone(u.Versions)
	return out, expect(u.Version, version)
}

// putUnit keeps a unit after every rule has been asked.
func (c *Change) putUnit(ctx context.Context, u *docket.Unit) error {
	if err := u.Validate(); err != nil {
		return err
	}
	if err := guardNames(append([]string{u.Name, u.Code}, u.Aliases...)...); err != nil {
		return err
	}
	if err := c.distinct(u); err != nil {
		return err
	}
	return c.PutUnit(ctx, u)
}

// distinct refuses a code that another unit has and a name that a standing
// sibling bears: no document could tell the two apart.
func (c *Change) distinct(u *docket.Unit) error {
	for i := range c.Place.units {
		o := &c.Place.units[i]
		if o.ID == u.ID {
			continue
		}
		if u.Code != "" && o.Code == u.Code {
			return unitFault("code", "unit.code_taken", "the code "+u.Code+" belongs to "+o.Name, "code", u.Code, "unit", o.Name)
		}
		if o.Parent == u.Parent && o.Name == u.Name && o.Stands(c.Today) && u.Stands(c.Today) {
			return unitFault("name", "unit.name_taken", "there is a unit named "+u.Name+" in the same place", "unit", u.Name)
		}
	}
	return nil
}

func unitFault(field, key, message string, args ...string) error {
	e := docket.Errorf(docket.Invalid, key, message, args...)
	e.Fields = []docket.FieldError{{Field: field, Key: key, Args: e.Args, Message: message}}
	return e
}

// guardNames refuses names and titles that bear a secrecy marking.
func guardNames(names ...string) error {
	for _, n := range names {
		if err := paper.GuardTitle(n); err != nil {
			return err
		}
	}
	return nil
}

// guardWords refuses secrecy marks in texts that people type.
func guardWords(texts ...string) error {
	for _, text := range texts {
		if err := paper.GuardText(text); err != nil {
			return err
		}
	}
	return nil
}

// AddUnit founds a unit. From zero means that it has stood since before anyone asked.
func (a *App) AddUnit(ctx context.Context, actor docket.Actor, u docket.Unit) (UnitPage, error) {
	return a.changeUnit(ctx, actor, docket.VerbAdd, func(ctx context.Context, c *Change) (docket.UnitID, error) {
		return c.addUnit(ctx, u)
	})
}

func (c *Change) addUnit(ctx context.Context, u docket.Unit) (docket.UnitID, error) {
	u.ID, u.Version, u.To = 0, 0, 0
	u.Name, u.Code = strings.TrimSpace(u.Name), strings.TrimSpace(u.Code)
	u.Aliases = tidy(u.Aliases)
	if err := c.standing(u.Parent); err != nil {
		return 0, err
	}
	u.Versions = []docket.UnitVersion{{From: u.From, Name: u.Name, Parent: u.Parent}}
	if err := c.putUnit(ctx, &u); err != nil {
		return 0, err
	}
	_, after := diff(docket.Unit{}, u)
	return u.ID, c.Record(ctx, docket.Entry{Verb: docket.VerbAdd, Unit: u.ID, After: after})
}

// standing refuses a parent that is not there or has ended; 0 is the top.
func (c *Change) standing(parent docket.UnitID) error {
	if parent == 0 {
		return nil
	}
	if p := c.Place.tree.Unit(parent); p == nil || !p.Stands(c.Today) {
		return unitFault("parent", "unit.parent_gone", "the unit above does not exist or has ended")
	}
	return nil
}

// tidy trims, drops empty and repeated names.
func tidy(names []string) []string {
	var out []string
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// EditUnit corrects fields in place: a spelling mended, a code given. A real
// change of name is RenameUnit.
func (a *App) EditUnit(ctx context.Context, actor docket.Actor, id docket.UnitID, version int64, e UnitEdit) (UnitPage, error) {
	return a.changeUnit(ctx, actor, docket.VerbEdit, func(ctx context.Context, c *Change) (docket.UnitID, error) {
		u, err := c.unit(id, version)
		if err != nil {
			return 0, err
		}
		before := u
		set(&u.Code, e.Code)
		set(&u.Level, e.Level)
		set(&u.Ord, e.Ord)
		if e.Aliases != nil {
			u.Aliases = tidy(*e.Aliases)
		}
		if e.Name != nil {
			u.Name = strings.TrimSpace(*e.Name)
			u.Versions[len(u.Versions)-1].Name = u.Name
		}
		return id, c.keepUnit(ctx, before, &u, "")
	})
}

// keepUnit writes an edited unit and its entry.
func (c *Change) keepUnit(ctx context.Context, before docket.Unit, u *docket.Unit, reason string) error {
	if err := c.putUnit(ctx, u); err != nil {
		return err
	}
	was, is := diff(before, *u)
	return c.Record(ctx, docket.Entry{Unit: u.ID, Reason: reason, Before: was, After: is})
}

// set writes what an edit gives; nil leaves the field alone.
func set[T any](field *T, v *T) {
	if v != nil {
		*field = *v
	}
}
