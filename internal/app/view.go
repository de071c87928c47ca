package app

import (
	"context"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
)

// Limits of saved views.
const (
	maxViews    = 100
	maxViewName = 100
	maxColumns  = 40
)

// Views lists the actor's saved views.
func (a *App) Views(ctx context.Context, actor docket.Actor) ([]docket.SavedView, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return nil, err
	}
	views := []docket.SavedView{}
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		got, err := r.Views(ctx, actor.Person.ID)
		views = append(views[:0], got...)
		return err
	})
	return views, err
}

// AddView saves a ledger query under a name for the actor.
func (a *App) AddView(ctx context.Context, actor docket.Actor, v docket.SavedView) (docket.SavedView, error) {
	v.ID, v.Person = 0, actor.Person.ID
	err := a.changeViews(ctx, actor, func(ctx context.Context, c *Change, own []docket.SavedView) error {
		if len(own) >= maxViews {
			return docket.Errorf(docket.TooLarge, "view.too_many", "at most 100 views can be saved; delete one first", "limit", "100")
		}
		saved := v // fn may run twice
		if err := checkView(&saved); err != nil {
			return err
		}
		if err := c.PutView(ctx, &saved); err != nil {
			return err
		}
		v = saved
		return c.Record(ctx, docket.Entry{Verb: docket.VerbAdd, Person: actor.Person.ID, After: note("view", saved.Name)})
	})
	return v, err
}

// EditView changes one of the actor's views.
func (a *App) EditView(ctx context.Context, actor docket.Actor, id docket.ViewID, e ViewEdit) (docket.SavedView, error) {
	var v docket.SavedView
	err := a.changeViews(ctx, actor, func(ctx context.Context, c *Change, own []docket.SavedView) error {
		i := slices.IndexFunc(own, func(v docket.SavedView) bool { return v.ID == id })
		if i < 0 {
			return notFound()
		}
		v = own[i]
		set(&v.Name, e.Name)
		set(&v.Query, e.Query)
		set(&v.Columns, e.Columns)
		set(&v.Group, e.Group)
		if err := checkView(&v); err != nil {
			return err
		}
		if err := c.PutView(ctx, &v); err != nil {
			return err
		}
		was, is := diff(own[i], v)
		return c.Record(ctx, docket.Entry{Verb: docket.VerbEdit, Person: actor.Person.ID, Before: was, After: is})
	})
	return v, err
}

// DeleteView removes one of the actor's views.
func (a *App) DeleteView(ctx context.Context, actor docket.Actor, id docket.ViewID) error {
	return a.changeViews(ctx, actor, func(ctx context.Context, c *Change, own []docket.SavedView) error {
		i := slices.IndexFunc(own, func(v docket.SavedView) bool { return v.ID == id })
		if i < 0 {
			return notFound()
		}
		if err := c.DeleteView(ctx, actor.Person.ID, id); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Verb: docket.VerbDiscard, Person: actor.Person.ID, Before: note("view", own[i].Name)})
	})
}

func (a *App) changeViews(ctx context.Context, actor docket.Actor, fn func(context.Context, *Change, []docket.SavedView) error) error {
	return a.change(ctx, actor, docket.VerbEdit, func(ctx context.Context, c *Change) error {
		if err := allow(&actor, docket.ActRead); err != nil {
			return err
		}
		if err := c.Own(actor.Person.ID); err != nil {
			return err
		}
		own, err := c.Views(ctx, actor.Person.ID)
		if err != nil {
			return err
		}
		return fn(ctx, c, own)
	})
}

// checkView refuses queries that could not be asked.
func checkView(v *docket.SavedView) error {
	v.Name = strings.TrimSpace(v.Name)
	var f []docket.FieldError
	if v.Name == "" {
		f = append(f, docket.FieldError{Field: "name", Key: "field.required", Message: "a view needs a name"})
	}
	if len([]rune(v.Name)) > maxViewName {
		f = append(f, docket.FieldError{Field: "name", Key: "field.too_long", Args: map[string]string{"max": "100"}, Message: "at most 100 characters"})
	}
	if len(v.Columns) > maxColumns {
		f = append(f, docket.FieldError{Field: "columns", Key: "field.too_long", Args: map[string]string{"max": "40"}, Message: "at most 40 columns"})
	}
	if !slices.Contains(groupings, v.Group) {
		f = append(f, docket.FieldError{Field: "group", Key: "query.unknown_value", Message: "there is no such grouping"})
	}
	if len(f) > 0 {
		return &docket.Error{Code: docket.Invalid, Key: "view.invalid", Message: "the view cannot be kept as entered", Fields: f}
	}
	if err := guardNames(append([]string{v.Name, v.Query.Text}, v.Columns...)...); err != nil {
		return err
	}
	return v.Query.Validate()
}
