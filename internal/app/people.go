package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
)

// People lists everybody with all posts, past ones included.
func (a *App) People(ctx context.Context, actor docket.Actor) ([]PersonView, error) {
	if err := allow(&actor, docket.ActReadPeople); err != nil {
		return nil, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	out := []PersonView{}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		people, err := r.People(ctx)
		if err != nil {
			return err
		}
		posts, err := r.Posts(ctx, 0)
		if err != nil {
			return err
		}
		spans, err := r.Standins(ctx)
		if err != nil {
			return err
		}
		views, err := standinViews(ctx, r, pl, spans)
		if err != nil {
			return err
		}
		away := map[docket.PersonID][]StandinView{}
		for _, v := range views {
			away[v.Person] = append(away[v.Person], v)
		}
		of := map[docket.PersonID][]docket.Post{}
		for _, p := range posts {
			of[p.Person] = append(of[p.Person], p)
		}
		out = out[:0]
		for _, p := range people {
			out = append(out, PersonView{Person: p, Posts: postViews(pl, of[p.ID]), Away: away[p.ID]})
		}
		return nil
	})
	return out, err
}

// AddPerson enters somebody who may then get posts and a sign-in link.
func (a *App) AddPerson(ctx context.Context, actor docket.Actor, p docket.Person) (PersonView, error) {
	p.ID, p.Version, p.Active = 0, 0, true
	err := a.change(ctx, actor, docket.VerbAdd, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActManagePeople, docket.Subject{}); err != nil {
			return err
		}
		q := p // fn may run twice
		if err := c.putPerson(ctx, &q); err != nil {
			return err
		}
		p.ID = q.ID
		_, after := diff(docket.Person{}, q)
		return c.Record(ctx, docket.Entry{Person: q.ID, After: after})
	})
	if err != nil {
		return PersonView{}, err
	}
	return a.person(ctx, p.ID)
}

func (c *Change) putPerson(ctx context.Context, p *docket.Person) error {
	p.Login, p.Name, p.Email = strings.ToLower(strings.TrimSpace(p.Login)), strings.TrimSpace(p.Name), strings.TrimSpace(p.Email)
	if p.Lang == "" {
		p.Lang = "zh"
	}
	if err := p.Validate(); err != nil {
		return err
	}
	if err := guardNames(p.Name, p.Login, p.Email); err != nil {
		return err
	}
	people, err := c.People(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(people, func(o docket.Person) bool { return o.Login == p.Login && o.ID != p.ID }) {
		e := docket.Errorf(docket.Conflict, "person.login_taken", "the login "+p.Login+" is taken", "login", p.Login)
		e.Fields = []docket.FieldError{{Field: "login", Key: e.Key, Args: e.Args, Message: e.Message}}
		return e
	}
	return c.PutPerson(ctx, p)
}

// EditPerson changes somebody; taking the account out of use ends all sessions.
func (a *App) EditPerson(ctx context.Context, actor docket.Actor, id docket.PersonID, version int64, e PersonEdit) (PersonView, error) {
	err := a.change(ctx, actor, docket.VerbEdit, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActManagePeople, docket.Subject{}); err != nil {
			return err
		}
		return c.editPerson(ctx, id, version, e)
	})
	if err != nil {
		return PersonView{}, err
	}
	return a.person(ctx, id)
}

func (c *Change) editPerson(ctx context.Context, id docket.PersonID, version int64, e PersonEdit) error {
	p, err := c.Person(ctx, id)
	if err != nil {
		return err
	}
	if err := expect(p.Version, version); err != nil {
		return err
	}
	before := p
	set(&p.Login, e.Login)
	set(&p.Name, e.Name)
	set(&p.Email, e.Email)
	set(&p.Lang, e.Lang)
	set(&p.Active, e.Active)
	if err := c.putPerson(ctx, &p); err != nil {
		return err
	}
	if !p.Active {
		if err := c.adminsRemain(ctx, before.Name); err != nil {
			return err
		}
		if err := errors.Join(c.DeleteSessions(ctx, id, [32]byte{}), c.DeleteTickets(ctx, id), c.DeleteTokens(ctx, id)); err != nil {
			return err
		}
	}
	was, is := diff(before, p)
	return c.Record(ctx, docket.Entry{Person: id, Before: was, After: is})
}

// adminsRemain refuses a change after which nobody in use will be administrator
// tomorrow: no one could undo it. It asks the state the change has already
// written; name is whom it took the right from.
func (c *Change) adminsRemain(ctx context.Context, name string) error {
	posts, err := c.Posts(ctx, 0)
	if err != nil {
		return err
	}
	for i := range posts {
		if posts[i].Role != docket.Admin || !posts[i].Holds(c.Today+1) {
			continue
		}
		if p, err := c.Person(ctx, posts[i].Person); err != nil || p.Active {
			return err
		}
	}
	return docket.Errorf(docket.Conflict, "person.last_admin", name+" is the last administrator; give somebody else that post first", "name", name)
}

// AddPost gives a person a role at a unit. Sessions stay, rights change with the
// next request: they are looked up every time.
func (a *App) AddPost(ctx context.Context, actor docket.Actor, p docket.Post) (PostView, error) {
	p.ID = 0
	err := a.change(ctx, actor, docket.VerbAdd, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActManagePeople, docket.Subject{}); err != nil {
			return err
		}
		q := p // fn may run twice
		if q.From == 0 {
			q.From = c.Today
		}
		if err := c.checkPost(ctx, q); err != nil {
			return err
		}
		if err := c.PutPost(ctx, &q); err != nil {
			return err
		}
		p = q
		return c.Record(ctx, docket.Entry{Person: q.Person, Unit: q.Unit, After: note("role", q.Role, "from", q.From, "to", q.To)})
	})
	return a.postView(ctx, p, err)
}

func (c *Change) checkPost(ctx context.Context, p docket.Post) error {
	if _, err := c.Person(ctx, p.Person); err != nil {
		return err
	}
	var f []docket.FieldError
	if !slices.Contains(docket.Roles(), p.Role) {
		f = append(f, docket.FieldError{Field: "role", Key: "post.role", Message: "there is no such role"})
	}
	if c.Place.tree.Unit(p.Unit) == nil && !(p.Unit == 0 && p.Role == docket.Admin) {
		f = append(f, docket.FieldError{Field: "unit", Key: "post.unit", Message: "there is no such unit"})
	}
	if !p.To.IsZero() && p.To < p.From {
		f = append(f, docket.FieldError{Field: "to", Key: "query.range", Message: "the last day lies before the first"})
	}
	if len(f) > 0 {
		return &docket.Error{Code: docket.Invalid, Key: "post.invalid", Message: "the post cannot be kept as entered", Fields: f}
	}
	return nil
}

// EndPost ends a post; on is its last day, today where none is given. The day
// before its first takes a post back that was given by mistake.
func (a *App) EndPost(ctx context.Context, actor docket.Actor, id docket.PostID, on docket.Date) (PostView, error) {
	var p docket.Post
	err := a.change(ctx, actor, docket.VerbEnd, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActManagePeople, docket.Subject{}); err != nil {
			return err
		}
		posts, err := c.Posts(ctx, 0)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(posts, func(p docket.Post) bool { return p.ID == id })
		if i < 0 {
			return notFound()
		}
		p = posts[i]
		p.To = dayOr(on, c.Today)
		if p.To != p.From-1 { // the day before the first: given by mistake, and never held
			if err := c.checkPost(ctx, p); err != nil {
				return err
			}
		}
		if err := c.PutPost(ctx, &p); err != nil {
			return err
		}
		if p.Role == docket.Admin {
			holder, err := c.Person(ctx, p.Person)
			if err != nil {
				return err
			}
			if err := c.adminsRemain(ctx, holder.Name); err != nil {
				return err
			}
		}
		return c.Record(ctx, docket.Entry{Person: p.Person, Unit: p.Unit, Before: note("to", posts[i].To), After: note("role", p.Role, "to", p.To)})
	})
	return a.postView(ctx, p, err)
}

func (a *App) postView(ctx context.Context, p docket.Post, err error) (PostView, error) {
	if err != nil {
		return PostView{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return PostView{}, err
	}
	return PostView{Post: p, UnitName: pl.tree.Name(p.Unit)}, nil
}

func (a *App) person(ctx context.Context, id docket.PersonID) (PersonView, error) {
	pl, err := a.place(ctx)
	if err != nil {
		return PersonView{}, err
	}
	var v PersonView
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		if v.Person, err = r.Person(ctx, id); err != nil {
			return err
		}
		posts, err := r.Posts(ctx, id)
		if err != nil {
			return err
		}
		v.Posts = postViews(pl, posts)
		spans, err := r.Standins(ctx, id)
		if err != nil {
			return err
		}
		spans = slices.DeleteFunc(spans, func(s docket.Standin) bool { return s.Person != id })
		v.Away, err = standinViews(ctx, r, pl, spans)
		return err
	})
	return v, err
}
